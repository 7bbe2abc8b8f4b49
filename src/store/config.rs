//! `config.toml`: what a person has chosen once and for all. Edited in place, comments kept.
//!
//! It may name programs that are run, so it is held to the same owners and modes as `tokens.json`. It never
//! holds a secret.

mod document;
mod file;
mod key;

pub use document::Config;
pub use file::ConfigFile;
pub use key::Key;

#[cfg(test)]
mod tests {
    use super::{Config, ConfigFile, Key};
    use crate::failure::Kind;

    fn file(text: &str) -> (tempfile::TempDir, ConfigFile) {
        let directory = tempfile::tempdir().expect("a directory");
        let file = ConfigFile::at(directory.path().join("keybelt"));
        file.change(|_| Ok(())).expect("a directory");
        std::fs::write(file.path(), text).expect("written");
        (directory, file)
    }

    #[test]
    fn setting_and_unsetting_keeps_comments_and_order() {
        let before = "# mine\noutput = \"json\" # for scripts\n\n[hosts.\"tfe.example.com\"]\nusername = \"alice\"\n";
        let (_directory, file) = file(before);
        let key = Key::parse("hosts.tfe.example.com.provider").expect("a key");
        file.change(|config| config.set(&key, "atlas")).expect("set");
        let text = std::fs::read_to_string(file.path()).expect("readable");
        assert!(text.starts_with(before) && text.contains("provider = \"atlas\""), "{text}");
        assert!(file.change(|config| Ok(config.unset(&key))).expect("unset"));
        assert_eq!(std::fs::read_to_string(file.path()).expect("readable"), before);
    }

    #[test]
    fn a_setting_in_a_table_is_written_and_read_there() {
        let (_directory, file) = file("output = \"json\"\n");
        let key = Key::parse("aptible.write_tokens_json").expect("a key");
        file.change(|config| config.set(&key, "true")).expect("set");
        let text = std::fs::read_to_string(file.path()).expect("readable");
        assert!(text.ends_with("[aptible]\nwrite_tokens_json = true\n"), "{text}");
        let config = file.read().expect("readable");
        assert_eq!(config.get(&key).as_deref(), Some("true"));
        assert_eq!(config.keys().len(), 2);
        for bad in [
            "[aptible]\nwrite = true\n",
            "[aptible]\nwrite_tokens_json = 7\n",
            "aptible = 1\n",
            "[output]\nx = 1\n",
        ] {
            std::fs::write(file.path(), bad).expect("written");
            assert!(file.read().is_err(), "{bad}");
        }
    }

    #[test]
    fn unknown_settings_are_refused_with_the_nearest_name() {
        let failure = Key::parse("ouput").expect_err("no setting");
        assert_eq!(failure.kind, Kind::Usage);
        assert!(failure.hint.unwrap_or_default().contains("`output`"));
        assert!(Key::parse("password_command").is_err(), "programs are named only for a host");
        let (_directory, file) = file("[hosts.\"a.example\"]\npasword_command = \"canary-12\"\n");
        let failure = file.read().expect_err("an unknown setting");
        assert!(
            failure.message.contains("pasword_command")
                && failure.message.contains("password_command")
        );
        assert!(!format!("{failure:?}").contains("canary"));
    }

    #[test]
    fn values_are_checked_before_they_are_kept() {
        let mut config = Config::default();
        for (key, bad) in [
            ("aptible.write_tokens_json", "maybe"),
            ("output", "xml"),
            ("timeout", "soon"),
            ("store", "cloud"),
            ("ca_file", "relative.pem"),
        ] {
            let key = Key::parse(key).expect("a key");
            assert!(config.set(&key, bad).is_err(), "{key}");
            assert_eq!(config.get(&key), None);
        }
    }

    #[test]
    fn a_damaged_file_is_named_by_line_and_stays() {
        let (_directory, file) = file("output = \"json\"\ncanary-77 = = 1\n");
        let failure = file
            .change(|config| config.set(&Key::parse("color").expect("a key"), "never"))
            .expect_err("damaged");
        assert!(
            failure.message.contains("config.toml") && failure.message.contains("line 2"),
            "{}",
            failure.message
        );
        assert!(!format!("{failure:?}").contains("canary"));
        assert!(std::fs::read_to_string(file.path()).expect("readable").contains("canary-77"));
    }
}
