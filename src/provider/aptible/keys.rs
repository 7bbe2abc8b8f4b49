//! SSH keys and security keys of an Aptible user (protocol: tokens-and-administration 9).

use serde_json::{Value, json};

use super::Aptible;
use super::link::Link;
use super::wire::{self, ErrorBody};
use crate::account::Identifier;
use crate::failure::Failure;
use crate::http::{Method, Reply};
use crate::provider::answer;
use crate::provider::keys::{SecurityKeys, SshKeys};
use crate::provider::parse::{identifier, single_line};
use crate::ssh_key::{PublicKey, SecurityKey, SshKey};
use crate::token::Credential;

pub(super) const SSH_KEYS: &str = "ssh_keys";
pub(super) const SECURITY_KEYS: &str = "u2f_devices";

impl SshKeys for Aptible<'_> {
    fn ssh_keys(&self, credential: &Credential) -> Result<Vec<SshKey>, Failure> {
        let keys = self.belongings(SSH_KEYS, credential, "see SSH keys")?;
        keys.iter().map(|key| self.ssh_key(key)).collect()
    }

    fn add_ssh_key(
        &self,
        credential: &Credential,
        name: &str,
        key: &PublicKey,
    ) -> Result<SshKey, Failure> {
        let path = self.place_of(SSH_KEYS, credential)?;
        let body = json!({ "name": name, "ssh_public_key": key.line() }).to_string().into();
        let sent = self.send(Method::Post, path.path(), Some(credential), Some(body));
        let reply = sent.map_err(|reason| {
            reason.explained(|failure| {
                failure.hint("it may have succeeded anyway: check with `keybelt ssh-key list`")
            })
        })?;
        match reply.status {
            200..=299 => self.ssh_key(&reply.json(self.host)?),
            400 | 409 | 422 => Err(self.not_accepted(&reply)),
            _ => Err(self.refused(&reply, credential, "add SSH keys")),
        }
    }

    fn remove_ssh_key(&self, credential: &Credential, id: &Identifier) -> Result<bool, Failure> {
        self.removed(&format!("/{SSH_KEYS}/{id}"), credential, "remove SSH keys")
    }
}

impl SecurityKeys for Aptible<'_> {
    fn security_keys(&self, credential: &Credential) -> Result<Vec<SecurityKey>, Failure> {
        let keys = self.belongings(SECURITY_KEYS, credential, "see security keys")?;
        keys.iter()
            .map(|key| {
                Ok(SecurityKey {
                    id: self.id_of(key)?,
                    name: text(key, "name"),
                    created_at: wire::moment(key.get("created_at")),
                })
            })
            .collect()
    }

    fn remove_security_key(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<bool, Failure> {
        self.removed(&format!("/{SECURITY_KEYS}/{id}"), credential, "remove security keys")
    }
}

impl Aptible<'_> {
    /// Finds a collection of the user's: by its link, else below the user.
    fn place_of(&self, relation: &str, credential: &Credential) -> Result<Link, Failure> {
        let (place, user) = self.user(credential)?;
        self.place_below(&place, &user, relation)
    }

    pub(super) fn place_below(
        &self,
        place: &Link,
        user: &Value,
        relation: &str,
    ) -> Result<Link, Failure> {
        let link = Link::from_relation(user, relation, self.host)?;
        Ok(link.unwrap_or_else(|| place.below(relation)))
    }

    fn belongings(
        &self,
        relation: &str,
        credential: &Credential,
        what: &str,
    ) -> Result<Vec<Value>, Failure> {
        let place = self.place_of(relation, credential)?;
        self.collection(place, relation, credential, what)
    }

    fn ssh_key(&self, key: &Value) -> Result<SshKey, Failure> {
        // What the server says of a key is worth less than the key.
        let public = key.get("ssh_public_key").and_then(Value::as_str).and_then(PublicKey::parse);
        let fingerprint = public.as_ref().map(PublicKey::fingerprint);
        Ok(SshKey {
            id: self.id_of(key)?,
            name: text(key, "name"),
            kind: public.map(|public| public.kind().to_owned()),
            fingerprint: fingerprint.or_else(|| text(key, "sha256_fingerprint")),
            created_at: wire::moment(key.get("created_at")),
        })
    }

    /// Reads an id. A list that leaves out what it cannot name would be taken for the whole.
    fn id_of(&self, resource: &Value) -> Result<Identifier, Failure> {
        identifier(resource.get("id")).ok_or_else(|| {
            Failure::unavailable(format!("`{}` returned a key without a valid ID", self.host))
        })
    }

    fn not_accepted(&self, reply: &Reply) -> Failure {
        answer::refused(reply, self.host, || {
            Failure::refused(format!("`{}` did not accept the SSH key", self.host))
                .because(anyhow::anyhow!(ErrorBody::new(reply).text(reply.status)))
                .hint("Aptible takes rsa, ed25519 and dss keys, each once")
        })
    }

    fn removed(&self, path: &str, credential: &Credential, what: &str) -> Result<bool, Failure> {
        let reply = self.send(Method::Delete, path, Some(credential), None)?;
        match reply.status {
            200..=299 => Ok(true),
            404 => Ok(false),
            _ => Err(self.refused(&reply, credential, what)),
        }
    }
}

fn text(resource: &Value, name: &str) -> Option<String> {
    resource.get(name).and_then(Value::as_str).map(single_line)
}
