use super::*;
use std::fs;

fn release(patient: u64) -> Release {
    Release {
        at: 1_800_000_000,
        patient: Uint64::new(patient),
        account: "wasm1clinician".into(),
        opened: Opened::Package {
            grant: Uint64::new(4),
        },
        digest: [9; 32],
        ground: "grant:4".into(),
    }
}

/// A log of six entries, of patients 0 to 2 in turn, closed.
fn six() -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log");
    let log = DisclosureLog::open(&path).unwrap();
    for number in 0..6 {
        assert_eq!(
            log.append(release(number % 3)).unwrap().entry.number,
            number
        );
    }
    (dir, path)
}

fn altered_at(path: &Path) -> u64 {
    match DisclosureLog::open(path).err() {
        Some(LogError::Altered { number, .. }) => number,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_log_is_read_again_and_goes_on_where_it_ended() {
    let (_dir, path) = six();
    let log = DisclosureLog::open(&path).unwrap();
    let next = log.append(release(1)).unwrap();
    assert_eq!(next.entry.number, 6);
    let numbers = |start_after, limit| -> Vec<u64> {
        let page = log.receipts(1, start_after, limit).unwrap();
        page.iter().map(|r| r.entry.number).collect()
    };
    assert_eq!(numbers(None, 30), [1, 4, 6]);
    assert_eq!(numbers(Some(1), 1), [4]);
    assert_eq!(numbers(Some(6), 30), [0; 0]);
    assert!(log.receipts(9, None, 30).unwrap().is_empty());
}

#[test]
fn every_entry_names_the_hash_of_the_one_before() {
    let (_dir, path) = six();
    let text = fs::read_to_string(path).unwrap();
    let receipts: Vec<Receipt> = text
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(receipts[0].entry.previous, NOTHING);
    for pair in receipts.windows(2) {
        assert!(pair[1].is_whole());
        assert_eq!(pair[1].entry.previous, pair[0].hash);
    }
}

#[test]
fn a_changed_a_dropped_and_a_swapped_entry_are_found() {
    let (_dir, path) = six();
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    fs::write(
        &path,
        text.replacen("\"patient\":\"1\"", "\"patient\":\"2\"", 1),
    )
    .unwrap();
    assert_eq!(altered_at(&path), 1);
    let dropped: Vec<&str> = [&lines[..2], &lines[3..]].concat();
    fs::write(&path, dropped.join("\n") + "\n").unwrap();
    assert_eq!(altered_at(&path), 2);
    let mut swapped = lines.clone();
    swapped.swap(3, 4);
    fs::write(&path, swapped.join("\n") + "\n").unwrap();
    assert_eq!(altered_at(&path), 3);
    fs::write(&path, lines[1..].join("\n") + "\n").unwrap();
    assert_eq!(altered_at(&path), 0);
}

#[test]
fn an_entry_rehashed_after_a_change_breaks_the_next_one() {
    let (_dir, path) = six();
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    let mut receipt: Receipt = serde_json::from_str(&lines[2]).unwrap();
    receipt.entry.account = "wasm1other".into();
    lines[2] = serde_json::to_string(&Receipt::of(receipt.entry).unwrap()).unwrap();
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    assert_eq!(altered_at(&path), 3);
}

#[test]
fn a_line_that_was_never_finished_is_dropped() {
    let (_dir, path) = six();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, &text[..text.len() - 5]).unwrap();
    let log = DisclosureLog::open(&path).unwrap();
    assert_eq!(log.append(release(2)).unwrap().entry.number, 5);
    drop(log);
    assert!(DisclosureLog::open(&path).is_ok());
}

#[test]
fn one_log_has_one_writer() {
    let (_dir, path) = six();
    let log = DisclosureLog::open(&path).unwrap();
    assert!(matches!(
        DisclosureLog::open(&path),
        Err(LogError::InUse { .. })
    ));
    drop(log);
    assert!(DisclosureLog::open(&path).is_ok());
}
