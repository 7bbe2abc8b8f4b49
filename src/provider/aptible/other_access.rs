//! What lets somebody in beside tokens, on an Aptible server (protocol: tokens 9): SSH keys push to Git without a
//! token or a code, security keys sign in, and a pending change of the email address takes the account over.

use serde_json::Value;

use super::Aptible;
use super::guidance::DASHBOARD;
use super::keys::{SECURITY_KEYS, SSH_KEYS};
use crate::account::{Account, Identifier};
use crate::provider::other_access::{Access, OtherAccess};
use crate::provider::parse::{identifier, single_line};
use crate::token::Credential;

/// What there is: the relation, the word for programs, what people call it, and what is shown of one.
const KINDS: [(&str, &str, &str, &str); 3] = [
    (SSH_KEYS, "ssh_key", "SSH key", "name"),
    (SECURITY_KEYS, "security_key", "security key", "name"),
    ("email_verification_challenges", "email_change", "pending email change", "email"),
];

impl OtherAccess for Aptible<'_> {
    fn other_access(&self, credential: &Credential, _: &Account) -> Vec<Access> {
        let user = self.user(credential);
        let mut all = Vec::new();
        for (relation, kind, called, shown) in KINDS {
            let (place, user) = match &user {
                Ok((place, user)) => (place, user),
                Err(failure) => {
                    all.push(unknown(kind, called, failure));
                    continue;
                }
            };
            let found = self
                .place_below(place, user, relation)
                .and_then(|link| self.collection(link, relation, credential, "see these"));
            match found {
                Ok(found) => all.extend(found.iter().map(|one| access(one, kind, called, shown))),
                Err(failure) => all.push(unknown(kind, called, &failure)),
            }
        }
        all
    }
}

fn access(resource: &Value, kind: &'static str, called: &str, shown: &str) -> Access {
    let text = resource.get(shown).and_then(Value::as_str).unwrap_or("without a name");
    let id = identifier(resource.get("id"));
    let shown_id = id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    Access {
        kind,
        what: single_line(&format!("{called} {text}{shown_id}")),
        action: action(kind, id.as_ref()),
    }
}

/// Names the command that removes one, or the page where there is none.
fn action(kind: &str, id: Option<&Identifier>) -> String {
    match (kind, id) {
        ("ssh_key", Some(id)) => format!("`keybelt ssh-key remove {id}`, unless it is yours"),
        ("security_key", Some(id)) => {
            format!("`keybelt 2fa device remove {id}`, unless it is yours")
        }
        _ => format!("remove it at {DASHBOARD}, unless it is yours"),
    }
}

fn unknown(kind: &'static str, called: &str, failure: &crate::failure::Failure) -> Access {
    Access {
        kind,
        what: format!("each {called}"),
        action: format!("check {DASHBOARD}; it could not be listed: {failure}"),
    }
}
