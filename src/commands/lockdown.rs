//! `keybelt lockdown`: end every token of the accounts that are stored here, and keep only those just made.

use std::process::ExitCode;

use clap::Args;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::operation::lockdown::report::Report;
use crate::operation::lockdown::{self, Accounts, Found, Job};
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::session::fresh_sign_in::Candidate;
use crate::signal;
use crate::store::Stored;
use crate::terminal;
use crate::text;
use crate::token::Origin;

/// Revoke every token after a loss or theft
///
/// Signs in again to every stored account, or to the named servers, and revokes all other tokens, including
/// those used by CI. Tokens created meanwhile are revoked too and reported. Asks once before it acts,
/// continues after a failure, and can be run again.
#[derive(Debug, Args)]
pub struct LockdownArgs {
    /// Servers, even if no account is stored for them [default: every stored account]
    #[arg(value_name = "HOST")]
    pub servers: Vec<String>,
    /// Sign in and list what would be revoked, but revoke nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Refuse if more than N tokens would be revoked
    #[arg(long, value_name = "N")]
    pub expect: Option<usize>,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub fn run(args: LockdownArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session_for_hosts(args.secrets.clone())?;
    let named = args.servers.iter().chain(&global.hosts);
    let candidates = candidates(&session, named)?;
    if !args.dry_run {
        Confirmation::new(&session, "revoking all tokens", "use --yes")?;
    }
    let started_at = environment::now();
    let mut accounts = Accounts::sign_in(&session, candidates)?;
    let jobs = accounts.jobs();
    let found = lockdown::look_all(&session, &jobs);
    if let Some(expected) = args.expect {
        require_expected(&jobs, &found, expected)?;
    }
    let _deferred;
    if args.dry_run {
        accounts.foresee(found);
    } else if !jobs.is_empty() {
        confirm(&session, &accounts, &jobs, &found)?;
        // What was done is reported whatever happens: a signal ends the work, and then the process.
        _deferred = signal::defer_signals();
        accounts.end(&jobs, &found);
    }
    report(&session, accounts.finish(started_at, args.dry_run))?;
    Ok(ExitCode::SUCCESS)
}

fn report(session: &Session, report: Report) -> Result<(), Failure> {
    match session.options.json {
        true => terminal::document(&report.document()),
        false => terminal::result(&terminal::wrapped(&report.text())),
    }
    report.outcome()
}

/// Returns whom to sign in: every stored account, or those of the named servers, and somebody on each of these.
fn candidates<'a>(
    session: &Session,
    named: impl Iterator<Item = &'a String>,
) -> Result<Vec<Candidate>, Failure> {
    let mut hosts: Vec<Host> = Vec::new();
    for name in named {
        let host = Host::typed(name)?;
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    let is_wanted = |stored: &Stored| {
        let account = session.options.account.as_ref();
        (hosts.is_empty() || hosts.contains(&stored.host))
            && account.is_none_or(|account| *account == stored.account)
    };
    let mut stored: Vec<Stored> =
        session.store.read()?.entries().into_iter().filter(is_wanted).collect();
    // Of several entries of one user, the one that a password signs in to is asked about.
    stored.sort_by_key(|stored| !is_of_person(stored));
    let mut candidates: Vec<Candidate> = Vec::new();
    for stored in stored {
        let is_same = |other: &Candidate| is_same_user(other, &stored);
        if !candidates.iter().any(is_same) {
            candidates.push(Candidate { host: stored.host.clone(), stored: Some(stored) });
        }
    }
    candidates.sort_by(|one, other| one.host.cmp(&other.host));
    for host in hosts {
        if !candidates.iter().any(|candidate| candidate.host == host) {
            candidates.push(Candidate { host, stored: None });
        }
    }
    if candidates.is_empty() {
        return Err(Failure::not_signed_in("no account is stored here, and no server was given")
            .hint("use `keybelt lockdown HOST…`"));
    }
    Ok(candidates)
}

fn is_of_person(stored: &Stored) -> bool {
    stored.entry.origin != Origin::Helper && !stored.account.is_of_single_sign_on()
}

fn is_same_user(candidate: &Candidate, stored: &Stored) -> bool {
    let Some(other) = &candidate.stored else { return false };
    let known = stored.entry.user_id.is_some() && stored.entry.user_id == other.entry.user_id;
    other.host == stored.host && known
}

/// Fails if more would end than was expected, or if that cannot be told.
fn require_expected(jobs: &[Job], found: &[Vec<Found>], expected: usize) -> Result<(), Failure> {
    let unlisted = jobs.iter().zip(found).find(|(_, found)| {
        found.iter().any(|found| matches!(found, Found::Unlisted | Found::Failed(_)))
    });
    if let Some((job, _)) = unlisted {
        return Err(Failure::finding(format!(
            "`{}` did not list its tokens, so their number is unknown; nothing was revoked",
            job.host
        ))
        .hint("run `keybelt lockdown` for that server only, without --expect"));
    }
    let count: usize = found.iter().flatten().map(Found::count).sum();
    if count <= expected {
        return Ok(());
    }
    Err(Failure::finding(format!(
        "{} would be revoked, more than the {expected} expected; nothing was revoked",
        text::plural(count, "token")
    ))
    .hint("`keybelt lockdown --dry-run` lists them"))
}

/// Says what is going to end, and asks once.
fn confirm(
    session: &Session,
    accounts: &Accounts<'_>,
    jobs: &[Job],
    found: &[Vec<Found>],
) -> Result<(), Failure> {
    let mut confirmation = Confirmation::new(session, "revoking all tokens", "use --yes")?;
    let all = || jobs.iter().zip(found);
    let each = || all().flat_map(|(job, found)| job.users.iter().zip(found));
    let (unlisted, listed): (Vec<_>, Vec<_>) =
        each().partition(|(_, found)| matches!(found, Found::Unlisted));
    for (user, _) in &unlisted {
        confirmation.show(&format!(
            "{} at {}: all other tokens will be revoked, including those used by CI; the server does not list them",
            user.account.name, user.acting.host
        ));
    }
    for (user, found) in &listed {
        let what = match found {
            Found::Failed(failure) => text::escape(&failure.message).into_owned(),
            found => format!("{} end", text::plural(found.count(), "token")),
        };
        confirmation.show(&format!("{} at {}: {what}", user.account.name, user.acting.host));
    }
    for (candidate, failure) in &accounts.not_ended {
        confirmation.show(&format!("{}: no token will be revoked: {failure}", candidate));
    }
    let count: usize = found.iter().flatten().map(Found::count).sum();
    let others = if unlisted.is_empty() { "" } else { " and all that are not listed" };
    let question = format!(
        "Revoke {}{others} of {} on {}, and keep only those that were just created?",
        text::plural(count, "token"),
        text::plural(each().count(), "account"),
        text::plural(jobs.len(), "server")
    );
    confirmation.ask(&question, "nothing was revoked")
}
