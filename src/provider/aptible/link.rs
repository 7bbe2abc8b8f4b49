//! Links between resources: where each leads, and that it stays on the host.
//!
//! The vendor's own client joins any address to its base and sends the token there (protocol: aptible 0.1).

use serde_json::Value;
use url::Url;

use crate::failure::Failure;
use crate::host::Host;

/// A resource's place on the host: a path, with its query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Link(String);

impl Link {
    /// Takes a path of ours.
    pub(super) fn to(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Reads an address, absolute or relative.
    ///
    /// # Errors
    /// Unavailable, if it leads to another origin: the token is for this one.
    pub(super) fn parse(address: &str, host: &Host) -> Result<Self, Failure> {
        let base = Url::parse(&host.address_of("/")).ok();
        let url = base.as_ref().and_then(|base| base.join(address).ok());
        let stays = |url: &Url| {
            let has_userinfo = !url.username().is_empty() || url.password().is_some();
            base.as_ref().map(Url::origin) == Some(url.origin()) && !has_userinfo
        };
        let url = url.filter(stays).ok_or_else(|| {
            Failure::unavailable(format!(
                "`{host}` returned a link to another host; keybelt did not send the token there"
            ))
        })?;
        let query = url.query().map(|query| format!("?{query}"));
        Ok(Self(format!("{}{}", url.path(), query.unwrap_or_default())))
    }

    /// Reads a resource's relation; none, `null`, `{}` and an empty address are all no relation.
    pub(super) fn from_relation(
        resource: &Value,
        relation: &str,
        host: &Host,
    ) -> Result<Option<Self>, Failure> {
        let address = resource
            .get("_links")
            .and_then(|links| links.get(relation))
            .and_then(|link| link.get("href"))
            .and_then(Value::as_str)
            .filter(|address| !address.is_empty());
        address.map(|address| Self::parse(address, host)).transpose()
    }

    /// Returns the resource below this one, whatever this one's query asks for.
    pub(super) fn below(&self, name: &str) -> Self {
        let path = self.0.split('?').next().unwrap_or_default();
        Self(format!("{}/{name}", path.trim_end_matches('/')))
    }

    /// Returns the path, from a slash.
    pub(super) fn path(&self) -> &str {
        &self.0
    }

    /// Returns the address as the server writes it.
    pub(super) fn address(&self, host: &Host) -> String {
        host.address_of(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Link;
    use crate::host::Host;

    #[test]
    fn an_address_stays_on_the_host_or_is_refused() {
        let host = Host::parse("auth.aptible.com").expect("a host");
        for (address, path) in [
            ("https://auth.aptible.com/users/1", "/users/1"),
            ("https://AUTH.aptible.com:443/users/1?a=b#c", "/users/1?a=b"),
            ("/users/1", "/users/1"),
            ("users/1", "/users/1"),
            ("/users/../x", "/x"),
        ] {
            assert_eq!(Link::parse(address, &host).ok(), Some(Link::to(path)), "{address}");
        }
        for address in [
            "http://auth.aptible.com/users/1",
            "https://auth.aptible.com:8443/users/1",
            "https://auth.aptible.com.evil.example/users/1",
            "https://evil.example/users/1",
            "//evil.example/users/1",
            "\\\\evil.example/users/1",
            "https://u:p@auth.aptible.com/users/1",
            "javascript:alert(1)",
            "data:text/plain,x",
        ] {
            assert!(Link::parse(address, &host).is_err(), "{address}");
        }
    }

    #[test]
    fn what_is_below_a_resource_leaves_its_query_behind() {
        let host = Host::parse("auth.aptible.com").expect("a host");
        for address in ["/users/1", "/users/1/", "/users/1?embed=all"] {
            let link = Link::parse(address, &host).expect("a link").below("roles");
            assert_eq!(link.path(), "/users/1/roles", "{address}");
        }
    }

    #[test]
    fn an_empty_relation_is_none_in_every_form() {
        let host = Host::parse("auth.aptible.com").expect("a host");
        for links in [
            json!(null),
            json!({}),
            json!({"r": null}),
            json!({"r": {}}),
            json!({"r": {"href": ""}}),
            json!({"r": {"href": null}}),
        ] {
            let found = Link::from_relation(&json!({ "_links": links }), "r", &host);
            assert_eq!(found.ok(), Some(None), "{links}");
        }
    }
}
