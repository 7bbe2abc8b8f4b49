//! Rotation where a new token ends the old one at once: that of an organization, of an audit trail, and a team's on
//! servers of old.
//!
//! All that can fail comes before the request; the answer is in a rescue file before anybody gets it, and stays there
//! until the hand-over is done. The new token is never revoked: the old one is dead already.

use serde_json::{Value, json};

use super::destination::{Asked, Destination, HandedOver};
use super::organization_tokens::{OrganizationTokens, forget_this};
use super::overlapping_rotation::Wanted;
use super::revocation::confirm_this;
use super::rotation_subject::Subject;
use crate::account::Identifier;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::lifetime::Lifetime;
use crate::organization_token::{OrganizationToken, Trial};
use crate::report;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::signal;
use crate::store::{Kept, Rescue};
use crate::terminal;
use crate::token::{Token, TokenInfo};

/// Replaces the one token of a holder.
pub fn replace(
    session: &Session,
    subject: &Subject,
    listed: &OrganizationTokens,
    wanted: &Wanted,
) -> Result<(), Failure> {
    let old = only_token(subject, listed, wanted)?;
    let place = Destination::prepare(&wanted.handover)?;
    require_place(&place, subject)?;
    let mut rescue = open(listed)?;
    let lost = leftover(&rescue, subject, &old.id)?;
    confirm(session, subject, old, wanted.include_this, lost.as_deref())?;
    place.confirm(session, &listed.host, Some(&old.id))?;
    let length = old.created_at.zip(old.expires_at).and_then(|(created, expires)| {
        Lifetime::from_seconds(expires.as_second() - created.as_second())
    });
    let lifetime = wanted.lifetime.or(length);
    let lifetime = lifetime.map(|asked| subject.capped(session, asked)).transpose()?;
    let expires_at = lifetime.map(|lifetime| lifetime.after(subject.now(session)));
    subject.require_sudo_mode(session)?;
    // From here on a signal waits: the old token ends with the answer to come.
    let _deferred = signal::defer_signals();
    rescue.reserve(&listed.whose(), &old.id, subject.now(session))?;
    let made = subject.create(session, "", expires_at);
    let (made, token) = made.map_err(|failure| not_made(&rescue, subject, failure))?;
    let unkept = rescue.keep(&made.info, &token).err();
    if let Some(error) = &unkept {
        terminal::warn(&format!("cannot write {}: {error}", rescue.shown()));
    }
    let new = New { made, token, old_id: old.id.to_string() };
    deliver(session, subject, listed, &rescue, new, place)
}

/// Hands over what an earlier replacement has left in the rescue file.
pub fn finish(
    session: &Session,
    subject: &Subject,
    listed: &OrganizationTokens,
    handover: &Asked,
) -> Result<(), Failure> {
    let rescue = open(listed)?;
    let nothing = || {
        Failure::general(format!(
            "there is nothing to finish: no new token of {} waits in {}",
            listed.whose(),
            rescue.shown()
        ))
    };
    let Kept { old_id, answer, .. } = rescue.find()?.ok_or_else(nothing)?;
    let answer = answer.ok_or_else(nothing)?;
    let place = Destination::prepare(handover)?;
    require_place(&place, subject)?;
    place.confirm(session, &listed.host, Identifier::new(&old_id).as_ref())?;
    subject.require_sudo_mode(session)?;
    let _deferred = signal::defer_signals();
    let made = OrganizationToken { info: answer.info, created_by: None };
    let new = New { made, token: answer.token, old_id };
    deliver(session, subject, listed, &rescue, new, place)
}

/// The new token, and the one whose place it has taken.
struct New {
    made: OrganizationToken,
    token: Token,
    old_id: String,
}

/// Opens the place of the rescue file; its key says which server's and whose token it is.
fn open(listed: &OrganizationTokens) -> Result<Rescue, Failure> {
    let part = listed.holder.part().map_or(String::new(), |(id, _)| id.to_string());
    let organization = &listed.holder.organization;
    let kind = listed.holder.kind();
    let key = format!("{} {kind} {organization} {part}", listed.host);
    Rescue::open(environment::config_dir()?, &key)
}

fn only_token<'a>(
    subject: &Subject,
    listed: &'a OrganizationTokens,
    wanted: &Wanted,
) -> Result<&'a TokenInfo, Failure> {
    if wanted.keep_old {
        return Err(Failure::usage(format!(
            "a new token of {} ends the old one at once; `--keep-old` is not possible",
            listed.whose()
        )));
    }
    let Some(only) = listed.listed.tokens.first() else {
        return Err(Failure::refused(format!(
            "{} has no token, or none that you may see",
            listed.whose()
        ))
        .hint(format!("create one with `{}`", subject.command("create"))));
    };
    match &wanted.name {
        Some(name) => listed.find(name, 1).map(|token| &token.info),
        None => Ok(&only.info),
    }
}

