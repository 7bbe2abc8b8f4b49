#[cfg(unix)]
mod concurrency;
#[cfg(unix)]
mod privacy;

use std::fs;
use std::io::Write;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::failure::Kind;
use crate::lifetime::Lifetime;
use crate::provider_name::ProviderName;
use crate::store::locked_file::LOCK_NAME;
use crate::store::{Entry, StoreName};
use crate::token::{Origin, Token};

pub(super) fn host(text: &str) -> Host {
    Host::typed(text).expect("a host")
}

pub(super) fn account(text: &str) -> AccountName {
    AccountName::new(text).expect("an account's name")
}

pub(super) fn entry(token: &str) -> Entry {
    Entry {
        provider: ProviderName::Atlas,
        origin: Origin::Password,
        user_id: None,
        token_id: None,
        created_at: "2026-05-01T10:00:00Z".parse().expect("a moment"),
        expires_at: None,
        expires_in_asked: Some(Lifetime::DEFAULT),
        authenticated_at: None,
        clock_offset: 0,
        sudo_window: None,
        extra_copy_in: None,
        store: StoreName::File,
        pending_two_factor: None,
        pending_delivery: None,
        pending_rotation: None,
        token: Token::new(token),
    }
}

pub(super) fn put(file: &TokensFile, on: &str, name: &str, token: &str) -> Result<(), Failure> {
    file.change(|tokens| {
        tokens.put(&host(on), &account(name), &entry(token));
        Ok(())
    })
}

/// A directory that is nobody else's business, whatever the umask is here.
pub(super) fn place() -> TempDir {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.prefix("keybelt-store-").tempdir().expect("a directory")
}

pub(super) fn with_contents(contents: &[u8]) -> (TempDir, TokensFile) {
    let place = place();
    let file = TokensFile::at(place.path().to_owned());
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file.path()).expect("the file is new");
    out.write_all(contents).expect("the file is written");
    (place, file)
}

fn names_in(directory: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory)
        .expect("the directory is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_missing_file_or_directory_is_empty_and_reading_makes_neither() {
    let place = place();
    let file = TokensFile::at(place.path().join("a/b"));
    assert!(file.read().expect("no file").hosts().is_empty());
    assert!(file.find(&host("hcp"), None).expect("no file").is_none());
    assert_eq!(names_in(place.path()), [""; 0]);
}

#[test]
fn an_entry_is_found_again() {
    let place = place();
    let file = TokensFile::at(place.path().join("a/b"));
    put(&file, "hcp", "alice", "one").expect("stored");
    put(&file, "hcp", "bob", "two").expect("stored");
    let tokens = file.read().expect("read");
    assert_eq!(tokens.hosts(), [host("hcp")]);
    assert_eq!(tokens.accounts(&host("hcp")), [account("alice"), account("bob")]);
    assert_eq!(tokens.active(&host("hcp")), Some(account("alice")), "the first one");
    let found = file.find(&host("hcp"), None).expect("read").expect("found");
    assert_eq!(found.account, account("alice"));
    assert!(found.entry.is_same_token(&entry("one")));
    let found = file.find(&host("hcp"), Some(&account("bob"))).expect("read").expect("found");
    assert!(found.entry.is_same_token(&entry("two")));
    assert!(file.find(&host("aptible"), None).expect("read").is_none());
    assert!(file.find(&host("hcp"), Some(&account("carol"))).expect("read").is_none());
    assert_eq!(names_in(file.path().parent().expect("a directory")), [FILE_NAME, LOCK_NAME]);
    assert!(file.take_notices().is_empty());
}

#[test]
fn the_next_account_becomes_active_and_the_last_one_takes_its_host_along() {
    let place = place();
    let file = TokensFile::at(place.path().to_owned());
    let hcp = host("hcp");
    for name in ["bob", "alice", "carol"] {
        put(&file, "hcp", name, name).expect("stored");
    }
    file.change(|tokens| {
        tokens.set_current(Some(&hcp));
        let removed = tokens.remove(&hcp, &account("carol")).expect("there");
        assert_eq!(removed.now_active, None, "the active account stays");
        let removed = tokens.remove(&hcp, &account("bob")).expect("there");
        assert_eq!(removed.now_active, Some(account("alice")));
        assert_eq!(tokens.active(&hcp), Some(account("alice")));
        assert!(!tokens.set_active(&hcp, &account("bob")), "bob is gone");
        assert_eq!(tokens.current(), Some(hcp.clone()));
        let removed = tokens.remove(&hcp, &account("alice")).expect("there");
        assert_eq!(removed.now_active, None);
        Ok(())
    })
    .expect("changed");
    let text = fs::read_to_string(file.path()).expect("read");
    assert_eq!(text, "{\"version\":1,\"current\":null,\"hosts\":{}}\n");
}

