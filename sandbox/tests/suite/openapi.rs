//! The answers against the vendor's own OpenAPI description, for every route that both have.
//!
//! `tests/openapi/hcp-terraform-v2.json` is an excerpt of the description that HashiCorp publishes
//! under the MPL-2.0: these routes' answers and the schemas that they refer to, unchanged.

use keybelt_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::wire::{Answer, Request};
use crate::{account, sandbox_without_limits};

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
            validate(
                root,
                &schema["items"],
                item,
                &format!("{at}/{index}"),
                problems,
            );
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
    let request = Request::new(method, &format!("/api/v2{before}{id}{after}{rest}"))
        .bearer(token)
        .header("Content-Type", "application/vnd.api+json");
    let answer = match body {
        Some(body) => request.body(&body.to_string()).send(sandbox),
        None => request.send(sandbox),
    };
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
    assert_eq!(
        problems,
        Vec::<String>::new(),
        "{route} {status}: {}",
        answer.text
    );
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
    let (show, delete) = (
        "GET /authentication-tokens/{id}",
        "DELETE /authentication-tokens/{id}",
    );
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
fn a_refusal_for_want_of_a_token_is_as_the_vendor_describes_it() {
    let sandbox = sandbox_without_limits();
    let answer = ask(&sandbox, "dead", "GET /account/details", "", "", None);
    assert_eq!(answer.status, 401);
}
