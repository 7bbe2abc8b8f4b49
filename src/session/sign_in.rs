//! Signing in with a password and, if the server asks, a code; and saving what comes of it.
//!
//! A token that a sign-in made is stored or revoked before the process ends, whatever happens between.

use jiff::Timestamp;
use secrecy::SecretString;

use super::code::{self, Answer, CodeDialog, OtherWays, Refused};
use super::new_token::{Outcome, TokenSaver};
use super::{Session, SignedIn, secret_sources, settings, web};
use crate::account::{AccountName, Identifier};
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::provider::{AccountServer, Capability, Challenge, Scope, SignIn, SignInAnswer};
use crate::setting;
use crate::signal;
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::token::{Credential, NewToken, Origin, Source};
use crate::two_factor::{Delivery, VerificationCode};

/// What a sign-in is to do.
#[derive(Debug)]
pub struct Plan {
    /// Whom to sign in; asked for, if not given.
    pub username: Option<AccountName>,
    /// Prefer a text message.
    pub sms: bool,
    /// The token lifetime to request.
    pub expires_in: Lifetime,
    /// If it comes to a browser, open none.
    pub no_browser: bool,
    /// Whose token this one takes the place of; nobody else may sign in then.
    pub in_place_of: Option<AccountName>,
}

/// Signs in with a password, or in a browser where the server has no password sign-in, and stores the token.
///
/// # Errors
/// Not signed in, if something is needed and cannot be asked for; refused, if the server says no;
/// unavailable, if it does not answer. Nothing is stored then, and no known token is left behind.
pub fn run(session: &Session, host: &Host, plan: &Plan) -> Result<Outcome, Failure> {
    if host.is_known_modern() {
        return in_browser(session, host, &*session.server(host, None), plan);
    }
    require_username(session, host, plan)?;
    session.options.secrets.require_password(host).map_err(|failure| match failure.kind {
        Kind::NotSignedIn => failure.hint(format!(
            "use --password-stdin or --password-command, or set {}",
            secret_sources::token_variable(host)
        )),
        _ => failure,
    })?;
    let server = session.server(host, None);
    if plan.sms {
        server.offers(Capability::SignInText).or_refuse()?;
    }
    if !server.offers_password_sign_in()? {
        return in_browser(session, host, &*server, plan);
    }
    let username = username(session, host, plan)?;
    let description = format!("keybelt on {}", environment::machine_name());
    let saver = TokenSaver {
        asked: Some(plan.expires_in),
        typed: Some(&username),
        expected: plan.in_place_of.as_ref(),
        ..TokenSaver::new(session, host, &*server, Origin::Password)
    };
    let (outcome, lost_phone) = with_password(session, host, &username, |password| {
        let dialog = SignInDialog {
            session,
            host,
            server: &*server,
            request: SignIn {
                username: &username,
                password,
                code: None,
                previous_attempt: None,
                description: &description,
                expires_in: plan.expires_in,
                scope: Scope::Manage,
            },
            keep: &|new| saver.save(new),
        };
        if plan.sms {
            dialog.send_text()?;
        }
        let known = dialog.known_code()?;
        dialog.run(plan.sms, known)
    })?;
    Ok(Outcome { lost_phone, ..outcome })
}

/// Asks for the password and signs in with it. Where a person types it, a slip costs a try and not the command.
pub(super) fn with_password<T>(
    session: &Session,
    host: &Host,
    username: &AccountName,
    sign_in: impl Fn(&SecretString) -> Result<T, SignInFailure>,
) -> Result<T, Failure> {
    let secrets = &session.options.secrets;
    let tries = secrets.password_tries(host)?;
    for number in 1..tries {
        match sign_in(&secrets.password(host, username)?) {
            Err(SignInFailure::Password(_)) => {
                terminal::say(&format!("The password was refused ({number} of {tries})"));
            }
            other => return other.map_err(SignInFailure::into_failure),
        }
    }
    sign_in(&secrets.password(host, username)?).map_err(SignInFailure::into_failure)
}

/// How a sign-in failed.
#[derive(Debug)]
pub(super) enum SignInFailure {
    /// The password, which may be mistyped.
    Password(Failure),
    /// Anything else.
    Other(Failure),
}

impl SignInFailure {
    /// Returns the failure.
    pub(super) fn into_failure(self) -> Failure {
        match self {
            Self::Password(failure) | Self::Other(failure) => failure,
        }
    }
}

impl From<Failure> for SignInFailure {
    fn from(failure: Failure) -> Self {
        Self::Other(failure)
    }
}

