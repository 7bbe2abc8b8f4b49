//! Which credential a host gets: first hit wins, and a token never goes to a host that it is not bound to.

use super::{Session, SignedIn};
use crate::account::AccountName;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime;
use crate::other_tools::{self, TokenFile, terraform_credentials};
use crate::provider_name::{self, GrantBy, ProviderName, TokenVariable};
use crate::store::{Entry, Stored};
use crate::terminal;
use crate::terraform_variable;
use crate::token::{Credential, Source, Token};

/// What was found for a host.
pub(super) enum Lookup {
    /// A credential to present.
    Usable(Box<SignedIn>),
    /// Only a stored token that has expired.
    Expired(Box<Stored>),
}

/// A place where a token might be, for `status`.
#[derive(Debug)]
pub struct Candidate {
    /// The place.
    pub source: Source,
    /// The host that its token is bound to.
    pub host: Host,
    /// Why it is not the one, or `None` for the winner.
    pub passed_over: Option<&'static str>,
    /// What is stored of it, if it is stored.
    pub stored: Option<Stored>,
}

impl Candidate {
    /// Returns the account, where the store knows it.
    pub fn account(&self) -> Option<&AccountName> {
        self.stored.as_ref().map(|stored| &stored.account)
    }

    /// Returns the stored entry.
    pub fn entry(&self) -> Option<&Entry> {
        self.stored.as_ref().map(|stored| &stored.entry)
    }
}

/// Finds the credential of a host.
pub(super) fn find(session: &Session, host: &Host) -> Result<Lookup, Failure> {
    if let Some(elevated) = session.elevated(host) {
        return Ok(Lookup::Usable(Box::new(elevated)));
    }
    find_unelevated(session, host)
}

/// Finds the credential of a host that outlives this command.
pub(super) fn find_unelevated(session: &Session, host: &Host) -> Result<Lookup, Failure> {
    if session.options.account.is_none()
        && let Some(credential) = from_environment(host)?
    {
        return Ok(from_outside(session, credential));
    }
    let Some(stored) = session.store.find(host, session.options.account.as_ref())? else {
        return match from_files(session, host).into_iter().next() {
            Some(credential) => Ok(from_outside(session, credential)),
            None => Err(none_found(session, host)?),
        };
    };
    if session.is_expired(&stored) {
        return Ok(Lookup::Expired(Box::new(stored)));
    }
    warn_if_ending(session, &stored);
    let credential = stored_credential(session, &stored)?;
    Ok(Lookup::Usable(Box::new(SignedIn::stored(credential, stored))))
}

/// A credential from outside keybelt's store tells whose dialect its host speaks.
fn from_outside(session: &Session, credential: Credential) -> Lookup {
    session.learn_provider(&credential.host, credential.source.provider());
    Lookup::Usable(Box::new(SignedIn { credential, stored: None }))
}

/// Warns a person when a tenth of the token's life is left, and seven days at most.
fn warn_if_ending(session: &Session, stored: &Stored) {
    const WEEK: i64 = 7 * 86_400;
    let Stored { host, account, entry } = stored;
    let Some(deadline) = entry.deadline().filter(|_| terminal::stderr_is_terminal()) else {
        return;
    };
    let tenth = (deadline.as_second() - entry.created_at.as_second()) / 10;
    if let Some(left) = lifetime::remaining(session.server_time(stored), deadline)
        && left.seconds() < tenth.min(WEEK)
    {
        terminal::warn(&format!(
            "the token for {account} at {host} expires in {left}; renew it with `keybelt login {host}`"
        ));
    }
}

/// Returns the credential that a stored entry holds.
pub fn stored_credential(session: &Session, stored: &Stored) -> Result<Credential, Failure> {
    let host = &stored.host;
    let token = session.store.get(stored)?.ok_or_else(|| {
        Failure::general(format!("the stored entry for `{host}` holds no token"))
            .hint(format!("run `keybelt login {host}`"))
    })?;
    Ok(Credential::new(host, token, Source::Store).known_as(Some(&stored.account)))
}

fn from_environment(host: &Host) -> Result<Option<Credential>, Failure> {
    for variable in provider_name::token_variables() {
        if let Some(text) = environment::text(variable.name)?
            && variable.bound_to()? == *host
        {
            return from_variable(host, variable.name, &text).map(Some);
        }
    }
    from_terraform_variable(host)
}

/// Reads `TF_TOKEN_<host>`; of several spellings of one host the last one counts, as for Terraform.
fn from_terraform_variable(host: &Host) -> Result<Option<Credential>, Failure> {
    let named = terraform_credentials::variables().into_iter().rfind(|(_, bound)| bound == host);
    let Some((name, _)) = named else {
        return Ok(None);
    };
    let Some(text) = environment::text(&name)? else {
        return Ok(None);
    };
    from_variable(host, &name, &text).map(Some)
}

fn from_variable(host: &Host, name: &str, text: &str) -> Result<Credential, Failure> {
    let token = Token::parse(text, &format!("`{name}`"))?;
    Ok(Credential::new(host, token, Source::Variable(name.to_owned())))
}

/// Reads other tools' own files, the last places to look. A damaged one is its tool's business, but worth a
/// word.
fn from_files(session: &Session, host: &Host) -> Vec<Credential> {
    if session.options.account.is_some() {
        return Vec::new();
    }
    let may_hold =
        |provider: &ProviderName| host.is_https() || provider.dialect().grant == GrantBy::Address;
    let providers = ProviderName::ALL.into_iter().filter(may_hold);
    let files = providers.filter_map(other_tools::file_of);
    files.filter_map(|file| from_file(file.as_ref(), host)).collect()
}

