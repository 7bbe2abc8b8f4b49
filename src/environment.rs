//! The process's surroundings: environment variables, directories, the clock, this machine's name.
//!
//! The one place that reads them, so that everything else can be given what it needs. A blank variable is
//! an unset one, except where its being blank says something (a CI secret that is not there).

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::failure::Failure;
use crate::provider_name;
use crate::setting;

/// Returns every variable that keybelt reads, with what it is for; the table in the documents is this one.
pub fn documented() -> impl Iterator<Item = (String, String)> {
    let owned = |(name, meaning): &(&str, &str)| ((*name).to_owned(), (*meaning).to_owned());
    let of_servers = provider_name::dialects().flat_map(|dialect| dialect.variables).map(owned);
    of_servers.chain(setting::variables()).chain(VARIABLES.iter().map(owned))
}

/// The variables that are neither of one kind of server nor a setting's.
const VARIABLES: &[(&str, &str)] = &[
    ("KEYBELT_HOST", "the account server (--host)"),
    ("KEYBELT_ACCOUNT", "the stored account (--account)"),
    ("KEYBELT_QUIET", "1: no progress messages (--quiet)"),
    ("KEYBELT_VERBOSE", "0 to 3: log messages (--verbose)"),
    ("KEYBELT_YES", "1: answer confirmations (--yes)"),
    ("KEYBELT_NO_INPUT", "1: never prompt (--no-input)"),
    ("KEYBELT_CONFIG_DIR", "directory of tokens.json"),
    ("KEYBELT_EXEC_ACCOUNTS", "set by exec for its command: the accounts whose tokens it has"),
    ("BROWSER", "the browser that login --web opens"),
    ("CI", "anything but 0 or false: never prompt"),
    ("NO_COLOR", "any value: no colour"),
    ("CLICOLOR_FORCE", "any value but 0: colour in pipes too"),
    ("HTTPS_PROXY", "proxy for TLS connections, never for loopback"),
    ("ALL_PROXY", "proxy for TLS connections, if HTTPS_PROXY is unset"),
    ("NO_PROXY", "hosts that need no proxy"),
    ("SSL_CERT_FILE", "root certificates instead of the system's"),
    ("SSL_CERT_DIR", "the same as a directory"),
];

/// Returns whether a terminal shows more than ASCII, as far as the locale says.
pub fn has_unicode() -> bool {
    let set = |name| raw(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
    locale.is_none_or(|locale| {
        let locale = locale.to_string_lossy().to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// Returns a variable's raw value.
pub fn raw(name: &str) -> Option<OsString> {
    debug_assert!(
        documented().any(|(known, _)| known == name)
            || SYSTEM.contains(&name)
            || name.starts_with(crate::terraform_variable::PREFIX),
        "{name} is missing in the table of variables"
    );
    variable(name)
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Variables of the operating system, not worth a row in the table.
const SYSTEM: [&str; 12] = [
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "XDG_RUNTIME_DIR",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "SHELL",
    "TERM",
    "COLUMNS",
    "PATH",
    "SSH_CONNECTION",
    "DBUS_SESSION_BUS_ADDRESS",
];

/// Returns a variable's text; blank is unset.
///
/// # Errors
/// A usage failure if the value is not text; it is never shown.
pub fn text(name: &str) -> Result<Option<String>, Failure> {
    match raw(name).map(OsString::into_string) {
        None => Ok(None),
        Some(Err(_)) => Err(Failure::usage(format!("`{name}` is not valid UTF-8"))),
        Some(Ok(value)) if value.trim().is_empty() => Ok(None),
        Some(Ok(value)) => Ok(Some(value)),
    }
}

/// Returns whether a variable is there, blank or not.
pub fn is_set(name: &str) -> bool {
    raw(name).is_some()
}

/// Returns whether a variable is there but blank.
pub fn is_blank(name: &str) -> bool {
    raw(name).is_some_and(|value| value.to_str().is_some_and(|value| value.trim().is_empty()))
}

/// Returns a yes-or-no variable: 1/0/true/false/yes/no.
pub fn boolean(name: &str) -> Result<Option<bool>, Failure> {
    let value = text(name)?.as_deref().map(yes_or_no).transpose();
    value.map_err(|failure| failure.about(name))
}

/// Reads a yes or a no, as every switch takes it outside the command line.
pub fn yes_or_no(text: &str) -> Result<bool, Failure> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" => Ok(true),
        "0" | "false" | "no" => Ok(false),
        _ => Err(Failure::usage("expected true or false").hint("use 1, 0, true, false, yes or no")),
    }
}

/// Returns whether this is a CI job, which is never asked anything.
pub fn is_ci() -> bool {
    raw("CI").is_some_and(|value| {
        let value = value.to_string_lossy().trim().to_ascii_lowercase();
        !matches!(value.as_str(), "" | "0" | "false")
    })
}

/// Returns every variable, to be passed on to a child.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn variables() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os()
}

/// Returns every variable that holds no token and no other secret, for a child that acts for itself.
pub fn variables_without_secrets() -> impl Iterator<Item = (OsString, OsString)> {
    variables().filter(|(name, _)| !may_hold_secret(name))
}

fn may_hold_secret(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_uppercase();
    let mut others = provider_name::dialects().flat_map(|dialect| dialect.other_secrets);
    provider_name::token_variables().any(|variable| variable.name == name)
        || others.any(|other| *other == name)
        || (["TF_", "TFE_", "ATLAS_"].iter().any(|start| name.starts_with(start))
            && name.contains("TOKEN"))
        || name.strip_prefix("KEYBELT_").is_some_and(|rest| {
            ["TOKEN", "PASSWORD", "CODE", "SECRET"].iter().any(|word| rest.contains(word))
        })
}

/// Returns whether a session bus could be there, on which a keyring answers. Nothing is started.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn has_session_bus() -> bool {
    let runtime = || runtime_dir().unwrap_or_else(|| format!("/run/user/{}", user_id()).into());
    match raw("DBUS_SESSION_BUS_ADDRESS") {
        Some(address) => !address.is_empty(),
        None => runtime().join("bus").exists(),
    }
}

/// Returns whether the system's keyring could answer: here it is a part of the system.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub fn has_session_bus() -> bool {
    true
}

