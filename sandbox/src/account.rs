//! Accounts and their two-factor authentication: what is asked for at sign-in, and which codes are
//! right. It knows no route and no document.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::outbox::Text;
use crate::password::PasswordHash;
use crate::{random, totp};

const TEXT_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// As many as in the documented sample.
const RECOVERY_CODES: usize = 6;

/// A user's account.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) id: String,
    /// Nobody has chosen one while only invited.
    pub(crate) username: Option<String>,
    pub(crate) email: String,
    /// The address that it is to have once someone has confirmed that mail arrives there.
    pub(crate) unconfirmed_email: Option<String>,
    /// Shared by all accounts that share a password.
    pub(crate) password: Arc<PasswordHash>,
    pub(crate) two_factor: Option<TwoFactor>,
    /// A site administrator's account.
    pub(crate) is_admin: bool,
    pub(crate) is_site_auditor: bool,
    /// A suspended user cannot sign in, and no token of theirs works.
    pub(crate) is_suspended: bool,
    pub(crate) is_service_account: bool,
    /// Nothing finds a deleted account any more.
    is_deleted: bool,
}

impl Account {
    pub(crate) fn new(username: &str, password: &Arc<PasswordHash>) -> Account {
        Account {
            id: format!("user-{}", random::alphanumeric(16)),
            username: Some(username.to_owned()),
            email: format!("{username}@sandbox.test"),
            unconfirmed_email: None,
            password: Arc::clone(password),
            two_factor: None,
            is_admin: false,
            is_site_auditor: false,
            is_suspended: false,
            is_service_account: false,
            is_deleted: false,
        }
    }

    /// The account of someone who was invited by e-mail. Nobody signs in to it.
    pub(crate) fn invited(email: &str) -> Account {
        let nobody = Arc::new(PasswordHash::new(&random::alphanumeric(20)));
        Account { username: None, email: email.to_owned(), ..Account::new("", &nobody) }
    }

    /// Returns what to call the user by.
    pub(crate) fn name(&self) -> &str {
        self.username.as_deref().unwrap_or(&self.email)
    }

    /// Returns what the ids of this account end in.
    pub(crate) fn key(&self) -> &str {
        self.id.strip_prefix("user-").unwrap_or_default()
    }

    /// Returns what a QR code for an app says.
    ///
    /// As the servers' read: the label is the bare e-mail address, without a prefix that the issuer
    /// could differ from; algorithm, digits and period are the defaults.
    pub(crate) fn provisioning_url(&self, secret: &str) -> String {
        format!("otpauth://totp/{}?secret={secret}&issuer=keybelt-sandbox", self.email)
    }

    /// Returns whether a password opens the account.
    pub(crate) fn admits(&self, password: &str) -> bool {
        self.is_active() && self.password.matches(password)
    }

    /// Returns whether the user may come in at all.
    pub(crate) fn is_active(&self) -> bool {
        !self.is_suspended && !self.is_deleted
    }

    pub(crate) fn has_verified_two_factor(&self) -> bool {
        let mut two_factor = self.two_factor.iter();
        two_factor.any(|two_factor| two_factor.verified)
    }

    /// Returns the two-factor authentication that a sign-in must pass; until it is verified, there
    /// is none.
    pub(crate) fn verified_two_factor(&mut self) -> Option<&mut TwoFactor> {
        self.two_factor.as_mut().filter(|two_factor| two_factor.verified)
    }
}

/// All accounts, by index, username, e-mail address and id.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    accounts: Vec<Account>,
    by_login: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
}

impl Accounts {
    /// Adds an account and returns its index.
    pub(crate) fn add(&mut self, account: Account) -> usize {
        let index = self.accounts.len();
        if let Some(username) = &account.username {
            self.by_login.insert(username.to_ascii_lowercase(), index);
        }
        self.by_login.insert(account.email.to_ascii_lowercase(), index);
        self.by_id.insert(account.id.clone(), index);
        self.accounts.push(account);
        index
    }

    /// Returns how many accounts there are; their indices are below.
    pub(crate) fn count(&self) -> usize {
        self.accounts.len()
    }

    pub(crate) fn get(&self, index: usize) -> &Account {
        &self.accounts[index]
    }

