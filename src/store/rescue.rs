//! The rescue file of a token that takes another one's place at once: between its making and its hand-over there is no
//! other copy, and the old one is dead.
//!
//! Its room is taken before the server is asked, and says what is about to happen; the answer is written into it
//! before anybody else gets it. One replacement at a time works here, under a lock that goes with its process.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::PathBuf;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::directory::{self, Directory};
use crate::account::Identifier;
use crate::environment::shorten_home;
use crate::failure::Failure;
use crate::redaction;
use crate::token::{Token, TokenInfo};

const LOCK_NAME: &str = "rescue.lock";

/// The note has its own room, so that the answer never touches it.
const NOTE_ROOM: usize = 4096;

/// The longest token, and what is told of it.
const ROOM: usize = NOTE_ROOM + Token::MAX_BYTES + 4096;

/// The place of one holder's rescue file, while nobody else here replaces a token.
pub struct Rescue {
    directory: Directory,
    path: PathBuf,
    file: Option<File>,
    _lock: File,
}

/// What an earlier replacement has left.
#[derive(Debug)]
pub struct Kept {
    /// The token that was to be replaced.
    pub old_id: String,
    /// When the server was to be asked.
    pub asked_at: String,
    /// The answer, if it came.
    pub answer: Option<Answer>,
}

/// A new token that was not handed over yet.
#[derive(Debug)]
pub struct Answer {
    /// What the server told of it.
    pub info: TokenInfo,
    /// Its value.
    pub token: Token,
}

impl Rescue {
    /// Opens the place for a holder, whose name is in no file name.
    ///
    /// # Errors
    /// Refused, if another keybelt replaces a token just now.
    pub fn open(directory: PathBuf, holder: &str) -> Result<Self, Failure> {
        let digest = ring::digest::digest(&ring::digest::SHA256, holder.as_bytes());
        let name = format!("rescue-{}.json", HEXLOWER.encode(&digest.as_ref()[..16]));
        let path = directory.join(&name);
        let mut notices = Vec::new();
        let opened = match Directory::open(&directory, &name, &mut notices)? {
            Some(opened) => opened,
            None => {
                Directory::create(&directory, &mut notices)?;
                Directory::open(&directory, &name, &mut notices)?.ok_or_else(|| {
                    Failure::general(format!("`{}` is gone", shorten_home(&directory)))
                })?
            }
        };
        let lock = opened
            .open_lock(LOCK_NAME)
            .map_err(|error| directory::io_failure("lock", &directory.join(LOCK_NAME), error))?;
        if lock.try_lock().is_err() {
            return Err(Failure::refused("another keybelt replaces a token here just now")
                .hint("wait for it, and run this again"));
        }
        Ok(Self { directory: opened, path, file: None, _lock: lock })
    }

    /// Returns the path in words.
    pub fn shown(&self) -> String {
        shorten_home(&self.path)
    }

    /// Returns what is there.
    pub fn find(&self) -> Result<Option<Kept>, Failure> {
        let bytes = self.directory.read(ROOM as u64, &mut Vec::new())?;
        let damaged = || {
            Failure::general(format!("`{}` is damaged", self.shown()))
                .hint("look at it, and delete it if there is no token in it")
        };
        let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
            return Ok(None);
        };
        let (note, answer) = bytes.split_at_checked(NOTE_ROOM).ok_or_else(damaged)?;
        let note: Value = serde_json::from_slice(note).map_err(|_| damaged())?;
        let text = |key: &str| note[key].as_str().map(str::to_owned).ok_or_else(damaged);
        Ok(Some(Kept {
            old_id: text("old_id")?,
            asked_at: text("asked_at")?,
            // Half an answer is none: the value in it may be cut.
            answer: serde_json::from_slice(answer).ok().and_then(|it: Value| read_answer(&it)),
        }))
    }

    /// Takes the room, and notes what is about to happen.
    pub fn reserve(
        &mut self,
        holder: &str,
        old_id: &Identifier,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let failed = |error| directory::io_failure("write", &self.path, error);
        let _ = self.directory.remove(self.directory.file_name());
        let mut file = self.directory.create_new(self.directory.file_name()).map_err(failed)?;
        let note = json!({
            "version": 1,
            "holder": holder,
            "old_id": old_id.as_str(),
            "asked_at": now.to_string(),
        });
        let mut text = note.to_string();
        if text.len() > NOTE_ROOM {
            return Err(Failure::usage("the holder's name is too long"));
        }
        text.push_str(&" ".repeat(ROOM - text.len()));
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        let written = written.and_then(|()| self.directory.sync());
        if let Err(error) = written {
            self.remove();
            return Err(failed(error));
        }
        self.file = Some(file);
        Ok(())
    }

    /// Writes the answer down to the disk.
    pub fn keep(&mut self, info: &TokenInfo, token: &Token) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let mut answer = json!({
            "id": info.id.as_str(),
            "created_at": info.created_at.map(|at| at.to_string()),
            "expires_at": info.expires_at.map(|at| at.to_string()),
        });
        answer["token"] = json!(token.secret().expose_secret());
        file.seek(SeekFrom::Start(NOTE_ROOM as u64))?;
        file.write_all(answer.to_string().as_bytes())?;
        file.sync_all()
    }

    /// Removes the file: what is in it is where it was to go, or there is nothing in it.
    pub fn remove(&self) {
        let _ = self.directory.remove(self.directory.file_name());
        let _ = self.directory.sync();
    }
}

fn read_answer(answer: &Value) -> Option<Answer> {
    let moment = |key: &str| answer[key].as_str()?.parse().ok();
    let info = TokenInfo {
        id: Identifier::new(answer["id"].as_str()?)?,
        description: None,
        created_at: moment("created_at"),
        last_used_at: None,
        expires_at: moment("expires_at"),
    };
    let token = Token::new(answer["token"].as_str()?)?;
    redaction::protect(token.secret());
    Some(Answer { info, token })
}
