//! How far this machine's clock is from a server's, where that is far enough to matter.

use std::fmt;

use jiff::Timestamp;

use crate::environment;

/// The difference, in seconds, from which a clock counts as wrong. Servers accept one time step of 30 seconds
/// each way (RFC 6238 §5.2), and a reply's `Date` is whole seconds.
const TOLERANCE: i64 = 20;

/// A clock that is too far off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSkew {
    /// How many seconds this machine is ahead; negative if it is behind.
    ahead: i64,
}

impl ClockSkew {
    /// Compares this machine's clock with a server's; `None` if they agree well enough.
    pub fn from_server(server: Timestamp) -> Option<Self> {
        let ahead = environment::now().as_second() - server.as_second();
        (ahead.abs() > TOLERANCE).then_some(Self { ahead })
    }

    /// Returns how many seconds the server is ahead of this machine.
    pub fn offset(self) -> i64 {
        -self.ahead
    }
}

impl fmt::Display for ClockSkew {
    /// Writes `40 seconds ahead of the server's`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.ahead > 0 { "ahead of" } else { "behind" };
        write!(out, "{} seconds {direction} the server's", self.ahead.abs())
    }
}
