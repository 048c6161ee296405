//! Files that only the account of the program may read.

use std::ffi::OsStr;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Bits of the mode that let others do anything.
const OTHERS: u32 = 0o077;

/// Where systemd puts a unit's credentials.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// The file's mode, where it lets others than its owner at it. Never of what systemd gave to this
/// unit as a credential: that shows 440, and its group stands for the access list that admits the
/// unit's user alone.
pub fn open_to_others(path: &Path) -> io::Result<Option<u32>> {
    let mode = std::fs::metadata(path)?.permissions().mode() & 0o777;
    let credentials = std::env::var_os(CREDENTIALS);
    let private = mode & OTHERS == 0 || is_credential(credentials.as_deref(), path);
    Ok((!private).then_some(mode))
}

fn is_credential(directory: Option<&OsStr>, path: &Path) -> bool {
    let directory = directory.and_then(|at| Path::new(at).canonicalize().ok());
    let path = path.canonicalize();
    matches!((directory, path), (Some(at), Ok(path)) if path.starts_with(&at))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_systemd_gave_is_private_whatever_its_mode_and_a_way_round_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let (given, other) = (dir.path().join("given"), dir.path().join("other"));
        fs::create_dir(&given).unwrap();
        let key = given.join("identity");
        fs::write(&key, "key").unwrap();
        fs::write(&other, "key").unwrap();
        assert!(is_credential(Some(given.as_os_str()), &key));
        let outside = given.join("..").join("other");
        assert!(!is_credential(Some(given.as_os_str()), &outside));
        assert!(!is_credential(Some(given.as_os_str()), &other));
        assert!(!is_credential(None, &key));
    }

    #[test]
    fn a_mode_that_lets_others_in_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        fs::write(&path, "s").unwrap();
        for (mode, told) in [(0o600, None), (0o400, None), (0o640, Some(0o640))] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(open_to_others(&path).unwrap(), told);
        }
    }
}
