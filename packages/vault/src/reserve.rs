//! Room on the disk that is kept for erasures: each is on disk before anything is deleted, so where
//! nothing more could be written a vault would stay full.

use std::fs::File;
use std::future::Future;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::refusal::Refusal;

/// An erasure of as many objects as one takes is some 80 kB in the log.
const BYTES: usize = 1 << 20;

/// What a disk that is full keeps from being written: the request, or what it led to.
const FULL: [&str; 2] = ["vault/nonces", "vault/log"];

/// A file that takes up room until it is needed. Without one, nothing is kept.
#[derive(Debug, Clone, Default)]
pub struct Reserve(Option<PathBuf>);

impl Reserve {
    /// What the file took up is free until [`Reserve::keep`]: a vault that starts on a full disk
    /// needs it too.
    pub fn free(path: &Path) -> Self {
        let reserve = Self(Some(path.into()));
        reserve.give_up();
        reserve
    }

    /// Takes up room, where it does not yet. A disk that has none is told of, and the vault works.
    pub(crate) fn keep(&self) {
        let Some(path) = self.0.as_ref().filter(|path| !path.exists()) else {
            return;
        };
        if let Err(cause) = written(path) {
            tracing::warn!(%cause, "no room could be kept on the disk for erasures");
            self.give_up();
        }
    }

    /// Acts, and where the disk is full once more with the room that was kept.
    pub(crate) async fn help<T, F>(&self, act: impl Fn() -> F) -> Result<T, Refusal>
    where
        F: Future<Output = Result<T, Refusal>>,
    {
        match act().await {
            Err(refusal) if FULL.contains(&refusal.code.as_str()) && self.give_up() => act().await,
            done => done,
        }
    }

    /// Whether there was any.
    fn give_up(&self) -> bool {
        let path = self.0.as_ref();
        path.is_some_and(|path| std::fs::remove_file(path).is_ok())
    }
}

/// Of what no file system makes shorter.
fn written(path: &Path) -> std::io::Result<()> {
    let mut bytes = vec![0; BYTES];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    let mut file = File::create(path)?;
    file.write_all(&bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Fails as long as the file takes up room.
    async fn erased(path: &Path, code: &str, tried: &Cell<u32>) -> Result<(), Refusal> {
        tried.set(tried.get() + 1);
        match path.exists() {
            true => Err(Refusal::unavailable(code, "no space left on device")),
            false => Ok(()),
        }
    }

    async fn helped(reserve: &Reserve, path: &Path, code: &str) -> (bool, u32) {
        let tried = Cell::new(0);
        let done = reserve.help(|| erased(path, code, &tried)).await;
        (done.is_ok(), tried.get())
    }

    #[tokio::test]
    async fn an_erasure_that_finds_the_disk_full_is_recorded_in_the_room_kept_for_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("reserve");
        let reserve = Reserve::free(&path);
        for code in FULL {
            reserve.keep();
            assert_eq!(std::fs::metadata(&path).unwrap().len(), BYTES as u64);
            assert_eq!(helped(&reserve, &path, code).await, (true, 2));
        }
        reserve.keep();
        let denied = helped(&reserve, &path, "consent/not_the_controller").await;
        assert_eq!(denied, (false, 1), "a stranger does not use it up");
        assert!(path.exists());
    }

    #[tokio::test]
    async fn without_room_kept_a_full_disk_is_told_of() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("other");
        std::fs::write(&path, b"").unwrap();
        let none = helped(&Reserve::default(), &path, "vault/log").await;
        assert_eq!(none, (false, 1));
        let away = Reserve::free(&dir.path().join("no/such/directory"));
        away.keep();
        assert_eq!(helped(&away, &path, "vault/log").await, (false, 1));
    }
}
