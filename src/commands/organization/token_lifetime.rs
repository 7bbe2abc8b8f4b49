//! `keybelt org token-lifetime`: how long an organization lets tokens live, shown, and set with open eyes.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::operation::token_limits::{Limits, Preview, limits_document, limits_text};
use crate::organization::OrganizationName;
use crate::provider::Capability;
use crate::report;
use crate::session::Session;
use crate::session::confirmation::Confirmation;
use crate::session::sudo::SensitiveAction;
use crate::terminal;
use crate::terminal::prompt::Prompter;
use crate::text;
use crate::token_limit::WantedLimit;

/// Options of `org token-lifetime`.
#[derive(Debug, Args)]
pub struct LifetimeArgs {
    /// Organization name
    #[arg(value_name = "ORG")]
    pub organization: String,
    /// Limits to set; KIND is user, team, organization, audit-trail or metrics
    #[arg(value_name = "KIND=T", conflicts_with = "off")]
    pub limits: Vec<String>,
    /// Stop limiting token lifetimes
    #[arg(long)]
    pub off: bool,
    /// Show what would happen; exit with 6 if a token would stop working
    #[arg(long)]
    pub dry_run: bool,
    /// Continue even if the token in use would stop working
    #[arg(long)]
    pub include_this: bool,
    /// Passwords and codes.
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// Runs the command.
pub(super) fn run(args: LifetimeArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let name = OrganizationName::parse(&args.organization)?;
    let wanted = WantedLimit::parse_all(&args.limits)?;
    let only_shows = wanted.is_empty() && !args.off;
    if only_shows && args.dry_run {
        return Err(Failure::usage("--dry-run requires limits to check")
            .hint(format!("such as `keybelt org token-lifetime {name} team=90d --dry-run`")));
    }
    let session = global.session(None, args.secrets)?;
    let host = session.target()?.host;
    session.require_offer(&host, Capability::TokenLimits)?;
    let change = Change { session: &session, host: &host, name: &name, wanted };
    if only_shows {
        change.show(&Limits::fetch(&session, &host, &name)?);
        return Ok(ExitCode::SUCCESS);
    }
    if args.dry_run {
        return change.plan(args.off);
    }
    // What would be missing is said at once, not when everything is read.
    let hint = "use --yes, or check first with --dry-run";
    let confirmation = Confirmation::new(&session, "changing token lifetimes", hint)?;
    match args.off {
        true => change.turn_off(confirmation)?,
        false => change.set(confirmation, args.include_this)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A change of the limits; without any wanted, only a look at them.
struct Change<'a> {
    session: &'a Session,
    host: &'a Host,
    name: &'a OrganizationName,
    wanted: Vec<WantedLimit>,
}

impl Change<'_> {
    fn fetch(&self) -> Result<Limits, Failure> {
        Limits::fetch(self.session, self.host, self.name)
    }

    fn preview(&self, before: &Limits) -> Result<Preview, Failure> {
        Preview::new(self.session, self.host, self.name, &before.with(&self.wanted))
    }

    fn show(&self, limits: &Limits) {
        let text = match holds(limits) {
            true => format!("{} limits token lifetimes:", self.name),
            false => format!("{} does not limit token lifetimes; set, but off:", self.name),
        };
        let text = format!("{text}\n{}", limits_text(&limits.kinds));
        let document = self.document(limits, false, None);
        report::answer(self.session.options.json, &text, &document);
    }

    /// Tells what would happen.
    fn plan(&self, off: bool) -> Result<ExitCode, Failure> {
        let before = self.fetch()?;
        if off {
            let text = format!(
                "{} would not limit token lifetimes, and every token would keep working",
                self.name
            );
            let document = self.document(&before, false, None);
            report::answer(self.session.options.json, &text, &document);
            return Ok(ExitCode::SUCCESS);
        }
        let preview = self.preview(&before)?;
        let document = self.document(&before, false, Some(&preview));
        report::answer(self.session.options.json, &preview.text(self.name), &document);
        Ok(match preview.ends() {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::from(Kind::Finding.exit_code()),
        })
    }

    fn turn_off(&self, confirmation: Confirmation) -> Result<(), Failure> {
        let before = self.fetch()?;
        if !holds(&before) {
            self.report(&before, None, "already: token lifetimes are not limited");
            return Ok(());
        }
        let question = format!("Stop limiting token lifetimes in {}?", self.name);
        confirmation.ask(&question, "nothing was changed")?;
        self.require_sudo_mode()?;
        self.enforce(false)?;
        let after = self.fetch()?;
        if holds(&after) {
            return Err(self.unchanged());
        }
        self.report(&after, Some(None), "now: token lifetimes are not limited");
        Ok(())
    }

    /// Sets the limits, and makes them hold if they do not.
    ///
    /// The limits are set and read back before they hold, so that what breaks off between the two ends nothing.
    fn set(&self, confirmation: Confirmation, include_this: bool) -> Result<(), Failure> {
        let before = self.fetch()?;
        if holds(&before) && before.with(&self.wanted) == before.kinds {
            self.report(&before, None, "already: token lifetimes have these limits");
            return Ok(());
        }
        let preview = self.preview(&before)?;
        terminal::say(&preview.text(self.name));
        if preview.fate_of_this().is_some() && !include_this {
            self.confirm_this()?;
        }
        let question = format!(
            "Limit token lifetimes in {}, and expire {} at once?",
            self.name,
            text::plural(preview.ends(), "token")
        );
        confirmation.ask(&question, "nothing was changed")?;
        self.require_sudo_mode()?;
        self.session.with_credential(self.host, |server, signed_in| {
            server.set_token_limits(&signed_in.credential, self.name, &self.wanted)
        })?;
        let mut after = self.read_back(&preview)?;
        if after.kinds != before.with(&self.wanted) {
            return Err(self.unchanged());
        }
        if !holds(&after) {
            self.enforce(true)?;
            after = self.read_back(&preview)?;
        }
        if !holds(&after) {
            return Err(self.unchanged());
        }
        self.report(&after, Some(Some(&preview)), "now: token lifetimes are limited");
        Ok(())
    }

    /// Asks whether the end of the token in use is meant. `--yes` does not answer that.
    fn confirm_this(&self) -> Result<(), Failure> {
        let mut person = Prompter::open().map_err(|reason| {
            Failure::usage(format!(
                "the token in use would or might stop working in {}, but keybelt cannot prompt: {reason}",
                self.name
            ))
            .hint("use --include-this, or a token that expires sooner")
        })?;
        let question = format!("The token in use is among them. Lock it out of {}?", self.name);
        if person.confirm(&question)? { Ok(()) } else { Err(Failure::usage("nothing was changed")) }
    }

    fn require_sudo_mode(&self) -> Result<(), Failure> {
        let name = Some(self.name.as_str());
        let act = SensitiveAction { what: "changing token lifetimes", name };
        self.session.require_sudo_mode(self.host, &act)
    }

    fn enforce(&self, on: bool) -> Result<(), Failure> {
        self.session.with_credential(self.host, |server, signed_in| {
            server.enforce_limits(&signed_in.credential, self.name, on)
        })
    }

    /// Reads what came of it. The token in use may not be let in any more.
    fn read_back(&self, preview: &Preview) -> Result<Limits, Failure> {
        self.fetch().map_err(|failure| match preview.fate_of_this() {
            Some(_) if failure.kind == Kind::Refused => failure
                .within(format_args!("the limits of {} were set, and the token in use no longer works there", self.name))
                .hint("sign in again for a token within the limit, then check with `keybelt org show`"),
            _ => failure.within(format_args!("the limits of {} may have been set", self.name)),
        })
    }

    fn unchanged(&self) -> Failure {
        Failure::unavailable(format!(
            "`{}` reported success, but {} has not changed",
            self.host, self.name
        ))
        .hint(format!("check again with `keybelt org token-lifetime {}`", self.name))
    }

    /// Reports how it is; a change with its preview, if there was one.
    fn report(&self, after: &Limits, change: Option<Option<&Preview>>, how: &str) {
        let line = format!("{} at {} {how}", self.name, self.host);
        let document = self.document(after, change.is_some(), change.flatten());
        report::changed(self.session.options.json, &line, &document);
    }

    fn document(&self, limits: &Limits, changed: bool, preview: Option<&Preview>) -> Value {
        json!({
            "host": self.host.to_string(),
            "organization": self.name.as_str(),
            "limited": holds(limits),
            "limits": limits_document(&limits.kinds),
            "changed": changed,
            "preview": preview.map(Preview::document),
        })
    }
}

/// Returns whether the limits hold.
fn holds(limits: &Limits) -> bool {
    limits.organization.limits_tokens == Some(true)
}
