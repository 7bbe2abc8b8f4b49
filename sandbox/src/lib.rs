//! The account server that `keybelt sandbox` runs on loopback: what a user tries keybelt against,
//! what scripts are tested against, and what keybelt's own tests talk to over a real socket.
//!
//! It follows the servers' documents, shares nothing with keybelt, and keeps the servers' rules:
//! codes and tokens expire and work once where they should, limits hold, what is hidden is not
//! found. It is not for anything else: it serves loopback only, and forgets all when it stops.

mod account;
mod agent_pool;
mod aptible;
mod aptible_choice;
mod archive;
mod atlas;
mod certificate;
mod clock;
mod control;
mod exchange;
mod execution_mode;
mod fault;
mod fault_response;
mod grant;
mod guard;
mod limit;
mod md5;
mod member;
mod options;
mod organization;
mod outbox;
mod password;
mod project;
mod random;
mod ready;
mod request_log;
mod sandbox;
mod server;
mod session;
mod sign_in_limit;
mod signing_key;
mod site;
mod ssh_key;
mod state;
mod team;
mod token;
mod token_limit;
mod totp;
mod web;
mod workspace;

pub use account::Code;
pub use aptible_choice::{AptibleChoice, AptibleChoiceError};
pub use fault::{DELAY, Fault, FaultError, FaultKind};
pub use fault_response::HOSTILE;
pub use member::MemberCounts;
pub use options::{Generation, Limits, Options, TokenLimitReading};
pub use outbox::{Mail, Purpose, Text};
pub use ready::{Ready, ReadyAccount, ReadyTwoFactor};
pub use request_log::Request;
pub use sandbox::{Sandbox, StartError};
pub use state::Event;
pub use token::LiveToken;
pub use totp::totp;
