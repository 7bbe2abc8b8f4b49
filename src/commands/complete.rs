//! `keybelt complete`, hidden: what can stand at the end of a command line. The completion scripts call it.
//!
//! Hosts, accounts and settings come from keybelt's own files; tokens, organizations and teams from the server,
//! if it answers at once. No person is asked, nothing unlocked or changed, and what cannot be read has no
//! candidates: a completion has nowhere to report an error to.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::builder::StyledStr;
use clap::{Arg, Args, Command, ValueHint};
use clap_complete::engine::{
    self, ArgValueCandidates, ArgValueCompleter, CompletionCandidate as Candidate,
};

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::operation::completion::{self, Listable};
use crate::organization::OrganizationName;
use crate::provider_name::{self, ProviderName};
use crate::session::settings;
use crate::setting::{self, Form, GENERAL, OF_HOST};
use crate::store::{StoreName, Tokens, TokensFile};
use crate::terminal;

/// Print what can stand at the end of a command line (called by completion scripts)
#[derive(Debug, Args)]
pub struct CompleteArgs {
    /// The words typed so far; the last one is to be completed
    #[arg(last = true, value_name = "WORD")]
    pub words: Vec<OsString>,
}

/// Runs the command: prints a candidate a line, with its description behind a tab.
pub fn run(args: CompleteArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let begun = args.words.last().map(|word| word.to_string_lossy().into_owned());
    let begun = begun.unwrap_or_default();
    let last = args.words.len().saturating_sub(1);
    let about = Arc::new(Line::new(&args.words, global));
    let mut command = with_values((global.command_line)(), &about);
    let found = engine::complete(&mut command, args.words, last, Some(Path::new(".")));
    let found: Vec<(String, String)> = found
        .unwrap_or_default()
        .into_iter()
        .map(|candidate| {
            let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
            (candidate.get_value().to_string_lossy().into_owned(), help)
        })
        .filter(|(value, _)| value.starts_with(&begun))
        .collect();
    // Options are offered where one has been begun, or where nothing else can follow.
    let is_option = |value: &str| value.starts_with('-');
    let only_options = begun.starts_with('-') || found.iter().all(|(value, _)| is_option(value));
    let shown = found.iter().filter(|(value, _)| only_options || !is_option(value));
    terminal::result_raw(&shown.map(|(value, help)| line(value, help)).collect::<String>());
    Ok(ExitCode::SUCCESS)
}

fn line(value: &str, help: &str) -> String {
    match help.lines().next() {
        Some(help) => format!("{value}\t{help}\n"),
        None => format!("{value}\n"),
    }
}

/// What a line has said so far of whom it is about.
struct Line {
    global: GlobalArgs,
    organization: Option<String>,
    /// The setting that `config set` was told.
    setting: Option<String>,
}

impl Line {
    fn new(words: &[OsString], global: &GlobalArgs) -> Self {
        let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        let option = |names: &[&str]| {
            words.iter().enumerate().find_map(|(at, word)| {
                let (name, value) = word.split_once('=').unwrap_or((word, ""));
                let value = if word.contains('=') {
                    Some(value)
                } else {
                    words.get(at + 1).map(|it| &**it)
                };
                value.filter(|value| names.contains(&name) && !value.is_empty()).map(str::to_owned)
            })
        };
        let mut global = global.clone();
        global.hosts = option(&["-H", "--host"]).into_iter().collect();
        global.account = option(&["--account"]).or(global.account);
        global.timeout = Some(format!("{}s", completion::TIME.as_secs()));
        let setting = words.iter().skip_while(|word| **word != "set").nth(1);
        let setting = setting.map(|key| key.to_string());
        Self { global, organization: option(&["--org"]), setting }
    }

    /// Asks the server, as far as its token is at hand.
    fn ask(&self, listable: Listable) -> Vec<Candidate> {
        let global = self.global.clone();
        let open = move || global.session(None, SecretArgs::default());
        let found = completion::candidates(listable, open);
        let help = |help: String| (!help.is_empty()).then(|| StyledStr::from(help));
        found.into_iter().map(|(value, it)| Candidate::new(value).help(help(it))).collect()
    }

    /// Returns what the setting may be, where that is a choice.
    fn setting_values(&self) -> Vec<Candidate> {
        let key = self.setting.as_deref().unwrap_or_default();
        let of_host = key.strip_prefix("hosts.").and_then(|key| key.rsplit_once('.'));
        let found = match of_host {
            Some((_, name)) => OF_HOST.iter().find(|setting| setting.name == name),
            None => GENERAL.iter().find(|setting| setting.name == key),
        };
        let words = |words: &[&'static str]| words.iter().map(|it| Candidate::new(*it)).collect();
        match found.map(|setting| setting.form) {
            Some(Form::Store) => stores(),
            Some(Form::OneOf(values)) => words(values),
            Some(Form::Boolean) => words(&["true", "false"]),
            Some(Form::Provider) => words(&ProviderName::ALL.map(ProviderName::as_str)),
            Some(Form::Organization) => self.ask(Listable::Organizations),
            _ => Vec::new(),
        }
    }

    fn teams(&self) -> Vec<Candidate> {
        let named = self.organization.clone().map(Ok);
        let set = || settings::effective(&setting::ORGANIZATION, None, &self.global.config);
        let name = named.unwrap_or_else(|| set().map(|it| it.value));
        match name.and_then(|name| OrganizationName::parse(&name)) {
            Ok(organization) => self.ask(Listable::Teams(organization)),
            Err(_) => Vec::new(),
        }
    }
}

/// Returns the command line with the candidates of its values.
fn with_values(command: Command, line: &Arc<Line>) -> Command {
    let names: Vec<String> =
        command.get_subcommands().map(|child| child.get_name().to_owned()).collect();
    let listable = match command.get_name() {
        "token" => Some(Listable::Tokens),
        "session" => Some(Listable::SignIns),
        _ => None,
    };
    let with_ids = |command: Command| match &listable {
        Some(listable) => command.mut_args(|argument| with_ids(argument, listable, line)),
        None => command,
    };
    let command = command.mut_args(|argument| with_candidates(argument, line));
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |child| with_ids(with_values(child, line)))
    })
}

