//! How long an organization lets tokens live: the kinds that it tells apart, and what becomes of a token under a
//! limit.

use jiff::Timestamp;

use crate::account::Identifier;
use crate::failure::Failure;
use crate::lifetime::Lifetime;

/// What holds where nobody has set a limit: 63,113,904,000 ms (protocol: tokens 3).
const SERVER_DEFAULT: i64 = 63_113_904;

/// How near to a limit a token may be that is said to end only perhaps: clocks and roundings differ.
const MARGIN: i64 = 2 * 86_400;

/// A kind of token that has a limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Members' own.
    User,
    /// Teams'.
    Team,
    /// The organization's.
    Organization,
    /// The audit trail's.
    AuditTrail,
    /// Those that read metrics.
    Metrics,
}

impl TokenKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::User, Self::Team, Self::Organization, Self::AuditTrail, Self::Metrics];

    /// Returns what people type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Team => "team",
            Self::Organization => "organization",
            Self::AuditTrail => "audit-trail",
            Self::Metrics => "metrics",
        }
    }

    /// Returns the protocol's word, which is JSON's as well but for the plural of one.
    pub fn wire(self) -> &'static str {
        match self {
            Self::AuditTrail => "audit_trails",
            other => other.as_str(),
        }
    }

    /// Returns the word for JSON.
    pub fn document(self) -> &'static str {
        match self {
            Self::AuditTrail => "audit_trail",
            other => other.as_str(),
        }
    }
}

/// What a person gave: the longest life of one kind of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedLimit {
    /// The kind.
    pub kind: TokenKind,
    /// The longest life.
    pub longest: Lifetime,
}

impl WantedLimit {
    /// Parses `KIND=T`, several of them, each kind once.
    pub fn parse_all(texts: &[String]) -> Result<Vec<Self>, Failure> {
        let mut found: Vec<Self> = Vec::new();
        for text in texts {
            let limit = Self::parse(text)?;
            if found.iter().any(|other| other.kind == limit.kind) {
                return Err(Failure::usage(format!("{} was given twice", limit.kind.as_str())));
            }
            found.push(limit);
        }
        Ok(found)
    }

    fn parse(text: &str) -> Result<Self, Failure> {
        let wrong = || {
            Failure::usage("a limit is written KIND=T, such as team=30d")
                .hint("KIND is user, team, organization, audit-trail or metrics")
        };
        let (word, longest) = text.split_once('=').ok_or_else(wrong)?;
        let mut kinds = TokenKind::ALL.into_iter();
        let kind = kinds.find(|kind| kind.as_str() == word).ok_or_else(wrong)?;
        let longest = Lifetime::parse(longest).map_err(|failure| failure.about(kind.as_str()))?;
        Ok(Self { kind, longest })
    }
}

/// The limit that a kind has, or will have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindLimit {
    /// The kind.
    pub kind: TokenKind,
    /// The longest life.
    pub longest: Lifetime,
    /// Whether that is what holds where nobody has set another.
    pub is_default: bool,
}

impl KindLimit {
    /// Returns the limit of a kind; the server's default, where none is known.
    pub fn new(kind: TokenKind, known: Option<Lifetime>) -> Self {
        let default = Lifetime::from_seconds(SERVER_DEFAULT).unwrap_or(Lifetime::DEFAULT);
        let longest = known.unwrap_or(default);
        Self { kind, longest, is_default: longest == default }
    }
}

/// A token that falls under a limit.
#[derive(Debug, Clone)]
pub struct LimitedToken {
    /// Its kind.
    pub kind: TokenKind,
    /// The server's id; `None` only for the one in use, where the server does not tell.
    pub id: Option<Identifier>,
    /// The team that it belongs to, as the server wrote it: escape it before it is shown.
    pub team: Option<String>,
    /// What it is called, as the server wrote it.
    pub description: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it expires; `None` is never.
    pub expires_at: Option<Timestamp>,
}

/// What becomes of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It lives on, or has expired already.
    Stays,
    /// It may end.
    MayEnd,
    /// It ends.
    Ends,
}

impl Fate {
    /// Returns the word for JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stays => "stays",
            Self::MayEnd => "may_end",
            Self::Ends => "ends",
        }
    }

    /// Returns what becomes of a token under a limit.
    ///
    /// Nothing says whether a server counts a token's life from its creation or from now (protocol: tokens 3).
    /// The whole life is the longer one, so that the stricter reading decides.
    pub fn of(token: &LimitedToken, longest: Lifetime, now: Timestamp) -> Self {
        let Some(expires_at) = token.expires_at else { return Self::Ends };
        if expires_at <= now {
            return Self::Stays;
        }
        let since = token.created_at.map_or(now, |created_at| created_at.min(now));
        let life = expires_at.as_second().saturating_sub(since.as_second());
        match life {
            life if life > longest.seconds() => Self::Ends,
            life if life > longest.seconds() - MARGIN || token.created_at.is_none() => Self::MayEnd,
            _ => Self::Stays,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, LimitedToken, TokenKind, WantedLimit};
    use crate::lifetime::Lifetime;

    fn fate(created_at: Option<&str>, expires_at: Option<&str>, days: i64) -> Fate {
        let moment = |text: &str| text.parse().expect("a moment");
        let token = LimitedToken {
            kind: TokenKind::Team,
            id: None,
            team: None,
            description: None,
            created_at: created_at.map(moment),
            expires_at: expires_at.map(moment),
        };
        let longest = Lifetime::from_seconds(days * 86_400).expect("a lifetime");
        Fate::of(&token, longest, moment("2027-01-01T00:00:00Z"))
    }

    #[test]
    fn the_stricter_reading_decides_and_two_days_are_left_open() {
        let made = Some("2026-01-01T00:00:00Z");
        for (created_at, expires_at, days, expected) in [
            // 731 days, for 2028 has a 29 February.
            (Some("2026-03-01T00:00:00Z"), Some("2028-03-01T00:00:00Z"), 730, Fate::Ends),
            (Some("2026-03-01T00:00:00Z"), Some("2028-03-01T00:00:00Z"), 731, Fate::MayEnd),
            (made, Some("2027-01-11T00:00:00Z"), 30, Fate::Ends),
            (made, Some("2027-01-11T00:00:00Z"), 375, Fate::MayEnd),
            (made, Some("2027-01-11T00:00:00Z"), 376, Fate::MayEnd),
            (made, Some("2027-01-11T00:00:00Z"), 377, Fate::Stays),
            (made, Some("2026-12-31T00:00:00Z"), 1, Fate::Stays),
            (made, None, 3650, Fate::Ends),
            (None, Some("2027-01-11T00:00:00Z"), 9, Fate::Ends),
            (None, Some("2027-01-11T00:00:00Z"), 3650, Fate::MayEnd),
        ] {
            assert_eq!(fate(created_at, expires_at, days), expected, "{expires_at:?} {days}");
        }
    }

    #[test]
    fn limits_are_read_as_they_are_typed() {
        let parse = |words: &str| {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            WantedLimit::parse_all(&words)
        };
        assert_eq!(parse("user=90d audit-trail=2w").expect("limits").len(), 2);
        for bad in ["team", "team=", "team=0s", "audit_trails=1d", "agent=1d", "team=1d team=2d"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
