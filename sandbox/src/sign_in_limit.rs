//! The documented limits on passwords and codes, the same for tools and for browsers.

use jiff::SignedDuration;

use crate::limit::Rule;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Sign-ins by password, by address.
pub(crate) const SIGN_INS: Rule = Rule { name: "sign-ins", count: 100, window: MINUTE };
/// Codes submitted at sign-in, by user.
pub(crate) const CODES: Rule = Rule { name: "codes", count: 5, window: MINUTE };
/// Texts requested at sign-in, by user.
pub(crate) const TEXTS: Rule = Rule { name: "texts", count: 5, window: MINUTE };
/// Changes of one's password, by user.
pub(crate) const PASSWORD_CHANGES: Rule =
    Rule { name: "password changes", count: 100, window: MINUTE };
