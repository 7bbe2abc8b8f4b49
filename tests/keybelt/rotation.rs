//! `keybelt token rotate` of tokens that are named: new, tried, handed over, and only then is the old one ended.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use keybelt_sandbox::{Limits, Options};
use serde_json::{Value, json};

use crate::harness::{Keybelt, PROGRAM, Reply, Server, World, exchange};

const TEAM: &str = "--org acme --team developers";

/// Prepares keybelt with a token from the environment.
fn with(world: &World, token: &str, words: &str) -> Keybelt {
    world.keybelt(shell_words(words)).env("ATLAS_ADDRESS", world.host()).env("ATLAS_TOKEN", token)
}

/// Splits words at blanks, but not those in single quotes.
fn shell_words(line: &str) -> Vec<String> {
    let parts: Vec<&str> = line.split('\'').collect();
    let quoted = |(number, part): (usize, &&str)| match number % 2 {
        1 => vec![(*part).to_owned()],
        _ => part.split_whitespace().map(str::to_owned).collect(),
    };
    parts.iter().enumerate().flat_map(quoted).collect()
}

/// Prepares keybelt with olivia's token, who owns the organization.
fn keybelt(world: &World, words: &str) -> Keybelt {
    with(world, &world.account("olivia").token, words)
}

/// A token that is there already.
struct Old {
    id: String,
    value: String,
    file: PathBuf,
}

/// Makes a token, in the file where it is used.
fn old(world: &World, whose: &str, name: &str) -> Old {
    let words = format!("token create {whose} --description {name} --expires-in 30d -o json");
    let made = keybelt(world, &words).run().code(0).json();
    let value = made["token"].as_str().unwrap().to_owned();
    let file = world.home().join("in-use");
    fs::write(&file, &value).unwrap();
    Old { id: made["id"].as_str().unwrap().to_owned(), value, file }
}

/// Returns the tokens of a holder.
fn tokens(world: &World, whose: &str) -> Vec<Value> {
    let listed = keybelt(world, &format!("token list {whose} -o json")).run().code(0).json();
    listed["tokens"].as_array().unwrap().clone()
}

fn ids(world: &World, whose: &str) -> Vec<String> {
    let id = |token: &Value| token["id"].as_str().unwrap().to_owned();
    tokens(world, whose).iter().map(id).collect()
}

fn in_use(old: &Old) -> String {
    fs::read_to_string(&old.file).unwrap()
}

