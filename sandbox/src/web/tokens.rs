//! The token page: where a user makes a token by hand, to paste it into a tool, and sees and
//! deletes those there are.

use hyper::StatusCode;
use jiff::{SignedDuration, Timestamp};

use super::browser::{Browser, sent_by_user, signed_in};
use super::page::{escape, minute};
use super::{Page, TOKENS_PAGE, settings};
use crate::exchange::{Call, Reply};
use crate::state::State;
use crate::token::{Holder, NewToken, TokenRecord};

/// How many days a token made here may last, but for the default.
const DAYS: [u16; 5] = [1, 7, 30, 90, 365];

/// `GET /app/settings/tokens`.
pub(crate) fn list(state: &mut State, call: &Call) -> Reply {
    match signed_in(state, call) {
        Ok((browser, owner)) => show(state, call, &browser, owner, None),
        Err(elsewhere) => elsewhere,
    }
}

/// `POST /app/settings/tokens`: its answer is the only page that shows the token.
pub(crate) fn create(state: &mut State, call: &Call) -> Reply {
    let (browser, owner, form) = match sent_by_user(state, call) {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let now = state.now();
    let days = form.get("days").and_then(|days| days.parse().ok());
    let days = days.filter(|days| DAYS.contains(days));
    let new = NewToken {
        description: form.filled("description").map(str::to_owned),
        expires_at: days.and_then(|days| {
            now.checked_add(SignedDuration::from_hours(i64::from(days) * 24)).ok()
        }),
    };
    let (token, _) = state.create_user_token(owner, new, now);
    show(state, call, &browser, owner, Some(&token))
}

/// `POST /app/settings/tokens/:id/delete`.
pub(crate) fn delete(state: &mut State, call: &Call, id: &str) -> Reply {
    let (browser, owner, _) = match sent_by_user(state, call) {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let hash = state.tokens.by_id(id).filter(|record| record.holder == Holder::Account(owner));
    let hash = hash.map(|record| record.hash);
    if let Some(hash) = hash {
        state.tokens.revoke(&hash);
    }
    browser.send_to(TOKENS_PAGE, call)
}

fn show(state: &State, call: &Call, browser: &Browser, owner: usize, new: Option<&str>) -> Reply {
    let account = state.accounts.get(owner);
    let now = state.now();
    let mut page = Page::new("Authentication tokens").wide();
    if let Some(token) = new {
        page = page.with(&format!(
            "<p role=\"status\">This is the new token. Copy it now: it will not be shown again.</p>\n\
             <pre id=\"token\">{}</pre>",
            escape(token)
        ));
    }
    let rows: String = state
        .tokens
        .of(&Holder::Account(owner))
        .into_iter()
        .map(|record| row(browser, record, now))
        .collect();
    let table = format!(
        "<div class=\"table\" role=\"region\" aria-label=\"Tokens\" tabindex=\"0\"><table>\n<thead><tr><th>Description</th><th>Created</th>\
         <th>Last used</th><th>Expires</th><td></td></tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>"
    );
    let page = page
        .with(&format!(
            "<p>Tools that present one of these can do here whatever <strong>{}</strong> can do, \
             without a password or a code.</p>",
            escape(account.name())
        ))
        .with(&table)
        .with("<h2>Make a token</h2>")
        .with(&browser.form(TOKENS_PAGE, &[], &new_token_fields(call)));
    let page = settings::with_links(page, browser, TOKENS_PAGE);
    browser.show(page, StatusCode::OK, call)
}

fn row(browser: &Browser, record: &TokenRecord, now: Timestamp) -> String {
    let description = record.description.as_deref().unwrap_or("(none)");
    let used = record.last_used_at.map_or("never".to_owned(), minute);
    let expires =
        if record.expires_at <= now { "expired".to_owned() } else { minute(record.expires_at) };
    let delete = browser.form(
        &format!("{TOKENS_PAGE}/{}/delete", record.id),
        &[],
        &format!(
            "<button class=\"quiet small\" aria-label=\"Delete {}\">Delete</button>",
            escape(description)
        ),
    );
    format!(
        "<tr><td class=\"text\">{}</td><td class=\"time\">{}</td><td class=\"time\">{used}</td>\
         <td class=\"time\">{expires}</td><td>{delete}</td></tr>\n",
        escape(description),
        minute(record.created_at)
    )
}

/// The fields for a new token. A tool that sends its user here names itself in `source`, as
/// terraform does.
fn new_token_fields(call: &Call) -> String {
    let query = call.query();
    let source = query.get("source").unwrap_or_default().replace('-', " ");
    let options: String = DAYS
        .iter()
        .map(|days| match days {
            1 => "<option value=\"1\">1 day</option>".to_owned(),
            days => format!("<option value=\"{days}\">{days} days</option>"),
        })
        .collect();
    format!(
        r#"<div><label for="description">Description</label>
<input id="description" name="description" value="{}" maxlength="200" autocomplete="off"></div>
<div><label for="days">Expires in</label>
<select id="days" name="days"><option value="">2 years</option>{options}</select></div>
<button>Make a token</button>"#,
        escape(&source)
    )
}
