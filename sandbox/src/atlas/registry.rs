//! The private module registry (`modules.v1`), with one module in it: `acme/hello/sandbox`.
//! Terraform presents its token when it asks for versions and for the place of an archive, but not
//! when it fetches the archive.

use hyper::header::HeaderName;
use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::caller::Caller;
use crate::archive::{self, VERSION};
use crate::exchange::{Call, Reply};
use crate::organization::Organizations;
use crate::state::State;

/// Below this terraform appends `NAMESPACE/NAME/PROVIDER/…`.
pub(crate) const BASE: &str = "/api/registry/v1/modules/";

const NAME: [&str; 2] = ["hello", "sandbox"];

/// Answers a request below `/api/registry/v1/modules`.
pub(crate) fn answer(state: &mut State, call: &Call, method: &Method, route: &[&str]) -> Reply {
    let Some(token) = state.authenticate(call) else {
        return refuse(StatusCode::UNAUTHORIZED, "unauthorized");
    };
    if let Err(refusal) = Caller::of(state, call, &token, Organizations::HOME) {
        let message =
            if refusal.status == StatusCode::UNAUTHORIZED { "unauthorized" } else { "not found" };
        return refuse(refusal.status, message);
    }
    let namespace = state.organizations.home().name().to_owned();
    match (method, route) {
        (&Method::GET, [owner, name, provider, rest @ ..])
            if *owner == namespace && [*name, *provider] == NAME =>
        {
            match rest {
                ["versions"] => versions(&namespace),
                [VERSION, "download"] => download(state),
                _ => refuse(StatusCode::NOT_FOUND, "not found"),
            }
        }
        _ => refuse(StatusCode::NOT_FOUND, "not found"),
    }
}

fn versions(namespace: &str) -> Reply {
    let [name, provider] = NAME;
    let version = json!({
        "version": VERSION,
        "root": {"providers": [], "dependencies": []},
        "submodules": [],
    });
    let body = json!({"modules": [{
        "source": format!("{namespace}/{name}/{provider}"),
        "versions": [version],
    }]});
    Reply::json(StatusCode::OK, &body)
}

/// Says where the archive is. `archive` tells terraform its format; it is not sent back.
fn download(state: &mut State) -> Reply {
    let now = state.now();
    let key = state.archive_links.issue(now);
    let place = format!("/_archivist/v1/object?archive=tar.gz&key={key}");
    Reply::empty(StatusCode::NO_CONTENT).with(HeaderName::from_static("x-terraform-get"), place)
}

/// `GET /_archivist/v1/object?key=…`: the archive, for whoever holds the link.
pub(crate) fn archive(state: &State, call: &Call) -> Reply {
    let query = call.query();
    let key = query.get("key").unwrap_or_default();
    if !state.archive_links.holds(key, state.now()) {
        return refuse(StatusCode::NOT_FOUND, "not found");
    }
    Reply::bytes(StatusCode::OK, "application/gzip", archive::module())
}

fn refuse(status: StatusCode, message: &str) -> Reply {
    let body: Value = json!({"errors": [message]});
    Reply::json(status, &body)
}
