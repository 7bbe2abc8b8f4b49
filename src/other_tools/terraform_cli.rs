//! One file of Terraform's CLI configuration: what it says of credentials, and edits that leave the rest of
//! its bytes as they are.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::hcl::{self, Document, Item, Value};
use super::made;
use super::terraform_files::CREDENTIALS_FILE;
use super::terraform_settings::{CREDENTIALS, HELPER, Settings, host_of};
use super::text_file::{self, Access};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;

/// What the helper is called in the configuration.
pub(super) const NAME: &str = "keybelt";

/// The block that makes Terraform ask the helper.
const BLOCK: &str = "credentials_helper \"keybelt\" {\n}";

/// The same in JSON.
const MEMBER: &str = "\"credentials_helper\":{\"keybelt\":{}}";

/// One configuration file.
pub struct Configuration {
    path: PathBuf,
    /// May hold tokens.
    text: String,
    exists: bool,
    settings: Settings,
}

impl Configuration {
    /// Reads a file, which need not be there.
    pub(super) fn read(path: PathBuf) -> Result<Self, Failure> {
        let shown = environment::shorten_home(&path);
        let text = text_file::read(&path)
            .map_err(|error| Failure::general(format!("cannot read {shown}")).because(error))?;
        let exists = text.is_some();
        let text = text.unwrap_or_default();
        let settings =
            settings_of(&text).map_err(|why| Failure::general(format!("{shown} {why}")))?;
        Ok(Self { path, text, exists, settings })
    }

    /// Returns the path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the path for messages.
    pub fn shown(&self) -> String {
        environment::shorten_home(&self.path)
    }

    /// Returns whether the file is there.
    pub(super) fn exists(&self) -> bool {
        self.exists
    }

    /// Returns what it says of credentials.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Refuses a link that leads nowhere: what it is to lead to may come back.
    pub(super) fn require_writable(&self) -> Result<(), Failure> {
        text_file::dangling(&self.path).map_or(Ok(()), |target| {
            let target = environment::shorten_home(&target);
            Err(Failure::general(format!(
                "{} is a link to {target}, which does not exist",
                self.shown()
            ))
            .hint("bring the file back, or remove the link"))
        })
    }

    /// Makes Terraform ask keybelt.
    pub fn ask_keybelt(&self) -> Result<(), Failure> {
        let document = self.document()?;
        let text = if document.is_json {
            let brace = self.text.find('{').map_or(0, |brace| brace + 1);
            let comma = if document.items.is_empty() { "" } else { "," };
            format!("{}{MEMBER}{comma}{}", &self.text[..brace], &self.text[brace..])
        } else if self.text.is_empty() || self.text.ends_with('\n') {
            format!("{}{BLOCK}\n", self.text)
        } else {
            // Without a newline at its end, as the file was.
            format!("{}\n{BLOCK}", self.text)
        };
        let is_wanted = |settings: &Settings| {
            let mut helpers = self.settings.helpers.clone();
            helpers.insert(NAME.to_owned());
            settings.helpers == helpers && same_hosts(settings, &self.settings, &|_| true)
        };
        self.write(&text, is_wanted)
    }

    /// Makes Terraform ask keybelt no more.
    pub fn stop_asking(&self) -> Result<(), Failure> {
        let document = self.document()?;
        let text = self.without(&document, &spans(&document, HELPER, &|name| name == NAME));
        let is_wanted = |settings: &Settings| {
            let mut helpers = self.settings.helpers.clone();
            helpers.remove(NAME);
            settings.helpers == helpers && same_hosts(settings, &self.settings, &|_| true)
        };
        self.write(&text, is_wanted)
    }

    /// Takes out what the file has for a host.
    pub(super) fn remove_credentials(&self, host: &Host) -> Result<(), Failure> {
        let document = self.document()?;
        let is_it = |name: &str| host_of(name).as_ref() == Some(host);
        let text = self.without(&document, &spans(&document, CREDENTIALS, &is_it));
        let is_wanted = |settings: &Settings| {
            settings.helpers == self.settings.helpers
                && same_hosts(settings, &self.settings, &|name| !is_it(name))
        };
        self.write(&text, is_wanted)
    }

