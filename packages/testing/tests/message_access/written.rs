//! Files that are committed, and are made of the tables.

use std::path::PathBuf;
use std::{env, fs};

/// Set to write the files instead of comparing them.
const WRITE: &str = "WRITE_MESSAGE_ACCESS";

/// Fails where what is committed is not what is made now.
pub fn compare(path: &str, made: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    if env::var_os(WRITE).is_some() {
        fs::create_dir_all(file.parent().expect("a file is in a directory"))
            .and_then(|()| fs::write(&file, made))
            .unwrap_or_else(|e| panic!("{path} is not written: {e}"));
        return;
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    let at = committed
        .lines()
        .zip(made.lines())
        .position(|(old, new)| old != new)
        .unwrap_or_else(|| committed.lines().count().min(made.lines().count()));
    assert!(
        committed == made,
        "{path} is not what the tables give, from line {} on (committed: {:?}, now: {:?}): run scripts/access",
        at + 1,
        committed.lines().nth(at),
        made.lines().nth(at),
    );
}