/// Signs the same account in again, in place of a token that no longer works, or not for as long as `wanted`.
pub fn again(
    session: &Session,
    host: &Host,
    account: &AccountName,
    wanted: Option<Lifetime>,
) -> Result<SignedIn, Failure> {
    // What Terraform stored lies under a name that no server knows.
    let stored = session.store.find(host, Some(account))?;
    let has_name = stored.is_none_or(|stored| stored.entry.origin != Origin::Helper);
    let usual = usual_lifetime(session)?;
    let plan = Plan {
        username: Some(account.clone()),
        sms: false,
        expires_in: wanted.map_or(usual, |wanted| usual.max(wanted.with_room())),
        no_browser: false,
        in_place_of: has_name.then(|| account.clone()),
    };
    let stored = run(session, host, &plan)?.stored;
    let token = stored.entry.token.clone();
    let token = token.ok_or_else(|| Failure::general("cannot store the new token"))?;
    let credential = Credential::new(host, token, Source::SignIn).known_as(Some(&stored.account));
    Ok(SignedIn::stored(credential, stored))
}

/// Returns the lifetime that a sign-in asks for where no option says another.
pub fn usual_lifetime(session: &Session) -> Result<Lifetime, Failure> {
    settings::parsed(&setting::EXPIRES_IN, None, &session.options.config, Lifetime::parse)
}

/// Goes to the browser where the server has no password sign-in, if there is somebody to go there.
fn in_browser(
    session: &Session,
    host: &Host,
    server: &dyn AccountServer,
    plan: &Plan,
) -> Result<Outcome, Failure> {
    if Prompter::open().is_err() {
        return Err(Failure::refused(format!(
            "`{host}` does not support password sign-in from the command line"
        ))
        .hint(format!(
            "create a token at {}, then run `keybelt login {host} --token-stdin`",
            server.token_page()
        )));
    }
    terminal::say(&format!("{host} does not support password sign-in from the command line"));
    web::sign_in(session, host, plan.no_browser, plan.in_place_of.as_ref())
}

/// Fails early, before anything is sent, if nobody can say whom to sign in.
fn require_username(session: &Session, host: &Host, plan: &Plan) -> Result<(), Failure> {
    if plan.username.is_some() || session.options.account.is_some() {
        return Ok(());
    }
    Prompter::open().map(drop).map_err(|reason| {
        Failure::not_signed_in(format!(
            "a user name is required, but keybelt cannot prompt: {reason}"
        ))
        .hint(format!(
            "use --username, or provide a token: use --token-stdin, or set {}",
            secret_sources::token_variable(host)
        ))
    })
}

/// Returns whom to sign in: the option, the stored account, or a person's answer.
fn username(session: &Session, host: &Host, plan: &Plan) -> Result<AccountName, Failure> {
    if let Some(username) = &plan.username {
        return Ok(username.clone());
    }
    if let Some(account) = &session.options.account {
        return Ok(account.clone());
    }
    let mut prompter =
        Prompter::open().map_err(|reason| Failure::not_signed_in(reason.to_string()))?;
    prompter.ask_until(&format!("User name or email at {host}: "), AccountName::parse)
}

/// A sign-in under way, and what is done with the token that comes of it.
pub(super) struct SignInDialog<'a, T> {
    pub(super) session: &'a Session,
    pub(super) host: &'a Host,
    pub(super) server: &'a dyn AccountServer,
    pub(super) request: SignIn<'a>,
    pub(super) keep: &'a dyn Fn(&NewToken) -> Result<T, Failure>,
}

/// One request's consequence.
enum Step<T> {
    Done(T),
    CodeRequired(Challenge),
    PasswordRefused,
    CodeRefused(Option<Timestamp>),
}

