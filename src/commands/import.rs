//! `keybelt import`: take over tokens from other tools' files.

use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::operation::token_import;
use crate::other_tools;
use crate::provider_name::ProviderName;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::terminal;
use crate::token::Token;

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

/// Take over tokens that Terraform or Aptible keep in plain text
///
/// Lists them, asks, checks each with its own host, and stores those that work. --move also removes them
/// from the other tool's file.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Whose file
    #[arg(long, value_name = "TOOL", default_value = "terraform")]
    pub from: Tool,
    /// Remove what was imported from the other tool's file
    #[arg(long = "move")]
    pub move_over: bool,
    /// Where to keep the tokens: file, keyring or docker:NAME
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
}

/// Runs the command.
pub fn run(args: ImportArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut session = global.session(None, SecretArgs::default())?;
    session.options.store = args.store.clone();
    session.asked_store()?;
    let file = other_tools::file_of(args.from.0);
    let file = file.ok_or_else(|| Failure::general("there is no home directory"))?;
    let tokens = wanted(&session, file.tokens()?)?;
    let shown = environment::shorten_home(file.path());
    if tokens.is_empty() {
        terminal::say(&format!("Nothing to import: {shown} holds no tokens"));
        token_import::finish(&session, &[], None)?;
        return Ok(ExitCode::SUCCESS);
    }
    confirm(&session, &tokens, &shown)?;
    token_import::import_tokens(&session, &*file, &tokens, args.move_over)?;
    Ok(ExitCode::SUCCESS)
}

/// Keeps only what `--host` asks for.
fn wanted(session: &Session, tokens: Vec<(Host, Token)>) -> Result<Vec<(Host, Token)>, Failure> {
    let only = session.named_host()?;
    Ok(tokens
        .into_iter()
        .filter(|(host, _)| only.as_ref().is_none_or(|only| only == host))
        .collect())
}

fn confirm(session: &Session, tokens: &[(Host, Token)], shown: &str) -> Result<(), Failure> {
    let hosts: Vec<String> = tokens.iter().map(|(host, _)| host.to_string()).collect();
    let list = hosts.join(", ");
    let act = format!("{shown} holds tokens for {list}; importing them");
    let mut confirmation = Confirmation::new(session, &act, "use --yes")?;
    confirmation.show(&format!("{shown} holds tokens for {list}."));
    let question = "Check each with its host, and import those that work?";
    confirmation.ask(question, "nothing was imported")
}
