//! What help pages and manual pages both show: command lines to learn from, and the exit codes.

/// Command lines to learn from, by command; each is parsed by a test.
pub const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "login",
        &[
            "keybelt login hcp                                 # in a browser",
            "keybelt login tfe.example.com --username alice    # classic server: password",
            "keybelt login aptible --username you@example.com",
            "keybelt login hcp --token-stdin < token.txt       # store an existing token",
        ],
    ),
    ("logout", &["keybelt logout                # the current host", "keybelt logout --all"]),
    (
        "status",
        &[
            "keybelt status",
            "keybelt status tfe.example.com",
            "keybelt status --all",
            "keybelt status --min-remaining 1d && terraform apply",
        ],
    ),
    ("switch", &["keybelt switch alice@tfe.example.com", "keybelt switch hcp"]),
    (
        "token print",
        &["TOKEN=$(keybelt token print)", "keybelt token print --min-remaining 30m | tool"],
    ),
    (
        "token list",
        &[
            "keybelt token list",
            "keybelt token list --stale 90d -o csv > tokens.csv",
            "keybelt token list --org acme --team ci",
        ],
    ),
    ("token show", &["keybelt token show at-abc123def456"]),
    (
        "token create",
        &[
            "keybelt token create --description ci --expires-in 30d > token.txt",
            "keybelt token create --org acme --team ci --description deploy | gh secret set TFE_TOKEN",
        ],
    ),
    ("token revoke", &["keybelt token revoke at-abc123def456", "keybelt token revoke --others"]),
    (
        "token rotate",
        &[
            "keybelt token rotate",
            "keybelt token rotate ci --org acme --team ci --to-command 'gh secret set TFE_TOKEN'",
            "keybelt token rotate ci --org acme --team ci --finish",
        ],
    ),
    ("session revoke", &["keybelt session revoke --others"]),
    (
        "2fa enable",
        &[
            "keybelt 2fa enable --app",
            "keybelt 2fa enable --sms +15555555555",
            "keybelt 2fa enable --app --recovery-codes-file codes.txt",
        ],
    ),
    (
        "2fa verify",
        &["keybelt 2fa verify", "keybelt 2fa verify 123456 --recovery-codes-file codes.txt"],
    ),
    ("2fa recovery-codes save", &["keybelt 2fa recovery-codes save codes.txt"]),
    ("password change", &["keybelt password change", "keybelt password change --revoke-others"]),
    (
        "lockdown",
        &[
            "keybelt lockdown --dry-run",
            "keybelt lockdown",
            "keybelt lockdown tfe.example.com aptible    # from a new machine",
            "keybelt lockdown --yes -o json > report.json",
        ],
    ),
    (
        "ssh-key add",
        &["keybelt ssh-key add ~/.ssh/id_ed25519.pub", "keybelt ssh-key add key.pub --name laptop"],
    ),
    ("2fa device remove", &["keybelt 2fa device remove 1f6a52c8-0000-4000-8000-000000000000"]),
    ("ssh-key remove", &["keybelt ssh-key remove 4f2c91d0-0000-4000-8000-000000000000"]),
    ("org show", &["keybelt org show acme"]),
    (
        "org audit",
        &[
            "keybelt org audit acme",
            "keybelt org audit acme --state off,started",
            "keybelt org audit --all -o csv > members.csv",
        ],
    ),
    (
        "org require-2fa",
        &["keybelt org require-2fa acme --dry-run", "keybelt org require-2fa acme"],
    ),
    (
        "org member remove",
        &["keybelt org member remove acme bob --dry-run", "keybelt org member remove acme bob"],
    ),
    ("org member reset-2fa", &["keybelt org member reset-2fa acme bob@example.com"]),
    (
        "org token-lifetime",
        &[
            "keybelt org token-lifetime acme",
            "keybelt org token-lifetime acme user=90d team=30d --dry-run",
            "keybelt org token-lifetime acme --off",
        ],
    ),
    (
        "admin user list",
        &["keybelt admin user list --admin --no-2fa", "keybelt admin user list -o csv > users.csv"],
    ),
    ("admin user show", &["keybelt admin user show alice@example.com"]),
    ("admin user reset-2fa", &["keybelt admin user reset-2fa alice"]),
    ("admin user suspend", &["keybelt admin user suspend alice"]),
    ("admin user unsuspend", &["keybelt admin user unsuspend alice"]),
    (
        "exec",
        &[
            "keybelt exec -- terraform plan",
            "keybelt exec -H tfe.example.com --min-remaining 30m -- terraform apply",
            "keybelt exec --env TFE_TOKEN -- ./script",
        ],
    ),
    ("import", &["keybelt import", "keybelt import --from aptible --move"]),
    ("store migrate", &["keybelt store migrate keyring"]),
    ("config get", &["keybelt config get timeout"]),
    (
        "config set",
        &[
            "keybelt config set store keyring",
            "keybelt config set hosts.tfe.example.com.username alice",
        ],
    ),
    ("config unset", &["keybelt config unset store"]),
    (
        "completions",
        &["keybelt completions bash > ~/.local/share/bash-completion/completions/keybelt"],
    ),
    ("man", &["keybelt man | man -l -", "keybelt man ~/.local/share/man/man1"]),
    (
        "sandbox start",
        &["keybelt sandbox start", "keybelt sandbox start --tls --members 1000 -o json"],
    ),
    ("sandbox shell", &["keybelt sandbox shell", "keybelt sandbox shell --site-admin"]),
    (
        "sandbox tour",
        &[
            "keybelt sandbox tour",
            "keybelt sandbox tour laptop-gone",
            "keybelt sandbox tour --no-pause",
        ],
    ),
    ("sandbox code", &["keybelt sandbox code bob"]),
];

/// The exit codes, for the page of variables and the manual.
pub const EXIT_CODES: [(&str, &str); 8] = [
    ("0", "done"),
    ("1", "general failure: a file, the system or an internal error"),
    ("2", "wrong usage, or an argument or a confirmation is missing"),
    ("3", "not signed in, or a password or code is required but cannot be prompted for"),
    ("4", "refused: wrong password or code, forbidden, not offered by this server"),
    ("5", "unavailable: unreachable, timed out, too many requests, an invalid response"),
    ("6", "a finding of org audit, require-2fa --dry-run, status --min-remaining, doctor"),
    ("129, 130, 143", "ended by a signal"),
];

/// Returns the examples of a command, named without the program.
pub fn of(path: &str) -> &'static [&'static str] {
    EXAMPLES.iter().find(|(name, _)| *name == path).map(|(_, lines)| *lines).unwrap_or_default()
}
