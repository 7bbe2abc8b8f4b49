//! `keybelt exec`: run a command that finds the token in its environment, and nowhere else.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use secrecy::ExposeSecret;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::lifetime::Lifetime;
use crate::process::{self, NotRun};
use crate::provider_name::ProviderName;
use crate::report;
use crate::session::outer_exec;
use crate::session::target::{TOKEN_VARIABLES, TokenVariable};
use crate::session::{Session, SignedIn};
use crate::terminal;
use crate::terraform_variable;

/// Run a command with the token in its environment
///
/// Sets TF_TOKEN_<host>, which Terraform sends to that host alone, or Aptible's APTIBLE_ACCESS_TOKEN with
/// APTIBLE_AUTH_ROOT_URL. Without a command, opens a shell. The exit code is the command's own; 127 if
/// there is no such command. The command has standard input, output and error, and no other open file of
/// the caller's.
#[derive(Debug, Args)]
pub struct ExecArgs {
    /// Set this variable too, with its address variable beside it; any tool may send its token anywhere
    #[arg(long = "env", value_name = "NAME")]
    pub variable: Option<Variable>,
    /// Sign in again first if the token has less time left, such as 1h
    #[arg(long, value_name = "TIME")]
    pub min_remaining: Option<String>,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
    /// The command and its arguments
    #[arg(trailing_var_arg = true, value_name = "COMMAND", allow_hyphen_values = false)]
    pub command: Vec<OsString>,
}

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
struct Grant {
    host: Host,
    provider: ProviderName,
    signed_in: SignedIn,
}

/// Runs the command; on success it does not return, for the process has become the child.
///
/// # Errors
/// Not signed in; usage, if the variables cannot say what they should.
pub fn run(args: ExecArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session_for_hosts(args.secrets)?;
    let wanted = Lifetime::of_option("--min-remaining", args.min_remaining.as_deref())?;
    let mut grants = Vec::new();
    for host in hosts(&session, global)? {
        let signed_in = session.signed_in_for(&host, wanted)?;
        let provider = session.provider(&host, signed_in.entry.as_ref());
        grants.push(Grant { host, provider, signed_in });
    }
    refuse_mixture(&grants)?;
    let variables = variables(&grants, args.variable)?;
    let shell = vec![environment::shell()];
    let command = if args.command.is_empty() { &shell } else { &args.command };
    // What the session noticed must be said before the process becomes another.
    drop(session);
    let failure = match process::replace_self(command, &variables) {
        NotRun::Ended(code) => return Ok(code),
        NotRun::NotFound(failure) => (failure, 127),
        NotRun::Failed(failure) => (failure, 126),
    };
    terminal::failure(&failure.0);
    Ok(ExitCode::from(failure.1))
}

fn hosts(session: &Session, global: &GlobalArgs) -> Result<Vec<Host>, Failure> {
    let mut hosts =
        global.hosts.iter().map(|host| Host::parse(host)).collect::<Result<Vec<_>, _>>()?;
    if hosts.is_empty() {
        hosts.push(session.target()?.host);
    }
    let mut seen = Vec::new();
    hosts.retain(|host| {
        !seen.contains(host) && {
            seen.push(host.clone());
            true
        }
    });
    Ok(hosts)
}

/// Refuses to put another account's token for the same host into a child of a child.
fn refuse_mixture(grants: &[Grant]) -> Result<(), Failure> {
    for Grant { host, signed_in, .. } in grants {
        let Some(account) = &signed_in.account else {
            continue;
        };
        if let Some(outer) = outer_exec::account_of(host)?.filter(|outer| outer != account) {
            return Err(Failure::usage(format!(
                "this already runs with the token of {outer} for {host}; {account}'s would take its place"
            ))
            .hint("leave the outer `keybelt exec` first"));
        }
    }
    Ok(())
}

/// Returns the child's whole environment.
fn variables(
    grants: &[Grant],
    also: Option<Variable>,
) -> Result<BTreeMap<OsString, OsString>, Failure> {
    let hosts: Vec<&Host> = grants.iter().map(|grant| &grant.host).collect();
    let mut variables = without_competitors(grants, &hosts)?;
    for grant in grants {
        match grant.provider {
            ProviderName::Atlas => grant_by_host(&mut variables, grant, also)?,
            ProviderName::Aptible => grant_to_aptible(&mut variables, grants, grant)?,
        }
    }
    match (also, grants) {
        (None, _) => {}
        (Some(also), [grant]) if grant.provider == ProviderName::Atlas => {
            grant_by_address(&mut variables, grant, also);
        }
        (Some(_), [grant]) => {
            return Err(Failure::usage(format!(
                "`--env` is for Terraform's servers, and {} is not one",
                grant.host
            )));
        }
        _ => return Err(Failure::usage("`--env` is for one host alone")),
    }
    let accounts = marks(grants, &hosts)?.join(" ");
    variables.insert(outer_exec::MARKER.into(), accounts.into());
    if let Some(end) = earliest_end(grants) {
        variables.insert("KEYBELT_EXPIRES_AT".into(), report::moment_text(end).into());
    }
    Ok(variables)
}

/// Returns our environment without tokens that could take the granted ones' place.
fn without_competitors(
    grants: &[Grant],
    hosts: &[&Host],
) -> Result<BTreeMap<OsString, OsString>, Failure> {
    let mut variables: BTreeMap<OsString, OsString> = environment::variables().collect();
    let is_granted = |variable: &&TokenVariable| {
        let mut providers = grants.iter().map(|grant| grant.provider);
        providers.any(|provider| provider == variable.provider)
    };
    for variable in TOKEN_VARIABLES.iter().filter(is_granted) {
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
fn marks(grants: &[Grant], hosts: &[&Host]) -> Result<Vec<String>, Failure> {
    let mut marks = Vec::new();
    for Grant { host, signed_in, .. } in grants {
        let account = match &signed_in.account {
            None => outer_exec::account_of(host)?,
            known => known.clone(),
        };
        marks.extend(account.map(|account| outer_exec::format_grant(&account, host)));
    }
    marks.extend(outer_exec::grants_except(hosts)?);
    Ok(marks)
}

fn earliest_end(grants: &[Grant]) -> Option<Timestamp> {
    grants.iter().filter_map(|grant| grant.signed_in.entry.as_ref()?.deadline()).min()
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
        None => Err(Failure::usage(format!(
            "Terraform reaches hosts by https alone, and {} is not",
            grant.host
        ))
        .hint("use --env ATLAS_TOKEN or --env TFE_TOKEN for tools that take an address")),
    }
}

/// Aptible's tools know one token at a time, and send it to the server that the other variable names.
fn grant_to_aptible(
    variables: &mut BTreeMap<OsString, OsString>,
    grants: &[Grant],
    grant: &Grant,
) -> Result<(), Failure> {
    let is_aptible = |grant: &&Grant| grant.provider == ProviderName::Aptible;
    if grants.iter().filter(is_aptible).count() > 1 {
        return Err(Failure::usage("Aptible's tools take one host at a time"));
    }
    let token = grant.signed_in.credential.token.secret();
    variables.insert("APTIBLE_ACCESS_TOKEN".into(), token.expose_secret().into());
    variables.insert("APTIBLE_AUTH_ROOT_URL".into(), grant.host.origin().into());
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