/// Splits a list of paths as the system writes it; blank entries are left out.
pub fn split_paths(list: &OsStr) -> Vec<PathBuf> {
    std::env::split_paths(list).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// Returns the path of a program in `PATH`; entries that are not absolute do not count, for they depend on
/// the working directory.
pub fn program_in_path(name: &str) -> Option<PathBuf> {
    program_in(&raw("PATH")?, name)
}

fn program_in(path: &OsStr, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path)
        .filter(|directory| directory.is_absolute())
        .flat_map(|directory| program_files(name).map(move |file| directory.join(file)))
        .find(|program| is_program(program))
}

/// Returns the names of the programs in `PATH` that begin with `begun`, each once, in order.
pub fn programs(begun: &str) -> Vec<String> {
    let path = raw("PATH").unwrap_or_default();
    let directories = std::env::split_paths(&path).filter(|directory| directory.is_absolute());
    let entries = directories.filter_map(|directory| directory.read_dir().ok()).flatten().flatten();
    let named = entries.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry)));
    let fitting = named.filter(|(name, _)| name.starts_with(begun));
    let names = fitting.filter(|(_, entry)| is_program(&entry.path())).map(|(name, _)| name);
    names.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

/// Returns the names of files that may be a program: on Windows a script is one too.
fn program_files(name: &str) -> impl Iterator<Item = String> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    let is_complete = cfg!(windows) && endings.iter().any(|ending| name.ends_with(ending));
    let endings = if is_complete { &[""] } else { endings };
    endings.iter().map(move |ending| format!("{name}{ending}"))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// Returns the present moment by this machine's clock.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Returns the directory of `tokens.json` and `config.toml`; it need not exist.
pub fn config_dir() -> Result<PathBuf, Failure> {
    if let Some(dir) = raw("KEYBELT_CONFIG_DIR").filter(|dir| !dir.is_empty()) {
        let dir = PathBuf::from(dir);
        return if dir.is_absolute() {
            Ok(dir)
        } else {
            Err(Failure::usage("`KEYBELT_CONFIG_DIR` is not an absolute path"))
        };
    }
    let missing = || {
        Failure::general("there is no home directory to keep tokens in")
            .hint("set KEYBELT_CONFIG_DIR to an absolute path")
    };
    let base = base_directories().ok_or_else(missing)?;
    Ok(parent_of_config(&base).join("keybelt"))
}

/// Returns the user's directories. A relative `HOME` is none: it would be read from the working directory.
fn base_directories() -> Option<directories::BaseDirs> {
    directories::BaseDirs::new().filter(|base| base.home_dir().is_absolute())
}

