//! The story of a lost phone: recovery codes let its owner in, and another phone takes its place.

use super::Tour;
use crate::failure::Failure;

const OLD_NUMBER: &str = "+15555550100";

/// Tells the story.
pub(super) fn tell(tour: &mut Tour<'_>) -> Result<(), Failure> {
    tour.enrol_the_old_phone()?;
    tour.come_in_without_it()?;
    tour.enrol_the_new_phone()
}

impl Tour<'_> {
    fn enrol_the_old_phone(&mut self) -> Result<(), Failure> {
        self.title("Alice enrols her phone, and saves the recovery codes somewhere else");
        self.sign_alice_in(None)?;
        self.step(&["2fa", "enable", "--sms", OLD_NUMBER, "--no-verify"], &[])?;
        let code = self.code("alice");
        self.step(&["2fa", "verify", &code, "--recovery-codes-file", "codes.txt"], &[])?;
        self.step(&["logout"], &[])?;
        Ok(())
    }

    fn come_in_without_it(&mut self) -> Result<(), Failure> {
        self.title("The phone is lost: a recovery code lets her in, once");
        let saved = self.home.text_of("codes.txt");
        let first = saved.lines().next().unwrap_or_default().to_owned();
        self.sign_alice_in(Some(&first))?;
        self.step(&["status"], &[])?;
        Ok(())
    }

    fn enrol_the_new_phone(&mut self) -> Result<(), Failure> {
        self.title("Her new phone has an authenticator app: the old codes stop working");
        self.step(&["2fa", "enable", "--app", "--no-qr", "--no-verify", "--yes"], &[])?;
        let code = self.code("alice");
        self.step(&["2fa", "verify", &code, "--recovery-codes-file", "new-codes.txt"], &[])?;
        self.step(&["2fa", "status"], &[])?;
        let (old, new) = (self.home.text_of("codes.txt"), self.home.text_of("new-codes.txt"));
        let is_new = new.lines().count() == 6 && new.lines().all(|code| !old.contains(code));
        self.check("six other recovery codes were saved", is_new);
        self.step(&["logout"], &[])?;
        Ok(())
    }

    fn sign_alice_in(&mut self, code: Option<&str>) -> Result<(), Failure> {
        let url = self.ready().atlas_url.clone();
        let password = self.password("alice");
        let mut words = vec!["login", &url, "--username", "alice", "--password-stdin"];
        let mut typed = vec![("PASSWORD", password.as_str())];
        if let Some(code) = code {
            words.push("--code-stdin");
            typed.push(("CODE", code));
        }
        self.step(&words, &typed)?;
        Ok(())
    }
}
