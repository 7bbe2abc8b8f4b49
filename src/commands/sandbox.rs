//! `keybelt sandbox`: an account server on loopback, to try everything without an account.

use std::fmt;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::mpsc;

use clap::{Args, Subcommand, ValueEnum};
use keybelt_sandbox::{
    AptibleChoice, Event, Fault, Generation, Limits, Options, Sandbox, TokenLimitReading,
};
use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::private_file;
use crate::running_sandbox;
use crate::signal;
use crate::terminal;
use crate::text;

mod first_steps;
mod shell;
mod tour;

use self::tour::TourArgs;

/// The sandbox commands.
#[derive(Debug, Subcommand)]
pub enum SandboxCommand {
    /// Start a local account server and keep it running
    ///
    /// Has accounts with and without two-factor authentication, enforces the real servers' rules, and
    /// discards all data on exit. With -o json it prints one line (addresses, accounts, passwords, tokens)
    /// once it accepts connections.
    Start(StartArgs),
    /// Open a shell connected to a new sandbox
    Shell(shell::ShellArgs),
    /// Print an account's current verification code
    Code(CodeArgs),
    /// Watch a guided tour of keybelt in its own sandbox
    ///
    /// On a terminal each step waits for Enter.
    Tour(TourArgs),
}

/// Options of `sandbox start`.
#[derive(Debug, Args)]
pub struct StartArgs {
    /// Loopback address to listen on; port 0 picks a free one
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// Also serve HTTPS, with a new certificate authority
    #[arg(long)]
    pub tls: bool,
    /// Server generation: modern does not support password sign-in from the command line
    #[arg(long, value_enum, default_value = "classic", value_name = "NAME")]
    pub generation: GenerationChoice,
    /// Add accounts user-1 to user-N
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub accounts: u32,
    /// Fill the organization with N made-up members
    ///
    /// Of every twenty, by number modulo 20: 1 has no two-factor authentication, 2 has begun to enrol and not
    /// finished, 3 signs in elsewhere, 4 is only invited, 5 is a service account; all others have it. Nobody
    /// can sign in as one of them.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub members: u32,
    /// Fill the organization with N made-up tokens
    ///
    /// Of every ten, eight belong to a team and two to an agent pool; some were never used, some have expired,
    /// some were created by a user who has left.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub tokens: u32,
    /// Add a site administrator, root-admin
    #[arg(long)]
    pub site_admin: bool,
    /// What a lifetime policy limits: a token's whole lifetime, or what is left of it
    #[arg(long, value_enum, default_value = "since-creation", value_name = "READING")]
    pub token_limit: TokenLimitChoice,
    /// Request limits to enforce
    #[arg(long, value_enum, default_value = "documented")]
    pub limits: LimitsChoice,
    /// Inject a fault: KIND[@METHOD:/path][*COUNT]
    ///
    /// Kinds: delay, reset, truncate, 429, 429-seconds, 429-date, 429-reset, 500, 502-html, content-type,
    /// redirect, huge, hostile-text. By default every request, always.
    #[arg(long, value_name = "FAULT")]
    pub fault: Vec<String>,
    /// Choose behaviour that Aptible does not document (repeatable)
    ///
    /// For each key the default, then the others: creation-status=201|200, expires-at=iso|epoch,
    /// actor=present|absent, code-required-status=401|400, exception-context=full|empty|null|absent,
    /// wrong-code=invalid_credentials|otp_token_required,
    /// wrong-code-at-enable=422-unprocessable_entity|401-invalid_credentials,
    /// elevation-refusal=403-forbidden|403-access_denied|401-invalid_scope,
    /// lockout=429|429-seconds|403|401, no-configuration=absent|null|empty|blank, recovery-codes=digits|letters,
    /// revocation-answer=count|204, revocation=at-once|after-a-minute, page-size=25|2.
    #[arg(long, value_name = "KEY=VALUE")]
    pub aptible: Vec<String>,
}

/// Which generation of the servers the sandbox is.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum GenerationChoice {
    /// With password sign-in and two-factor actions for tools
    Classic,
    /// Without: tools sign in through a browser
    Modern,
}

/// How the sandbox compares a token's lifetime with an organization's policy.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum TokenLimitChoice {
    /// Expiry less creation
    SinceCreation,
    /// Expiry less the present time
    FromNow,
}

