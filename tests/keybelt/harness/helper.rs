//! Docker credentials helpers of a world's own, and a look at what is left running.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::{Keybelt, Words, World};

/// A helper that works: it keeps each answer in a file of the directory `vault`.
pub const WORKING: &str = r#"
mkdir -p vault
input=$(cat)
case $1 in
store) url=${input#*'"ServerURL":"'} url=${url%%'"'*} ;;
*) url=$input ;;
esac
file=vault/$(printf %s "$url" | tr /: __)
case $1 in
store) printf '%s\n' "$input" > "$file" ;;
get) [ -f "$file" ] || { echo 'credentials not found in native keychain'; exit 1; }; cat "$file" ;;
erase) rm -f "$file" ;;
esac
"#;

impl World {
    /// Installs a helper `docker-credential-NAME`: a shell script that runs in the home.
    pub fn install_helper(&self, name: &str, script: &str) {
        let bin = self.home().join("bin");
        fs::create_dir_all(&bin).unwrap();
        // Another process writes it: a file that this one has open may not be run, and tests fork all the time.
        let mut writer = Command::new("install")
            .args(["-m", "755", "/dev/stdin"])
            .arg(bin.join(format!("docker-credential-{name}")))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let text = format!("#!/bin/sh\ncd '{}'\n{script}\n", self.home().display());
        let stdin = writer.stdin.take();
        stdin.unwrap().write_all(text.as_bytes()).unwrap();
        assert!(writer.wait().unwrap().success());
    }

    /// Prepares a run of keybelt that finds the installed helpers.
    pub fn with_helpers<Form>(&self, arguments: impl Words<Form>) -> Keybelt {
        self.keybelt(arguments).env("PATH", self.helper_path())
    }

    /// Returns a `PATH` that has the installed helpers first.
    pub fn helper_path(&self) -> String {
        format!("{}/bin:/usr/bin:/bin", self.home().display())
    }

    /// Returns what the working helper keeps.
    pub fn vault(&self) -> Vec<String> {
        let files = fs::read_dir(self.home().join("vault"));
        let files = files.into_iter().flatten().flatten();
        files.map(|file| fs::read_to_string(file.path()).unwrap()).collect()
    }

    /// Returns the files below the home that have a text in them.
    pub fn files_with(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut left = vec![self.home().to_owned()];
        while let Some(directory) = left.pop() {
            for entry in fs::read_dir(directory).unwrap().flatten() {
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    left.push(entry.path());
                } else if kind.is_file() && has(&fs::read(entry.path()).unwrap(), text) {
                    found.push(entry.path().display().to_string());
                }
            }
        }
        found
    }

    /// Returns the command lines of the processes that have this home.
    pub fn processes(&self) -> Vec<String> {
        let home = format!("HOME={}\0", self.home().display());
        let processes = fs::read_dir("/proc").unwrap().flatten();
        let ours = processes.filter(|process| {
            fs::read(process.path().join("environ")).is_ok_and(|them| has(&them, &home))
        });
        ours.map(|process| {
            let words = fs::read(process.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&words).replace('\0', " ")
        })
        .collect()
    }
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
