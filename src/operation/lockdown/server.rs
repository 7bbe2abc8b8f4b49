//! The servers, side by side: one thread and one client each, so that a silent one delays no other.

use std::panic;
use std::thread;

use super::account;
use super::{Fate, Found, Job};
use crate::failure::Failure;
use crate::host::Host;
use crate::http::Http;
use crate::provider::{self, AccountServer};
use crate::provider_name::ProviderName;
use crate::session::fresh_sign_in::Probe;
use crate::session::{self, Session};

/// Asks each server how one signs in there.
pub fn probe_all(
    session: &Session,
    hosts: &[(Host, Option<ProviderName>)],
) -> Vec<Result<Probe, Failure>> {
    let (timeout, ca_file) = (session.options.timeout, &session.options.ca_file);
    in_parallel(hosts, |_, (host, known)| Probe::ask(host, *known, timeout, ca_file.clone()))
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