    /// Returns an account that was not deleted.
    pub(crate) fn find(&self, index: usize) -> Option<&Account> {
        self.accounts.get(index).filter(|account| !account.is_deleted)
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> &mut Account {
        &mut self.accounts[index]
    }

    /// Finds an account by what one signs in with: its username or e-mail address.
    pub(crate) fn by_login(&self, login: &str) -> Option<usize> {
        self.by_login.get(&login.to_ascii_lowercase()).copied()
    }

    /// Gives an account another username, or returns nothing if someone has it.
    pub(crate) fn rename(&mut self, index: usize, username: &str) -> Option<()> {
        if self.by_login(username).is_some_and(|other| other != index) {
            return None;
        }
        let account = &mut self.accounts[index];
        if let Some(former) = account.username.replace(username.to_owned()) {
            self.by_login.remove(&former.to_ascii_lowercase());
        }
        self.by_login.insert(username.to_ascii_lowercase(), index);
        Some(())
    }

    /// Deletes an account.
    pub(crate) fn delete(&mut self, index: usize) {
        self.accounts[index].is_deleted = true;
        self.by_login.retain(|_, other| *other != index);
        self.by_id.retain(|_, other| *other != index);
    }

    /// Returns the accounts that there are, with their indices.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Account)> {
        self.accounts.iter().enumerate().filter(|(_, account)| !account.is_deleted)
    }

    pub(crate) fn by_username(&self, username: &str) -> Option<&Account> {
        self.index_by_username(username).map(|index| self.get(index))
    }

    pub(crate) fn index_by_username(&self, username: &str) -> Option<usize> {
        let index = self.by_login(username)?;
        let known = self.get(index).username.as_deref().unwrap_or_default();
        known.eq_ignore_ascii_case(username).then_some(index)
    }

    pub(crate) fn index_by_email(&self, email: &str) -> Option<usize> {
        let index = self.by_login(email)?;
        let is_email = self.get(index).email.eq_ignore_ascii_case(email);
        is_email.then_some(index)
    }

    /// Finds an account by its id or its username; the documents' links show both.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Account> {
        self.index_by_id(id).map(|index| self.get(index)).or_else(|| self.by_username(id))
    }

    pub(crate) fn index_by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}

/// An account's present verification code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Code {
    /// What the authenticator app shows, or the last text says.
    pub code: String,
    /// How many seconds it will do; of a used one, after how many the next will.
    pub seconds_left: i64,
    /// Whether it was used already, so that it will not do again.
    pub used: bool,
}

/// Returns whether a text may be an e-mail address.
pub(crate) fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    text.len() <= 254
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && parts
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
}

/// Returns whether a text may be a number for text messages.
pub(crate) fn is_sms_number(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// How verification codes reach the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    App,
    Sms,
}

impl Delivery {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Delivery::App => "app",
            Delivery::Sms => "sms",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Delivery> {
        [Delivery::App, Delivery::Sms].into_iter().find(|delivery| delivery.name() == name)
    }
}

/// An account's two-factor authentication, from the moment that it is enabled.
#[derive(Debug)]
pub(crate) struct TwoFactor {
    /// Its id where it has one: `/otp_configurations/:id` of the Aptible dialect.
    pub(crate) id: String,
    pub(crate) delivery: Delivery,
    /// The shared secret in base32, with delivery by app.
    pub(crate) secret: Option<String>,
    /// The number for texts; with delivery by app, the backup.
    pub(crate) sms_number: Option<String>,
    pub(crate) verified: bool,
    pub(crate) recovery_codes: Vec<String>,
    pub(crate) used_recovery_codes: Vec<String>,
    last_step: Option<u64>,
    texts: Vec<SentCode>,
}

#[derive(Debug)]
struct SentCode {
    code: String,
    expires_at: Timestamp,
}

impl TwoFactor {
    /// Enables two-factor authentication; it is verified later.
    pub(crate) fn new(delivery: Delivery, sms_number: Option<String>) -> TwoFactor {
        TwoFactor {
            id: random::uuid(),
            delivery,
            secret: (delivery == Delivery::App).then(totp::new_secret),
            sms_number,
            verified: false,
            recovery_codes: Vec::new(),
            used_recovery_codes: Vec::new(),
            last_step: None,
            texts: Vec::new(),
        }
    }

    /// Returns two-factor authentication by an app with this secret, verified by a code of it, or
    /// nothing if the code is wrong.
    pub(crate) fn proven(secret: &str, code: &str, now: Timestamp) -> Option<TwoFactor> {
        let mut two_factor = TwoFactor::new(Delivery::App, None);
        two_factor.secret = Some(secret.to_owned());
        two_factor.verify(code, now).then_some(two_factor)
    }

