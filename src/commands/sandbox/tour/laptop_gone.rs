//! The story of a stolen laptop: a thief uses what it holds, and its owner locks everything down from another one.

use super::Tour;
use crate::failure::Failure;

const USERNAME: &str = "alice@sandbox.test";
/// Good enough for every server's rules.
const NEW_PASSWORD: &str = "A-new-passw0rd-4711";

/// Tells the story.
pub(super) fn tell(tour: &mut Tour<'_>) -> Result<(), Failure> {
    tour.work_on_the_laptop()?;
    tour.use_what_the_laptop_holds()?;
    tour.lock_down_from_elsewhere()?;
    tour.change_the_password()
}

impl Tour<'_> {
    fn work_on_the_laptop(&mut self) -> Result<(), Failure> {
        self.title("Alice works on her laptop, signed in to two servers");
        let password = self.password("alice");
        for url in [self.ready().atlas_url.clone(), self.ready().aptible_url.clone()] {
            let words = ["login", &url, "--username", USERNAME, "--password-stdin"];
            self.step(&words, &[("PASSWORD", &password)])?;
        }
        self.step(&["status", "--all"], &[])?;
        Ok(())
    }

    fn use_what_the_laptop_holds(&mut self) -> Result<(), Failure> {
        self.title("The laptop is gone; whoever has it makes a token of their own");
        self.step(&["token", "create", "--description", "backup"], &[])?;
        Ok(())
    }

    fn lock_down_from_elsewhere(&mut self) -> Result<(), Failure> {
        self.title("Alice sits at another machine, where nothing is stored: she looks, then she locks down");
        let alices = |tour: &Self| -> Vec<String> {
            let tokens = tour.sandbox.live_tokens().into_iter();
            tokens.filter(|token| token.username == "alice").map(|token| token.id).collect()
        };
        let before = alices(self);
        let stolen = self.at_new_machine()?;
        let (atlas, aptible) = (self.ready().atlas_url.clone(), self.ready().aptible_url.clone());
        let password = self.password("alice");
        let typed = [("PASSWORD", password.as_str()), ("PASSWORD", password.as_str())];
        for last in ["--dry-run", "--yes"] {
            let words = ["lockdown", &atlas, &aptible, "--password-stdin", last];
            self.step_as(Some(USERNAME), &words, &typed)?;
        }
        let left = alices(self);
        let none = !left.iter().any(|id| before.contains(id));
        self.check(
            "the servers accept nothing any more that was on the laptop or made with it",
            none,
        );
        self.check("alice is signed in here, to each server", left.len() == 2);
        drop(stolen);
        Ok(())
    }

    fn change_the_password(&mut self) -> Result<(), Failure> {
        self.title("Without a new password the rest is worth little: the old one may be known too");
        let old = self.password("alice");
        let typed = [("PASSWORD", old.as_str()), ("NEW_PASSWORD", NEW_PASSWORD)];
        // Both servers of the sandbox have the same accounts, so that one change is enough.
        let url = self.ready().atlas_url.clone();
        self.step(&["password", "change", "--host", &url, "--password-stdin"], &typed)?;
        self.step(&["logout", "--all"], &[])?;
        Ok(())
    }
}
