//! The environment of a command that `exec` runs: ours, with the granted tokens and no others in their place.

use std::collections::BTreeMap;
use std::ffi::OsString;

use clap::ValueEnum;
use jiff::Timestamp;
use secrecy::ExposeSecret;

use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::provider_name::{self, GrantBy, ProviderName, TokenVariable};
use crate::report;
use crate::session::outer_exec;
use crate::session::{Session, SignedIn};
use crate::terraform_variable;

/// A variable that is not bound to a host by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Variable {
    /// `ATLAS_TOKEN` and `ATLAS_ADDRESS`
    #[value(name = "ATLAS_TOKEN")]
    AtlasToken,
    /// `TFE_TOKEN`, `TFE_ADDRESS` and `TFE_HOSTNAME`
    #[value(name = "TFE_TOKEN")]
    TfeToken,
}

/// One host and the credential that the child gets for it.
pub struct Grant {
    host: Host,
    provider: ProviderName,
    signed_in: SignedIn,
}

impl Grant {
    /// Finds the credential for a host that works for as long as `wanted`.
    pub fn new(session: &Session, host: Host, wanted: Option<Lifetime>) -> Result<Self, Failure> {
        let signed_in = session.signed_in_for(&host, wanted)?;
        let provider = session.provider(&host, signed_in.entry());
        Ok(Self { host, provider, signed_in })
    }
}

/// Refuses to put another account's token for the same host into a child of a child.
fn refuse_other_account(grants: &[Grant]) -> Result<(), Failure> {
    for Grant { host, signed_in, .. } in grants {
        let Some(account) = signed_in.account() else {
            continue;
        };
        if let Some(outer) = outer_exec::account_of(host)?.filter(|outer| outer != account) {
            return Err(Failure::usage(format!(
                "already running with {outer}'s token for {host}; refusing to replace it with {account}'s"
            ))
            .hint("leave the outer `keybelt exec` first"));
        }
    }
    Ok(())
}

/// Returns the child's whole environment.
pub fn variables(
    grants: &[Grant],
    also: Option<Variable>,
) -> Result<BTreeMap<OsString, OsString>, Failure> {
    refuse_other_account(grants)?;
    let hosts: Vec<&Host> = grants.iter().map(|grant| &grant.host).collect();
    let mut variables = without_conflicting_tokens(grants, &hosts)?;
    for grant in grants {
        match grant.provider.dialect().grant {
            GrantBy::Host => grant_by_host(&mut variables, grant, also)?,
            GrantBy::Address => grant_to_one(&mut variables, grants, grant)?,
        }
    }
    match (also, grants) {
        (None, _) => {}
        (Some(also), [grant]) if grant.provider.dialect().grant == GrantBy::Host => {
            grant_by_address(&mut variables, grant, also);
        }
        (Some(_), [grant]) => {
            return Err(Failure::usage(format!(
                "`--env` is for Terraform's servers, and {} is not one",
                grant.host
            )));
        }
        _ => return Err(Failure::usage("`--env` works with exactly one host")),
    }
    let accounts = grant_marks(grants, &hosts)?.join(" ");
    variables.insert(outer_exec::MARKER.into(), accounts.into());
    if let Some(end) = earliest_end(grants) {
        variables.insert("KEYBELT_EXPIRES_AT".into(), report::moment_text(end).into());
    }
    Ok(variables)
}

/// Returns our environment without tokens that could take the granted ones' place.
fn without_conflicting_tokens(
    grants: &[Grant],
    hosts: &[&Host],
) -> Result<BTreeMap<OsString, OsString>, Failure> {
    let mut variables: BTreeMap<OsString, OsString> = environment::variables().collect();
    let is_granted = |variable: &&'static TokenVariable| {
        let mut providers = grants.iter().map(|grant| grant.provider);
        providers.any(|provider| provider == variable.provider)
    };
    for variable in provider_name::token_variables().filter(is_granted) {
        // A token that no address binds could be anybody's; one for these hosts would compete.
        if variable.named_host()?.is_none_or(|(host, _)| hosts.contains(&&host)) {
            variables.remove(&OsString::from(variable.name));
        }
    }
    variables.retain(|name, _| {
        name.to_str()
            .and_then(terraform_variable::host_of)
            .is_none_or(|host| !hosts.contains(&&host))
    });
    Ok(variables)
}

/// Returns whose tokens the child has. One that an outer `exec` handed on is still that account's.
fn grant_marks(grants: &[Grant], hosts: &[&Host]) -> Result<Vec<String>, Failure> {
    let mut marks = Vec::new();
    for Grant { host, signed_in, .. } in grants {
        let account = match signed_in.account() {
            None => outer_exec::account_of(host)?,
            known => known.cloned(),
        };
        marks.extend(account.map(|account| outer_exec::format_grant(&account, host)));
    }
    marks.extend(outer_exec::grants_except(hosts)?);
    Ok(marks)
}

fn earliest_end(grants: &[Grant]) -> Option<Timestamp> {
    grants.iter().filter_map(|grant| grant.signed_in.entry()?.deadline()).min()
}

fn grant_by_host(
    variables: &mut BTreeMap<OsString, OsString>,
    grant: &Grant,
    also: Option<Variable>,
) -> Result<(), Failure> {
    match terraform_variable::name_of(&grant.host) {
        Some(name) => {
            let token = grant.signed_in.credential.token.secret();
            variables.insert(name.into(), token.expose_secret().into());
            Ok(())
        }
        None if also.is_some() => Ok(()),
        None => Err(Failure::usage(no_name(&grant.host))
            .hint("use --env ATLAS_TOKEN or --env TFE_TOKEN for tools that take an address")),
    }
}

/// Returns why Terraform has no variable for a host's token.
fn no_name(host: &Host) -> String {
    match host.is_https() {
        true => format!("no TF_TOKEN_ variable stands for {host}: Terraform reads `_` as a dot"),
        false => format!("Terraform requires https; {host} uses http"),
    }
}

/// Some tools know one token at a time, and send it to the server that the other variable names.
fn grant_to_one(
    variables: &mut BTreeMap<OsString, OsString>,
    grants: &[Grant],
    grant: &Grant,
) -> Result<(), Failure> {
    let dialect = grant.provider.dialect();
    let is_alike = |other: &&Grant| other.provider == grant.provider;
    if grants.iter().filter(is_alike).count() > 1 {
        return Err(Failure::usage(format!("{}'s tools take one host at a time", dialect.vendor)));
    }
    let token = grant.signed_in.credential.token.secret();
    for variable in dialect.token_variables {
        variables.insert(variable.name.into(), token.expose_secret().into());
        for address in variable.addresses {
            variables.insert((*address).into(), grant.host.origin().into());
        }
    }
    Ok(())
}

fn grant_by_address(variables: &mut BTreeMap<OsString, OsString>, grant: &Grant, also: Variable) {
    let origin = grant.host.origin();
    let token = grant.signed_in.credential.token.secret();
    match also {
        Variable::AtlasToken => {
            variables.insert("ATLAS_TOKEN".into(), token.expose_secret().into());
            variables.insert("ATLAS_ADDRESS".into(), origin.into());
        }
        Variable::TfeToken => {
            let name = origin.split_once("://").map_or(origin.clone(), |(_, name)| name.to_owned());
            variables.insert("TFE_TOKEN".into(), token.expose_secret().into());
            variables.insert("TFE_ADDRESS".into(), origin.into());
            variables.insert("TFE_HOSTNAME".into(), name.into());
        }
    }
}
