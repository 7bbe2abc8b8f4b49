//! What is wrong here, and what to do about it.
//!
//! Every finding is made of names, places and times, never of values, so that it is safe to paste.

use std::collections::BTreeSet;
use std::time::Instant;

use jiff::Timestamp;

use crate::account::AccountName;
use crate::clock_skew::ClockSkew;
use crate::environment;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::http::{Proxy, Request};
use crate::other_tools;
use crate::other_tools::helper_program;
use crate::other_tools::terraform_credentials::{self, Answer, CliConfiguration, PROVIDER};
use crate::other_tools::terraform_files::Tool;
use crate::provider_name::{GrantBy, ProviderName};
use crate::session::Session;
use crate::session::target::Target;
use crate::session::token_state::TokenState;
use crate::session::{credential, mistyped_variable, settings};
use crate::setting;
use crate::store::config::ConfigFile;
use crate::store::{Entry, StoreName, Stored};
use crate::terraform_variable;
use crate::text;
use crate::token::Source;

/// What was looked at, and what came of it.
#[derive(Debug)]
pub struct Check {
    /// What was looked at.
    pub subject: &'static str,
    /// What was found, in words.
    pub found: String,
    /// What to do about it; `None` if all is well.
    pub remedy: Option<String>,
}

impl Check {
    fn passed(subject: &'static str, found: impl Into<String>) -> Self {
        Self { subject, found: found.into(), remedy: None }
    }

    fn problem(subject: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { subject, found: found.into(), remedy: Some(remedy.into()) }
    }

    fn failed(subject: &'static str, failure: &Failure) -> Self {
        let remedy = failure
            .hint
            .clone()
            .unwrap_or_else(|| "repair it, then run `keybelt doctor` again".to_owned());
        let found = [failure.message.clone()].into_iter();
        let found: Vec<_> = found.chain(failure.causes()).collect();
        Self::problem(subject, found.join(": "), remedy)
    }
}

/// Looks at everything.
pub fn examine(session: &Session) -> Vec<Check> {
    let mut checks = vec![tokens_file(session), config_file(), lock(session)];
    checks.extend(stores(session));
    checks.extend(variables(session));
    checks.extend(near_misses(session));
    checks.extend(terraform(session));
    checks.extend(of_one_token(session));
    let server = server(session);
    let answers = server.iter().any(|check| check.subject == "server" && check.remedy.is_none());
    checks.extend(server);
    checks.extend(sign_in(session, answers));
    checks
}

fn tokens_file(session: &Session) -> Check {
    let shown = environment::shorten_home(session.store.path());
    match session.store.read() {
        Err(failure) => Check::failed("tokens.json", &failure),
        Ok(tokens) => match session.store.take_notices().into_iter().next() {
            Some(notice) => Check::problem(
                "tokens.json",
                notice,
                "sign out and in again to replace the tokens in it",
            ),
            None => Check::passed(
                "tokens.json",
                format!("{shown}: {}, permissions ok", text::plural(tokens.hosts().len(), "host")),
            ),
        },
    }
}

fn config_file() -> Check {
    let file = match environment::config_dir() {
        Ok(directory) => ConfigFile::at(directory),
        Err(failure) => return Check::failed("config.toml", &failure),
    };
    match file.read() {
        Err(failure) => Check::failed("config.toml", &failure),
        Ok(config) => Check::passed("config.toml", text::plural(config.keys().len(), "setting")),
    }
}

fn lock(session: &Session) -> Check {
    let started = Instant::now();
    match session.store.change(|_| Ok(())) {
        Ok(()) => Check::passed("lock", format!("free, {} ms", started.elapsed().as_millis())),
        Err(failure) => Check::failed("lock", &failure),
    }
}

