//! The tests of the workspace by their names, for what cites them: a name that is cited exists.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The workspace's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Names of the tests in the Rust files below a folder of the workspace, each with the files, from
/// the workspace's root, that have one of that name.
///
/// # Errors
/// Where a file cannot be read.
pub fn tests_below(folder: &str) -> io::Result<BTreeMap<String, Vec<String>>> {
    let mut found = BTreeMap::new();
    walk(&root().join(folder), folder, &mut found)?;
    Ok(found)
}

fn walk(at: &Path, shown: &str, found: &mut BTreeMap<String, Vec<String>>) -> io::Result<()> {
    for entry in fs::read_dir(at)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let shown = format!("{shown}/{name}");
        if path.is_dir() && name != "target" {
            walk(&path, &shown, found)?;
        } else if name.ends_with(".rs") {
            for test in tests_in(&fs::read_to_string(&path)?) {
                found.entry(test).or_default().push(shown.clone());
            }
        }
    }
    Ok(())
}

/// Functions that `#[test]` stands before, with other attributes or comments in between or not.
fn tests_in(source: &str) -> Vec<String> {
    let mut is_test = false;
    let mut found = Vec::new();
    for line in source.lines().map(str::trim) {
        if line == "#[test]" {
            is_test = true;
        } else if let Some(rest) = line.strip_prefix("fn ") {
            if is_test {
                let name = rest.split(['(', '<']).next().unwrap_or_default();
                found.push(name.to_string());
            }
            is_test = false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_found_by_its_attribute_and_nothing_else_is() {
        let source = "#[test]\nfn a() {}\nfn b() {}\n#[test]\n#[should_panic]\n// c\nfn c() {}";
        assert_eq!(tests_in(source), ["a", "c"]);
    }

    #[test]
    fn this_file_has_its_tests() {
        let found = tests_below("packages/testing/src").unwrap();
        let files = &found["this_file_has_its_tests"];
        assert_eq!(files[..], ["packages/testing/src/named.rs"]);
    }
}
