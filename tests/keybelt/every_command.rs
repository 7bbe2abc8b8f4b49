//! Every command that talks to an account server, each prepared to succeed: for tests that concern them all.
//! And an account server that none of us wrote, which a test may change answer by answer. No tests of its own.

use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};

use serde_json::{Value, json};

use crate::harness::{Keybelt, Recorded, Reply, Server, World};

/// A command that needs an account server, or a token for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Login,
    LoginWithToken,
    Logout,
    Status,
    Whoami,
    TwoFactorStatus,
    Enable,
    Verify,
    Resend,
    Disable,
    RecoveryCodes,
    TokenPrint,
    OrganizationList,
    OrganizationAudit,
}

pub const AUTHENTICATE: &str = "/api/v1/authenticate";
pub const REQUEST_CODE: &str = "/api/v1/two-factor/request-code";
pub const DETAILS: &str = "/api/v2/account/details";
pub const ENABLE: &str = "/api/v2/account/actions/two-factor-enable";
pub const VERIFY: &str = "/api/v2/account/actions/two-factor-verify";
pub const RESEND: &str = "/api/v2/account/actions/two-factor-resend-verification-code";
pub const DISABLE: &str = "/api/v2/account/actions/two-factor-disable";
pub const ORGANIZATIONS: &str = "/api/v2/organizations";
pub const ORGANIZATION: &str = "/api/v2/organizations/acme";
pub const OWN_MEMBERSHIPS: &str = "/api/v2/organization-memberships";
pub const MEMBERSHIPS: &str = "/api/v2/organizations/acme/organization-memberships";

/// A method and a path.
pub type Route = (&'static str, &'static str);

impl Command {
    pub const ALL: [Self; 14] = [
        Self::Login,
        Self::LoginWithToken,
        Self::Logout,
        Self::Status,
        Self::Whoami,
        Self::TwoFactorStatus,
        Self::Enable,
        Self::Verify,
        Self::Resend,
        Self::Disable,
        Self::RecoveryCodes,
        Self::TokenPrint,
        Self::OrganizationList,
        Self::OrganizationAudit,
    ];

    /// Returns the requests of a success, in order.
    pub fn routes(self) -> &'static [Route] {
        match self {
            Self::Login => &[("GET", AUTHENTICATE), ("POST", AUTHENTICATE), ("GET", DETAILS)],
            Self::Logout => &[("DELETE", AUTHENTICATE)],
            Self::LoginWithToken
            | Self::Status
            | Self::Whoami
            | Self::TwoFactorStatus
            | Self::RecoveryCodes => &[("GET", DETAILS)],
            Self::Enable => &[("GET", DETAILS), ("POST", ENABLE)],
            Self::Verify => &[("GET", DETAILS), ("POST", VERIFY)],
            Self::Resend => &[("POST", RESEND)],
            Self::Disable => &[("GET", DETAILS), ("POST", DISABLE)],
            Self::TokenPrint => &[],
            Self::OrganizationList => &[("GET", ORGANIZATIONS), ("GET", OWN_MEMBERSHIPS)],
            Self::OrganizationAudit => {
                &[("GET", ORGANIZATION), ("GET", OWN_MEMBERSHIPS), ("GET", MEMBERSHIPS)]
            }
        }
    }

    /// Returns the exit code where nothing goes wrong: servers show recovery codes to no tool, and one member
    /// has no second factor.
    pub fn designed_code(self) -> i32 {
        match self {
            Self::RecoveryCodes => 4,
            Self::OrganizationAudit => 6,
            _ => 0,
        }
    }

    /// Returns the account that it is about.
    pub fn username(self) -> &'static str {
        match self {
            Self::Login | Self::Disable => "bob",
            Self::OrganizationList | Self::OrganizationAudit => "olivia",
            _ => "alice",
        }
    }

    /// Returns its words after the program's name. What a person would type is on standard input.
    pub fn words(self, host: &str) -> Vec<String> {
        let login = format!("login {host} --username bob --password-stdin --code-stdin");
        let paste = format!("login {host} --token-stdin");
        let words = match self {
            Self::Login => &login,
            Self::LoginWithToken => &paste,
            Self::Logout => "logout",
            Self::Status => "status",
            Self::Whoami => "whoami",
            Self::TwoFactorStatus => "2fa status",
            Self::Enable => "2fa enable --app --no-verify --no-qr",
            Self::Verify => "2fa verify --code-stdin --recovery-codes-file codes.txt",
            Self::Resend => "2fa resend",
            Self::Disable => "2fa disable --yes",
            Self::RecoveryCodes => "2fa recovery-codes list",
            Self::TokenPrint => "token print --reveal",
            Self::OrganizationList => "org list",
            Self::OrganizationAudit => "org audit acme",
        };
        words.split(' ').map(str::to_owned).collect()
    }

    /// Brings the world into the state in which the command succeeds.
    pub fn prepare(self, world: &World) {
        let username = self.username();
        let token = world.account(username).token;
        if !matches!(self, Self::Login | Self::LoginWithToken) {
            store(world, &world.host(), username, &token);
        }
        let enrolment: &[&str] = match self {
            Self::Verify => &["2fa", "enable", "--app", "--no-verify"],
            Self::Resend => &["2fa", "enable", "--sms", "+15555550100", "--no-verify"],
            _ => return,
        };
        world.keybelt(enrolment).run().code(0);
    }

    /// Returns the lines that the command reads from standard input.
    pub fn stdin(self, world: &World) -> String {
        match self {
            Self::Login => format!("{}\n{}\n", world.password("bob"), world.code("bob")),
            Self::LoginWithToken => format!("{}\n", world.account("alice").token),
            Self::Verify => format!("{}\n", world.code("alice")),
            _ => String::new(),
        }
    }

    /// Prepares the command itself, for the sandbox.
    pub fn keybelt(self, world: &World) -> Keybelt {
        self.keybelt_with(world, &[])
    }

    /// Prepares the command with more arguments.
    pub fn keybelt_with(self, world: &World, more: &[&str]) -> Keybelt {
        let mut words = self.words(&world.host());
        words.extend(more.iter().map(|&word| word.to_owned()));
        world.keybelt(words).stdin(self.stdin(world))
    }
}