    fn document(&self) -> Result<Document<'_>, Failure> {
        hcl::parse(&self.text).map_err(|_| self.not_edited())
    }

    fn not_edited(&self) -> Failure {
        Failure::general(format!("cannot edit {} without changing more of it", self.shown()))
            .hint("edit it by hand")
    }

    /// Writes a text, but only if it says what it is meant to say.
    fn write(&self, text: &str, is_wanted: impl Fn(&Settings) -> bool) -> Result<(), Failure> {
        self.require_writable()?;
        if !settings_of(text).is_ok_and(|settings| is_wanted(&settings)) {
            return Err(self.not_edited());
        }
        // Terraform keeps the file that it writes itself private.
        let is_its_own = self.path.ends_with(CREDENTIALS_FILE);
        let access = if is_its_own { Access::Private } else { Access::AsBefore };
        text_file::replace(&self.path, text, access).map_err(|error| {
            Failure::general(format!("cannot write {}", self.shown())).because(error)
        })?;
        if !self.exists {
            made::note(vec![self.path.clone()]);
        }
        Ok(())
    }

    /// Returns the text without some of its items.
    fn without(&self, document: &Document<'_>, spans: &[Range<usize>]) -> String {
        let mut text = self.text.clone();
        for span in spans.iter().rev() {
            let cut = widened(&text, span, document.is_json);
            text.replace_range(cut, "");
        }
        text
    }
}

impl fmt::Debug for Configuration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Configuration({})", self.shown())
    }
}

/// Reads a file's text; an error ends the sentence that its path begins.
fn settings_of(text: &str) -> Result<Settings, String> {
    let document = hcl::parse(text).map_err(|invalid| {
        let (line, column) = invalid.position(text);
        format!("is not valid at line {line}, column {column}")
    })?;
    Settings::new(&document)
        .map_err(|misfit| format!("is not valid: `{}` has a value of a wrong form", misfit.0))
}

fn same_hosts(new: &Settings, old: &Settings, stays: &dyn Fn(&str) -> bool) -> bool {
    let names = |settings: &Settings| {
        settings.credentials.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    let old = names(old).into_iter().filter(|name| stays(name)).collect::<Vec<_>>();
    names(new) == old
}

/// Returns where a setting's entries of some names stand, in order.
fn spans(
    document: &Document<'_>,
    setting: &str,
    is_it: &dyn Fn(&str) -> bool,
) -> Vec<Range<usize>> {
    let named = |item: &Item<'_>, nth: usize| item.keys.get(nth).and_then(|key| key.text().ok());
    let is_setting =
        |item: &&Item<'_>| named(item, 0).is_some_and(|name| name.eq_ignore_ascii_case(setting));
    let mut found = Vec::new();
    for item in document.items.iter().filter(is_setting) {
        if let Some(name) = named(item, 1) {
            found.extend(is_it(&name).then(|| item.span.clone()));
            continue;
        }
        let objects: Vec<&[Item<'_>]> = match &item.value {
            Value::Object(items) => vec![items],
            Value::List(values) => values.iter().filter_map(items_of).collect(),
            Value::Literal(_) => Vec::new(),
        };
        let all = objects.iter().flat_map(|items| items.iter());
        let (gone, left): (Vec<_>, Vec<_>) =
            all.partition(|item| named(item, 0).is_some_and(|name| is_it(&name)));
        if left.is_empty() && !gone.is_empty() && setting == HELPER {
            found.push(item.span.clone());
        } else {
            found.extend(gone.into_iter().map(|item| item.span.clone()));
        }
    }
    found
}

fn items_of<'v, 'a>(value: &'v Value<'a>) -> Option<&'v [Item<'a>]> {
    match value {
        Value::Object(items) => Some(items),
        _ => None,
    }
}

