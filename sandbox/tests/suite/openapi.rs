//! The answers against the vendor's own OpenAPI description, for every route that both have.
//!
//! `tests/openapi/hcp-terraform-v2.json` is an excerpt of the description that HashiCorp publishes
//! under the MPL-2.0: these routes' answers and the schemas that they refer to, unchanged.

use keybelt_sandbox::{Limits, Options, Sandbox};
use serde_json::{Value, json};

use crate::wire::Answer;
use crate::{account, api, sandbox_without_limits};

const DESCRIPTION: &str = include_str!("../openapi/hcp-terraform-v2.json");

/// Checks a value against a schema, as far as this description uses schemas, and collects what is
/// wrong.
fn validate(root: &Value, schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.strip_prefix('#').unwrap()).unwrap();
        return validate(root, target, value, at, problems);
    }
    if value.is_null() && schema["nullable"] == json!(true) {
        return;
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        validate(root, part, value, at, problems);
    }
    if schema["oneOf"].is_array() {
        // All that this description offers choices of says by its type which one it is.
        let kind = value["type"].as_str().unwrap_or_default();
        let reference = &schema["discriminator"]["mapping"][kind];
        if reference.is_null() {
            problems.push(format!("{at} is none of what may be here: {value}"));
            return;
        }
        validate(root, &json!({"$ref": reference}), value, at, problems);
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64(),
        Some(other) => panic!("a type to learn: {other}"),
        None => true,
    };
    if !fits {
        problems.push(format!("{at} is {value}, not {}", schema["type"]));
    }
    if let Some(values) = schema["enum"].as_array().filter(|it| !it.contains(value)) {
        problems.push(format!("{at} is {value}, not one of {values:?}"));
    }
    let is_time = value.as_str().map(str::parse::<jiff::Timestamp>);
    if schema["format"] == json!("date-time") && is_time.is_none_or(|time| time.is_err()) {
        problems.push(format!("{at} is {value}, not a time"));
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        if value.get(name.as_str().unwrap()).is_none() {
            problems.push(format!("{at} has no {name}"));
        }
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(member) = value.get(name) {
            validate(root, schema, member, &format!("{at}/{name}"), problems);
        }
    }
    if !schema["items"].is_null() {
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            validate(root, &schema["items"], item, &format!("{at}/{index}"), problems);
        }
    }
}

/// Asks, and checks status, media type and body against the description of this route.
fn ask(
    sandbox: &Sandbox,
    token: &str,
    route: &str,
    id: &str,
    rest: &str,
    body: Option<Value>,
) -> Answer {
    let (method, template) = route.split_once(' ').unwrap();
    let (before, after) = template.split_once('{').unwrap_or((template, ""));
    let after = after.split_once('}').map_or("", |(_, after)| after);
    let path = format!("{before}{id}{after}{rest}");
    let answer = api(sandbox, token, method, &path, body);
    let description: Value = serde_json::from_str(DESCRIPTION).unwrap();
    let responses = &description["paths"][template][method.to_ascii_lowercase()]["responses"];
    let status = answer.status.to_string();
    let response = responses.get(&status).unwrap_or(&responses["default"]);
    let Some(content) = response["content"].as_object() else {
        assert_eq!(answer.text, "", "{route}");
        return answer;
    };
    let schema = &content[answer.header("content-type").unwrap()]["schema"];
    assert!(schema.is_object(), "{route} {status} is not described");
    let mut problems = Vec::new();
    validate(&description, schema, &answer.json(), "", &mut problems);
    assert_eq!(problems, Vec::<String>::new(), "{route} {status}: {}", answer.text);
    answer
}

#[test]
fn every_answer_is_as_the_vendor_describes_it() {
    let sandbox = sandbox_without_limits();
    let token = account(&sandbox, "alice").token;
    let ask = |route, id: &str, rest, body| {
        let answer = ask(&sandbox, &token, route, id, rest, body);
        (answer.status, answer)
    };
    let (details, show_user) = ("GET /account/details", "GET /users/{user_id}");
    let list = "GET /users/{user_id}/authentication-tokens";
    let create = "POST /users/{user_id}/authentication-tokens";
    let (show, delete) = ("GET /authentication-tokens/{id}", "DELETE /authentication-tokens/{id}");
    let (status, me) = ask(details, "", "", None);
    assert_eq!(status, 200);
    let me = me.at("/data/id");
    assert_eq!(ask(show_user, &me, "", None).0, 200);
    assert_eq!(ask(show_user, "user-none", "", None).0, 404);
    let body = json!({"data": {"type": "", "attributes": {"description": "api"}}});
    let (status, created) = ask(create, &me, "", Some(body.clone()));
    assert_eq!(status, 201);
    let past = json!({"data": {"attributes": {"expired-at": "2001-01-01T00:00:00Z"}}});
    assert_eq!(ask(create, &me, "", Some(past)).0, 422);
    assert_eq!(ask(create, "user-none", "", Some(body)).0, 404);
    for rest in ["", "?page%5Bsize%5D=1", "?page%5Bnumber%5D=9"] {
        assert_eq!(ask(list, &me, rest, None).0, 200);
    }
    assert_eq!(ask(list, "user-none", "", None).0, 404);
    let id = created.at("/data/id");
    assert_eq!(ask(show, &id, "", None).0, 200);
    assert_eq!(ask(delete, &id, "", None).0, 204);
    assert_eq!(ask(delete, &id, "", None).0, 404);
    assert_eq!(ask(show, &id, "", None).0, 404);
}

