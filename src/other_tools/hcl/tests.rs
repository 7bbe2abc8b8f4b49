use proptest::prelude::*;

use super::{Document, Item, Kind, Value, parse};

fn keys(document: &Document<'_>) -> Vec<String> {
    let all = document.blocks();
    let joined = |item: &Item<'_>| {
        let keys = item.keys.iter().map(|key| key.text().expect("a text"));
        keys.collect::<Vec<_>>().join("/")
    };
    all.iter().map(joined).collect()
}

#[test]
fn blocks_maps_and_json_are_read_as_the_library_reads_them() {
    for (text, expected) in [
        ("", &[][..]),
        ("# c\n// c\n/* c */", &[]),
        ("a = 1 b = 2, c = \"x\"\n", &["a", "b", "c"]),
        ("credentials \"h\" { token = \"x\" }", &["credentials/h"]),
        ("p {\n  o = { \"example/widget\" = \"/x\" }\n  direct {}\n}", &["p"]),
        ("a = [1, \"x\", [2] {}, ]\n", &["a"]),
        ("a = <<EOF\n}{\nEOF\nb = 1\n", &["a", "b"]),
        ("a = <<-EOF\r\n  x\r\n   EOF\r\nb = 1\r\n", &["a", "b"]),
        ("a = \"${x(\"y\")}\" b = -1.5e3 c = 0x1f d = 017", &["a", "b", "c", "d"]),
        // What ends behind the sign is no setting, and no error.
        ("a = 1\nb =", &["a"]),
        ("a { b = } }", &["a"]),
        (r#"{"a":{"b":{"c":1},"d":{}},"e":[{"f":1},{"f":2}]}"#, &["a/b", "a/d", "e", "e"]),
        (r#" {"a":1,"b":[],} {"#, &["a", "b"]),
        (r#"{"a":{"b":1 "c":2}}"#, &["a"]),
        (r#"{"a":1"#, &["a"]),
        (r#"{"a":{"b":"x"},"c":{"d":1}"#, &["a", "c"]),
    ] {
        let document = parse(text).unwrap_or_else(|invalid| panic!("{text}: {invalid:?}"));
        assert_eq!(keys(&document), expected, "{text}");
    }
}

#[test]
fn what_the_library_refuses_is_refused_and_located() {
    for (text, position) in [
        ("a = \"x\nb = 1\n", (1, 5)),
        ("ok = 1\na b = 2", (2, 5)),
        ("a { b }", (1, 7)),
        ("a = [1 2]", (1, 8)),
        ("a = <<EOF\nx\n", (1, 5)),
        ("a = \"\\q\"", (1, 7)),
        ("/* c", (1, 1)),
        ("a = 0x", (1, 5)),
        ("a = \"b\0\"", (1, 7)),
        ("\u{feff}a = 1", (1, 1)),
        ("{\"a\":\"b\n\"}", (1, 6)),
        ("{\"a\":tru}", (1, 6)),
        ("{\"a\":[null]}", (1, 7)),
        ("{\"a\":\"\\/\"}", (1, 8)),
        ("a = {", (1, 6)),
    ] {
        let invalid = parse(text).map(|document| document.items.len()).expect_err(text);
        assert_eq!(invalid.position(text), position, "{text}");
    }
    let deep = "a = ".to_owned() + &"[".repeat(10_000);
    assert!(parse(&deep).is_err(), "depth is bounded");
}

#[test]
fn texts_mean_what_they_mean_to_the_library() {
    for (text, meaning) in [
        (r#"a = "x\ty\u00e9\x41\101""#, Some("x\tyéAA")),
        (r#"a = "${b("c\n")}\n""#, Some("${b(\"c\\n\")}\n")),
        (r#"a = "\400""#, None),
        (r#"{"a":"\u00e9\x41"}"#, Some("éA")),
        (r#"{"a":"\ud83d\ude00"}"#, None),
        (r#"{"a":null}"#, Some("")),
        ("a = <<E\none\ntwo\nE\n", Some("one\ntwo\n")),
    ] {
        let document = parse(text).expect("valid");
        let Value::Literal(literal) = &document.items[0].value else { panic!("{text}") };
        assert_eq!(literal.text().ok().as_deref(), meaning, "{text}");
        assert!(matches!(literal.kind, Kind::String | Kind::Heredoc));
        assert!(!format!("{document:?}").contains("xy"), "values are not shown");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the text is, reading ends, and every position lies in it.
    #[test]
    fn any_text_is_read_or_refused(text in "[ab\"\\\\{}\\[\\]=,<\n\r#/*.0-9eE$ \u{e9}-]{0,60}") {
        match parse(&text) {
            Ok(document) => for item in &document.items {
                prop_assert!(text.get(item.span.clone()).is_some());
            },
            Err(invalid) => {
                let (line, column) = invalid.position(&text);
                prop_assert!(line >= 1 && column >= 1);
            }
        }
    }

    /// An item taken out by its position leaves the others, and an item's own text is that item.
    #[test]
    fn positions_are_those_of_the_items(
        names in prop::collection::vec("[a-z]{1,5}", 1..6),
        gap in "( |\n|\r\n|# c\n|/\\*c\\*/)",
        which in any::<prop::sample::Index>(),
    ) {
        let blocks: Vec<String> = names.iter().map(|name| format!("{name} \"x\" {{ y = [1] }}")).collect();
        let text = blocks.join(&format!("{gap}\n"));
        let document = parse(&text).expect("valid");
        prop_assert_eq!(document.items.len(), names.len());
        let nth = which.index(names.len());
        let span = document.items[nth].span.clone();
        prop_assert_eq!(&text[span.clone()], &blocks[nth]);
        let left = format!("{}{}", &text[..span.start], &text[span.end..]);
        prop_assert_eq!(parse(&left).expect("valid").items.len(), names.len() - 1);
    }

    /// JSON from a writer that we did not write is read to its end.
    #[test]
    fn well_formed_json_is_taken(hosts in prop::collection::btree_map("[a-z]{1,8}\\.example", "[ -~]{0,20}", 0..5)) {
        let blocks: serde_json::Map<_, _> = hosts
            .iter()
            .map(|(host, token)| (host.clone(), serde_json::json!({ "token": token })))
            .collect();
        let text = serde_json::json!({ "credentials": blocks }).to_string();
        let document = parse(&text).expect("valid");
        prop_assert_eq!(document.blocks().len(), hosts.len().max(1));
    }
}
