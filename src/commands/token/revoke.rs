//! `keybelt token revoke`: end tokens on the server.

use clap::Args;
use serde_json::{Value, json};

use super::list::Listed;
use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::provider::Revocation;
use crate::report;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::session::sudo::SensitiveAction;
use crate::terminal;
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
    let listed = Listed::of_known(&session)?;
    if !args.others {
        return by_id(&session, &listed, &args.ids);
    }
    if listed.incomplete.is_some() {
        return others_at_once(&session, &listed);
    }
    let doomed = others(&listed, &listed.tokens)?;
    confirm(&session, &listed, &doomed, "tokens")?;
    revoke(&session, &listed, &doomed)
}

/// Ends the tokens that are named.
pub(in crate::commands) fn by_id(
    session: &Session,
    listed: &Listed,
    ids: &[String],
) -> Result<(), Failure> {
    let mut found = ids.iter().map(|id| listed.find(id)).collect::<Result<Vec<_>, _>>()?;
    found.dedup_by(|one, other| one.id == other.id);
    revoke(session, listed, &found.iter().collect::<Vec<_>>())
}

/// Ends all other tokens of a server that lists none, once somebody has said so.
pub(in crate::commands) fn others_at_once(
    session: &Session,
    listed: &Listed,
) -> Result<(), Failure> {
    let host = &listed.host;
    session.require_sudo_mode(host, &SensitiveAction::of_account("revoking the other tokens"))?;
    Confirmation::new(session, "revoking all other tokens", "use --yes")?
        .ask(OTHERS, "nothing was revoked")?;
    let ended = end_at_once(session, host)?;
    report_ended(session, host, ended)
}

/// Asks whether everything else shall end. Who wants that may not think of the tokens of machines.
pub(in crate::commands) const OTHERS: &str =
    "End all other tokens of this account too, those used by CI as well?";

/// Ends all other tokens in one go, and says how many the server ended, where it tells.
fn end_at_once(session: &Session, host: &Host) -> Result<Ended, Failure> {
    let own = session.unelevated_credential(host)?;
    let count = session.with_credential(host, |server, signed_in| {
        server.revoke_others(&signed_in.credential, &[&own, &signed_in.credential])
    })?;
    let what = match count {
        Some(0) => return Ok(say_at_once("There were no other tokens", count)),
        Some(1) => "1 other token".to_owned(),
        Some(count) => format!("{count} other tokens"),
        None => "all other tokens".to_owned(),
    };
    let line = format!("Revoked {what}; it can take a minute until the server refuses them");
    Ok(say_at_once(&line, count))
}

fn say_at_once(line: &str, count: Option<u64>) -> Ended {
    terminal::say(line);
    Ended { at_once: Some(count), ..Ended::default() }
}

/// Returns all but the token that is used here.
///
/// # Errors
/// Refused, if the server does not tell which one that is: it would be ended too.
pub(in crate::commands) fn others<'a>(
    listed: &Listed,
    tokens: &'a [TokenInfo],
) -> Result<Vec<&'a TokenInfo>, Failure> {
    if listed.account.token_id.is_none() {
        return Err(Failure::refused(format!(
            "`{}` does not tell which token is the one in use",
            listed.host
        ))
        .hint("revoke the others by their ids; see `keybelt token list`"));
    }
    Ok(tokens.iter().filter(|token| !listed.is_this(&token.id)).collect())
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
    session.require_sudo_mode(&listed.host, &SensitiveAction::of_account(&act))?;
    let act = format!("revoking {} {what}", doomed.len());
    let mut confirmation = Confirmation::new(session, &act, "use --yes")?;
    confirmation.show(&listed.table(doomed).text());
    let question = format!(
        "Revoke these {} {what} of {} at {}?",
        doomed.len(),
        listed.account.name,
        listed.host
    );
    confirmation.ask(&question, "nothing was revoked")
}

/// What became of the tokens that were to end.
#[derive(Debug, Default)]
pub(in crate::commands) struct Ended {
    /// All others ended in one go, so many, where the server tells.
    at_once: Option<Option<u64>>,
    documents: Vec<Value>,
    first_failure: Option<Failure>,
}

impl Ended {
    /// Returns what became of each, or how many ended in one go, for JSON.
    pub(in crate::commands) fn document(&self) -> Value {
        json!({
            "tokens": self.at_once.is_none().then_some(&self.documents),
            "revoked": self.at_once.flatten(),
        })
    }

    /// Fails if one of them is still valid.
    pub(in crate::commands) fn outcome(self) -> Result<(), Failure> {
        self.first_failure.map_or(Ok(()), |failure| {
            Err(Failure { message: format!("not every token was revoked: {failure}"), ..failure })
        })
    }
}

/// Ends every token of the account but the one in use, for a command that has asked already.
///
/// # Errors
/// Refused, if the server does not list tokens, or does not tell which one is in use.
pub(in crate::commands) fn end_others(session: &Session) -> Result<Ended, Failure> {
    let listed = Listed::of_known(session)?;
    if listed.incomplete.is_some() {
        return end_at_once(session, &listed.host);
    }
    let doomed = others(&listed, &listed.tokens)?;
    Ok(end(session, &listed, &doomed))
}

/// Ends tokens, and reports it as the command's result.
pub(in crate::commands) fn revoke(
    session: &Session,
    listed: &Listed,
    doomed: &[&TokenInfo],
) -> Result<(), Failure> {
    report_ended(session, &listed.host, end(session, listed, doomed))
}

fn report_ended(session: &Session, host: &Host, ended: Ended) -> Result<(), Failure> {
    if session.options.json {
        let mut document = json!({ "host": host.to_string() });
        report::extend(&mut document, ended.document());
        terminal::document(&document);
    }
    ended.outcome()
}

/// Ends tokens one by one, the one in use last, and says of each what became of it.
fn end(session: &Session, listed: &Listed, doomed: &[&TokenInfo]) -> Ended {
    let mut ended = Ended::default();
    let in_order = doomed.iter().filter(|token| !listed.is_this(&token.id));
    for token in in_order.chain(doomed.iter().filter(|token| listed.is_this(&token.id))) {
        match revoke_one(session, listed, token) {
            Ok(document) => ended.documents.push(document),
            Err(failure) => {
                terminal::warn(&format!("{} is still valid: {failure}", token.id));
                let document = json!({ "id": token.id.as_str(), "token": "still_valid" });
                ended.documents.push(document);
                ended.first_failure.get_or_insert(failure);
            }
        }
    }
    if doomed.is_empty() {
        terminal::say("Nothing to revoke");
    }
    ended
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
    if let (true, Some(account), Some(entry)) =
        (listed.is_this(&token.id), &signed_in.account, &signed_in.entry)
    {
        session.forget(host, account, entry)?;
        terminal::say(&format!(
            "That was the token in use here; {account} is signed out of {host}"
        ));
    }
    Ok(json!({ "id": token.id.as_str(), "token": word }))
}
