//! Whom a vault is run for.

use std::collections::BTreeSet;
use std::path::Path;

use tokio::sync::watch;

/// The numbers of patients whom the operator lists; whoever changes the list sends another.
pub type Patients = watch::Receiver<BTreeSet<u64>>;

#[derive(Debug, thiserror::Error)]
#[error("vault/patients: {path}: {cause}")]
pub struct PatientsError {
    path: String,
    cause: String,
}

/// One number a line; what follows `#` is for people.
pub fn patients(file: &Path) -> Result<BTreeSet<u64>, PatientsError> {
    let refuse = |cause: String| PatientsError {
        path: file.display().to_string(),
        cause,
    };
    let text = std::fs::read_to_string(file).map_err(|cause| refuse(cause.to_string()))?;
    let said = |line: &'_ str| line.split('#').next().unwrap_or_default().trim().to_owned();
    let lines = text.lines().map(said).enumerate();
    lines
        .filter(|(_, line)| !line.is_empty())
        .map(|(before, line)| {
            let number = line.parse();
            number.map_err(|_| {
                refuse(format!(
                    "line {}: {line} is no patient's number",
                    before + 1
                ))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BTreeSet<u64>, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("patients");
        std::fs::write(&path, text).unwrap();
        patients(&path).map_err(|cause| cause.to_string())
    }

    #[test]
    fn a_list_has_one_number_a_line_and_words_for_people() {
        let text = "# ward 3\n7\n\n  18446744073709551615  # moved in May\n";
        assert_eq!(read(text), Ok(BTreeSet::from([7, u64::MAX])));
        assert_eq!(read(""), Ok(BTreeSet::new()));
    }

    #[test]
    fn a_line_that_is_no_number_and_a_file_that_is_not_there_are_refused() {
        for (text, line) in [
            ("7\nx", "line 2: x"),
            ("7 8", "line 1: 7 8"),
            ("-1", "line 1: -1"),
        ] {
            let refused = read(text).unwrap_err();
            assert!(
                refused.starts_with("vault/patients: ") && refused.contains(line),
                "{refused}"
            );
        }
        assert!(patients(Path::new("/none/such")).is_err());
    }
}
