//! The one prompt for codes: three numbered tries, other ways on `?`, and no code sent twice.

use std::fmt;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use crate::clock_skew::ClockSkew;
use crate::environment;
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::terminal::prompt::Prompter;
use crate::text;
use crate::two_factor::{Delivery, VerificationCode};

/// How often a code may be tried.
const TRIES: u32 = 3;

/// How often the prompt comes back for answers that are not tried: blanks, questions, repetitions.
const QUESTIONS: u32 = 20;

/// What else a person can ask for at the prompt.
#[derive(Debug, Clone, Default)]
pub struct OtherWays {
    /// Codes come as texts, so `r` sends one again.
    pub send_again: bool,
    /// A text can be had instead, by `s`.
    pub send_text: bool,
    /// A recovery code is as good, and `l` says what to do without one.
    pub recovery: Option<String>,
}

/// What a person answered.
#[derive(Debug)]
pub enum Answer {
    /// Try this code.
    Code(VerificationCode),
    /// Send a text, again or for the first time.
    SendText,
}

/// One conversation about codes.
pub struct CodeDialog {
    prompter: Prompter,
    other_ways: OtherWays,
    tried: Vec<VerificationCode>,
    /// Codes that this command has sent before this conversation began.
    spent: Vec<VerificationCode>,
    questions: u32,
    /// No text is asked for before then: the server said so.
    no_text_before: Option<Instant>,
    /// Whether the person said that the phone is lost.
    pub lost_phone: bool,
}

impl CodeDialog {
    /// Begins a conversation.
    pub fn new(prompter: Prompter, other_ways: OtherWays) -> Self {
        Self {
            prompter,
            other_ways,
            tried: Vec::new(),
            spent: Vec::new(),
            questions: 0,
            no_text_before: None,
            lost_phone: false,
        }
    }

    /// Refuses codes that were sent already: an app's code works once.
    pub fn without(mut self, spent: Vec<VerificationCode>) -> Self {
        self.spent = spent;
        self
    }

    /// Returns whether another code may be tried.
    pub fn may_try(&self) -> bool {
        (self.tried.len() as u32) < TRIES
    }

    /// Says something in the conversation.
    pub fn show(&mut self, text: &str) {
        self.prompter.show(text);
    }

    /// From now on, texts are how codes come.
    pub fn texts_were_sent(&mut self) {
        self.other_ways.send_again = true;
        self.other_ways.send_text = false;
    }

    /// Says why no text was sent, and asks the server for none before it wants to be asked again.
    pub fn no_text_was_sent(&mut self, failure: &Failure) {
        let told: Vec<String> =
            std::iter::once(failure.to_string()).chain(failure.causes()).collect();
        let hint = failure.hint.as_deref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        self.show(&format!("No text message was sent: {}{hint}", told.join(": ")));
        self.no_text_before = failure.wait.map(|wait| Instant::now() + wait);
    }

    /// Returns whether a text may be asked for now; says when, if not.
    fn may_send_text(&mut self) -> bool {
        let left = self.no_text_before.map(|then| then.saturating_duration_since(Instant::now()));
        let Some(left) = left.filter(|left| !left.is_zero()) else {
            return true;
        };
        let when =
            whole_seconds(left).map_or("in a moment".to_owned(), |left| format!("in {left}"));
        self.show(&format!("The server sends no more text messages for now; try again {when}."));
        false
    }

    /// Asks until there is something to do. An answer equal to `password` is kept from the server: it was
    /// typed into the wrong prompt.
    pub fn ask(&mut self, password: Option<&SecretString>) -> Result<Answer, Failure> {
        while self.questions < QUESTIONS {
            self.questions += 1;
            let answer = self.prompter.ask(&self.prompt())?;
            match answer.trim() {
                "" => continue,
                "?" => self.explain(),
                "r" if self.other_ways.send_again => {
                    if self.may_send_text() {
                        return Ok(Answer::SendText);
                    }
                }
                "s" if self.other_ways.send_text => {
                    if self.may_send_text() {
                        return Ok(Answer::SendText);
                    }
                }
                "l" if self.other_ways.recovery.is_some() => self.explain_loss(),
                text if password.is_some_and(|password| is_same(password, text)) => {
                    self.show("That is your password; enter a verification code.");
                }
                text if is_no_code(text) || self.wants_digits(text) => {
                    self.explain_format();
                }
                text => match VerificationCode::new(text) {
                    None => self.explain_format(),
                    Some(code) if self.tried.iter().any(|tried| tried.same_as(&code)) => {
                        let next = match self.other_ways.send_again {
                            true => "Enter the latest one, or r for another.".to_owned(),
                            false => next_code(),
                        };
                        self.show(&format!("That code was already refused. {next}"));
                    }
                    Some(code) if self.spent.iter().any(|spent| spent.same_as(&code)) => {
                        self.show(&works_once());
                    }
                    Some(code) => {
                        self.tried.push(code.clone());
                        return Ok(Answer::Code(code));
                    }
                },
            }
        }
        Err(Failure::usage("no code was given"))
    }