/// `~/.config` on macOS too: people keep their dot files in one place.
#[cfg(target_os = "macos")]
fn parent_of_config(base: &directories::BaseDirs) -> PathBuf {
    variable("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .filter(|dir| dir.is_absolute())
        .unwrap_or_else(|| base.home_dir().join(".config"))
}

#[cfg(not(target_os = "macos"))]
fn parent_of_config(base: &directories::BaseDirs) -> PathBuf {
    base.config_dir().to_owned()
}

/// Returns Terraform's configuration directory: `~/.terraform.d`, on Windows `%APPDATA%\terraform.d`.
pub fn terraform_dir() -> Option<PathBuf> {
    let base = base_directories()?;
    Some(if cfg!(windows) {
        base.config_dir().join("terraform.d")
    } else {
        base.home_dir().join(".terraform.d")
    })
}

/// Returns the user's home directory.
pub fn home_dir() -> Option<PathBuf> {
    Some(base_directories()?.home_dir().to_owned())
}

/// Returns the directory of what keybelt keeps beside tokens and settings: a copy of itself.
pub fn data_dir() -> Option<PathBuf> {
    Some(base_directories()?.data_dir().join("keybelt"))
}

/// Returns the user's private directory for things of this session.
pub fn runtime_dir() -> Option<PathBuf> {
    raw("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| dir.is_absolute())
}

/// Returns where Windows lives; nothing elsewhere.
pub fn system_root() -> Option<OsString> {
    variable("SystemRoot").filter(|_| cfg!(windows))
}

/// Returns the directory for temporary files.
pub fn temporary_dir() -> PathBuf {
    std::env::temp_dir()
}

/// Returns the path of this very program.
pub fn own_program() -> Result<PathBuf, Failure> {
    std::env::current_exe()
        .map_err(|error| Failure::general("cannot find the path of keybelt itself").because(error))
}

/// Returns this machine's kind as the Go language calls it.
pub fn platform() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        system => system,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        processor => processor,
    };
    format!("{system}_{processor}")
}

/// Returns this machine's name, for the description of tokens: letters, digits, `.` and `-`.
pub fn machine_name() -> String {
    let name = raw_machine_name();
    let clean: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .take(64)
        .collect();
    if clean.is_empty() { "this machine".to_owned() } else { clean }
}

#[cfg(unix)]
fn raw_machine_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn raw_machine_name() -> String {
    variable("COMPUTERNAME").map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Returns the home directory in `path` shortened to `~`, for messages.
pub fn shorten_home(path: &Path) -> String {
    // On Windows nobody writes a path that way.
    let home = base_directories().filter(|_| !cfg!(windows));
    let rest = home.as_ref().and_then(|base| path.strip_prefix(base.home_dir()).ok());
    match rest {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

/// Returns who runs this process, as a number.
#[cfg(unix)]
pub fn user_id() -> u32 {
    rustix::process::getuid().as_raw()
}

/// Returns who runs this process: elsewhere than on Unix, temporary directories are the user's own.
#[cfg(not(unix))]
pub fn user_id() -> u32 {
    0
}

/// Returns the user's choice of a browser, as a command.
pub fn browser() -> Option<String> {
    text("BROWSER").ok().flatten()
}

/// Returns whether this terminal is another machine's, whose browser would open where nobody sees it.
pub fn is_remote() -> bool {
    raw("SSH_CONNECTION").is_some_and(|value| !value.is_empty())
}

/// Returns the user's shell.
pub fn shell() -> OsString {
    raw("SHELL")
        .filter(|shell| Path::new(shell).is_absolute())
        .unwrap_or_else(|| OsString::from(if cfg!(windows) { "cmd.exe" } else { "/bin/sh" }))
}

/// Returns the first of some variables that is not blank, by its name.
pub fn first_of(names: &[&'static str]) -> Option<(&'static str, OsString)> {
    let named = names.iter().filter_map(|name| Some((*name, variable(name)?)));
    named.into_iter().find(|(_, value)| !value.to_string_lossy().trim().is_empty())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::{may_hold_secret, program_in};

    #[test]
    fn a_childs_environment_has_no_tokens() {
        for name in [
            "ATLAS_TOKEN",
            "TFE_TOKEN",
            "APTIBLE_ACCESS_TOKEN",
            "TF_TOKEN_app_terraform_io",
            "tf_token_app_terraform_io",
            "KEYBELT_PASSWORD",
            "ATLAS_API_TOKEN",
            "TFE_TOKEN_app_terraform_io",
        ] {
            assert!(may_hold_secret(OsStr::new(name)), "{name}");
        }
        for name in ["PATH", "HOME", "ATLAS_ADDRESS", "KEYBELT_HOST"] {
            assert!(!may_hold_secret(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_program_is_looked_for_in_absolute_entries_alone() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().expect("a directory");
        let program = place.path().join("tool");
        std::fs::write(&program, "").expect("written");
        let mode = |mode| std::fs::set_permissions(&program, PermissionsExt::from_mode(mode));
        mode(0o755).expect("ours");
        let path = |entry: &str| OsStr::new(&format!("/nonexistent:{entry}")).to_owned();
        let found = |entry: &str| program_in(&path(entry), "tool");
        let absolute = place.path().to_str().expect("text");
        assert_eq!(found(absolute), Some(program.clone()));
        // As many steps up as there can be lead to the root, from wherever the tests run.
        let relative = format!("{}{}", "../".repeat(64), &absolute[1..]);
        assert!(std::path::Path::new(&relative).join("tool").exists());
        assert_eq!(found(&relative), None);
        assert_eq!(found(""), None);
        mode(0o644).expect("ours");
        assert_eq!(found(absolute), None, "it is no program");
    }
}
