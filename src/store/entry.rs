//! One entry of `tokens.json`: what is known of one account's token, and the token if the file keeps it.
//!
//! Reads and writes the entry's JSON object. Keys that this version does not know stay where they are.

use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use serde_json::{Map, Value};

use super::StoreName;
use super::document::DocumentError;
use crate::account::Identifier;
use crate::lifetime::Lifetime;
use crate::provider_name::ProviderName;
use crate::token::{Origin, Token};
use crate::two_factor::{Delivery, PendingEnrolment};

/// What is kept of one account's token.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The dialect of the account's server.
    pub provider: ProviderName,
    /// How the token came to be.
    pub origin: Origin,
    /// The server's id of the account, where it tells.
    pub user_id: Option<Identifier>,
    /// The server's id of the token, where it tells.
    pub token_id: Option<Identifier>,
    /// When the token was made or taken over.
    pub created_at: Timestamp,
    /// When the server ends it; `None` if the server never said.
    pub expires_at: Option<Timestamp>,
    /// The lifetime that was asked for.
    pub expires_in_asked: Option<Lifetime>,
    /// When the password was last proven, if that is to count for sudo mode.
    pub authenticated_at: Option<Timestamp>,
    /// How many seconds the server's clock was ahead of this machine's at the sign-in; 0 where they agreed.
    pub clock_offset: i64,
    /// For how long that proof was to count: a window made longer later revives no old proof.
    pub sudo_window: Option<Lifetime>,
    /// Which store keeps the token.
    pub store: StoreName,
    /// The server's address of a two-factor configuration that waits to be verified; no secret.
    pub pending_two_factor: Option<String>,
    /// How the codes of an enrolment come that was begun here and waits to be verified.
    pub pending_delivery: Option<Delivery>,
    /// By what a token can be found that a killed rotation would leave behind: the new one's description, or
    /// the old one's id; no secret.
    pub pending_rotation: Option<String>,
    /// A store that may have a copy besides: noted before a copy is made there, until it is erased again.
    pub extra_copy_in: Option<StoreName>,
    /// The token, in an entry of the file store alone.
    pub token: Option<Token>,
}

impl Entry {
    /// Returns when the token ends, by the server's clock: the earlier of the server's word and keybelt's own
    /// deadline.
    pub fn deadline(&self) -> Option<Timestamp> {
        [self.expires_at, self.own_deadline()].into_iter().flatten().min()
    }

    /// Returns keybelt's own deadline. It is for tokens that keybelt made by a password sign-in: others may
    /// live longer than what was asked for here, and other tools may live on them.
    pub fn own_deadline(&self) -> Option<Timestamp> {
        match (self.origin, self.expires_in_asked) {
            (Origin::Password, Some(asked)) => Some(asked.after(self.server_time(self.created_at))),
            _ => None,
        }
    }

    /// Returns the enrolment that waits for its code, if one was begun here. Only apps have one with an address.
    pub fn pending_enrolment(&self) -> Option<PendingEnrolment> {
        let id = self.pending_two_factor.clone();
        let delivery = self.pending_delivery.or(id.as_ref().map(|_| Delivery::App))?;
        Some(PendingEnrolment { delivery, id })
    }

    /// Returns what the server's clock says when this machine's says `now`, as far as the sign-in has shown.
    pub fn server_time(&self, now: Timestamp) -> Timestamp {
        now.saturating_add(SignedDuration::from_secs(self.clock_offset)).unwrap_or(now)
    }

