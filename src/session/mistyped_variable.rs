//! Variables that were meant to be token variables and are none, or are for another host than was meant.
//!
//! Nothing complains about them: Terraform and the tfe provider pass them over in silence
//! (hashicorp/terraform#36383).

use super::Session;
use crate::environment;
use crate::host::Host;
use crate::provider_name;
use crate::terraform_variable;
use crate::text;

/// A variable, and what it was probably meant to be.
#[derive(Debug)]
pub struct NearMiss {
    /// What is wrong, with the variable's name.
    pub found: String,
    /// The name that would work, in words where there is more than one.
    pub meant: String,
}

/// Looks through the environment.
pub fn near_misses(session: &Session, target: &Host) -> Vec<NearMiss> {
    let mut known = vec![target.clone()];
    known.extend(
        session.store.quick_read().map(|quick_read| quick_read.hosts()).unwrap_or_default(),
    );
    environment::variables().filter_map(|(name, _)| near_miss(name.to_str()?, &known)).collect()
}

fn near_miss(name: &str, known: &[Host]) -> Option<NearMiss> {
    let shown = text::printable(name);
    if let Some(host) = terraform_variable::host_of(name) {
        let meant = known
            .iter()
            .filter(|known| **known != host)
            .filter_map(terraform_variable::name_of)
            .find(|meant| without_dashes(meant) == without_dashes(name))?;
        return Some(NearMiss { found: format!("{shown} is for {host}"), meant });
    }
    let upper = name.to_ascii_uppercase();
    let meant =
        if provider_name::token_variables().any(|known| known.name == upper) && upper != name {
            upper
        } else if let Some(host) = upper.strip_prefix("TFE_TOKEN_") {
            let host = text::printable_text(&host.to_ascii_lowercase());
            format!("{}{host}", terraform_variable::PREFIX)
        } else if upper.starts_with(terraform_variable::PREFIX) {
            "TF_TOKEN_ and the host, with `_` for a dot and `__` for a dash".to_owned()
        } else if upper == "ATLAS_API_TOKEN" {
            "ATLAS_TOKEN".to_owned()
        } else {
            return None;
        };
    Some(NearMiss { found: format!("{shown} is not a token variable"), meant })
}

/// Returns a variable's name as it would be if dots and dashes were written alike.
fn without_dashes(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_").replace("__", "_")
}

#[cfg(test)]
mod tests {
    use super::near_miss;
    use crate::host::Host;

    #[test]
    fn what_was_meant_is_guessed_and_what_is_right_is_left_alone() {
        let known = ["my-tfe.example.com", "app.terraform.io"]
            .map(|host| Host::parse(host).expect("a host"));
        let meant = |name: &str| near_miss(name, &known).map(|miss| miss.meant);
        for (name, expected) in [
            ("TFE_TOKEN_app_terraform_io", "TF_TOKEN_app_terraform_io"),
            ("TF_TOKEN_my_tfe_example_com", "TF_TOKEN_my__tfe_example_com"),
            ("atlas_token", "ATLAS_TOKEN"),
            ("ATLAS_API_TOKEN", "ATLAS_TOKEN"),
        ] {
            assert_eq!(meant(name).as_deref(), Some(expected), "{name}");
        }
        for odd in ["tf_token_app_terraform_io", "TF_TOKEN_app_terraform_io_8443"] {
            assert!(meant(odd).is_some(), "{odd}");
        }
        for right in [
            "TF_TOKEN_app_terraform_io",
            "TF_TOKEN_my__tfe_example_com",
            "TF_TOKEN_my-tfe_example_com",
            "TF_TOKEN_other_example_com",
            "ATLAS_TOKEN",
            "PATH",
        ] {
            assert_eq!(meant(right), None, "{right}");
        }
    }
}
