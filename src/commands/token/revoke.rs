//! `keybelt token revoke`: end tokens on the server.

use clap::Args;
use serde_json::{Value, json};

use super::list::Listed;
use crate::commands::global::GlobalArgs;
use crate::commands::secret::SecretArgs;
use crate::failure::Failure;
use crate::provider::Revocation;
use crate::session::Session;
use crate::session::sudo::Act;
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::token::TokenInfo;

/// Options of `token revoke`.
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// Ids of tokens, or their beginnings
    #[arg(value_name = "ID", required_unless_present = "others")]
    pub ids: Vec<String>,
    /// Every token but the one that is used here
    #[arg(long, conflicts_with = "ids")]
    pub others: bool,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: RevokeArgs, global: &GlobalArgs) -> Result<(), Failure> {
    let session = global.session(None, args.secrets)?;
    let listed = Listed::of(&session)?;
    let doomed: Vec<&TokenInfo> = if args.others {
        others(&listed, &listed.tokens.iter().collect::<Vec<_>>())?
    } else {
        let mut found = args
            .ids
            .iter()
            .map(|id| listed.find(id))
            .collect::<Result<Vec<_>, _>>()?;
        found.dedup_by(|one, other| one.id == other.id);
        found
    };
    if args.others {
        confirm(&session, &listed, &doomed, "tokens")?;
    }
    revoke(&session, &listed, &doomed)
}

/// Returns all but the token that is used here.
///
/// # Errors
/// Refused, if the server does not tell which one that is: it would be ended too.
pub(in crate::commands) fn others<'a>(
    listed: &Listed,
    tokens: &[&'a TokenInfo],
) -> Result<Vec<&'a TokenInfo>, Failure> {
    if listed.account.token_id.is_none() {
        return Err(Failure::refused(format!(
            "`{}` does not tell which token is the one in use",
            listed.host
        ))
        .hint("revoke the others by their ids; see `keybelt token list`"));
    }
    Ok(tokens
        .iter()
        .copied()
        .filter(|token| !listed.is_this(&token.id))
        .collect())
}

/// Shows what will end, and asks once, in sudo mode.
pub(in crate::commands) fn confirm(
    session: &Session,
    listed: &Listed,
    doomed: &[&TokenInfo],
    what: &str,
) -> Result<(), Failure> {
    if doomed.is_empty() {
        return Ok(());
    }
    let act = format!("revoking the other {what}");
    session.enter_sudo_mode(&listed.host, &Act::of_account(&act))?;
    if session.options.yes {
        return Ok(());
    }
    let mut prompter = Prompter::open().map_err(|reason| {
        Failure::usage(format!(
            "revoking {} {what} needs a confirmation: {reason}",
            doomed.len()
        ))
        .hint("use --yes")
    })?;
    prompter.show(&listed.table(doomed).text());
    let question = format!(
        "Revoke these {} {what} of {} at {}?",
        doomed.len(),
        listed.account.name,
        listed.host
    );
    if prompter.confirm(&question)? {
        Ok(())
    } else {
        Err(Failure::usage("nothing was revoked"))
    }
}

/// Ends tokens one by one, the one in use last, and says of each what became of it.
pub(in crate::commands) fn revoke(
    session: &Session,
    listed: &Listed,
    doomed: &[&TokenInfo],
) -> Result<(), Failure> {
    let mut documents = Vec::new();
    let mut first_failure = None;
    let in_order = doomed.iter().filter(|token| !listed.is_this(&token.id));
    for token in in_order.chain(doomed.iter().filter(|token| listed.is_this(&token.id))) {
        match revoke_one(session, listed, token) {
            Ok(document) => documents.push(document),
            Err(failure) => {
                terminal::warn(&format!("{} is still valid: {failure}", token.id));
                documents.push(json!({ "id": token.id.as_str(), "token": "still_valid" }));
                first_failure.get_or_insert(failure);
            }
        }
    }
    if doomed.is_empty() {
        terminal::say("Nothing to revoke");
    }
    if session.options.json {
        terminal::document(&json!({ "host": listed.host.to_string(), "tokens": documents }));
    }
    first_failure.map_or(Ok(()), |failure| {
        Err(Failure {
            message: format!("not every token was revoked: {failure}"),
            ..failure
        })
    })
}

fn revoke_one(session: &Session, listed: &Listed, token: &TokenInfo) -> Result<Value, Failure> {
    let host = &listed.host;
    let signed_in = session.signed_in(host)?;
    let server = session.server(host, signed_in.entry.as_ref());
    let word = match server.revoke_token(&signed_in.credential, &token.id)? {
        Revocation::Revoked => {
            terminal::say(&format!("Revoked {}", token.id));
            "revoked"
        }
        Revocation::NoLongerAccepted | Revocation::StillValid => {
            terminal::say(&format!("{} was gone already", token.id));
            "no_longer_accepted"
        }
    };
    if let (true, Some(account), Some(entry)) = (
        listed.is_this(&token.id),
        &signed_in.account,
        &signed_in.entry,
    ) {
        session.forget(host, account, entry)?;
        terminal::say(&format!(
            "That was the token in use here; {account} is signed out of {host}"
        ));
    }
    Ok(json!({ "id": token.id.as_str(), "token": word }))
}
