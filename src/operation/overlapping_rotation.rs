//! Rotation where a new token leaves the old one alive: new, tried, handed over, and only then is the old one ended.
//!
//! What survives a process that dies is the new token's name. Two live tokens of one base are an unfinished rotation
//! or a rival, and nothing is made beside them; rivals that start at the same time see each other's token once theirs
//! is made, and the later one takes its own back before anybody has it.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::destination::{Asked, Destination, HandedOver};
use super::organization_tokens::forget_this;
use super::revocation::confirm_this;
use super::rotated_name;
use super::rotation_subject::Subject;
use crate::account::Identifier;
use crate::failure::{Failure, Kind};
use crate::lifetime::Lifetime;
use crate::organization_token::{OrganizationToken, Trial};
use crate::provider::Revocation;
use crate::report;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::signal;
use crate::terminal;
use crate::text;
use crate::token::{Token, TokenInfo};

/// A token that was used this lately is in use.
pub const LATELY: SignedDuration = SignedDuration::from_hours(1);

/// How soon after its making a token is used by the rotation itself, which tries it.
const TRIAL: SignedDuration = SignedDuration::from_secs(60);

/// What was asked for.
#[derive(Debug)]
pub struct Wanted {
    /// The token, by its id, its description or its base.
    pub name: Option<String>,
    /// What the new one is called, if not as the old one.
    pub description: Option<String>,
    /// How long the new one is to live, if not as long as the old one.
    pub lifetime: Option<Lifetime>,
    /// Whether the old one stays.
    pub keep_old: bool,
    /// Whether the token in use may end.
    pub include_this: bool,
    /// Where the value goes.
    pub handover: Asked,
}

/// A rotation that may begin: everything that can be looked at before has been.
struct Plan {
    old: TokenInfo,
    base: String,
    expires_at: Option<Timestamp>,
    ends_old: bool,
}

/// The new token, which nobody else knows yet.
struct New {
    made: OrganizationToken,
    token: Token,
}

impl New {
    fn id(&self) -> &Identifier {
        &self.made.info.id
    }
}

/// Rotates a token.
pub fn rotate(session: &Session, subject: &Subject, wanted: &Wanted) -> Result<(), Failure> {
    let old = named(subject, session, wanted.name.as_deref())?.clone();
    let destination = Destination::prepare(&wanted.handover)?;
    let plan = plan(session, subject, wanted, old, &destination)?;
    // A signal waits until the token has been handed over, or is gone.
    let _deferred = signal::defer_signals();
    let new = create(session, subject, &plan)?;
    let tried = look_again(session, subject, &plan, &new)
        .and_then(|seen| Ok((seen, subject.try_token(session, new.id(), &new.token)?)));
    let (seen, trial) = tried.map_err(|failure| take_back(session, subject, &new, failure))?;
    let document = document(subject, &plan, &new, trial, &destination);
    hand_over(session, subject, &plan, &new, destination, &document)?;
    end(session, subject, &plan, &new, seen, document)
}

/// Finds the token that is meant among those that live.
pub fn named<'a>(
    subject: &'a Subject,
    session: &Session,
    name: Option<&str>,
) -> Result<&'a TokenInfo, Failure> {
    let now = subject.now(session);
    let live: Vec<_> = subject.tokens().into_iter().filter(|token| is_live(token, now)).collect();
    let list = subject.command("list");
    let Some(name) = name else {
        return match live.as_slice() {
            [only] => Ok(only),
            [] => Err(Failure::refused(format!(
                "{} has no live token, or none that you may see",
                subject.whose()
            ))
            .hint(format!("create one with `{}`", subject.command("create")))),
            _ => Err(Failure::usage(format!("{} has several tokens: which one?", subject.whose()))
                .hint(format!("give its ID or description; see `{list}`"))),
        };
    };
    let by_id = live.iter().find(|token| token.id.as_str() == name);
    let described = |is: &dyn Fn(&str) -> bool| {
        live.iter()
            .filter(|token| token.description.as_deref().is_some_and(is))
            .max_by_key(|it| it.created_at)
    };
    let found = by_id
        .or_else(|| described(&|description| description == name))
        .or_else(|| described(&|description| rotated_name::base(description) == name));
    found.copied().ok_or_else(|| {
        Failure::refused(format!(
            "no live token of {} that this token may see has that ID or description; nothing was changed",
            subject.whose()
        ))
        .hint(format!("`{list}` shows both"))
    })
}

