//! The accounts that are locked down: signed in to anew, looked after, and told of. It asks for proofs; whether to
//! act is asked by the command.

use jiff::Timestamp;

use super::report::{AccountReport, Report, State};
use super::{Found, Job, User, here, server};
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::provider::{Capability, Offer};
use crate::session::fresh_sign_in::{Candidate, FreshSignIn, Probe};
use crate::session::{Session, credential};
use crate::store::Stored;
use crate::terminal;

/// One user of one server, with all that signed in.
struct Group<'a> {
    fresh: Vec<FreshSignIn<'a>>,
    /// The entries of this user that were stored before.
    stored: Vec<Stored>,
    probe: Probe,
    state: Option<State>,
    is_kept: bool,
}

/// The work, between the questions.
pub struct Accounts<'a> {
    session: &'a Session,
    /// By server, each user of it.
    servers: Vec<(Host, Vec<Group<'a>>)>,
    /// Accounts that nobody signed in to.
    pub not_ended: Vec<(Candidate, Failure)>,
    /// Whether standard input may hold what is for another server than the one that is asked about next.
    are_lines_off: bool,
}

impl<'a> Accounts<'a> {
    /// Has every account proven, before anything is done.
    pub fn sign_in(session: &'a Session, candidates: Vec<Candidate>) -> Result<Self, Failure> {
        let mut hosts = Vec::new();
        for candidate in &candidates {
            let entry = candidate.stored.as_ref().map(|stored| &stored.entry);
            if !hosts.iter().any(|(host, _)| *host == candidate.host) {
                let known = session.known_provider(&candidate.host, entry);
                hosts.push((candidate.host.clone(), known));
            }
        }
        let mut work =
            Self { session, servers: Vec::new(), not_ended: Vec::new(), are_lines_off: false };
        server::probe_all(session, &hosts, |number, probe| {
            let of_host =
                |it: &&Candidate| hosts.get(number).is_some_and(|(host, _)| it.host == *host);
            let mut candidates = candidates.iter().filter(of_host);
            candidates.try_for_each(|candidate| work.sign_in_one(candidate.clone(), &probe))
        })?;
        Ok(work)
    }

    fn sign_in_one(
        &mut self,
        candidate: Candidate,
        probe: &Result<Probe, Failure>,
    ) -> Result<(), Failure> {
        let signed_in = match probe {
            _ if self.are_lines_off => Err(lines_are_off()),
            Ok(probe) => self.session.sign_in_anew(&candidate, *probe).map(|fresh| (fresh, *probe)),
            Err(failure) => Err(copy(failure)),
        };
        match signed_in {
            Ok((Some(fresh), probe)) => self.add(fresh, probe),
            Ok((None, _)) => {
                let skipped = Failure::not_signed_in("it was skipped");
                self.not_ended.push((candidate, skipped));
                Ok(())
            }
            Err(failure) if matches!(failure.kind, Kind::Interrupted(_)) => Err(failure),
            Err(failure) => {
                // Its lines may still be there: what they hold is for no other server.
                self.are_lines_off = self.session.options.secrets.are_in_order();
                terminal::warn(&format!("{}: {failure}", candidate));
                self.not_ended.push((candidate, failure));
                Ok(())
            }
        }
    }

    /// Adds a sign-in to those of its user: accounts of one user on one server are one.
    fn add(&mut self, fresh: FreshSignIn<'a>, probe: Probe) -> Result<(), Failure> {
        let is_same = |group: &Group<'_>| {
            group.fresh.iter().any(|other| match (&other.account.id, &fresh.account.id) {
                (Some(one), Some(two)) => one == two,
                _ => other.account.name == fresh.account.name,
            })
        };
        let known = self.servers.iter().position(|(host, _)| *host == fresh.host);
        let number = known.unwrap_or_else(|| {
            self.servers.push((fresh.host.clone(), Vec::new()));
            self.servers.len() - 1
        });
        let groups = &mut self.servers[number].1;
        if let Some(group) = groups.iter_mut().find(|group| is_same(group)) {
            group.fresh.push(fresh);
            return Ok(());
        }
        let account = &fresh.account;
        let of_user = |stored: &Stored| {
            stored.host == fresh.host
                && (stored.account == account.name
                    || account.id.is_some() && stored.entry.user_id == account.id)
        };
        let stored = self.session.store.read()?.entries().into_iter().filter(of_user).collect();
        groups.push(Group { fresh: vec![fresh], stored, probe, state: None, is_kept: false });
        Ok(())
    }

    pub fn jobs(&self) -> Vec<Job> {
        let job = |(host, groups): &(Host, Vec<Group<'_>>)| {
            let users = groups.iter().filter_map(|group| group.user(self.session)).collect();
            let provider = groups.first()?.probe.provider;
            Some(Job { host: host.clone(), provider, users })
        };
        self.servers.iter().filter_map(job).collect()
    }

    fn groups(&mut self) -> impl Iterator<Item = &mut Group<'a>> {
        self.servers.iter_mut().flat_map(|(_, groups)| groups)
    }

    pub fn foresee(&mut self, found: Vec<Vec<Found>>) {
        for (group, found) in self.groups().zip(found.into_iter().flatten()) {
            group.state = Some(State::Foreseen(found));
        }
    }

    /// Stores what was made, ends everything else, and forgets what is dead.
    pub fn end(&mut self, jobs: &[Job], found: &[Vec<Found>]) {
        for group in self.groups() {
            group.store();
        }
        let fates = server::end_all(self.session, jobs, found);
        let session = self.session;
        for (group, fate) in self.groups().zip(fates.into_iter().flatten()) {
            if fate.is_complete() {
                group.forget(session);
            }
            group.state = Some(State::Ended(fate));
            group.release();
        }
    }

    pub fn finish(mut self, started_at: Timestamp, dry_run: bool) -> Report {
        let session = self.session;
        let mut accounts: Vec<AccountReport> = Vec::new();
        for group in self.groups() {
            accounts.extend(group.report(session));
        }
        let not_ended = self.not_ended.drain(..);
        accounts.extend(not_ended.map(|(candidate, failure)| AccountReport {
            account: candidate.stored.as_ref().map(|stored| stored.account.to_string()),
            password: password(session, &candidate.host, None),
            host: candidate.host,
            state: State::NotEnded(failure),
            is_kept: false,
            left: Vec::new(),
        }));
        let finished_at = environment::now();
        Report { started_at, finished_at, dry_run, accounts, here: here::places() }
    }
}