impl<T> SignInDialog<'_, T> {
    /// Returns the code that can be had without asking a person.
    pub(super) fn known_code(&self) -> Result<Option<VerificationCode>, Failure> {
        let secrets = &self.session.options.secrets;
        secrets.sign_in_code(self.host, self.request.username)
    }

    /// Sends the password, and then codes as they are asked for. Returns what came of the token, and whether
    /// the person said that the phone is lost.
    pub(super) fn run(
        &self,
        text_was_sent: bool,
        known: Option<VerificationCode>,
    ) -> Result<(T, bool), SignInFailure> {
        let is_spent = |code: &VerificationCode| {
            let sent = self.session.sent_codes.borrow();
            sent.iter().any(|sent| sent.same_as(code))
        };
        if known.as_ref().is_some_and(is_spent) {
            let failure = Failure::refused("this code was used already");
            return Err(failure.hint(code::works_once()).into());
        }
        match self.attempt(known.as_ref(), None)? {
            Step::Done(kept) => Ok((kept, false)),
            Step::PasswordRefused if known.is_none() => {
                Err(SignInFailure::Password(self.password_refused(false)))
            }
            Step::PasswordRefused => Err(self.explain_refusal(self.password_refused(true))?.into()),
            Step::CodeRefused(time) => {
                let delivery = text_was_sent.then_some(Delivery::Sms);
                Err(self.explain_refusal(self.code_refused(Refused::new(delivery, time)))?.into())
            }
            Step::CodeRequired(challenge) => Ok(self.ask_for_code(&challenge, text_was_sent)?),
        }
    }

    /// Posts once. Until the answer has been dealt with, signals wait, so that no token is left behind.
    fn attempt(
        &self,
        code: Option<&VerificationCode>,
        previous_attempt: Option<&Identifier>,
    ) -> Result<Step<T>, Failure> {
        let _deferred = signal::defer_signals();
        let request = SignIn { code, previous_attempt, ..self.request };
        self.session.sent_codes.borrow_mut().extend(code.cloned());
        Ok(match self.server.sign_in(&request)? {
            SignInAnswer::SignedIn(new) => {
                let kept = (self.keep)(&new)?;
                if let Some(code) = code {
                    self.say_if_spent(code, &new);
                }
                Step::Done(kept)
            }
            SignInAnswer::CodeRequired(challenge) => Step::CodeRequired(challenge),
            SignInAnswer::PasswordRefused => Step::PasswordRefused,
            SignInAnswer::CodeRefused { server_time } => Step::CodeRefused(server_time),
        })
    }

    fn ask_for_code(
        &self,
        challenge: &Challenge,
        text_was_sent: bool,
    ) -> Result<(T, bool), Failure> {
        let texts = challenge.deliveries.contains(&Delivery::Sms);
        let prompter = Prompter::open().map_err(|reason| {
            let failure = secret_sources::no_code(&reason);
            match texts && !text_was_sent {
                true => failure.hint("send a text message with --sms, and pass its code with --code, --code-stdin or --code-command"),
                false => failure,
            }
        })?;
        let mut delivery = challenge.default;
        let mut dialog = CodeDialog::new(
            prompter,
            OtherWays {
                send_again: text_was_sent,
                send_text: texts && !text_was_sent,
                recovery: Some(self.server.recovery_contact()),
            },
        )
        .without(self.session.sent_codes.borrow().clone());
        if self.has_just_signed_in()? {
            dialog.show(&code::works_once());
        }
        if delivery == Delivery::Sms && !text_was_sent {
            self.send_text_or_say(&mut dialog);
        }
        let mut last = Refused::default();
        while dialog.may_try() {
            let code = match dialog.ask(Some(self.request.password))? {
                Answer::Code(code) => code,
                Answer::SendText => {
                    delivery = Delivery::Sms;
                    self.send_text_or_say(&mut dialog);
                    continue;
                }
            };
            last = match self.attempt(Some(&code), challenge.attempt.as_ref())? {
                Step::Done(kept) => {
                    if dialog.lost_phone {
                        self.say_may_be_spent(&code);
                    }
                    return Ok((kept, dialog.lost_phone));
                }
                // The password was accepted a moment ago, so whatever is refused now is the code.
                Step::CodeRefused(time) => Refused::new(Some(delivery), time),
                Step::PasswordRefused | Step::CodeRequired(_) => Refused::default(),
            };
            dialog.show(&last.to_string());
        }
        Err(self.code_refused(last))
    }

    /// Explains a refused code that may be the one that has just signed in: it is good once.
    fn explain_refusal(&self, failure: Failure) -> Result<Failure, Failure> {
        Ok(if self.has_just_signed_in()? { failure.hint(code::works_once()) } else { failure })
    }

    /// Returns whether the stored token was made by the code that the app still shows.
    fn has_just_signed_in(&self) -> Result<bool, Failure> {
        let stored = self.session.store.find(self.host, Some(self.request.username))?;
        let proven = stored.and_then(|stored| stored.entry.authenticated_at);
        Ok(self.request.scope == Scope::Elevated && proven.is_some_and(code::is_of_this_step))
    }

    fn send_text(&self) -> Result<(), Failure> {
        let masked = self.server.send_sign_in_text(self.request.username, self.request.password)?;
        match masked {
            Some(masked) => terminal::say(&format!("Sent a text message: {masked}")),
            None => terminal::say("Sent a text message"),
        }
        Ok(())
    }

    /// A text that cannot be sent does not end the conversation: another way may be open.
    fn send_text_or_say(&self, dialog: &mut CodeDialog) {
        match self.send_text() {
            Ok(()) => dialog.texts_were_sent(),
            Err(failure) => dialog.no_text_was_sent(&failure),
        }
    }

    fn password_refused(&self, with_code: bool) -> Failure {
        let what = if with_code { "user name, password or code" } else { "user name or password" };
        let failure = Failure::refused(format!(
            "`{}` refused the {what} of {}",
            self.host, self.request.username
        ));
        let reset = format!("reset a forgotten password at {}", self.server.password_reset_page());
        match self.server.lockout() {
            Some(rules) => failure.hint(format!("{rules}; {reset}")),
            None => failure.hint(reset),
        }
    }

    fn code_refused(&self, refused: Refused) -> Failure {
        let mut wait =
            "app codes change every 30 seconds; each code works once, recovery codes too"
                .to_owned();
        if self.server.offers(Capability::SignInText).or_refuse().is_ok() {
            wait.push_str("; where codes come by text message, --sms sends one");
        }
        Failure::refused(format!("`{}` refused the verification code", self.host))
            .hint(refused.clock().unwrap_or(wait))
    }
}
