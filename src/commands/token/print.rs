//! `keybelt token print`: the token that is used, for a pipe.

use std::process::ExitCode;

use clap::Args;
use secrecy::ExposeSecret;
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::lifetime::Lifetime;
use crate::report;
use crate::session::sudo::SensitiveAction;
use crate::terminal;

/// Options of `token print`.
#[derive(Debug, Args)]
pub struct PrintArgs {
    /// Print it even on a terminal
    #[arg(long)]
    pub reveal: bool,
    /// Exit with 3 if the token expires sooner than this, such as 1h
    #[arg(long, value_name = "TIME")]
    pub min_remaining: Option<String>,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: PrintArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut session = global.session(None, args.secrets)?;
    // Whoever wants this token wants no other one.
    session.options.in_place = false;
    let host = session.target()?.host;
    let signed_in = session.signed_in(&host)?;
    if terminal::stdout_is_terminal() && !args.reveal {
        return Err(Failure::usage("refusing to print a token on a terminal")
            .hint("use --reveal, or send it to a pipe: keybelt token print | …"));
    }
    let wanted = Lifetime::of_option("--min-remaining", args.min_remaining.as_deref())?;
    if let (Some(wanted), Some(stored)) = (wanted, &signed_in.stored)
        && session.has_less_than(stored, wanted)
    {
        return Err(Failure::not_signed_in(format!(
            "the token expires in less than {wanted}: it is valid {}",
            report::until(&session, stored)
        ))
        .hint(session.login_for(&host, wanted)?));
    }
    if terminal::stdout_is_terminal() {
        session.require_sudo_mode(&host, &SensitiveAction::of_account("revealing the token"))?;
    }
    let token = signed_in.credential.token.secret();
    let document = json!({
        "host": host.to_string(),
        "account": signed_in.account().map(|account| account.as_str()),
        "source": report::source_document(&signed_in.credential.source),
        "expires_at": report::moment_document(signed_in.entry().and_then(|entry| entry.deadline())),
        "token": token.expose_secret(),
    });
    report::answer(session.options.json, token.expose_secret(), &document);
    Ok(ExitCode::SUCCESS)
}
