//! What a sandbox can be started with.

use std::net::{Ipv4Addr, SocketAddr};

use crate::fault::Fault;

/// How to start a sandbox.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address of the Atlas listener: loopback only; port 0 picks free ports.
    pub listen: SocketAddr,
    /// Whether to listen with TLS too, on the next port.
    pub tls: bool,
    /// How many accounts `user-1`, `user-2`… to add to the four named ones.
    pub accounts: u32,
    /// Whether the documented rate limits hold.
    pub limits: Limits,
    /// What to do wrong.
    pub faults: Vec<Fault>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: false,
            accounts: 0,
            limits: Limits::Documented,
            faults: Vec::new(),
        }
    }
}

/// Whether the sandbox limits how often it may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// As the servers' documents say.
    Documented,
    /// Not at all.
    Off,
}
