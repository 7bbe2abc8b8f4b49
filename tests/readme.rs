//! The pages say what is true: the first session is typed, the script is run, tables are compared, links lead
//! somewhere.
#![cfg(all(unix, feature = "sandbox"))]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use keybelt::documented::{
    Capability, Host, Http, Kind, Offer, ProviderName, Signal, account_server, variables,
};

/// The pages for users, by their paths.
const PAGES: [&str; 21] = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "RELEASING.md",
    "SECURITY.md",
    "docs/aptible.md",
    "docs/ci.md",
    "docs/comparison.md",
    "docs/environment.md",
    "docs/install.md",
    "docs/json.md",
    "docs/laptop-gone.md",
    "docs/organizations.md",
    "docs/performance.md",
    "docs/rotate-a-ci-token.md",
    "docs/sandbox.md",
    "docs/servers.md",
    "docs/sign-in.md",
    "docs/storage.md",
    "docs/terraform.md",
    "docs/two-factor.md",
];

/// How long one command of a session may take, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the code block below a marking comment.
fn block(path: &str, mark: &str) -> String {
    let page = page(path);
    let (_, rest) = page
        .split_once(&format!("<!-- {mark}"))
        .unwrap_or_else(|| panic!("{path} has no block marked `{mark}`"));
    let (_, rest) = rest.split_once("```").expect("a block follows the mark");
    let (_, rest) = rest.split_once('\n').expect("the block has lines");
    let (block, _) = rest.split_once("```").expect("the block ends");
    block.to_owned()
}

/// Returns a command with nothing of this process's surroundings: no `CI`, no tokens, a home of its own.
fn apart(program: &str, home: &Path) -> Command {
    let binaries = Path::new(env!("CARGO_BIN_EXE_keybelt")).parent();
    let path = format!(
        "{}:/usr/local/bin:/usr/bin:/bin",
        binaries.expect("the program is in a directory").display()
    );
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", path)
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home)
        .env("TERM", "dumb")
        .env("PS1", "$ ")
        .env("SHELL", "/bin/sh")
        .current_dir(home);
    command
}

fn home() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("keybelt-readme-").tempdir().expect("a temporary directory")
}

/// Returns whether a program is there; without it a test is not run, which fails where `CI` is set.
#[expect(clippy::disallowed_methods, reason = "tests look for programs and CI")]
fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|dir: PathBuf| dir.join(program).is_file());
    if !found {
        #[expect(clippy::print_stderr, reason = "a test's own word")]
        {
            eprintln!("not run: needs {program}");
        }
        assert!(std::env::var_os("CI").is_none(), "CI lacks {program}");
    }
    found
}

/// A shell on a pseudo-terminal, which util-linux's `script` provides.
struct Terminal {
    script: Child,
    keyboard: ChildStdin,
    screen: Receiver<Vec<u8>>,
    /// Everything that was shown.
    shown: String,
}

