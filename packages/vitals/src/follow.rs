//! Files that change while a service runs: a certificate that is renewed, a list that grows.

use std::path::Path;

use tokio::sync::watch;
use vitals_transport::{WatchedFile, LOOK_EVERY};

use crate::failure::Failure;

/// What `read` makes of the files, and makes anew each time one of them changes. Fails where it
/// cannot be read now; later that leaves things as they were, and is told.
pub fn follow<T: Send + Sync + 'static>(
    what: &'static str,
    files: &[&Path],
    read: impl Fn() -> Result<T, Failure> + Send + 'static,
) -> Result<watch::Receiver<T>, Failure> {
    let mut files: Vec<_> = files.iter().map(|file| WatchedFile::new(file)).collect();
    let (told, current) = watch::channel(read()?);
    std::thread::spawn(move || {
        while !told.is_closed() {
            std::thread::sleep(LOOK_EVERY);
            // each is looked at: several are mostly written together
            let changed: Vec<bool> = files.iter_mut().map(WatchedFile::changed).collect();
            if changed.contains(&true) {
                put(what, &told, read());
            }
        }
    });
    Ok(current)
}

fn put<T>(what: &str, told: &watch::Sender<T>, fresh: Result<T, Failure>) {
    match fresh {
        Ok(fresh) => {
            told.send_replace(fresh);
            tracing::info!(what, "read again");
        }
        Err(cause) => tracing::warn!(what, %cause, "what holds is as before"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn what_changes_is_read_again_and_what_cannot_be_read_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let [one, two] = ["one", "two"].map(|name| dir.path().join(name));
        let write = |path: &Path, text: &str| std::fs::write(path, text).unwrap();
        let number = |path: &Path| {
            let text = std::fs::read_to_string(path).map_err(|cause| Failure::file(path, cause))?;
            let read = text.parse::<u32>();
            read.map_err(|cause| Failure::new("cli/number", cause))
        };
        write(&one, "1");
        write(&two, "2");
        let (of_one, of_two) = (one.clone(), two.clone());
        let sum = move || Ok(number(&of_one)? + number(&of_two)?);
        let mut current = follow("sum", &[&one, &two], sum.clone()).unwrap();
        assert_eq!(*current.borrow_and_update(), 3);
        write(&two, "none");
        follow("sum", &[&one, &two], sum).unwrap_err();
        std::thread::sleep(LOOK_EVERY * 2);
        assert_eq!(*current.borrow(), 3);
        write(&two, "5");
        let begun = Instant::now();
        while *current.borrow() != 6 {
            assert!(begun.elapsed() < Duration::from_secs(60), "it did not come");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
