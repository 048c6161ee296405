use super::*;

fn source(text: &str, variables: &[(&str, &str)]) -> Source {
    let own = |(name, value): &(&str, &str)| (name.to_string(), value.to_string());
    Source::of(text, variables.iter().map(own)).unwrap()
}

const SOUND: &str = "[s]\nname = 'n'\nnumber = 1\n[s.inner]\nflag = true\npath = 'p'\n";

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    name: String,
    number: u8,
    #[serde(default)]
    list: Vec<u8>,
    inner: Inner,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Inner {
    path: String,
    flag: bool,
}

impl Settings for Sample {
    fn check(&self) -> Vec<Fault> {
        match self.number {
            0..=9 => Vec::new(),
            got => vec![Fault::new("number", format!("{got} is above 9"))],
        }
    }
}

fn faults(text: &str, variables: &[(&str, &str)]) -> Vec<(String, String)> {
    let faults = source(text, variables).look::<Sample>("s").unwrap_err();
    faults
        .into_iter()
        .map(|fault| (fault.key, fault.rule))
        .collect()
}

#[test]
fn the_environment_goes_over_the_file_and_the_command_line_over_both() {
    let mut source = source(
        SOUND,
        &[("VITALS_S__NUMBER", "2"), ("VITALS_S__INNER__PATH", "q")],
    );
    let read: Sample = source.section("s").unwrap();
    assert_eq!((read.number, &*read.inner.path, &*read.name), (2, "q", "n"));
    source
        .set("s", "number", Some(3))
        .set("s", "name", None::<String>);
    let read: Sample = source.section("s").unwrap();
    assert_eq!((read.number, &*read.name), (3, "n"));
}

#[test]
fn a_text_of_the_environment_is_whatever_type_its_setting_has() {
    let over = [
        ("VITALS_S__NAME", "17"),
        ("VITALS_S__NUMBER", "7"),
        ("VITALS_S__LIST", "[1, 2]"),
        ("VITALS_S__INNER__PATH", "/var/lib"),
        ("VITALS_S__INNER__FLAG", "true"),
    ];
    let read: Sample = source("", &over).section("s").unwrap();
    let inner = Inner {
        path: "/var/lib".into(),
        flag: true,
    };
    assert_eq!(
        read,
        Sample {
            name: "17".into(),
            number: 7,
            list: vec![1, 2],
            inner
        }
    );
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let text = "[s]\nnumber = 'x'\nlist = [1, 'y']\nextra = 1\n[s.inner]\nflag = 3\nmore = 1";
    let found = faults(text, &[]);
    let mut keys: Vec<_> = found.iter().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    let expected = [
        "extra",
        "inner.flag",
        "inner.more",
        "inner.path",
        "list",
        "name",
        "number",
    ];
    assert_eq!(keys, expected, "{found:#?}");
    let rule = |key: &str| &found.iter().find(|(known, _)| known == key).unwrap().1;
    assert_eq!(rule("name"), "is missing");
    assert!(rule("extra").starts_with("unknown field"), "{found:?}");
}

#[test]
fn a_value_that_breaks_a_rule_is_named_beside_others_and_once() {
    assert_eq!(
        faults(SOUND, &[("VITALS_S__NUMBER", "12")]),
        [("number".to_string(), "12 is above 9".to_string())]
    );
    let found = faults(SOUND, &[("VITALS_S__NUMBER", "twelve")]);
    assert_eq!(found.len(), 1, "{found:?}");
    let found = faults(
        SOUND,
        &[("VITALS_S__NUMBER", "12"), ("VITALS_S__NMAE", "n")],
    );
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_section_that_is_nowhere_lacks_its_fields_and_one_that_is_no_table_is_refused() {
    let found = faults("", &[]);
    let missing: Vec<_> = found
        .iter()
        .filter(|(_, rule)| rule == "is missing")
        .collect();
    assert_eq!(missing.len(), 5, "{found:?}");
    assert_eq!(faults("s = 1", &[]).len(), 1);
}

#[test]
fn an_error_names_section_and_key_of_each_fault() {
    let text = SOUND.replace("number = 1", "number = 10\nmore = 1");
    let error = source(&text, &[])
        .section::<Sample>("s")
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("config/invalid: s.more: unknown field"),
        "{error}"
    );
}

#[test]
fn sections_of_file_and_environment_are_named_once() {
    let over = [
        ("VITALS_S__NUMBER", "1"),
        ("VITALS_T__X", "1"),
        ("VITALS_NODE", "n"),
    ];
    assert_eq!(source(SOUND, &over).sections(), ["s", "t"]);
}

#[test]
fn a_file_that_is_no_toml_is_refused_with_its_line() {
    let error = Source::of("[chain]\nnode = \n", [])
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("config/toml: ") && error.contains("line 2"),
        "{error}"
    );
}