    /// Returns the ways to get a code at sign-in, the default one first.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        match (self.delivery, &self.sms_number) {
            (Delivery::App, Some(_)) => vec![Delivery::App, Delivery::Sms],
            (delivery, _) => vec![delivery],
        }
    }

    /// Verifies two-factor authentication with a code by its delivery; returns whether it was
    /// right. The recovery codes come into being here, the first time.
    pub(crate) fn verify(&mut self, code: &str, now: Timestamp) -> bool {
        let right = match self.delivery {
            // A code sent to the backup number does not prove that the app was set up.
            Delivery::App => self.take_app_code(code, now),
            Delivery::Sms => self.take_sent_code(code, now),
        };
        if right && !self.verified {
            self.make_verified(six_digits);
        }
        right
    }

    /// Marks as verified, with new recovery codes.
    pub(crate) fn make_verified(&mut self, new_recovery_code: impl Fn() -> String) {
        self.verified = true;
        while self.recovery_codes.len() < RECOVERY_CODES {
            let code = new_recovery_code();
            if !self.recovery_codes.contains(&code) {
                self.recovery_codes.push(code);
            }
        }
    }

    /// Takes a code at sign-in: from the app, from a text, or a recovery code. Each works once.
    pub(crate) fn take_code(&mut self, code: &str, now: Timestamp) -> bool {
        self.take_verification_code(code, now) || self.take_recovery_code(code)
    }

    /// Takes a code from the app or from a text.
    pub(crate) fn take_verification_code(&mut self, code: &str, now: Timestamp) -> bool {
        self.take_app_code(code, now) || self.take_sent_code(code, now)
    }

    /// Takes a recovery code.
    pub(crate) fn take_recovery_code(&mut self, code: &str) -> bool {
        let Some(position) = self.recovery_codes.iter().position(|unused| unused == code) else {
            return false;
        };
        self.used_recovery_codes.push(self.recovery_codes.remove(position));
        true
    }

    /// Makes a code to be sent as a text, or nothing if there is no number to send it to.
    pub(crate) fn new_text(&mut self, now: Timestamp) -> Option<Text> {
        let to = self.sms_number.clone()?;
        let code = random::digits(6);
        self.texts.retain(|sent| now < sent.expires_at);
        self.texts.push(SentCode {
            code: code.clone(),
            expires_at: now.saturating_add(TEXT_LIFETIME).unwrap_or(Timestamp::MAX),
        });
        Some(Text { to, code, at: now })
    }

    /// Returns the present code: the last text's, if one was asked for and is still to be used, else
    /// the app's.
    pub(crate) fn present_code(&self, now: Timestamp) -> Option<Code> {
        let mut texts = self.texts.iter().rev();
        if let Some(sent) = texts.find(|sent| now < sent.expires_at) {
            let seconds_left = sent.expires_at.duration_since(now).as_secs();
            return Some(Code { code: sent.code.clone(), seconds_left, used: false });
        }
        let seconds = unix_seconds(now);
        let present = seconds / totp::STEP_SECONDS;
        let next = self.last_step.filter(|last| *last >= present);
        let ends = (next.unwrap_or(present) + 1) * totp::STEP_SECONDS;
        Some(Code {
            code: totp::totp(self.secret.as_ref()?, seconds)?,
            seconds_left: i64::try_from(ends - seconds).unwrap_or_default(),
            used: next.is_some(),
        })
    }

    /// Takes a code from the app.
    pub(crate) fn take_app_code(&mut self, code: &str, now: Timestamp) -> bool {
        let Some(secret) = &self.secret else {
            return false;
        };
        let step = totp::matching_step(secret, code, unix_seconds(now));
        // RFC 6238 §5.2: a code must not be accepted a second time; nor is one of an earlier step.
        let fresh = step.filter(|step| self.last_step.is_none_or(|last| last < *step));
        self.last_step = fresh.or(self.last_step);
        fresh.is_some()
    }

    fn take_sent_code(&mut self, code: &str, now: Timestamp) -> bool {
        let right = |sent: &SentCode| sent.code == code && now < sent.expires_at;
        let position = self.texts.iter().position(right);
        position.map(|position| self.texts.remove(position)).is_some()
    }
}

/// Returns a recovery code as in the documented sample of the Atlas dialect.
pub(crate) fn six_digits() -> String {
    random::digits(6)
}

fn unix_seconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_second()).unwrap_or_default()
}
