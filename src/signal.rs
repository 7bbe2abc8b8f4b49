//! Ctrl-C and its kin: how the process ends, or pauses, when a signal says so.
//!
//! One thread waits for INT, TERM, HUP, QUIT, and for what stops and continues a job. An end restores the
//! screen, runs what [`cleanup_on_signal`] left, and exits with 130, 143 or 129, so that a shell sees which.
//! While a [`DeferredSignals`] lives the end waits, for an answer may be on its way that carries a token. QUIT
//! ends like INT, without its core dump: memory holds secrets. What is on the screen is not known here: it
//! registers how it is restored, paused and resumed ([`Screen`]).

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use crate::failure::{Kind, Signal};
#[cfg(windows)]
use crate::windows;

/// An end that cannot write its last words (^S, a full pipe) is an end after this time.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Signal(Signal),
    Quiet(u8),
}

type Handler = Box<dyn Fn(Signal) -> bool + Send>;

struct State {
    /// What a command does with signals itself: a server that they end, a parent whose child gets them.
    handler: Option<Handler>,
    deferred: usize,
    pending: Option<End>,
    cleanups: Vec<(u64, Box<dyn FnOnce() + Send>)>,
    next: u64,
}

static STATE: Mutex<State> =
    Mutex::new(State { handler: None, deferred: 0, pending: None, cleanups: Vec::new(), next: 0 });

fn lock() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the screen does when the process ends, stops or goes on. None of it may use this module.
#[derive(Debug)]
pub struct Screen {
    /// Puts the terminal back for the end, and lets no further prompt begin.
    pub restore: fn(),
    /// Puts the terminal back for a stop; `false` if nobody could continue the process.
    #[cfg_attr(windows, expect(dead_code, reason = "nothing stops a process there"))]
    pub pause: fn() -> bool,
    /// Takes the terminal again after a stop.
    #[cfg_attr(windows, expect(dead_code, reason = "nothing stops a process there"))]
    pub resume: fn(),
    /// Returns whether another job has the terminal.
    #[cfg_attr(windows, expect(dead_code, reason = "nothing stops a process there"))]
    pub is_background: fn() -> bool,
    /// Writes a line for the person.
    pub line: fn(&str),
    /// Writes how the signal ended the command, for programs.
    pub print_interrupted: fn(Signal),
}

static SCREEN: OnceLock<&'static Screen> = OnceLock::new();

/// Registers the screen. Only the first call counts.
pub fn register(screen: &'static Screen) {
    let _ = SCREEN.set(screen);
}

fn screen() -> &'static Screen {
    static NONE: Screen = Screen {
        restore: || (),
        pause: || true,
        resume: || (),
        is_background: || false,
        line: |_| (),
        print_interrupted: |_| (),
    };
    SCREEN.get().copied().unwrap_or(&NONE)
}

/// While it lives, signals go to a handler of the command's own.
#[derive(Debug)]
#[must_use = "dropping it lets signals end the process again"]
pub struct Handling(());

/// Gives signals to `handler` until the guard is dropped; where it returns `false`, they end the process as
/// ever. It must not use this module.
pub fn handle_with(handler: impl Fn(Signal) -> bool + Send + 'static) -> Handling {
    watch();
    lock().handler = Some(Box::new(handler));
    Handling(())
}

impl Drop for Handling {
    fn drop(&mut self) {
        lock().handler = None;
    }
}

/// While it lives, a signal is remembered instead of ending the process.
#[derive(Debug)]
#[must_use = "dropping it lets signals end the process again"]
pub struct DeferredSignals(());

/// Defers the end by a signal until the guard is dropped; a second signal ends at once.
pub fn defer_signals() -> DeferredSignals {
    watch();
    lock().deferred += 1;
    DeferredSignals(())
}

impl Drop for DeferredSignals {
    fn drop(&mut self) {
        let mut state = lock();
        state.deferred -= 1;
        let due = state.pending.filter(|_| state.deferred == 0);
        drop(state);
        if let Some(due) = due {
            end(due);
        }
    }
}

/// Returns the signal that is waiting for the last [`DeferredSignals`] to go.
pub fn pending() -> Option<Signal> {
    match lock().pending {
        Some(End::Signal(signal)) => Some(signal),
        _ => None,
    }
}

/// Something to do if a signal ends the process; dropping it cancels that.
#[derive(Debug)]
#[must_use = "dropping it cancels the clean-up"]
pub struct Cleanup(u64);

