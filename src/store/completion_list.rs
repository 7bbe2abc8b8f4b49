//! What a server listed for completion, kept for a minute: IDs, names and descriptions, and no secret.
//!
//! A list that is too old, damaged or not private counts as absent. Signing out removes all of them.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::environment;
use crate::private_file;

/// For how long a list counts.
const SECONDS: i64 = 60;
const NAME: &str = "completion.json";

/// Values with their descriptions.
pub type Candidates = Vec<(String, String)>;

/// Returns the list of this name, if it is at most a minute old.
pub fn read(directory: &Path, list: &str) -> Option<Candidates> {
    serde_json::from_value(lists(directory).remove(list)?.get_mut("candidates")?.take()).ok()
}

/// Keeps a list for a minute. Where it cannot be kept, the server is asked again.
pub fn write(directory: &Path, list: &str, candidates: &Candidates) {
    let mut lists = lists(directory);
    let at = environment::now().as_second();
    lists.insert(list.to_owned(), json!({ "at": at, "candidates": candidates }));
    let _ = private_file::replace(directory, NAME, &Value::Object(lists).to_string());
}

/// Removes every list.
pub fn remove_all(directory: &Path) {
    let _ = std::fs::remove_file(directory.join(NAME));
}

/// Returns the lists that are not too old.
fn lists(directory: &Path) -> Map<String, Value> {
    let text = private_file::read(directory, NAME).ok().flatten().unwrap_or_default();
    let mut lists: Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
    let now = environment::now().as_second();
    let is_fresh = |list: &Value| {
        let age = list.get("at").and_then(Value::as_i64).map(|at| now.saturating_sub(at));
        age.is_some_and(|age| (0..SECONDS).contains(&age))
    };
    lists.retain(|_, list| is_fresh(list));
    lists
}
