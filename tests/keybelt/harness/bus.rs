//! A private session bus with an unlocked, empty gnome-keyring on it; the real one is never touched.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::{Keybelt, Words, World, needs};

/// Prints the bus's address and the service's process, then stays until its stdin is closed.
const SERVICE: &str = r#"
printf test-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
echo "$DBUS_SESSION_BUS_ADDRESS"
process() {
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets 2>/dev/null | sed -n 's/.*uint32 //p'
}
until [ -n "$(process)" ]; do :; done
process
cat >/dev/null
"#;

/// The bus and its keyring; both end with this value.
pub struct Bus {
    home: TempDir,
    session: Child,
    /// Closing it ends the session.
    stdin: Option<ChildStdin>,
    address: String,
    service: Pid,
}

impl Bus {
    /// Starts both; `None` where a program is missing.
    pub fn start() -> Option<Self> {
        for program in ["dbus-run-session", "gnome-keyring-daemon", "secret-tool", "dbus-send"] {
            needs(program)?;
        }
        let home = tempfile::Builder::new().prefix("keybelt-bus-").tempdir().unwrap();
        let mut session = at_home(Command::new("dbus-run-session"), home.path())
            .args(["--", "sh", "-c", SERVICE])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(session.stdout.take().unwrap()).lines();
        let mut line = || lines.next().unwrap().unwrap();
        let (address, process) = (line(), line());
        Some(Self {
            home,
            stdin: session.stdin.take(),
            session,
            address,
            service: Pid::from_raw(process.trim().parse().unwrap()).unwrap(),
        })
    }

    /// Prepares a run of keybelt that finds this keyring.
    pub fn keybelt<Form>(&self, world: &World, arguments: impl Words<Form>) -> Keybelt {
        self.join(world.keybelt(arguments))
    }

    /// Lets a run find this keyring.
    pub fn join(&self, run: Keybelt) -> Keybelt {
        run.env("DBUS_SESSION_BUS_ADDRESS", &self.address)
    }

    /// Returns the secret that the keyring keeps for an account, as `secret-tool` finds it.
    pub fn secret(&self, world: &World, account: &str) -> Option<String> {
        let service = format!("keybelt:{}", world.host());
        let output = self
            .tool("secret-tool")
            .args(["lookup", "service", &service, "username", account])
            .output()
            .unwrap();
        let secret = String::from_utf8(output.stdout).unwrap();
        (output.status.success() && !secret.is_empty()).then_some(secret)
    }

    /// Returns all that the keyring keeps, whoever it belongs to, as `secret-tool` tells it.
    pub fn everything(&self) -> String {
        let search =
            ["search", "--all", "--unlock", "xdg:schema", "org.freedesktop.Secret.Generic"];
        let output = self.tool("secret-tool").args(search).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Locks the keyring, as a desktop does after a while.
    pub fn lock(&self) {
        let words = [
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/aliases/default",
        ];
        let status = self.tool("dbus-send").args(words).stdout(Stdio::null()).status();
        assert!(status.unwrap().success());
    }

    /// Stops the service: it accepts connections and never answers.
    pub fn freeze(&self) {
        kill_process(self.service, Signal::STOP).unwrap();
    }

    /// Lets the service go on.
    pub fn thaw(&self) {
        kill_process(self.service, Signal::CONT).unwrap();
    }

    fn tool(&self, program: &str) -> Command {
        let mut command = at_home(Command::new(program), self.home.path());
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.address);
        command
    }
}

fn at_home(mut command: Command, home: &Path) -> Command {
    command.env_clear().env("PATH", "/usr/bin:/bin");
    for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        command.env(name, home);
    }
    command
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = kill_process(self.service, Signal::KILL);
        if let Some(stdin) = &mut self.stdin {
            let _ = stdin.flush();
        }
        self.stdin = None;
        let _ = self.session.wait();
    }
}
