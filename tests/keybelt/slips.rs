//! Slips of the fingers: what was typed is named, unless it may be a secret, and the way is shown.

use crate::harness::World;

/// What is typed, what is named, and what way is shown.
const SLIPS: &[(&str, &str, &str)] = &[
    ("signin", "`signin`", "`keybelt login`"),
    ("sign-in", "`sign-in`", "`keybelt login`"),
    ("auth login", "`auth`", "`keybelt login`"),
    ("signout", "`signout`", "`keybelt logout`"),
    ("2FA status", "`2FA`", "`keybelt 2fa`"),
    ("mfa", "`mfa`", "`keybelt 2fa`"),
    ("otp", "`otp`", "`keybelt 2fa`"),
    ("ls", "`ls`", "`keybelt token list`"),
    ("list", "`list`", "`keybelt token list`"),
    ("version extra", "`version`", "`keybelt --version`"),
    ("logn", "`logn`", "`keybelt login`"),
    ("lgoin", "`lgoin`", "`keybelt login`"),
    ("statsu", "`statsu`", "`keybelt status`"),
    ("whoaim", "`whoaim`", "`keybelt whoami`"),
    ("token ls", "`ls`", "`keybelt token list`"),
    ("token rm", "`rm`", "`keybelt token revoke`"),
    ("token delete", "`delete`", "`keybelt token revoke`"),
    ("token new", "`new`", "`keybelt token create`"),
    ("token add", "`add`", "`keybelt token create`"),
    ("token lst", "`lst`", "`keybelt token list`"),
    ("token revok", "`revok`", "`keybelt token revoke`"),
    ("2fa on", "`on`", "`keybelt 2fa enable`"),
    ("2fa off", "`off`", "`keybelt 2fa disable`"),
    ("2fa setup", "`setup`", "`keybelt 2fa enable`"),
    ("2fa enabel", "`enabel`", "`keybelt 2fa enable`"),
    ("org members", "`members`", "`keybelt org audit`"),
    ("org ls", "`ls`", "`keybelt org list`"),
    ("org audti", "`audti`", "`keybelt org audit`"),
    ("session rm", "`rm`", "`keybelt session revoke`"),
    ("password chagne", "`chagne`", "`keybelt password change`"),
    ("helper instal", "`instal`", "`keybelt helper install`"),
    ("config get nope", "setting", "`keybelt config list`"),
    ("config get timeuot", "setting", "`timeout`"),
    ("config set timeout soon", "`timeout`", "30s, 2m"),
    ("config set store cloud", "`store`", "file, keyring"),
    ("config set", "KEY and VALUE", "`keybelt config set --help`"),
    ("config get", "KEY", "`keybelt config get --help`"),
    ("login --force", "`--force`", "`keybelt login --help`"),
    ("login alice@sandbox.test", "user name", "--username"),
    ("login http://tfe.example.com", "`tfe.example.com`", "https://tfe.example.com"),
    ("login tfe.example.com alice", "unexpected argument", "--username"),
    ("login --expires-in soon", "`--expires-in`", "12h"),
    ("login --expires-in 0d", "`--expires-in`", "12h"),
    ("login --expires-in 20y", "`--expires-in`", "ten years"),
    ("login --store cloud", "`--store`", "docker:NAME"),
    ("login --provider github", "`--provider`", "atlas, aptible"),
    ("login --sms --web", "`--sms`", "`--web`"),
    ("login --username", "`--username`", "`keybelt login --help`"),
    ("status --json", "`--json`", "-o json"),
    ("status --format json", "`--format`", "-o json"),
    ("status -o yaml", "`--output`", "text, json, csv"),
    ("status -o", "`--output`", "text, json, csv"),
    ("status --min-remaining 1x", "`--min-remaining`", "30s, 2m"),
    ("whoami extra", "unexpected argument", "--host HOST"),
    ("whoami --hots x", "`--hots`", "`--host`"),
    ("-q -q status", "`--quiet`", "twice"),
    ("--timeout 5x status", "`--timeout`", "30s, 2m"),
    ("--color blue status", "`--color`", "auto, always, never"),
    ("token revoke", "ID", "`keybelt token revoke --help`"),
    ("token create --descripton ci", "`--descripton`", "`--description`"),
    ("token print --revel", "`--revel`", "`--reveal`"),
    ("2fa enable --phone 1", "`--phone`", "`keybelt 2fa enable --help`"),
    ("2fa verify --code", "`--code`", "`keybelt 2fa verify --help`"),
    ("2fa recovery-codes save", "FILE", "`keybelt 2fa recovery-codes save --help`"),
    ("org show", "ORG", "`keybelt org show --help`"),
    ("org audit acme --state missing", "`--state`", "started"),
    ("exec --env NOPE -- true", "`--env`", "ATLAS_TOKEN, TFE_TOKEN"),
    ("import --from vagrant", "`--from`", "terraform, aptible"),
    ("store migrate", "STORE", "`keybelt store migrate --help`"),
    ("completions", "SHELL", "bash, elvish, fish"),
    ("man login", "`login`", "`keybelt help login`"),
    ("completions tcsh", "SHELL", "bash, elvish, fish"),
    ("sandbox run", "`run`", "`keybelt sandbox start`"),
    ("sandbox start --members abc", "`--members`", "`keybelt sandbox start --help`"),
    ("sandbox start --fault nope", "`--fault`", "delay, reset"),
    ("whoami -o csv", "-o csv", "-o json"),
    ("--ca-file", "`--ca-file`", "`keybelt --help`"),
];

#[test]
fn a_slip_is_named_and_the_way_is_shown() {
    let world = World::new();
    let mut problems = Vec::new();
    for (typed, named, way) in SLIPS {
        let run = world.keybelt(*typed).run().code(2);
        let said = run.stderr();
        for wanted in [named, way] {
            if !said.contains(wanted) {
                problems.push(format!("`keybelt {typed}` does not say {wanted}:\n{said}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(SLIPS.len() >= 60);
}
