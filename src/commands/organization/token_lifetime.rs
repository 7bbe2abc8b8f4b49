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
    /// The organization
    #[arg(value_name = "ORG")]
    pub organization: String,
    /// A limit to set; KIND is user, team, organization, audit-trail or metrics
    #[arg(value_name = "KIND=T", conflicts_with = "off")]
    pub limits: Vec<String>,
    /// Stop limiting how long tokens live
    #[arg(long)]
    pub off: bool,
    /// Show what would end; exit with 6 if any token would
    #[arg(long)]
    pub dry_run: bool,
    /// Go on even if the token in use would end
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
        return Err(Failure::usage("--dry-run needs limits to look at")
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
    let hint = "use --yes, or look first with --dry-run";
    let confirmation = Confirmation::new(&session, "changing how long tokens live", hint)?;
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
            true => format!("{} limits how long tokens live:", self.name),
            false => format!("{} does not limit how long tokens live; set, but off:", self.name),
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
                "{} would not limit how long tokens live, and no token would end",
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
            self.report(&before, None, "already: how long tokens live is not limited");
            return Ok(());
        }
        let question = format!("Stop limiting how long tokens live in {}?", self.name);
        confirmation.ask(&question, "nothing was changed")?;
        self.require_sudo_mode()?;
        self.enforce(false)?;
        let after = self.fetch()?;
        if holds(&after) {
            return Err(self.unchanged());
        }
        self.report(&after, Some(None), "now: how long tokens live is not limited");
        Ok(())
    }

    /// Sets the limits, and makes them hold if they do not.
    ///
    /// The limits are set and read back before they hold, so that what breaks off between the two ends nothing.
    fn set(&self, confirmation: Confirmation, include_this: bool) -> Result<(), Failure> {
        let before = self.fetch()?;
        if holds(&before) && before.with(&self.wanted) == before.kinds {
            self.report(&before, None, "already: how long tokens live is so limited");
            return Ok(());
        }
        let preview = self.preview(&before)?;
        terminal::say(&preview.text(self.name));
        if preview.fate_of_this().is_some() && !include_this {
            self.confirm_this()?;
        }
        let question = format!(
            "Limit how long tokens live in {}, and end {} at once?",
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
        self.report(&after, Some(Some(&preview)), "now: how long tokens live is limited");
        Ok(())
    }

    /// Asks whether the end of the token in use is meant. `--yes` does not answer that.
    fn confirm_this(&self) -> Result<(), Failure> {
        let mut person = Prompter::open().map_err(|reason| {
            Failure::usage(format!(
                "the token in use would end in {}, or may, and keybelt cannot ask: {reason}",
                self.name
            ))
            .hint("set the limits with --include-this, or with a token that ends sooner")
        })?;
        let question = format!("The token in use is among them. Shut it out of {}?", self.name);
        if person.confirm(&question)? { Ok(()) } else { Err(Failure::usage("nothing was changed")) }
    }

    fn require_sudo_mode(&self) -> Result<(), Failure> {
        let name = Some(self.name.as_str());
        let act = SensitiveAction { what: "changing how long tokens live", name };
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
                .within(format_args!("the limits of {} were set, and end the token in use", self.name))
                .hint("sign in again for a token that lives no longer than the limit, and look with `keybelt org show`"),
            _ => failure.within(format_args!("the limits of {} may have been set", self.name)),
        })
    }

    fn unchanged(&self) -> Failure {
        Failure::unavailable(format!(
            "`{}` reported success, but {} has not changed",
            self.host, self.name
        ))
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