/// Runs `work` if a signal ends the process, which skips every destructor. It must use neither prompts nor
/// this module.
pub fn cleanup_on_signal(work: impl FnOnce() + Send + 'static) -> Cleanup {
    watch();
    let mut state = lock();
    let id = state.next;
    state.next += 1;
    state.cleanups.push((id, Box::new(work)));
    Cleanup(id)
}

impl Cleanup {
    /// Cancels it: there is nothing left to clean up.
    pub fn disarm(self) {}
}

impl Drop for Cleanup {
    fn drop(&mut self) {
        lock().cleanups.retain(|(id, _)| *id != self.0);
    }
}

/// Stops the process as ^Z does, and returns when it goes on; at once where nobody could continue it.
#[cfg(unix)]
pub fn stop() {
    watcher::stop();
}

/// Runs `work` so that the kernel does not stop this process for it, although another one has the terminal.
#[cfg(unix)]
pub fn unstopped<T>(work: impl FnOnce() -> T) -> T {
    #[expect(unsafe_code, reason = "no safe interface blocks a signal in one thread")]
    let change = |how, mask: &libc::sigset_t, old: Option<&mut libc::sigset_t>| {
        let old = old.map_or(std::ptr::null_mut(), std::ptr::from_mut);
        // SAFETY: both point to signal sets that live as long as the call, or to none.
        unsafe { libc::pthread_sigmask(how, mask, old) };
    };
    #[expect(unsafe_code, reason = "a signal set is made by the system")]
    // SAFETY: the set is plain bits, which the calls fill in; the signal's number is a valid one.
    let (mask, mut before) = unsafe {
        let mut mask = std::mem::zeroed();
        libc::sigemptyset(&raw mut mask);
        libc::sigaddset(&raw mut mask, libc::SIGTTOU);
        (mask, mask)
    };
    change(libc::SIG_BLOCK, &mask, Some(&mut before));
    let result = work();
    change(libc::SIG_SETMASK, &before, None);
    result
}

/// Ends the process with `code`, as soon as nothing defers it.
pub fn finish(code: u8) {
    let mut state = lock();
    if state.deferred > 0 {
        state.pending.get_or_insert(End::Quiet(code));
        return;
    }
    drop(state);
    end(End::Quiet(code));
}

/// Ends the process because of a signal, or remembers it.
///
/// A terminal that closes may send HUP more than once, so only INT and TERM mean that somebody insists.
fn receive(signal: Signal) {
    let mut state = lock();
    if state.handler.as_ref().is_some_and(|handler| handler(signal)) {
        return;
    }
    if state.deferred == 0 {
        drop(state);
        end(End::Signal(signal));
    }
    let is_first = !matches!(state.pending, Some(End::Signal(_)));
    if is_first {
        state.pending = Some(End::Signal(signal));
    }
    drop(state);
    if is_first {
        (screen().line)(
            "waiting for the server so that no token is left behind; press Ctrl-C again to quit now",
        );
    } else if signal != Signal::HangUp {
        (screen().line)("quitting; a token may still exist on the server");
        end(End::Signal(signal));
    }
}

fn end(end: End) -> ! {
    static ENDING: AtomicBool = AtomicBool::new(false);
    if ENDING.swap(true, Ordering::SeqCst) {
        loop {
            thread::park();
        }
    }
    let code = i32::from(match end {
        End::Signal(signal) => Kind::Interrupted(signal).exit_code(),
        End::Quiet(code) => code,
    });
    let _ = thread::Builder::new().spawn(move || {
        thread::sleep(PATIENCE);
        exit(code);
    });
    (screen().restore)();
    clean_up();
    if let End::Signal(signal) = end {
        (screen().print_interrupted)(signal);
    }
    exit(code)
}

/// Runs the clean-ups, newest first, and stays locked: a guard that is dropped meanwhile waits for the end.
fn clean_up() {
    let mut state = lock();
    while let Some((_, work)) = state.cleanups.pop() {
        let _ = std::panic::catch_unwind(AssertUnwindSafe(work));
    }
    // Nothing may defer this end any more, nor finish in another way.
    std::mem::forget(state);
}

/// Ends the process at once: no destructor runs.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that ends the process before main returns"
)]
pub fn exit(code: i32) -> ! {
    std::process::exit(code)
}

/// Starts handling signals for the whole process; called again, it does nothing.
#[cfg(windows)]
pub fn watch() {
    windows::on_control(|control| {
        receive(match control {
            windows::Control::Interrupt => Signal::Interrupt,
            windows::Control::Close => Signal::HangUp,
        });
    });
}

/// Has a file that may not grow be an error of the write: here it is one anyway.
#[cfg(windows)]
pub fn ignore_file_size_signal() {}

