//! Which credential a host gets: first hit wins, and a token never goes to a host that it is not bound to.

use std::iter;

use super::{Session, SignedIn};
use crate::account::AccountName;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime;
use crate::other_tools::{self, TokenFile, terraform_credentials};
use crate::provider_name::{self, GrantBy, ProviderName, TokenVariable};
use crate::store::{Entry, StoreName, Stored};
use crate::terminal;
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
    let Some(place) = winner(session, host)? else {
        return Err(none_found(session, host)?);
    };
    match place {
        Place::Variable(variable) => from_variable(session, host, variable.name),
        Place::TerraformVariable { name, .. } => from_variable(session, host, &name),
        Place::File(credential) => Ok(from_outside(session, credential)),
        Place::Store(stored) if session.is_expired(&stored) => Ok(Lookup::Expired(stored)),
        Place::Store(stored) => {
            warn_if_ending(session, &stored);
            let credential = stored_credential(session, &stored)?;
            Ok(Lookup::Usable(Box::new(SignedIn::stored(credential, *stored))))
        }
    }
}

/// Returns the credential of a host if it is at hand: in a variable or in tokens.json. No keyring, no helper and
/// no other tool's file is looked into, and nobody is told anything.
pub fn at_hand(session: &Session, host: &Host) -> Result<Option<SignedIn>, Failure> {
    let found = match winner(session, host)? {
        Some(Place::Variable(variable)) => from_variable(session, host, variable.name)?,
        Some(Place::TerraformVariable { name, .. }) => from_variable(session, host, &name)?,
        Some(Place::Store(stored))
            if stored.entry.store == StoreName::File && !session.is_expired(&stored) =>
        {
            let credential = stored_credential(session, &stored)?;
            return Ok(Some(SignedIn::stored(credential, *stored)));
        }
        _ => return Ok(None),
    };
    match found {
        Lookup::Usable(signed_in) => Ok(Some(*signed_in)),
        Lookup::Expired(_) => Ok(None),
    }
}

fn from_variable(session: &Session, host: &Host, name: &str) -> Result<Lookup, Failure> {
    let text = environment::text(name)?.unwrap_or_default();
    let token = Token::parse(&text, &format!("`{name}`"))?;
    let credential = Credential::new(host, token, Source::Variable(name.to_owned()));
    Ok(from_outside(session, credential))
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
        Failure::general(format!("the stored entry for `{host}` has no token"))
            .hint(format!("run `keybelt login {host}`"))
    })?;
    Ok(Credential::new(host, token, Source::Store).known_as(Some(&stored.account)))
}

/// A place where there is something that may be a token for a host.
enum Place {
    Variable(&'static TokenVariable),
    TerraformVariable {
        name: String,
        bound: Host,
        /// Whether it is the last spelling of its host, which alone counts, as it does for Terraform.
        is_last: bool,
    },
    Store(Box<Stored>),
    File(Credential),
}

impl Place {
    fn source(&self) -> Source {
        match self {
            Self::Variable(variable) => Source::Variable(variable.name.to_owned()),
            Self::TerraformVariable { name, .. } => Source::Variable(name.clone()),
            Self::Store(_) => Source::Store,
            Self::File(credential) => credential.source.clone(),
        }
    }

    /// Returns the host that its token is bound to.
    fn host(&self) -> Result<Host, Failure> {
        Ok(match self {
            Self::Variable(variable) => variable.bound_to()?,
            Self::TerraformVariable { bound, .. } => bound.clone(),
            Self::Store(stored) => stored.host.clone(),
            Self::File(credential) => credential.host.clone(),
        })
    }

    /// Returns why a host's token does not come from here, whatever else there is; `None` if it may.
    fn passed_over(&self, session: &Session, host: &Host) -> Result<Option<&'static str>, Failure> {
        let only_stored =
            || session.options.account.is_some().then_some("--account uses stored tokens only");
        Ok(match self {
            Self::Variable(variable) if environment::text(variable.name)?.is_none() => {
                Some("it is blank")
            }
            Self::TerraformVariable { name, .. } if environment::is_blank(name) => {
                Some("it is blank, but Terraform treats it as a token")
            }
            Self::Store(_) => None,
            _ if self.host()? != *host => Some("it is for another host"),
            Self::TerraformVariable { is_last: false, .. } => only_stored().or(Some(PRECEDED)),
            _ => only_stored(),
        })
    }
}

/// Why a token is not used that could be.
const PRECEDED: &str = "another token takes precedence";

/// Goes to every place where a token for a host might come from, in the order in which they win. No place is looked at
/// before its turn: what is not needed costs nothing, and what is wrong with it is no matter.
fn places(session: &Session, host: &Host) -> impl Iterator<Item = Result<Place, Failure>> {
    let variables = provider_name::token_variables();
    let variables = variables.filter(|variable| environment::is_set(variable.name));
    let of_terraform = iter::once_with(terraform_variables).flatten();
    let stored = iter::once_with(|| session.store.find(host, session.options.account.as_ref()));
    let files = iter::once_with(|| from_files(session, host)).flatten();
    let environment = variables.map(Place::Variable).chain(of_terraform).map(Ok);
    let stored = stored
        .filter_map(Result::transpose)
        .map(|found| found.map(|stored| Place::Store(Box::new(stored))));
    environment.chain(stored).chain(files.map(Place::File).map(Ok))
}

/// Returns the variables `TF_TOKEN_<host>`, the last one first.
fn terraform_variables() -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for (name, bound) in terraform_credentials::variables().into_iter().rev() {
        let is_same = |place: &Place| matches!(place, Place::TerraformVariable { bound: other, .. } if *other == bound);
        let is_last = !places.iter().any(is_same);
        places.push(Place::TerraformVariable { name, bound, is_last });
    }
    places
}

/// Returns the first place that is not passed over.
fn winner(session: &Session, host: &Host) -> Result<Option<Place>, Failure> {
    let only_stored = session.options.account.is_some();
    for place in places(session, host) {
        let place = place?;
        let is_meant = !only_stored || matches!(place, Place::Store(_));
        if is_meant && place.passed_over(session, host)?.is_none() {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// Returns the stored entry that wins for a host, if one does; its token is not read.
pub(super) fn stored_winner(session: &Session, host: &Host) -> Option<Stored> {
    match winner(session, host) {
        Ok(Some(Place::Store(stored))) => Some(*stored),
        _ => None,
    }
}

/// Lists every place where a token for this host might come from, and why each is or is not the one.
pub fn candidates(session: &Session, host: &Host) -> Result<Vec<Candidate>, Failure> {
    let mut won = false;
    let judged = places(session, host).map(|place| {
        let place = place?;
        let passed_over = place.passed_over(session, host)?.or(won.then_some(PRECEDED));
        won |= passed_over.is_none();
        let (source, host) = (place.source(), place.host()?);
        let stored = match place {
            Place::Store(stored) => Some(*stored),
            _ => None,
        };
        Ok(Candidate { source, host, passed_over, stored })
    });
    judged.collect()
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
