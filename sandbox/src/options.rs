//! What a sandbox can be started with.

use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;

use crate::aptible_choice::AptibleChoice;
use crate::fault::Fault;

/// How to start a sandbox.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address of the Atlas listener: loopback only; port 0 picks free ports.
    pub listen: SocketAddr,
    /// Whether to listen with TLS too, on the next port.
    pub tls: bool,
    /// Which generation of the servers to be.
    pub generation: Generation,
    /// The ports at which a tool may await its browser, as service discovery announces them.
    pub callback_ports: RangeInclusive<u16>,
    /// How many accounts `user-1`, `user-2`… to add to the four named ones.
    pub accounts: u32,
    /// How many made-up members to fill the organization with; [`MemberCounts`] says of what kind.
    ///
    /// [`MemberCounts`]: crate::MemberCounts
    pub members: u32,
    /// How many made-up tokens of teams and agent pools the organization has.
    pub tokens: u32,
    /// Whether there is a site administrator, `root-admin`, and what only one sees.
    pub site_admin: bool,
    /// How the lifetime of a token is compared with an organization's limit.
    pub token_limit: TokenLimitReading,
    /// Whether the documented rate limits hold.
    pub limits: Limits,
    /// What to do wrong.
    pub faults: Vec<Fault>,
    /// How to be where no document says how Aptible's server is; a later choice wins.
    pub aptible: Vec<AptibleChoice>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: false,
            generation: Generation::Classic,
            callback_ports: 10_000..=10_010,
            accounts: 0,
            members: 0,
            tokens: 0,
            site_admin: false,
            token_limit: TokenLimitReading::SinceCreation,
            limits: Limits::Documented,
            faults: Vec::new(),
            aptible: Vec::new(),
        }
    }
}

/// A generation of the servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// Serves everything, password sign-in for tools and two-factor actions by token included.
    Classic,
    /// Has neither of these two: tools sign in through a browser.
    Modern,
}

impl Generation {
    /// Returns its name, as in the ready line.
    pub fn name(self) -> &'static str {
        match self {
            Generation::Classic => "classic",
            Generation::Modern => "modern",
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

/// From when on the lifetime of a token counts against an organization's limit, which no document says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenLimitReading {
    /// Its expiry less its creation.
    SinceCreation,
    /// Its expiry less the present time.
    FromNow,
}
