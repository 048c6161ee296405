use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

/// Between two looks at a file.
pub const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A file that changes while a service runs, and the digest of what it held when it was last looked
/// at. It is looked at before it is read, so that no change falls between.
#[derive(Debug)]
pub struct WatchedFile {
    path: PathBuf,
    seen: Option<[u8; 32]>,
}

impl WatchedFile {
    pub fn new(path: &Path) -> Self {
        let path = path.to_path_buf();
        let seen = digest(&path);
        Self { path, seen }
    }

    /// Since it was last looked at; one that comes or goes changes too.
    pub fn changed(&mut self) -> bool {
        let now = digest(&self.path);
        let changed = now != self.seen;
        self.seen = now;
        changed
    }
}

fn digest(path: &Path) -> Option<[u8; 32]> {
    let bytes = std::fs::read(path).ok()?;
    Some(Sha256::digest(bytes).into())
}
