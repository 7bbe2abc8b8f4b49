//! `keybelt org audit`: every member of organizations, and how each stands with two-factor authentication.

use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clap::Args;

use crate::commands::global::{GlobalArgs, ListOptions};
use crate::commands::secret_args::SecretArgs;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::organization::{MemberState, Organization, OrganizationName};
use crate::report::Output;
use crate::report::audit::Audit;
use crate::session::Session;
use crate::signal;
use crate::terminal;

/// Options of `org audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Organization names
    #[arg(value_name = "ORG", required_unless_present = "all")]
    pub organizations: Vec<String>,
    /// All your organizations
    #[arg(long, conflicts_with = "organizations")]
    pub all: bool,
    /// List all members, not only those without two-factor authentication
    #[arg(long, conflicts_with = "state")]
    pub everyone: bool,
    /// Only members in these states
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    pub state: Vec<MemberState>,
    /// A list.
    #[command(flatten)]
    pub list: ListOptions,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

impl AuditArgs {
    /// Returns the states whose members are shown.
    fn states(&self, output: Output) -> Vec<MemberState> {
        let all = MemberState::ALL.into_iter();
        if !self.state.is_empty() {
            self.state.clone()
        } else if output == Output::Text && !self.everyone {
            all.filter(|state| state.is_exception()).collect()
        } else {
            all.collect()
        }
    }
}

/// An organization to be read.
struct Subject {
    name: Option<OrganizationName>,
    title: String,
    /// What is known of it already.
    known: Option<Organization>,
}

/// Runs the command.
pub(super) fn run(args: AuditArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let states = args.states(args.list.format(global).0);
    let mut named: Vec<OrganizationName> = Vec::new();
    for name in &args.organizations {
        let name = OrganizationName::parse(name)?;
        if !named.contains(&name) {
            named.push(name);
        }
    }
    let session = global.session(None, args.secrets)?;
    let host = session.target()?.host;
    let subjects = if args.all {
        all(&session, &host)?
    } else {
        named.into_iter().map(Subject::named).collect()
    };
    let audit = Audit::new(&host, args.list.format(global).0, states, subjects.len() > 1);
    let reading = Reading { session: &session, host: &host, audit: Arc::new(Mutex::new(audit)) };
    reading.all(&subjects)
}

impl Subject {
    fn named(name: OrganizationName) -> Self {
        Self { title: name.as_str().to_owned(), name: Some(name), known: None }
    }
}

fn all(session: &Session, host: &Host) -> Result<Vec<Subject>, Failure> {
    let found = session
        .with_credential(host, |server, signed_in| server.organizations(&signed_in.credential))?;
    if found.is_empty() {
        return Err(Failure::refused(format!("you belong to no organization at `{host}`"))
            .hint("use --account or --host for another sign-in"));
    }
    let subject = |organization: Organization| Subject {
        name: organization.name.clone(),
        title: organization.title.clone(),
        known: Some(organization),
    };
    Ok(found.into_iter().map(subject).collect())
}

/// Organizations being read, and what is being written of them.
struct Reading<'a> {
    session: &'a Session,
    host: &'a Host,
    audit: Arc<Mutex<Audit>>,
}

impl Reading<'_> {
    /// Reads one after the other. One that the server does not show is passed over; any other failure ends it.
    fn all(&self, subjects: &[Subject]) -> Result<ExitCode, Failure> {
        let audit = Arc::clone(&self.audit);
        let whole = signal::cleanup_on_signal(move || {
            // Whoever finds that nobody reads any more ends the process while it holds the audit.
            if !terminal::stdout_is_closed() && lock(&audit).is_begun() {
                lock(&audit).finish(false);
            }
        });
        let mut failed = None;
        for subject in subjects {
            let outcome = self.one(subject);
            lock(&self.audit).end(outcome.as_ref().err());
            let Err(failure) = outcome else { continue };
            let goes_on = failure.kind == Kind::Refused && subjects.len() > 1;
            if goes_on {
                terminal::warn(&format!("skipped {}: {failure}", subject.title));
            }
            if !goes_on {
                failed = Some(failure);
                break;
            }
            // It was named when it was passed over.
            let message = "some organizations were not read".to_owned();
            failed.get_or_insert(Failure { message, cause: None, ..failure });
        }
        let exceptions = {
            let mut audit = lock(&self.audit);
            if failed.is_none() || audit.is_begun() {
                audit.finish(failed.is_none());
            }
            audit.exceptions()
        };
        whole.disarm();
        match failed {
            Some(failure) => Err(failure),
            None if exceptions > 0 => Ok(ExitCode::from(Kind::Finding.exit_code())),
            None => Ok(ExitCode::SUCCESS),
        }
    }

    fn one(&self, subject: &Subject) -> Result<(), Failure> {
        lock(&self.audit).begin(&subject.title);
        let name = subject.name.as_ref().ok_or_else(|| {
            Failure::refused(format!("`{}` listed an organization with an invalid name", self.host))
        })?;
        self.session.http.renew_time();
        match &subject.known {
            Some(organization) => lock(&self.audit).describe(organization),
            None => {
                // A token that has expired is found out here, before anything is written.
                let organization =
                    self.session.with_credential(self.host, |server, signed_in| {
                        server.organization(&signed_in.credential, name)
                    })?;
                lock(&self.audit).describe(&organization);
            }
        }
        self.session.each_member(self.host, name, &mut |page| lock(&self.audit).write(page))
    }
}

fn lock(audit: &Mutex<Audit>) -> MutexGuard<'_, Audit> {
    audit.lock().unwrap_or_else(PoisonError::into_inner)
}
