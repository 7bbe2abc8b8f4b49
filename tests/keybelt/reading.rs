//! Files that options and variables name, and that are no files: pipes, devices, what is not there.

use crate::harness::World;

#[test]
fn certificates_are_read_from_plain_files_only() {
    let (world, address, ca) = World::secure();
    let at = |name: &str| world.home().join(name).to_str().unwrap().to_owned();
    let made = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
    assert!(made.success());
    std::fs::create_dir(at("directory")).unwrap();
    std::fs::write(at("blank"), "").unwrap();
    let missing = at("missing");
    let whoami = || {
        let run = world.keybelt(["whoami", "--timeout", "20s"]).env("ATLAS_TOKEN", "some-token");
        run.env("ATLAS_ADDRESS", &address)
    };
    for (file, code, sentence) in [
        (at("pipe"), 1, "it is not a plain file"),
        ("/dev/zero".to_owned(), 1, "it is not a plain file"),
        (at("directory"), 1, "it is not a plain file"),
        (missing, 1, "cannot read the certificates in "),
        (at("blank"), 2, "holds no PEM certificate"),
    ] {
        for variable in ["KEYBELT_CA_FILE", "SSL_CERT_FILE"] {
            let run = whoami().env(variable, &file).run().code(code);
            run.says(&format!("`{variable}`: ")).says(sentence);
        }
        let words = ["whoami", "--ca-file", &file, "--host", &address];
        let run = world.keybelt(words).env("ATLAS_TOKEN", "some-token");
        let run = run.env("ATLAS_ADDRESS", &address).run().code(code);
        run.says("`--ca-file`: ").says(sentence);
    }
    let run = whoami().env("KEYBELT_CA_FILE", "~/ca.pem").run().code(1);
    run.says("`KEYBELT_CA_FILE`: ").says("write the whole path");
    whoami().env("SSL_CERT_DIR", at("directory")).run().code(2).says("`SSL_CERT_DIR`: ");
    // A pipe beside a certificate is passed over.
    std::fs::copy(&ca, at("directory/ca.pem")).unwrap();
    std::fs::rename(at("pipe"), at("directory/pipe")).unwrap();
    for (variable, value) in [("SSL_CERT_DIR", at("directory")), ("SSL_CERT_FILE", ca.clone())] {
        whoami().env(variable, value).run().code(3).says("rejected");
    }
}