/// Returns the live tokens of one base, oldest first.
pub fn live_of_base<'a>(
    tokens: impl IntoIterator<Item = &'a TokenInfo>,
    base: &str,
    now: Timestamp,
) -> Vec<&'a TokenInfo> {
    let is_of_base = |token: &&TokenInfo| {
        token.description.as_deref().is_some_and(|it| rotated_name::base(it) == base)
    };
    let mut found: Vec<_> =
        tokens.into_iter().filter(is_of_base).filter(|token| is_live(token, now)).collect();
    found.sort_by_key(|token| (token.created_at, token.id.to_string()));
    found
}

fn is_live(token: &TokenInfo, now: Timestamp) -> bool {
    token.expires_at.is_none_or(|expires_at| expires_at > now)
}

/// Looks at all that could stand in the way, and asks what is to be asked.
fn plan(
    session: &Session,
    subject: &Subject,
    wanted: &Wanted,
    old: TokenInfo,
    destination: &Destination,
) -> Result<Plan, Failure> {
    let called = wanted.description.as_deref().or(old.description.as_deref());
    let base =
        rotated_name::base(called.filter(|it| !it.is_empty()).unwrap_or("keybelt")).to_owned();
    let now = subject.now(session);
    let same = live_of_base(subject.tokens(), &base, now);
    let others: Vec<_> = same.iter().filter(|token| token.id != old.id).collect();
    if let Some(other) = others.first() {
        return Err(unfinished(subject, &base, &old.id, &other.id));
    }
    let ends_old = !wanted.keep_old
        && !subject.is_held_by_agents()
        && !matches!(destination, Destination::Stdout);
    if ends_old {
        confirm_end(session, subject, &old, wanted.include_this)?;
    }
    destination.confirm(session, subject.host(), Some(&old.id))?;
    let lifetime = wanted.lifetime.or_else(|| lifetime_of(&old));
    let lifetime = lifetime.map(|asked| subject.capped(session, asked)).transpose()?;
    let expires_at = lifetime.map(|lifetime| lifetime.after(now));
    subject.require_sudo_mode(session)?;
    Ok(Plan { old, base, expires_at, ends_old })
}

/// Says that there are two tokens where one is to be.
fn unfinished(subject: &Subject, base: &str, one: &Identifier, other: &Identifier) -> Failure {
    let shown = text::escape(base);
    Failure::refused(format!(
        "{} has two live tokens of `{shown}`, {one} and {other}: a rotation is unfinished, or another one is at work; nothing was changed",
        subject.whose()
    ))
    .hint(format!(
        "end the old one with `{}`, or the new one with `--undo`",
        subject.command(&format!("rotate {one} --finish"))
    ))
}

/// Asks whether a token may end that is in use, as far as that can be seen.
pub fn confirm_end(
    session: &Session,
    subject: &Subject,
    token: &TokenInfo,
    include_this: bool,
) -> Result<(), Failure> {
    let id = &token.id;
    if subject.is_this(id) {
        return match include_this {
            true => Ok(()),
            false => confirm_this(subject.host(), &subject.account().name, id),
        };
    }
    let now = subject.now(session);
    let is_late = |at: &Timestamp| now.duration_since(*at) < LATELY && !is_trial(token, *at);
    let Some(used) = token.last_used_at.filter(is_late) else {
        return Ok(());
    };
    let used = report::moment(used);
    let what = format!("ending {id}, which was used within the last hour, at {used},");
    Confirmation::new(session, &what, "use --yes, or keep it for now with --keep-old")?
        .ask(&format!("{id} was used at {used}. End it?"), "nothing was changed")
}

