//! `keybelt status`: what is used here, whether it works, and why.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use crate::account::Account;
use crate::clock_skew::ClockSkew;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::lifetime::{self, Lifetime};
use crate::other_tools::{self, terraform_credentials};
use crate::report;
use crate::session::Session;
use crate::session::credential::{self, Candidate};
use crate::session::mistyped_variable;
use crate::session::target::Target;
use crate::session::token_state::TokenState;
use crate::terminal;

mod all;

/// Show who is signed in, with which token and for how long
///
/// Exits with 0 if the token is valid, 3 if it is missing or invalid, 5 if the server gave no answer, and 6
/// if it expires too soon.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Account server [default: the current one]
    #[arg(value_name = "HOST", conflicts_with = "all")]
    pub server: Option<String>,
    /// Show every stored account
    #[arg(long)]
    pub all: bool,
    /// Do not ask the server
    #[arg(long)]
    pub offline: bool,
    /// Exit with 6 if the token expires sooner than this, such as 1d
    #[arg(long, value_name = "TIME")]
    pub min_remaining: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// Those of reading the store; what is wrong with a token is a result, and the exit code says it.
pub fn run(args: StatusArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(args.server.as_deref(), SecretArgs::default())?;
    let wanted = Lifetime::of_option("--min-remaining", args.min_remaining.as_deref())?;
    if args.all {
        return all::run(&session, args.offline, wanted);
    }
    let target = session.target()?;
    let candidates = credential::candidates(&session, &target.host)?;
    let state = TokenState::of_host(&session, &target.host, args.offline);
    if session.options.json {
        terminal::document(&document(&session, &target, &candidates, &state)?);
    } else {
        terminal::result(&terminal::wrapped(&text(&session, &target, &candidates, &state)?));
    }
    let stored = winner(&candidates).and_then(|winner| winner.stored.as_ref());
    let kind = state.exit_kind(session.is_short(stored, wanted));
    if let (Some(Kind::Finding), Some(wanted)) = (kind, wanted) {
        terminal::say(&format!("The token expires in less than {wanted}"));
    }
    Ok(exit_code(kind))
}

fn exit_code(kind: Option<Kind>) -> ExitCode {
    kind.map_or(ExitCode::SUCCESS, |kind| ExitCode::from(kind.exit_code()))
}

fn winner(candidates: &[Candidate]) -> Option<&Candidate> {
    candidates.iter().find(|candidate| candidate.passed_over.is_none())
}

fn document(
    session: &Session,
    target: &Target,
    candidates: &[Candidate],
    state: &TokenState,
) -> Result<Value, Failure> {
    let winner = winner(candidates);
    let mut document = json!({
        "host": target.host.to_string(),
        "host_chosen_by": target.reason,
        "current_host": session.store.quick_read()?.current().map(ToString::to_string),
        "source": winner.map(|winner| report::source_document(&winner.source)),
    });
    let known = winner.and_then(|winner| winner.account()).map(ToString::to_string);
    let entry = winner.and_then(|winner| winner.entry());
    report::extend(&mut document, report::token_document(known, entry, state));
    let sudo_until = session.sudo_until(&target.host, entry.filter(|_| state.may_live()))?;
    document["sudo_until"] = report::moment_document(sudo_until);
    document["candidates"] = candidates.iter().map(candidate_document).collect();
    document["near_misses"] = near_misses(session, target).into();
    Ok(document)
}

fn candidate_document(candidate: &Candidate) -> Value {
    json!({
        "source": report::source_document(&candidate.source),
        "host": candidate.host.to_string(),
        "account": candidate.account().map(ToString::to_string),
        "used": candidate.passed_over.is_none(),
        "passed_over": candidate.passed_over,
    })
}

fn text(
    session: &Session,
    target: &Target,
    candidates: &[Candidate],
    state: &TokenState,
) -> Result<String, Failure> {
    let winner = winner(candidates);
    let name = winner.and_then(|winner| winner.account());
    let mut lines =
        vec![format!("{} ({})", target.host, target.reason), report::state_text(name, state)];
    if let Some(winner) = winner {
        lines.extend(token_lines(session, winner, state)?);
    }
    if let TokenState::Valid(account) = state {
        lines.extend(account_lines(account));
    }
    let skew = session.http.server_now(&target.host).and_then(ClockSkew::from_server);
    lines.extend(skew.map(|skew| format!("this machine's clock is {skew}")));
    for candidate in candidates {
        lines.extend(candidate.passed_over.map(|reason| {
            let (source, host) = (&candidate.source, &candidate.host);
            format!("not used: {source} for {host}: {reason}")
        }));
    }
    lines.extend(near_misses(session, target));
    lines.extend(tool_lines(&target.host));
    lines.extend(hint_for(&target.host.to_string(), state).map(|hint| format!("hint: {hint}")));
    Ok(lines.join("\n  "))
}

/// Tells where the token is kept, how long it is good, and how long its proof is.
fn token_lines(
    session: &Session,
    winner: &Candidate,
    state: &TokenState,
) -> Result<Vec<String>, Failure> {
    let mut lines = vec![format!("token from {}", location(session, winner))];
    if let Some(stored) = winner.stored.as_ref().filter(|_| state.may_live()) {
        lines.push(format!("valid {}", report::until(session, stored)));
        let until = session.sudo_until(&stored.host, Some(&stored.entry))?;
        let left = until.and_then(|until| lifetime::remaining(environment::now(), until));
        lines.extend(left.map(|left| format!("sudo mode: {left} left")));
    }
    Ok(lines)
}

/// Tells what the server says of the account.
fn account_lines(account: &Account) -> Vec<String> {
    let mut lines = Vec::new();
    if account.is_sudo == Some(true) {
        lines.push("the server reports that this session is in sudo mode".to_owned());
    }
    lines.extend(
        account
            .managed_by
            .map(|elsewhere| format!("two-factor authentication is managed by {elsewhere}")),
    );
    lines.extend(account.two_factor.as_ref().map(|state| {
        let state = report::two_factor(state);
        format!("two-factor authentication is {state}")
    }));
    lines
}

/// Tells what other tools would use for this host.
fn tool_lines(host: &Host) -> Vec<String> {
    let of_terraform = terraform_credentials::uses(host).into_iter();
    let found = of_terraform.map(|(tool, answer)| (tool, answer.to_string()));
    let found = found.chain(other_tools::uses(host));
    found.map(|(tool, found)| format!("{tool} would use {found}")).collect()
}

/// Returns a sentence for each variable that looks like a token variable of this host and is none.
fn near_misses(session: &Session, target: &Target) -> Vec<String> {
    let misses = mistyped_variable::near_misses(session, &target.host).into_iter();
    misses.map(|miss| format!("{}; did you mean {}?", miss.found, miss.meant)).collect()
}

fn location(session: &Session, winner: &Candidate) -> String {
    match winner.entry() {
        Some(entry) => report::location(session, entry),
        None => winner.source.to_string(),
    }
}

fn hint_for(host: &str, state: &TokenState) -> Option<String> {
    let sign_in = || Some(format!("run `keybelt login {host}`"));
    match state {
        TokenState::Valid(_) | TokenState::NotChecked => None,
        TokenState::Expired => sign_in(),
        TokenState::Unknown(failure) => failure.hint.clone(),
        TokenState::Rejected(failure) | TokenState::Missing(failure) => {
            failure.hint.clone().or_else(sign_in)
        }
    }
}
