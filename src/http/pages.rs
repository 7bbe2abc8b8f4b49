//! The pages of one list, several at a time, never faster than the server allows.
//!
//! A few threads ask for the next page each, and the caller gets the answers in order, one by one: what waits
//! for its turn is bounded, however long the list. Each page has the whole time of the command, and the list has
//! [`LIST_TIMES`] as much.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::client::{Http, MAX_LIST_BODY, QUIET_WAIT};
use super::rate_limit::{RATE_LIMITED_TRIES, backoff};
use super::reply::Reply;
use super::request::{Repeat, Request};
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::text;

/// How many pages are asked for at the same time.
const IN_FLIGHT: u32 = 4;

/// How many times the time of one page a whole list may take, however its pages are found.
const LIST_TIMES: u32 = 20;

/// How many pages may be on their way to the caller.
const AHEAD: u64 = 2 * IN_FLIGHT as u64;

impl Http {
    /// Fetches the pages of a list and hands each to `take`, in order, which returns the number of the last one.
    ///
    /// `request` is the one for the first page, and `path_of` returns the path of any.
    pub fn pages(
        &self,
        request: &Request<'_>,
        path_of: &(dyn Fn(u64) -> String + Sync),
        take: &mut dyn FnMut(&Reply) -> Result<u64, Failure>,
    ) -> Result<(), Failure> {
        // Built here, so that the threads share it with its connections.
        self.prepare(request.host)?;
        let (time, pace) = (ListTime::of(self), Pace::default());
        let last = take(&self.page_client().page(request, &pace)?)?;
        let queue = Queue::new(last);
        thread::scope(|scope| {
            for _ in 0..u64::from(IN_FLIGHT).min(last.saturating_sub(1)) {
                let (client, queue, pace) = (self.page_client(), &queue, &pace);
                scope.spawn(move || {
                    let _end = EndsQueue(queue);
                    while let Some(number) = queue.next() {
                        let path = path_of(number);
                        let page = Request { path: &path, body: None, ..*request };
                        queue.put(number, client.page(&page, pace));
                    }
                });
            }
            let _end = EndsQueue(&queue);
            while let Some(page) = queue.first() {
                time.require(request.host)?;
                queue.set_last(take(&page?)?);
            }
            Ok(())
        })
    }

    /// Fetches the pages of a list of which each names the next one, and hands each to `take`, which returns the path
    /// of the next.
    pub fn linked_pages(
        &self,
        first: &Request<'_>,
        take: &mut dyn FnMut(&Reply) -> Result<Option<String>, Failure>,
    ) -> Result<(), Failure> {
        self.prepare(first.host)?;
        let (time, pace, client) = (ListTime::of(self), Pace::default(), self.page_client());
        let mut next = take(&client.page(first, &pace)?)?;
        while let Some(path) = next {
            time.require(first.host)?;
            let request = Request { path: &path, body: None, ..*first };
            next = take(&client.page(&request, &pace)?)?;
        }
        Ok(())
    }

    /// Returns a client for one thread, which shares this one's connections.
    fn page_client(&self) -> Self {
        Self {
            ca_file: self.ca_file.clone(),
            max_body: MAX_LIST_BODY,
            plain: self.plain.clone(),
            direct: self.direct.clone(),
            proxied: self.proxied.clone(),
            ..Self::new(self.timeout, None, self.on_wait)
        }
    }

    /// Sends the request for one page when it is its turn, and again when the server asked for patience: then
    /// all wait, not only this thread.
    fn page(&self, request: &Request<'_>, pace: &Pace) -> Result<Reply, Failure> {
        self.renew_time();
        let request = Request { repeat: Repeat::Never, body: None, ..*request };
        let mut tries = 1;
        loop {
            self.take_turn(request.host, pace)?;
            let reply = self.send(&request)?;
            pace.learn(&reply);
            let pause = reply.wait.unwrap_or_else(|| backoff(tries));
            let may_wait = tries < RATE_LIMITED_TRIES && pause < self.remaining.get();
            if reply.status != 429 || !may_wait {
                return Ok(reply);
            }
            pace.pause_all(pause);
            tries += 1;
        }
    }

    /// Waits for this request's turn, if that comes in time.
    fn take_turn(&self, host: &Host, pace: &Pace) -> Result<(), Failure> {
        while let Err((pause, is_news)) = pace.take_turn() {
            if pause > self.remaining.get() {
                let failure = Failure::unavailable(format!("`{host}` is rate limiting requests"));
                return Err(match Lifetime::from_seconds(pause.as_secs_f64().ceil() as i64) {
                    Some(wait) => failure.hint(format!("try again in {wait}")),
                    None => failure,
                });
            }
            if is_news {
                (self.on_wait)(host, pause);
            }
            thread::sleep(pause);
            self.spend(pause);
        }
        Ok(())
    }
}

