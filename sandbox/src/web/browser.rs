//! A browser and its session: the cookie, the forms that belong to it, and where it was going.

use form_urlencoded::Serializer;
use hyper::StatusCode;
use hyper::header::{CACHE_CONTROL, SET_COOKIE};

use super::page::{self, escape};
use super::{ENROLMENT, Page, SIGN_IN, TOKENS_PAGE};
use crate::exchange::{Call, Parameters, Reply};
use crate::session::{Session, Stage};
use crate::state::State;

const FORM_TOKEN: &str = "form_token";
const RETURN_TO: &str = "return_to";

/// A browser.
pub(crate) struct Browser {
    pub(crate) session: Session,
    cookie: String,
    /// Whether it does not have the cookie yet.
    new: bool,
}

impl Browser {
    /// Returns the browser that a request came from; it may be the first of its session.
    pub(crate) fn meet(state: &mut State, call: &Call) -> Browser {
        Browser::known(state, call).unwrap_or_else(|| Browser::begin(state, Stage::Anonymous))
    }

    /// Begins a session, and ends the one that this browser had.
    pub(crate) fn move_on(self, state: &mut State, stage: Stage) -> Browser {
        state.sessions.end(&self.cookie);
        Browser::begin(state, stage)
    }

    /// Returns the browser and the form that it sent, or the refusal of one that no page of this
    /// session held.
    pub(crate) fn send(state: &State, call: &Call) -> Result<(Browser, Parameters), Reply> {
        let form = call.form();
        let browser = Browser::known(state, call);
        let (Some(form), Some(browser)) = (form, browser) else {
            return Err(out_of_date(call));
        };
        if form.get(FORM_TOKEN) != Some(&browser.session.form_token) {
            return Err(out_of_date(call));
        }
        Ok((browser, form))
    }

    /// Returns a form of this browser's session.
    pub(crate) fn form(&self, action: &str, hidden: &[(&str, &str)], content: &str) -> String {
        let token = [(FORM_TOKEN, self.session.form_token.as_str())];
        let hidden: String = token
            .iter()
            .chain(hidden)
            .map(|(name, value)| {
                let (name, value) = (escape(name), escape(value));
                format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n")
            })
            .collect();
        let action = escape(action);
        format!("<form method=\"post\" action=\"{action}\">\n{hidden}{content}\n</form>")
    }

    /// Returns a form that signs out, to come back as someone else.
    pub(crate) fn other_account_form(&self, destination: &str) -> String {
        self.form(
            "/session/sign-out",
            &[return_field(destination)],
            r#"<button class="quiet small">Use another account</button>"#,
        )
    }

    /// Answers with a page.
    pub(crate) fn show(&self, page: Page, status: StatusCode, call: &Call) -> Reply {
        self.with_cookie(page.reply(status, call), call)
    }

    /// Sends the browser to another page of this server.
    pub(crate) fn send_to(&self, place: &str, call: &Call) -> Reply {
        let reply = Reply::see_other(place).with(CACHE_CONTROL, "no-store");
        self.with_cookie(reply, call)
    }

    fn known(state: &State, call: &Call) -> Option<Browser> {
        let cookie = call.cookie(&cookie_name(call))?;
        let now = state.now();
        let session = state.sessions.find(cookie, now)?;
        if let Stage::SignedIn { owner } = session.stage
            && (!state.accounts.get(owner).is_active()
                || state.organizations.of(owner).any(|it| session.is_over(&it.settings, now)))
        {
            return None;
        }
        Some(Browser { session: session.clone(), cookie: cookie.to_owned(), new: false })
    }

    fn begin(state: &mut State, stage: Stage) -> Browser {
        let now = state.now();
        let (cookie, session) = state.sessions.begin(stage, now);
        Browser { session, cookie, new: true }
    }

    fn with_cookie(&self, reply: Reply, call: &Call) -> Reply {
        if !self.new {
            return reply;
        }
        let secure = if call.site.scheme == "https" { "; Secure" } else { "" };
        // Not `Strict`: a link to the sign-in page, from wherever, must find who is signed in.
        let cookie = format!(
            "{}={}; Path=/; HttpOnly; SameSite=Lax{secure}",
            cookie_name(call),
            self.cookie
        );
        reply.with(SET_COOKIE, cookie)
    }
}

/// Returns the browser and whose it is, or sends it to sign in first and then come back. Whatever a
/// server demands of its users before it lets them in, it demands here.
pub(crate) fn signed_in(state: &mut State, call: &Call) -> Result<(Browser, usize), Reply> {
    let browser = Browser::meet(state, call);
    match browser.session.stage {
        Stage::SignedIn { owner } if !state.must_enrol(owner) => {
            let now = state.now();
            state.sessions.touch(&browser.cookie, now);
            Ok((browser, owner))
        }
        stage => {
            let first = match stage {
                Stage::SignedIn { .. } => ENROLMENT,
                Stage::Anonymous | Stage::PasswordProven { .. } => SIGN_IN,
            };
            let here = format!("{}?{}", call.path, call.query);
            Err(browser.send_to(&with_return(first, &here), call))
        }
    }
}

/// Returns the form that someone sent who is signed in and may go on.
pub(crate) fn sent_by_user(
    state: &State,
    call: &Call,
) -> Result<(Browser, usize, Parameters), Reply> {
    let (browser, form) = Browser::send(state, call)?;
    match browser.session.stage {
        Stage::SignedIn { owner } if !state.must_enrol(owner) => Ok((browser, owner, form)),
        // Loading the page again leads to what has to come first.
        _ => Err(out_of_date(call)),
    }
}

/// Returns where a browser was going before it had to sign in: a page of this server, whatever the
/// parameter says.
pub(crate) fn destination(parameters: &Parameters) -> String {
    let wanted = parameters.get(RETURN_TO).unwrap_or_default();
    let own = wanted.starts_with("/app/")
        && wanted.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if own { wanted } else { TOKENS_PAGE }.to_owned()
}

/// Returns an address that remembers where to go afterwards.
pub(crate) fn with_return(place: &str, destination: &str) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair(RETURN_TO, destination);
    format!("{place}?{}", query.finish())
}

/// The hidden field of a form that remembers where to go afterwards.
pub(crate) fn return_field(destination: &str) -> (&'static str, &str) {
    (RETURN_TO, destination)
}

/// Browsers do not tell the ports of a host apart, so that the name has to.
fn cookie_name(call: &Call) -> String {
    let prefix = if call.site.scheme == "https" { "__Host-" } else { "" };
    format!("{prefix}keybelt_sandbox_{}", call.site.address.port())
}

fn out_of_date(call: &Call) -> Reply {
    page::problem(
        call,
        StatusCode::FORBIDDEN,
        "This page is out of date",
        "Nothing was changed. Go back, load the page again and repeat what you did; your browser \
         must accept this server's cookie.",
    )
}