/// Takes to an item the comma that separates it, and the rest of its last line if nothing is on it. A comma
/// before the last item is a mistake in JSON only.
fn widened(text: &str, span: &Range<usize>, is_json: bool) -> Range<usize> {
    let blanks = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let Range { mut start, mut end } = span.clone();
    let ahead = after.trim_start_matches(blanks);
    let behind = before.trim_end_matches(blanks);
    if ahead.starts_with(',') {
        end = text.len() - ahead.len() + 1;
    } else if is_json && behind.ends_with(',') {
        start = behind.len() - 1;
    }
    let rest = &text[end..];
    let newline = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
    let is_line_start = start == 0 || text[..start].ends_with('\n');
    if is_line_start && newline > 0 {
        end += newline;
    } else if is_line_start && rest.is_empty() && start > 0 {
        // The file had no newline at its end.
        start -= 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Configuration, NAME, settings_of};
    use crate::host::Host;

    fn configuration(text: &str) -> (tempfile::TempDir, Configuration) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join(".terraformrc");
        std::fs::write(&path, text).expect("written");
        let configuration = Configuration::read(path).expect("readable");
        (directory, configuration)
    }

    fn again(configuration: &Configuration) -> Configuration {
        Configuration::read(configuration.path.clone()).expect("readable")
    }

    fn asks_keybelt(configuration: &Configuration) -> bool {
        configuration.settings.helpers.contains(NAME)
    }

    const DEV: &str = "provider_installation {\n  dev_overrides {\n    \"example/widget\" = \"/home/dev/bin\"\n  }\n  direct {}\n}\n";

    #[test]
    fn installing_and_uninstalling_leaves_the_file_as_it_was() {
        for before in [
            "# mine\nplugin_cache_dir = \"x\" # kept\n\ncredentials \"a.example\" {\n  token = \"t\"\n}\n# the last word\n",
            DEV,
            "disable_checkpoint = true",
            "# a comment without an end",
            "disable_checkpoint = true\r\n",
            "",
            "{}",
            "{\"disable_checkpoint\": true}\n",
            " {\n  \"credentials\": {\"a.example\": {\"token\": \"t\"}},\n}\nrest",
        ] {
            let (_directory, configuration) = configuration(before);
            configuration.ask_keybelt().expect("done");
            let after = again(&configuration);
            assert!(asks_keybelt(&after), "{before}");
            after.stop_asking().expect("done");
            assert_eq!(again(&after).text, before);
        }
    }

    #[test]
    fn a_block_of_any_form_is_taken_out_with_its_comma() {
        for (before, after) in [
            ("a = 1, credentials_helper \"keybelt\" {}, b = 2\n", "a = 1,  b = 2\n"),
            ("credentials_helper = { keybelt = { args = [\"x\"] } }\nb = 2\n", "b = 2\n"),
            ("credentials_helper \"keybelt\" {} # ours\n", " # ours\n"),
            ("{\"b\":1,\"credentials_helper\":{\"keybelt\":{}}}", "{\"b\":1}"),
            ("{\"credentials_helper\":[{\"keybelt\":{}}],\"b\":1}", "{\"b\":1}"),
        ] {
            let (_directory, configuration) = configuration(before);
            configuration.stop_asking().expect("done");
            assert_eq!(again(&configuration).text, after);
        }
    }

    #[test]
    fn a_hosts_credentials_are_taken_out_of_every_form() {
        for (before, after) in [
            (
                "credentials \"a.example\" {}\ncredentials \"A.EXAMPLE\" { token = \"t\" }\nb = 1",
                "b = 1",
            ),
            (
                "credentials = { a.example = { token = \"t\" }, b.example = {} }",
                "credentials = {  b.example = {} }",
            ),
            ("{\"credentials\":{\"a.example\":{\"token\":\"t\"}}}", "{\"credentials\":{}}"),
            (
                "{\"credentials\":[{\"b.example\":{}},{\"a.example\":[{\"token\":\"t\"}]}]}",
                "{\"credentials\":[{\"b.example\":{}},{}]}",
            ),
            (
                "{\n  \"credentials\": {\n    \"b.example\": {},\n    \"a.example\": {\n      \"token\": \"t\"\n    }\n  }\n}",
                "{\n  \"credentials\": {\n    \"b.example\": {}\n  }\n}",
            ),
        ] {
            let (_directory, configuration) = configuration(before);
            let host = Host::parse("a.example").expect("a host");
            configuration.remove_credentials(&host).expect("done");
            assert_eq!(again(&configuration).text, after);
        }
    }

    #[test]
    fn a_comment_is_no_helper_and_a_damaged_file_is_not_quoted() {
        let (_directory, commented) = configuration("# credentials_helper \"vault\" {}\n");
        assert!(commented.settings.helpers.is_empty());
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("damaged.tfrc");
        std::fs::write(&path, "credentials \"a\" { token = \"canary-99\n").expect("written");
        let failure = Configuration::read(path).expect_err("damaged");
        assert!(!format!("{failure:?}").contains("canary"));
        assert!(failure.message.contains("is not valid at line 1, column 27"), "{failure}");
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("# a comment".to_owned()),
            Just("/* two\n lines */".to_owned()),
            Just(String::new()),
            Just("disable_checkpoint = true,".to_owned()),
            Just("x = <<EOF\n}{ \"\nEOF".to_owned()),
            "[a-z]{1,6}\\.example"
                .prop_map(|host| format!("credentials \"{host}\" {{ token = \"t\" }}")),
            "[a-z]{1,6}\\.example"
                .prop_map(|host| format!("credentials = {{ \"{host}\" = {{\n}}, }}")),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_stands_there_stays(
            lines in prop::collection::vec(line(), 0..8),
            end in "(\n|\r\n|)",
            crlf in any::<bool>(),
        ) {
            let mut before = lines.join("\n") + &end;
            if crlf {
                before = before.replace('\n', "\r\n").replace("\r\r", "\r");
            }
            prop_assume!(settings_of(&before).is_ok());
            let (_directory, configuration) = configuration(&before);
            configuration.ask_keybelt().expect("done");
            let after = again(&configuration);
            prop_assert!(after.text.starts_with(&before));
            after.stop_asking().expect("done");
            prop_assert_eq!(again(&after).text, before);
        }
    }
}