#[test]
fn unknown_keys_and_foreign_entries_survive_a_rewrite() {
    let contents = br#"{"version":1,"later":{"a":[1,2.5,null,"\u00e9"]},"current":null,"hosts":{
        "vault:prod":{"accounts":{"x":1}},
        "tfe.example.com":{"active":"bob","theme":"dark","accounts":{
            "service account/7":{"kind":"robot"},
            "bob":{"provider":"atlas","origin":"web","created_at":"2026-05-01T10:00:00Z","store":"file","token":"t","colour":"red"}}}}}"#;
    let (_place, file) = with_contents(contents);
    put(&file, "tfe.example.com", "bob", "new").expect("stored");
    put(&file, "hcp", "alice", "one").expect("stored");
    let root: serde_json::Value =
        serde_json::from_slice(&fs::read(file.path()).expect("read")).expect("JSON");
    let tfe = &root["hosts"]["tfe.example.com"];
    assert_eq!(root["later"]["a"][3], "é");
    assert_eq!(root["hosts"]["vault:prod"]["accounts"]["x"], 1);
    assert_eq!(tfe["theme"], "dark");
    assert_eq!(tfe["accounts"]["service account/7"]["kind"], "robot");
    assert_eq!(tfe["accounts"]["bob"]["colour"], "red");
    assert_eq!(tfe["accounts"]["bob"]["token"], "new");
    assert_eq!(file.read().expect("read").hosts(), [host("hcp"), host("tfe.example.com")]);
}

/// Aptible's own tool takes a damaged file for an empty one and overwrites it.
#[test]
fn a_damaged_file_is_named_and_left_byte_for_byte() {
    let bob = r#""bob":{"provider":"atlas","origin":"web","created_at":"2026-05-01T10:00:00Z","store":"file","token":"canary"}"#;
    let around = |account: &str| {
        format!(
            r#"{{"version":1,"hosts":{{"h.example":{{"active":"bob","accounts":{{{account}}}}}}}}}"#
        )
    };
    let whole = around(bob);
    let cases = [
        (String::new(), "ends in the middle"),
        (whole[..whole.len() - 9].to_owned(), "ends in the middle"),
        (format!("\u{feff}{whole}"), "byte order mark"),
        (around(&format!("{bob},{bob}")), "duplicate key"),
        (whole.replace(r#"{"version":1"#, r#"{"version":1,"version":1"#), "duplicate key"),
        (whole.replace(r#""hosts":"#, r#""hosts":{},"hosts":"#), "duplicate key"),
        (whole.replace(r#""active":"bob","#, r#""active":"bob","active":"eve","#), "duplicate key"),
        (whole.replace(r#""token":"#, r#""token":"x","token":"#), "duplicate key"),
        (whole.replace(r#"{"active""#, r#"{},"h.example":{"active""#), "duplicate key"),
        (format!("{whole} canary"), "not valid JSON"),
        (format!("[{whole}]"), "not valid JSON"),
        (whole.replace(r#""version":1"#, r#""version":"canary""#), "`version`"),
        (whole.replace(r#""version":1,"#, ""), "`version`"),
        (whole.replace(r#""version":1"#, r#""version":2"#), "newer keybelt"),
        (r#"{"version":1,"hosts":["canary"]}"#.to_owned(), "`hosts`"),
        (r#"{"version":1,"hosts":{"h.example":"canary"}}"#.to_owned(), "`hosts`"),
        (r#"{"version":1,"current":7,"hosts":{}}"#.to_owned(), "`current`"),
        (r#"{"version":1,"current":"no host","hosts":{}}"#.to_owned(), "`current`"),
        (
            r#"{"version":1,"hosts":{"h.example":{"active":"bob","accounts":["canary"]}}}"#
                .to_owned(),
            "`accounts`",
        ),
        (
            r#"{"version":1,"hosts":{"h.example":{"active":"bob","accounts":{"bob":"canary"}}}}"#
                .to_owned(),
            "`accounts`",
        ),
        (
            r#"{"version":1,"hosts":{"h.example":{"active":9,"accounts":{}}}}"#.to_owned(),
            "`active`",
        ),
        (whole.replace(r#""origin":"web""#, r#""origin":"canary""#), "`origin`"),
        (whole.replace(r#""created_at":"#, r#""created":"#), "`created_at`"),
        (whole.replace(r#""token":"canary""#, r#""token":["canary"]"#), "`token`"),
    ];
    for (contents, why) in cases {
        let (_place, file) = with_contents(contents.as_bytes());
        let failures = [
            file.read().err(),
            file.change(|_| Ok(())).err(),
            put(&file, "hcp", "alice", "one").err(),
            file.find(&host("h.example"), None).err(),
        ];
        for failure in failures {
            let failure = failure.unwrap_or_else(|| panic!("accepted: {contents}"));
            assert_eq!(failure.kind, Kind::General);
            assert!(failure.message.contains("tokens.json"), "{failure}");
            assert!(failure.message.contains(why), "{failure} for {contents}");
            assert!(!format!("{failure:?}").contains("canary"), "{failure:?}");
        }
        assert_eq!(fs::read(file.path()).expect("read"), contents.as_bytes());
    }
}

#[test]
fn what_changes_nothing_or_fails_writes_nothing() {
    // Blanks that keybelt would not write show that the file is the old one.
    let contents = b"{ \"version\": 1 }";
    let (place, file) = with_contents(contents);
    file.change(|_| Ok(())).expect("nothing to do");
    let failed = file.change(|tokens| -> Result<(), Failure> {
        tokens.put(&host("hcp"), &account("alice"), &entry("one"));
        Err(Failure::refused("no"))
    });
    assert!(failed.is_err());
    assert_eq!(fs::read(file.path()).expect("read"), contents);
    assert_eq!(names_in(place.path()), [FILE_NAME, LOCK_NAME]);
}