impl Terminal {
    fn open(home: &Path) -> Self {
        let mut script = apart("script", home)
            // As wide as the pages' longest line: how lines break is tested elsewhere.
            .args(["--quiet", "--command", "stty rows 50 cols 300; exec /bin/sh", "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("script starts");
        let keyboard = script.stdin.take().expect("stdin is piped");
        let mut output = script.stdout.take().expect("stdout is piped");
        let (sender, screen) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { script, keyboard, screen, shown: String::new() }
    }

    fn type_line(&mut self, line: &str) {
        self.keyboard
            .write_all(format!("{line}\n").as_bytes())
            .expect("the terminal takes what is typed");
    }

    /// Waits until something is asked in a line that begins after `from`: a command, or an answer. Returns
    /// the last line.
    fn wait_for_prompt(&mut self, from: usize) -> String {
        loop {
            let fresh = &self.shown[from..];
            let last = fresh.rsplit('\n').next().unwrap_or_default();
            let asks = ["Password for ", "Verification code", "Type "];
            let is_asked = last.ends_with(": ") && asks.iter().any(|a| last.starts_with(a));
            if last.trim_start_matches(MARK) == "$ " || last.ends_with("[y/N] ") || is_asked {
                return last.to_owned();
            }
            match self.screen.recv_timeout(PATIENCE) {
                Ok(bytes) => {
                    let text = String::from_utf8_lossy(&bytes).replace('\r', "");
                    self.shown.push_str(&text);
                }
                Err(_) => panic!("no prompt came; what is shown:\n{}", self.shown),
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}

/// Returns the password in the page's table of accounts.
fn password<'a>(shown: &'a str, username: &str) -> &'a str {
    let row = shown
        .lines()
        .find(|line| line.split_whitespace().next() == Some(username))
        .unwrap_or_else(|| panic!("no account {username} in\n{shown}"));
    row.split_whitespace().nth(1).expect("a password")
}

/// Returns the code that was printed last, on a line of its own.
fn last_code(shown: &str) -> String {
    let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit());
    let code = shown.lines().rev().find(is_code);
    code.expect("a code was printed").to_owned()
}

/// Returns whether `line` is what the README shows, where `…` stands for anything.
fn agrees(line: &str, shown: &str) -> bool {
    let mut pieces = shown.split('…');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    let mut ends_open = true;
    for piece in pieces {
        let Some(found) = rest.find(piece) else {
            return false;
        };
        rest = &rest[found + piece.len()..];
        ends_open = piece.is_empty();
    }
    rest.is_empty() || (ends_open && shown.contains('…'))
}

/// What the sandbox's shell puts before its prompt; pages leave it out.
const MARK: &str = "(sandbox) ";

/// Types a session's commands, answers what they ask, and compares what is shown with what is printed.
fn play(terminal: &mut Terminal, path: &str, session: &str) {
    let start = terminal.shown.len();
    for command in session.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let mut seen = terminal.shown.len();
        terminal.type_line(command);
        loop {
            let prompt = terminal.wait_for_prompt(seen);
            let named = prompt.strip_prefix("Type ").and_then(|rest| rest.split(' ').next());
            let answer = match prompt.strip_prefix("Password for ") {
                _ if prompt.trim_start_matches(MARK) == "$ " => break,
                _ if prompt.ends_with("[y/N] ") => "y".to_owned(),
                _ if named.is_some() => named.unwrap_or_default().to_owned(),
                Some(rest) => {
                    let username = rest.split(' ').next().unwrap_or_default();
                    password(&terminal.shown, username).to_owned()
                }
                None => last_code(&terminal.shown),
            };
            seen = terminal.shown.len();
            terminal.type_line(&answer);
        }
    }
    let expected: Vec<&str> = session.lines().collect();
    // The shell's prompt stands before the first command already, and the one after the last is nobody's.
    let shown = terminal.shown[start..].replace(MARK, "");
    let shown = format!("$ {}", shown.trim_end_matches("$ "));
    let actual: Vec<&str> = shown.lines().collect();
    for (line, wanted) in actual.iter().zip(&expected) {
        assert!(
            agrees(line.trim_end(), wanted.trim_end()),
            "{path} says\n  {wanted}\nbut this was shown\n  {line}\nin\n{shown}"
        );
    }
    assert_eq!(actual.len(), expected.len(), "{shown}");
}

#[test]
fn a_lockdown_goes_as_it_is_printed() {
    if !is_there("script") {
        return;
    }
    let home = home();
    let mut terminal = Terminal::open(home.path());
    terminal.wait_for_prompt(0);
    let seen = terminal.shown.len();
    terminal.type_line("keybelt sandbox shell");
    terminal.wait_for_prompt(seen);
    let path = "docs/laptop-gone.md";
    play(&mut terminal, path, &block(path, "a lockdown"));
}

#[test]
fn what_owners_and_site_administrators_do_goes_as_it_is_printed() {
    if !is_there("script") {
        return;
    }
    let home = home();
    let mut terminal = Terminal::open(home.path());
    terminal.wait_for_prompt(0);
    let seen = terminal.shown.len();
    terminal.type_line("keybelt sandbox shell --site-admin");
    terminal.wait_for_prompt(seen);
    let path = "docs/laptop-gone.md";
    play(&mut terminal, path, &block(path, "for owners"));
}

#[test]
fn the_first_session_goes_as_it_is_printed() {
    if !is_there("script") {
        return;
    }
    let home = home();
    let mut terminal = Terminal::open(home.path());
    terminal.wait_for_prompt(0);
    let path = "docs/sandbox.md";
    play(&mut terminal, path, &block(path, "the first session"));
    let saved = std::fs::read_to_string(home.path().join("recovery-codes.txt"));
    assert_eq!(saved.expect("codes were saved").lines().count(), 6);
    assert!(
        !home.path().join(".config").exists(),
        "the sandbox's shell leaves nothing in the home directory"
    );
}

#[test]
fn the_sandbox_script_runs() {
    if !is_there("jq") {
        return;
    }
    let home = home();
    let script = block("docs/sandbox.md", "the sandbox in a script");
    let output = apart("sh", home.path())
        .args(["-eux", "-c", &script])
        .stdin(Stdio::null())
        .output()
        .expect("sh starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "alice\n", "{stderr}");
    assert!(stderr.contains("as alice: the token is revoked"), "{stderr}");
}

#[test]
fn the_test_command_is_the_one_that_runs_this_test() {
    assert_eq!(block("README.md", "the test command"), "cargo test --workspace --locked\n");
}

#[test]
fn the_table_of_variables_is_the_programs() {
    let rows: String =
        variables().map(|(name, meaning)| format!("| `{name}` | {meaning} |\n")).collect();
    let table = format!("| Variable | Meaning |\n|---|---|\n{rows}");
    assert!(
        page("docs/environment.md").contains(&table),
        "docs/environment.md needs this table:\n{table}"
    );
}

/// Writes a command's names as code.
fn as_code(commands: &str) -> String {
    let names: Vec<String> = commands.split(", ").map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Writes what a provider answers.
fn cell(offer: Offer) -> String {
    match offer {
        Offer::Yes => "yes".to_owned(),
        Offer::Sometimes(when) => when.to_owned(),
        Offer::No(refusal) => format!("no: {}", refusal.message),
    }
}

/// What the commands refuse with is what the table is made of, so that neither can drift.
#[test]
fn the_table_of_what_servers_can_do_is_the_programs_own_answers() {
    let http = Http::new(Duration::from_secs(1), None, |_, _| ());
    let host = |text: &str| Host::parse(text).expect("a host");
    let (atlas, aptible) = (host("tfe.example.com"), host("auth.aptible.com"));
    let atlas = account_server(ProviderName::Atlas, &atlas, &http);
    let aptible = account_server(ProviderName::Aptible, &aptible, &http);
    let rows: String = Capability::COMMANDS
        .iter()
        .map(|(capability, commands)| {
            let (one, other) = (atlas.offers(*capability), aptible.offers(*capability));
            format!("| {} | {} | {} |\n", as_code(commands), cell(one), cell(other))
        })
        .collect();
    let head = "| Command | Terraform Enterprise, HCP Terraform | Aptible |\n|---|---|---|\n";
    let table = format!("{head}{rows}");
    assert!(page("docs/servers.md").contains(&table), "docs/servers.md needs this table:\n{table}");
}

#[test]
fn the_table_of_exit_codes_has_every_kind_of_failure() {
    let page = page("docs/environment.md");
    let (_, rest) = page.split_once("| Code | Meaning |").expect("the table");
    let table = rest.split("\n\n").next().unwrap_or_default();
    let documented: Vec<u8> = table
        .lines()
        .filter_map(|row| row.strip_prefix("| "))
        .filter_map(|row| row.split(" | ").next())
        .flat_map(|cell| cell.split(", "))
        .filter_map(|code| code.parse().ok())
        .collect();
    let kinds = [
        Kind::General,
        Kind::Usage,
        Kind::NotSignedIn,
        Kind::Refused,
        Kind::Unavailable,
        Kind::Finding,
        Kind::Interrupted(Signal::HangUp),
        Kind::Interrupted(Signal::Interrupt),
        Kind::Interrupted(Signal::Terminate),
    ];
    let mut codes = vec![0];
    codes.extend(kinds.map(Kind::exit_code));
    assert_eq!(documented, codes);
}

/// npm's manual once showed a real second factor's secret (npm/docs PR 870).
#[test]
fn no_page_shows_a_secret_that_could_be_real() {
    let text: String = PAGES.map(page).concat();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let base32 =
            word.len() >= 16 && word.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'));
        assert!(!base32 || word.starts_with("EXAMPLE"), "{word} looks like a secret");
        let token_like = word.len() >= 40 && word.bytes().any(|b| b.is_ascii_digit());
        assert!(!token_like, "{word} looks like a token");
    }
}

#[test]
fn every_page_is_listed() {
    let mut found: Vec<String> = ["", "docs"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root().join(folder)).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| path.strip_prefix(root()).expect("inside").display().to_string())
        .collect();
    found.sort_unstable();
    let mut listed = PAGES.map(str::to_owned);
    listed.sort_unstable();
    assert_eq!(found, listed);
}

/// Returns what a page links to: `](target)` and `src="target"`.
fn targets(page: &str) -> Vec<String> {
    let after = |mark: &str, end: char| {
        let pieces = page.split(mark).skip(1);
        pieces.filter_map(move |rest| rest.split(end).next()).map(str::to_owned).collect::<Vec<_>>()
    };
    [after("](", ')'), after("src=\"", '"')].concat()
}

/// Writes a heading as GitHub does in the address of a section.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut seen = 0;
    for path in PAGES {
        for target in targets(&page(path)) {
            if target.contains("://") {
                continue;
            }
            seen += 1;
            let (file, section) = target.split_once('#').unwrap_or((&target, ""));
            let folder = Path::new(path).parent().expect("a folder");
            let file = if file.is_empty() { path.into() } else { folder.join(file) };
            assert!(root().join(&file).is_file(), "{path} links to {target}, which is not there");
            if section.is_empty() {
                continue;
            }
            let text = page(file.to_str().expect("text"));
            let mut headings = text.lines().filter_map(|line| line.strip_prefix('#'));
            let found = headings.any(|line| anchor(line.trim_start_matches('#').trim()) == section);
            assert!(found, "{path} links to {target}, which has no such section");
        }
    }
    assert!(seen > 25, "the links were not found");
}

