//! The story of an owner: who has no second factor, what requiring it would do, and how long tokens may live.

use super::Tour;
use crate::failure::Failure;

/// Tells the story.
pub(super) fn tell(tour: &mut Tour<'_>) -> Result<(), Failure> {
    let organization = tour.ready().organization.clone();
    tour.title("Olivia owns an organization: who has no second factor?");
    let url = tour.ready().atlas_url.clone();
    tour.sign_in_with_app(&url, "olivia", "olivia")?;
    tour.step(&["org", "list"], &[])?;
    tour.step_that_finds(&["org", "audit", &organization])?;
    tour.title("What would happen if everyone had to have one?");
    tour.step(&["org", "require-2fa", &organization, "--dry-run"], &[])?;
    tour.step(&["org", "require-2fa", &organization, "--yes"], &[])?;
    tour.step(&["org", "show", &organization], &[])?;
    tour.title("How long may tokens live?");
    tour.step(&["org", "token-lifetime", &organization], &[])?;
    let limits = ["org", "token-lifetime", &organization, "user=90d", "team=30d", "--dry-run"];
    tour.step_that_finds(&limits)?;
    tour.step(&["logout"], &[])?;
    Ok(())
}
