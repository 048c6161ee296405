//! The answers as a file that people read: by request, by answer, who got it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::{ensure, Context, Result};

use super::Table;

const HEAD: &str = "# What a vault answers to whom: `soak matrix` asked it over HTTP, with consent on a real chain.\n# Written by `soak matrix --write`; read every change.\n";

pub fn hold(file: &Path, table: &Table, write: bool) -> Result<()> {
    let found = text(table)?;
    if write {
        return Ok(std::fs::write(file, found)?);
    }
    let due =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let differences = differences(&due, &found);
    ensure!(
        differences.is_empty(),
        "other answers than {} has:\n{}",
        file.display(),
        differences.join("\n")
    );
    Ok(())
}

fn text(table: &Table) -> Result<String> {
    let mut text = String::from(HEAD);
    for (request, row) in table {
        let mut by_answer: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (actor, answer) in row {
            by_answer.entry(answer.to_string()).or_default().push(actor);
        }
        write!(text, "\n{request}\n")?;
        for (answer, actors) in by_answer {
            writeln!(text, "  {answer}: {}", actors.join("; "))?;
        }
    }
    Ok(text)
}

/// Lines that only one has, under the request they are of.
fn differences(due: &str, found: &str) -> Vec<String> {
    let (due, found) = (sections(due), sections(found));
    let names: std::collections::BTreeSet<_> = due.keys().chain(found.keys()).collect();
    let only = |a: &[&str], b: &[&str], sign: char| -> Vec<String> {
        let lines = a.iter().filter(|line| !b.contains(line));
        lines.map(|line| format!("{sign}{line}")).collect()
    };
    let section = |name: &&&str| {
        let (was, is) = (
            due.get(**name).cloned().unwrap_or_default(),
            found.get(**name).cloned().unwrap_or_default(),
        );
        let changed = [only(&was, &is, '-'), only(&is, &was, '+')].concat();
        (!changed.is_empty()).then(|| format!("{name}\n{}", changed.join("\n")))
    };
    names.iter().filter_map(section).collect()
}

fn sections(text: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut name = "";
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match line.starts_with(' ') {
            true => sections.entry(name).or_default().push(line),
            false => name = line,
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_answer_is_told_with_its_request_and_the_same_is_none() {
        let due = "# head\n\nGET a\n  200: x; y\n\nGET b\n  403 c: x\n";
        assert_eq!(differences(due, due), Vec::<String>::new());
        let found = due.replace("x; y", "x");
        assert_eq!(differences(due, &found), ["GET a\n-  200: x; y\n+  200: x"]);
    }
}
