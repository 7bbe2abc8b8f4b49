//! The sessions page: in how many browsers a user is signed in, and ending one.

use hyper::StatusCode;

use super::browser::{Browser, sent_by_user, signed_in};
use super::page::minute;
use super::{Page, SESSIONS_PAGE, settings};
use crate::exchange::{Call, Reply};
use crate::session::Session;
use crate::state::State;

/// `GET /app/settings/sessions`.
pub(crate) fn list(state: &mut State, call: &Call) -> Reply {
    match signed_in(state, call) {
        Ok((browser, owner)) => {
            let sessions = state.sessions.of(owner, state.now());
            let rows: String = sessions.iter().map(|session| row(&browser, session)).collect();
            let table = format!(
                "<div class=\"table\" role=\"region\" aria-label=\"Sessions\" tabindex=\"0\"><table>\n\
                 <thead><tr><th>Browser</th><th>Signed in</th><th>Last active</th><td></td></tr></thead>\n\
                 <tbody>\n{rows}</tbody>\n</table></div>"
            );
            let page = Page::new("Sessions").wide().with(&table);
            let page = settings::with_links(page, &browser, SESSIONS_PAGE);
            browser.show(page, StatusCode::OK, call)
        }
        Err(elsewhere) => elsewhere,
    }
}

/// `POST /app/settings/sessions/:id/revoke`; it may be the one that asks.
pub(crate) fn revoke(state: &mut State, call: &Call, id: &str) -> Reply {
    match sent_by_user(state, call) {
        Ok((browser, owner, _)) => {
            state.sessions.revoke(owner, id);
            browser.send_to(SESSIONS_PAGE, call)
        }
        Err(refusal) => refusal,
    }
}

fn row(browser: &Browser, session: &Session) -> String {
    let name = match session.id == browser.session.id {
        true => "this one",
        false => "another",
    };
    let revoke = browser.form(
        &format!("{SESSIONS_PAGE}/{}/revoke", session.id),
        &[],
        "<button class=\"quiet small\">Revoke</button>",
    );
    format!(
        "<tr><td class=\"text\">{name}</td><td class=\"time\">{}</td><td class=\"time\">{}</td>\
         <td>{revoke}</td></tr>\n",
        minute(session.created_at),
        minute(session.last_used_at)
    )
}
