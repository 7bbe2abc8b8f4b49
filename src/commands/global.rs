//! The options that every command has.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::account::AccountName;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::provider_name::ProviderName;
use crate::report::{ListFormat, Output};
use crate::session::settings;
use crate::session::{Options, Session};
use crate::setting::{self, Setting};
use crate::store::config::Config;
use crate::terminal::{self, ColorChoice};

/// Declares a command whose result is a list: `-o csv` is for it too, and nothing else gives a list's format.
#[derive(Debug, Clone, Copy, Args)]
pub struct ListOptions {}

impl ListOptions {
    /// Returns the format that was asked for.
    pub fn format(self, global: &GlobalArgs) -> ListFormat {
        ListFormat(global.output.unwrap_or_default())
    }
}

/// The global options as typed.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Server: a host name, an address, or hcp, hcp-eu, aptible
    #[arg(id = "global_host", short = 'H', long = "host", global = true, value_name = "HOST")]
    pub hosts: Vec<String>,
    /// Stored account to use; ignores tokens in the environment
    #[arg(long, global = true, value_name = "NAME")]
    pub account: Option<String>,
    /// Output format
    #[arg(short, long, global = true, value_name = "FORMAT")]
    output: Option<Output>,
    /// Print no progress messages
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print log messages (repeat for more detail)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Answer yes to confirmations
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Never prompt
    #[arg(long, global = true)]
    pub no_input: bool,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<ColorChoice>,
    /// Time limit for all requests, such as 30s
    #[arg(long, global = true, value_name = "TIME")]
    pub timeout: Option<String>,
    /// Additional root certificates (PEM file)
    #[arg(long, global = true, value_name = "PEM")]
    pub ca_file: Option<PathBuf>,
    /// What `config.toml` says.
    #[arg(skip)]
    pub config: Config,
    /// Describes the whole command line, for completions and manual pages.
    #[arg(skip = no_command_line as fn() -> clap::Command)]
    pub command_line: fn() -> clap::Command,
}

fn no_command_line() -> clap::Command {
    clap::Command::default()
}

impl GlobalArgs {
    /// Completes the options: flag, environment, configuration, default.
    pub fn complete(mut self, config: Config) -> Result<Self, Failure> {
        if self.account.is_none() {
            let name = environment::text("KEYBELT_ACCOUNT")?;
            if let Some(Err(failure)) = name.as_deref().map(AccountName::parse) {
                return Err(failure.about("KEYBELT_ACCOUNT"));
            }
            self.account = name;
        }
        if self.output.is_none() {
            self.output = Some(choice(&setting::OUTPUT, &config)?);
        }
        if self.color.is_none() {
            self.color = Some(choice(&setting::COLOR, &config)?);
        }
        if self.ca_file.is_none() {
            let found = settings::effective(&setting::CA_FILE, None, &config)?.value;
            self.ca_file = Some(found).filter(|path| !path.is_empty()).map(PathBuf::from);
        }
        self.config = config;
        self.quiet |= environment::boolean("KEYBELT_QUIET")?.unwrap_or(false);
        self.yes |= environment::boolean("KEYBELT_YES")?.unwrap_or(false);
        self.no_input |= environment::boolean("KEYBELT_NO_INPUT")?.unwrap_or(false);
        if self.verbose == 0
            && let Some(level) = environment::text("KEYBELT_VERBOSE")?
        {
            let wrong = || Failure::usage("`KEYBELT_VERBOSE` is a number from 0 to 3");
            self.verbose =
                level.trim().parse().ok().filter(|level| *level <= 3).ok_or_else(wrong)?;
        }
        Ok(self)
    }

    /// Takes what is typed for another program's protocol, and nothing else: no variable or setting for people
    /// reaches it.
    pub fn of_protocol(self, config: Config) -> Self {
        Self { output: Some(Output::Text), config, ..self }
    }

    /// Returns whether results are JSON.
    pub fn json(&self) -> bool {
        self.output == Some(Output::Json)
    }

    /// Returns whether results are to be CSV, which only lists can be.
    pub fn wants_csv(&self) -> bool {
        self.output == Some(Output::Csv)
    }

    /// Returns how the terminal is to behave.
    pub fn terminal_settings(&self) -> terminal::Settings {
        terminal::Settings {
            json: self.json(),
            quiet: self.quiet,
            color: self.color.unwrap_or_default(),
            verbosity: self.verbose,
            no_input: self.no_input,
        }
    }

    /// Begins a session on the host named here or in `host`.
    pub fn session(&self, host: Option<&str>, secrets: SecretArgs) -> Result<Session, Failure> {
        let mut named = host.into_iter().chain(self.hosts.iter().map(String::as_str));
        let first = named.next();
        if named.any(|other| Some(other) != first) {
            return Err(Failure::usage("conflicting hosts").hint("this command is about one host"));
        }
        self.session_on(first, secrets)
    }

    /// Begins a session of another program's protocol, which asks no server.
    pub fn session_of_protocol(&self) -> Result<Session, Failure> {
        let time = Lifetime::parse(setting::TIMEOUT.default)?;
        self.session_with(None, None, time, SecretArgs::default())
    }

    /// Begins a session for a command that takes several hosts, which it looks up in `hosts`.
    pub fn session_for_hosts(&self, secrets: SecretArgs) -> Result<Session, Failure> {
        self.session_on(None, secrets)
    }

    fn session_on(&self, host: Option<&str>, secrets: SecretArgs) -> Result<Session, Failure> {
        self.session_with(host, provider()?, self.timeout()?, secrets)
    }

    fn session_with(
        &self,
        host: Option<&str>,
        provider: Option<ProviderName>,
        time: Lifetime,
        secrets: SecretArgs,
    ) -> Result<Session, Failure> {
        Session::new(Options {
            host: host.map(str::to_owned),
            account: self
                .account
                .as_deref()
                .map(AccountName::parse)
                .transpose()
                .map_err(|failure| failure.about("--account"))?,
            provider,
            json: self.json(),
            in_place: !self.json(),
            yes: self.yes,
            timeout: Duration::from_secs(time.seconds().unsigned_abs()),
            ca_file: self.ca_file.clone(),
            config: self.config.clone(),
            store: None,
            secrets: secrets.sources(self.config.clone())?,
        })
    }

    /// Returns how long all requests, or other programs that are asked, may take.
    pub fn timeout(&self) -> Result<Lifetime, Failure> {
        settings::parsed(&setting::TIMEOUT, self.timeout.clone(), &self.config, Lifetime::parse)
    }
}

fn provider() -> Result<Option<ProviderName>, Failure> {
    let variable = setting::PROVIDER.variable();
    let word = environment::text(&variable)?;
    let provider = word.as_deref().map(ProviderName::parse).transpose();
    provider.map_err(|failure| failure.about(&variable))
}

fn choice<T: ValueEnum>(setting: &'static Setting, config: &Config) -> Result<T, Failure> {
    let word = settings::effective(setting, None, config)?.value;
    T::from_str(word.trim(), true).map_err(|_| {
        let words: Vec<_> = T::value_variants()
            .iter()
            .filter_map(|value| value.to_possible_value().map(|value| value.get_name().to_owned()))
            .collect();
        Failure::usage(format!("`{}` has a value that is not known", setting.variable()))
            .hint(format!("use {}", words.join(", ")))
    })
}
