//! keybelt as its users meet it: the built program, a real socket, a real terminal, a home of its own.
//!
//! One program, a file per command. A new test goes where its command is; what concerns all commands has the
//! files at the end, and what is tried at every place of every command is in `matrices.rs`. Tests are named after what they show.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "the matrices use the rest of the harness")]

mod harness; // worlds, terminals and servers for all tests; no tests but its own

mod admin; // what site administrators see of users, and do to one
mod aptible; // the other provider: its whole life, and what it refuses
mod aptible_tools; // Aptible's own file, variables and programs
mod audit; // every member of organizations: counts, formats, servers that fail in the middle
mod chromium; // the sign-in page in a real browser
mod completion; // candidates, and real shells that show them
mod concurrency; // many at once: sign-ins, sign-outs, switches
mod config; // settings, and which source of one wins
mod docker; // docker credentials helpers: pass, and some that behave badly
mod doctor; // what is wrong here, and safe to paste
mod exec; // commands that get the token in their environment
mod handover; // where the value of a new token goes: files and commands
mod helper; // Terraform's credentials helper: its protocol, and its place
mod hints; // what hints name is run where they are given
mod import; // taking over Terraform's tokens
mod keyring; // the system's keyring: there, locked, absent, frozen; moving in and out
mod lifetime; // how long tokens last, what is asked for and warned of
mod lockdown; // everything ends but what was just made, and the report is what lives
mod login; // signing in: passwords, codes, texts, pasted tokens, what is kept
mod logout; // ending tokens, and saying what became of them
mod member; // one member of an organization: removed, or sent the mail that resets a second factor
mod network; // where commands connect to, as the kernel sees it
mod organization; // what organizations demand: list, show, and requiring two-factor authentication
mod organization_token; // tokens of organizations, teams, agent pools and audit trails
mod password; // changing it
mod prompts; // prompts of all commands: signals, hidden input, the code prompt, nobody to ask
mod qr; // the QR code of an enrolment, read independently; codes against RFC 6238
mod recovery_codes; // where recovery codes go, and that they are never lost
mod replacement; // rotating tokens of which there is only one
mod rotation; // rotating tokens that are named, into where they are used
mod sandbox; // the sandbox as a program: ready line, shell, code, tour
mod ssh_key; // keys that open other doors: SSH keys, security keys
mod status; // who is signed in, with what, and why; also whoami
mod store; // owners, modes, links and damage of what is kept
mod sudo; // proving the password again before guarded acts
mod switch; // several accounts on several servers
mod token; // printing tokens
mod token_lifetime; // how long an organization lets tokens live
mod two_factor; // enrolling, verifying, resending, disabling
mod user_token; // an account's tokens: list, create, show, revoke, rotate; sign-ins of tools
mod web_sign_in; // signing in with a browser

mod children; // programs that we run: the terminal, deadlines, where they are found
mod every_command; // every command that needs a server, and a server that is not the sandbox; no tests
mod floors; // which module may use which, read from the sources
mod grammar; // what holds for every command: exit codes, JSON, variables, targets, credentials, the store
mod independent; // account servers that none of us wrote
mod organization_server; // an organization that a test makes up, page by page; no tests
mod peer_bugs;
mod proxy; // what stands between us and a server, and certificates
mod reading; // files that are named from outside, and are none
mod screen; // what a terminal shows beside answers: waits, prose
mod slips; // what is typed by mistake: named, and the way shown
mod timeouts; // servers that let us wait // failures that others had, row by row
