//! What `helper install` brought into being, noted in keybelt's data directory, so that uninstalling takes
//! away that and nothing else: an empty file or directory that was there before stays.

use std::fs;
use std::path::{Path, PathBuf};

use super::text_file::{self, Access};
use crate::environment;

/// Notes files and directories that were not there before. Without a note they stay, which does no harm.
pub fn note(made: Vec<PathBuf>) {
    let Some(note) = place().filter(|_| !made.is_empty()) else {
        return;
    };
    let mut all = noted(&note);
    all.extend(made);
    if let Some(directory) = note.parent() {
        all.extend(text_file::create_directories(directory).unwrap_or_default());
    }
    let names: Vec<&str> = all.iter().filter_map(|path| path.to_str()).collect();
    let _ = text_file::replace(&note, &serde_json::json!(names).to_string(), Access::Private);
}

/// Takes away what was noted and has nothing in it, and the note.
pub fn take_away() {
    let Some(note) = place() else {
        return;
    };
    let mut all = noted(&note);
    let _ = fs::remove_file(&note);
    // What is inside goes first.
    all.sort_by_key(|path| std::cmp::Reverse(path.components().count()));
    for path in all {
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => drop(fs::remove_dir(&path)),
            Ok(found) if found.is_file() && found.len() == 0 => drop(fs::remove_file(&path)),
            _ => {}
        }
    }
}

fn place() -> Option<PathBuf> {
    Some(environment::data_dir()?.join("helper-install.json"))
}

fn noted(note: &Path) -> Vec<PathBuf> {
    let text = text_file::read(note).ok().flatten().unwrap_or_default();
    let paths: Vec<PathBuf> = serde_json::from_str(&text).unwrap_or_default();
    paths.into_iter().filter(|path| path.is_absolute()).collect()
}
