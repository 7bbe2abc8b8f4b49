//! What `keybelt sandbox start` prints for a person: who can sign in, and commands to copy.

use keybelt_sandbox::Ready;

/// Returns the page.
pub(super) fn page(ready: &Ready) -> String {
    let url = &ready.atlas_url;
    let mut lines = vec![
        format!("The sandbox listens at {url} until you press Ctrl-C. It forgets everything then."),
        String::new(),
        "  account   password                  second factor".to_owned(),
    ];
    for account in &ready.accounts {
        let factor = account
            .two_factor
            .as_ref()
            .map_or("none".to_owned(), |factor| match factor.delivery.as_str() {
                "app" => format!(
                    "app, secret {}",
                    factor.secret.as_deref().unwrap_or_default()
                ),
                _ => format!(
                    "text messages to {}",
                    factor.sms_number.as_deref().unwrap_or_default()
                ),
            });
        lines.push(format!(
            "  {:<9} {:<25} {factor}",
            account.username, account.password
        ));
    }
    lines.push(String::new());
    lines.push("In another terminal:".to_owned());
    lines.push(String::new());
    lines.push(format!("  keybelt login {url} --username bob"));
    lines.push("  keybelt sandbox code bob        # what bob's authenticator app shows".to_owned());
    lines.push("  keybelt status".to_owned());
    lines.push("  keybelt logout".to_owned());
    lines.push(format!("  keybelt login {url} --username alice"));
    lines.push("  keybelt 2fa enable --app".to_owned());
    if let (Some(tls), Some(ca)) = (&ready.atlas_tls_url, &ready.ca_file) {
        lines.push(String::new());
        lines.push(format!("With TLS: {tls}, with --ca-file {ca}"));
    }
    lines.push(String::new());
    lines.push("Texts and requests appear here as they come.".to_owned());
    lines.join("\n")
}
