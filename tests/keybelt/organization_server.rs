//! An account server with an organization that a test makes up, page by page. Documents as the protocol has
//! them; no tests of its own.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::every_command::{DETAILS, MEMBERSHIPS, ORGANIZATION, ORGANIZATIONS, foreign};
use crate::harness::{Keybelt, Recorded, Reply, Server, World};

/// What is known of somebody's two-factor authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    On,
    Started,
    Off,
    NotTold,
}

/// Somebody in the organization.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: String,
    pub name: Option<String>,
    pub email: String,
    pub second: Second,
    pub is_owner: bool,
}

impl Person {
    pub fn new(name: &str, second: Second) -> Self {
        Self {
            id: name.to_owned(),
            name: Some(name.to_owned()),
            email: format!("{name}@example.com"),
            second,
            is_owner: false,
        }
    }

    pub fn owner(name: &str, second: Second) -> Self {
        Self { is_owner: true, ..Self::new(name, second) }
    }

    fn membership(&self) -> Value {
        let teams = if self.is_owner {
            json!([{"id": "team-owners", "type": "teams"}])
        } else {
            json!([{"id": "team-others", "type": "teams"}])
        };
        json!({
            "id": format!("ou-{}", self.id), "type": "organization-memberships",
            "attributes": {"status": "active", "email": self.email, "created-at": "2026-01-01T00:00:00.000Z"},
            "relationships": {
                "teams": {"data": teams},
                "user": {"data": {"id": format!("user-{}", self.id), "type": "users"}},
                "organization": {"data": {"id": "acme", "type": "organizations"}},
            },
        })
    }

    fn user(&self) -> Value {
        let mut attributes =
            json!({"username": self.name, "is-service-account": false, "auth-method": "tfc"});
        let told = match self.second {
            Second::On => Some((true, true)),
            Second::Started => Some((true, false)),
            Second::Off => Some((false, false)),
            Second::NotTold => None,
        };
        if let Some((enabled, verified)) = told {
            attributes["two-factor"] = json!({"enabled": enabled, "verified": verified});
        }
        json!({"id": format!("user-{}", self.id), "type": "users", "attributes": attributes})
    }
}

/// Returns the document of one page, whatever it says of the others.
pub fn page(people: &[Person], number: u64, pages: u64, total: u64) -> Value {
    let mut included: Vec<Value> = people.iter().map(Person::user).collect();
    for (id, name) in [("team-owners", "owners"), ("team-others", "developers")] {
        included.push(json!({"id": id, "type": "teams", "attributes": {"name": name}}));
    }
    json!({
        "data": people.iter().map(Person::membership).collect::<Vec<_>>(),
        "included": included,
        "meta": {"pagination": {
            "current-page": number, "prev-page": null, "next-page": (number < pages).then_some(number + 1),
            "total-pages": pages, "total-count": total,
        }},
    })
}

/// Returns the number of the page that a request asks for.
pub fn number(request: &Recorded) -> u64 {
    let (_, rest) = request.path.split_once("page%5Bnumber%5D=").unwrap();
    rest.split('&').next().unwrap().parse().unwrap()
}

/// Returns so many members of a long list, by page.
pub fn hundred(number: u64) -> Vec<Person> {
    let first = (number - 1) * 100;
    let name = |index| format!("member-{index}");
    (first..first + 100).map(|it| Person::new(&name(it), Second::On)).collect()
}

/// Starts a server whose members' pages are as `members` says. It has one organization, `acme`, and the token
/// is olivia's.
pub fn serve(members: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Server {
    serve_with(json!({}), members)
}

/// The same, with other attributes of the organization. With `refuses` among them it refuses every change with
/// that status, with `ignores` it says that it was done, and does nothing.
pub fn serve_with(
    attributes: Value,
    members: impl Fn(&Recorded) -> Reply + Send + Sync + 'static,
) -> Server {
    let is_required =
        AtomicBool::new(attributes["collaborator-auth-policy"] == "two_factor_mandatory");
    Server::start(move |request| match request.route() {
        ("GET", MEMBERSHIPS) => members(request),
        ("GET", DETAILS) => Reply::json(
            200,
            &json!({"data": {
                "id": "user-olivia", "type": "users",
                "attributes": {"username": "olivia", "email": "olivia@example.com"},
            }}),
        ),
        ("GET", ORGANIZATIONS) => {
            let data = [organization(&attributes, is_required.load(Ordering::SeqCst))];
            Reply::json(200, &json!({"data": data}))
        }
        ("PATCH", ORGANIZATION) if attributes["refuses"].is_u64() => Reply::json(
            attributes["refuses"].to_string().parse().unwrap(),
            &json!({"errors": [{"title": "invalid attribute", "detail": "Owners must have it"}]}),
        ),
        ("GET" | "PATCH", ORGANIZATION) => {
            if request.method == "PATCH" && attributes["ignores"] != true {
                let policy = &request.json()["data"]["attributes"]["collaborator-auth-policy"];
                is_required.store(policy == "two_factor_mandatory", Ordering::SeqCst);
            }
            let data = organization(&attributes, is_required.load(Ordering::SeqCst));
            Reply::json(200, &json!({"data": data}))
        }
        _ => Reply::json(404, &json!({"errors": [{"status": "404", "title": "not found"}]})),
    })
}

fn organization(more: &Value, is_required: bool) -> Value {
    let mut attributes = json!({
        "name": "acme", "two-factor-conformant": false, "session-timeout": 30, "session-remember": null,
        "user-tokens-enabled": true, "max-ttl-enabled": false, "permissions": {"can-update": true},
    });
    for (name, value) in more.as_object().unwrap() {
        attributes[name] = value.clone();
    }
    let policy = if is_required { "two_factor_mandatory" } else { "password" };
    attributes["collaborator-auth-policy"] = policy.into();
    json!({"id": "acme", "type": "organizations", "attributes": attributes})
}

/// Prepares keybelt with a token for a server from the environment, which nobody is asked about.
pub fn keybelt(world: &World, host: &str, words: &str) -> Keybelt {
    world.keybelt(words.split(' ')).env("ATLAS_ADDRESS", host).env("ATLAS_TOKEN", foreign::TOKEN)
}
