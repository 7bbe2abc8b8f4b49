//! keybelt as its users meet it: the built program, a real socket, a real terminal, a home of its own.
//!
//! One binary, a file per command. A new test goes where its command is; what concerns all commands has the
//! files at the end. Tests are named after what they show.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod harness; // worlds, terminals and servers for all tests; no tests but its own

mod login; // signing in: passwords, codes, texts, pasted tokens, what is kept
mod prompts; // prompts of all commands: signals, hidden input, the code prompt, nobody to ask
mod qr; // the QR code of an enrolment, read independently; codes against RFC 6238
mod recovery_codes; // where recovery codes go, and that they are never lost
