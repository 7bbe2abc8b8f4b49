//! What would happen if an organization required two-factor authentication: who blocks it, whom it locks out.

use serde_json::{Value, json};

use crate::account::Account;
use crate::failure::Failure;
use crate::host::Host;
use crate::organization::{Member, MemberPage, MemberState, Organization, OrganizationName, Role};
use crate::report::tally::{Tally, display_name};
use crate::session::Session;
use crate::text::{self, plural};

/// How many members a sentence names.
const MOST_NAMED: usize = 20;

/// A member who is affected.
#[derive(Debug)]
struct MemberRef {
    name: String,
    state: MemberState,
}

impl MemberRef {
    fn new(member: &Member<'_>) -> Self {
        Self { name: display_name(member), state: member.state }
    }

    fn document(&self) -> Value {
        json!({ "member": self.name, "state": self.state.as_str() })
    }
}

/// What was found out before the change.
#[derive(Debug)]
pub struct Precheck {
    organization: Organization,
    you: Account,
    /// How you stand, from your account or from the list of members.
    your_state: Option<MemberState>,
    tally: Tally,
    /// Owners who lack it: the server refuses as long as there is one.
    blocking: Vec<MemberRef>,
    /// Owners of whom the server does not know.
    doubtful: Vec<MemberRef>,
    /// Other members who would have to enrol before they see a page again.
    locked_out: Vec<MemberRef>,
}

impl Precheck {
    /// Reads every member.
    pub fn new(
        session: &Session,
        host: &Host,
        you: Account,
        organization: Organization,
        name: &OrganizationName,
    ) -> Result<Self, Failure> {
        let mut precheck = Self {
            your_state: you.two_factor.as_ref().map(|state| {
                match (state.enabled, state.verified) {
                    (true, true) => MemberState::On,
                    (true, false) => MemberState::Started,
                    (false, _) => MemberState::Off,
                }
            }),
            organization,
            you,
            tally: Tally::new(name.to_string()),
            blocking: Vec::new(),
            doubtful: Vec::new(),
            locked_out: Vec::new(),
        };
        session.each_member(host, name, &mut |page| {
            precheck.read(page);
            precheck.tally.counted()
        })?;
        Ok(precheck)
    }

    fn read(&mut self, page: &MemberPage<'_>) {
        for member in &page.members {
            self.tally.count(member);
            let is_owner = member.is_owner == Some(true);
            if member.name.as_deref() == Some(self.you.name.as_str()) {
                self.your_state.get_or_insert(member.state);
            }
            match (member.state, is_owner) {
                (MemberState::Off | MemberState::Started, true) => {
                    self.blocking.push(MemberRef::new(member));
                }
                (MemberState::Off | MemberState::Started, false) => {
                    self.locked_out.push(MemberRef::new(member));
                }
                (MemberState::Unknown, true) => self.doubtful.push(MemberRef::new(member)),
                _ => {}
            }
        }
    }

    /// Returns why the server would refuse, if it would.
    pub fn obstacle(&self) -> Option<Failure> {
        let title = &self.organization.title;
        if let Some(refusal) = change_refusal(&self.organization) {
            return Some(refusal);
        }
        if self.blocking.is_empty() {
            return None;
        }
        let failure = Failure::refused(format!(
            "{title} cannot require two-factor authentication until all owners have enabled it; without it: {}",
            names(&self.blocking, "does", "do")
        ));
        let you_block = self.blocking.iter().any(|owner| owner.name == self.you.name.as_str());
        Some(if you_block {
            failure.hint("you are one of them: run `keybelt 2fa enable`")
        } else {
            failure
                .hint("each of them must enrol with `keybelt 2fa enable` or on the settings page")
        })
    }

    /// Explains a refusal that was not foreseen, unless the server has told more than that it refuses.
    pub fn explain(&self, refusal: Failure) -> Failure {
        if refusal.hint.is_some() {
            return refusal;
        }
        let doubt = if !self.doubtful.is_empty() {
            format!(
                "all owners must have it, and the server does not report it for: {}",
                list(&self.doubtful)
            )
        } else if self.tally.owners() == 0 {
            "all owners must have it, and the server does not show who they are".to_owned()
        } else {
            "the owners' status may have changed; check again with --dry-run".to_owned()
        };
        refusal.hint(doubt)
    }

    /// Returns of how many members but owners the server does not know.
    fn unknown(&self) -> u64 {
        self.tally.of(MemberState::Unknown) - self.doubtful.len() as u64
    }

