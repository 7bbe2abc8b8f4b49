//! What must hold everywhere, tried at every place: every command, every request, every call on files.
//!
//! The same harness as the suite's, in a program of its own, so that the suite stays quick.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, unused_imports, reason = "the suite uses the rest of the harness")]

mod every_command; // every command that needs a server, and a server that is not the sandbox; no tests
mod harness; // worlds, terminals and servers for all tests; no tests but its own

mod aptible_hostile; // Aptible servers that none of us wrote, and that mean harm
mod canary; // secrets through every command, and where they must not come out
mod crash; // killed, or let down by the disk, at every call on files
mod faults; // every fault at every request of every command, and Ctrl-C
mod hostile; // hosts, servers and proxies that mean harm, and hostile text
mod in_between; // gateways, proxies and pages that answer in the account server's place
mod rotate; // a rotation that dies at any moment
mod rotation; // rotating tokens that are named, into where they are used
mod rotation_killed; // such a rotation that dies at any moment
mod terraform; // the real terraform, with tokens that keybelt keeps
mod terraform_sources; // what the real terraform makes of its configuration, and what keybelt says of it
mod two_hosts; // a token of one host, and all that could take it to another