/// Returns a command line that runs a script, which may run keybelt with another token.
fn script(world: &World, script: &str) -> String {
    let head = format!("#!/bin/sh\nexport ATLAS_ADDRESS={}\n", world.host());
    let path = world.program("script", &format!("{head}{}", script.replace("KEYBELT", PROGRAM)));
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_teams_token_is_replaced_where_it_is_used_and_then_ended() {
    let world = World::new();
    let old = old(&world, TEAM, "ci");
    let words = format!("token rotate ci {TEAM} --to-file in-use --replace -o json");
    let run = keybelt(&world, &words).run().code(0);
    let document = run.json();
    assert_eq!(
        (&document["old_token"], &document["old_id"], &document["token"], &document["tried"]),
        (&json!("revoked"), &json!(old.id), &Value::Null, &json!(true))
    );
    let name = document["description"].as_str().unwrap();
    assert!(name.starts_with("ci (keybelt 20") && name.ends_with(')'), "{name}");
    assert!(!world.sandbox.accepts(&old.value));
    assert!(world.sandbox.accepts(&in_use(&old)));
    run.hides(&in_use(&old));
    // It lives as long as the one before, and its base alone finds it.
    let length = |token: &Value| {
        let at = |key: &str| token[key].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
        at("expires_at").duration_since(at("created_at")).as_secs()
    };
    assert!((length(&document) - 30 * 86_400).abs() < 60, "{document}");
    let words =
        format!("token rotate ci {TEAM} --to-file in-use --replace --expires-in 2d -o json");
    let again = keybelt(&world, &words).run().code(0).json();
    assert!((length(&again) - 2 * 86_400).abs() < 60, "{again}");
    assert_eq!(ids(&world, TEAM), [again["id"].as_str().unwrap()]);
}

#[test]
fn a_pipe_is_no_hand_over_so_that_the_old_token_stays_until_it_is_finished() {
    let world = World::new();
    let old = old(&world, TEAM, "ci");
    let run = keybelt(&world, &format!("token rotate ci {TEAM}")).run().code(0);
    let value = run.stdout().trim_end().to_owned();
    assert!(world.sandbox.accepts(&value) && world.sandbox.accepts(&old.value));
    let new = ids(&world, TEAM).into_iter().find(|id| *id != old.id).unwrap();
    let finish = format!("keybelt token rotate {new} --finish --org acme --team developers");
    run.says(&finish);
    // Nothing is made beside an unfinished rotation.
    for name in ["ci", &old.id, &new] {
        let again =
            keybelt(&world, &format!("token rotate {name} {TEAM} --to-file in-use --replace"));
        again.run().code(4).says(&old.id).says(&new);
    }
    // The old one was never used, and the new one only to try it.
    let words = finish.replace("keybelt ", "");
    keybelt(&world, &words).run().code(6).says("only to try it").says("never");
    with(&world, &old.value, "whoami").run().code(0);
    world.sandbox.advance(3000);
    with(&world, &value, "whoami").run().code(0);
    let at = keybelt(&world, &words).run().code(6);
    assert_eq!(at.stderr().matches("UTC").count(), 2, "both times: {}", at.stderr());
    keybelt(&world, &format!("{words} --unused-for 30m")).run().code(0).says("Revoked");
    assert!(!world.sandbox.accepts(&old.value) && world.sandbox.accepts(&value));
    keybelt(&world, &words).run().code(1).says("nothing to finish");
}

#[test]
fn an_unfinished_rotation_can_be_undone() {
    let world = World::new();
    let old = old(&world, TEAM, "ci");
    let words = format!("token rotate {TEAM} --keep-old --to-file new");
    keybelt(&world, &words).run().code(0).says("is kept").says("--finish");
    let new = fs::read_to_string(world.home().join("new")).unwrap();
    assert!(world.sandbox.accepts(&new) && world.sandbox.accepts(&old.value));
    // Without a name it is the only two that belong together.
    let run = keybelt(&world, &format!("token rotate --undo {TEAM} -o json")).run().code(0);
    assert_eq!((&run.json()["id"], &run.json()["old_token"]), (&json!(old.id), &json!("revoked")));
    assert!(!world.sandbox.accepts(&new) && world.sandbox.accepts(&old.value));
    keybelt(&world, &format!("token rotate --undo {TEAM}")).run().code(1);
    // One that somebody uses by now goes only if that is meant.
    keybelt(&world, &words.replace("new", "newer")).run().code(0);
    let newer = fs::read_to_string(world.home().join("newer")).unwrap();
    world.sandbox.advance(120);
    with(&world, &newer, "whoami").run().code(0);
    let undo = format!("token rotate ci --undo {TEAM}");
    keybelt(&world, &undo).run().code(2).says("within the last hour");
    keybelt(&world, &format!("{undo} --yes")).run().code(0);
}

#[test]
fn an_agent_pools_token_is_never_ended_for_agents_hold_it() {
    let world = World::with(Options { tokens: 40, limits: Limits::Off, ..Options::default() });
    let whose = "--org acme --agent-pool pool-1";
    let old = old(&world, whose, "agents");
    let words = format!("token rotate agents {whose} --to-file in-use --replace --yes -o json");
    let document = keybelt(&world, &words).run().code(0).says("--finish").json();
    assert_eq!((&document["old_token"], &document["tried"]), (&json!("kept"), &json!(false)));
    assert!(world.sandbox.accepts(&in_use(&old)) && world.sandbox.accepts(&old.value));
}

#[test]
fn ones_own_token_that_is_named_is_rotated_like_any_other() {
    let world = World::new();
    let old = old(&world, "", "robot");
    let words = "token rotate robot --to-file in-use --replace -o json";
    let document = keybelt(&world, words).run().code(0).json();
    assert_eq!(document["account"], "olivia");
    assert!(world.sandbox.accepts(&in_use(&old)) && !world.sandbox.accepts(&old.value));
    // The stored one has its place.
    for words in ["--to-file x", "--to-command cat", "--keep-old", "--finish", "--undo"] {
        keybelt(&world, &format!("token rotate {words}")).run().code(2).says("stored one");
    }
}

#[test]
fn a_hand_over_that_fails_takes_back_only_what_nobody_has() {
    let world = World::new();
    let old = old(&world, TEAM, "ci");
    let rotate = format!("token rotate ci {TEAM} --to-command");
    for (lines, is_taken_back) in [
        ("exit 1", true),
        ("exit 0", true),
        ("head -c 9 >/dev/null", false),
        ("cat; exit 1", false),
    ] {
        let command = script(&world, lines);
        let run = keybelt(&world, &format!("{rotate} {command}")).run().code(1);
        assert!(world.sandbox.accepts(&old.value), "{lines}");
        let new: Vec<_> = ids(&world, TEAM).into_iter().filter(|id| *id != old.id).collect();
        assert_eq!(new.is_empty(), is_taken_back, "{lines}");
        if let Some(new) = new.first() {
            let run = run.says(new).says(&old.id).says("--finish");
            assert!(run.stderr().contains("--undo"), "{}", run.stderr());
            keybelt(&world, &format!("token rotate {new} --undo {TEAM}")).run().code(0);
        }
    }
    // A file that went away meanwhile was never written.
    let words = format!("token rotate ci {TEAM} --to-command '{}'", script(&world, "cat >value"));
    keybelt(&world, &words).run().code(0);
    assert!(!world.sandbox.accepts(&old.value));
}

/// What is in use somewhere else does not end unasked, and what is in use here not even with `--yes`.
#[test]
fn a_token_that_is_in_use_ends_only_if_that_is_meant() {
    let world = World::new();
    let old = old(&world, TEAM, "ci");
    with(&world, &old.value, "whoami").run().code(0);
    let words = format!("token rotate ci {TEAM} --to-file in-use --replace");
    keybelt(&world, &words).run().code(2).says("within the last hour");
    assert_eq!(ids(&world, TEAM), [&*old.id]);
    with(&world, &old.value, &format!("{words} --yes")).run().code(2).says("--include-this");
    assert_eq!(ids(&world, TEAM), [&*old.id]);
    with(&world, &old.value, &format!("{words} --include-this")).run().code(0);
    assert!(!world.sandbox.accepts(&old.value) && world.sandbox.accepts(&in_use(&old)));
}

/// Between the look and the end somebody may use the old token, or end it.
#[test]
fn what_happens_to_the_old_token_meanwhile_is_noticed() {
    let world = World::new();
    let old_token = old(&world, TEAM, "ci");
    let used =
        script(&world, &format!("cat >new\nATLAS_TOKEN={} KEYBELT whoami\n", old_token.value));
    let rotate = |command: &str| format!("token rotate ci {TEAM} --to-command {command}");
    let run = keybelt(&world, &rotate(&used)).run().code(2);
    run.says("is handed over").says("was used at").says("--finish");
    assert!(world.sandbox.accepts(&old_token.value));
    keybelt(&world, &format!("token rotate ci --undo {TEAM}")).run().code(0);
    let olivia = world.account("olivia").token;
    let ended = script(
        &world,
        &format!("cat >new\nATLAS_TOKEN={olivia} KEYBELT token revoke {} {TEAM}\n", old_token.id),
    );
    let run = keybelt(&world, &format!("{} --yes", rotate(&ended))).run().code(1);
    run.says("was already revoked by something else");
    let new = fs::read_to_string(world.home().join("new")).unwrap();
    assert!(world.sandbox.accepts(&new));
}

/// Starts a server that passes everything on to the sandbox, and loses the answer to the first POST.
pub fn that_loses_an_answer(world: &World) -> Server {
    let host = world.host().replace("http://", "");
    let is_lost = AtomicBool::new(false);
    Server::start(move |request| {
        let is_kept = |line: &&str| {
            let name = line.split(':').next().unwrap().to_ascii_lowercase();
            !line.is_empty() && !["host", "connection"].contains(&name.as_str())
        };
        let head: Vec<_> = request.head.lines().filter(is_kept).collect();
        let body = String::from_utf8_lossy(&request.body);
        let more = format!("Host: {host}\r\nConnection: close\r\n\r\n{body}");
        let answer = exchange(&host, &format!("{}\r\n{more}", head.join("\r\n")));
        match request.method == "POST" && !is_lost.swap(true, Ordering::SeqCst) {
            true => Reply::raw(""),
            false => Reply::raw(answer),
        }
    })
}

/// The request went out, its answer did not come back: nobody has the value.
#[test]
fn a_token_whose_answer_is_lost_is_found_by_its_name_and_ended() {
    let world = World::new();
    let old = old(&world, TEAM, "ci");
    let words = format!("token rotate ci {TEAM} --to-file in-use --replace --yes");
    let server = that_loses_an_answer(&world);
    let run = keybelt(&world, &words).env("ATLAS_ADDRESS", server.host()).run().code(5);
    run.says("was revoked").says("the old one is kept");
    assert_eq!((ids(&world, TEAM), in_use(&old)), (vec![old.id.clone()], old.value.clone()));
    let made = server.routes().iter().filter(|route| route.starts_with("POST")).count();
    assert_eq!(made, 1);
}

/// The two jobs of docs/rotate-a-ci-token.md, and the other commands of the page, as they are written there.
#[test]
fn the_page_about_rotating_a_token_in_ci_holds() {
    let page = include_str!("../../docs/rotate-a-ci-token.md");
    let world = World::new();
    world.program("gh", "#!/bin/sh\n[ \"$1 $2\" = 'secret set' ] && cat >\"$HOME/secret\"\n");
    let place = world.home().join("ci");
    fs::create_dir(&place).unwrap();
    let commands: Vec<_> =
        page.lines().filter(|line| line.starts_with("keybelt token rotate")).collect();
    let [tonight, tomorrow, undo, at_once, rescue] = commands.as_slice() else {
        panic!("the page has other commands: {commands:?}");
    };
    let run = |line: &str| {
        let line = line.replace("/etc/ci/", &format!("{}/", place.display()));
        let path = format!("{}:/usr/bin:/bin", world.home().display());
        keybelt(&world, line.strip_prefix("keybelt ").unwrap()).env("PATH", path).run()
    };
    let secret = || fs::read_to_string(world.home().join("secret")).unwrap();
    let old = old(&world, TEAM, "ci");
    run(tonight).code(0).says("is kept");
    assert!(world.sandbox.accepts(&old.value));
    run(tomorrow).code(6);
    world.sandbox.advance(8 * 3600);
    with(&world, &secret(), "whoami").run().code(0);
    run(tomorrow).code(0);
    assert!(!world.sandbox.accepts(&old.value) && world.sandbox.accepts(&secret()));
    let kept = secret();
    world.sandbox.advance(8 * 3600);
    run(tonight).code(0);
    run(tonight).code(4);
    run(undo).code(0);
    assert!(world.sandbox.accepts(&kept) && !world.sandbox.accepts(&secret()));
    fs::write(place.join("tfe-token"), &kept).unwrap();
    run(at_once).code(0);
    let value = || fs::read_to_string(place.join("tfe-token")).unwrap();
    assert!(!world.sandbox.accepts(&kept) && world.sandbox.accepts(&value()));
    keybelt(&world, "token create --org acme").run().code(0);
    fs::remove_file(place.join("tfe-token")).unwrap();
    keybelt(&world, "token rotate --org acme --yes --to-command false").run().code(1);
    run(rescue).code(0);
    assert!(world.sandbox.accepts(&value()));
}

/// Rivals see each other, and the later one takes back what it made before anybody has it.
pub fn rivals(rounds: usize) {
    let world = World::new();
    let old = old(&world, TEAM, "ci");
    let rotate = format!("token rotate ci {TEAM} --yes --to-command");
    for round in 0..rounds {
        let commands = ["one", "two"].map(|name| {
            let to = format!("cat >\"$HOME/{name}\"");
            world.program(&format!("take-{name}"), &format!("#!/bin/sh\n{to}\n"))
        });
        let codes = thread::scope(|scope| {
            let runs = commands.map(|command| {
                let words = format!("{rotate} {}", command.display());
                let run = keybelt(&world, &words);
                scope.spawn(|| {
                    let outcome = run.run().any_end();
                    (outcome.exit_code(), outcome.stderr().to_owned())
                })
            });
            runs.map(|run| run.join().unwrap())
        });
        let taken: Vec<_> = ["one", "two"]
            .into_iter()
            .map(|name| world.home().join(name))
            .filter(|path| path.exists())
            .collect();
        let done = codes.iter().filter(|(code, _)| *code == Some(0)).count();
        let live = ids(&world, TEAM);
        // One wins, both give way, or one comes after the other has ended; each value that was taken is the only one
        // alive, or was rotated in its turn.
        assert_eq!(live.len(), 1, "round {round}: {codes:?} {live:?}");
        assert_eq!(done, taken.len(), "round {round}: {codes:?}");
        let alive = taken
            .iter()
            .filter(|path| world.sandbox.accepts(&fs::read_to_string(path).unwrap()))
            .count();
        assert_eq!(alive, usize::from(done > 0), "round {round}: {codes:?}");
        for (code, said) in &codes {
            assert!(matches!(code, Some(0 | 4)), "round {round}: {code:?} {said}");
        }
        for path in taken {
            fs::remove_file(path).unwrap();
        }
    }
    assert_ne!(ids(&world, TEAM), [old.id]);
}

#[test]
fn of_two_rotations_at_once_one_at_most_hands_over() {
    rivals(5);
}
