//! What is wrong here, and what to do about it.
//!
//! Every finding is made of names, places and times, never of values, so that it is safe to paste.

use std::time::Instant;

use crate::account::AccountName;
use crate::environment;
use crate::failure::Failure;
use crate::foreign::TokenFile;
use crate::foreign::aptible::AptibleFile;
use crate::foreign::terraform::CredentialsFile;
use crate::host::Host;
use crate::http::{Method, Repeat, Request};
use crate::session::Session;
use crate::session::target::Target;
use crate::session::{credential, near_miss};
use crate::store::StoreName;
use crate::store::config::ConfigFile;
use crate::terraform_variable;
use crate::token::Source;

/// The clock difference, in seconds, from which codes of an app on this machine may be refused.
const SKEW: i64 = 20;

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
    fn fine(subject: &'static str, found: impl Into<String>) -> Self {
        Self {
            subject,
            found: found.into(),
            remedy: None,
        }
    }

    fn wrong(subject: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            subject,
            found: found.into(),
            remedy: Some(remedy.into()),
        }
    }

    fn failed(subject: &'static str, failure: &Failure) -> Self {
        let remedy = failure
            .hint
            .clone()
            .unwrap_or_else(|| "repair it, then run `keybelt doctor` again".to_owned());
        Self::wrong(subject, failure.message.clone(), remedy)
    }
}

/// Looks at everything.
pub fn examine(session: &Session) -> Vec<Check> {
    let mut checks = vec![tokens_file(session), config_file(), lock(session)];
    checks.extend(stores(session));
    checks.extend(variables(session));
    checks.extend(near_misses(session));
    checks.extend(terraform(session));
    checks.extend(aptible(session));
    checks.extend(server(session));
    checks
}

fn tokens_file(session: &Session) -> Check {
    let shown = environment::shorten_home(session.store.path());
    match session.store.read() {
        Err(failure) => Check::failed("tokens.json", &failure),
        Ok(tokens) => match session.store.take_notices().into_iter().next() {
            Some(notice) => Check::wrong(
                "tokens.json",
                notice,
                "sign out and in again to replace the tokens in it",
            ),
            None => Check::fine(
                "tokens.json",
                format!("{shown}, {} hosts, private", tokens.hosts().len()),
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
        Ok(config) => Check::fine("config.toml", format!("{} settings", config.keys().len())),
    }
}

fn lock(session: &Session) -> Check {
    let started = Instant::now();
    match session.store.change(|_| Ok(())) {
        Ok(()) => Check::fine(
            "lock",
            format!("free, {} ms", started.elapsed().as_millis()),
        ),
        Err(failure) => Check::failed("lock", &failure),
    }
}

/// Asks every store that holds tokens or is configured, and the keyring anyway.
fn stores(session: &Session) -> Vec<Check> {
    let mut used = vec![StoreName::Keyring];
    if let Ok(tokens) = session.store.read() {
        for host in tokens.hosts() {
            let entries = tokens
                .accounts(&host)
                .into_iter()
                .filter_map(|account| tokens.entry(&host, &account));
            used.extend(entries.map(|entry| entry.store));
        }
    }
    let mut seen: Vec<StoreName> = vec![StoreName::File];
    let mut checks = Vec::new();
    for (nth, store) in used.into_iter().enumerate() {
        if !seen.contains(&store) || nth == 0 {
            checks.extend(probe(session, &store, nth > 0));
            seen.push(store);
        } else if nth > 0 && store == StoreName::Keyring {
            // It holds tokens after all, so its absence matters.
            checks.retain(|check: &Check| check.subject != "keyring");
            checks.extend(probe(session, &store, true));
        }
    }
    checks
}

/// Asks a store for a token that nobody has.
fn probe(session: &Session, store: &StoreName, is_used: bool) -> Option<Check> {
    let subject = if *store == StoreName::Keyring {
        "keyring"
    } else {
        "credential helper"
    };
    let host = Host::parse("keybelt.invalid").ok()?;
    let account = AccountName::new("doctor")?;
    let secrets = store.secrets(session.access().ok()?)?;
    let started = Instant::now();
    let answer = secrets.get(&host, &account);
    let took = started.elapsed().as_millis();
    Some(match answer {
        Ok(_) => Check::fine(subject, format!("{store} answers, {took} ms")),
        Err(failure) if is_used => Check::failed(subject, &failure),
        Err(failure) => Check::fine(
            subject,
            format!("not used here, and no use: {}, {took} ms", failure.message),
        ),
    })
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
                    format!("unset {name}: Terraform takes it for a token, and looks no further")
                } else {
                    format!("give it a value, or unset {name}")
                };
                checks.push(Check::wrong(
                    "token variables",
                    format!("{name} is set but blank"),
                    remedy,
                ));
            }
            (None, _) => winner = Some(name),
            (Some(_), Source::Variable(_)) if candidate.host != host => {
                checks.push(Check::fine(
                    "token variables",
                    format!("{name} is for {}", candidate.host),
                ));
            }
            (Some(_), _) => {
                let first = winner.clone().unwrap_or_default();
                checks.push(Check::wrong(
                    "token variables",
                    format!("{name} for {host} is not used: {first} comes first"),
                    format!("unset {first}, or leave it if it is meant to win"),
                ));
            }
        }
    }
    let used = winner.map_or(format!("nothing for {host}"), |winner| {
        format!("{winner} for {host}")
    });
    checks.push(Check::fine("credential", used));
    checks
}

