//! The command line: what can be typed, and which command it means.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::admin::{self, AdminCommand};
use crate::commands::complete::{self, CompleteArgs};
use crate::commands::completions::{self, CompletionsArgs};
use crate::commands::config::{self, ConfigCommand};
use crate::commands::doctor::{self, DoctorArgs};
use crate::commands::exec::{self, ExecArgs};
use crate::commands::global::GlobalArgs;
use crate::commands::helper::{self, HelperCommand};
use crate::commands::import::{self, ImportArgs};
use crate::commands::lockdown::{self, LockdownArgs};
use crate::commands::login::{self, LoginArgs};
use crate::commands::logout::{self, LogoutArgs};
use crate::commands::man::{self, ManArgs};
use crate::commands::organization::{self, OrganizationCommand};
use crate::commands::password::{self, PasswordCommand};
#[cfg(feature = "sandbox")]
use crate::commands::sandbox::{self, SandboxCommand};
use crate::commands::secret_args::PlainArgs;
use crate::commands::session::{self, SessionCommand};
use crate::commands::ssh_key::{self, SshKeyCommand};
use crate::commands::status::{self, StatusArgs};
use crate::commands::store::{self, StoreCommand};
use crate::commands::sudo::{self, SudoArgs};
use crate::commands::switch::{self, SwitchArgs};
use crate::commands::token::{self, PrintArgs, TokenCommand};
use crate::commands::two_factor::{self, TwoFactorCommand};
use crate::commands::whoami;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::memory_guard;
use crate::signal;
use crate::store::config::{Config, ConfigFile};
use crate::terminal;

mod help;
mod usage;

/// How many columns a help page takes where there is room.
const WIDEST_HELP: usize = 80;

/// Sign in to Terraform Enterprise, HCP Terraform and Aptible
///
/// Stores tokens privately, shows how long they last, passes them to other tools, and manages two-factor
/// authentication from enrolment to recovery codes.
#[derive(Debug, Parser)]
#[command(name = "keybelt", version, subcommand_required = true, arg_required_else_help = true)]
struct CommandLine {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Login(LoginArgs),
    Logout(LogoutArgs),
    Status(StatusArgs),
    /// Print the account in use
    Whoami(PlainArgs),
    Switch(SwitchArgs),
    /// Print, list, create, revoke and rotate tokens
    #[command(subcommand)]
    Token(TokenCommand),
    /// List and revoke tokens created by tool sign-ins
    #[command(subcommand)]
    Session(SessionCommand),
    /// Enable, verify and disable two-factor authentication
    #[command(subcommand, name = "2fa")]
    TwoFactor(TwoFactorCommand),
    /// List, add and remove SSH keys
    #[command(subcommand)]
    SshKey(SshKeyCommand),
    /// Audit and require two-factor authentication in an organization
    #[command(subcommand, name = "org")]
    Organization(OrganizationCommand),
    /// Administer the users of a Terraform Enterprise server
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Change the password
    #[command(subcommand)]
    Password(PasswordCommand),
    Lockdown(LockdownArgs),
    Sudo(SudoArgs),
    Exec(ExecArgs),
    /// Let Terraform and OpenTofu get tokens from keybelt
    #[command(subcommand)]
    Helper(HelperCommand),
    Import(ImportArgs),
    /// Move tokens between stores
    #[command(subcommand)]
    Store(StoreCommand),
    /// Run a local account server for trying and testing keybelt
    #[cfg(feature = "sandbox")]
    #[command(subcommand)]
    Sandbox(SandboxCommand),
    /// Show and change settings
    #[command(subcommand)]
    Config(ConfigCommand),
    Doctor(DoctorArgs),
    Completions(CompletionsArgs),
    /// Print or install the manual pages
    Man(ManArgs),
    #[command(hide = true)]
    Complete(CompleteArgs),
}