/// The pictures are made by docs/record from real sessions, and not compared: secrets in them differ.
#[test]
fn the_pictures_show_commands_that_are_accepted() {
    let mut shown = 0;
    for path in ["docs/sign-in.svg", "docs/audit.svg"] {
        let picture = page(path);
        assert!(picture.len() < 300_000, "{path} is too large");
        assert!(page("README.md").contains(&format!("src=\"{path}\"")), "{path} is not shown");
        let (_, rest) = picture.split_once("<desc>").expect("the commands");
        let (commands, _) = rest.split_once("</desc>").expect("the commands");
        for line in commands.replace("&gt;", ">").lines() {
            let command = line.split(" >").next().expect("a command");
            let words = command.split(' ').skip(1);
            let home = home();
            // Nobody listens there: what is no usage error is a failure to connect.
            let mut run = apart("keybelt", home.path());
            let run = run.env("KEYBELT_HOST", "http://127.0.0.1:1").args(words).output();
            let run = run.expect("keybelt runs");
            let told = String::from_utf8_lossy(&run.stderr);
            assert!(matches!(run.status.code(), Some(0 | 3 | 5)), "`{line}` in {path}: {told}");
            shown += 1;
        }
        for text in picture.split("</text>").filter_map(|it| it.rsplit('>').next()) {
            assert!(text.chars().count() <= 80, "{path}: {text}");
        }
    }
    assert!(shown >= 6, "the commands were not found");
}

/// A landing page is read in a minute; what is longer stands in docs/.
#[test]
fn the_readme_is_a_landing_page() {
    let readme = page("README.md");
    assert!(readme.lines().count() <= 160, "{} lines", readme.lines().count());
}