/// Asks every store that holds tokens or is configured, each once, and the keyring anyway.
fn stores(session: &Session) -> Vec<Check> {
    let entries = entries(session);
    let mut used: BTreeSet<_> = entries.iter().map(|stored| &stored.entry.store).collect();
    let mut checks = Vec::new();
    let configured =
        settings::parsed(&setting::STORE, None, &session.options.config, StoreName::parse);
    match &configured {
        Ok(configured) => _ = used.insert(configured),
        Err(failure) => checks.push(Check::failed("store", failure)),
    }
    for store in used.iter().filter(|store| ***store != StoreName::File) {
        let holds = |stored: &&Stored| stored.entry.store == **store;
        checks.push(match entries.iter().find(holds) {
            Some(stored) => read(session, stored),
            None => probe(session, store, true),
        });
    }
    if !used.contains(&StoreName::Keyring) {
        checks.push(probe(session, &StoreName::Keyring, false));
    }
    checks.extend(entries.iter().filter_map(copy));
    checks
}

fn entries(session: &Session) -> Vec<Stored> {
    let tokens = session.store.read();
    tokens.map(|tokens| tokens.entries()).unwrap_or_default()
}

/// Tells of a copy that an interrupted move may have left in another store.
fn copy(stored: &Stored) -> Option<Check> {
    let Stored { host, account, entry } = stored;
    let copy = entry.extra_copy_in.as_ref()?;
    Some(Check::problem(
        "stored tokens",
        format!("{copy} may still have a copy of the token of {account} at {host}"),
        format!("delete it with `keybelt store migrate {}`", entry.store),
    ))
}

/// Asks a store for a token that it should have.
fn read(session: &Session, stored: &Stored) -> Check {
    let Stored { host, account, entry: Entry { store, .. } } = stored;
    let started = Instant::now();
    let answer = session.store.get(stored);
    let took = started.elapsed().as_millis();
    match answer {
        Ok(Some(_)) => {
            Check::passed(subject(store), format!("{} responds, {took} ms", store_label(store)))
        }
        Ok(None) => Check::problem(
            subject(store),
            format!("{} has no token of {account} at {host}, {took} ms", store_label(store)),
            format!("run `keybelt login {host}`"),
        ),
        Err(failure) => Check::failed(subject(store), &failure),
    }
}

/// Asks a store for a token that nobody has.
fn probe(session: &Session, store: &StoreName, is_wanted: bool) -> Check {
    let started = Instant::now();
    let answer = match (Host::parse("keybelt.invalid"), AccountName::parse("doctor")) {
        (Ok(host), Ok(account)) => session.store.ask(store, |secrets| secrets.get(&host, &account)),
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    };
    let took = started.elapsed().as_millis();
    match answer {
        Ok(_) => {
            Check::passed(subject(store), format!("{} responds, {took} ms", store_label(store)))
        }
        Err(failure) if failure.kind == Kind::Usage => Check::failed(subject(store), &failure),
        Err(failure) if is_wanted => {
            // The message names the account that was made up to ask.
            let found = failure.causes().pop().unwrap_or(failure.message);
            let found = format!("{} does not work: {found}", store_label(store));
            Check::problem(subject(store), found, store_remedy(store))
        }
        Err(failure) => Check::passed(
            subject(store),
            format!("not in use; unavailable: {}, {took} ms", failure.message),
        ),
    }
}

/// Returns what to do about a store that does not work, whoever's token is wanted.
fn store_remedy(store: &StoreName) -> String {
    let other = "or choose another store with `keybelt config set store file`";
    match store {
        StoreName::Docker(name) => {
            let program = format!("docker-credential-{name}");
            match environment::program_in_path(&program) {
                Some(_) => format!(
                    "initialize the helper's own store until `echo x | {program} get` says that it has none, {other}"
                ),
                None => format!("install `{program}`, {other}"),
            }
        }
        _ => format!("unlock it, {other}"),
    }
}

fn subject(store: &StoreName) -> &'static str {
    match store {
        StoreName::Docker(_) => "credential helper",
        _ => "keyring",
    }
}

/// Returns what is asked: the keyring, or a helper's program.
fn store_label(store: &StoreName) -> String {
    match store {
        StoreName::Docker(name) => {
            let program = format!("docker-credential-{name}");
            let path = environment::program_in_path(&program);
            path.map_or(program, |path| environment::shorten_home(&path))
        }
        store => store.to_string(),
    }
}