/// Looks for variables that were meant to be token variables and are none.
fn near_misses(session: &Session) -> Vec<Check> {
    let Ok(target) = session.target() else {
        return Vec::new();
    };
    near_miss::near_misses(session, &target.host)
        .into_iter()
        .map(|miss| {
            Check::wrong(
                "token variables",
                miss.found,
                format!("did you mean {}?", miss.meant),
            )
        })
        .collect()
}

/// Tells what Terraform and its provider would use for the target.
fn terraform(session: &Session) -> Vec<Check> {
    let Ok(target) = session.target() else {
        return Vec::new();
    };
    if !target.host.is_https() {
        return Vec::new();
    }
    credential::of_terraform(&target.host)
        .into_iter()
        .map(|(tool, found)| {
            Check::fine(
                "terraform",
                format!("{tool} would use {found} for {}", target.host),
            )
        })
        .chain(leftovers(&target.host))
        .collect()
}

fn leftovers(host: &Host) -> Option<Check> {
    let file = CredentialsFile::of_user()?;
    file.token(host).ok().flatten()?;
    Some(Check::wrong(
        "terraform",
        format!(
            "{} holds a token for {host} in plain text",
            environment::shorten_home(file.path())
        ),
        "`keybelt import --move` moves it into keybelt's store",
    ))
}

/// Tells what Aptible's own tools would use for the target.
fn aptible(session: &Session) -> Vec<Check> {
    let Ok(Target { host, .. }) = session.target() else {
        return Vec::new();
    };
    let uses = credential::of_aptible(&host)
        .map(|found| Check::fine("aptible", format!("aptible would use {found} for {host}")));
    let is_mirrored = session.writes_aptible_file().unwrap_or(false);
    let left = AptibleFile::of_user().filter(|file| {
        let token = file.token(&host).ok().flatten();
        token.is_some() && !is_mirrored
    });
    let left = left.map(|file| {
        let shown = environment::shorten_home(file.path());
        Check::wrong(
            "aptible",
            format!("{shown} holds a token for {host} in plain text"),
            "`keybelt import --from aptible --move` moves it into keybelt's store",
        )
    });
    uses.into_iter().chain(left).collect()
}

/// Asks the target's public discovery document: connection, proxy and clock.
fn server(session: &Session) -> Vec<Check> {
    let Ok(target) = session.target() else {
        return Vec::new();
    };
    let host = &target.host;
    let mut checks = Vec::new();
    if host.is_https() && !host.is_loopback() {
        let proxies: Vec<&str> = environment::proxy_variables();
        let found = if proxies.is_empty() {
            "none".to_owned()
        } else {
            format!("from {}", proxies.join(", "))
        };
        checks.push(Check::fine("proxy", found));
    }
    let started = Instant::now();
    let answer = session.http.send(&Request {
        method: Method::Get,
        host,
        path: "/.well-known/terraform.json",
        credential: None,
        media_type: "application/json",
        is_form: false,
        body: None,
        repeat: Repeat::Never,
    });
    match answer {
        Err(reason) => checks.push(Check::failed("server", &reason.into())),
        Ok(reply) => {
            let secure = if host.is_https() {
                ", certificate accepted"
            } else {
                ""
            };
            checks.push(Check::fine(
                "server",
                format!(
                    "{host} answers, {} ms{secure}",
                    started.elapsed().as_millis()
                ),
            ));
            checks.extend(reply.server_time.map(|time| clock(time.as_second())));
        }
    }
    checks
}

fn clock(server: i64) -> Check {
    let skew = environment::now().as_second() - server;
    if skew.abs() <= SKEW {
        return Check::fine("clock", format!("{} seconds from the server's", skew.abs()));
    }
    let direction = if skew > 0 { "ahead of" } else { "behind" };
    Check::wrong(
        "clock",
        format!("{} seconds {direction} the server's", skew.abs()),
        "set this machine's clock; codes of an app on it are refused",
    )
}
