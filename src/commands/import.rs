//! `keybelt import`: take over tokens from other tools' files.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::other_tools::TokenFile;
use crate::other_tools::aptible::AptibleFile;
use crate::other_tools::terraform::CredentialsFile;
use crate::redaction;
use crate::session::confirmation::Confirmation;
use crate::session::{Session, new_token};
use crate::terminal;
use crate::token::{Credential, Origin, Token};

/// Whose tokens are taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tool {
    /// Terraform's credentials.tfrc.json
    Terraform,
    /// Aptible's tokens.json
    Aptible,
}

impl Tool {
    fn file(self) -> Option<Box<dyn TokenFile>> {
        match self {
            Self::Terraform => Some(Box::new(CredentialsFile::of_user()?)),
            Self::Aptible => Some(Box::new(AptibleFile::of_user()?)),
        }
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
///
/// # Errors
/// Usage, if nobody confirms; the first failure of a token that could not be taken over.
pub fn run(args: &ImportArgs, global: &GlobalArgs) -> Result<(), Failure> {
    let mut session = global.session(None, SecretArgs::default())?;
    session.options.store = args.store.clone();
    session.asked_store()?;
    let file = args.from.file();
    let file = file.ok_or_else(|| Failure::failure("there is no home directory"))?;
    let tokens = wanted(&session, file.tokens()?)?;
    let shown = environment::shorten_home(file.path());
    if tokens.is_empty() {
        terminal::say(&format!("Nothing to import: {shown} holds no tokens"));
        return finish(&session, &[], None);
    }
    confirm(&session, &tokens, &shown)?;
    take_over(&session, &*file, &tokens, args.move_over)
}

/// Checks each token with its own host and stores those that work.
///
/// # Errors
/// The first failure of a token that could not be taken over.
pub(super) fn take_over(
    session: &Session,
    file: &dyn TokenFile,
    tokens: &[(Host, Token)],
    move_over: bool,
) -> Result<(), Failure> {
    let mut documents = Vec::new();
    let mut first_failure = None;
    for (host, token) in tokens {
        match import(session, host, token, move_over, file) {
            Ok(document) => documents.push(document),
            Err(failure) => {
                documents.push(json!({ "host": host.to_string(), "account": null, "imported": false, "error": failure.to_string() }));
                terminal::warn(&format!("{host}: {failure}"));
                first_failure.get_or_insert(failure);
            }
        }
    }
    finish(session, &documents, first_failure)
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

fn import(
    session: &Session,
    host: &Host,
    token: &Token,
    move_over: bool,
    file: &dyn TokenFile,
) -> Result<Value, Failure> {
    redaction::protect(token.secret());
    session.http.renew_time();
    let credential = Credential {
        host: host.clone(),
        token: token.clone(),
        source: file.source(),
        known_as: None,
    };
    let outcome = new_token::save_external_token(session, &credential, Origin::Imported)?;
    if move_over {
        file.remove(host, token)?;
    }
    let name = &outcome.account.name;
    terminal::say(&format!("Imported the token of {name} at {host}"));
    Ok(
        json!({ "host": host.to_string(), "account": name.as_str(), "imported": true, "error": null }),
    )
}

fn finish(session: &Session, documents: &[Value], failure: Option<Failure>) -> Result<(), Failure> {
    if session.options.json {
        terminal::document(&json!({ "tokens": documents }));
    }
    failure.map_or(Ok(()), |failure| {
        Err(Failure { message: "not every token was imported".to_owned(), ..failure })
    })
}