/// Runs the command line and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    memory_guard::protect();
    let arguments = helper::arguments_by_name(arguments.into_iter().collect());
    // Asked by scripts and prompts all the time, and needs no description of the whole command line.
    let is_version = |word: &OsString| word == "--version" || word == "-V" || word == "version";
    if matches!(arguments.as_slice(), [_, only] if is_version(only)) {
        return version();
    }
    let is_topic = |word: &OsString| word == "options" || word == "environment";
    if matches!(arguments.as_slice(), [_, help, topic] if help == "help" && is_topic(topic)) {
        return print_help(&arguments, ExitCode::SUCCESS);
    }
    let parsed = parse(&arguments);
    let parsed =
        parsed.map_err(Box::new).map(|line| (complete(line.global, &line.command), line.command));
    match parsed {
        Ok((Ok(global), command)) => {
            terminal::start(global.terminal_settings());
            signal::ignore_file_size_signal();
            terminal::run(|| {
                if global.wants_csv() && !is_list(&arguments) {
                    return Err(Failure::usage("`-o csv` works only with list commands")
                        .hint("use -o json"));
                }
                dispatch(command, &global)
            })
        }
        Ok((Err(failure), command)) if is_protocol(&command) => {
            terminal::start(terminal::Settings::default());
            terminal::run(|| Err(failure))
        }
        Ok((Err(failure), _)) => usage::report_usage_error(&arguments, failure),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp => print_help(&arguments, ExitCode::SUCCESS),
            ErrorKind::DisplayVersion => version(),
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                print_help(&arguments, ExitCode::from(Kind::Usage.exit_code()))
            }
            _ => usage::report_usage_error(&arguments, usage::usage_failure(&error, &arguments)),
        },
    }
}

/// Parses the command line. Describing all of it takes most of the time of a short command, so those that
/// scripts, prompts and other programs run all the time are described alone; if that does not parse, whatever
/// is wrong, or help, is found with the whole.
fn parse(arguments: &[OsString]) -> Result<CommandLine, clap::Error> {
    let alone = described_alone(arguments)
        .and_then(|command| command.try_get_matches_from(arguments).ok())
        .and_then(|matches| CommandLine::from_arg_matches(&matches).ok());
    alone.map_or_else(|| CommandLine::try_parse_from(arguments), Ok)
}

/// Describes the one command that is meant, if it is one of those.
fn described_alone(arguments: &[OsString]) -> Option<clap::Command> {
    let named = clap::Command::new;
    let words: Vec<&str> = arguments.iter().skip(1).map_while(|word| word.to_str()).collect();
    let alone = match words.as_slice() {
        ["token", "print", ..] => {
            named("token").subcommand(PrintArgs::augment_args(named("print")))
        }
        ["helper", ..] => HelperCommand::augment_subcommands(named("helper")),
        ["2fa", "status", ..] => named("2fa").subcommand(PlainArgs::augment_args(named("status"))),
        ["status", ..] => StatusArgs::augment_args(named("status")),
        ["exec", ..] => ExecArgs::augment_args(named("exec")),
        ["completions", ..] => CompletionsArgs::augment_args(named("completions")),
        _ => return None,
    };
    Some(GlobalArgs::augment_args(named("keybelt").subcommand(alone)))
}

fn version() -> ExitCode {
    terminal::start(terminal::Settings::default());
    terminal::run(|| {
        terminal::result(concat!("keybelt ", env!("CARGO_PKG_VERSION")));
        Ok(ExitCode::SUCCESS)
    })
}

/// Completes the options from the environment and the configuration. A damaged configuration stops neither
/// the commands that repair it nor those that have no use for it.
fn complete(mut global: GlobalArgs, command: &Command) -> Result<GlobalArgs, Failure> {
    global.command_line = command_line;
    let is_above_it = matches!(
        command,
        Command::Config(_)
            | Command::Doctor(_)
            | Command::Complete(_)
            | Command::Completions(_)
            | Command::Man(_)
    );
    let config = environment::config_dir().and_then(|directory| {
        let file = ConfigFile::at(directory);
        file.read().map(|config| (config, file.take_notices()))
    });
    match config {
        Ok((config, notices)) => {
            let global = match is_protocol(command) {
                true => global.of_protocol(config),
                false => global.complete(config)?,
            };
            notices.iter().for_each(|notice| terminal::warn(notice));
            Ok(global)
        }
        Err(_) if is_above_it => global.complete(Config::default()),
        Err(failure) => Err(failure),
    }
}

/// Returns whether another program speaks its own protocol with us: how results look for people is no part of it.
fn is_protocol(command: &Command) -> bool {
    matches!(command, Command::Helper(helper) if helper.is_protocol())
}

