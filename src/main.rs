//! keybelt.
fn main() {}
