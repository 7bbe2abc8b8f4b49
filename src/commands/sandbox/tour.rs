//! `keybelt sandbox tour`: the main job, done by the real binary, for anybody to watch.
//!
//! Each step is this program as a child, with a home of its own and an otherwise empty environment; what
//! is printed is what it printed. Passwords and codes come from a pipe. Where a person watches, the step is shown as
//! that person would do it, with the prompts that a terminal shows.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use keybelt_sandbox::{Options, Ready, Sandbox};

use super::start;
use crate::environment;
use crate::failure::Failure;
use crate::private_file::TemporaryDirectory;
use crate::process::{self, Isolated};
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::text;

mod aptible;
mod laptop_gone;
mod organization;
mod phone_lost;
mod sign_in;
mod terraform;

/// Options of `sandbox tour`.
#[derive(Debug, Args)]
pub struct TourArgs {
    /// What to watch
    #[arg(value_enum, default_value = "sign-in", value_name = "STORY")]
    pub story: Story,
    /// Do not wait for Enter before each step
    #[arg(long)]
    pub no_pause: bool,
}

/// What can be watched.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Story {
    /// Passwords, codes, recovery codes, and an organization that requires them
    SignIn,
    /// A stolen laptop: everything that it could sign in with ends
    LaptopGone,
    /// A lost phone: recovery codes let its owner in, and another phone takes its place
    PhoneLost,
    /// An owner: who has no second factor, and what requiring it would do
    Organization,
    /// An Aptible account: the same commands, and what only Aptible has
    Aptible,
    /// Terraform: a token for one command, and for all that ask keybelt
    Terraform,
}

/// What a command exits with that has found something.
const FINDING: i32 = 6;

struct Tour<'a> {
    sandbox: &'a Sandbox,
    /// The home of the machine at which the step happens.
    home: TemporaryDirectory,
    /// Who watches, step by step.
    watcher: Option<Prompter>,
    /// Whether a terminal shows the story.
    is_shown: bool,
    /// Who signed in last, and where: whom a prompt asks.
    asked: (String, String),
    /// The ids of the tokens that were there before.
    at_first: Vec<String>,
    steps: u32,
    failed: Vec<String>,
}

/// Runs the command. Where nobody watches at a terminal, nothing waits.
pub(super) fn run(args: TourArgs) -> Result<ExitCode, Failure> {
    // Terraform speaks to no server without TLS.
    let tls = matches!(args.story, Story::Terraform);
    let sandbox = start(Options { tls, ..Options::default() })?;
    let is_shown = terminal::stdout_is_terminal();
    let is_watched = !args.no_pause && is_shown;
    let mut tour = Tour {
        sandbox: &sandbox,
        home: new_home()?,
        watcher: is_watched.then(Prompter::open).and_then(Result::ok),
        is_shown,
        asked: Default::default(),
        at_first: sandbox.live_tokens().into_iter().map(|token| token.id).collect(),
        steps: 0,
        failed: Vec::new(),
    };
    tell(
        "A sandbox account server runs on loopback; keybelt talks to it as it would to the real ones.",
    );
    if is_shown {
        tell("Passwords and codes are typed for you.");
    }
    match args.story {
        Story::SignIn => sign_in::tell(&mut tour)?,
        Story::LaptopGone => laptop_gone::tell(&mut tour)?,
        Story::PhoneLost => phone_lost::tell(&mut tour)?,
        Story::Organization => organization::tell(&mut tour)?,
        Story::Aptible => aptible::tell(&mut tour)?,
        Story::Terraform => terraform::tell(&mut tour)?,
    }
    tour.end()
}

fn new_home() -> Result<TemporaryDirectory, Failure> {
    TemporaryDirectory::create("keybelt-tour-")
        .map_err(|error| Failure::general("cannot make a home for the tour").because(error))
}