/// Gives an argument for ids of tokens its candidates.
fn with_ids(argument: Arg, listable: &Listable, line: &Arc<Line>) -> Arg {
    if argument.get_id() != "ids" && argument.get_id() != "id" {
        return argument;
    }
    let (listable, line) = (listable.clone(), Arc::clone(line));
    argument.add(ArgValueCandidates::new(move || line.ask(listable.clone())))
}

/// Gives an argument its candidates, by what its value is called in help.
fn with_candidates(argument: Arg, line: &Arc<Line>) -> Arg {
    let line = Arc::clone(line);
    let names = argument.get_value_names().unwrap_or_default();
    let name = names.first().map(|name| name.as_str()).unwrap_or_default().to_owned();
    match name.as_str() {
        "HOST" => argument.add(ArgValueCandidates::new(hosts)),
        "NAME" if argument.get_id() == "account" => argument.add(ArgValueCandidates::new(accounts)),
        "ACCOUNT[@HOST] | HOST" => argument.add(ArgValueCandidates::new(accounts_and_hosts)),
        "ORG" => argument.add(ArgValueCandidates::new(move || line.ask(Listable::Organizations))),
        "TEAM" => argument.add(ArgValueCandidates::new(move || line.teams())),
        "STORE" => argument.add(ArgValueCandidates::new(stores)),
        "VALUE" => argument.add(ArgValueCandidates::new(move || line.setting_values())),
        "KEY" => argument.add(ArgValueCandidates::new(settings)),
        "COMMAND" => argument.add(ArgValueCompleter::new(programs)),
        "FILE" | "PEM" => argument.value_hint(ValueHint::FilePath),
        "DIR" => argument.value_hint(ValueHint::DirPath),
        _ => argument,
    }
}

fn stored() -> Option<Tokens> {
    TokensFile::at(environment::config_dir().ok()?).read().ok()
}

fn candidate(value: impl Into<OsString>, help: impl Into<StyledStr>) -> Candidate {
    Candidate::new(value).help(Some(help.into()))
}

fn hosts() -> Vec<Candidate> {
    let stored = stored().map(|tokens| tokens.hosts()).unwrap_or_default();
    let aliases = provider_name::aliases().map(|(alias, name)| candidate(*alias, *name));
    stored.iter().map(|host| Candidate::new(host.to_string())).chain(aliases).collect()
}

fn accounts() -> Vec<Candidate> {
    let entries = stored().map(|tokens| tokens.entries()).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let fresh = entries.into_iter().filter(|stored| seen.insert(stored.account.to_string()));
    fresh.map(|stored| candidate(stored.account.to_string(), stored.host.to_string())).collect()
}

fn accounts_and_hosts() -> Vec<Candidate> {
    let Some(tokens) = stored() else {
        return Vec::new();
    };
    let both = tokens.entries().into_iter().map(|stored| {
        let value = format!("{}@{}", stored.account, stored.host);
        candidate(value, format!("in the {} store", stored.entry.store))
    });
    let hosts = tokens.hosts().into_iter().map(|host| Candidate::new(host.to_string()));
    both.chain(hosts).collect()
}

fn stores() -> Vec<Candidate> {
    let helpers = environment::programs("docker-credential-").into_iter().filter_map(|program| {
        let word = format!("docker:{}", program.strip_prefix("docker-credential-")?);
        StoreName::new(&word).map(|_| candidate(word, "a docker credentials helper"))
    });
    let own = [candidate("file", "a private file"), candidate("keyring", "the system's keyring")];
    own.into_iter().chain(helpers).collect()
}

fn settings() -> Vec<Candidate> {
    let general = GENERAL.iter().map(|setting| Candidate::new(setting.name));
    let hosts = stored().map(|tokens| tokens.hosts()).unwrap_or_default();
    let of_hosts = hosts.iter().flat_map(|host| {
        let names = OF_HOST.iter().map(|setting| setting.name);
        names.map(move |name| Candidate::new(format!("hosts.{host}.{name}")))
    });
    general.chain(of_hosts).collect()
}

fn programs(begun: &OsStr) -> Vec<Candidate> {
    let begun = begun.to_string_lossy();
    environment::programs(&begun).into_iter().map(Candidate::new).collect()
}
