//! The account server that `keybelt sandbox` runs on loopback.