/// Prints the page that was asked for, coloured where stdout is.
fn print_help(arguments: &[OsString], code: ExitCode) -> ExitCode {
    terminal::start(terminal::Settings::default());
    terminal::run(|| {
        let columns = terminal::stdout_is_terminal().then(terminal::width).unwrap_or(WIDEST_HELP);
        let page = help::page(command_line(), arguments, columns.min(WIDEST_HELP));
        let colored = terminal::stdout_is_colored();
        let text = if colored { page.ansi().to_string() } else { page.to_string() };
        terminal::result_raw(&terminal::wrapped(&text));
        Ok(code)
    })
}

fn dispatch(command: Command, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match command {
        Command::Login(args) => login::run(args, global),
        Command::Logout(args) => logout::run(args, global),
        Command::Status(args) => status::run(args, global),
        Command::Whoami(args) => whoami::run(args, global),
        Command::Switch(args) => switch::run(args, global),
        Command::Token(command) => token::run(command, global),
        Command::Session(command) => session::run(command, global),
        Command::SshKey(command) => ssh_key::run(command, global),
        Command::TwoFactor(command) => two_factor::run(command, global),
        Command::Organization(command) => organization::run(command, global),
        Command::Admin(command) => admin::run(command, global),
        Command::Password(command) => password::run(command, global),
        Command::Lockdown(args) => lockdown::run(args, global),
        Command::Sudo(args) => sudo::run(args, global),
        Command::Exec(args) => exec::run(args, global),
        Command::Helper(command) => helper::run(command, global),
        Command::Import(args) => import::run(args, global),
        Command::Store(command) => store::run(command, global),
        #[cfg(feature = "sandbox")]
        Command::Sandbox(command) => sandbox::run(command, global),
        Command::Config(command) => config::run(command, global),
        Command::Doctor(args) => doctor::run(args, global),
        Command::Completions(args) => completions::run(args, global),
        Command::Man(args) => man::run(args, global),
        Command::Complete(args) => complete::run(args, global),
    }
}

/// Returns whether the result of the command that was typed is a list of rows, as its options declare.
fn is_list(arguments: &[OsString]) -> bool {
    let mut whole = command_line();
    let Ok(matches) = whole.try_get_matches_from_mut(arguments) else {
        return false;
    };
    let (mut command, mut matches) = (&whole, &matches);
    while let Some((name, below)) = matches.subcommand() {
        let Some(found) = command.find_subcommand(name) else {
            return false;
        };
        (command, matches) = (found, below);
    }
    command.get_groups().any(|group| group.get_id() == "ListOptions")
}

/// Returns the whole command line, for completions, manuals and tests.
pub fn command_line() -> clap::Command {
    CommandLine::command()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::Parser;

    use super::{CommandLine, described_alone, parse};

    fn words(line: &str) -> Vec<OsString> {
        ["keybelt"].into_iter().chain(line.split(' ')).map(OsString::from).collect()
    }

    /// What falls back to the whole would be as right, and as slow as before.
    #[test]
    fn what_scripts_run_all_the_time_needs_no_more_than_its_own_description() {
        for line in [
            "token print --reveal -H hcp --code-stdin",
            "helper get a.example",
            "2fa status --timeout 3s --password-command x",
            "status --all --offline",
            "exec -H a.example -- terraform plan",
            "completions bash",
        ] {
            let alone = described_alone(&words(line)).expect(line);
            assert!(alone.try_get_matches_from(words(line)).is_ok(), "{line}");
        }
    }

    #[test]
    fn what_is_described_alone_means_what_the_whole_says() {
        for line in [
            "token print --reveal -H hcp --code-stdin",
            "token print --min-remaining 1h -o json",
            "token print --wrong",
            "token print --help",
            "token list",
            "helper get a.example",
            "helper install -y",
            "helper",
            "2fa status --timeout 3s --password-command x",
            "2fa resend",
            "status --all --offline",
            "status a.example b.example",
            "exec -H a.example -H b.example -- terraform plan --help",
            "exec --help",
            "completions bash",
            "completions tcsh",
            "-q token print",
        ] {
            let words = words(line);
            let shown = |parsed: Result<CommandLine, clap::Error>| match parsed {
                Ok(line) => format!("{line:?}"),
                Err(error) => format!("{:?} {error}", error.kind()),
            };
            assert_eq!(shown(parse(&words)), shown(CommandLine::try_parse_from(&words)), "{line}");
        }
    }
}
