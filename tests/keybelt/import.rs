//! `import`: tokens that Terraform keeps in plain text, each checked with its own host and no other.

use std::fs;

use keybelt_sandbox::{Limits, Options, Sandbox};

use crate::harness::{Keybelt, World};

/// A world whose server speaks TLS, the name that Terraform has for it, and the file of its authority.
fn world() -> (World, String, String) {
    let (world, address, ca) = World::secure();
    (world, address.replace("https://", ""), ca)
}

fn import<'a>(world: &World, ca: &str, options: impl IntoIterator<Item = &'a str>) -> Keybelt {
    let words = ["import", "--ca-file", ca].into_iter().map(str::to_owned);
    let words: Vec<_> = words.chain(options.into_iter().map(str::to_owned)).collect();
    world.keybelt(words)
}

fn terraform_file(world: &World) -> String {
    fs::read_to_string(world.home().join(".terraform.d/credentials.tfrc.json")).unwrap()
}

#[test]
fn tokens_are_listed_asked_about_checked_and_stored() {
    let (world, name, ca) = world();
    let token = world.account("bob").token;
    world.write_terraform_file(&[(&name, &token)]);
    let before = terraform_file(&world);
    // Nobody to ask: nothing is sent anywhere.
    import(&world, &ca, [])
        .run()
        .code(2)
        .says(&format!("has tokens for {name}"))
        .says("use --yes")
        .hides(&token);
    let mut pty = import(&world, &ca, []).pty();
    pty.expect(&format!("~/.terraform.d/credentials.tfrc.json has tokens for {name}."))
        .expect("import the valid ones?")
        .type_line("n");
    pty.expect("nothing was imported");
    pty.wait(2);
    assert_eq!(world.sandbox.requests().len(), 0);
    assert!(world.tokens_json().is_null());

    let mut pty = import(&world, &ca, []).pty();
    pty.expect("import the valid ones?").type_line("y");
    pty.expect(&format!("Imported the token of bob at {name}"));
    pty.wait(0);
    let entry = &world.tokens_json()["hosts"][&name]["accounts"]["bob"];
    assert_eq!((&entry["token"], &entry["origin"]), (&token.clone().into(), &"imported".into()));
    assert_eq!(terraform_file(&world), before, "nothing is taken away without --move");
    // Other tools may live on it: signing out leaves it alive.
    world
        .keybelt(["logout", &name, "--ca-file", &ca])
        .run()
        .code(0)
        .says("still valid on the server");
}

/// A token goes to its own host only; one that does not work stays where it is.
#[test]
fn each_token_is_sent_to_its_own_host_only_and_what_fails_stays() {
    let (world, name, ca) = world();
    let other =
        Sandbox::start(Options { tls: true, limits: Limits::Off, ..Options::default() }).unwrap();
    let elsewhere = other.ready().atlas_tls_url.clone().unwrap();
    let elsewhere = elsewhere.trim_start_matches("https://");
    let cas = world.home().join("cas.pem");
    let both = fs::read_to_string(&ca).unwrap()
        + &fs::read_to_string(other.ready().ca_file.as_ref().unwrap()).unwrap();
    fs::write(&cas, both).unwrap();
    let good = world.account("bob").token;
    // The other host's token is dead there, though it would work here.
    world.write_terraform_file(&[(&name, &good), (elsewhere, &world.account("alice").token)]);
    let run =
        import(&world, cas.to_str().unwrap(), ["--yes", "--move", "-o", "json"]).run().code(3);
    let document = run.json();
    assert_eq!(document["tokens"][0]["host"], name);
    assert_eq!(document["tokens"][0]["account"], "bob");
    assert_eq!(document["tokens"][0]["imported"], true);
    assert_eq!(document["tokens"][1]["host"], elsewhere);
    assert_eq!(document["tokens"][1]["imported"], false);
    assert!(document["tokens"][1]["error"].as_str().unwrap().contains("rejected"));
    let left = terraform_file(&world);
    assert!(!left.contains(&good) && left.contains(elsewhere));
    assert_eq!(world.tokens_json()["hosts"].as_object().unwrap().len(), 1);
    assert_eq!(other.requests().iter().filter(|request| request.status == Some(401)).count(), 1);
    assert!(world.sandbox.requests().iter().all(|request| request.status == Some(200)));
}

#[test]
fn only_one_host_can_be_asked_for_and_an_empty_file_is_nothing_to_do() {
    let (world, name, ca) = world();
    import(&world, &ca, ["--yes"]).run().code(0).says("Nothing to import");
    let token = world.account("bob").token;
    world.write_terraform_file(&[(&name, &token), ("tfe.invalid", "unused")]);
    import(&world, &ca, ["--yes", "-H", &name])
        .run()
        .code(0)
        .says("Imported the token of bob")
        .hides("tfe.invalid");
    // An import adds an account; which one is used is for `switch` to say.
    let words = ["login", &name, "--ca-file", &ca, "--username", "alice", "--password-stdin"];
    world.keybelt(words).stdin(world.password("alice")).run().code(0);
    import(&world, &ca, ["--yes", "-H", &name]).run().code(0);
    assert_eq!(world.tokens_json()["hosts"][&name]["active"], "alice");
}

#[test]
fn a_damaged_file_of_terraform_is_named_and_left() {
    let (world, _, ca) = world();
    world.write_terraform_file(&[]);
    let path = world.home().join(".terraform.d/credentials.tfrc.json");
    fs::write(&path, "{\"credentials\":{\"tfe.invalid\":{\"token\":\"canary").unwrap();
    import(&world, &ca, ["--yes"])
        .run()
        .code(1)
        .says("credentials.tfrc.json is not valid at line 1")
        .hides("canary");
    assert!(terraform_file(&world).ends_with("canary"));
}

/// "Holds no tokens" was said of a file with one in it.
#[test]
fn a_token_of_a_form_that_keybelt_cannot_use_is_named_and_not_passed_over() {
    let (world, name, ca) = world();
    world.write_terraform_file(&[
        ("tfe.example.com", "canary one"),
        (&name, &world.account("bob").token),
    ]);
    let before = terraform_file(&world);
    let run = import(&world, &ca, ["--yes", "--move", "-o", "json"]).run().code(1);
    let document = run.json();
    assert_eq!(document["tokens"].as_array().unwrap().len(), 2, "{document}");
    let of = |host: &str| {
        let tokens = document["tokens"].as_array().unwrap();
        tokens.iter().find(|token| token["host"] == host).unwrap().clone()
    };
    assert_eq!((&of(&name)["imported"], &of(&name)["account"]), (&true.into(), &"bob".into()));
    let odd = of("tfe.example.com");
    assert_eq!((&odd["imported"], &odd["account"]), (&false.into(), &serde_json::Value::Null));
    assert!(odd["error"].as_str().unwrap().contains("that keybelt cannot use"), "{odd}");
    run.hides("canary").hides("Nothing to import");
    let left = terraform_file(&world);
    assert!(left.contains("canary one") && before.len() > left.len());
    import(&world, &ca, ["--yes"]).run().code(1).says("that keybelt cannot use").hides("canary");
}