/// Returns whether a use is the rotation's own, of a token that it made.
pub fn is_trial(token: &TokenInfo, used: Timestamp) -> bool {
    token.description.as_deref().is_some_and(rotated_name::is_rotated)
        && token.created_at.is_some_and(|created| used.duration_since(created) < TRIAL)
}

fn lifetime_of(old: &TokenInfo) -> Option<Lifetime> {
    let (created, expires) = (old.created_at?, old.expires_at?);
    Lifetime::from_seconds(expires.as_second() - created.as_second())
}

/// Creates the new token. If its answer is lost, nobody has the value: what was made of it ends.
fn create(session: &Session, subject: &Subject, plan: &Plan) -> Result<New, Failure> {
    let name = rotated_name::of(&plan.base, subject.now(session))?;
    let failure = match subject.create(session, &name, plan.expires_at) {
        Ok((made, token)) => return Ok(New { made, token }),
        Err(failure) if failure.kind == Kind::Unavailable => failure,
        Err(failure) => return Err(failure),
    };
    session.http.renew_time();
    let tokens = subject.tokens_now(session);
    let made =
        tokens.map(|all| all.into_iter().find(|it| it.description.as_deref() == Some(&name)));
    match made {
        Ok(None) => Err(failure.adding("no token was created")),
        Ok(Some(made)) => Err(ended(subject, &made.id, subject.revoke(session, &made.id), failure)),
        Err(_) => Err(failure.adding(format_args!(
            "the server may have created a token called `{}`; the old one, {}, is kept",
            text::escape(&name),
            plan.old.id
        ))),
    }
}

/// Looks for rivals, now that they can see this rotation's token; returns when the old one was last used.
fn look_again(
    session: &Session,
    subject: &Subject,
    plan: &Plan,
    new: &New,
) -> Result<Option<Timestamp>, Failure> {
    let tokens = subject.tokens_now(session)?;
    let same = live_of_base(&tokens, &plan.base, subject.now(session));
    let own = new.made.info.created_at;
    let is_rival = |token: &&&TokenInfo| ![new.id(), &plan.old.id].contains(&&token.id);
    // Of two that were made in the same moment, neither knows which one is the later.
    let is_earlier = |token: &&&TokenInfo| own.is_none() || token.created_at <= own;
    if let Some(rival) = same.iter().filter(is_rival).find(is_earlier) {
        return Err(Failure::refused(format!(
            "another rotation of `{}` is at work, and has made {}",
            text::escape(&plan.base),
            rival.id
        )));
    }
    Ok(tokens.iter().find(|token| token.id == plan.old.id).and_then(|token| token.last_used_at))
}

/// Ends the new token, which nobody has, and says what is true now.
fn take_back(session: &Session, subject: &Subject, new: &New, failure: Failure) -> Failure {
    session.http.renew_time();
    ended(subject, new.id(), subject.revoke(session, new.id()), failure)
}

fn ended(
    subject: &Subject,
    id: &Identifier,
    outcome: Result<Revocation, Failure>,
    failure: Failure,
) -> Failure {
    match outcome {
        Ok(_) => failure.adding(format_args!(
            "nobody has the new token {id}, so it was revoked; the old one is kept"
        )),
        Err(reason) => failure
            .adding(format_args!(
                "the old token is kept, and the new one, {id}, may still be valid: {reason}"
            ))
            .hint(format!("run `{}`", subject.command(&format!("rotate {id} --undo")))),
    }
}

fn hand_over(
    session: &Session,
    subject: &Subject,
    plan: &Plan,
    new: &New,
    destination: Destination,
    document: &Value,
) -> Result<(), Failure> {
    let Plan { old, .. } = plan;
    let id = new.id();
    match destination.hand_over(session, subject.host(), &new.made.info, &new.token, document) {
        HandedOver::Done => Ok(()),
        HandedOver::Unseen(failure) => Err(take_back(session, subject, new, failure)),
        HandedOver::Unclear(failure) => Err(failure
            .adding(format_args!(
                "it may have the new token {id}, so that both are alive, and the old one, {}, too",
                old.id
            ))
            .hint(format!(
                "if the new one arrived, run `{}`; if not, run it with --undo instead of --finish",
                finishing(subject, plan, id)
            ))),
    }
}

