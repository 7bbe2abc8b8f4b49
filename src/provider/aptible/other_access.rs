//! What lets somebody in beside tokens, on an Aptible server (protocol: tokens 9): SSH keys push to Git without a
//! token or a code, security keys sign in, and a pending change of the e-mail address takes the account over.

use serde_json::Value;

use super::Aptible;
use super::guidance::DASHBOARD;
use crate::account::Account;
use crate::provider::other_access::{Access, OtherAccess};
use crate::provider::parse::{identifier, single_line};
use crate::token::Credential;

/// What there is: the route, the word for programs, what people call it, and what is shown of one.
const KINDS: [(&str, &str, &str, &str); 3] = [
    ("ssh_keys", "ssh_key", "SSH key", "name"),
    ("u2f_devices", "security_key", "security key", "name"),
    ("email_verification_challenges", "email_change", "pending e-mail change", "email"),
];

impl OtherAccess for Aptible<'_> {
    fn other_access(&self, credential: &Credential, _: &Account) -> Vec<Access> {
        let link = self.user(credential).map(|(link, _)| link);
        let mut all = Vec::new();
        for (route, kind, called, shown) in KINDS {
            let found = match &link {
                Ok(link) => self.collection(link.below(route), route, credential, "see these"),
                Err(failure) => {
                    all.push(unknown(kind, called, failure));
                    continue;
                }
            };
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
    let id = identifier(resource.get("id")).map(|id| format!(" ({id})")).unwrap_or_default();
    Access {
        kind,
        what: single_line(&format!("{called} {text}{id}")),
        action: format!("remove it at {DASHBOARD} unless it is yours"),
    }
}

fn unknown(kind: &'static str, called: &str, failure: &crate::failure::Failure) -> Access {
    Access {
        kind,
        what: format!("each {called}"),
        action: format!("look at {DASHBOARD}; it could not be listed: {failure}"),
    }
}