/// Prints a line of the story.
fn tell(text: &str) {
    terminal::result(&terminal::wrapped(text));
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

    /// Goes to another machine, on which nothing is stored. Returns the home of the one before.
    fn at_new_machine(&mut self) -> Result<TemporaryDirectory, Failure> {
        Ok(std::mem::replace(&mut self.home, new_home()?))
    }

    /// Returns this program, for a step that runs it below another one.
    fn program(&self) -> Result<String, Failure> {
        Ok(environment::own_program()?.to_string_lossy().into_owned())
    }

    fn code(&self, username: &str) -> String {
        self.sandbox.code(username).map(|code| code.code).unwrap_or_default()
    }

    fn title(&self, text: &str) {
        tell(&format!("\n── {text}"));
    }

    /// Runs one command and prints it with its output. What is typed has a name each, which is shown.
    fn step(&mut self, arguments: &[&str], typed: &[(&str, &str)]) -> Result<Isolated, Failure> {
        self.step_as(None, arguments, typed)
    }

    /// The same, where the command exits with the code for a finding.
    fn step_that_finds(&mut self, arguments: &[&str]) -> Result<Isolated, Failure> {
        self.run_step(None, arguments, &[], FINDING)
    }

    /// The same, with the user name in a variable.
    fn step_as(
        &mut self,
        username: Option<&str>,
        arguments: &[&str],
        typed: &[(&str, &str)],
    ) -> Result<Isolated, Failure> {
        self.run_step(username, arguments, typed, 0)
    }

    fn run_step(
        &mut self,
        username: Option<&str>,
        arguments: &[&str],
        typed: &[(&str, &str)],
        expected: i32,
    ) -> Result<Isolated, Failure> {
        self.steps += 1;
        let shown = match self.is_shown {
            true => shown(username, &by_hand(arguments), &[]),
            false => shown(username, arguments, typed),
        };
        tell(&format!("\n$ {shown}"));
        if let Some(watcher) = &mut self.watcher {
            watcher.ask("[Enter] ")?;
        }
        if self.is_shown {
            self.prompts(username, arguments, typed).iter().for_each(|line| tell(line));
        }
        let input: String = typed.iter().map(|(_, value)| format!("{value}\n")).collect();
        let mut surroundings = self.surroundings();
        surroundings.extend(username.map(|name| ("KEYBELT_USERNAME", name.into())));
        let finished = process::run_isolated(
            &environment::own_program()?,
            arguments,
            &surroundings,
            self.home.path(),
            &input,
        )?;
        for line in finished.stdout.lines().chain(finished.stderr.lines()) {
            tell(&text::escape(line));
        }
        if let Some(code) = finished.code.filter(|code| *code != 0) {
            tell(&format!("exit code {code}"));
        }
        if finished.code != Some(expected) {
            self.failed.push(shown);
        }
        Ok(finished)
    }

    /// Returns what a terminal shows where a step reads from its pipe: the prompts, and codes as they are typed.
    fn prompts(
        &mut self,
        username: Option<&str>,
        arguments: &[&str],
        typed: &[(&str, &str)],
    ) -> Vec<String> {
        let named = arguments.iter().skip_while(|word| **word != "--username").nth(1).copied();
        if let Some(name) = named.or(username) {
            self.asked.0 = name.to_owned();
        }
        let mut hosts = arguments.iter().filter(|word| word.starts_with("http"));
        let mut lines = Vec::new();
        for (what, value) in typed {
            if let (true, Some(host)) = (*what == "PASSWORD", hosts.next()) {
                self.asked.1 = host.trim_start_matches("https://").to_owned();
            }
            let (name, host) = &self.asked;
            match *what {
                "PASSWORD" => lines.push(format!("Password for {name} at {host}:")),
                "NEW_PASSWORD" => lines.extend([
                    format!("New password for {name} at {host}:"),
                    "Repeat the new password:".to_owned(),
                ]),
                _ => lines.push(format!(
                    "Verification code or recovery code (1 of 3; ? for other ways): {value}"
                )),
            }
        }
        lines
    }

    /// Returns the whole environment of a step. The configuration directory is named: on Windows it comes from
    /// the user's profile, whatever `HOME` says.
    fn surroundings(&self) -> Vec<(&'static str, OsString)> {
        let home = self.home.path();
        let mut variables = vec![("KEYBELT_CONFIG_DIR", home.join("keybelt").into_os_string())];
        // What a step asks at a terminal would be asked of whoever watches.
        variables.push(("KEYBELT_NO_INPUT", "1".into()));
        let own = ["HOME", "XDG_RUNTIME_DIR", "TEMP", "TMP"];
        variables.extend(own.map(|name| (name, home.as_os_str().to_owned())));
        let ca_file = self.ready().ca_file.as_ref();
        variables.extend(ca_file.map(|file| ("KEYBELT_CA_FILE", file.into())));
        // Windows finds its own libraries, sockets among them, by this.
        variables.extend(environment::system_root().map(|root| ("SystemRoot", root)));
        variables
    }

    fn check(&mut self, what: &str, holds: bool) {
        self.steps += 1;
        tell(&format!("\n{} {what}", if holds { "✓" } else { "✗ not as expected:" }));
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
        tell(&format!("\nAll {} steps worked, and no token was left behind.", self.steps));
        tell("Try it yourself: keybelt sandbox shell");
        Ok(ExitCode::SUCCESS)
    }
}

/// Leaves out the options of those who pipe what others type at a prompt.
fn by_hand<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    let is_piped = |word: &str| word == "--password-stdin" || word == "--code-stdin";
    arguments.iter().copied().filter(|word| !is_piped(word)).collect()
}

/// Writes a command as one would type it; secrets come from a pipe, named by what they are.
fn shown(username: Option<&str>, arguments: &[&str], typed: &[(&str, &str)]) -> String {
    let words: Vec<String> = arguments
        .iter()
        .map(|word| {
            if word.contains([' ', '\'']) {
                "'keybelt sandbox code carol'".to_owned()
            } else if Path::new(word).is_absolute() {
                "keybelt".to_owned()
            } else {
                (*word).to_owned()
            }
        })
        .collect();
    let variable = username.map(|name| format!("KEYBELT_USERNAME={name} ")).unwrap_or_default();
    let command = format!("{variable}keybelt {}", words.join(" "));
    if typed.is_empty() {
        return command;
    }
    let names: String = typed.iter().map(|(name, _)| format!(" \"${name}\"")).collect();
    format!("printf '%s\\n'{names} | {command}")
}
