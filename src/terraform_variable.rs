//! Terraform's own encoding of hosts in variable names, `TF_TOKEN_<host>` (protocol: atlas 6.6).

use crate::host::Host;

/// What such a name begins with; case matters here, and nowhere behind it.
pub const PREFIX: &str = "TF_TOKEN_";

/// Returns the host that a variable's name stands for: `__` is a dash, `_` a dot; colons stay.
pub fn host_of(name: &str) -> Option<Host> {
    let encoded = name.strip_prefix(PREFIX)?;
    let decoded = encoded.replace("__", "-").replace('_', ".");
    let host = Host::parse(&decoded).ok()?;
    // An alias of ours is no host of Terraform's.
    (host.is_https() && decoded.contains(['.', ':'])).then_some(host)
}

/// Returns the name that Terraform looks for; `None` for a host that it reaches by https alone and this is not.
pub fn name_of(host: &Host) -> Option<String> {
    let key = host.to_string();
    let encoded = key.replace('-', "__").replace('.', "_");
    host.is_https().then(|| format!("{PREFIX}{encoded}"))
}

#[cfg(test)]
mod tests {
    use super::{host_of, name_of};
    use crate::host::Host;

    #[test]
    fn names_are_read_and_written_as_terraform_does() {
        for (name, host) in [
            ("TF_TOKEN_app_terraform_io", "app.terraform.io"),
            ("TF_TOKEN_APP_TERRAFORM_IO", "app.terraform.io"),
            ("TF_TOKEN_xn--caf-dma_fr", "xn--caf-dma.fr"),
            ("TF_TOKEN_xn____caf__dma_fr", "xn--caf-dma.fr"),
            ("TF_TOKEN_127_0_0_1:8443", "127.0.0.1:8443"),
        ] {
            assert_eq!(host_of(name).map(|host| host.to_string()).as_deref(), Some(host), "{name}");
        }
        for bad in [
            "TF_TOKEN_",
            "tf_token_app_terraform_io",
            "TF_TOKEN_hcp",
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
    }
}