    /// Returns whether the token counts as expired when the server's clock says `now`.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.deadline().is_some_and(|deadline| deadline <= now)
    }

    /// Returns until when sudo mode lasts, if it does at `now` and proofs count for `window`. A proof in the future
    /// is none: the clock was turned back.
    pub fn sudo_until(&self, now: Timestamp, window: Option<Lifetime>) -> Option<Timestamp> {
        let proven = self.authenticated_at.filter(|proven| *proven <= now)?;
        let then = self.sudo_window.unwrap_or(Lifetime::SUDO_WINDOW);
        let until = window?.min(then).after(proven);
        (now < until).then_some(until)
    }

    /// Returns whether both are about the same token, so that one may be cleared for the other.
    ///
    /// Where the file keeps the tokens they are compared; elsewhere, what is known of them.
    pub fn is_same_token(&self, other: &Self) -> bool {
        if self.store != other.store {
            return false;
        }
        if self.store == StoreName::File {
            return match (&self.token, &other.token) {
                (Some(one), Some(two)) => one.same_as(two),
                (one, two) => one.is_none() && two.is_none(),
            };
        }
        self.token_id == other.token_id
            && written(self.created_at) == written(other.created_at)
            && self.expires_at.map(written) == other.expires_at.map(written)
    }

    /// Reads an entry from its JSON object.
    pub(super) fn decode(object: &Map<String, Value>) -> Result<Self, DocumentError> {
        let read = Reader(object);
        let store = read.needed("store", StoreName::new)?;
        let token = match store {
            StoreName::File => read.text("token", Token::new)?,
            _ => None,
        };
        Ok(Self {
            provider: read.needed("provider", ProviderName::new)?,
            origin: read.needed("origin", Origin::new)?,
            user_id: read.text("user_id", Identifier::new)?,
            token_id: read.text("token_id", Identifier::new)?,
            created_at: read.needed("created_at", moment)?,
            expires_at: read.text("expires_at", moment)?,
            expires_in_asked: read.seconds("expires_in_asked")?,
            authenticated_at: read.text("authenticated_at", moment)?,
            clock_offset: read.number("clock_offset")?,
            sudo_window: read.seconds("sudo_window")?,
            store,
            pending_two_factor: read.text("pending_two_factor", |text| Some(text.to_owned()))?,
            pending_delivery: read.text("pending_delivery", Delivery::new)?,
            pending_rotation: read.text("pending_rotation", |text| Some(text.to_owned()))?,
            extra_copy_in: read.text("copy_in", StoreName::new)?,
            token,
        })
    }

    /// Writes the entry into its JSON object, beside keys that are not ours.
    pub(super) fn encode(&self, object: &mut Map<String, Value>) {
        let id = |id: &Option<Identifier>| Value::from(id.as_ref().map(Identifier::as_str));
        let values = [
            ("provider", Value::from(self.provider.as_str())),
            ("origin", Value::from(self.origin.as_str())),
            ("user_id", id(&self.user_id)),
            ("token_id", id(&self.token_id)),
            ("created_at", Value::from(written(self.created_at))),
            ("expires_at", Value::from(self.expires_at.map(written))),
            ("expires_in_asked", Value::from(self.expires_in_asked.map(Lifetime::seconds))),
            ("authenticated_at", Value::from(self.authenticated_at.map(written))),
            ("sudo_window", Value::from(self.sudo_window.map(Lifetime::seconds))),
            ("store", Value::from(self.store.to_string())),
            ("pending_two_factor", Value::from(self.pending_two_factor.as_deref())),
        ];
        for (key, value) in values {
            object.insert(key.to_owned(), value);
        }
        let delivery = self.pending_delivery.map(|delivery| delivery.as_str().into());
        set_or_remove(object, "pending_delivery", delivery);
        let noted = self.pending_rotation.as_ref();
        set_or_remove(object, "pending_rotation", noted.map(|id| id.as_str().into()));
        let offset = Some(self.clock_offset).filter(|offset| *offset != 0);
        set_or_remove(object, "clock_offset", offset.map(Value::from));
        let copy = self.extra_copy_in.as_ref();
        set_or_remove(object, "copy_in", copy.map(|store| store.to_string().into()));
        let token = self.token.as_ref().filter(|_| self.store == StoreName::File);
        let token = token.map(|token| token.secret().expose_secret().into());
        set_or_remove(object, "token", token);
    }
}

fn set_or_remove(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => _ = object.insert(key.to_owned(), value),
        None => _ = object.remove(key),
    }
}

/// Reads typed values by their keys; a missing one is null.
struct Reader<'a>(&'a Map<String, Value>);