/// Looks for token variables that are blank, make no sense, or take each other's place.
fn variables(session: &Session) -> Vec<Check> {
    let host = match session.target() {
        Ok(target) => target.host,
        Err(failure) => return vec![Check::failed("target", &failure)],
    };
    let candidates = match credential::candidates(session, &host) {
        Ok(candidates) => candidates,
        Err(failure) => return vec![Check::failed("token variables", &failure)],
    };
    let mut checks = Vec::new();
    let mut winner: Option<String> = None;
    for candidate in &candidates {
        let name = candidate.source.to_string();
        match (candidate.passed_over, &candidate.source) {
            (Some(_), Source::Variable(_)) if environment::is_blank(&name) => {
                let remedy = if name.starts_with(terraform_variable::PREFIX) {
                    format!(
                        "unset {name}: Terraform treats the blank value as a token and looks no further"
                    )
                } else {
                    format!("give it a value, or unset {name}")
                };
                checks.push(Check::problem(
                    "token variables",
                    format!("{name} is set but blank"),
                    remedy,
                ));
            }
            (None, _) => winner = Some(name),
            (Some(_), Source::Variable(_)) if candidate.host != host => {
                checks.push(Check::passed(
                    "token variables",
                    format!("{name} is for {}", candidate.host),
                ));
            }
            (Some(_), _) => {
                let first = winner.clone().unwrap_or_default();
                checks.push(Check::problem(
                    "token variables",
                    format!("{name} for {host} is not used: {first} takes precedence"),
                    format!("unset {first}, or leave it if it is meant to win"),
                ));
            }
        }
    }
    let used =
        winner.map_or(format!("{host}: no token"), |winner| format!("{host}: token from {winner}"));
    checks.push(Check::passed("credential", used));
    checks
}

/// Looks for variables that were meant to be token variables and are none.
fn near_misses(session: &Session) -> Vec<Check> {
    let Ok(target) = session.target() else {
        return Vec::new();
    };
    mistyped_variable::near_misses(session, &target.host)
        .into_iter()
        .map(|miss| {
            Check::problem("token variables", miss.found, format!("did you mean {}?", miss.meant))
        })
        .collect()
}

