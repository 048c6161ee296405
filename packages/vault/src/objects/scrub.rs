//! Looking through a store: what is altered, what interrupted writes left behind, what it takes.

use std::path::{Path as FilePath, PathBuf};

use futures_util::TryStreamExt;

use super::{Objects, ObjectsError, Stored};

/// What is in a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scrub {
    pub objects: u64,
    pub bytes: u64,
    /// Paths of objects whose bytes have another digest, or could not be read.
    pub altered: Vec<String>,
    /// Files of writes that were interrupted.
    pub leftovers: u64,
}

impl Objects {
    /// Reads every object and holds it against its digest. Changes nothing.
    pub async fn scrub(&self) -> Result<Scrub, ObjectsError> {
        let mut seen = Scrub {
            leftovers: self.leftovers(None).len() as u64,
            ..Scrub::default()
        };
        let mut listed = self.list(None);
        while let Some(Stored { object, bytes }) = listed.try_next().await? {
            seen.objects += 1;
            seen.bytes += bytes;
            if self.get(&object).await.is_err() {
                seen.altered.push(object.path().to_string());
            }
        }
        Ok(seen)
    }

    /// Deletes what interrupted writes of a patient, or of all, left behind.
    pub(crate) fn sweep(&self, patient: Option<u64>) -> Result<u64, ObjectsError> {
        let left = self.leftovers(patient);
        for path in &left {
            match std::fs::remove_file(path) {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                    let path = path.display().to_string();
                    return Err(ObjectsError::Directory { path, cause });
                }
                _ => self.tidy(path),
            }
        }
        Ok(left.len() as u64)
    }

    /// Directories that are empty now go too: their names tell category and hour.
    fn tidy(&self, path: &FilePath) {
        let within = |dir: &&FilePath| self.directory.as_deref().is_some_and(|top| *dir != top);
        let above = path.ancestors().skip(1).take_while(within);
        for dir in above {
            if std::fs::remove_dir(dir).is_err() {
                return;
            }
        }
    }

    fn leftovers(&self, patient: Option<u64>) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let Some(directory) = &self.directory else {
            return found;
        };
        for kind in ["blobs", "packages", "shares", "plans"] {
            let under = directory.join(kind);
            match patient {
                Some(patient) => collect(&under.join(patient.to_string()), &mut found),
                None => collect(&under, &mut found),
            }
        }
        found
    }
}

/// Files named as the store names what it has not finished: `<name>#<number>`.
fn collect(directory: &FilePath, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&path, found);
        } else if entry.file_name().to_string_lossy().contains('#') {
            found.push(path);
        }
    }
}