/// Writes `tokens.json` as if the account had signed in with its password (design: data on disk).
pub fn store(world: &World, host: &str, username: &str, token: &str) {
    let now = world.sandbox.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let document = json!({"version": 1, "current": host, "hosts": {host: {
        "active": username,
        "accounts": {username: {
            "provider": "atlas",
            "origin": "password",
            "user_id": null,
            "token_id": null,
            "created_at": now,
            "expires_at": null,
            "expires_in_asked": 604_800,
            "authenticated_at": now,
            "store": "file",
            "pending_two_factor": null,
            "token": token,
        }},
    }}});
    write_store(world, document.to_string());
}

/// Writes `tokens.json` to the byte.
pub fn write_store(world: &World, bytes: impl AsRef<[u8]>) {
    DirBuilder::new().recursive(true).mode(0o700).create(world.config_dir()).unwrap();
    fs::write(world.tokens_file(), bytes).unwrap();
    fs::set_permissions(world.tokens_file(), Permissions::from_mode(0o600)).unwrap();
}

/// What the account server that none of us wrote knows. Nobody's secrets: searching for them is safe.
pub mod foreign {
    pub const TOKEN: &str = "fOreIgnTokEn42.atlasv1.zQ8vKx3mWn6pLr2sHt5yBd9cFg7jUa4eRi1oXk0wVqMzNlPsTuGhEfCbAvYd2q4w6e8r0t1";
    pub const PASSWORD: &str = "Wr0ng-h0rse&battery/\"staple\"";
    pub const CODE: &str = "481516";
    pub const SECRET: &str = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU";
    pub const RECOVERY_CODES: [&str; 3] =
        ["rescue-7h3n-a11a", "rescue-9k2m-b22b", "rescue-4w8z-c33c"];
    pub const NUMBER: &str = "+15555550100";
}

/// Starts an account server of the classic generation whose account is alice's, with a second factor at
/// sign-in. `change` may answer in its place.
pub fn account_server(
    change: impl Fn(&Recorded) -> Option<Reply> + Send + Sync + 'static,
) -> Server {
    Server::start(move |request| change(request).unwrap_or_else(|| usual_answer(request)))
}

/// Returns what an account server answers when nothing is wrong.
pub fn usual_answer(request: &Recorded) -> Reply {
    let (status, document) = usual_document(request);
    match status {
        204 => Reply::with(204, &[], ""),
        status => Reply::json(status, &document),
    }
}