/// Returns the command that ends the old token.
fn finishing(subject: &Subject, plan: &Plan, new: &Identifier) -> String {
    let old = plan.old.description.as_deref().map(rotated_name::base);
    match old == Some(&plan.base) {
        true => subject.command(&format!("rotate {new} --finish")),
        // Its name does not say that it belongs to the new one.
        false => subject.command(&format!("revoke {}", plan.old.id)),
    }
}

/// Ends the old token, or says how, and reports.
fn end(
    session: &Session,
    subject: &Subject,
    plan: &Plan,
    new: &New,
    seen: Option<Timestamp>,
    mut document: Value,
) -> Result<(), Failure> {
    let (old, id) = (&plan.old.id, new.id());
    let until = until(&new.made.info);
    let called =
        text::escape(new.made.info.description.as_deref().unwrap_or_default()).into_owned();
    if !plan.ends_old {
        terminal::say(&format!("Created {id}, `{called}`, {until}; the old one, {old}, is kept"));
        terminal::hint(&format!(
            "once the new one is in use everywhere, end the old one with `{}`",
            finishing(subject, plan, id)
        ));
    } else {
        end_old(session, subject, plan, id, seen)?;
        document["old_token"] = json!("revoked");
        terminal::say(&format!("Created {id}, `{called}`, {until}; revoked the old one, {old}"));
    }
    if session.options.json && document["handed_to"] != "stdout" {
        terminal::document(&document);
    }
    Ok(())
}

fn until(info: &TokenInfo) -> String {
    info.expires_at
        .map_or("without an expiry".to_owned(), |at| format!("valid until {}", report::moment(at)))
}

/// Ends the old token, unless somebody has used it since this rotation began. A failure goes on with a sentence about
/// it.
fn end_old(
    session: &Session,
    subject: &Subject,
    plan: &Plan,
    new: &Identifier,
    seen: Option<Timestamp>,
) -> Result<(), Failure> {
    let old = &plan.old.id;
    let finish = format!("end it with `{}`", finishing(subject, plan, new));
    let within = format!("the new token {new} is handed over, but the old one, {old},");
    let alive =
        |failure: Failure| failure.within(format_args!("{within} was not ended")).hint(&*finish);
    let gone = || Failure::general(format!("{within} was already revoked by something else"));
    session.http.renew_time();
    let tokens = subject.tokens_now(session).map_err(alive)?;
    let token = tokens.iter().find(|token| token.id == *old).ok_or_else(gone)?;
    let is_this = subject.is_this(old);
    if !is_this && token.last_used_at > seen {
        let used = token.last_used_at.map(report::moment).unwrap_or_default();
        let what = format!("ending {old}, which was used at {used},");
        Confirmation::new(session, &what, "use --yes")
            .and_then(|it| it.ask(&format!("{old} was used at {used}. End it?"), "it is kept"))
            .map_err(alive)?;
    }
    match subject.revoke(session, old).map_err(alive)? {
        Revocation::Revoked => {}
        Revocation::NoLongerAccepted => return Err(gone()),
        Revocation::StillValid => {
            return Err(alive(Failure::refused("the server offers no way to end it")));
        }
    }
    if is_this {
        forget_this(session, subject.host())?;
    }
    Ok(())
}

fn document(
    subject: &Subject,
    plan: &Plan,
    new: &New,
    trial: Trial,
    destination: &Destination,
) -> Value {
    let mut document = subject.head();
    document["old_token"] = json!("kept");
    document["old_id"] = json!(plan.old.id.as_str());
    report::extend(&mut document, subject.token_document(&new.made));
    document["tried"] = json!(trial == Trial::Works);
    document["token"] = Value::Null;
    document["handed_to"] = json!(destination.word());
    document
}
