//! What comes after a rotation that kept the old token: ending it, once nothing uses it any more, or going back.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::organization_tokens::forget_this;
use super::overlapping_rotation::{LATELY, confirm_end, is_trial, live_of_base, named};
use super::revocation::confirm_this;
use super::rotated_name;
use super::rotation_subject::Subject;
use crate::account::Identifier;
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::provider::Revocation;
use crate::report;
use crate::session::Session;
use crate::terminal;
use crate::text;
use crate::token::TokenInfo;

/// Ends the old one of two tokens, if it has not been used for so long, and the new one has.
pub fn finish(
    session: &Session,
    subject: &Subject,
    name: Option<&str>,
    unused_for: Option<Lifetime>,
    include_this: bool,
) -> Result<(), Failure> {
    let Pair { base, old, new } = pair(session, subject, name)?;
    let unused_for = unused_for.map_or(LATELY, |it| SignedDuration::from_secs(it.seconds()));
    if !subject.is_this(&old.id) {
        require_unused(subject.now(session), old, new, unused_for)?;
    } else if !include_this {
        confirm_this(subject.host(), &subject.account().name, &old.id)?;
    }
    subject.require_sudo_mode(session)?;
    end(session, subject, &old.id)?;
    let line = format!("Revoked {}, the old token of `{base}`; {} is the only one", old.id, new.id);
    report::changed(session.options.json, &line, &document(subject, old, new, "revoked"));
    Ok(())
}

/// Ends the new one of two tokens.
pub fn undo(
    session: &Session,
    subject: &Subject,
    name: Option<&str>,
    include_this: bool,
) -> Result<(), Failure> {
    let Pair { base, old, new } = pair(session, subject, name)?;
    confirm_end(session, subject, new, include_this)?;
    subject.require_sudo_mode(session)?;
    end(session, subject, &new.id)?;
    let line = format!("Revoked {}, the new token of `{base}`; {} is kept", new.id, old.id);
    report::changed(session.options.json, &line, &document(subject, new, old, "revoked"));
    Ok(())
}

/// The two live tokens of one base.
struct Pair<'a> {
    /// Escaped already.
    base: String,
    old: &'a TokenInfo,
    new: &'a TokenInfo,
}

fn pair<'a>(
    session: &Session,
    subject: &'a Subject,
    name: Option<&str>,
) -> Result<Pair<'a>, Failure> {
    let now = subject.now(session);
    let name = match name {
        Some(name) => name.to_owned(),
        None => only_pair(session, subject)?,
    };
    let called = named(subject, session, Some(&name))?;
    let base = rotated_name::base(called.description.as_deref().unwrap_or_default());
    let shown = text::escape(base).into_owned();
    match live_of_base(subject.tokens(), base, now).as_slice() {
        [old, new] if new.description.as_deref().is_some_and(rotated_name::is_rotated) => {
            Ok(Pair { base: shown, old, new })
        }
        [] | [_] => Err(Failure::general(format!(
            "there is nothing to finish or undo: {} is the only live token of `{shown}`",
            called.id
        ))),
        several => {
            let ids: Vec<_> = several.iter().map(|token| token.id.to_string()).collect();
            Err(Failure::refused(format!(
                "these live tokens of `{shown}` are not one old and one new: {}",
                ids.join(", ")
            ))
            .hint(format!("end those that are not in use with `{}`", subject.command("revoke ID"))))
        }
    }
}

/// Returns the one base of which there are two tokens.
fn only_pair(session: &Session, subject: &Subject) -> Result<String, Failure> {
    let now = subject.now(session);
    let tokens = subject.tokens();
    let bases: std::collections::BTreeSet<&str> = tokens
        .iter()
        .filter_map(|token| token.description.as_deref())
        .map(rotated_name::base)
        .filter(|base| live_of_base(tokens.iter().copied(), base, now).len() == 2)
        .collect();
    match bases.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => Ok((*only).to_owned()),
        [] => Err(Failure::general(format!(
            "there is nothing to finish or undo: no two live tokens of {} belong together",
            subject.whose()
        ))),
        _ => Err(Failure::usage("several tokens are being rotated: which one?")
            .hint(format!("give its ID or description; see `{}`", subject.command("list")))),
    }
}

/// Fails if the old token is in use, or the new one is not, as far as the server tells.
fn require_unused(
    now: Timestamp,
    old: &TokenInfo,
    new: &TokenInfo,
    unused_for: SignedDuration,
) -> Result<(), Failure> {
    let is_old_used = old.last_used_at.is_some_and(|at| now.duration_since(at) < unused_for);
    let tells = old.last_used_at.is_some() || new.last_used_at.is_some();
    let is_new_unused = tells && new.last_used_at.is_none_or(|at| is_trial(new, at));
    if !is_old_used && !is_new_unused {
        return Ok(());
    }
    let used = |token: &TokenInfo| match token.last_used_at {
        Some(at) if is_trial(token, at) => format!("only to try it, {}", report::moment(at)),
        Some(at) => report::moment(at),
        None => "never".to_owned(),
    };
    Err(Failure::finding(format!(
        "the old token {} was last used: {}; the new one, {}: {}; nothing was ended",
        old.id,
        used(old),
        new.id,
        used(new)
    ))
    .hint("put the new one wherever the old one is used, and run this again later"))
}

fn end(session: &Session, subject: &Subject, id: &Identifier) -> Result<(), Failure> {
    match subject.revoke(session, id)? {
        Revocation::Revoked => {}
        Revocation::NoLongerAccepted | Revocation::StillValid => {
            return Err(Failure::general(format!(
                "{id} was already revoked, or cannot be revoked"
            )));
        }
    }
    if subject.is_this(id) {
        forget_this(session, subject.host())?;
        terminal::say(&format!("{id} was the token in use"));
    }
    Ok(())
}

/// Describes the token that lives, and the one that ended.
fn document(subject: &Subject, ended: &TokenInfo, kept: &TokenInfo, word: &str) -> Value {
    let mut document = subject.head();
    document["old_token"] = json!(word);
    document["old_id"] = json!(ended.id.as_str());
    let kept = super::listed_tokens::document(kept, subject.is_this(&kept.id));
    report::extend(&mut document, kept);
    document
}
