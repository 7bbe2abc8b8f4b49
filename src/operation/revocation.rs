//! Revoking tokens of an account: the named ones, or all but the one in use.

use serde_json::{Value, json};

use super::listed_tokens::AccountTokens;
use crate::account::{AccountName, Identifier};
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::Revocation;
use crate::report;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::session::sudo::SensitiveAction;
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::text;
use crate::token::TokenInfo;

/// Revokes every listed token but the one in use, once that is confirmed; where the server lists none, all
/// others in one request.
pub fn all_but_this(session: &Session, listed: &AccountTokens, what: &str) -> Result<(), Failure> {
    if listed.not_listed.is_some() {
        return others_at_once(session, listed);
    }
    let to_revoke = others(listed)?;
    confirm(session, listed, &to_revoke, what)?;
    report_revoked(session, &listed.host, revoke_each(session, listed, &to_revoke))
}

/// Revokes the tokens that are named; the one in use only if that is meant.
pub fn by_id(
    session: &Session,
    listed: &AccountTokens,
    ids: &[String],
    include_this: bool,
) -> Result<(), Failure> {
    let found = listed.find_all(session, ids)?;
    let this = found.iter().find(|token| listed.is_this(&token.id));
    if let Some(this) = this.filter(|_| !include_this) {
        confirm_this(&listed.host, &listed.account.name, &this.id)?;
    }
    let found: Vec<_> = found.iter().collect();
    report_revoked(session, &listed.host, revoke_each(session, listed, &found))
}

/// Asks whether the token in use is meant. `--yes` does not answer that.
pub(super) fn confirm_this(
    host: &Host,
    account: &AccountName,
    id: &Identifier,
) -> Result<(), Failure> {
    let mut person = Prompter::open().map_err(|reason| {
        Failure::usage(format!("{id} is the token in use, and keybelt cannot prompt: {reason}"))
            .hint("revoke it with --include-this, or sign out with `keybelt logout`")
    })?;
    let question =
        format!("{id} is the token in use here. Revoke it and sign {account} out of {host}?");
    if person.confirm(&question)? { Ok(()) } else { Err(Failure::usage("nothing was revoked")) }
}

/// Ends all other tokens of a server that lists none, once somebody has said so.
fn others_at_once(session: &Session, listed: &AccountTokens) -> Result<(), Failure> {
    let host = &listed.host;
    session.require_sudo_mode(host, &SensitiveAction::of_account("revoking the other tokens"))?;
    Confirmation::new(session, "revoking all other tokens", "use --yes")?
        .ask(OTHERS, "nothing was revoked")?;
    let revoked = revoke_all_others(session, host)?;
    report_revoked(session, host, revoked)
}

/// Asks whether everything else shall end. Who wants that may not think of the tokens of machines.
pub const OTHERS: &str =
    "Also revoke all other tokens of this account, including those used by CI?";

/// Ends all other tokens in one go, and says how many the server revoked, where it tells.
fn revoke_all_others(session: &Session, host: &Host) -> Result<RevokedTokens, Failure> {
    let own = session.unelevated_credential(host)?;
    let count = session.with_credential(host, |server, signed_in| {
        server.revoke_others(&signed_in.credential, &[&own, &signed_in.credential])
    })?;
    let what = match count {
        Some(0) => return Ok(say_at_once("There were no other tokens", count)),
        Some(count) => text::plural(count, "other token"),
        None => "all other tokens".to_owned(),
    };
    let line = format!("Revoked {what}; the server may accept them for another minute");
    Ok(say_at_once(&line, count))
}

fn say_at_once(line: &str, count: Option<u64>) -> RevokedTokens {
    terminal::say(line);
    RevokedTokens { at_once: Some(count), ..RevokedTokens::default() }
}

/// Returns all but the token that is used here.
///
/// # Errors
/// Refused, if the server does not tell which one that is: it would be ended too.
fn others(listed: &AccountTokens) -> Result<Vec<&TokenInfo>, Failure> {
    if listed.account.token_id.is_none() {
        return Err(Failure::refused(format!(
            "`{}` does not report which token is in use",
            listed.host
        ))
        .hint("revoke the others by their IDs; see `keybelt token list`"));
    }
    Ok(listed.tokens.iter().filter(|token| !listed.is_this(&token.id)).collect())
}