#[cfg(unix)]
pub use watcher::{ignore_file_size_signal, watch};

#[cfg(unix)]
mod watcher {
    use std::sync::{Arc, Once};
    use std::thread;

    use signal_hook::consts::{
        SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGXFSZ,
    };
    use signal_hook::iterator::Signals;

    use super::{receive, screen};
    use crate::failure::Signal;

    const ENDS: [(i32, Signal); 4] = [
        (SIGINT, Signal::Interrupt),
        (SIGQUIT, Signal::Interrupt),
        (SIGTERM, Signal::Terminate),
        (SIGHUP, Signal::HangUp),
    ];

    /// Has a file that may not grow be an error of the write, and not the end of us: what is being written
    /// may be recovery codes, and what lies beside it a temporary file.
    pub fn ignore_file_size_signal() {
        // Nobody looks at the flag.
        let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    }

    /// Starts handling signals for the whole process; called again, it does nothing.
    pub fn watch() {
        static STARTED: Once = Once::new();
        STARTED.call_once(|| {
            let ignored = ignored();
            let wanted = ENDS
                .map(|(signal, _)| signal)
                .into_iter()
                .chain([SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT])
                .filter(|signal| ignored & (1 << (signal - 1)) == 0);
            if let Ok(mut signals) = Signals::new(wanted) {
                let wait = move || {
                    while !signals.is_closed() {
                        handle(&signals.wait().collect::<Vec<_>>());
                    }
                };
                let _ = thread::Builder::new().name("signals".to_owned()).spawn(wait);
            }
        });
    }

    /// Handles what came together: ends before stops, and no stop that was taken back already.
    fn handle(came: &[i32]) {
        if let Some((_, end)) = ENDS.iter().find(|(signal, _)| came.contains(signal)) {
            receive(*end);
        }
        if came.contains(&SIGCONT) {
            (screen().resume)();
        } else if came.contains(&SIGTSTP) {
            stop();
        }
        for signal in [SIGTTIN, SIGTTOU] {
            if came.contains(&signal) {
                wait_in_background(signal);
            }
        }
    }

    /// Stops the process, unless only ^Z can have asked for it and nobody could ever continue it.
    pub(super) fn stop() {
        if (screen().pause)() {
            let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
        }
    }

    /// Stops a background job that wants the terminal. Left to the system, the stop would come before an end
    /// that was asked for just before it (`kill %1`), and the job would linger.
    fn wait_in_background(signal: i32) {
        if (screen().is_background)() {
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    }

    /// Returns the signals that our parent had us ignore (`nohup`), as a bit each.
    #[cfg(target_os = "linux")]
    fn ignored() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))
            .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
            .unwrap_or(0)
    }

    /// Returns the signals that our parent had us ignore (`nohup`), as a bit each.
    #[cfg(not(target_os = "linux"))]
    fn ignored() -> u64 {
        let is_ignored = |signal: i32| {
            #[expect(unsafe_code, reason = "the safe interfaces set what they ask for")]
            // SAFETY: nothing is set, and what is filled in are plain bits that live as long as the call.
            unsafe {
                let mut action: libc::sigaction = std::mem::zeroed();
                libc::sigaction(signal, std::ptr::null(), &raw mut action) == 0
                    && action.sa_sigaction == libc::SIG_IGN
            }
        };
        let known = ENDS.map(|(signal, _)| signal).into_iter().chain([SIGTSTP, SIGTTIN, SIGTTOU]);
        known.filter(|signal| is_ignored(*signal)).fold(0, |bits, signal| bits | 1 << (signal - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::{cleanup_on_signal, defer_signals, lock, pending, receive};
    use crate::failure::Signal;

    /// Without the deferral this test would end the test runner.
    #[test]
    fn while_deferred_a_closing_terminal_is_remembered_and_does_not_end_the_process() {
        let deferred = defer_signals();
        assert_eq!(pending(), None);
        receive(Signal::HangUp);
        receive(Signal::HangUp);
        assert_eq!(pending(), Some(Signal::HangUp));
        lock().pending = None;
        drop(deferred);
    }

    #[test]
    fn a_dropped_clean_up_is_forgotten_and_the_others_stay() {
        let first = cleanup_on_signal(|| ());
        let second = cleanup_on_signal(|| ());
        let (first_id, second_id) = (first.0, second.0);
        let is_kept = |id| lock().cleanups.iter().any(|(kept, _)| *kept == id);
        assert!(is_kept(first_id) && is_kept(second_id));
        first.disarm();
        assert!(!is_kept(first_id) && is_kept(second_id));
    }
}
