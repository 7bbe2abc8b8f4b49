//! The sandbox that is running, as `keybelt sandbox code` finds it: registered by a private file in the user's
//! runtime directory, which holds the sandbox's control address.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::account::AccountName;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::http::Request;
use crate::private_file;
use crate::session::Session;

const FILE: &str = "sandbox.json";

/// The registration; it goes away with this value.
#[derive(Debug)]
pub struct Registration {
    directory: PathBuf,
    text: String,
}

/// An account's present verification code.
#[derive(Debug)]
pub struct Code {
    /// The code.
    pub code: String,
    /// How many seconds it will do.
    pub seconds_left: i64,
}

/// Registers a sandbox. A sandbox that cannot be found by it works all the same, so failing is no error.
pub fn register(control_url: &str) -> Option<Registration> {
    register_in(directory(), control_url)
}

/// Registers it where only those look who are told to: in `keybelt` below another runtime directory.
pub fn register_below(runtime_dir: &Path, control_url: &str) -> Option<Registration> {
    register_in(runtime_dir.join("keybelt"), control_url)
}

fn register_in(directory: PathBuf, control_url: &str) -> Option<Registration> {
    let text = json!({ "control_url": control_url }).to_string();
    private_file::replace(&directory, FILE, &text).ok()?;
    Some(Registration { directory, text })
}

impl Drop for Registration {
    fn drop(&mut self) {
        // Another sandbox may have left its own registration meanwhile.
        if private_file::read(&self.directory, FILE)
            .is_ok_and(|found| found.as_ref() == Some(&self.text))
        {
            let _ = std::fs::remove_file(self.directory.join(FILE));
        }
    }
}

fn directory() -> PathBuf {
    match environment::runtime_dir() {
        Some(directory) => directory.join("keybelt"),
        None => environment::temporary_dir().join(format!("keybelt-{}", environment::user_id())),
    }
}

/// Asks the running sandbox for an account's present code.
pub fn code(session: &Session, user: &str) -> Result<Code, Failure> {
    let user = AccountName::parse(user)?;
    let (host, path) = control_address().ok_or_else(none_running)?;
    let reply = session
        .http
        .send(&Request::get(&host, &format!("{path}/accounts/{user}/code")))
        .map_err(|_| none_running())?;
    if !reply.is_success() {
        return Err(Failure::refused(format!("{user} has no verification code now"))
            .hint("for text messages, begin a sign-in or an enrolment first"));
    }
    let document = reply.json(&host)?;
    let code = document.get("code").and_then(Value::as_str);
    Ok(Code {
        code: code.ok_or_else(|| reply.unexpected(&host))?.to_owned(),
        seconds_left: document.get("seconds_left").and_then(Value::as_i64).unwrap_or_default(),
    })
}

fn none_running() -> Failure {
    Failure::general("no sandbox is running").hint("start one with `keybelt sandbox start`")
}

/// Returns the running sandbox's origin and control path, as its registration has them.
fn control_address() -> Option<(Host, String)> {
    let text = private_file::read(&directory(), FILE).ok()??;
    let note: Value = serde_json::from_str(&text).ok()?;
    let url = url::Url::parse(note.get("control_url")?.as_str()?).ok()?;
    let host = Host::parse(&url.origin().ascii_serialization()).ok()?;
    Some((host, url.path().to_owned())).filter(|(host, _)| host.is_loopback())
}
