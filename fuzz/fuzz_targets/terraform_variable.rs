#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| keybelt::parsers::run("terraform_variable", input));
