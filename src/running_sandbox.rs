//! The sandboxes that are running, as `keybelt sandbox code` finds them: each is registered by a private file in
//! the user's runtime directory, which holds the addresses that it serves and its control address.

use std::path::{Path, PathBuf};

use keybelt_sandbox::Ready;
use serde_json::{Value, json};

use crate::account::AccountName;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::http::{Reply, Request};
use crate::private_file;
use crate::redaction;
use crate::session::Session;

/// A sandbox's file is called so, with its control address between.
const PREFIX: &str = "sandbox-";
const SUFFIX: &str = ".json";

/// A registration; it goes away with this value.
#[derive(Debug)]
pub struct Registration {
    directory: PathBuf,
    name: String,
    text: String,
}

/// An account's present verification code.
#[derive(Debug)]
pub struct Code {
    /// The code.
    pub code: String,
    /// How many seconds it will do.
    pub seconds_left: i64,
    /// Whether somebody has signed in with it: it works once.
    pub is_used: bool,
}

/// A running sandbox, as its file describes it.
struct Running {
    /// Where its control address is.
    control: Host,
    /// The path of that, which is a secret.
    path: String,
    /// The hosts that it serves.
    serves: Vec<Host>,
    /// When it was registered, in microseconds.
    since: i64,
}

/// Registers a sandbox. A sandbox that cannot be found by it works all the same, so failing is no error.
pub fn register(ready: &Ready) -> Option<Registration> {
    register_in(directory(), ready)
}

/// Registers it where only those look who are told to: in `keybelt` below another runtime directory.
pub fn register_below(runtime_dir: &Path, ready: &Ready) -> Option<Registration> {
    register_in(runtime_dir.join("keybelt"), ready)
}

fn register_in(directory: PathBuf, ready: &Ready) -> Option<Registration> {
    let urls = [Some(&ready.atlas_url), ready.atlas_tls_url.as_ref(), Some(&ready.aptible_url)];
    let text = json!({
        "control_url": ready.control_url,
        "serves": urls.into_iter().flatten().collect::<Vec<_>>(),
        "since": environment::now().as_microsecond(),
    })
    .to_string();
    // No two that run have the same address.
    let address = ready.atlas_url.trim_start_matches("http://");
    let name: String =
        address.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect();
    let name = format!("{PREFIX}{name}{SUFFIX}");
    private_file::replace(&directory, &name, &text).ok()?;
    Some(Registration { directory, name, text })
}

impl Drop for Registration {
    fn drop(&mut self) {
        // Another sandbox may have the address by now.
        if private_file::read(&self.directory, &self.name)
            .is_ok_and(|found| found.as_ref() == Some(&self.text))
        {
            let _ = std::fs::remove_file(self.directory.join(&self.name));
        }
    }
}

fn directory() -> PathBuf {
    match environment::runtime_dir() {
        Some(directory) => directory.join("keybelt"),
        None => environment::temporary_dir().join(format!("keybelt-{}", environment::user_id())),
    }
}

/// Asks the sandbox at the host that is chosen, or else the newest one, for an account's present code.
pub fn code(session: &Session, user: &str) -> Result<Code, Failure> {
    let user = AccountName::parse(user)?;
    let chosen = session.chosen_host()?;
    let (host, reply) = ask(session, chosen.as_ref(), &user).ok_or_else(|| match &chosen {
        None => {
            Failure::general("no sandbox is running").hint("start one with `keybelt sandbox start`")
        }
        Some(host) => Failure::general(format!("no running sandbox serves {host}")).hint(
            "use --host for the sandbox's address, or start one with `keybelt sandbox start`",
        ),
    })?;
    if !reply.is_success() {
        return Err(Failure::refused(format!("no verification code for {user} yet")).hint(
            "it needs a second factor; for text messages, start a sign-in or an enrolment first",
        ));
    }
    let document = reply.json(&host)?;
    let code = document.get("code").and_then(Value::as_str);
    Ok(Code {
        code: code.ok_or_else(|| reply.unexpected(&host))?.to_owned(),
        seconds_left: document.get("seconds_left").and_then(Value::as_i64).unwrap_or_default(),
        is_used: document.get("used").and_then(Value::as_bool).unwrap_or_default(),
    })
}

/// Asks the first that answers, the newest first: one that was killed has left its file behind.
fn ask(session: &Session, chosen: Option<&Host>, user: &AccountName) -> Option<(Host, Reply)> {
    let mut running = running();
    running.retain(|sandbox| chosen.is_none_or(|host| sandbox.serves.contains(host)));
    running.sort_by_key(|sandbox| std::cmp::Reverse(sandbox.since));
    running.into_iter().find_map(|Running { control, path, .. }| {
        // Who has the path controls the sandbox: no log may have it.
        redaction::protect(&path.trim_start_matches("/sandbox/").to_owned().into());
        let request = format!("{path}/accounts/{user}/code");
        let reply = session.http.send(&Request::get(&control, &request)).ok()?;
        Some((control, reply))
    })
}

fn running() -> Vec<Running> {
    let directory = directory();
    let Ok(files) = std::fs::read_dir(&directory) else {
        return Vec::new();
    };
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let names = names.filter(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
    names.filter_map(|name| described(&private_file::read(&directory, &name).ok()??)).collect()
}

/// Reads a sandbox's file.
fn described(text: &str) -> Option<Running> {
    let file: Value = serde_json::from_str(text).ok()?;
    let url = url::Url::parse(file.get("control_url")?.as_str()?).ok()?;
    let control = Host::parse(&url.origin().ascii_serialization()).ok()?;
    let serves = file.get("serves")?.as_array()?.iter();
    let serves = serves.filter_map(|url| Host::parse(url.as_str()?).ok()).collect();
    let since = file.get("since")?.as_i64()?;
    let found = Running { control, path: url.path().to_owned(), serves, since };
    Some(found).filter(|found| found.control.is_loopback())
}
