//! The servers, side by side: one thread and one client each, so that a silent one delays no other.

use std::collections::BTreeMap;
use std::panic;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::account;
use super::{Fate, Found, Job};
use crate::failure::Failure;
use crate::host::Host;
use crate::http::Http;
use crate::provider::{self, AccountServer};
use crate::provider_name::ProviderName;
use crate::session::fresh_sign_in::Probe;
use crate::session::{self, Session};

/// For how long the first questions wait for servers: who has not answered by then is asked about last.
const PUNCTUAL: Duration = Duration::from_secs(1);

/// Asks each server how one signs in there, and hands on each answer with the server's number: in their order, but
/// that a slow one delays no other.
pub fn probe_all(
    session: &Session,
    hosts: &[(Host, Option<ProviderName>)],
    mut take: impl FnMut(usize, Result<Probe, Failure>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (timeout, ca_file) = (session.options.timeout, &session.options.ca_file);
    let (sender, answers) = mpsc::channel();
    for (number, (host, known)) in hosts.iter().cloned().enumerate() {
        let (sender, ca_file) = (sender.clone(), ca_file.clone());
        // Nobody waits for one that is silent when the process ends.
        thread::spawn(move || {
            let _ = sender.send((number, Probe::ask(&host, known, timeout, ca_file)));
        });
    }
    drop(sender);
    let mut punctual = BTreeMap::new();
    // What stands line by line on standard input is for the servers in their order.
    let waits_for_all = session.options.secrets.are_in_order();
    while punctual.len() < hosts.len() {
        // With nothing to ask about yet, there is nobody to keep waiting.
        let next = match punctual.is_empty() || waits_for_all {
            true => answers.recv().ok(),
            false => answers.recv_timeout(PUNCTUAL).ok(),
        };
        let Some((number, probe)) = next else { break };
        punctual.insert(number, probe);
    }
    let first = punctual.into_iter();
    first.chain(answers).try_for_each(|(number, probe)| take(number, probe))
}

/// Lists what each user of each server has.
pub fn look_all(session: &Session, jobs: &[Job]) -> Vec<Vec<Found>> {
    side_by_side(session, jobs, |_, job, server, http| {
        let users = job.users.iter();
        users.map(|user| account::look(server, http, user)).collect()
    })
}

/// Ends what was found, and what appears meanwhile.
pub fn end_all(session: &Session, jobs: &[Job], found: &[Vec<Found>]) -> Vec<Vec<Fate>> {
    side_by_side(session, jobs, |number, job, server, http| {
        let users = job.users.iter().zip(found.get(number).into_iter().flatten());
        users.map(|(user, found)| account::end(server, http, user, found)).collect()
    })
}

/// Does the same at every server, each in a thread of its own.
fn side_by_side<T: Send>(
    session: &Session,
    jobs: &[Job],
    work: impl Fn(usize, &Job, &dyn AccountServer, &Http) -> T + Sync,
) -> Vec<T> {
    let (timeout, ca_file) = (session.options.timeout, &session.options.ca_file);
    in_parallel(jobs, |number, job| {
        let http = Http::new(timeout, ca_file.clone(), session::say_wait);
        let server = provider::account_server(job.provider, &job.host, &http);
        work(number, job, &*server, &http)
    })
}

fn in_parallel<In: Sync, Out: Send>(
    each: &[In],
    work: impl Fn(usize, &In) -> Out + Sync,
) -> Vec<Out> {
    thread::scope(|scope| {
        let work = &work;
        let spawn = |(number, one)| scope.spawn(move || work(number, one));
        let workers: Vec<_> = each.iter().enumerate().map(spawn).collect();
        let results = workers.into_iter().map(thread::ScopedJoinHandle::join);
        results.map(|result| result.unwrap_or_else(|panic| panic::resume_unwind(panic))).collect()
    })
}
