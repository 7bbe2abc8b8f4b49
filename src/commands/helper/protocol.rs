//! The three verbs that Terraform calls.

use std::process::ExitCode;

use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::account::AccountName;
use crate::commands::global::GlobalArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::other_tools::terraform;
use crate::provider_name::ProviderName;
use crate::session::{Session, credential};
use crate::store::{Choice, Entry, Stored};
use crate::terminal::{self, Stdin};
use crate::token::Origin;

/// The account that holds what Terraform stores: a helper learns no account names.
const ACCOUNT: &str = "terraform";

/// The longest object that Terraform may store, in bytes.
const MAX_OBJECT: u64 = 64 * 1024;

/// Prints the token of a host as an object, or an empty object.
pub(super) fn get(host: &str, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let answer = find(host, global).map_err(in_one_line)?;
    terminal::compact(&answer);
    Ok(ExitCode::SUCCESS)
}

fn find(host: &str, global: &GlobalArgs) -> Result<Value, Failure> {
    let (session, host) = session_for(host, global)?;
    let Some(stored) = served(&session, &host)? else {
        return Ok(json!({}));
    };
    if session.is_expired(&stored) {
        return Err(Failure::general(format!(
            "keybelt's token for {host} has expired; run `keybelt login {host}`"
        )));
    }
    let credential = credential::stored_credential(&session, &stored)?;
    Ok(json!({ "token": credential.token.secret().expose_secret() }))
}

/// Returns the entry whose token Terraform gets: that of the account in use, or of the one that the block of its
/// configuration names (`args = ["--account", "NAME"]`).
fn served(session: &Session, host: &Host) -> Result<Option<Stored>, Failure> {
    let found = session.store.find(host, session.options.account.as_ref())?;
    Ok(found.filter(|stored| stored.entry.provider == ProviderName::Atlas))
}

/// Stores the object on standard input: a token and nothing else, for nothing else could be kept.
pub(super) fn store(host: &str, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    // All of it is read first, so that Terraform is not left writing into a closed pipe.
    let object = Stdin::new().all(MAX_OBJECT).map_err(in_one_line)?;
    keep(host, object.expose_secret(), global).map_err(in_one_line)?;
    Ok(ExitCode::SUCCESS)
}

fn keep(host: &str, object: &str, global: &GlobalArgs) -> Result<(), Failure> {
    let (session, host) = session_for(host, global)?;
    let token = terraform::token_to_store(object)?;
    let found = session.store.find(&host, Some(&account()?))?;
    if found.is_some_and(|stored| stored.entry.origin != Origin::Helper) {
        return Err(Failure::general(format!(
            "keybelt has a token for an account called {ACCOUNT} at {host}"
        ))
        .hint(format!("run `keybelt logout {host} --account {ACCOUNT}` first")));
    }
    let entry = Entry {
        provider: ProviderName::Atlas,
        origin: Origin::Helper,
        user_id: None,
        token_id: None,
        created_at: environment::now(),
        expires_at: None,
        expires_in_asked: None,
        authenticated_at: None,
        clock_offset: 0,
        sudo_window: None,
        store: session.store_for(&host, &account()?)?,
        pending_two_factor: None,
        pending_delivery: None,
        pending_rotation: None,
        extra_copy_in: None,
        token: Some(token),
    };
    session.put(&Stored { host, account: account()?, entry }, Choice::Activate)?;
    Ok(())
}

/// Forgets what `store` wrote, and nothing else. Where Terraform would get another token next, a success would be
/// untrue: the user is told how to end that one.
pub(super) fn forget(host: &str, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let forgotten = || {
        let (session, host) = session_for(host, global)?;
        let account = account()?;
        if let Some(stored) = session.store.find(&host, Some(&account))?
            && stored.entry.origin == Origin::Helper
        {
            session.forget(&stored)?;
        }
        match served(&session, &host)? {
            Some(stored) if !session.is_expired(&stored) => {
                let account = &stored.account;
                Err(Failure::general(format!(
                    "{account}'s token for {host} was not created by terraform login and was kept; run `keybelt logout {host}`"
                )))
            }
            _ => Ok(()),
        }
    };
    forgotten().map_err(in_one_line)?;
    Ok(ExitCode::SUCCESS)
}

fn account() -> Result<AccountName, Failure> {
    AccountName::parse(ACCOUNT)
}

fn session_for(host: &str, global: &GlobalArgs) -> Result<(Session, Host), Failure> {
    let host =
        Host::exact(host).ok_or_else(|| Failure::general("invalid host name for Terraform"))?;
    let session = global.session_of_protocol()?;
    Ok((session, host))
}

/// Terraform shows what a helper says on one line, if at all, so a person at the terminal is told directly.
/// Whatever it is, the protocol knows but one kind of failure.
fn in_one_line(failure: Failure) -> Failure {
    let hint = failure.hint.as_deref().map(|hint| format!("; {hint}"));
    let line = Failure::general(format!("{failure}{}", hint.unwrap_or_default()));
    if let Some(mut screen) = terminal::prompt::Prompter::open_for_output() {
        screen.show(&format!("keybelt: {}", line.message));
    }
    line
}
