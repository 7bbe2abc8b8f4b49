//! `keybelt sandbox tour`: the main job, done by the real binary, for anybody to watch.
//!
//! Each step is this program as a child, with a home of its own and an otherwise empty environment; what
//! is printed is what it printed.

use std::ffi::OsString;
use std::process::ExitCode;

use keybelt_sandbox::{Options, Ready, Sandbox};

use super::start;
use crate::environment;
use crate::failure::Failure;
use crate::private_file::TemporaryDirectory;
use crate::process::{self, Isolated};
use crate::running_sandbox;
use crate::terminal;
use crate::text;

/// Where alice's codes go in the tour.
const NUMBER: &str = "+15555550100";

struct Tour<'a> {
    sandbox: &'a Sandbox,
    home: &'a TemporaryDirectory,
    /// The ids of the tokens that were there before.
    at_first: Vec<String>,
    steps: u32,
    failed: Vec<String>,
}

/// Runs the command.
pub(super) fn run() -> Result<ExitCode, Failure> {
    let sandbox = start(Options::default())?;
    let home = TemporaryDirectory::create("keybelt-tour-")
        .map_err(|error| Failure::general("cannot make a home for the tour").because(error))?;
    let mut tour = Tour {
        sandbox: &sandbox,
        home: &home,
        at_first: sandbox.live_tokens().into_iter().map(|token| token.id).collect(),
        steps: 0,
        failed: Vec::new(),
    };
    terminal::result(
        "A sandbox account server runs on loopback; keybelt talks to it as it would to the real ones.",
    );
    tour.sign_in_with_a_code()?;
    tour.enrol_by_text()?;
    tour.sign_in_with_a_recovery_code()?;
    tour.sign_in_by_text()?;
    tour.require_of_everyone()?;
    tour.sign_in_at_aptible()?;
    tour.end()
}