/// Returns the status and the document of the usual answer.
pub fn usual_document(request: &Recorded) -> (u16, Value) {
    let bearer = request.header("Authorization").is_some();
    match (request.method.as_str(), request.route().1) {
        ("GET", AUTHENTICATE) if !bearer => (401, json!({"errors": ["Bad access token"]})),
        ("GET", AUTHENTICATE) => (200, json!({"user": {"username": "alice"}})),
        ("DELETE", AUTHENTICATE) => (204, Value::Null),
        ("POST", AUTHENTICATE) if request.json().pointer("/two_factor/code").is_none() => {
            (406, challenge(&["app", "sms"]))
        }
        ("POST", AUTHENTICATE) => (
            200,
            json!({
                "description": "keybelt", "token": foreign::TOKEN, "token_hash": "00",
                "created_at": "2026-05-01T10:00:00.000Z",
            }),
        ),
        ("POST", REQUEST_CODE) => {
            (201, json!({"two_factor": {"obfuscated_destination": "SMS number ending in 0100"}}))
        }
        ("GET", DETAILS) => (200, user(&json!({"enabled": true, "verified": false}))),
        ("POST", ENABLE) => (
            200,
            user(&json!({
                "enabled": true, "verified": false, "delivery": "app", "sms-number": foreign::NUMBER,
                "provisioning-url": format!(
                    "otpauth://totp/alice@example.com?secret={}&issuer=elsewhere", foreign::SECRET
                ),
            })),
        ),
        ("POST", VERIFY) => (
            200,
            user(&json!({
                "enabled": true, "verified": true, "delivery": "app", "sms-number": null,
                "recovery-codes": foreign::RECOVERY_CODES, "used-recovery-codes": [],
            })),
        ),
        ("POST", RESEND) => (202, Value::Null),
        ("POST", DISABLE) => (
            200,
            user(
                &json!({"enabled": false, "verified": false, "delivery": null, "sms-number": null}),
            ),
        ),
        ("GET", ORGANIZATIONS) => (200, json!({"data": [organization()]})),
        ("GET", ORGANIZATION) => (200, json!({"data": organization()})),
        ("GET", MEMBERSHIPS) => (200, memberships()),
        _ => (404, json!({"errors": [{"status": "404", "title": "not found"}]})),
    }
}

/// Returns an organization that shows little of itself.
fn organization() -> Value {
    json!({
        "id": "acme",
        "type": "organizations",
        "attributes": {"name": "acme", "collaborator-auth-policy": "password"},
    })
}

/// Returns the one page of its members: alice, who has not finished enrolling.
fn memberships() -> Value {
    json!({
        "data": [{
            "id": "ou-4lice",
            "type": "organization-memberships",
            "attributes": {"status": "active", "email": "alice@example.com"},
            "relationships": {"user": {"data": {"id": "user-4lice", "type": "users"}}},
        }],
        "included": [user(&json!({"enabled": true, "verified": false}))["data"]],
        "meta": {"pagination": {"current-page": 1, "next-page": null, "total-pages": 1, "total-count": 1}},
    })
}

/// Returns the challenge of an account with these deliveries, the first one its own choice.
pub fn challenge(deliveries: &[&str]) -> Value {
    json!({
        "two_factor": {"default_delivery_method": deliveries[0], "delivery_methods": deliveries},
        "errors": ["a code is required"],
    })
}

/// Returns alice's account document.
pub fn user(two_factor: &Value) -> Value {
    json!({"data": {
        "id": "user-4lice",
        "type": "users",
        "attributes": {
            "username": "alice", "email": "alice@example.com", "two-factor": two_factor,
        },
        "links": {"self": "/api/v2/users/user-4lice", "auth-token": "/api/v2/authentication-tokens/at-4lice"},
    }})
}

impl Command {
    /// Prepares the command for a server that is not the sandbox, alice being signed in there.
    pub fn keybelt_at(self, world: &World, host: &str, more: &[&str]) -> Keybelt {
        if !matches!(self, Self::Login | Self::LoginWithToken) {
            store(world, host, "alice", foreign::TOKEN);
        }
        let _ = fs::remove_file(world.home().join("codes.txt"));
        let mut words = self.words(host);
        words.extend(more.iter().map(|&word| word.to_owned()));
        world.keybelt(words).stdin(match self {
            Self::Login => format!("{}\n{}\n", foreign::PASSWORD, foreign::CODE),
            Self::LoginWithToken => format!("{}\n", foreign::TOKEN),
            Self::Verify => format!("{}\n", foreign::CODE),
            _ => String::new(),
        })
    }
}
