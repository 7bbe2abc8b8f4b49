//! The story of Terraform: a token for one command, and for every one that asks keybelt.

use super::Tour;
use crate::failure::Failure;

/// Tells the story.
pub(super) fn tell(tour: &mut Tour<'_>) -> Result<(), Failure> {
    let Some(url) = tour.ready().atlas_tls_url.clone() else {
        return Err(Failure::general("the sandbox of this story has no TLS"));
    };
    let host = url.trim_start_matches("https://").to_owned();
    tour.title("Alice signs in to a server of Terraform Enterprise");
    let password = tour.password("alice");
    let words = ["login", &url, "--username", "alice", "--password-stdin"];
    tour.step(&words, &[("PASSWORD", &password)])?;
    tour.title("One command gets the token in a variable that is for this host only");
    let program = tour.program()?;
    tour.step(&["exec", "--min-remaining", "30m", "--", &program, "status"], &[])?;
    tour.title("Or Terraform and OpenTofu ask keybelt for it");
    tour.step(&["helper", "install"], &[])?;
    let before = tour.step(&["helper", "get", &host], &[])?;
    tour.title("A new token takes the place of the old one, and Terraform gets it");
    tour.step(&["token", "rotate"], &[])?;
    let after = tour.step(&["helper", "get", &host], &[])?;
    let is_new = after.stdout.contains("token") && before.stdout != after.stdout;
    tour.check("Terraform gets the new token", is_new);
    tour.step(&["helper", "uninstall"], &[])?;
    tour.step(&["logout"], &[])?;
    Ok(())
}
