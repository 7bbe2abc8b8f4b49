//! The story of an Aptible account: the same commands, and what only Aptible has.

use super::Tour;
use crate::failure::Failure;

/// Tells the story.
pub(super) fn tell(tour: &mut Tour<'_>) -> Result<(), Failure> {
    let url = tour.ready().aptible_url.clone();
    let password = tour.password("bob");
    let accounts = &tour.ready().accounts;
    let bob = accounts.iter().find(|account| account.username == "bob");
    let recovery = bob.map(|bob| bob.recovery_codes.clone()).unwrap_or_default();
    tour.title("Bob has an Aptible account, and an authenticator app");
    tour.sign_in_with_app(&url, "bob", "bob@sandbox.test")?;
    tour.step(&["status"], &[])?;
    tour.step(&["session", "list"], &[])?;
    tour.title("What is sensitive asks again, each time; a recovery code will do");
    let code = recovery.first().map_or("", String::as_str);
    let typed = [("PASSWORD", password.as_str()), ("CODE", code)];
    let words = ["2fa", "recovery-codes", "save", "codes.txt", "--password-stdin", "--code-stdin"];
    tour.step(&words, &typed)?;
    let saved = tour.home.text_of("codes.txt");
    tour.check("the code that was used is not among those saved", !saved.contains(code));
    tour.title("The token in the environment of one command, and the end");
    let program = tour.program()?;
    tour.step(&["exec", "--", &program, "whoami"], &[])?;
    tour.step(&["logout"], &[])?;
    Ok(())
}