/// Which request limits the sandbox keeps.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LimitsChoice {
    /// Those that the servers document
    Documented,
    /// None
    Off,
}

/// Options of `sandbox code`.
#[derive(Debug, Args)]
pub struct CodeArgs {
    /// Account, such as bob
    #[arg(value_name = "USER")]
    pub user: String,
}

/// Runs the command.
pub fn run(command: SandboxCommand, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        SandboxCommand::Start(args) => serve(&args, global.json()),
        SandboxCommand::Shell(args) => shell::run(&args),
        SandboxCommand::Code(args) => code(&args, global),
        SandboxCommand::Tour(args) => tour::run(args),
    }
}

/// Starts a sandbox.
pub(super) fn start(options: Options) -> Result<Sandbox, Failure> {
    Sandbox::start(options)
        .map_err(|error| Failure::general("cannot start the sandbox").because(error))
}

fn serve(args: &StartArgs, json: bool) -> Result<ExitCode, Failure> {
    let faults: Vec<Fault> = parse_all("--fault", &args.fault)?;
    let aptible: Vec<AptibleChoice> = parse_all("--aptible", &args.aptible)?;
    if !args.listen.ip().is_loopback() {
        return Err(Failure::usage("the sandbox listens only on loopback")
            .hint("use --listen 127.0.0.1:4001"));
    }
    let (ended, end) = mpsc::channel();
    // A second signal finds nobody listening and ends the process as ever.
    let handling = signal::handle_with(move |_| ended.send(()).is_ok());
    let sandbox = start(Options {
        listen: args.listen,
        tls: args.tls,
        generation: match args.generation {
            GenerationChoice::Classic => Generation::Classic,
            GenerationChoice::Modern => Generation::Modern,
        },
        accounts: args.accounts,
        members: args.members,
        tokens: args.tokens,
        site_admin: args.site_admin,
        token_limit: match args.token_limit {
            TokenLimitChoice::SinceCreation => TokenLimitReading::SinceCreation,
            TokenLimitChoice::FromNow => TokenLimitReading::FromNow,
        },
        limits: match args.limits {
            LimitsChoice::Documented => Limits::Documented,
            LimitsChoice::Off => Limits::Off,
        },
        faults,
        aptible,
        ..Options::default()
    })?;
    let _registration = running_sandbox::register(sandbox.ready());
    let certificate = sandbox.ready().ca_file.as_deref();
    let _cleanup = certificate.and_then(private_file::remove_directory_of);
    let events = sandbox.events();
    if json {
        terminal::compact(&json!(sandbox.ready()));
    } else {
        terminal::result(&first_steps::page(sandbox.ready()));
    }
    std::thread::spawn(move || events.iter().for_each(|event| show(&event, json)));
    // It is the handler that sends, so there is nothing to learn from an error but that it is over.
    let _ = end.recv();
    drop(end);
    drop(sandbox);
    drop(handling);
    Ok(ExitCode::SUCCESS)
}

fn parse_all<T>(option: &str, texts: &[String]) -> Result<Vec<T>, Failure>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    let parsed: Result<_, _> = texts.iter().map(|text| text.parse()).collect();
    parsed.map_err(|error| Failure::usage(format!("`{option}`: {error}")))
}

fn show(event: &Event, json: bool) {
    let line = match event {
        Event::Text(text) => format!("text to {}: {}", text.to, text.code),
        Event::Mail(mail) => {
            format!(
                "mail to {}: challenge {}, code {}",
                text::escape(&mail.to),
                mail.challenge_id,
                mail.code
            )
        }
        Event::Request(request) => {
            let status =
                request.status.map_or("broken off".to_owned(), |status| status.to_string());
            format!("{} {}: {status}", request.method, text::escape(&request.path))
        }
    };
    if json {
        terminal::say(&line);
    } else {
        terminal::result(&line);
    }
}

fn code(args: &CodeArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, SecretArgs::default())?;
    let code = running_sandbox::code(&session, &args.user)?;
    if code.is_used {
        terminal::warn(&format!(
            "this code was already used; the next one appears in {} seconds",
            code.seconds_left
        ));
    }
    crate::report::answer(
        session.options.json,
        &code.code,
        &json!({ "code": code.code, "seconds_left": code.seconds_left }),
    );
    Ok(ExitCode::SUCCESS)
}
