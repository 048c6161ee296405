//! Where ciphertext goes: vaults, seen as stores by digest.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use vitals_core::measure::Category;
use vitals_core::time::Epoch;

/// Why a store did not take something. The text goes to the operator, so it holds no content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// Of others nothing is said: this one is of an hour that the store has no ground for, say.
    #[error("{0}")]
    Refused(String),
    /// It takes nothing now, or may have taken it.
    #[error("{0}")]
    Unavailable(String),
}

/// Ciphertext, and whose it is: a vault asks the chain whether this account may seal for them.
#[derive(Debug, Clone, Copy)]
pub struct Blob<'a> {
    pub patient: u64,
    pub category: Category,
    pub epoch: Epoch,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    pub bytes: &'a [u8],
}

/// A store by SHA-256. Putting the same bytes again is success. Each is used on a thread of its
/// own.
pub trait BlobStore: Send + 'static {
    /// Told apart from the other stores by this, for as long as the gateway's store lives.
    fn name(&self) -> &str;

    /// Returns once the store has the bytes for good.
    fn put(&self, blob: &Blob<'_>) -> Result<(), BlobError>;
}

impl<T: BlobStore + ?Sized> BlobStore for Box<T> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn put(&self, blob: &Blob<'_>) -> Result<(), BlobError> {
        (**self).put(blob)
    }
}

/// A store in memory; clones share their content.
#[derive(Debug, Clone)]
pub struct MemoryBlobs {
    name: String,
    blobs: Arc<Mutex<BTreeMap<[u8; 32], Vec<u8>>>>,
}

impl MemoryBlobs {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            blobs: Arc::default(),
        }
    }

    pub fn get(&self, digest: &[u8; 32]) -> Option<Vec<u8>> {
        let blobs = self.blobs.lock().unwrap_or_else(PoisonError::into_inner);
        blobs.get(digest).cloned()
    }
}

impl BlobStore for MemoryBlobs {
    fn name(&self) -> &str {
        &self.name
    }

    fn put(&self, blob: &Blob<'_>) -> Result<(), BlobError> {
        let mut blobs = self.blobs.lock().unwrap_or_else(PoisonError::into_inner);
        blobs.insert(blob.digest, blob.bytes.to_vec());
        Ok(())
    }
}

/// A directory with one file a digest, named in hex.
#[derive(Debug, Clone)]
pub struct FileBlobs {
    name: String,
    dir: PathBuf,
}

impl FileBlobs {
    /// The directory must exist.
    pub fn new(dir: PathBuf) -> Self {
        Self {
            name: dir.display().to_string(),
            dir,
        }
    }

    /// Written beside and renamed: a file under its digest is whole.
    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let draft = self.dir.join(format!("{name}.part"));
        let mut file = File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, self.dir.join(name))?;
        File::open(&self.dir)?.sync_all()
    }
}

impl BlobStore for FileBlobs {
    fn name(&self) -> &str {
        &self.name
    }

    fn put(&self, blob: &Blob<'_>) -> Result<(), BlobError> {
        self.write(&hex::encode(blob.digest), blob.bytes)
            .map_err(|cause| BlobError::Unavailable(format!("{}: {cause}", self.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_keeps_whole_files_under_their_digests() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = FileBlobs::new(dir.path().to_owned());
        let blob = Blob {
            patient: 1,
            category: Category::Cardiac,
            epoch: 1,
            digest: [0xab; 32],
            bytes: b"bytes",
        };
        blobs.put(&blob).unwrap();
        blobs.put(&blob).unwrap();
        let path = dir.path().join("ab".repeat(32));
        assert_eq!(fs::read(path).unwrap(), b"bytes");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        let nowhere = FileBlobs::new(dir.path().join("nowhere"));
        assert!(nowhere.put(&blob).is_err());
    }
}