/// Stdout is no hand-over, and what it is given could not be given again.
fn require_place(place: &Destination, subject: &Subject) -> Result<(), Failure> {
    if !matches!(place, Destination::Stdout) {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "a new token of {} ends the old one at once, so it must go where it is used; nothing was changed",
        subject.whose()
    ))
    .hint("use --to-file FILE or --to-command CMD"))
}

/// Looks at what an earlier replacement has left; returns what is lost, if something is.
fn leftover(
    rescue: &Rescue,
    subject: &Subject,
    current: &Identifier,
) -> Result<Option<String>, Failure> {
    let Some(kept) = rescue.find()? else {
        return Ok(None);
    };
    match kept.answer {
        Some(answer) if answer.info.id == *current => Err(Failure::refused(format!(
            "the new token {current} of {} may not be where it is used, and is kept in {}",
            subject.whose(),
            rescue.shown()
        ))
        .hint(format!(
            "hand it over with `{} --to-file FILE` or --to-command",
            subject.command("rotate --finish")
        ))),
        // Somebody has replaced that one since, or the server was never asked.
        Some(_) => Ok(None),
        None if kept.old_id == current.as_str() => Ok(None),
        None => Ok(Some(format!(
            "a rotation at {} was cut off while {} answered; its new token replaced {}, and its value is lost",
            kept.asked_at,
            subject.host(),
            kept.old_id
        ))),
    }
}

/// Says what is about to happen, and asks.
fn confirm(
    session: &Session,
    subject: &Subject,
    old: &TokenInfo,
    include_this: bool,
    lost: Option<&str>,
) -> Result<(), Failure> {
    let id = &old.id;
    if let Some(lost) = lost {
        terminal::warn(lost);
    }
    terminal::say(&format!(
        "A new token of {} ends the old one, {id}, at once, before the new one is where it is used",
        subject.whose()
    ));
    if subject.is_this(id) && !include_this {
        confirm_this(subject.host(), &subject.account().name, id)?;
    }
    let what = format!("replacing {id}");
    Confirmation::new(session, &what, "use --yes")?
        .ask(&format!("Replace {id}?"), "nothing was changed")
}

/// Says what is true after a request that made no token, as far as it is known.
fn not_made(rescue: &Rescue, subject: &Subject, failure: Failure) -> Failure {
    if failure.kind != Kind::Unavailable {
        rescue.remove();
        return failure.adding("the old token is kept");
    }
    failure
        .adding("the old token may have been replaced, and the value of the new one is lost")
        .hint(format!("run `{}` again: it says which of the two it is", subject.command("rotate")))
}

/// Tries the new token, hands it over, and removes the rescue file once that is done.
fn deliver(
    session: &Session,
    subject: &Subject,
    listed: &OrganizationTokens,
    rescue: &Rescue,
    new: New,
    place: Destination,
) -> Result<(), Failure> {
    let New { made, token, old_id } = &new;
    let id = &made.info.id;
    let waits = |failure: Failure| {
        failure
            .adding(format_args!(
                "the new token {id} waits in {}; the old one is dead",
                rescue.shown()
            ))
            .hint(format!(
                "hand it over with `{}` and --to-file or --to-command",
                subject.command("rotate --finish")
            ))
    };
    session.http.renew_time();
    let trial = subject.try_token(session, id, token).map_err(waits)?;
    let mut document = document(subject, &new, trial, &place);
    match place.hand_over(session, &listed.host, &made.info, token, &document) {
        HandedOver::Done => {}
        HandedOver::Unseen(failure) | HandedOver::Unclear(failure) => return Err(waits(failure)),
    }
    rescue.remove();
    document["old_token"] = json!("revoked");
    let until = made
        .info
        .expires_at
        .map_or("without an expiry".to_owned(), |at| format!("valid until {}", report::moment(at)));
    if listed.account.token_id.as_ref().is_some_and(|this| this.as_str() == old_id) {
        forget_this(session, &listed.host)?;
    }
    let line = format!("Replaced the token of {}: {id}, {until}", listed.whose());
    report::changed(session.options.json, &line, &document);
    Ok(())
}

fn document(subject: &Subject, new: &New, trial: Trial, place: &Destination) -> Value {
    let mut document = subject.head();
    document["old_token"] = Value::Null;
    document["old_id"] = json!(new.old_id);
    report::extend(&mut document, subject.token_document(&new.made));
    document["tried"] = json!(trial == Trial::Works);
    document["token"] = Value::Null;
    document["handed_to"] = json!(place.word());
    document
}
