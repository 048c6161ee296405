//! The units of `deploy/`, against the program's own parser.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Parser;

use super::Cli;

fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy")
}

/// Name and text of each.
fn units() -> Vec<(String, String)> {
    let files = std::fs::read_dir(deploy()).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let units = paths.filter(|path| path.extension().is_some_and(|end| end == "service"));
    units
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_string();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn values<'a>(unit: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = unit.lines().filter_map(|line| line.split_once('='));
    lines
        .filter(move |(name, _)| *name == key)
        .map(|(_, value)| value)
}

/// What systemd sets, and the example of the unit's file of variables.
fn environment(unit: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::from([
        ("STATE_DIRECTORY".into(), "/var/lib/vitals-x".into()),
        ("CREDENTIALS_DIRECTORY".into(), "/run/credentials/x".into()),
    ]);
    for path in values(unit, "EnvironmentFile") {
        let example = deploy().join(Path::new(path).file_name().unwrap());
        let text = std::fs::read_to_string(example).unwrap();
        let set = text.lines().filter(|line| !line.starts_with('#'));
        all.extend(set.filter_map(|line| {
            let (name, value) = line.split_once('=')?;
            Some((name.to_string(), value.to_string()))
        }));
    }
    all
}

/// As systemd does: `${NAME}` within a word, `$NAME` as so many words as it holds.
fn words(line: &str, environment: &BTreeMap<String, String>) -> Vec<String> {
    let mut words = Vec::new();
    for word in line.split_whitespace() {
        match word.strip_prefix('$').filter(|name| !name.starts_with('{')) {
            Some(name) => words.extend(environment[name].split_whitespace().map(String::from)),
            None => words.push(
                environment
                    .iter()
                    .fold(word.to_string(), |word, (name, value)| {
                        word.replace(&format!("${{{name}}}"), value)
                    }),
            ),
        }
    }
    words
}

#[test]
fn every_unit_starts_a_command_that_the_program_takes() {
    let units = units();
    assert_eq!(units.len(), 7);
    for (name, unit) in units {
        let [line] = &values(&unit, "ExecStart").collect::<Vec<_>>()[..] else {
            panic!("{name}: one ExecStart");
        };
        let environment = environment(&unit);
        let mut words = words(line, &environment);
        assert_eq!(words[0], "/usr/local/bin/vitals", "{name}");
        // clap reads it from the environment of the process, which belongs to all tests
        if let Some(node) = environment.get("VITALS_NODE") {
            words.extend(["--node".to_string(), node.clone()]);
        }
        assert!(
            !words.iter().any(|word| word.contains('$')),
            "{name}: {words:?}"
        );
        if let Err(error) = Cli::try_parse_from(&words) {
            panic!("{name}: {error}");
        }
    }
}

/// Each under a user of its own, and shut in as the others are.
#[test]
fn every_unit_is_hardened_as_the_others_are() {
    let hardened = |name: &str, unit: &str| {
        let (_, rest) = unit.split_once("\nDynamicUser=yes\n").unwrap();
        let user = format!("User={name}\n");
        assert!(rest.starts_with(&user), "{name}: {rest}");
        rest.strip_prefix(&user).unwrap().to_string()
    };
    let units = units();
    let (name, unit) = &units[0];
    let expected = hardened(name, unit);
    for (name, unit) in &units {
        assert_eq!(hardened(name, unit), expected, "{name}");
        let user = |value: &str| value == name.as_str();
        assert!(values(unit, "StateDirectory").all(user), "{name}");
    }
}
