#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| keybelt::parsers::run("ssh_key", input));
