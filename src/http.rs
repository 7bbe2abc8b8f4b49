//! The one HTTP client: bounded, without redirects, and the single point where a credential is attached.
//!
//! It knows nothing of account servers and prints nothing. It must not follow redirects, repeat what could act
//! twice, send a token to any origin but its own, or put a header, a query or a body into a log line or an
//! error.

mod client;
mod failure;
mod pages;
pub(crate) mod parsers;
mod proxy;
mod rate_limit;
mod reply;
mod request;
mod roots;

pub use client::Http;
pub use failure::NoReply;
pub use proxy::Proxy;
pub use reply::Reply;
pub use request::{Method, Repeat, Request};
