//! `keybelt admin user reset-2fa`, `suspend`, `unsuspend`: one user found by the whole name, and the name typed again.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::{UserArgs, document};
use crate::account::PersonName;
use crate::commands::global::GlobalArgs;
use crate::failure::Failure;
use crate::host::Host;
use crate::operation::made_tokens;
use crate::organization::OrganizationName;
use crate::organization_token::MadeToken;
use crate::provider::{ActOutcome, Capability};
use crate::report;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::session::sudo::SensitiveAction;
use crate::site_user::{SiteUser, UserAct};
use crate::terminal;
use crate::text;

/// What an act is called.
struct Words {
    /// What is going to be done.
    doing: &'static str,
    /// What typing the name does.
    purpose: &'static str,
    /// What was done, and what follows from it.
    done: &'static str,
    /// What the user is like already.
    already: &'static str,
}

fn words(act: UserAct) -> Words {
    match act {
        UserAct::ResetTwoFactor => Words {
            doing: "turning off a user's two-factor authentication",
            purpose: "turn off their two-factor authentication",
            done: "has no two-factor authentication any more; the password alone signs in, and tokens keep working",
            already: "has no two-factor authentication",
        },
        UserAct::Suspend => Words {
            doing: "suspending a user",
            purpose: "suspend them",
            done: "is suspended: they cannot sign in, and their own tokens stop working",
            already: "is suspended already",
        },
        UserAct::Unsuspend => Words {
            doing: "letting a suspended user in again",
            purpose: "let them in again",
            done: "is no longer suspended: they can sign in, and their tokens work again",
            already: "is not suspended",
        },
    }
}

/// Runs the command.
pub(super) fn run(act: UserAct, args: UserArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let name = PersonName::parse(&args.user)?;
    let session = global.session(None, args.secrets)?;
    let host = session.target()?.host;
    session.require_offer(&host, Capability::SiteAdministration)?;
    let words = words(act);
    let mut confirmation = Confirmation::new(&session, words.doing, "use --yes")?;
    let user = session
        .with_credential(&host, |server, signed_in| server.user(&signed_in.credential, &name))?;
    refuse_oneself(&session, &host, &user)?;
    let called = text::escape(user.called()).into_owned();
    if act.is_done(&user) == Some(true) {
        report(&session, &host, &user, &format!("{called} {}", words.already), false, None);
        return Ok(ExitCode::SUCCESS);
    }
    let left = (act == UserAct::Suspend).then(|| Left::by(&session, &host, &user));
    for line in left.iter().flat_map(Left::lines) {
        terminal::say(&text::escape(&line));
    }
    confirmation.show(&described(&user, &host));
    confirmation.ask_name(user.called(), words.purpose, "nothing was changed")?;
    session.require_sudo_mode(&host, &SensitiveAction::of_account(words.doing))?;
    let outcome = session.with_credential(&host, |server, signed_in| {
        server.act_on_user(&signed_in.credential, &user, act)
    })?;
    match outcome {
        ActOutcome::Done(after) if act.is_done(&after) == Some(false) => Err(Failure::unavailable(
            format!("`{host}` reported success, but {called} has not changed"),
        )),
        ActOutcome::Done(after) => {
            report(&session, &host, &after, &format!("{called} {}", words.done), true, left);
            Ok(ExitCode::SUCCESS)
        }
        ActOutcome::NothingToDo(said) => {
            let said = said.map(|said| format!(": {}", text::escape(&said))).unwrap_or_default();
            let line = format!("{called} {}, the server says{said}", words.already);
            report(&session, &host, &user, &line, false, left);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Returns who is meant, for the last look before the name is typed.
fn described(user: &SiteUser, host: &Host) -> String {
    let email = user.email.as_deref().map(|email| format!(" <{email}>")).unwrap_or_default();
    let admin = if user.is_admin == Some(true) { ", a site administrator" } else { "" };
    text::escape(&format!("{}{email} at {host}{admin}", user.called())).into_owned()
}

fn refuse_oneself(session: &Session, host: &Host, user: &SiteUser) -> Result<(), Failure> {
    let you = session.account(host)?;
    let is_you = match &you.id {
        Some(id) => *id == user.id,
        None => user.name.as_deref() == Some(you.name.as_str()),
    };
    if !is_you {
        return Ok(());
    }
    Err(Failure::refused(format!("{} is yourself; nothing was changed", you.name))
        .hint("another site administrator can do it; your own: `keybelt 2fa`, `keybelt lockdown`"))
}

/// What a user has made for organizations, as far as this account may look.
struct Left {
    tokens: Vec<MadeToken>,
    not_shown: Vec<String>,
}

impl Left {
    /// Looks into each organization of the user's. What cannot be looked into stops nothing.
    fn by(session: &Session, host: &Host, user: &SiteUser) -> Self {
        let mut left = Self { tokens: Vec::new(), not_shown: Vec::new() };
        let Some(organizations) = &user.organizations else {
            left.not_shown.push(format!("`{host}` does not tell the user's organizations"));
            return left;
        };
        for organization in organizations {
            session.http.renew_time();
            let Some(name) = OrganizationName::new(organization) else {
                left.not_shown.push(format!("{organization}: not an organization's name"));
                continue;
            };
            let made = session.with_credential(host, |server, signed_in| {
                server.tokens_made_by(&signed_in.credential, &name, &user.id)
            });
            match made {
                Ok(made) => {
                    left.not_shown.extend(made_tokens::hidden(&name, &made));
                    left.tokens.extend(made.tokens);
                }
                Err(failure) => left.not_shown.push(format!("{name}: {failure}")),
            }
        }
        session.http.renew_time();
        left
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.tokens.is_empty() {
            lines
                .push("Tokens they created for organizations stay valid; replace each:".to_owned());
            lines.extend(self.tokens.iter().map(|it| format!("  {}", made_tokens::line(it))));
        }
        if !self.not_shown.is_empty() {
            lines.push("Tokens they created may stay valid here too; ask an owner:".to_owned());
            lines.extend(self.not_shown.iter().map(|it| format!("  {it}")));
        }
        lines
    }
}

fn report(
    session: &Session,
    host: &Host,
    user: &SiteUser,
    line: &str,
    changed: bool,
    left: Option<Left>,
) {
    let mut answer = json!({ "host": host.to_string() });
    report::extend(&mut answer, document(user));
    answer["changed"] = changed.into();
    answer["tokens_left"] = match &left {
        None => Value::Null,
        Some(left) => left.tokens.iter().map(made_tokens::document).collect(),
    };
    answer["not_shown"] = left.map(|left| left.not_shown).into();
    report::changed(session.options.json, line, &answer);
}