/// Tells what Terraform, OpenTofu and the tfe provider would use for the target, and what is wrong with their
/// configuration.
fn terraform(session: &Session) -> Vec<Check> {
    let wrong = |(found, remedy)| Check::problem("terraform", found, remedy);
    let configurations = Tool::ALL.map(CliConfiguration::of);
    let mut problems = Vec::new();
    for problem in
        configurations.iter().flat_map(CliConfiguration::problems).chain(helper(&configurations))
    {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    let mut checks: Vec<_> = problems.into_iter().map(wrong).collect();
    let Ok(Target { host, .. }) = session.target() else {
        return checks;
    };
    let has_token = matches!(session.store.find(&host, None), Ok(Some(_)));
    for (tool, answer) in terraform_credentials::uses(&host) {
        let found = format!("{tool} would use {answer} for {host}");
        checks.push(match answer {
            Answer::File { shown, .. } if has_token && tool != PROVIDER => Check::problem(
                "terraform",
                format!("{found}, not the token that keybelt has"),
                format!("remove what {shown} has for {host}, or run `keybelt import --move`"),
            ),
            Answer::MissingHelper(_) => {
                Check::problem("terraform", found, "run `keybelt helper install`")
            }
            Answer::Unknown(_) => {
                Check::problem("terraform", found, "make the configuration readable")
            }
            _ => Check::passed("terraform", found),
        });
    }
    checks.extend(leftovers(ProviderName::Atlas, &host));
    checks
}

/// Tells what is wrong with the helper's program where it is asked for.
fn helper(configurations: &[CliConfiguration]) -> Vec<(String, String)> {
    if !configurations.iter().any(CliConfiguration::asks_keybelt) {
        return Vec::new();
    }
    let (Ok(place), Ok(standing)) = (helper_program::place(), helper_program::standing()) else {
        return Vec::new();
    };
    standing.problem(&place).into_iter().chain(helper_program::exposure()).collect()
}

fn leftovers(provider: ProviderName, host: &Host) -> Vec<Check> {
    let tool = provider.dialect().tool;
    let from = if provider == ProviderName::Atlas { "" } else { &format!("--from {tool} ") };
    let may_hold = host.is_https() || provider.dialect().grant == GrantBy::Address;
    let files = other_tools::files_of(provider).into_iter().filter(|_| may_hold);
    files
        .filter(|file| file.token(host).is_ok_and(|token| token.is_some()))
        .map(|file| {
            let shown = environment::shorten_home(file.path());
            Check::problem(
                tool,
                format!("{shown} has a token for {host} in plain text"),
                format!("move it into keybelt's store with `keybelt import {from}--move`"),
            )
        })
        .collect()
}

/// Tells what tools that know one token at a time would use for the target.
fn of_one_token(session: &Session) -> Vec<Check> {
    let Ok(Target { host, .. }) = session.target() else {
        return Vec::new();
    };
    let uses = other_tools::uses(&host)
        .into_iter()
        .map(|(tool, found)| Check::passed(tool, format!("{tool} would use {found} for {host}")));
    let takes_one = |name: &ProviderName| name.dialect().grant == GrantBy::Address;
    let is_mirrored = session.writes_tool_file().unwrap_or(false);
    let providers = ProviderName::ALL.into_iter().filter(takes_one).filter(|_| !is_mirrored);
    uses.chain(providers.flat_map(|provider| leftovers(provider, &host))).collect()
}

/// Asks the target's public discovery document: connection, proxy and clock.
fn server(session: &Session) -> Vec<Check> {
    let Ok(target) = session.target() else {
        return Vec::new();
    };
    let host = &target.host;
    let mut checks = Vec::new();
    if host.is_https() && !host.is_loopback() {
        checks.push(match Proxy::to(host) {
            Ok(proxy) => {
                let none = || "none".to_owned();
                Check::passed("proxy", proxy.map_or_else(none, |proxy| proxy.to_string()))
            }
            Err(failure) => Check::failed("proxy", &failure),
        });
    }
    let started = Instant::now();
    match session.http.send(&Request::get(host, "/.well-known/terraform.json").once()) {
        Err(reason) => checks.push(Check::failed("server", &reason.into())),
        Ok(reply) => {
            let secure = if host.is_https() { ", certificate accepted" } else { "" };
            checks.push(Check::passed(
                "server",
                format!("{host} responds, {} ms{secure}", started.elapsed().as_millis()),
            ));
            checks.extend(reply.server_time.map(clock));
        }
    }
    checks
}

/// Asks whether the credential works. That there is none is no fault, and a server that does not answer at all has
/// its own line.
fn sign_in(session: &Session, answers: bool) -> Option<Check> {
    let host = session.target().ok()?.host;
    session.http.renew_time();
    match TokenState::of_host(session, &host, false) {
        TokenState::Valid(_) => Some(Check::passed("sign-in", format!("{host} accepts the token"))),
        TokenState::Expired => Some(Check::problem(
            "sign-in",
            format!("the stored token for {host} has expired"),
            format!("run `keybelt login {host}`"),
        )),
        TokenState::Rejected(failure) => Some(Check::failed("sign-in", &failure)),
        TokenState::Unknown(failure) if failure.kind != Kind::Unavailable => {
            Some(Check::failed("sign-in", &failure))
        }
        TokenState::Unknown(failure) if answers => {
            let unknown = format!("whether {host} accepts the token is not known");
            Some(Check::failed("sign-in", &failure.within(unknown)))
        }
        TokenState::Unknown(_) | TokenState::Missing(_) | TokenState::NotChecked => None,
    }
}

fn clock(server: Timestamp) -> Check {
    match ClockSkew::from_server(server) {
        None => Check::passed("clock", "agrees with the server's"),
        Some(skew) => Check::problem(
            "clock",
            skew.to_string(),
            "correct this machine's clock: codes from an authenticator app on it are refused",
        ),
    }
}