impl Group<'_> {
    fn user(&self, session: &Session) -> Option<User> {
        let first = self.fresh.first()?;
        let made = self.fresh.iter().flat_map(FreshSignIn::made);
        let stored = self.stored.iter().filter_map(|stored| {
            let credential = credential::stored_credential(session, stored).ok()?;
            Some((credential, stored.entry.token_id.clone()))
        });
        Some(User {
            account: first.account.clone(),
            acting: first.acting()?.clone(),
            made: made.map(|(credential, id)| (credential.clone(), id.cloned())).collect(),
            stored: stored.collect(),
        })
    }

    /// Stores what was made; what cannot be stored ends with the rest.
    fn store(&mut self) {
        for fresh in &mut self.fresh {
            if let Err(failure) = fresh.store() {
                let account = &fresh.account.name;
                terminal::warn(&format!("cannot store the new token of {account}: {failure}"));
            }
            self.is_kept |= fresh.kept().is_some();
        }
    }

    /// Forgets what was stored before and is dead now.
    fn forget(&self, session: &Session) {
        for stored in &self.stored {
            let takes_its_place = |fresh: &FreshSignIn<'_>| {
                fresh.kept().is_some_and(|kept| kept.account == stored.account)
            };
            if self.fresh.iter().any(takes_its_place) {
                continue;
            }
            if let Err(failure) = session.forget(stored) {
                terminal::warn(&format!(
                    "the entry of {} was not deleted: {failure}",
                    stored.account
                ));
            }
        }
    }

    fn release(&mut self) {
        for fresh in &mut self.fresh {
            if let Err(failure) = fresh.release() {
                terminal::warn(&failure.message);
                if let Some(State::Ended(fate)) = &mut self.state {
                    fate.failure.get_or_insert(failure);
                }
            }
        }
    }

    fn report(&mut self, session: &Session) -> Option<AccountReport> {
        let first = self.fresh.first()?;
        let host = first.host.clone();
        let state = self.state.take()?;
        let left = match &state {
            State::Ended(fate) => fate.left.clone(),
            State::NotEnded(_) | State::Foreseen(_) => Vec::new(),
        };
        let account = &first.account.name;
        let mut password = password(session, &host, Some(self.probe));
        if !self.is_kept && password.starts_with("keybelt") {
            password = format!("keybelt login {host} --username {account}, then {password}");
        }
        Some(AccountReport {
            account: Some(account.to_string()),
            state,
            is_kept: self.is_kept,
            left,
            password,
            host: host.clone(),
        })
    }
}

/// Returns the command that changes a password, or the page where tools may not.
fn password(session: &Session, host: &Host, probe: Option<Probe>) -> String {
    let server = session.server(host, None);
    let by_command = probe.is_some_and(|probe| probe.offers_password)
        && !matches!(server.offers(Capability::PasswordChange), Offer::No(_));
    match by_command {
        true => format!("keybelt password change --host {host}"),
        false => server.password_page(),
    }
}

fn lines_are_off() -> Failure {
    Failure::not_signed_in("what stands on standard input may be for the server before it")
        .hint("use --password-command and --code-command for several servers")
}

/// Says the same of another account.
fn copy(failure: &Failure) -> Failure {
    let copy = Failure::new(failure.kind, &failure.message);
    Failure { hint: failure.hint.clone(), ..copy }
}
