//! Changes to the file, whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::credentials::entry;
use crate::TransportError;

/// Gives a device its password, in a file that is made where there is none. A gateway that runs
/// takes it over within seconds; a connection under the device's old password ends then.
pub fn set(path: &Path, device: u64, password: &str) -> Result<(), TransportError> {
    let entry = entry(device, password)?;
    let mut lines = others(path, device)?;
    lines.push(entry);
    replace(path, &lines)
}

/// Takes a device's password away; whether it had one.
pub fn remove(path: &Path, device: u64) -> Result<bool, TransportError> {
    let before = lines(path)?.len();
    let lines = others(path, device)?;
    let removed = lines.len() < before;
    if removed {
        replace(path, &lines)?;
    }
    Ok(removed)
}

fn lines(path: &Path) -> Result<Vec<String>, TransportError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.lines().map(str::to_string).collect()),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(cause) => Err(TransportError::file(path, cause)),
    }
}

/// All lines but that of the device; comments stay.
fn others(path: &Path, device: u64) -> Result<Vec<String>, TransportError> {
    let own = format!("{device} ");
    let mut lines = lines(path)?;
    lines.retain(|line| !line.trim_start().starts_with(&own));
    Ok(lines)
}

fn replace(path: &Path, lines: &[String]) -> Result<(), TransportError> {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    write_whole(path, text.as_bytes()).map_err(|cause| TransportError::file(path, cause))
}

/// Beside it first, readable by its owner alone.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::read;

    const PASSWORD: &str = "correct horse battery";

    #[test]
    fn a_password_is_set_changed_and_taken_away_beside_those_of_others() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("devices");
        fs::write(&path, "# ward 3\n").unwrap();
        set(&path, 7, PASSWORD).unwrap();
        set(&path, 77, PASSWORD).unwrap();
        let before = read(&path).unwrap();
        set(&path, 7, PASSWORD).unwrap();
        let after = read(&path).unwrap();
        assert_ne!(before[&7], after[&7]);
        assert_eq!(before[&77], after[&77]);

        assert!(remove(&path, 7).unwrap());
        assert!(!remove(&path, 7).unwrap());
        assert_eq!(read(&path).unwrap().into_keys().collect::<Vec<_>>(), [77]);
        assert!(fs::read_to_string(&path).unwrap().starts_with("# ward 3\n"));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("devices");
        set(&path, 7, PASSWORD).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_device_that_is_listed_twice_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("devices");
        let line = entry(7, PASSWORD).unwrap();
        fs::write(&path, format!("{line}\n{line}\n")).unwrap();
        let refused = read(&path).unwrap_err().to_string();
        assert!(refused.starts_with("transport/credentials: "), "{refused}");
        assert!(refused.contains("line 2"), "{refused}");
    }
}