    /// Returns whether a word was typed where no recovery code is of use: what an app or a text shows are digits.
    fn wants_digits(&self, text: &str) -> bool {
        self.other_ways.recovery.is_none() && text.chars().all(char::is_alphabetic)
    }

    fn prompt(&self) -> String {
        let number = self.tried.len() + 1;
        let ways = &self.other_ways;
        let kinds = match ways.recovery {
            Some(_) => "Verification code or recovery code",
            None => "Verification code",
        };
        let more = match ways.send_again || ways.send_text || ways.recovery.is_some() {
            true => "; ? for other ways",
            false => "",
        };
        format!("{kinds} ({number} of {TRIES}{more}): ")
    }

    fn explain_format(&mut self) {
        self.show(match self.other_ways.recovery {
            Some(_) => "That is not a code: enter 6 digits or a recovery code.",
            None => "That is not a code: enter 6 digits.",
        });
    }

    fn explain(&mut self) {
        let mut lines = vec![match self.other_ways.send_again {
            true => "Enter the code sent to you.",
            false => "Enter the code from your authenticator app.",
        }];
        if self.other_ways.send_again {
            lines.push("  r  resend the text message");
        }
        if self.other_ways.send_text {
            lines.push("  s  send a text message instead");
        }
        if self.other_ways.recovery.is_some() {
            lines.push("  or enter a recovery code (also called a backup code); each works once");
            lines.push("  l  I lost my phone, or my phone and recovery codes");
        }
        self.show(&lines.join("\n"));
    }

    fn explain_loss(&mut self) {
        self.lost_phone = true;
        let recovery_contact = self.other_ways.recovery.clone().unwrap_or_default();
        self.show(&format!(
            "Lost your phone? Enter a recovery code.\nLost your recovery codes too? {recovery_contact}"
        ));
    }
}

fn whole_seconds(time: Duration) -> Option<Lifetime> {
    Lifetime::from_seconds(time.as_secs_f64().ceil() as i64)
}

/// Returns whether an answer cannot be a code: one character, or words. Codes may be written in groups, which are of
/// one length or hold more than letters.
fn is_no_code(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_even = words.iter().all(|word| word.len() == words[0].len());
    let is_letters = words.iter().all(|word| word.chars().all(char::is_alphabetic));
    let is_sentence = !is_even && (words.len() > 2 || is_letters);
    text.chars().nth(1).is_none() || is_sentence
}

/// The time step of authenticator apps, in seconds (RFC 6238 §5.2).
const STEP: i64 = 30;

/// Explains that a code was used already, and when there is another one.
pub fn works_once() -> String {
    format!("Each code works once. {}", next_code())
}

/// Says when an app shows another code.
fn next_code() -> String {
    let left = STEP - environment::now().as_second().rem_euclid(STEP);
    format!("The next one appears in {}.", text::plural(left, "second"))
}

/// Returns whether an app still shows the code of that moment.
pub fn is_of_this_step(moment: Timestamp) -> bool {
    let step = |moment: Timestamp| moment.as_second().div_euclid(STEP);
    step(moment) == step(environment::now())
}

/// Returns whether both are the same but for blanks, which no code keeps.
fn is_same(password: &SecretString, text: &str) -> bool {
    let typed = text.chars().filter(|c| !c.is_whitespace());
    password.expose_secret().chars().filter(|c| !c.is_whitespace()).eq(typed)
}

/// A refused code, and this machine's clock where that may be to blame.
#[derive(Debug, Clone, Copy, Default)]
pub struct Refused {
    skew: Option<ClockSkew>,
    /// Whether the next code comes by itself.
    is_of_app: bool,
}

impl Refused {
    /// Compares the clocks, unless the code came by text.
    pub fn new(delivery: Option<Delivery>, server_time: Option<Timestamp>) -> Self {
        let by_app = server_time.filter(|_| delivery != Some(Delivery::Sms));
        let is_of_app = delivery == Some(Delivery::App);
        Self { skew: by_app.and_then(ClockSkew::from_server), is_of_app }
    }

    /// Explains the clock, if that is to blame.
    pub fn clock(self) -> Option<String> {
        self.skew.map(|skew| {
            format!("This machine's clock is {skew}; a wrong clock produces wrong codes.")
        })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("The code was refused.")?;
        match self.clock() {
            Some(clock) => write!(out, " {clock}")?,
            None => out.write_str(" Each code works once.")?,
        }
        match self.is_of_app {
            true => write!(out, " {}", next_code()),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_no_code;

    /// A stray letter or a pasted sentence used up one of three tries.
    #[test]
    fn what_cannot_be_a_code_costs_no_try() {
        for odd in ["r", "1", "bash: command not found", "send it again", "send it"] {
            assert!(is_no_code(odd), "{odd}");
        }
        for code in [
            "123456",
            "123 456",
            "12 34-56",
            "abcd-efgh",
            "abcd efgh 1234",
            "ab cde-fghij",
            "wrong",
        ] {
            assert!(!is_no_code(code), "{code}");
        }
    }
}
