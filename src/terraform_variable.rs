//! Terraform's own encoding of hosts in variable names, `TF_TOKEN_<host>` (protocol: atlas 6.6).
//!
//! A name is given to a host only if it reads back as that host: whoever reads the variable sends the token
//! there. `my_tfe.example.com` has none, for Terraform reads `_` as a dot.

use crate::host::Host;

/// What such a name begins with; case matters here, and nowhere behind it.
pub const PREFIX: &str = "TF_TOKEN_";

/// Returns the host that a variable's name stands for: `__` is a dash, `_` a dot; colons stay.
pub fn host_of(name: &str) -> Option<Host> {
    let decoded = name.strip_prefix(PREFIX)?.replace("__", "-").replace('_', ".");
    // An address has slashes, and a host as Terraform writes it has none.
    Host::parse(&decoded).ok().filter(|host| host.is_https() && !decoded.contains('/'))
}

/// Returns the name that Terraform looks for; `None` for a host that no such name stands for.
pub fn name_of(host: &Host) -> Option<String> {
    let encoded = host.to_string().replace('-', "__").replace('.', "_");
    let name = format!("{PREFIX}{encoded}");
    (host_of(&name).as_ref() == Some(host)).then_some(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PREFIX, host_of, name_of};
    use crate::host::Host;
    use crate::host::tests::{cases, written_host};

    #[test]
    fn names_are_read_and_written_as_terraform_does() {
        for (name, host) in [
            ("TF_TOKEN_app_terraform_io", "app.terraform.io"),
            ("TF_TOKEN_APP_TERRAFORM_IO", "app.terraform.io"),
            ("TF_TOKEN_xn--caf-dma_fr", "xn--caf-dma.fr"),
            ("TF_TOKEN_xn____caf__dma_fr", "xn--caf-dma.fr"),
            ("TF_TOKEN_127_0_0_1:8443", "127.0.0.1:8443"),
            ("TF_TOKEN_tfe", "tfe"),
        ] {
            assert_eq!(host_of(name).map(|host| host.to_string()).as_deref(), Some(host), "{name}");
        }
        for bad in [
            "TF_TOKEN_",
            "tf_token_app_terraform_io",
            "TF_TOKEN_hcp",
            "TF_TOKEN_HCP",
            "TF_TOKEN_https://app_terraform_io",
            "TF_TOKEN_app_terraform_io/",
            "TF_TOKEN_a@b_c",
            "TFE_TOKEN_app_terraform_io",
        ] {
            assert!(host_of(bad).is_none(), "{bad}");
        }
        for (host, name) in [
            ("app.terraform.io", "TF_TOKEN_app_terraform_io"),
            ("my-tfe.example.com", "TF_TOKEN_my__tfe_example_com"),
            ("127.0.0.1:8443", "TF_TOKEN_127_0_0_1:8443"),
        ] {
            let host = Host::parse(host).expect("a host");
            assert_eq!(name_of(&host).as_deref(), Some(name));
            assert_eq!(host_of(name), Some(host));
        }
        for without in ["my_tfe.example.com", "my-_tfe.example.com", "http://127.0.0.1:80"] {
            assert_eq!(name_of(&Host::parse(without).expect("a host")), None, "{without}");
        }
    }

    proptest! {
        #![proptest_config(cases())]

        /// `exec` handed the token of `my_tfe.example.com` to `my.tfe.example.com`.
        #[test]
        fn a_name_stands_for_its_host_or_there_is_none(text in written_host()) {
            if let Ok(host) = Host::parse(&text)
                && let Some(name) = name_of(&host)
            {
                prop_assert_eq!(host_of(&name), Some(host));
            }
        }

        #[test]
        fn what_a_name_stands_for_has_that_name_or_another_one(rest in "[a-zA-Z0-9_:.-]{1,24}") {
            if let Some(host) = host_of(&format!("{PREFIX}{rest}"))
                && let Some(name) = name_of(&host)
            {
                prop_assert_eq!(host_of(&name), Some(host));
            }
        }
    }
}
