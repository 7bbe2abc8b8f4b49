//! Docker credentials helpers: `pass` from the distribution, and fakes that hang, babble, lie and fail.

use std::process::Command;

use crate::harness::{Keybelt, WORKING, World, needs};

fn sign_in(world: &World, account: &str, store: &str) -> Keybelt {
    let run = world.login(account, &["--store", store]);
    run.env("PATH", world.helper_path())
}

/// Makes a key and a password store in the home; ends the key's agent with this value.
struct Pass<'a>(&'a World);

impl<'a> Pass<'a> {
    fn set_up(world: &'a World) -> Self {
        let script = "mkdir -m 700 .gnupg && \
            gpg --batch --quiet --passphrase '' --quick-generate-key keybelt-test default default never && \
            pass init keybelt-test";
        let pass = Self(world);
        let output = pass.shell(script).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        pass
    }

    fn shell(&self, script: &str) -> Command {
        let mut command = Command::new("sh");
        let home = self.0.home();
        command.env_clear().args(["-c", script]).current_dir(home);
        command.env("HOME", home).env("PATH", "/usr/bin:/bin");
        command
    }

    /// Returns what `pass` itself shows of everything it keeps.
    fn everything(&self) -> String {
        let script = "find .password-store -name '*.gpg' | while read -r file; do \
            file=${file#.password-store/}; pass show \"${file%.gpg}\"; echo; done";
        String::from_utf8(self.shell(script).output().unwrap().stdout).unwrap()
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let _ = self.shell("gpgconf --kill all").status();
    }
}

#[test]
fn docker_credential_pass_keeps_two_accounts_on_one_host() {
    for program in ["docker-credential-pass", "pass", "gpg"] {
        if needs(program).is_none() {
            return;
        }
    }
    let world = World::with(keybelt_sandbox::Options {
        accounts: 1,
        limits: keybelt_sandbox::Limits::Off,
        ..Default::default()
    });
    let pass = Pass::set_up(&world);
    // gpg may be slow where all else is busy.
    let patient = |run: Keybelt| run.env("KEYBELT_STORE_TIMEOUT", "25s").run();
    let keybelt = |line: &str| patient(world.with_helpers(line));
    for account in ["alice", "user-1"] {
        patient(sign_in(&world, account, "docker:pass"))
            .code(0)
            .says("stored  docker-credential-pass");
    }
    let tokens = ["alice", "user-1"].map(|account| {
        let printed = keybelt(&format!("token print --account {account}")).code(0);
        printed.stdout().trim().to_owned()
    });
    assert_ne!(tokens[0], tokens[1]);
    for token in &tokens {
        assert!(pass.everything().contains(token));
        assert_eq!(world.files_with(token), [] as [&str; 0]);
    }
    keybelt("whoami").code(0).prints("user-1");
    keybelt("logout --account alice").code(0);
    assert!(!pass.everything().contains(&tokens[0]));
    keybelt("store migrate file").code(0);
    assert_eq!(pass.everything().trim(), "");
    assert_eq!(world.stored_tokens(), [tokens[1].clone()]);
    keybelt("store migrate docker:pass").code(0).says("`keybelt token rotate`");
    assert!(pass.everything().contains(&tokens[1]));
    keybelt("doctor")
        .code(0)
        .prints("ok     credential helper: /usr/bin/docker-credential-pass responds");
    keybelt("logout --all").code(0);
    assert_eq!(pass.everything().trim(), "");
    assert_eq!(world.live_tokens_made(), 0);
}

