//! Signing in with a browser: authorization code with PKCE (RFC 7636), or a token made by hand.

use std::sync::mpsc;
use std::thread;

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};

use super::Session;
use super::new_token::{Outcome, TokenSaver};
use super::secret_sources::token_variable;
use crate::account::AccountName;
use crate::callback::{self, Callback, Listener};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::process;
use crate::provider::{self, Capability, WebSignIn};
use crate::signal;
use crate::terminal::prompt::Prompter;
use crate::text;
use crate::token::{Credential, Origin, Source, Token};

/// How long a person has in the browser.
const TIMEOUT: SignedDuration = SignedDuration::from_mins(10);

/// What one sign-in made up, so that nobody else can finish it.
struct Attempt {
    /// Comes back with the browser.
    state: SecretString,
    /// Proves to the server that whoever exchanges the code is who asked for it.
    verifier: SecretString,
}

/// Signs in with a browser and stores the token; `expected` is whose it must be.
pub fn sign_in(
    session: &Session,
    host: &Host,
    no_browser: bool,
    expected: Option<&AccountName>,
) -> Result<Outcome, Failure> {
    obtain(session, host, no_browser, expected, false)
}

/// Signs in with a browser and holds the token: it is stored or revoked by whoever asks for that.
pub(super) fn hold(
    session: &Session,
    host: &Host,
    expected: Option<&AccountName>,
) -> Result<Outcome, Failure> {
    obtain(session, host, false, expected, true)
}

fn obtain(
    session: &Session,
    host: &Host,
    no_browser: bool,
    expected: Option<&AccountName>,
    is_held: bool,
) -> Result<Outcome, Failure> {
    // Both are decided here, before any request.
    if let Some(known) = session.known_provider(host, None) {
        let server = provider::account_server(known, host, &session.http);
        server.offers(Capability::WebSignIn).or_refuse()?;
    }
    let prompter = Prompter::open().map_err(|reason| {
        Failure::not_signed_in(format!(
            "signing in to `{host}` requires a browser and a terminal: {reason}"
        ))
        .hint(format!("use --token-stdin, or set {}", token_variable(host)))
    })?;
    let server = session.server(host, None);
    server.offers(Capability::WebSignIn).or_refuse()?;
    let saver =
        TokenSaver { expected, is_held, ..TokenSaver::new(session, host, &*server, Origin::Web) };
    match server.web_sign_in()? {
        Some(web) => with_code(&saver, &web, prompter, no_browser),
        None => with_pasted_token(saver, prompter, no_browser),
    }
}

/// Without a sign-in for tools there is still the page where tokens are made by hand.
fn with_pasted_token(
    saver: TokenSaver<'_>,
    mut prompter: Prompter,
    no_browser: bool,
) -> Result<Outcome, Failure> {
    let (host, page) = (saver.host, saver.server.token_page());
    prompter.show(&format!("Create a token at\n\n  {page}\n"));
    open(&page, no_browser);
    let answer = prompter.ask_hidden(&format!("Token for {host}: "))?;
    let token = Token::from_secret(&answer, "what was pasted")?;
    let credential = Credential::new(host, token, Source::SignIn);
    TokenSaver { origin: Origin::Pasted, ..saver }.save_checked(&credential)
}

fn with_code(
    saver: &TokenSaver<'_>,
    web: &WebSignIn,
    mut prompter: Prompter,
    no_browser: bool,
) -> Result<Outcome, Failure> {
    let host = saver.host;
    let attempt = Attempt { state: random()?, verifier: random()? };
    let listener = Listener::start(&web.ports, &attempt.state).map_err(|failure| {
        failure.hint(format!(
            "stop the program that uses them; or create a token at {} and run `keybelt login {host} --token-stdin`",
            saver.server.token_page()
        ))
    })?;
    let redirect_uri = listener.redirect_uri();
    let address = address(web, &attempt, &redirect_uri);
    prompter.show(&format!("Sign in to {host} in a browser:\n\n  {address}\n"));
    let is_open = !no_browser
        && !environment::is_remote()
        && may_open(host, web, &mut prompter)?
        && process::open_in_browser(&address);
    let until = environment::now().saturating_add(TIMEOUT).unwrap_or(Timestamp::MAX);
    let callback = if is_open {
        prompter.show("Waiting up to 10 minutes for the browser. Press Ctrl-C to cancel.");
        listener.wait(until)
    } else {
        wait_or_paste(listener, &attempt.state, prompter, until)?
    };
    let code = brought_back(host, callback)?;
    // From here on a token may exist, so signals wait until it is stored or revoked.
    let _deferred = signal::defer_signals();
    saver.save(&saver.server.exchange_code(web, &code, &attempt.verifier, &redirect_uri)?)
}

