//! `docs/threat-model.md` names tests: they exist.

use std::fs;

use vitals_testing::named::{root, tests_below};

const PAGE: &str = "docs/threat-model.md";

fn page() -> String {
    fs::read_to_string(root().join(PAGE)).unwrap()
}

/// Everything the page has in backticks that is of the form `file.rs::test`.
fn cited(page: &str) -> Vec<(String, String)> {
    page.split('`')
        .skip(1)
        .step_by(2)
        .filter_map(|code| code.split_once(".rs::"))
        .map(|(file, test)| (format!("{file}.rs"), test.to_string()))
        .collect()
}

#[test]
fn every_test_that_the_threat_model_names_exists_where_it_says() {
    let mut tests = tests_below("contracts").unwrap();
    for (test, files) in tests_below("packages").unwrap() {
        tests.entry(test).or_default().extend(files);
    }
    let cited = cited(&page());
    assert!(cited.len() > 100, "only {} are named", cited.len());
    let missing: Vec<String> = cited
        .into_iter()
        .filter(|(file, test)| !tests.get(test).is_some_and(|files| files.contains(file)))
        .map(|(file, test)| format!("{file}::{test}"))
        .collect();
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}

#[test]
fn every_threat_has_a_property_tests_and_what_remains() {
    let page = page();
    let threats: Vec<&str> = page.split("\n### ").skip(1).collect();
    assert!(threats.len() >= 20, "{} threats", threats.len());
    for threat in threats {
        let title = threat.lines().next().unwrap_or_default();
        for part in ["**Threat.**", "**Property.**", "**Tests.**", "**Remains.**"] {
            assert!(threat.contains(part), "{title}: no {part}");
        }
        assert!(!cited(threat).is_empty(), "{title}: names no test");
    }
}

/// Tests of attacks are there to be found: each file of them is named at least once.
#[test]
fn every_file_of_attacks_is_named() {
    let page = page();
    let tests = tests_below("contracts").unwrap();
    let mut files: Vec<&String> = tests.values().flatten().collect();
    files.sort_unstable();
    files.dedup();
    for file in files
        .into_iter()
        .filter(|file| file.contains("/adversarial"))
    {
        assert!(page.contains(&format!("{file}::")), "{file} is not named");
    }
}