/// Shows what will end, and asks once, in sudo mode.
fn confirm(
    session: &Session,
    listed: &AccountTokens,
    to_revoke: &[&TokenInfo],
    what: &str,
) -> Result<(), Failure> {
    if to_revoke.is_empty() {
        return Ok(());
    }
    let act = format!("revoking the other {what}");
    session.require_sudo_mode(&listed.host, &SensitiveAction::of_account(&act))?;
    let act = format!("revoking {} {what}", to_revoke.len());
    let mut confirmation = Confirmation::new(session, &act, "use --yes")?;
    confirmation.draw(&listed.table(to_revoke).text());
    let question = format!(
        "Revoke these {} {what} of {} at {}?",
        to_revoke.len(),
        listed.account.name,
        listed.host
    );
    confirmation.ask(&question, "nothing was revoked")
}

/// What became of the tokens that were to end.
#[derive(Debug, Default)]
pub struct RevokedTokens {
    /// All others revoked in one go, so many, where the server tells.
    at_once: Option<Option<u64>>,
    documents: Vec<Value>,
    first_failure: Option<Failure>,
}

impl RevokedTokens {
    /// Returns what became of each, or how many revoked in one go, for JSON.
    pub fn document(&self) -> Value {
        json!({
            "tokens": self.at_once.is_none().then_some(&self.documents),
            "revoked": self.at_once.flatten(),
        })
    }

    /// Fails if one of them is still valid.
    pub fn outcome(self) -> Result<(), Failure> {
        self.first_failure
            .map_or(Ok(()), |failure| Err(failure.within("some tokens were not revoked")))
    }
}

/// Ends every token of the account but the one in use, for a command that has asked already.
pub fn revoke_other_tokens(session: &Session) -> Result<RevokedTokens, Failure> {
    let listed = AccountTokens::fetch_known(session)?;
    if listed.not_listed.is_some() {
        return revoke_all_others(session, &listed.host);
    }
    let to_revoke = others(&listed)?;
    Ok(revoke_each(session, &listed, &to_revoke))
}

fn report_revoked(session: &Session, host: &Host, revoked: RevokedTokens) -> Result<(), Failure> {
    if session.options.json {
        let mut document = json!({ "host": host.to_string() });
        report::extend(&mut document, revoked.document());
        terminal::document(&document);
    }
    revoked.outcome()
}

/// Ends tokens one by one, the one in use last, and says of each what became of it.
fn revoke_each(
    session: &Session,
    listed: &AccountTokens,
    to_revoke: &[&TokenInfo],
) -> RevokedTokens {
    let mut revoked = RevokedTokens::default();
    let in_order = to_revoke.iter().filter(|token| !listed.is_this(&token.id));
    for token in in_order.chain(to_revoke.iter().filter(|token| listed.is_this(&token.id))) {
        match revoke_one(session, listed, token) {
            Ok(document) => revoked.documents.push(document),
            Err(failure) => {
                let word = warn_not_revoked(&token.id, &failure);
                revoked.documents.push(json!({ "id": token.id.as_str(), "token": word }));
                revoked.first_failure.get_or_insert(failure);
            }
        }
    }
    if to_revoke.is_empty() {
        terminal::say("Nothing to revoke");
    }
    revoked
}

/// Says that a token was not revoked, as far as that is known. Returns the word for JSON.
pub(super) fn warn_not_revoked(id: &Identifier, failure: &Failure) -> &'static str {
    let (state, word) = match failure.leaves_open() {
        true => ("may still be valid", "unknown"),
        false => ("was not revoked", "still_valid"),
    };
    terminal::warn(&format!("{id} {state}: {failure}"));
    word
}

fn revoke_one(
    session: &Session,
    listed: &AccountTokens,
    token: &TokenInfo,
) -> Result<Value, Failure> {
    let host = &listed.host;
    let signed_in = session.signed_in(host)?;
    let server = session.server(host, signed_in.entry());
    let word = match server.revoke_token(&signed_in.credential, &token.id)? {
        Revocation::Revoked => {
            terminal::say(&format!("Revoked {}", token.id));
            "revoked"
        }
        Revocation::NoLongerAccepted | Revocation::StillValid => {
            terminal::say(&format!("{} was already revoked", token.id));
            "no_longer_accepted"
        }
    };
    if let (true, Some(stored)) = (listed.is_this(&token.id), &signed_in.stored) {
        session.forget(stored)?;
        terminal::say(&format!(
            "That was the token in use: signed out of {host} as {}",
            stored.account
        ));
    }
    Ok(json!({ "id": token.id.as_str(), "token": word }))
}