#[test]
fn a_helper_keeps_the_token_and_no_file_has_it() {
    let world = World::new();
    world.install_helper("fake", WORKING);
    sign_in(&world, "alice", "docker:fake").run().code(0);
    let host = world.host();
    assert_eq!(world.vault().len(), 1);
    assert!(
        world.vault()[0]
            .contains(&format!(r#""ServerURL":"https://keybelt.invalid/{host}/alice""#))
    );
    assert!(
        world.vault()[0]
            .contains(&format!(r#""Username":"alice@{}""#, host.trim_start_matches("http://")))
    );
    assert!(world.tokens_json()["hosts"][&host]["accounts"]["alice"]["token"].is_null());
    world.with_helpers("whoami").run().code(0).prints("alice");
    world.with_helpers("logout").run().code(0);
    assert_eq!(world.vault().len(), 0);
    assert_eq!(world.live_tokens_made(), 0);
}

/// What a helper does, and how keybelt tells it.
const MISBEHAVING: [(&str, &str); 9] = [
    ("sleep 600", "did not answer within 1 second"),
    ("sleep 600 & sleep 600 & wait", "did not answer within 1 second"),
    ("exec yes canary", "printed too much output"),
    ("echo 'canary is no JSON'", "printed no answer of a docker credentials helper"),
    (
        r#"echo '{"Username":7,"Secret":"canary"}'"#,
        "printed no answer of a docker credentials helper",
    ),
    (
        r#"echo '{"ServerURL":"x","Username":"bob@elsewhere","Secret":"canary"}'"#,
        "answered for another account",
    ),
    ("echo 'the vault is sealed' ; echo canary >&2; exit 7", "the vault is sealed"),
    (
        "echo 'no: canary.atlasv1.0123456789012345678901234567890123456789'; exit 7",
        "refused to give out the token of `alice`",
    ),
    ("kill -9 $$", "refused to give out the token of `alice`"),
];

#[test]
fn a_helper_that_misbehaves_is_told_in_a_sentence_and_nothing_falls_back_to_the_file() {
    let world = World::new();
    world.install_helper("fake", WORKING);
    sign_in(&world, "alice", "docker:fake").run().code(0);
    let before = world.tokens_bytes();
    for (script, sentence) in MISBEHAVING {
        world.install_helper("fake", script);
        for words in
            [&["token", "print"][..], &["whoami"], &["logout"], &["store", "migrate", "file"]]
        {
            let run = world
                .with_helpers(words.iter().copied())
                .env("KEYBELT_STORE_TIMEOUT", "1s")
                .run()
                .code(1)
                .says("`docker-credential-fake` ")
                .says(sentence)
                .says("--store file` stores the token in a file instead");
            assert!(!run.stdout().contains("canary"), "{script}");
            // What a helper says on its stderr is its own word to the user.
            let stderr = run.stderr().replace("\ncanary\n", "\n").replacen("canary\n", "", 1);
            assert!(!stderr.contains("canary"), "{script}: {stderr}");
        }
        world
            .with_helpers("doctor")
            .env("KEYBELT_STORE_TIMEOUT", "1s")
            .run()
            .code(6)
            .prints("wrong  credential helper: `docker-credential-fake` ")
            .prints(sentence)
            // What is made up to ask is nobody's business.
            .hides("keybelt.invalid");
        assert_eq!(world.tokens_bytes(), before, "{script}");
        assert_eq!(world.processes(), [] as [&str; 0], "{script}");
    }
    assert_eq!(world.vault().len(), 1);
    assert_eq!(world.live_tokens_made(), 1);
}

#[test]
fn a_token_that_a_helper_does_not_take_is_revoked_and_stored_nowhere() {
    for (script, sentence) in [
        ("exit 1", "refused to store the token of `alice`"),
        ("echo 'pass store is uninitialized'; exit 1", "caused by: pass store is uninitialized"),
        ("sleep 600", "did not answer within 1 second"),
    ] {
        let world = World::new();
        world.install_helper("fake", script);
        sign_in(&world, "alice", "docker:fake")
            .env("KEYBELT_STORE_TIMEOUT", "1s")
            .run()
            .code(1)
            .says(sentence);
        assert_eq!(world.live_tokens_made(), 0);
        assert_eq!(world.files_with(".atlasv1."), [] as [&str; 0]);
        assert!(world.tokens_json().is_null() || world.stored_tokens().is_empty());
        assert_eq!(world.processes(), [] as [&str; 0]);
    }
}

#[test]
fn a_helper_that_is_not_there_is_named_and_a_relative_path_entry_does_not_count() {
    let world = World::new();
    sign_in(&world, "alice", "docker:nosuch")
        .run()
        .code(1)
        .says("`docker-credential-nosuch` is not in PATH");
    assert_eq!(world.live_tokens_made(), 0);
    world.install_helper("fake", WORKING);
    sign_in(&world, "alice", "docker:fake")
        .env("PATH", "bin:/usr/bin:/bin")
        .run()
        .code(1)
        .says("`docker-credential-fake` is not in PATH");
    sign_in(&world, "alice", "docker:../fake").run().code(2).says("`--store`: invalid store");
    // Of a move nothing is left but what was there before.
    world.sign_in("alice");
    world.with_helpers("store migrate docker:nosuch").run().code(1);
    assert!(world.tokens_json()["hosts"][world.host()]["accounts"]["alice"]["copy_in"].is_null());
    world.keybelt("logout").run().code(0);
    assert_eq!(world.live_tokens_made(), 0);
}

/// The helper keeps one thing and says another.
#[test]
fn a_move_is_verified_before_the_old_token_goes() {
    let world = World::new();
    world.sign_in("alice");
    let token = world.stored_tokens();
    world.install_helper("fake", r#"case $1 in get) printf '{"ServerURL":"x","Username":"%s","Secret":"other"}\n' "$USERNAME" ;; esac"#);
    world
        .with_helpers("store migrate docker:fake")
        .run()
        .code(1)
        .says("answered for another account");
    assert_eq!(world.stored_tokens(), token);
    world.install_helper(
        "fake",
        "case $1 in get) echo 'credentials not found in native keychain'; exit 1 ;; esac",
    );
    world
        .with_helpers("store migrate docker:fake")
        .run()
        .code(1)
        .says("docker:fake did not store the token of alice")
        .says("the token is still in ");
    assert_eq!(world.stored_tokens(), token);
    world.keybelt("whoami").run().code(0);
    world.with_helpers("logout").run().code(0);
}

/// A token that is gone from its store is no reason to be signed in for ever.
#[test]
fn an_entry_whose_token_is_gone_can_be_signed_out() {
    let world = World::new();
    world.install_helper("fake", WORKING);
    sign_in(&world, "alice", "docker:fake").run().code(0);
    std::fs::remove_dir_all(world.home().join("vault")).unwrap();
    world.with_helpers("whoami").run().code(1).says("the stored entry").says("run `keybelt login");
    world.with_helpers("doctor").run().code(6).prints("has no token of alice");
    world
        .with_helpers("logout")
        .run()
        .code(0)
        .says("the token was no longer in its store, so nothing was revoked");
    world.with_helpers("logout").run().code(0).says("Nothing to do");

    // A store that is gone for good: forgotten here alone, saying where the token may still be.
    sign_in(&world, "alice", "docker:fake").run().code(0);
    world.keybelt("logout").run().code(1).says("is not in PATH");
    world.keybelt("logout --local-only").run().code(1).says("docker:fake may still have the token");
    world.keybelt("logout").run().code(0).says("Nothing to do");
}

/// A helper that says yes and keeps nothing would leave a token that nobody can use or end.
#[test]
fn a_sign_in_is_undone_where_the_helper_keeps_nothing() {
    let world = World::new();
    world.install_helper(
        "fake",
        "case $1 in get) echo 'credentials not found in native keychain'; exit 1 ;; esac",
    );
    let host = world.host();
    let words = ["login", &host, "--username", "alice", "--store", "docker:fake"];
    let run = world.with_helpers([words.as_slice(), &["--password-stdin"]].concat());
    let run = run.stdin(format!("{}\n", world.password("alice"))).run();
    run.code(1).says("docker:fake did not store the token of alice");
    assert_eq!(world.live_tokens_made(), 0);
    assert!(world.stored_tokens().is_empty());
}