impl Tour<'_> {
    fn ready(&self) -> &Ready {
        self.sandbox.ready()
    }

    fn password(&self, username: &str) -> String {
        let accounts = &self.ready().accounts;
        let account = accounts.iter().find(|account| account.username == username);
        account.map(|account| account.password.clone()).unwrap_or_default()
    }

    fn code(&self, username: &str) -> String {
        self.sandbox.code(username).map(|code| code.code).unwrap_or_default()
    }

    fn sign_in_with_a_code(&mut self) -> Result<(), Failure> {
        self.title("Bob has an authenticator app: a password and a code");
        let url = self.ready().atlas_url.clone();
        self.sign_in_with_app(&url, "bob", "bob")?;
        self.step(&["status"], "")?;
        let token = self.step(&["token", "print", "-o", "json"], "")?;
        self.step(&["logout"], "")?;
        let document: serde_json::Value = token.stdout.parse().unwrap_or_default();
        let token = document.get("token").and_then(serde_json::Value::as_str).unwrap_or_default();
        let alive = token.is_empty() || self.sandbox.accepts(token);
        self.check("the server no longer accepts that token", !alive);
        Ok(())
    }

    fn enrol_by_text(&mut self) -> Result<(), Failure> {
        self.title("Alice has no second factor yet: she enrols her phone");
        let url = self.ready().atlas_url.clone();
        let input = format!("{}\n", self.password("alice"));
        self.step(&["login", &url, "--username", "alice", "--password-stdin"], &input)?;
        self.step(&["2fa", "enable", "--sms", NUMBER, "--no-verify"], "")?;
        self.step(&["2fa", "status"], "")?;
        self.step(&["2fa", "resend"], "")?;
        let code = self.code("alice");
        self.step(&["2fa", "verify", &code, "--recovery-codes-file", "recovery-codes.txt"], "")?;
        self.step(&["2fa", "status"], "")?;
        self.step(&["logout"], "")?;
        Ok(())
    }

    fn sign_in_with_a_recovery_code(&mut self) -> Result<(), Failure> {
        self.title("Alice has lost her phone: a recovery code lets her in, once");
        let saved = self.home.text_of("recovery-codes.txt");
        self.check("six recovery codes were saved", saved.lines().count() == 6);
        let url = self.ready().atlas_url.clone();
        let code = saved.lines().next().unwrap_or_default();
        let input = format!("{}\n{code}\n", self.password("alice"));
        self.step(
            &["login", &url, "--username", "alice", "--password-stdin", "--code-stdin"],
            &input,
        )?;
        self.step(&["whoami"], "")?;
        self.step(&["logout"], "")?;
        Ok(())
    }

    fn sign_in_by_text(&mut self) -> Result<(), Failure> {
        self.title("Carol gets her codes by text message, from a command of her own");
        let url = self.ready().atlas_url.clone();
        let input = format!("{}\n", self.password("carol"));
        let program = environment::own_program()?;
        let program = process::quoted(&program.to_string_lossy());
        let command = format!("{program} sandbox code carol");
        let _registration = running_sandbox::register_below(self.home.path(), self.ready());
        self.step(
            &[
                "login",
                &url,
                "--username",
                "carol",
                "--sms",
                "--password-stdin",
                "--code-command",
                &command,
            ],
            &input,
        )?;
        self.step(&["logout"], "")?;
        Ok(())
    }

    fn require_of_everyone(&mut self) -> Result<(), Failure> {
        self.title("Olivia owns an organization: everyone there has a second factor now, so she requires it");
        let url = self.ready().atlas_url.clone();
        let organization = self.ready().organization.clone();
        self.sign_in_with_app(&url, "olivia", "olivia")?;
        self.step(&["org", "audit", &organization, "--everyone"], "")?;
        self.step(&["org", "require-2fa", &organization, "--yes"], "")?;
        self.step(&["token", "list"], "")?;
        self.step(&["token", "rotate"], "")?;
        self.step(&["logout"], "")?;
        Ok(())
    }

    fn sign_in_at_aptible(&mut self) -> Result<(), Failure> {
        self.title("Bob has an Aptible account too: the same commands, here with a recovery code");
        let url = self.ready().aptible_url.clone();
        // The app's code of this half minute let him in above, and works once.
        let accounts = &self.ready().accounts;
        let bob = accounts.iter().find(|account| account.username == "bob");
        let code = bob.and_then(|bob| bob.recovery_codes.first()).cloned().unwrap_or_default();
        self.sign_in_with_code(&url, "bob", "bob@sandbox.test", &code)?;
        self.step(&["2fa", "status", "--host", &url], "")?;
        self.step(&["session", "list", "--host", &url], "")?;
        self.step(&["logout", &url], "")?;
        Ok(())
    }

    /// Signs an account in with its password and the code that its app shows.
    fn sign_in_with_app(
        &mut self,
        url: &str,
        account: &str,
        username: &str,
    ) -> Result<Isolated, Failure> {
        let code = self.code(account);
        self.sign_in_with_code(url, account, username, &code)
    }

    fn sign_in_with_code(
        &mut self,
        url: &str,
        account: &str,
        username: &str,
        code: &str,
    ) -> Result<Isolated, Failure> {
        let input = format!("{}\n{code}\n", self.password(account));
        let words = ["--username", username, "--password-stdin", "--code-stdin"];
        self.step(&[&["login", url], words.as_slice()].concat(), &input)
    }

    fn title(&self, text: &str) {
        terminal::result(&format!("\n── {text}"));
    }

    /// Runs one command and prints it with its output.
    fn step(&mut self, arguments: &[&str], input: &str) -> Result<Isolated, Failure> {
        self.steps += 1;
        let shown = shown(arguments, input);
        terminal::result(&format!("\n$ {shown}"));
        let finished = process::run_isolated(
            &environment::own_program()?,
            arguments,
            &self.surroundings(),
            self.home.path(),
            input,
        )?;
        for line in finished.stdout.lines().chain(finished.stderr.lines()) {
            terminal::result(&text::escape(line));
        }
        if finished.code != Some(0) {
            terminal::result(&format!("exit code {:?}", finished.code));
            self.failed.push(shown);
        }
        Ok(finished)
    }

    /// Returns the whole environment of a step. The configuration directory is named: on Windows it comes from
    /// the user's profile, whatever `HOME` says.
    fn surroundings(&self) -> Vec<(&'static str, OsString)> {
        let home = self.home.path();
        let mut variables = vec![("KEYBELT_CONFIG_DIR", home.join("keybelt").into_os_string())];
        let own = ["HOME", "XDG_RUNTIME_DIR", "TEMP", "TMP"];
        variables.extend(own.map(|name| (name, home.as_os_str().to_owned())));
        // Windows finds its own libraries, sockets among them, by this.
        variables.extend(environment::system_root().map(|root| ("SystemRoot", root)));
        variables
    }

    fn check(&mut self, what: &str, holds: bool) {
        self.steps += 1;
        terminal::result(&format!("\n{} {what}", if holds { "✓" } else { "✗ not as expected:" }));
        if !holds {
            self.failed.push(what.to_owned());
        }
    }

    fn end(self) -> Result<ExitCode, Failure> {
        let left = self.sandbox.live_tokens();
        let made = left.iter().filter(|token| !self.at_first.contains(&token.id)).count();
        if !self.failed.is_empty() || made > 0 {
            return Err(Failure::general(format!(
                "{} of {} steps failed, {made} tokens were left behind: {}",
                self.failed.len(),
                self.steps,
                self.failed.join("; ")
            )));
        }
        terminal::result(&format!(
            "\nAll {} steps worked, and no token was left behind.",
            self.steps
        ));
        terminal::result("Try it yourself: keybelt sandbox shell");
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes a command as one would type it; secrets come from a pipe, named by what they are.
fn shown(arguments: &[&str], input: &str) -> String {
    let words: Vec<String> = arguments
        .iter()
        .map(|word| {
            if word.contains([' ', '\'']) {
                "'keybelt sandbox code carol'".to_owned()
            } else {
                (*word).to_owned()
            }
        })
        .collect();
    let command = format!("keybelt {}", words.join(" "));
    match input.lines().count() {
        0 => command,
        1 => format!("printf '%s\\n' \"$PASSWORD\" | {command}"),
        _ => format!("printf '%s\\n' \"$PASSWORD\" \"$CODE\" | {command}"),
    }
}
