//! The story of signing in: each kind of second factor, from enrolment to a lost phone, and an owner who requires it.

use super::Tour;
use crate::environment;
use crate::failure::Failure;
use crate::process::{self, Isolated};
use crate::running_sandbox;

/// Where alice's codes go in the tour.
const NUMBER: &str = "+15555550100";

/// Tells the story.
pub(super) fn tell(tour: &mut Tour<'_>) -> Result<(), Failure> {
    tour.sign_in_with_a_code()?;
    tour.enrol_by_text()?;
    tour.sign_in_with_a_recovery_code()?;
    tour.sign_in_by_text()?;
    tour.require_of_everyone()?;
    tour.sign_in_at_aptible()
}

impl Tour<'_> {
    fn sign_in_with_a_code(&mut self) -> Result<(), Failure> {
        self.title("Bob has an authenticator app: a password and a code");
        let url = self.ready().atlas_url.clone();
        self.sign_in_with_app(&url, "bob", "bob")?;
        self.step(&["status"], &[])?;
        let token = self.step(&["token", "print", "-o", "json"], &[])?;
        self.step(&["logout"], &[])?;
        let document: serde_json::Value = token.stdout.parse().unwrap_or_default();
        let token = document.get("token").and_then(serde_json::Value::as_str).unwrap_or_default();
        let alive = token.is_empty() || self.sandbox.accepts(token);
        self.check("the server no longer accepts that token", !alive);
        Ok(())
    }

    fn enrol_by_text(&mut self) -> Result<(), Failure> {
        self.title("Alice has no second factor yet: she enrols her phone");
        let url = self.ready().atlas_url.clone();
        let password = self.password("alice");
        let typed = [("PASSWORD", password.as_str())];
        self.step(&["login", &url, "--username", "alice", "--password-stdin"], &typed)?;
        self.step(&["2fa", "enable", "--sms", NUMBER, "--no-verify"], &[])?;
        self.step(&["2fa", "status"], &[])?;
        self.step(&["2fa", "resend"], &[])?;
        let code = self.code("alice");
        self.step(&["2fa", "verify", &code, "--recovery-codes-file", "recovery-codes.txt"], &[])?;
        self.step(&["2fa", "status"], &[])?;
        self.step(&["logout"], &[])?;
        Ok(())
    }

    fn sign_in_with_a_recovery_code(&mut self) -> Result<(), Failure> {
        self.title("Alice has lost her phone: a recovery code lets her in, once");
        let saved = self.home.text_of("recovery-codes.txt");
        self.check("six recovery codes were saved", saved.lines().count() == 6);
        let url = self.ready().atlas_url.clone();
        let code = saved.lines().next().unwrap_or_default();
        let password = self.password("alice");
        self.step(
            &["login", &url, "--username", "alice", "--password-stdin", "--code-stdin"],
            &[("PASSWORD", &password), ("CODE", code)],
        )?;
        self.step(&["whoami"], &[])?;
        self.step(&["logout"], &[])?;
        Ok(())
    }

    fn sign_in_by_text(&mut self) -> Result<(), Failure> {
        self.title("Carol gets her codes by text message, from a command of her own");
        let url = self.ready().atlas_url.clone();
        let password = self.password("carol");
        let program = environment::own_program()?;
        let program = process::quoted(&program.to_string_lossy());
        let command = format!("{program} sandbox code carol");
        let _registration = running_sandbox::register_below(self.home.path(), self.ready());
        self.step(
            &[
                "login",
                &url,
                "--username",
                "carol",
                "--sms",
                "--password-stdin",
                "--code-command",
                &command,
            ],
            &[("PASSWORD", &password)],
        )?;
        self.step(&["logout"], &[])?;
        Ok(())
    }

    fn require_of_everyone(&mut self) -> Result<(), Failure> {
        self.title("Olivia owns an organization: everyone there has a second factor now, so she requires it");
        let url = self.ready().atlas_url.clone();
        let organization = self.ready().organization.clone();
        self.sign_in_with_app(&url, "olivia", "olivia")?;
        self.step(&["org", "audit", &organization, "--everyone"], &[])?;
        self.step(&["org", "require-2fa", &organization, "--yes"], &[])?;
        self.step(&["token", "list"], &[])?;
        self.step(&["token", "rotate"], &[])?;
        self.step(&["logout"], &[])?;
        Ok(())
    }

    fn sign_in_at_aptible(&mut self) -> Result<(), Failure> {
        self.title("Bob has an Aptible account too: the same commands, here with a recovery code");
        let url = self.ready().aptible_url.clone();
        // The app's code of this half minute let him in above, and works once.
        let accounts = &self.ready().accounts;
        let bob = accounts.iter().find(|account| account.username == "bob");
        let code = bob.and_then(|bob| bob.recovery_codes.first()).cloned().unwrap_or_default();
        self.sign_in_with_code(&url, "bob", "bob@sandbox.test", &code)?;
        self.step(&["2fa", "status", "--host", &url], &[])?;
        self.step(&["session", "list", "--host", &url], &[])?;
        self.step(&["logout", &url], &[])?;
        Ok(())
    }

    /// Signs an account in with its password and the code that its app shows.
    pub(super) fn sign_in_with_app(
        &mut self,
        url: &str,
        account: &str,
        username: &str,
    ) -> Result<Isolated, Failure> {
        let code = self.code(account);
        self.sign_in_with_code(url, account, username, &code)
    }

    fn sign_in_with_code(
        &mut self,
        url: &str,
        account: &str,
        username: &str,
        code: &str,
    ) -> Result<Isolated, Failure> {
        let password = self.password(account);
        let words = ["--username", username, "--password-stdin", "--code-stdin"];
        self.step(
            &[&["login", url], words.as_slice()].concat(),
            &[("PASSWORD", &password), ("CODE", code)],
        )
    }
}
