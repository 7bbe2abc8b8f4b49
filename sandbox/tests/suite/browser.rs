//! A browser of a few lines: it keeps cookies, follows redirections within the server and sends the
//! forms that it is shown, hidden fields included.

use keybelt_sandbox::{ReadyAccount, Sandbox};

use crate::wire::{Answer, Request};

pub struct Browser<'a> {
    sandbox: &'a Sandbox,
    cookies: Vec<(String, String)>,
}

impl<'a> Browser<'a> {
    pub fn new(sandbox: &'a Sandbox) -> Browser<'a> {
        Browser { sandbox, cookies: Vec::new() }
    }

    /// Fetches a page, wherever redirections within the server lead.
    pub fn get(&mut self, path: &str) -> Answer {
        let answer = self.send(Request::get(path));
        self.follow(answer)
    }

    /// Sends the form of a page that has this action, and follows.
    pub fn submit(&mut self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.submit_once(page, action, fields);
        self.follow(answer)
    }

    /// Sends the form of a page that has this action.
    pub fn submit_once(&mut self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let hidden = hidden_fields(page, action);
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        self.post(action, hidden.chain(fields.iter().copied()))
    }

    pub fn post<'b>(
        &mut self,
        path: &str,
        fields: impl Iterator<Item = (&'b str, &'b str)>,
    ) -> Answer {
        self.send(Request::post(path).form(&encode(fields)))
    }

    /// Sends a request with the cookies and nothing else of its own.
    pub fn send(&mut self, request: Request) -> Answer {
        let cookies: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = match cookies.is_empty() {
            true => request,
            false => request.header("Cookie", &cookies.join("; ")),
        };
        let answer = request.send(self.sandbox);
        if let Some(cookie) = answer.header("set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            let (value, _) = rest.split_once(';').unwrap();
            self.cookies.retain(|(other, _)| other != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        answer
    }

    /// Signs in with the password; returns the page that follows.
    pub fn type_password(&mut self, path: &str, account: &ReadyAccount) -> Answer {
        let page = self.get(path);
        assert!(page.text.contains("<h1>Sign in</h1>"), "{}", page.text);
        let fields =
            [("login", account.username.as_str()), ("password", account.password.as_str())];
        self.submit(&page, "/session", &fields)
    }

    pub fn cookies(&self) -> &[(String, String)] {
        &self.cookies
    }

    pub fn set_cookies(&mut self, cookies: &[(String, String)]) {
        self.cookies = cookies.to_vec();
    }

    fn follow(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..10 {
            match answer.header("location").map(str::to_owned) {
                Some(place) if place.starts_with('/') => answer = self.send(Request::get(&place)),
                _ => return answer,
            }
        }
        panic!("the redirections do not end");
    }
}

/// Returns what a page is headed.
pub fn heading(page: &Answer) -> &str {
    between(page, "<h1>", "</h1>")
}

/// Returns what stands on a page between two pieces of HTML.
pub fn between<'a>(page: &'a Answer, before: &str, after: &str) -> &'a str {
    let rest = page.text.split_once(before);
    let (_, rest) = rest.unwrap_or_else(|| panic!("no {before} in {}", page.text));
    rest.split_once(after).unwrap().0
}

/// Returns the names and values of the hidden fields of a page's form.
pub fn hidden_fields(page: &Answer, action: &str) -> Vec<(String, String)> {
    let opening = format!("<form method=\"post\" action=\"{action}\">");
    let (_, rest) = page
        .text
        .split_once(&opening)
        .unwrap_or_else(|| panic!("no form for {action} in {}", page.text));
    let (form, _) = rest.split_once("</form>").unwrap();
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let field = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        (name.to_owned(), unescape(rest.split_once('"').unwrap().0))
    };
    inputs.map(field).collect()
}

pub fn encode<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<_> =
        fields.map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    pairs.join("&")
}

/// Percent-encodes all but what needs no thought.
pub fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn unescape(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&#39;", "'");
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&amp;", "&")
}
