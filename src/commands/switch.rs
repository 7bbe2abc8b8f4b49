//! `keybelt switch`: which account and which account server commands use from now on.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::account::AccountName;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::report;
use crate::session::Session;
use crate::store::Tokens;
use crate::terminal::prompt::Prompter;

/// Choose the account or host to use
///
/// Without an argument, prompts for a stored account.
#[derive(Debug, Args)]
pub struct SwitchArgs {
    /// Account, host or both
    #[arg(value_name = "ACCOUNT[@HOST] | HOST")]
    pub to: Option<String>,
}

/// Runs the command.
pub fn run(args: SwitchArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, SecretArgs::default())?;
    let tokens = session.store.read()?;
    let (host, account) = match &args.to {
        Some(to) => resolve(&session, &tokens, to)?,
        None => ask(&tokens)?,
    };
    session.store.change(|tokens| {
        if !tokens.set_active(&host, &account) {
            return Err(not_stored(&format!("{account} at {host}")));
        }
        tokens.set_current(Some(&host));
        Ok(())
    })?;
    session.sync_tool_file(&host, None);
    let document = json!({ "host": host.to_string(), "account": account.as_str() });
    report::changed(session.options.json, &format!("Switched to {account} at {host}"), &document);
    Ok(ExitCode::SUCCESS)
}

fn not_stored(what: &str) -> Failure {
    Failure::not_signed_in(format!("{what} is not signed in"))
        .hint("list accounts with `keybelt status --all`, or add one with `keybelt login`")
}

fn no_such(all: &[(Host, AccountName)], to: &str) -> Failure {
    // What is no name at all could be anything, and is not shown.
    let is_name = AccountName::new(to).is_some() || Host::typed(to).is_ok();
    let named = if is_name { format!("`{to}`") } else { "of that name".to_owned() };
    let failure = Failure::not_signed_in(format!("no account or host {named} is signed in here"));
    if all.is_empty() {
        return failure.hint("run `keybelt login`");
    }
    let names: Vec<_> = all.iter().map(|(host, account)| format!("{account}@{host}")).collect();
    failure.hint(format!("signed in: {}; see `keybelt status --all`", names.join(", ")))
}

/// Every stored account with its host.
fn stored(tokens: &Tokens) -> Vec<(Host, AccountName)> {
    let entries = tokens.entries().into_iter();
    entries.map(|stored| (stored.host, stored.account)).collect()
}

/// Reads `ACCOUNT[@HOST] | HOST`. An account's name may be an e-mail address, so what is stored decides.
fn resolve(session: &Session, tokens: &Tokens, to: &str) -> Result<(Host, AccountName), Failure> {
    let named = session.named_host()?;
    let all: Vec<_> = stored(tokens)
        .into_iter()
        .filter(|(host, _)| named.as_ref().is_none_or(|named| named == host))
        .collect();
    let with_host = |(host, account): &(Host, AccountName)| {
        to.strip_prefix(account.as_str())
            .and_then(|rest| rest.strip_prefix('@'))
            .is_some_and(|rest| Host::typed(rest).is_ok_and(|rest| rest == *host))
    };
    let mut matching: Vec<_> = all.iter().filter(|entry| with_host(entry)).cloned().collect();
    if matching.is_empty() {
        matching = all.iter().filter(|(_, account)| account.as_str() == to).cloned().collect();
    }
    if matching.is_empty()
        && let Ok(host) = Host::typed(to)
        && let Some(active) =
            tokens.active(&host).or_else(|| tokens.accounts(&host).into_iter().next())
    {
        matching = vec![(host, active)];
    }
    match matching.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(no_such(&all, to)),
        many => {
            let names: Vec<_> =
                many.iter().map(|(host, account)| format!("{account}@{host}")).collect();
            Err(Failure::usage(format!("more than one stored account matches `{to}`"))
                .hint(format!("use one of {}", names.join(", "))))
        }
    }
}

fn ask(tokens: &Tokens) -> Result<(Host, AccountName), Failure> {
    let all = stored(tokens);
    if all.is_empty() {
        return Err(Failure::not_signed_in("no account is signed in").hint("run `keybelt login`"));
    }
    let mut prompter = Prompter::open().map_err(|reason| {
        Failure::usage(format!("choose an account: keybelt cannot prompt: {reason}"))
            .hint("use keybelt switch ACCOUNT@HOST")
    })?;
    let current = tokens.current().and_then(|host| Some((tokens.active(&host)?, host)));
    for (number, (host, account)) in all.iter().enumerate() {
        let is_current = current.as_ref().is_some_and(|it| it.0 == *account && it.1 == *host);
        let mark = if is_current { "  (current)" } else { "" };
        prompter.show(&format!("  {}  {account} at {host}{mark}", number + 1));
    }
    prompter.ask_until(&format!("1 to {}: ", all.len()), |answer| {
        let number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let chosen = number.and_then(|number| all.get(number).cloned());
        chosen.ok_or_else(|| Failure::usage(format!("Choose a number from 1 to {}", all.len())))
    })
}
