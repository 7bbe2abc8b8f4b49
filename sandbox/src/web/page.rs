//! How a page looks, and the headers that keep it from being framed, cached, scripted or made to
//! post anywhere else.

use data_encoding::BASE64;
use hyper::StatusCode;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::exchange::{Call, Parameters, Reply};

const STYLE: &str = include_str!("page.css");

/// Where a verification code is typed.
pub(crate) const CODE_FIELD: &str = r#"<div><label for="code">Verification code</label>
<input class="code" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus></div>"#;

/// Returns the code in a form; blanks between its digits are the user's.
pub(crate) fn code(form: &Parameters) -> String {
    let mut code = form.get("code").unwrap_or_default().to_owned();
    code.retain(|character| !character.is_whitespace());
    code
}

/// A page that is being put together.
pub(crate) struct Page {
    title: String,
    content: String,
    wide: bool,
    leads_to: String,
}

impl Page {
    /// A page with this title, which is its heading too.
    pub(crate) fn new(title: &str) -> Page {
        Page {
            title: title.to_owned(),
            content: format!("<h1>{}</h1>\n", escape(title)),
            wide: false,
            leads_to: String::new(),
        }
    }

    /// Adds HTML.
    pub(crate) fn with(mut self, html: &str) -> Page {
        self.content.push_str(html);
        self.content.push('\n');
        self
    }

    /// Adds what went wrong, if something did.
    pub(crate) fn with_error(self, error: Option<&str>) -> Page {
        match error {
            // A screen reader reads the title first.
            Some(error) => Page { title: format!("Error: {}", self.title), ..self }
                .with(&format!("<p class=\"error\" role=\"alert\">{}</p>", escape(error))),
            None => self,
        }
    }

    /// Gives a table the room that it needs.
    pub(crate) fn wide(self) -> Page {
        Page { wide: true, ..self }
    }

    /// Lets a form of this page lead to another origin; browsers check redirections too.
    pub(crate) fn leading_to(self, source: &str) -> Page {
        Page { leads_to: format!(" {source}"), ..self }
    }

    pub(crate) fn reply(self, status: StatusCode, call: &Call) -> Reply {
        let style = BASE64.encode(&Sha256::digest(STYLE.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; \
             frame-ancestors 'none'; form-action 'self'{}",
            self.leads_to
        );
        let html = Reply::text(status, "text/html; charset=utf-8", self.html(call));
        html.with(CONTENT_SECURITY_POLICY, policy)
            .with(CACHE_CONTROL, "no-store")
            .with(X_FRAME_OPTIONS, "DENY")
            .with(X_CONTENT_TYPE_OPTIONS, "nosniff")
            // `no-referrer` would turn the `Origin` of this page's own forms into `null`.
            .with(REFERRER_POLICY, "same-origin")
    }

    fn html(&self, call: &Call) -> String {
        let class = if self.wide { " class=\"wide\"" } else { "" };
        let (title, content) = (escape(&self.title), &self.content);
        let site = escape(&call.origin());
        format!(
            r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · keybelt sandbox</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body{class}>
<header>keybelt sandbox <small>{site}</small></header>
<main>
{content}</main>
<footer>This account server runs on your own computer, for trying things out. It forgets everything when it stops. Do not type a password here that you use anywhere else.</footer>
</body>
</html>
"#
        )
    }
}

/// A page that says what is wrong and leads nowhere.
pub(crate) fn problem(call: &Call, status: StatusCode, title: &str, text: &str) -> Reply {
    Page::new(title).with(&format!("<p>{}</p>", escape(text))).reply(status, call)
}

/// Escapes text for HTML, inside an element or a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Returns a time as tables show it, to the minute.
pub(crate) fn minute(time: Timestamp) -> String {
    let text = format!("{time:.0}");
    let (day, clock) = text.split_once('T').unwrap_or((&text, ""));
    format!("{day} {}", clock.get(..5).unwrap_or_default())
}
