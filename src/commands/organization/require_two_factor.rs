//! `keybelt org require-2fa`: the rule that everyone has two-factor authentication, on and off.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::operation::precheck::{self, Precheck};
use crate::organization::{Organization, OrganizationName, Policy};
use crate::provider::Capability;
use crate::report::{self, tally};
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::session::sudo::SensitiveAction;
use crate::terminal;
use crate::text;

/// Options of `org require-2fa`.
#[derive(Debug, Args)]
pub struct RequireArgs {
    /// Organization name
    #[arg(value_name = "ORG")]
    pub organization: String,
    /// Stop requiring it; members who were locked out regain access
    #[arg(long)]
    pub off: bool,
    /// Show what would happen; exit with 6 if the server would refuse
    #[arg(long)]
    pub dry_run: bool,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: RequireArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let name = OrganizationName::parse(&args.organization)?;
    let session = global.session(None, args.secrets)?;
    let host = session.target()?.host;
    let server = session.known_server(&host);
    server.offers(Capability::OrganizationPolicy).or_refuse()?;
    let confirmation = match args.dry_run {
        true => None,
        // What would be missing is said at once, not when everything is read.
        false => Some(Confirmation::new(
            &session,
            "changing what an organization requires",
            "use --yes, or check first with --dry-run",
        )?),
    };
    let change = Change {
        session: &session,
        host: &host,
        name: &name,
        wanted: if args.off { Policy::Password } else { Policy::TwoFactorMandatory },
    };
    change.run(confirmation)
}

/// A change of what an organization requires.
struct Change<'a> {
    session: &'a Session,
    host: &'a Host,
    name: &'a OrganizationName,
    wanted: Policy,
}

impl Change<'_> {
    /// Makes the change if that is confirmed; without anybody to confirm it, only tells what would happen.
    fn run(&self, confirmation: Option<Confirmation>) -> Result<ExitCode, Failure> {
        let before = self.organization()?;
        if before.policy.is_none() {
            return Err(self.no_such_rule());
        }
        if before.policy == Some(self.wanted) {
            self.report(&before, None, false, "already");
            return Ok(ExitCode::SUCCESS);
        }
        let precheck = match self.wanted {
            Policy::Password => None,
            Policy::TwoFactorMandatory => Some(self.precheck(before.clone())?),
        };
        let obstacle = match &precheck {
            Some(precheck) => precheck.obstacle(),
            None => precheck::change_refusal(&before),
        };
        let Some(confirmation) = confirmation else {
            return Ok(self.report_plan(&before, precheck.as_ref(), obstacle));
        };
        if let Some(precheck) = &precheck {
            terminal::say(&precheck.text());
        }
        if let Some(obstacle) = obstacle {
            return Err(obstacle);
        }
        let question = self.question(precheck.as_ref());
        confirmation.ask(&question, "nothing was changed")?;
        let after = self.change(precheck.as_ref())?;
        self.report(&after, precheck.as_ref(), true, "now");
        Ok(ExitCode::SUCCESS)
    }

    fn organization(&self) -> Result<Organization, Failure> {
        self.session.with_credential(self.host, |server, signed_in| {
            server.organization(&signed_in.credential, self.name)
        })
    }

    fn no_such_rule(&self) -> Failure {
        let page = self.session.server(self.host, None).organization_page(self.name);
        Failure::refused(format!("`{}` does not show tools a policy for {}", self.host, self.name))
            .hint(format!("see {page}"))
    }

    fn precheck(&self, organization: Organization) -> Result<Precheck, Failure> {
        let you = self.session.account(self.host)?;
        Precheck::new(self.session, self.host, you, organization, self.name)
    }

    /// Tells what would happen.
    fn report_plan(
        &self,
        before: &Organization,
        precheck: Option<&Precheck>,
        obstacle: Option<Failure>,
    ) -> ExitCode {
        let mut text = precheck.map(Precheck::text).unwrap_or_default();
        let verdict = match &obstacle {
            None => format!("{} can be changed: {}", before.title, self.outcome_text()),
            Some(obstacle) => format!("{obstacle}"),
        };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&text::escape(&verdict));
        report::answer(self.session.options.json, &text, &self.document(before, precheck, false));
        match obstacle {
            None => ExitCode::SUCCESS,
            Some(_) => ExitCode::from(Kind::Finding.exit_code()),
        }
    }

    fn outcome_text(&self) -> &'static str {
        match self.wanted {
            Policy::TwoFactorMandatory => "two-factor authentication would be required of everyone",
            Policy::Password => "two-factor authentication would no longer be required",
        }
    }

    fn question(&self, precheck: Option<&Precheck>) -> String {
        match precheck {
            None => format!("Stop requiring two-factor authentication in {}?", self.name),
            Some(precheck) => format!(
                "Require two-factor authentication in {} and lock out {} until they enrol?",
                self.name,
                text::plural(precheck.locked_out(), "member")
            ),
        }
    }

    /// Makes the change, and reads back what came of it.
    fn change(&self, precheck: Option<&Precheck>) -> Result<Organization, Failure> {
        let act = SensitiveAction {
            what: "changing what an organization requires",
            name: Some(self.name.as_str()),
        };
        self.session.require_sudo_mode(self.host, &act)?;
        let changed = self.session.with_credential(self.host, |server, signed_in| {
            server.set_policy(&signed_in.credential, self.name, self.wanted)
        });
        changed.map_err(|failure| match precheck {
            Some(precheck) if failure.kind == Kind::Refused => precheck.explain(failure),
            _ => failure,
        })?;
        let after = self.organization()?;
        if after.policy == Some(self.wanted) {
            return Ok(after);
        }
        Err(Failure::unavailable(format!(
            "`{}` reported success, but {} has not changed",
            self.host, self.name
        ))
        .hint(format!("check again with `keybelt org show {}`", self.name)))
    }

    fn report(&self, after: &Organization, precheck: Option<&Precheck>, changed: bool, when: &str) {
        let conforms = match (self.wanted, after.is_conformant) {
            (Policy::TwoFactorMandatory, Some(true)) => "; the server reports that everyone has it",
            (Policy::TwoFactorMandatory, Some(false)) => {
                "; the server reports that not everyone has it yet"
            }
            _ => "",
        };
        let line = format!(
            "{} at {} {when}: {}{conforms}",
            after.title,
            self.host,
            tally::policy_text(self.wanted)
        );
        let document = self.document(after, precheck, changed);
        report::changed(self.session.options.json, &line, &document);
    }

    fn document(
        &self,
        organization: &Organization,
        precheck: Option<&Precheck>,
        changed: bool,
    ) -> Value {
        json!({
            "host": self.host.to_string(),
            "organization": self.name.as_str(),
            "wanted": self.wanted.as_str(),
            "policy": organization.policy.map(Policy::as_str),
            "conformant": organization.is_conformant,
            "changed": changed,
            "precheck": precheck.map(Precheck::document),
        })
    }
}
