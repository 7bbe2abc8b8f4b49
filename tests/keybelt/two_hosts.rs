//! Two hosts: nothing makes a token of one reach the other (CVE-2024-53858, CVE-2024-53859).
//!
//! Both account servers record every token that is presented to them, live or dead.

use std::fs;

use keybelt_sandbox::{Generation, Limits, Options};
use serde_json::{Value, json};

use crate::every_command::{DETAILS, user};
use crate::harness::{Keybelt, Reply, Server, Words, World, needs};

/// Alice's two servers; she has a token for the first one alone.
struct Two {
    first: World,
    second: World,
    token: String,
}

impl Two {
    fn new() -> Self {
        let world = || {
            World::with(Options {
                tls: true,
                generation: Generation::Modern,
                limits: Limits::Off,
                ..Options::default()
            })
        };
        let (first, second) = (world(), world());
        let token = first.account("alice").token;
        Self { first, second, token }
    }

    fn host(world: &World) -> String {
        let url = world.sandbox.ready().atlas_tls_url.clone().unwrap();
        url.replace("https://localhost", "127.0.0.1")
    }

    /// Certificates of both.
    fn authorities(&self) -> String {
        let both = [&self.first, &self.second].map(|world| {
            fs::read_to_string(world.sandbox.ready().ca_file.as_ref().unwrap()).unwrap()
        });
        let path = self.first.home().join("both.pem");
        fs::write(&path, both.concat()).unwrap();
        path.display().to_string()
    }

    fn keybelt<Form>(&self, words: impl Words<Form>) -> Keybelt {
        self.first.keybelt(words).env("KEYBELT_CA_FILE", self.authorities())
    }

    #[track_caller]
    fn assert_kept(&self, what: &str) {
        assert!(
            !self.second.sandbox.was_presented(&self.token),
            "{what}: the token reached the other host"
        );
    }
}

/// Every command that presents a token, or looks for one.
const COMMANDS: [&[&str]; 17] = [
    &["whoami"],
    &["status"],
    &["logout"],
    &["logout", "--revoke"],
    &["2fa", "status"],
    &["2fa", "enable", "--app", "--no-verify", "--yes"],
    &["2fa", "disable", "--yes"],
    &["2fa", "recovery-codes", "list"],
    &["token", "list"],
    &["token", "create"],
    &["token", "show", "at-1"],
    &["token", "revoke", "at-1"],
    &["token", "revoke", "--others", "--yes"],
    &["token", "rotate"],
    &["session", "list"],
    &["doctor"],
    &["exec", "--", "true"],
];

#[test]
fn no_command_takes_a_token_to_a_host_that_it_is_not_for() {
    let two = Two::new();
    let (first, second) = (Two::host(&two.first), Two::host(&two.second));
    let variable = format!("TF_TOKEN_{}", first.replace('.', "_"));
    let address = format!("https://{first}");
    let bindings: [&[(&str, &str)]; 5] = [
        &[],
        &[("ATLAS_TOKEN", &two.token), ("ATLAS_ADDRESS", &address)],
        &[("TFE_TOKEN", &two.token), ("TFE_ADDRESS", &address)],
        &[("TFE_TOKEN", &two.token), ("TFE_HOSTNAME", &first)],
        &[(&variable, &two.token)],
    ];
    let own = two.second.account("alice").token;
    for (variables, has_own) in bindings.into_iter().flat_map(|it| [(it, false), (it, true)]) {
        for command in COMMANDS {
            let entries = [(first.as_str(), "alice", two.token.as_str()), (&second, "alice", &own)];
            two.first.store_entries(&entries[..1 + usize::from(has_own)]);
            // Options before the command count as well, and `exec` takes its own words last.
            let option = ["-H", &second].iter().chain(command).copied().collect::<Vec<_>>();
            let selected = two.keybelt(command).env("KEYBELT_HOST", &second);
            for run in [two.keybelt(&option), selected] {
                let run = variables.iter().fold(run, |run, (name, value)| run.env(name, value));
                let what =
                    format!("{command:?} with {:?}", variables.first().map(|(name, _)| name));
                run.run().one_of(&what, &[0, 2, 3, 4, 6]).hides(&two.token);
                two.assert_kept(&what);
            }
        }
    }
    assert!(two.second.sandbox.was_presented(&own), "they did ask the other host");
    let run = two.keybelt(["whoami", "-H", &first]).run().code(0);
    assert_eq!(run.stdout(), "alice\n");
    assert!(two.first.sandbox.was_presented(&two.token), "the record works");
}

