//! `keybelt import`: take over tokens from other tools' files.

use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::operation::token_import::{self, Holding};
use crate::other_tools::{self, TokenFile};
use crate::provider_name::ProviderName;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::terminal;

/// Whose tokens are taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tool(ProviderName);

impl ValueEnum for Tool {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Tool; 2] = [Tool(ProviderName::ALL[0]), Tool(ProviderName::ALL[1])];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let dialect = self.0.dialect();
        Some(PossibleValue::new(dialect.tool).help(dialect.tokens_file()))
    }
}

/// Import tokens stored by Terraform or Aptible
///
/// Lists the tokens and asks, then checks each with its host and stores the valid ones. --move also deletes
/// them from the other tool's file.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Tool to import from
    #[arg(long, value_name = "TOOL", default_value = "terraform")]
    pub from: Tool,
    /// Delete imported tokens from the other tool's file
    #[arg(long = "move")]
    pub move_over: bool,
    /// Where to store the tokens: file, keyring or docker:NAME
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
}

/// Runs the command.
pub fn run(args: ImportArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut session = global.session(None, SecretArgs::default())?;
    session.options.store = args.store.clone();
    session.asked_store()?;
    let files = other_tools::files_of(args.from.0);
    let shown = files.first().map(|file| environment::shorten_home(file.path()));
    let shown = shown.ok_or_else(|| {
        Failure::general("there is no home directory").hint("set HOME to the directory of its user")
    })?;
    let found = wanted(&session, files)?;
    if found.is_empty() {
        terminal::say(&format!("Nothing to import: {shown} has no tokens"));
    }
    if found.iter().any(|holding| !holding.hosts().is_empty()) {
        confirm(&session, &found)?;
    }
    token_import::import_tokens(&session, &found, args.move_over)?;
    Ok(ExitCode::SUCCESS)
}

/// Returns what the files hold of what `--host` asks for. Only the tool's own file must be readable.
fn wanted(session: &Session, files: Vec<Box<dyn TokenFile>>) -> Result<Vec<Holding>, Failure> {
    let only = session.named_host()?;
    let mut found = Vec::new();
    for (nth, file) in files.into_iter().enumerate() {
        let mut tokens = match file.entries() {
            Err(failure) if nth > 0 => {
                terminal::warn(&failure.message);
                continue;
            }
            entries => entries?,
        };
        tokens.retain(|(host, _)| only.as_ref().is_none_or(|only| only == host));
        if !tokens.is_empty() {
            found.push(Holding { file, tokens });
        }
    }
    Ok(found)
}

fn confirm(session: &Session, found: &[Holding]) -> Result<(), Failure> {
    let held = found.iter().filter(|holding| !holding.hosts().is_empty()).map(|holding| {
        let shown = environment::shorten_home(holding.file.path());
        format!("{shown} has tokens for {}", holding.hosts().join(", "))
    });
    let held: Vec<String> = held.collect();
    let act = format!("{}; importing them", held.join(", "));
    let mut confirmation = Confirmation::new(session, &act, "use --yes")?;
    for held in &held {
        confirmation.show(&format!("{held}."));
    }
    let question = "Check each token with its host and import the valid ones?";
    confirmation.ask(question, "nothing was imported")
}
