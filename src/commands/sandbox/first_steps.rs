//! What a sandbox prints for a person: who can sign in, and commands to copy.

use keybelt_sandbox::Ready;

/// Returns the page of `sandbox start`, whose commands are typed in another terminal.
pub(super) fn page(ready: &Ready) -> String {
    let url = &ready.atlas_url;
    let mut lines = vec![
        format!("Sandbox running at {url}"),
        "Stop it with Ctrl-C; all data is then discarded.".to_owned(),
    ];
    lines.extend(accounts(ready));
    lines.push("In another terminal:".to_owned());
    lines.extend(commands(&format!(" {url}")));
    if let (Some(tls), Some(ca)) = (&ready.atlas_tls_url, &ready.ca_file) {
        lines.push(format!("With TLS: {tls}, with --ca-file {ca}"));
        lines.push(String::new());
    }
    lines.push(aptible(ready));
    lines.push(String::new());
    lines.push("Text messages and requests are logged below.".to_owned());
    lines.join("\n")
}

/// Returns the page of `sandbox shell`, in which keybelt knows where the sandbox is.
pub(super) fn shell_page(ready: &Ready) -> String {
    let url = &ready.atlas_url;
    let mut lines = vec![
        format!("Sandbox running at {url}"),
        "Leave with `exit`; all data is then discarded.".to_owned(),
    ];
    lines.extend(accounts(ready));
    lines.push("In this shell keybelt already uses it. Try:".to_owned());
    lines.extend(commands(""));
    lines.push(aptible(ready));
    lines.join("\n")
}

/// Tells where the same accounts are as Aptible has them.
fn aptible(ready: &Ready) -> String {
    format!(
        "Aptible server: {}\n  (sign in by email address, such as bob@sandbox.test)",
        ready.aptible_url
    )
}

/// Lists who can sign in, with what.
fn accounts(ready: &Ready) -> Vec<String> {
    let mut lines =
        vec![String::new(), "  account   password              second factor".to_owned()];
    for account in &ready.accounts {
        let factor = account.two_factor.as_ref().map_or("none".to_owned(), |factor| {
            match factor.delivery.as_str() {
                "app" => format!("app, secret {}", factor.secret.as_deref().unwrap_or_default()),
                _ => {
                    format!("text messages to {}", factor.sms_number.as_deref().unwrap_or_default())
                }
            }
        });
        lines.push(format!("  {:<9} {:<21} {factor}", account.username, account.password));
    }
    lines.push(String::new());
    lines
}

/// Lists commands to copy. The code comes first: while the sign-in asks for it, this terminal is taken.
fn commands(host: &str) -> [String; 8] {
    [
        String::new(),
        "  keybelt sandbox code bob        # what bob's authenticator app shows".to_owned(),
        format!("  keybelt login{host} --username bob"),
        "  keybelt status".to_owned(),
        "  keybelt logout".to_owned(),
        format!("  keybelt login{host} --username alice"),
        "  keybelt 2fa enable --app".to_owned(),
        String::new(),
    ]
}