/// What a server says of addresses is never where a token goes.
#[test]
fn no_link_of_one_host_takes_its_token_to_another() {
    let world = World::new();
    let second = Server::silent();
    let elsewhere = second.host();
    let link = move |path: &str| format!("{elsewhere}{path}");
    let token = json!({
        "id": "at-1", "type": "authentication-tokens",
        "attributes": {"token": "new.token", "description": "keybelt on x", "created-at": null, "last-used-at": null, "expired-at": null},
        "links": {"self": link("/api/v2/authentication-tokens/at-1")},
    });
    let list = json!({
        "data": [token],
        "links": {"self": link("/x"), "next": link("/api/v2/users/user-4lice/authentication-tokens?page%5Bnumber%5D=2")},
        "meta": {"pagination": {"current-page": 1, "next-page": null}},
    });
    let mut details = user(&json!({"enabled": true, "verified": true}));
    details["data"]["links"] = json!({"self": link("/api/v2/users/x"), "auth-token": link("/api/v2/authentication-tokens/at-this")});
    details["data"]["relationships"] = json!({"authentication-tokens": {"links": {"related": link("/api/v2/users/x/authentication-tokens")}}});
    let routes: [(&str, &str, Value); 4] = [
        ("GET", DETAILS, details),
        (
            "GET",
            "/api/v2/users/user-4lice/authentication-tokens?page%5Bnumber%5D=1&page%5Bsize%5D=100",
            list,
        ),
        ("POST", "/api/v2/users/user-4lice/authentication-tokens", json!({ "data": token })),
        ("DELETE", "/api/v2/authentication-tokens/at-1", Value::Null),
    ];
    let first = Server::start(move |request| {
        let found = routes
            .iter()
            .find(|(method, path, _)| request.method == *method && request.path == *path);
        match found {
            Some((.., document)) if document.is_null() => Reply::with(204, &[], ""),
            Some((.., document)) => Reply::json(200, document),
            None => Reply::json(404, &json!({"errors": [{"status": "404", "title": "not found"}]})),
        }
    });
    for command in COMMANDS {
        world.store_entries(&[(&first.host(), "alice", "the.firsts.token")]);
        let what = format!("{command:?}");
        let run = world.keybelt(command).run();
        run.one_of(&what, &[0, 1, 2, 4, 5, 6]).hides("the.firsts.token");
        assert_eq!(second.routes(), Vec::<String>::new(), "{what}");
    }
    assert!(first.requests().iter().any(|it| it.contains("the.firsts.token")));
}

/// The failure table's third row: names that a careless comparison takes for another.
#[test]
fn a_name_that_looks_like_another_gets_no_token() {
    let world = World::new();
    const TOKEN: &str = "canary.atlasv1.token";
    world
        .store_entries(&[("app.terraform.io", "alice", TOKEN), ("localhost:8443", "alice", TOKEN)]);
    for (name, code) in [
        ("app.terraform.io.evil.example", 3),
        ("evilapp.terraform.io", 3),
        ("app.terraform.io:8443", 3),
        ("аpp.terraform.io", 3),
        ("xn--pp-7kc.terraform.io", 3),
        ("localhost.evil.example:8443", 3),
        ("127.0.0.1.evil.example", 3),
        ("127.0.0.1:8443", 3),
        ("user@app.terraform.io", 2),
        ("app.terraform.io@evil.example", 2),
        ("app.terraform.io.", 2),
        ("app.terraform.io/x", 2),
        ("app.terraform.io?x", 2),
        ("app.terraform.io#evil.example", 2),
        ("app.terraform.io\\evil.example", 2),
        ("http://app.terraform.io", 2),
        ("http://localhost.evil.example:8443", 2),
        ("localhost.:8443", 2),
    ] {
        let run = world.keybelt(["token", "print", "-H", name]).run().code(code).hides(TOKEN);
        assert_eq!(run.stdout(), "", "{name}");
        let helper = world.keybelt(["helper", "get", name]).run().any_end();
        let answer = (helper.exit_code(), helper.stdout().to_owned());
        assert!(
            [(Some(0), "{}\n".to_owned()), (Some(1), String::new())].contains(&answer),
            "{name}: {answer:?}"
        );
    }
    for same in [
        "app.terraform.io",
        "APP.Terraform.IO",
        "https://app.terraform.io/",
        "app.terraform.io:443",
        "hcp",
    ] {
        let run = world.keybelt(["token", "print", "-H", same]).run().code(0);
        assert_eq!(run.stdout(), format!("{TOKEN}\n"), "{same}");
    }
}