/// What a whole list may take, and since when.
struct ListTime {
    started: Instant,
    bound: Duration,
}

impl ListTime {
    fn of(http: &Http) -> Self {
        Self { started: Instant::now(), bound: http.timeout * LIST_TIMES }
    }

    /// Fails if the list has gone on for too long.
    fn require(&self, host: &Host) -> Result<(), Failure> {
        if self.started.elapsed() <= self.bound {
            return Ok(());
        }
        Err(Failure::unavailable(format!(
            "the list from `{host}` did not end within {}",
            text::plural(self.bound.as_secs_f32(), "second")
        ))
        .hint("allow more time with --timeout: a list has 20 times as much"))
    }
}

/// Which pages are wanted, and which are there. Pages count from 1.
struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// The next page to ask for.
    next: u64,
    /// The next page that the caller takes.
    due: u64,
    /// The last page that is known of.
    last: u64,
    is_over: bool,
    ready: BTreeMap<u64, Result<Reply, Failure>>,
}

impl Queue {
    /// Begins after the first page.
    fn new(last: u64) -> Self {
        Self {
            state: Mutex::new(State {
                next: 2,
                due: 2,
                last,
                is_over: false,
                ready: BTreeMap::new(),
            }),
            changed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until something is the case.
    fn wait_until(&self, is_so: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let state = self.lock();
        self.changed
            .wait_while(state, |state| !is_so(state))
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until one may ask for another page; returns its number, or `None` if none is wanted any more.
    fn next(&self) -> Option<u64> {
        let mut state = self.wait_until(|state| {
            state.is_over || state.next <= state.last && state.next < state.due + AHEAD
        });
        if state.is_over {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    fn put(&self, number: u64, page: Result<Reply, Failure>) {
        self.lock().ready.insert(number, page);
        self.changed.notify_all();
    }

    /// Waits for the page that is due; returns `None` after the last one.
    fn first(&self) -> Option<Result<Reply, Failure>> {
        let mut state = self.wait_until(|state| {
            state.is_over || state.due > state.last || state.ready.contains_key(&state.due)
        });
        let due = state.due;
        if due > state.last {
            return None;
        }
        state.due += 1;
        let page = state.ready.remove(&due);
        drop(state);
        self.changed.notify_all();
        // Over before the last page: a thread has panicked.
        Some(page.unwrap_or_else(|| Err(Failure::general("internal error; this is a bug"))))
    }

    fn set_last(&self, last: u64) {
        self.lock().last = last;
        self.changed.notify_all();
    }
}

/// Ends the work of all when one has ended, in whatever way.
struct EndsQueue<'a>(&'a Queue);

impl Drop for EndsQueue<'_> {
    fn drop(&mut self) {
        self.0.lock().is_over = true;
        self.0.changed.notify_all();
    }
}

/// When the next request may go out.
///
/// The server counts what arrives within any second (protocol: atlas 2.6), and up to [`IN_FLIGHT`] requests
/// may arrive later than they were sent. With so many fewer sent each second, evenly, the limit holds.
struct Pace(Mutex<Turns>);

struct Turns {
    next: Instant,
    gap: Duration,
    /// Whether the wait for it was told.
    is_announced: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Self(Mutex::new(Turns { next: Instant::now(), gap: Duration::ZERO, is_announced: false }))
    }
}

impl Pace {
    fn lock(&self) -> MutexGuard<'_, Turns> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the turn if it has come; else returns how long it is until then, and whether nobody has said so yet.
    fn take_turn(&self) -> Result<(), (Duration, bool)> {
        let mut turns = self.lock();
        let now = Instant::now();
        if turns.next <= now {
            turns.next = now + turns.gap;
            turns.is_announced = false;
            return Ok(());
        }
        let pause = turns.next - now;
        let is_news = pause > QUIET_WAIT && !std::mem::replace(&mut turns.is_announced, true);
        Err((pause, is_news))
    }

    /// Takes over what an answer says of the limit. Others may use the same account: what little is left may
    /// be on its way already.
    fn learn(&self, reply: &Reply) {
        let Some(limit) = reply.rate_limit else {
            return;
        };
        self.lock().gap = Duration::from_secs(1) / limit.saturating_sub(IN_FLIGHT).max(1);
        if reply.rate_remaining.is_some_and(|left| left < IN_FLIGHT)
            && let Some(reset) = reply.wait
        {
            self.pause_all(reset);
        }
    }

    /// Lets nobody go for so long.
    fn pause_all(&self, pause: Duration) {
        let mut turns = self.lock();
        turns.next = turns.next.max(Instant::now() + pause);
    }
}
