//! What keeps Terraform from asking the installed helper.

use crate::environment;
use crate::host::Host;
use crate::other_tools::TokenFile;
use crate::other_tools::terraform::CredentialsFile;
use crate::other_tools::terraform_cli::Configuration;
use crate::token::Token;

/// What would keep Terraform from asking the helper for some hosts.
pub struct Leftovers {
    /// The user's credentials file.
    pub file: CredentialsFile,
    /// The tokens in it.
    pub tokens: Vec<(Host, Token)>,
    /// Sentences about what stands in the way.
    pub findings: Vec<String>,
}

/// Terraform prefers what its own files hold, and does not ask the helper for those hosts.
pub fn leftovers(files: &[Configuration]) -> Option<Leftovers> {
    let file = CredentialsFile::of_user()?;
    let shown = environment::shorten_home(file.path());
    let tokens = file.tokens().unwrap_or_default();
    let list = |hosts: Vec<String>| hosts.join(", ");
    let mut findings = Vec::new();
    if !tokens.is_empty() {
        let hosts = list(tokens.iter().map(|(host, _)| host.to_string()).collect());
        findings.push(format!(
            "{shown} still holds tokens for {hosts}, and Terraform takes those first; `keybelt import --move` moves them in"
        ));
    }
    let blank = file.without_token().unwrap_or_default();
    if !blank.is_empty() {
        findings.push(format!(
            "{shown} has blocks without a token for {}, for which Terraform asks no helper; remove them",
            list(blank)
        ));
    }
    for configuration in files {
        let hosts = configuration.credentials().unwrap_or_default();
        if !hosts.is_empty() {
            findings.push(format!(
                "{} has credentials for {}, and Terraform takes those first; remove them",
                configuration.shown(),
                list(hosts)
            ));
        }
    }
    Some(Leftovers { file, tokens, findings })
}
