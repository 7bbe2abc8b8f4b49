//! API clients that others wrote: HashiCorp's pytfe, and terrasnek. `.ci/run` puts them into
//! `target/api-clients`.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use keybelt_sandbox::Sandbox;

use crate::{account, sandbox};

/// Runs a script of Python's with the clients, `HOST`, `TOKEN` and nothing else of these
/// surroundings; returns nothing if they are not there, which is an error where `CI` is set.
fn python(sandbox: &Sandbox, username: &str, script: &str) -> Option<String> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/api-clients/bin/python");
    if !python.exists() {
        assert!(std::env::var_os("CI").is_none(), "needs target/api-clients");
        let _ = writeln!(std::io::stderr(), "not run: needs target/api-clients");
        return None;
    }
    let output = Command::new(python)
        .args(["-c", script])
        .env_clear()
        .env("HOST", &sandbox.ready().atlas_url)
        .env("TOKEN", account(sandbox, username).token)
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), output.stderr);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&err));
    Some(out)
}

#[test]
fn terrasnek_creates_lists_shows_and_deletes_user_tokens() {
    let sandbox = sandbox();
    let script = r#"
import os
from terrasnek.api import TFC
def client(token):
    api = TFC(token, url=os.environ["HOST"], skip_version_check=True)
    api.set_org("acme")
    return api
api = client(os.environ["TOKEN"])
me = api.account.show()["data"]["id"]
attributes = {"description": "from terrasnek", "expired-at": "2999-04-06T12:00:00.000Z"}
made = api.user_tokens.create(me, {"data": {"type": "authentication-tokens", "attributes": attributes}})["data"]
listed = api.user_tokens.list(me)["data"]
assert [token["id"] for token in listed if token["attributes"]["description"] == "from terrasnek"] == [made["id"]]
assert all(token["attributes"]["token"] is None for token in listed)
shown = api.user_tokens.show(made["id"])["data"]["attributes"]
assert shown["expired-at"] == "2999-04-06T12:00:00.000Z", shown
other = client(made["attributes"]["token"])
assert other.account.show()["data"]["id"] == me
other.user_tokens.destroy(made["id"])
print(made["attributes"]["token"])
"#;
    let Some(token) = python(&sandbox, "alice", script) else {
        return;
    };
    assert!(!sandbox.accepts(token.trim()), "it deleted itself");
    assert!(sandbox.was_presented(token.trim()), "it was used before");
}

#[test]
fn pytfe_reads_the_account_and_an_organizations_token() {
    let sandbox = sandbox();
    let script = r#"
import os
from pytfe import TFEClient, TFEConfig
def client(token):
    return TFEClient(TFEConfig(address=os.environ["HOST"], token=token))
owner = client(os.environ["TOKEN"])
assert owner.users.read_current().username == "olivia"
made = owner.organization_tokens.create("acme")
service = client(made.token).users.read_current()
assert service.is_service_account, service
print(made.token)
"#;
    let Some(token) = python(&sandbox, "olivia", script) else {
        return;
    };
    assert!(sandbox.accepts(token.trim()));
}
