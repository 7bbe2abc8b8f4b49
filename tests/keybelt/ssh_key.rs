//! Keys that open an account's other doors: SSH keys, for which no second factor is asked, and security keys.

use std::fs;
use std::process::Command;

use keybelt_sandbox::{Limits, Options};
use serde_json::{Value, json};

use crate::every_command::aptible::{SSH_KEY, error, server, store, usual};
use crate::harness::{Keybelt, Reply, World, exchange, needs};

const FINGERPRINT: &str = "SHA256:";

fn host(world: &World) -> String {
    world.sandbox.ready().aptible_url.clone()
}

/// Makes a world in which somebody is signed in to the Aptible server.
fn signed_in(username: &str) -> World {
    let world = World::with(Options { limits: Limits::Off, ..Options::default() });
    let (host, email) = (host(&world), format!("{username}@sandbox.test"));
    let arguments = ["login", &host, "--username", &email, "--password-stdin"];
    proven(&world, &arguments, username).run().code(0);
    world
}

/// Prepares a command whose password, and code if there is one, are on standard input.
fn proven(world: &World, arguments: &[&str], username: &str) -> Keybelt {
    let mut arguments = arguments.to_vec();
    let mut stdin = format!("{}\n", world.password(username));
    if world.account(username).two_factor.is_some() {
        arguments.push("--code-stdin");
        stdin.push_str(&format!("{}\n", world.code(username)));
    }
    world.keybelt(arguments).stdin(stdin)
}

fn count(world: &World, method: &str, part: &str) -> usize {
    let requests = world.sandbox.requests();
    requests.iter().filter(|it| it.method == method && it.path.contains(part)).count()
}

fn keys(world: &World) -> Vec<Value> {
    let list = world.keybelt("ssh-key list -o json").run().code(0).json();
    list["ssh_keys"].as_array().unwrap().clone()
}

/// Makes a pair of keys; returns the public one's text, and its fingerprint as ssh-keygen prints it. `None` if this
/// ssh-keygen makes none of the kind.
fn key_pair(world: &World, kind: &str) -> Option<(String, String)> {
    let file = world.home().join(format!("{kind}.key"));
    let made = Command::new("ssh-keygen")
        .args(["-q", "-N", "", "-C", "alice's key, of a laptop", "-t", kind, "-f"])
        .arg(&file)
        .output()
        .unwrap();
    let public = file.with_extension("key.pub");
    made.status.success().then(|| (fs::read_to_string(&public).unwrap(), fingerprint(&public)))
}

