//! `keybelt status`: what is used here, whether it works, and why.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use crate::account::Account;
use crate::commands::global::GlobalArgs;
use crate::commands::secret::SecretArgs;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::report;
use crate::session::Session;
use crate::session::credential::{self, Candidate};
use crate::session::target::Target;
use crate::store::Entry;
use crate::terminal;

/// Show whether you are signed in, as whom, with which token, and for how long
///
/// Exits with 0 if the token works, 3 if there is none or it does not work, 5 if the server cannot tell.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Do not ask the server
    #[arg(long)]
    pub offline: bool,
}

/// What is known of the credential.
enum State {
    Valid(Box<Account>),
    NotChecked,
    Expired,
    Rejected(Failure),
    Unknown(Failure),
    Missing(Failure),
}

impl State {
    fn word(&self) -> &'static str {
        match self {
            Self::Valid(_) => "valid",
            Self::NotChecked => "not_checked",
            Self::Expired => "expired",
            Self::Rejected(_) => "rejected",
            Self::Unknown(_) => "unknown",
            Self::Missing(_) => "not_signed_in",
        }
    }

    /// Returns whether one is signed in, if that is known.
    fn signed_in(&self) -> Option<bool> {
        match self {
            Self::Valid(_) | Self::NotChecked => Some(true),
            Self::Expired | Self::Rejected(_) | Self::Missing(_) => Some(false),
            Self::Unknown(_) => None,
        }
    }
}

/// Runs the command.
pub fn run(args: &StatusArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, SecretArgs::default())?;
    let target = session.target()?;
    let candidates = credential::candidates(&session, &target.host)?;
    let state = state(&session, &target, args.offline);
    if session.options.json {
        terminal::document(&document(&session, &target, &candidates, &state)?);
    } else {
        terminal::result(&text(&session, &target, &candidates, &state));
    }
    Ok(match state {
        State::Valid(_) | State::NotChecked => ExitCode::SUCCESS,
        State::Expired => ExitCode::from(Kind::NotSignedIn.exit_code()),
        State::Rejected(failure) | State::Missing(failure) | State::Unknown(failure) => {
            ExitCode::from(failure.kind.exit_code())
        }
    })
}

fn state(session: &Session, target: &Target, offline: bool) -> State {
    let signed_in = match session.signed_in(&target.host) {
        Ok(signed_in) => signed_in,
        Err(failure) if failure.kind != Kind::NotSignedIn => return State::Unknown(failure),
        Err(failure) => {
            let stored = session
                .store
                .find(&target.host, session.options.account.as_ref());
            let expired =
                matches!(&stored, Ok(Some((_, entry))) if entry.is_expired(environment::now()));
            return if expired {
                State::Expired
            } else {
                State::Missing(failure)
            };
        }
    };
    if offline {
        return State::NotChecked;
    }
    match session
        .server(&target.host, signed_in.entry.as_ref())
        .account(&signed_in.credential)
    {
        Ok(account) => State::Valid(Box::new(account)),
        Err(failure) if failure.kind == Kind::NotSignedIn => State::Rejected(failure),
        Err(failure) => State::Unknown(failure),
    }
}

fn winner(candidates: &[Candidate]) -> Option<&Candidate> {
    candidates
        .iter()
        .find(|candidate| candidate.passed_over.is_none())
}

fn document(
    session: &Session,
    target: &Target,
    candidates: &[Candidate],
    state: &State,
) -> Result<Value, Failure> {
    let winner = winner(candidates);
    let entry = winner.and_then(|winner| winner.entry.as_ref());
    let account = match state {
        State::Valid(account) => Some(account.name.as_str().to_owned()),
        _ => winner
            .and_then(|winner| winner.account.as_ref())
            .map(ToString::to_string),
    };
    let two_factor = match state {
        State::Valid(account) => account.two_factor.as_ref(),
        _ => None,
    };
    Ok(json!({
        "host": target.host.to_string(),
        "host_chosen_by": target.reason,
        "current_host": session.store.outline()?.current().map(ToString::to_string),
        "signed_in": state.signed_in(),
        "state": state.word(),
        "account": account,
        "source": winner.map(|winner| report::source_document(&winner.source)),
        "store": entry.map(|entry| entry.store.to_string()),
        "origin": entry.map(|entry| entry.origin.as_str()),
        "created_at": report::moment_document(entry.map(|entry| entry.created_at)),
        "expires_at": report::moment_document(entry.and_then(Entry::deadline)),
        "two_factor": report::two_factor_document(two_factor),
        "candidates": candidates.iter().map(candidate_document).collect::<Vec<_>>(),
    }))
}

fn candidate_document(candidate: &Candidate) -> Value {
    json!({
        "source": report::source_document(&candidate.source),
        "host": candidate.host.to_string(),
        "account": candidate.account.as_ref().map(ToString::to_string),
        "used": candidate.passed_over.is_none(),
        "passed_over": candidate.passed_over,
    })
}

fn text(session: &Session, target: &Target, candidates: &[Candidate], state: &State) -> String {
    let mut lines = vec![format!("{} ({})", target.host, target.reason)];
    let winner = winner(candidates);
    let named = winner.and_then(|winner| winner.account.as_ref());
    lines.push(match (state, named) {
        (State::Valid(account), _) => format!("  signed in as {}", account.name),
        (State::NotChecked, Some(name)) => {
            format!("  signed in as {name}, not checked with the server")
        }
        (State::NotChecked, None) => "  a token is there, not checked with the server".to_owned(),
        (State::Expired, _) => "  the stored token has expired".to_owned(),
        (State::Rejected(failure) | State::Missing(failure) | State::Unknown(failure), _) => {
            format!("  {failure}")
        }
    });
    if let Some(winner) = winner {
        lines.push(format!("  token from {}", place(session, winner)));
    }
    if let Some(entry) = winner.and_then(|winner| winner.entry.as_ref()) {
        lines.push(format!("  valid {}", report::until(entry)));
    }
    if let State::Valid(account) = state
        && let Some(two_factor) = &account.two_factor
    {
        lines.push(format!(
            "  two-factor authentication: {}",
            report::two_factor(two_factor)
        ));
    }
    for (candidate, reason) in candidates
        .iter()
        .filter_map(|c| c.passed_over.map(|reason| (c, reason)))
    {
        lines.push(format!(
            "  not used: {} for {}: {reason}",
            candidate.source, candidate.host
        ));
    }
    if let Some(hint) = way_out(target, state) {
        lines.push(format!("  hint: {hint}"));
    }
    lines.join("\n")
}

fn place(session: &Session, winner: &Candidate) -> String {
    match winner.entry {
        Some(_) => environment::shorten_home(session.store.path()),
        None => winner.source.to_string(),
    }
}

fn way_out(target: &Target, state: &State) -> Option<String> {
    match state {
        State::Valid(_) | State::NotChecked => None,
        State::Expired => Some(format!("run `keybelt login {}`", target.host)),
        State::Rejected(failure) | State::Missing(failure) | State::Unknown(failure) => failure
            .hint
            .clone()
            .or_else(|| Some(format!("run `keybelt login {}`", target.host))),
    }
}