fn from_file(file: &dyn TokenFile, host: &Host) -> Option<Credential> {
    match file.token(host) {
        Ok(token) => token.map(|token| Credential::new(host, token, file.source())),
        Err(failure) => {
            terminal::warn(&failure.message);
            None
        }
    }
}

/// Explains that there is no credential, by what is nearest to one.
fn none_found(session: &Session, host: &Host) -> Result<Failure, Failure> {
    let failure = Failure::not_signed_in(format!("not signed in to `{host}`"));
    if let Some(account) = &session.options.account {
        return Ok(Failure::not_signed_in(format!("{account} is not signed in to `{host}`"))
            .hint(format!("run `keybelt login {host}`")));
    }
    for variable in provider_name::token_variables() {
        let name = variable.name;
        if environment::is_blank(name) {
            return Ok(Failure::not_signed_in(format!("`{name}` is set but blank"))
                .hint("check that the secret is available to this CI job"));
        }
        if let Some(bound) = host_of(variable)?.filter(|bound| bound != host) {
            return Ok(failure.hint(format!(
                "`{name}` is for {bound}: use `--host {bound}`; if its token is for {host}, set {}={}",
                variable.addresses[0],
                host.origin()
            )));
        }
    }
    let elsewhere = session.store.quick_read()?.hosts().into_iter().find(|other| other != host);
    Ok(match elsewhere {
        Some(other) => failure.hint(format!(
            "you are signed in to {other}: use `--host {other}`, or run `keybelt login {host}`"
        )),
        None => failure.hint(format!("run `keybelt login {host}`")),
    })
}

/// Returns the host of a variable's token, if it is set.
fn host_of(variable: &TokenVariable) -> Result<Option<Host>, Failure> {
    match environment::text(variable.name)? {
        Some(_) => variable.bound_to().map(Some),
        None => Ok(None),
    }
}

/// Lists every place where a token for this host might come from, and why each is or is not the one.
pub fn candidates(session: &Session, host: &Host) -> Result<Vec<Candidate>, Failure> {
    let mut candidates = Vec::new();
    for variable in provider_name::token_variables() {
        if environment::is_set(variable.name) {
            candidates.push(of_variable(variable.name, variable.bound_to()?));
        }
    }
    // Of several spellings of one host the last one counts.
    let named = terraform_credentials::variables().into_iter().rev();
    candidates.extend(named.map(|(name, bound)| of_variable(&name, bound)));
    if let Some(stored) = session.store.find(host, session.options.account.as_ref())? {
        candidates.push(Candidate {
            source: Source::Store,
            host: host.clone(),
            passed_over: None,
            stored: Some(stored),
        });
    }
    let from_files = from_files(session, host).into_iter();
    candidates.extend(from_files.map(|credential| of_source(credential.source, credential.host)));
    pass_over(session, host, &mut candidates);
    Ok(candidates)
}

/// Tells what tools that know one token at a time would use, each if this is the host that it talks to. To them
/// a variable's token is for whatever host (protocol: aptible 2.2).
pub fn used_by_other_tools(host: &Host) -> Vec<(&'static str, String)> {
    let takes_one = |name: &ProviderName| name.dialect().grant == GrantBy::Address;
    let providers = ProviderName::ALL.into_iter().filter(takes_one);
    providers
        .filter_map(|provider| Some((provider.dialect().tool, used_by_tool(provider, host)?)))
        .collect()
}

fn used_by_tool(provider: ProviderName, host: &Host) -> Option<String> {
    let dialect = provider.dialect();
    let variable = dialect.token_variables.first()?;
    if variable.bound_to().ok()? != *host {
        return None;
    }
    if environment::is_set(variable.name) {
        return Some(variable.name.to_owned());
    }
    let token = other_tools::file_of(provider)?.token(host).ok().flatten();
    token.map(|_| format!("its own {}", dialect.file_name))
}

/// Returns the stored entry that wins for a host, if one does; its token is not read.
pub(super) fn stored_winner(session: &Session, host: &Host) -> Option<Stored> {
    let candidates = candidates(session, host).ok()?;
    candidates.into_iter().find(|candidate| candidate.passed_over.is_none())?.stored
}

fn of_variable(name: &str, host: Host) -> Candidate {
    of_source(Source::Variable(name.to_owned()), host)
}

fn of_source(source: Source, host: Host) -> Candidate {
    Candidate { source, host, passed_over: None, stored: None }
}

/// Says of each candidate but the winner why it is not the one.
fn pass_over(session: &Session, host: &Host, candidates: &mut [Candidate]) {
    let mut won = false;
    let mut is_spelled = false;
    for candidate in candidates {
        let blank = match &candidate.source {
            Source::Variable(name) if environment::is_blank(name) => Some(name),
            _ => None,
        };
        let is_spelling = candidate.host == *host
            && matches!(&candidate.source, Source::Variable(name) if terraform_variable::host_of(name).is_some());
        candidate.passed_over = if let Some(name) = blank {
            Some(if name.starts_with(terraform_variable::PREFIX) {
                "it is blank, but Terraform takes it for a token"
            } else {
                "it is blank"
            })
        } else if candidate.host != *host {
            Some("it is for another host")
        } else if session.options.account.is_some() && candidate.stored.is_none() {
            Some("--account uses stored tokens only")
        } else if won || is_spelling && is_spelled {
            Some("another token takes precedence")
        } else {
            None
        };
        won |= candidate.passed_over.is_none();
        is_spelled |= is_spelling;
    }
}
