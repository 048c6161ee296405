//! The figures of last time.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

pub type Figures = BTreeMap<String, u64>;

/// None where there is no snapshot yet.
pub fn read(file: &Path) -> Result<Figures> {
    match fs::read_to_string(file) {
        Ok(text) => serde_json::from_str(&text).with_context(|| file.display().to_string()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Figures::new()),
        Err(error) => Err(error).with_context(|| file.display().to_string()),
    }
}

/// A line for each figure that rose by more than one per cent, and for each that is gone.
pub fn risen(before: &Figures, now: &Figures) -> Vec<String> {
    before
        .iter()
        .filter_map(|(name, before)| match now.get(name) {
            Some(now) if u128::from(*now) * 100 <= u128::from(*before) * 101 => None,
            Some(now) => Some(format!("{name}: {before} before, {now} now")),
            None => Some(format!("{name}: {before} before, not measured now")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(of: &[(&str, u64)]) -> Figures {
        of.iter().map(|(n, g)| ((*n).to_string(), *g)).collect()
    }

    #[test]
    fn one_per_cent_passes_and_one_more_does_not() {
        let before = figures(&[("a", 100_000)]);
        assert!(risen(&before, &figures(&[("a", 101_000)])).is_empty());
        assert!(risen(&before, &figures(&[("a", 1), ("b", 9)])).is_empty());
        assert_eq!(
            risen(&before, &figures(&[("a", 101_001)])),
            ["a: 100000 before, 101001 now"]
        );
    }

    #[test]
    fn a_figure_that_is_gone_is_told() {
        let gone = risen(&figures(&[("a", 5)]), &Figures::new());
        assert_eq!(gone, ["a: 5 before, not measured now"]);
    }

    #[test]
    fn without_a_snapshot_nothing_rose() {
        let directory = tempfile::tempdir().unwrap();
        let none = read(&directory.path().join("gas.json")).unwrap();
        assert!(risen(&none, &figures(&[("a", 1)])).is_empty());
    }
}