fn fingerprint(file: &std::path::Path) -> String {
    let shown = Command::new("ssh-keygen").arg("-lf").arg(file).output().unwrap();
    assert!(shown.status.success(), "{shown:?}");
    let shown = String::from_utf8(shown.stdout).unwrap();
    shown.split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn a_key_is_added_after_a_proof_listed_and_removed() {
    let world = signed_in("bob");
    fs::write(world.home().join("id.pub"), format!("{SSH_KEY} bob@laptop\n")).unwrap();
    world.keybelt("ssh-key list").run().code(0).hides(FINGERPRINT);
    world.sandbox.advance(30);
    // No proof: nothing is sent.
    world.keybelt("ssh-key add id.pub").run().code(3).says("--password-stdin");
    assert_eq!(count(&world, "POST", "/ssh_keys"), 0);
    let added =
        proven(&world, &["ssh-key", "add", "id.pub", "--password-stdin", "-o", "json"], "bob");
    let added = added.run().code(0);
    let document = added.json();
    assert_eq!(
        (&document["name"], &document["type"]),
        (&json!("bob@laptop"), &json!("ssh-ed25519"))
    );
    added.says("works without a second factor");
    assert_eq!(count(&world, "POST", "/ssh_keys"), 1);
    let (id, shown) = (document["id"].as_str().unwrap(), document["fingerprint"].as_str().unwrap());
    assert_eq!(keys(&world)[0]["fingerprint"], shown);
    world.keybelt("ssh-key list -o csv").run().code(0).prints(&format!("{id},bob@laptop,{shown},"));
    // It works without the second factor, which is where that matters.
    world.keybelt("2fa status").run().code(0).says(shown);
    let status = world.keybelt("2fa status -o json").run().code(0).json();
    assert_eq!(status["ssh_keys"][0]["id"], id);
    // The same key once more is refused by the server.
    world.sandbox.advance(30);
    let again = ["ssh-key", "add", "id.pub", "--name", "again", "--password-stdin"];
    proven(&world, &again, "bob").run().code(4).says("did not accept the SSH key");
    // One that is none: nothing is removed.
    world.keybelt(["ssh-key", "remove", id, "k-9"]).run().code(2).says("argument 2");
    assert_eq!(count(&world, "DELETE", "/ssh_keys"), 0);
    let removed = world.keybelt(["ssh-key", "remove", shown, id, "-o", "json"]).run().code(0);
    assert_eq!(removed.json()["ssh_keys"][0]["result"], "removed");
    assert_eq!(count(&world, "DELETE", "/ssh_keys"), 1);
    assert_eq!(keys(&world), [Value::Null; 0]);
    world.keybelt("2fa status").run().code(0).says("This account has no SSH keys");
    let live = world.sandbox.live_tokens();
    assert!(live.iter().all(|it| it.scope != Some("elevated")), "an elevated token lives");
}

/// Who enrols is told what goes round it.
#[test]
fn enrolling_a_second_factor_names_the_keys_that_work_without_it() {
    let Some((public, shown)) = key_pair(&World::new(), "ed25519") else {
        return;
    };
    let world = signed_in("alice");
    fs::write(world.home().join("key.pub"), public).unwrap();
    let add = ["ssh-key", "add", "key.pub", "--password-stdin"];
    proven(&world, &add, "alice").run().code(0);
    let enable = ["2fa", "enable", "--app", "--no-verify", "--yes", "--password-stdin"];
    proven(&world, &enable, "alice").run().code(0);
    let verify = "2fa verify --password-stdin --code-stdin --recovery-codes-file codes.txt";
    let typed = format!("{}\n{}\n", world.password("alice"), world.code("alice"));
    let run = world.keybelt(verify).stdin(typed).run().code(0);
    run.says("SSH keys that work without a second factor:").says(&shown);
}

#[test]
fn a_private_key_is_refused_and_not_read_past_its_first_line() {
    let world = signed_in("alice");
    let write = |text: &str| fs::write(world.home().join("id"), text).unwrap();
    let far_too_long = "x".repeat(100_000);
    for first in [
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\r",
        "PuTTY-User-Key-File-3: ssh-ed25519",
    ] {
        // Whoever reads on finds that it is too long, or not closed, and says that instead.
        write(&format!("{first}\nSECRET{far_too_long}"));
        let run = world.keybelt("ssh-key add id --password-stdin").run().code(2);
        run.says("is a private key").hides("SECRET");
    }
    // It may come further down.
    write("Bag Attributes\n-----BEGIN PRIVATE KEY-----\nSECRET\n");
    world.keybelt("ssh-key add id").run().code(2).says("is a private key").hides("SECRET");
    for (text, says) in [
        (String::new(), "is not a public SSH key"),
        ("ssh-ed25519 AAAA".to_owned(), "is not a public SSH key"),
        (format!("{SSH_KEY}\n{SSH_KEY}\n"), "more than one line"),
        (format!("{SSH_KEY} a\u{1b}[2J"), "--name"),
        (far_too_long, "larger than 64 KiB"),
    ] {
        write(&text);
        world.keybelt("ssh-key add id").run().code(2).says(says).hides("\u{1b}");
    }
    world.keybelt("ssh-key add nowhere").run().code(2).says("cannot read nowhere");
    assert_eq!(count(&world, "POST", "/ssh_keys"), 0);
    assert_eq!(count(&world, "POST", "/tokens"), 1, "it asked for a proof before it looked");
}

/// Reads what the system was asked for, so that a byte of the second line would show.
#[test]
fn not_a_byte_of_a_private_key_behind_its_first_line_is_read() {
    let Some(strace) = needs("strace") else { return };
    let world = signed_in("alice");
    fs::write(world.home().join("id"), "-----BEGIN OPENSSH PRIVATE KEY-----\nSECRET\n").unwrap();
    let log = world.home().join("calls.txt");
    let run = world.keybelt("ssh-key add id").through(
        strace,
        ["-f", "-s", "4096", "-e", "trace=read,pread64,readv,mmap", "-o", log.to_str().unwrap()],
    );
    run.run().code(2).says("is a private key");
    let calls = fs::read_to_string(log).unwrap();
    assert!(calls.contains(r#"read("#) && !calls.contains("SECRET"), "{calls}");
    let lines = calls.lines().filter(|it| it.contains(r#"\n"", 1)"#) || it.contains(r#""\n", 1)"#));
    assert!(lines.count() >= 1, "{calls}");
}

#[test]
fn ssh_keygen_agrees_with_every_fingerprint() {
    if needs("ssh-keygen").is_none() {
        return;
    }
    let world = World::new();
    // Not every ssh-keygen still makes the last kind.
    let pairs: Vec<_> = ["rsa", "ed25519", "ecdsa", "dsa"]
        .into_iter()
        .filter_map(|kind| Some((kind, key_pair(&world, kind)?)))
        .collect();
    assert!(pairs.len() >= 3, "{pairs:?}");
    let resources: Vec<Value> = pairs
        .iter()
        .map(|(kind, (public, _))| json!({"id": kind, "name": kind, "ssh_public_key": public}))
        .collect();
    let aptible = server(move |request| {
        let listed = || Reply::json(200, &json!({"_embedded": {"ssh_keys": resources}}));
        (request.route() == ("GET", "/users/u-1/ssh_keys")).then(listed)
    });
    store(&world, &aptible.host());
    let listed = keys(&world);
    for (place, (kind, (_, shown))) in pairs.iter().enumerate() {
        assert_eq!(listed[place]["fingerprint"], *shown, "{kind}");
    }
    // With options before it, as in authorized_keys, and a comment behind it.
    let world = signed_in("alice");
    for (kind, (public, _)) in pairs.iter().filter(|(kind, _)| *kind != "ecdsa") {
        let file = world.home().join("entry.pub");
        let options = r#"no-pty,command="echo \"a b\" c",from="10.0.0.0/8""#;
        fs::write(&file, format!("# mine\n\n{options} {}", public.trim_end())).unwrap();
        let shown = fingerprint(&file);
        let add = ["ssh-key", "add", "entry.pub", "--password-stdin", "-o", "json"];
        let added = proven(&world, &add, "alice").run().code(0).json();
        assert_eq!(added["fingerprint"], shown, "{kind}");
        assert_eq!(added["name"], "alice's key, of a laptop");
    }
}

/// A key whose removal nobody answered was said to work still, and it was gone.
#[test]
fn a_key_that_is_not_removed_is_named_and_the_others_go_all_the_same() {
    for (answer, code, state, word) in [
        (error(422, "unprocessable_entity"), 4, "still works: ", "not_removed"),
        (
            Reply::with(502, &[("Content-Type", "text/html")], "<p>"),
            5,
            "may still work: ",
            "unknown",
        ),
    ] {
        let world = World::new();
        let aptible = server(move |request| {
            let keys = ["k-1", "k-2", "k-3"].map(|id| json!({"id": id, "name": "a"}));
            match request.route() {
                ("GET", "/users/u-1/ssh_keys") => {
                    Some(Reply::json(200, &json!({"_embedded": {"ssh_keys": keys}})))
                }
                ("DELETE", path) if path.ends_with("k-2") => Some(answer.clone()),
                ("DELETE", _) => Some(Reply::with(204, &[], "")),
                _ => None,
            }
        });
        store(&world, &aptible.host());
        let remove = ["ssh-key", "remove", "k-1", "k-2", "k-3", "-o", "json"];
        let run = world.keybelt(remove).run().code(code);
        for (nth, word) in ["removed", word, "removed"].into_iter().enumerate() {
            assert_eq!(run.json()["ssh_keys"][nth]["result"], word, "{nth}");
        }
        run.says(&format!("SSH key k-2 a {state}")).says("some SSH keys were not removed");
    }
}

#[test]
fn what_a_server_says_of_a_key_is_escaped_and_leads_nowhere() {
    let hostile = "a\u{1b}[2J\u{202e}=1+1";
    for change in [
        json!({"id": "k-1", "name": hostile, "sha256_fingerprint": hostile}),
        json!({"id": "k-1", "name": 7, "ssh_public_key": hostile, "created_at": hostile}),
    ] {
        let world = World::new();
        let aptible = server(move |request| {
            let listed = || Reply::json(200, &json!({"_embedded": {"ssh_keys": [change]}}));
            (request.route() == ("GET", "/users/u-1/ssh_keys")).then(listed)
        });
        store(&world, &aptible.host());
        for format in ["text", "csv", "json"] {
            let run = world.keybelt(["ssh-key", "list", "-o", format]).run().code(0);
            run.hides("\u{1b}").hides("\u{202e}");
        }
    }
    // What cannot be named is not left out, and no address elsewhere is followed.
    for resource in ["/users/u-1", "/users/u-1/ssh_keys"] {
        let world = World::new();
        let aptible = server(move |request| {
            let mut document = usual(request).document()?;
            if request.route() != ("GET", resource) {
                return None;
            }
            match document.pointer_mut("/_embedded/ssh_keys/0/id") {
                Some(id) => *id = json!("../tokens/t-1"),
                None => document["_links"]["ssh_keys"]["href"] = json!("http://127.0.0.1:1/keys"),
            }
            Some(Reply::json(200, &document))
        });
        store(&world, &aptible.host());
        world.keybelt("ssh-key list").run().code(5);
        world.keybelt("ssh-key remove k-1").run().code(5);
        assert!(aptible.requests().iter().all(|it| it.method == "GET"), "{resource}");
    }
}

/// The state is what was asked for; what could not be listed is said beside it.
#[test]
fn keys_that_cannot_be_listed_hide_no_state_of_two_factor_authentication() {
    let world = World::new();
    let aptible = server(|request| {
        (request.route() == ("GET", "/users/u-1/ssh_keys")).then(|| Reply::with(500, &[], ""))
    });
    store(&world, &aptible.host());
    let run = world.keybelt("2fa status -o json").run().code(0);
    assert_eq!(run.json()["ssh_keys"], Value::Null);
    run.says("cannot list SSH keys");
}

/// Enrols a security key as a browser would.
fn enrol_device(world: &World, username: &str, name: &str) {
    let authority = host(world).trim_start_matches("http://").to_owned();
    let send = |method: &str, path: &str, token: &str, body: &Value| -> Value {
        let body = body.to_string();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/hal+json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = exchange(&authority, &request);
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap_or_default()
    };
    let email = format!("{username}@sandbox.test");
    let proof = json!({"grant_type": "password", "username": email, "scope": "elevated",
        "password": world.password(username)});
    let token = send("POST", "/tokens", "", &proof);
    let token = token["access_token"].as_str().unwrap();
    let current = send("GET", "/current_token", token, &Value::Null);
    let user = current["_links"]["user"]["href"].as_str().unwrap();
    let user = user.split_once(&authority).unwrap().1.to_owned();
    send("POST", &format!("{user}/u2f_challenges"), token, &Value::Null);
    let new = json!({"u2f": {"id": "handle"}, "name": name, "version": "WEBAUTHN"});
    let made = send("POST", &format!("{user}/u2f_devices"), token, &new);
    assert_eq!(made["name"], name);
}

#[test]
fn a_security_key_is_listed_and_removed_after_a_proof_and_a_question() {
    let world = signed_in("alice");
    enrol_device(&world, "alice", "yubikey");
    world.keybelt("2fa device list").run().code(3).says("--password-stdin");
    let list = ["2fa", "device", "list", "--password-stdin", "-o", "json"];
    let listed = proven(&world, &list, "alice").run().code(0).json();
    assert_eq!(listed["devices"][0]["name"], "yubikey");
    let id = listed["devices"][0]["id"].as_str().unwrap();
    let csv = ["2fa", "device", "list", "--password-stdin", "-o", "csv"];
    proven(&world, &csv, "alice").run().code(0).prints(&format!("{id},yubikey,"));
    // Nobody to ask; an id that is none; somebody who says no.
    let remove = ["2fa", "device", "remove", id, "--password-stdin"];
    proven(&world, &remove, "alice").run().code(2).says("use --yes");
    let other = ["2fa", "device", "remove", "d-9", "--yes", "--password-stdin"];
    proven(&world, &other, "alice").run().code(2).says("no security key");
    let mut terminal = world.keybelt(["2fa", "device", "remove", id]).pty();
    terminal.expect_hidden("Password for ");
    terminal.type_line(&world.password("alice"));
    terminal.expect(&format!("Remove security key {id} yubikey of alice@sandbox.test"));
    terminal.type_line("n");
    let _end = terminal.wait(2).shows("nothing was removed");
    assert_eq!(count(&world, "DELETE", "/u2f_devices"), 0);
    let remove = ["2fa", "device", "remove", id, "--yes", "--password-stdin"];
    proven(&world, &remove, "alice").run().code(0).says("Removed security key");
    assert_eq!(count(&world, "DELETE", "/u2f_devices"), 1);
    let listed = proven(&world, &list, "alice").run().code(0).json();
    assert_eq!(listed["devices"], json!([]));
}

#[test]
fn an_atlas_server_has_no_such_keys_and_says_so_before_anything_is_read_or_asked() {
    let world = World::new();
    world.sign_in("alice");
    let before = world.sandbox.requests().len();
    for line in ["ssh-key list", "ssh-key add nowhere", "ssh-key remove k-1"] {
        world.keybelt(line).run().code(4).says("have no SSH keys");
    }
    for line in ["2fa device list", "2fa device remove d-1 --yes"] {
        world.keybelt(line).run().code(4).says("no security keys");
    }
    assert_eq!(world.sandbox.requests().len(), before);
}