/// Returns the code that the browser brought back.
fn brought_back(host: &Host, callback: Option<Callback>) -> Result<SecretString, Failure> {
    match callback {
        Some(Callback::Code(code)) => Ok(code),
        Some(Callback::Refused(word)) => Err(Failure::refused(format!(
            "`{host}` refused the sign-in: {}",
            word.replace(['\n', '\r'], " ")
        ))),
        None => {
            Err(Failure::unavailable("no sign-in within 10 minutes")
                .hint("run `keybelt login` again"))
        }
    }
}

/// Returns 256 random bits as 43 characters that need no encoding in an address.
fn random() -> Result<SecretString, Failure> {
    let bytes = ring::rand::generate::<[u8; 32]>(&ring::rand::SystemRandom::new());
    let bytes = bytes.map_err(|_| Failure::general("the system gives no random numbers"))?.expose();
    Ok(BASE64URL_NOPAD.encode(&bytes).into())
}

/// Returns the address that the browser begins at (RFC 6749 §4.1.1, RFC 7636 §4.3).
fn address(web: &WebSignIn, attempt: &Attempt, redirect_uri: &str) -> String {
    let digest =
        ring::digest::digest(&ring::digest::SHA256, attempt.verifier.expose_secret().as_bytes());
    let mut url = web.authorize.clone();
    {
        let mut query = url.query_pairs_mut();
        query
            .append_pair("client_id", &web.client)
            .append_pair("code_challenge", &BASE64URL_NOPAD.encode(digest.as_ref()))
            .append_pair("code_challenge_method", "S256")
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("response_type", "code")
            .append_pair("state", attempt.state.expose_secret());
        if !web.scopes.is_empty() {
            query.append_pair("scope", &web.scopes.join(" "));
        }
    }
    url.into()
}

/// A page of another host is opened only if a person says so.
fn may_open(host: &Host, web: &WebSignIn, prompter: &mut Prompter) -> Result<bool, Failure> {
    if !web.is_elsewhere {
        return Ok(true);
    }
    let other = web.authorize.host_str().unwrap_or("another host");
    prompter.confirm(&format!("{host} uses {} for sign-in. Open that page?", text::escape(other)))
}

fn open(address: &str, no_browser: bool) {
    if !no_browser && !environment::is_remote() {
        // It was shown too, so that it does not matter whether one opens.
        process::open_in_browser(address);
    }
}

/// Waits for the browser, or for a person to paste where it ended: it may be on another machine.
fn wait_or_paste(
    listener: Listener,
    state: &SecretString,
    mut prompter: Prompter,
    until: Timestamp,
) -> Result<Option<Callback>, Failure> {
    let (sender, arrivals) = mpsc::channel();
    let from_listener = sender.clone();
    thread::spawn(move || {
        // Whoever waited may have had an answer by then.
        let _ = from_listener.send(Ok(listener.wait(until)));
    });
    let (state, canceller) = (state.clone(), prompter.canceller());
    thread::spawn(move || {
        let pasted = paste(&mut prompter, &state);
        let _ = sender.send(pasted.map(Some));
    });
    let arrival = arrivals.recv().unwrap_or(Ok(None));
    canceller.close();
    arrival
}

fn paste(prompter: &mut Prompter, state: &SecretString) -> Result<Callback, Failure> {
    prompter.show("If the browser runs on another machine, paste the address it ends up at.");
    loop {
        let answer = prompter.ask("Address: ")?;
        match callback::callback_of(&answer, state) {
            Some(callback) => return Ok(callback),
            None => {
                prompter.show("That is not the expected address: it starts with http://localhost:")
            }
        }
    }
}