#[test]
fn organizations_and_their_members_are_as_the_vendor_describes_them() {
    let sandbox = Sandbox::start(Options {
        accounts: 1,
        members: 40,
        limits: Limits::Off,
        ..Options::default()
    })
    .unwrap();
    let token = account(&sandbox, "olivia").token;
    let ask_as =
        |token: &str, route, id, rest, body| ask(&sandbox, token, route, id, rest, body).status;
    let ask_at = |route, id, rest, body| ask_as(&token, route, id, rest, body);
    let ask = |route, rest, body| ask_at(route, "acme", rest, body);
    let list = "GET /organizations";
    for rest in ["", "?page%5Bsize%5D=1", "?page%5Bnumber%5D=9", "?q=acme"] {
        assert_eq!(ask_at(list, "", rest, None), 200);
    }
    let show = "GET /organizations/{organization_name}";
    let update = "PATCH /organizations/{organization_name}";
    assert_eq!(ask(show, "", None), 200);
    let change = |policy: &str| {
        let attributes = json!({"collaborator-auth-policy": policy, "session-timeout": 30});
        Some(json!({"data": {"type": "organizations", "attributes": attributes}}))
    };
    assert_eq!(ask(update, "", change("nothing")), 422);
    assert_eq!(ask(update, "", change("two_factor_mandatory")), 200);
    let members = "GET /organizations/{organization_name}/organization-memberships";
    for rest in [
        "",
        "?include=user,teams&page%5Bsize%5D=100",
        "?include=user&filter%5Bstatus%5D=invited",
        "?page%5Bnumber%5D=99",
    ] {
        assert_eq!(ask(members, rest, None), 200);
    }
    assert_eq!(ask(members, "?include=nothing", None), 400);
    let own = "GET /organization-memberships";
    for rest in ["", "?include=user,teams,organization&page%5Bsize%5D=1"] {
        assert_eq!(ask_at(own, "", rest, None), 200);
    }
    let lifetimes = "GET /organizations/{organization_name}/token-ttl-policies";
    assert_eq!(ask(lifetimes, "", None), 200);
    let change = "PATCH /organizations/{organization_name}/token-ttl-policies";
    let entries = json!([{"token-type": "user", "max-ttl-ms": 3_600_000}]);
    let limits = json!({"data": {"attributes": {"token-ttl-policies": entries}}});
    assert_eq!(ask(change, "", Some(limits)), 200);
    assert_eq!(ask(change, "", Some(json!({}))), 422);
    let member = account(&sandbox, "alice").token;
    for (route, status) in [(show, 200), (update, 404), (members, 404), (lifetimes, 403)] {
        assert_eq!(ask_as(&member, route, "acme", "", None), status, "{route}");
    }
}

#[test]
fn changes_of_an_account_are_as_the_vendor_describes_them() {
    let sandbox = sandbox_without_limits();
    let alice = account(&sandbox, "alice");
    let ask = |route, attributes: Value| {
        let body = json!({"data": {"type": "users", "attributes": attributes}});
        ask(&sandbox, &alice.token, route, "", "", Some(body)).status
    };
    let update = "PATCH /account/update";
    assert_eq!(ask(update, json!({"email": "new@sandbox.test"})), 200);
    assert_eq!(ask(update, json!({"email": "new"})), 422);
    let password = "PATCH /account/password";
    let change = |current: &str| {
        let new = "a new password";
        json!({"current_password": current, "password": new, "password_confirmation": new})
    };
    assert_eq!(ask(password, change("wrong")), 422);
    assert_eq!(ask(password, change(&alice.password)), 200);
}

#[test]
fn a_refusal_for_want_of_a_token_is_as_the_vendor_describes_it() {
    let sandbox = sandbox_without_limits();
    let answer = ask(&sandbox, "dead", "GET /account/details", "", "", None);
    assert_eq!(answer.status, 401);
}
