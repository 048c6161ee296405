//! Files that only the notifier's account may read.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use vitals_at_rest::open_to_others;
use zeroize::Zeroizing;

use crate::NotifyError;

/// A file's text without the space around it, wiped from memory when it is dropped.
pub(crate) fn read(path: &Path) -> Result<Zeroizing<String>, NotifyError> {
    let refuse = |rule: String| NotifyError::Secret {
        path: path.to_owned(),
        rule,
    };
    let mode = open_to_others(path).map_err(|cause| refuse(cause.to_string()))?;
    if let Some(mode) = mode {
        return Err(refuse(format!(
            "others may read it (mode {mode:o}): set mode 600"
        )));
    }
    let text = std::fs::read_to_string(path).map(Zeroizing::new);
    let text = text.map_err(|cause| refuse(cause.to_string()))?;
    match text.trim() {
        "" => Err(refuse("is empty".into())),
        secret => Ok(Zeroizing::new(secret.to_owned())),
    }
}

/// Fails where there is a file already.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), NotifyError> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(path);
    file.and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    })
    .map_err(|cause| NotifyError::file(path, cause))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_secret_that_others_may_read_is_refused_without_being_shown() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        write(&path, "s3cret\n").unwrap();
        assert_eq!(read(&path).unwrap().as_str(), "s3cret");
        let open = std::fs::Permissions::from_mode(0o640);
        std::fs::set_permissions(&path, open).unwrap();
        let refused = read(&path).unwrap_err().to_string();
        assert!(refused.contains("mode 640"), "{refused}");
        assert!(!refused.contains("s3cret"), "{refused}");
    }

    #[test]
    fn a_secret_is_not_written_over_and_an_empty_one_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        write(&path, " \n").unwrap();
        write(&path, "other").unwrap_err();
        assert!(read(&path).unwrap_err().to_string().contains("is empty"));
    }
}
