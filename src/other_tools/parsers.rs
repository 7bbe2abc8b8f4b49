//! What must hold of the reader of Terraform's configuration, whatever is in the files.

use super::hcl;
use super::terraform_settings::Settings;

/// What is wrong has a place in the text.
pub fn terraform_configuration(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match hcl::parse(&text) {
        Ok(document) => drop(Settings::new(&document)),
        Err(invalid) => {
            let (line, _) = invalid.position(&text);
            assert!((1..=text.matches('\n').count() + 1).contains(&line));
        }
    }
}