impl Reader<'_> {
    fn text<T>(
        &self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, DocumentError> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => parse(text).map(Some).ok_or(DocumentError::Wrong(key)),
            Some(_) => Err(DocumentError::Wrong(key)),
        }
    }

    fn needed<T>(
        &self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, DocumentError> {
        self.text(key, parse)?.ok_or(DocumentError::Wrong(key))
    }

    fn number(&self, key: &'static str) -> Result<i64, DocumentError> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(0),
            Some(value) => value.as_i64().ok_or(DocumentError::Wrong(key)),
        }
    }

    fn seconds(&self, key: &'static str) -> Result<Option<Lifetime>, DocumentError> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_i64()
                .and_then(Lifetime::from_seconds)
                .map(Some)
                .ok_or(DocumentError::Wrong(key)),
        }
    }
}

fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// RFC 3339 in UTC, to the microsecond: two tokens of one account may be made within a second.
fn written(moment: Timestamp) -> String {
    Timestamp::from_microsecond(moment.as_microsecond()).unwrap_or(moment).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::*;

    use super::super::document;
    use super::*;
    use crate::host::tests::few_cases;

    fn entry(origin: Origin) -> Entry {
        Entry {
            provider: ProviderName::Atlas,
            origin,
            user_id: Identifier::new("user-1"),
            token_id: Identifier::new("at-1"),
            created_at: "2026-05-01T10:00:00.9Z".parse().expect("a moment"),
            expires_at: None,
            expires_in_asked: Lifetime::from_seconds(3600),
            authenticated_at: None,
            clock_offset: 0,
            sudo_window: None,
            store: StoreName::File,
            pending_two_factor: None,
            pending_delivery: None,
            pending_rotation: None,
            extra_copy_in: None,
            token: Token::new("abc.atlasv1.def"),
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    fn any_moment() -> impl Strategy<Value = Timestamp> {
        (0..4_000_000_000_000_000_i64)
            .prop_map(|micros| Timestamp::from_microsecond(micros).expect("a moment"))
    }

    prop_compose! {
        fn any_entry()(
            (origin, aptible, store) in (0..5_usize, any::<bool>(), 0..3_usize),
            ids in option::of(("[!-~]{1,40}", "[!-~]{1,40}")),
            created_at in any_moment(),
            (expires_at, authenticated_at) in (option::of(any_moment()), option::of(any_moment())),
            (asked, window) in (option::of(1..300_000_000_i64), option::of(1..300_000_000_i64)),
            clock_offset in any::<i64>(),
            (pending_two_factor, pending_rotation) in (option::of(".*"), option::of(".*")),
            copied in any::<bool>(),
            token in option::of("[!-~]{1,80}"),
        ) -> Entry {
            let names = ["file", "keyring", "docker:pass"];
            let origins =
                [Origin::Password, Origin::Pasted, Origin::Web, Origin::Helper, Origin::Imported];
            let store = StoreName::new(names[store]).expect("a store");
            let token = token.and_then(|text| Token::new(&text));
            Entry {
                provider: if aptible { ProviderName::Aptible } else { ProviderName::Atlas },
                origin: origins[origin],
                user_id: ids.as_ref().and_then(|(user, _)| Identifier::new(user)),
                token_id: ids.as_ref().and_then(|(_, token)| Identifier::new(token)),
                created_at,
                expires_at,
                expires_in_asked: asked.and_then(Lifetime::from_seconds),
                authenticated_at,
                clock_offset,
                sudo_window: window.and_then(Lifetime::from_seconds),
                token: token.filter(|_| store == StoreName::File),
                store,
                pending_two_factor,
                pending_delivery: [None, Some(Delivery::App), Some(Delivery::Sms)][origin % 3],
                pending_rotation,
                extra_copy_in: copied.then_some(StoreName::Keyring),
            }
        }
    }

    proptest! {
        #![proptest_config(few_cases())]

        /// What one keybelt writes, the next one reads, through the file's text.
        #[test]
        fn an_entry_reads_as_it_was_written(entry in any_entry(), earlier in any_entry()) {
            let mut object = Map::new();
            object.insert("future".to_owned(), Value::from(7));
            earlier.encode(&mut object);
            entry.encode(&mut object);
            prop_assert_eq!(&object["future"], 7, "unknown keys stay");
            let text = Value::Object(object).to_string();
            let back = Entry::decode(&document::parse(&text).expect("a document"));
            let back = back.expect("a valid entry");
            let secret = |entry: &Entry| entry.token.as_ref().map(|it| it.secret().expose_secret().to_owned());
            prop_assert_eq!(secret(&back), secret(&entry));
            prop_assert_eq!(format!("{back:?}"), format!("{entry:?}"));
        }
    }

    #[test]
    fn sudo_mode_lasts_for_the_shorter_of_both_windows_and_ends_when_the_clock_is_turned_back() {
        let lasting = |seconds| Lifetime::from_seconds(seconds);
        let mut proven = entry(Origin::Password);
        proven.authenticated_at = Some(at("2026-05-01T10:00:00Z"));
        proven.sudo_window = lasting(1800);
        let until = |now, window| proven.sudo_until(at(now), window);
        let end = Some(at("2026-05-01T10:30:00Z"));
        assert_eq!(until("2026-05-01T10:29:59Z", lasting(1800)), end);
        assert_eq!(until("2026-05-01T10:29:59Z", lasting(86_400)), end);
        assert_eq!(until("2026-05-01T10:30:00Z", lasting(86_400)), None);
        assert_eq!(until("2026-05-01T10:10:00Z", lasting(600)), None);
        assert_eq!(until("2026-05-01T10:10:00Z", None), None);
        assert_eq!(until("2026-05-01T09:59:59Z", lasting(1800)), None);
        proven.sudo_window = None;
        assert_eq!(proven.sudo_until(at("2026-05-01T10:29:59Z"), lasting(86_400)), end);
    }

    #[test]
    fn only_the_file_store_writes_the_token() {
        let mut object = Map::new();
        entry(Origin::Web).encode(&mut object);
        let mut moved = entry(Origin::Web);
        moved.store = StoreName::Keyring;
        moved.encode(&mut object);
        assert!(!object.contains_key("token"));
    }

    /// A token that was pasted may live longer than what was asked for here.
    #[test]
    fn keybelts_own_deadline_is_for_password_sign_ins_alone() {
        let own = entry(Origin::Password);
        assert_eq!(own.deadline(), Some(at("2026-05-01T11:00:00.9Z")));
        assert!(!own.is_expired(at("2026-05-01T11:00:00Z")));
        assert!(own.is_expired(at("2026-05-01T11:00:01Z")));
        assert_eq!(entry(Origin::Pasted).deadline(), None);
        let mut told = entry(Origin::Pasted);
        told.expires_at = Some(at("2026-05-02T00:00:00Z"));
        assert!(told.is_expired(at("2026-05-02T00:00:00Z")), "the last moment is over");
    }

    /// The server's word was taken for the only one, and a token of an hour was shown as one of two years.
    #[test]
    fn the_earlier_deadline_counts_and_the_own_one_is_by_the_servers_clock() {
        let mut both = entry(Origin::Password);
        both.expires_at = Some(at("2028-05-01T10:00:00Z"));
        assert_eq!(both.deadline(), Some(at("2026-05-01T11:00:00.9Z")));
        both.expires_at = Some(at("2026-05-01T10:30:00Z"));
        assert_eq!(both.deadline(), Some(at("2026-05-01T10:30:00Z")));
        both.expires_at = None;
        both.clock_offset = 86_400;
        assert_eq!(both.deadline(), Some(at("2026-05-02T11:00:00.9Z")));
        assert_eq!(both.server_time(at("2026-05-01T10:00:00Z")), at("2026-05-02T10:00:00Z"));
        let mut object = Map::new();
        both.encode(&mut object);
        assert_eq!(Entry::decode(&object).expect("valid").clock_offset, 86_400);
    }

    #[test]
    fn wrong_values_are_named_by_their_key_alone() {
        for (key, value) in [
            ("provider", Value::from("github")),
            ("origin", Value::Null),
            ("created_at", Value::from("yesterday")),
            ("expires_at", Value::from(5)),
            ("expires_in_asked", Value::from("7d")),
            ("expires_in_asked", Value::from(-5)),
            ("store", Value::from("docker:../x")),
            ("token", Value::from("two words")),
            ("token", Value::from(true)),
            ("user_id", Value::from("a/b")),
        ] {
            let mut object = Map::new();
            entry(Origin::Web).encode(&mut object);
            object.insert(key.to_owned(), value);
            assert_eq!(Entry::decode(&object).err(), Some(DocumentError::Wrong(key)));
        }
    }
}
