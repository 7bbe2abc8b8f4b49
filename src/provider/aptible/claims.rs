//! What an Aptible token says of itself (protocol: aptible 1.9). Nothing here proves anything: the server is
//! asked whether a token works, and this fills in what its answer leaves out.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde_json::Value;

use crate::account::{AccountName, Identifier};
use crate::provider::parse;
use crate::token::Token;

/// The claims of a JWT; empty ones for a token that is none.
#[derive(Debug, Default)]
pub(super) struct Claims(Value);

impl Claims {
    /// Reads the token's second part, unverified.
    pub(super) fn new(token: &Token) -> Self {
        let mut parts = token.secret().expose_secret().split('.');
        let payload = parts.nth(1).filter(|_| parts.count() == 1);
        let bytes = payload.and_then(|part| {
            let digits = part.trim_end_matches('=');
            BASE64URL_NOPAD.decode(digits.as_bytes()).ok()
        });
        let claims = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self(claims.unwrap_or_default())
    }

    /// Returns the token's id.
    pub(super) fn id(&self) -> Option<Identifier> {
        parse::identifier(self.0.get("id"))
    }

    /// Returns when the token expires.
    pub(super) fn expires_at(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.0.get("exp")?.as_i64()?).ok()
    }

    /// Returns what the token may do.
    pub(super) fn scope(&self) -> Option<&str> {
        self.0.get("scope")?.as_str()
    }

    /// Returns the address of the user: of the person, where a token acts for an organization.
    pub(super) fn user(&self) -> Option<&str> {
        let acting = self.0.pointer("/act/sub").and_then(Value::as_str);
        acting.or_else(|| self.0.get("sub")?.as_str())
    }

    /// Returns the person's e-mail address.
    pub(super) fn email(&self) -> Option<&str> {
        let acting = self.0.pointer("/act/email").and_then(Value::as_str);
        acting.or_else(|| self.0.get("email")?.as_str())
    }

    /// Returns the organization whose single sign-on made the token: it is bound to that alone.
    pub(super) fn organization(&self) -> Option<Identifier> {
        self.0.get("act").filter(|act| act.is_object())?;
        let (_, rest) = self.0.get("sub")?.as_str()?.split_once("organizations/")?;
        Identifier::new(rest.split(['/', '?']).next()?)
    }

    /// Returns the name of the account that the token is kept under. One of single sign-on is another account
    /// than the personal one, so that neither takes the other's place.
    pub(super) fn account_name(&self, email: &AccountName) -> Option<AccountName> {
        match self.organization() {
            None => Some(email.clone()),
            Some(organization) => email.of_single_sign_on(&organization),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> Token {
        let payload = BASE64URL_NOPAD.encode(payload.as_bytes());
        Token::new(&format!("e30.{payload}.c2ln")).expect("a token")
    }

    #[test]
    fn a_token_of_single_sign_on_is_another_account_than_the_personal_one() {
        let email = AccountName::new("u@x.test").expect("a name");
        let personal = token(
            r#"{"id":"t1","sub":"https://auth.aptible.com/users/u1","email":"u@x.test","exp":1800000000}"#,
        );
        let claims = Claims::new(&personal);
        assert_eq!(claims.account_name(&email), Some(email.clone()));
        assert_eq!(claims.id(), Identifier::new("t1"));
        assert_eq!(claims.expires_at().map(Timestamp::as_second), Some(1_800_000_000));
        let sso = token(
            r#"{"sub":"https://auth.aptible.com/organizations/o1","act":{"sub":"https://auth.aptible.com/users/u1","email":"u@x.test"}}"#,
        );
        let claims = Claims::new(&sso);
        assert_eq!(claims.account_name(&email), AccountName::new("u@x.test+sso-o1"));
        assert_eq!(claims.user(), Some("https://auth.aptible.com/users/u1"));
        assert_eq!(claims.email(), Some("u@x.test"));
    }

    #[test]
    fn who_acts_for_nobody_is_bound_to_no_organization() {
        let claims = Claims::new(&token(r#"{"sub":"https://auth.aptible.com/organizations/o1"}"#));
        assert_eq!(claims.organization(), None);
    }

    #[test]
    fn what_is_no_jwt_says_nothing() {
        for text in ["x", "a.b", "a.%.c", "a.e30.c.d", "a.e30.c", "a.W10.c"] {
            let claims = Claims::new(&Token::new(text).expect("a token"));
            assert!(claims.id().is_none() && claims.user().is_none(), "{text}");
        }
    }
}