/// Whatever a configuration that somebody else wrote names as its host, terraform is given that host's token.
#[test]
fn no_block_of_a_terraform_configuration_gets_the_token_of_another_host() {
    let Some(terraform) = needs("terraform") else {
        return;
    };
    let two = Two::new();
    let (first, second) = (Two::host(&two.first), Two::host(&two.second));
    two.first.store_entries(&[(&first, "alice", &two.token)]);
    two.keybelt("helper install").run().code(0);
    let blocks = [
        "module \"m\" {\n  source = \"HOST/acme/hello/sandbox\"\n}\n",
        "terraform {\n  required_providers {\n    tfe = {\n      source = \"HOST/acme/tfe\"\n    }\n  }\n}\nprovider \"tfe\" {\n  hostname = \"HOST\"\n}\n",
        "terraform {\n  cloud {\n    hostname = \"HOST\"\n    organization = \"acme\"\n    workspaces { name = \"demo\" }\n  }\n}\n",
        "terraform {\n  backend \"remote\" {\n    hostname = \"HOST\"\n    organization = \"acme\"\n    workspaces { name = \"demo\" }\n  }\n}\n",
    ];
    for block in blocks {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("main.tf"), block.replace("HOST", &second)).unwrap();
        let program = terraform.display().to_string();
        let by_exec = ["exec", "-H", &first, "--", &program, "init", "-input=false"];
        let by_helper = two.keybelt("init -input=false").called(&terraform);
        for run in [two.keybelt(by_exec), by_helper] {
            let run = run
                .directory(directory.path())
                .env("SSL_CERT_FILE", two.authorities())
                .env("CHECKPOINT_DISABLE", "1");
            run.run().code(1).hides(&two.token);
            two.assert_kept(block);
        }
    }
    let asked = two.second.sandbox.requests();
    assert!(
        asked.iter().any(|request| request.path.ends_with("terraform.json")),
        "terraform did ask the second host"
    );
}

/// `TF_TOKEN_my_tfe_example_com` is read as `my.tfe.example.com`, by Terraform and by a nested keybelt.
#[test]
fn exec_gives_no_variable_whose_name_reads_as_another_host() {
    let world = World::new();
    let entries = [("my_tfe.example.com", "alice", "alices.token")];
    world.store_entries(&entries);
    let other = "TF_TOKEN_my_tfe_example_com";
    let run = world.keybelt("exec --host my_tfe.example.com -- env").env(other, "kept.token").run();
    let run = run.code(2).says("reads `_` as a dot").says("--env");
    assert_eq!(run.stdout(), "");
    let by_address = "exec --host my_tfe.example.com --env TFE_TOKEN -- env";
    let run = world.keybelt(by_address).env(other, "kept.token").run().code(0);
    for line in ["TFE_TOKEN=alices.token", &format!("{other}=kept.token")] {
        assert!(run.stdout().lines().any(|printed| printed == line), "{line}");
    }
}

/// To the tools that read these variables `hcp` is a host of that name, not one that keybelt calls so.
#[test]
fn a_variable_of_another_tool_has_no_aliases() {
    let world = World::new();
    for (token, address, alias) in [
        ("TFE_TOKEN", "TFE_HOSTNAME", "hcp"),
        ("TFE_TOKEN", "TFE_ADDRESS", "https://hcp"),
        ("ATLAS_TOKEN", "ATLAS_ADDRESS", "HCP-EU"),
        ("APTIBLE_ACCESS_TOKEN", "APTIBLE_AUTH_ROOT_URL", "aptible"),
    ] {
        let run = world.keybelt("status --offline").env(token, "a.token").env(address, alias);
        run.run().code(2).says(address).says("short name");
    }
    let run = world.keybelt("-H app.terraform.io status --offline");
    run.env("TF_TOKEN_hcp", "a.token").run().code(3).prints("TF_TOKEN_hcp");
}

/// A host that is called like an alias was stored, and from then on every command failed.
#[test]
fn a_host_that_is_called_like_an_alias_is_refused_at_the_door() {
    let world = World::new();
    for host in ["https://hcp", "https://Aptible/", "hcp-eu:443"] {
        let run = world.keybelt(["login", host, "--token-stdin"]).stdin("a.token\n").run();
        run.code(2).says("short name");
    }
    assert!(!world.tokens_file().exists());
    world.store_entries(&[("app.terraform.io", "alice", "alices.token")]);
    for alias in ["hcp", "HCP"] {
        let run = world.keybelt(["-H", alias, "status", "--offline"]).run().code(0);
        assert!(run.stdout().starts_with("app.terraform.io"), "{}", run.stdout());
        world.keybelt(["switch", alias]).run().code(0).says("at app.terraform.io");
    }
}
