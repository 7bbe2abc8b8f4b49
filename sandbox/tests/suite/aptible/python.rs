//! A client that shares nothing with us: `aptible-api`, a Python package.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use super::present_code;
use crate::{account, sandbox};

/// Where `.ci/run` installs it.
const INSTALLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/api-clients/bin/python");

const SCRIPT: &str = r#"
import json, sys
from aptible.api import AptibleApi
from aptible.api.manager.aptible_auth_api import AptibleAuthApi

asked = json.load(sys.stdin)
token = AptibleAuthApi(asked["url"]).create_token(
    grant_type="password",
    username=asked["email"],
    password=asked["password"],
    otp_token=asked["code"],
    scope="manage",
    expires_in=86400,
)
api = AptibleApi(asked["url"])
api.authorize(token=token.access_token)
user = api.fetch(asked["url"] + "/current_token").user()
print(json.dumps({
    "seconds": (token.expires_at - token.created_at).total_seconds(),
    "user": [user.email, user.otp_enabled],
    "roles": [role.type for role in user.roles()],
    "organizations": [
        [organization.name, [member.email for member in organization.users(per_page=3)]]
        for organization in api.organizations()
    ],
}))
"#;

/// Returns a Python that has the package; nothing if there is none, which is an error where `CI` is
/// set.
fn python() -> Option<Command> {
    let installed = Path::new(INSTALLED).exists().then_some(INSTALLED);
    let python = installed.unwrap_or("python3");
    let has_it =
        Command::new(python).args(["-c", "import aptible.api"]).stderr(Stdio::null()).status();
    if has_it.is_ok_and(|status| status.success()) {
        return Some(Command::new(python));
    }
    assert!(std::env::var_os("CI").is_none(), "needs aptible-api for Python");
    let _ = writeln!(std::io::stderr(), "not run: needs aptible-api for Python");
    None
}

#[test]
fn the_python_client_signs_in_with_a_code_and_reads_who_is_there() {
    let Some(mut python) = python() else { return };
    let sandbox = sandbox();
    let bob = account(&sandbox, "bob");
    let asked = json!({
        "url": sandbox.ready().aptible_url,
        "email": bob.email,
        "password": bob.password,
        "code": present_code(&sandbox, "bob"),
    });
    let mut running = python
        .args(["-c", SCRIPT])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = running.stdin.take().unwrap();
    input.write_all(asked.to_string().as_bytes()).unwrap();
    drop(input);
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success());
    let seen: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let members = ["alice", "bob", "carol", "olivia"].map(|name| format!("{name}@sandbox.test"));
    assert_eq!(
        seen,
        json!({
            "seconds": 86_400.0,
            "user": ["bob@sandbox.test", true],
            "roles": ["platform_user"],
            "organizations": [["acme", members]],
        })
    );
}