    fn invited(&self) -> u64 {
        self.tally.of(MemberState::Invited)
    }

    /// Returns how many members would be locked out.
    pub fn locked_out(&self) -> u64 {
        self.locked_out.len() as u64
    }

    /// Returns what was found, in words.
    pub fn text(&self) -> String {
        let mut lines = vec![format!(
            "{}: {}",
            self.organization.title,
            plural(self.tally.counted(), "member")
        )];
        lines.push(self.owners_text());
        if !self.doubtful.is_empty() {
            lines.push(format!("owners whose status is unknown: {}", list(&self.doubtful)));
        }
        lines.push(self.locked_out_text());
        if self.unknown() > 0 {
            lines.push(format!(
                "{} with unknown status: they sign in elsewhere",
                plural(self.unknown(), "member")
            ));
        }
        if self.invited() > 0 {
            lines.push(format!("{} invited, who must enrol when they join", self.invited()));
        }
        lines.push("existing tokens keep working, even for members who are locked out".to_owned());
        lines.push(self.your_text());
        let lines: Vec<_> = lines.iter().map(|line| text::escape(line)).collect();
        lines.join("\n  ")
    }

    fn locked_out_text(&self) -> String {
        let count = self.locked_out();
        if count == 0 {
            return "no member would be locked out of the web interface".to_owned();
        }
        let mut text = format!(
            "{} would be locked out of the web interface until they enrol: {}",
            plural(count, "member"),
            list(&self.locked_out)
        );
        if self.locked_out.len() > MOST_NAMED {
            let title = &self.organization.title;
            text.push_str(&format!("; `keybelt org audit {title}` lists them"));
        }
        text
    }

    fn owners_text(&self) -> String {
        match (self.tally.owners(), self.blocking.len() as u64) {
            (0, _) => "this token cannot see who the owners are".to_owned(),
            (owners, 0) if self.doubtful.is_empty() => {
                format!("{}, all with two-factor authentication", plural(owners, "owner"))
            }
            (owners, 0) => format!("{}, none known to be without it", plural(owners, "owner")),
            (owners, _) => format!(
                "{}; without it, blocking the change: {}",
                plural(owners, "owner"),
                list(&self.blocking)
            ),
        }
    }

    fn your_text(&self) -> String {
        let name = &self.you.name;
        match self.your_state {
            Some(MemberState::On) => format!("you ({name}) have it"),
            Some(MemberState::Started) => format!("you ({name}) have not finished enrolling"),
            Some(MemberState::Off) => format!("you ({name}) do not have it"),
            _ => format!("your own status ({name}) is unknown"),
        }
    }

    /// Returns what was found, for JSON.
    pub fn document(&self) -> Value {
        let documents =
            |named: &[MemberRef]| named.iter().map(MemberRef::document).collect::<Value>();
        json!({
            "would_succeed": self.obstacle().is_none(),
            "obstacle": self.obstacle().map(|failure| failure.message),
            "members": self.tally.counted(),
            "owners": Some(self.tally.owners()).filter(|owners| *owners > 0),
            "blocking": documents(&self.blocking),
            "owners_unknown": documents(&self.doubtful),
            "locked_out": documents(&self.locked_out),
            "unknown": self.unknown(),
            "invited": self.invited(),
            "you": {
                "account": self.you.name.as_str(),
                "role": self.organization.role.map(Role::as_str),
                "state": self.your_state.map(MemberState::as_str),
            },
        })
    }
}

/// Returns why the server would refuse whatever change, if it would.
pub fn change_refusal(organization: &Organization) -> Option<Failure> {
    let may_not = organization.may_change == Some(false);
    may_not.then(|| {
        Failure::refused(format!("this token is not allowed to change {}", organization.title))
            .hint("only its owners may")
    })
}

/// Names the first members of a list, each with its state, and counts the rest.
fn list(named: &[MemberRef]) -> String {
    enumerate(named, |it| format!("{} ({})", it.name, it.state.as_str()))
}

/// Names the first members of a list as the subject of a verb.
fn names(named: &[MemberRef], singular: &str, plural: &str) -> String {
    let verb = if named.len() == 1 { singular } else { plural };
    format!("{} {verb}", enumerate(named, |it| it.name.clone()))
}

fn enumerate(named: &[MemberRef], called: impl Fn(&MemberRef) -> String) -> String {
    let shown: Vec<String> = named.iter().take(MOST_NAMED).map(called).collect();
    let more = match named.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", shown.join(", "))
}
