//! API clients that others wrote: HashiCorp's pytfe, and terrasnek. `.ci/run` puts them into
//! `target/api-clients`.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use keybelt_sandbox::{Limits, Options, Sandbox};

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

/// Starts a sandbox with a site administrator.
fn administered() -> Sandbox {
    let options = Options { site_admin: true, limits: Limits::Off, ..Options::default() };
    Sandbox::start(options).unwrap()
}

#[test]
fn pytfe_administers_users_and_removes_a_member() {
    let sandbox = administered();
    let script = r#"
import os
from pytfe import TFEClient, TFEConfig
from pytfe.errors import TFEError
from pytfe.models import AdminUserListOptions
users = TFEClient(TFEConfig(address=os.environ["HOST"], token=os.environ["TOKEN"])).admin.users
[carol] = users.list(AdminUserListOptions(query="carol@sandbox.test"))
assert (carol.username, carol.email, carol.is_suspended) == ("carol", "carol@sandbox.test", False), carol
[admin] = users.list(AdminUserListOptions(administrators=True))
assert admin.username == "root-admin", admin
assert len(list(users.list(AdminUserListOptions(page_size=2)))) == 6
assert users.suspend(carol.id).is_suspended
assert [user.id for user in users.list(AdminUserListOptions(suspended=True))] == [carol.id]
try:
    users.suspend(carol.id)
    raise SystemExit("suspended twice")
except TFEError as error:
    assert error.status == 400, error.status
assert not users.unsuspend(carol.id).is_suspended
assert users.grant_admin(carol.id).is_admin
assert not users.revoke_admin(carol.id).is_admin
assert users.read(carol.id).username == "carol"
users.delete(carol.id)
assert not list(users.list(AdminUserListOptions(query="carol")))
"#;
    let Some(_) = python(&sandbox, "root-admin", script) else {
        return;
    };
    assert!(!sandbox.accepts(&account(&sandbox, "carol").token));
    let script = r#"
import os
from pytfe import TFEClient, TFEConfig
from pytfe.errors import TFEError
from pytfe.models import OrganizationMembershipListOptions
memberships = TFEClient(TFEConfig(address=os.environ["HOST"], token=os.environ["TOKEN"])).organization_memberships
def of(email):
    return list(memberships.list("acme", OrganizationMembershipListOptions(emails=[email])))
[bob], [olivia] = of("bob@sandbox.test"), of("olivia@sandbox.test")
memberships.delete(bob.id)
assert of("bob@sandbox.test") == []
try:
    memberships.delete(olivia.id)
    raise SystemExit("an owner removed herself")
except TFEError as error:
    assert error.status == 403, error.status
"#;
    python(&sandbox, "olivia", script);
}

#[test]
fn terrasnek_administers_users() {
    let sandbox = administered();
    let script = r#"
import os
from terrasnek.api import TFC
from terrasnek.exceptions import TFCHTTPBadRequest, TFCHTTPNotFound
api = TFC(os.environ["TOKEN"], url=os.environ["HOST"], skip_version_check=True)
api.set_org("acme")
found = api.admin_users.list(query="bob", include=["organizations"])
[bob] = found["data"]
assert bob["attributes"]["two-factor"] == {"enabled": True, "verified": True}, bob
assert bob["relationships"]["organizations"]["data"][0]["id"] == found["included"][0]["id"] == "acme"
filters = [{"keys": ["suspended"], "value": "true"}]
assert api.admin_users.list(filters=filters)["data"] == []
off = api.admin_users.disable_two_factor(bob["id"])["data"]
assert not off["attributes"]["two-factor"]["enabled"], off
for action in [api.admin_users.disable_two_factor, api.admin_users.unsuspend]:
    try:
        action(bob["id"])
        raise SystemExit("there was nothing to do")
    except TFCHTTPBadRequest:
        pass
assert api.admin_users.suspend(bob["id"])["data"]["attributes"]["is-suspended"]
assert [user["id"] for user in api.admin_users.list(filters=filters)["data"]] == [bob["id"]]
api.admin_users.unsuspend(bob["id"])
for id in ["user-nobody", "../account"]:
    try:
        api.admin_users.suspend(id)
        raise SystemExit("a user that is none was suspended")
    except TFCHTTPNotFound:
        pass
api.admin_users.destroy(bob["id"])
assert api.admin_users.list(query="bob")["data"] == []
"#;
    python(&sandbox, "root-admin", script);
}
