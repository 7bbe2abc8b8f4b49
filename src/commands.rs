//! What the user asked for: one file a command. Commands take arguments, ask, call a session or a
//! provider once or twice, and report. They know no HTTP, no files and no status codes.

// The doc comments on options are the help, which is plain text: <host> and [ID] mean what they show.
#![allow(rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags)]

pub mod admin;
pub mod complete;
pub mod completions;
pub mod config;
pub mod doctor;
pub mod examples;
pub mod exec;
pub mod global;
pub mod helper;
pub mod import;
pub mod lockdown;
pub mod login;
pub mod logout;
pub mod man;
pub mod organization;
pub mod password;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod secret_args;
pub mod session;
pub mod ssh_key;
pub mod status;
pub mod store;
pub mod sudo;
pub mod switch;
pub mod token;
pub mod two_factor;
pub mod whoami;
