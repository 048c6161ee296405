use super::*;
use cosmwasm_std::Uint64;
use std::fs;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;

fn receipt(patient: u64, at: u64) -> Receipt {
    Receipt {
        patient,
        at,
        salt: [at as u8; 16],
        digest: [9; 32],
        purpose: Some(Purpose::Treatment),
        category: Some(Category::Cardiac),
        action: Action::Read,
        ground: GroundRef::Grant { id: 4 },
        who: "wasm1clinician".into(),
    }
}

fn erasure(patient: u64, digest: [u8; 32]) -> Erased {
    Erased {
        patient: Uint64::new(patient),
        at: 1,
        by: "wasm1patient".into(),
        scope: Scope::default(),
        digests: vec![hex::encode(digest)],
    }
}

/// A log of six receipts, of patients 0 to 2 in turn, closed.
fn six() -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log");
    let log = DisclosureLog::open(&path).unwrap();
    for number in 0..6 {
        log.release(&receipt(number % 3, number), None).unwrap();
    }
    (dir, path)
}

fn altered_at(path: &Path) -> u64 {
    match DisclosureLog::open(path).err() {
        Some(LogError::Altered { number, .. }) => number,
        other => panic!("{other:?}"),
    }
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(String::from).collect()
}

fn write(path: &Path, lines: &[String]) {
    fs::write(path, lines.join("\n") + "\n").unwrap();
}

#[test]
fn a_log_is_read_again_and_goes_on_where_it_ended() {
    let (_dir, path) = six();
    let log = DisclosureLog::open(&path).unwrap();
    log.release(&receipt(1, 6), None).unwrap();
    let at = |start_after, limit| -> Vec<(u32, u64)> {
        let page = log.page(1, start_after, limit).unwrap();
        page.receipts
            .iter()
            .map(|r| (r.index, r.receipt.at))
            .collect()
    };
    assert_eq!(at(None, 30), [(0, 1), (1, 4), (2, 6)]);
    assert_eq!(at(Some(0), 1), [(1, 4)]);
    assert_eq!(at(Some(2), 30), []);
    assert_eq!(at(Some(u32::MAX), 30), []);
    assert!(log.page(9, None, 30).unwrap().receipts.is_empty());
    let mut counts = log.counts();
    counts.sort_unstable();
    assert_eq!(counts, [(0, 2), (1, 3), (2, 2)]);
}

#[test]
fn a_patient_s_leaves_are_those_of_its_receipts_alone() {
    let (_dir, path) = six();
    let log = DisclosureLog::open(&path).unwrap();
    let own = [receipt(1, 1), receipt(1, 4)].map(|r| r.leaf().unwrap());
    assert_eq!(log.leaves(1), own);
    assert_eq!(log.head(1), Head::of(&own));
}

#[test]
fn what_was_erased_is_known_after_a_restart_for_its_patient_alone() {
    let (_dir, path) = six();
    let log = DisclosureLog::open(&path).unwrap();
    log.erase(erasure(1, [3; 32])).unwrap();
    log.release(&receipt(1, 7), None).unwrap();
    drop(log);
    let log = DisclosureLog::open(&path).unwrap();
    assert!(log.is_erased(1, &[3; 32]));
    assert!(!log.is_erased(2, &[3; 32]) && !log.is_erased(1, &[4; 32]));
    assert_eq!(log.page(1, None, 30).unwrap().receipts.len(), 3);
}

#[test]
fn a_changed_a_dropped_and_a_swapped_entry_are_found() {
    let (_dir, path) = six();
    let whole = lines(&path);
    let mut changed = whole.clone();
    let other = hex::encode(receipt(2, 1).to_bytes().unwrap());
    let own = hex::encode(receipt(1, 1).to_bytes().unwrap());
    changed[1] = changed[1].replace(&own, &other);
    assert_ne!(changed, whole);
    write(&path, &changed);
    assert_eq!(altered_at(&path), 1);
    write(&path, &[&whole[..2], &whole[3..]].concat());
    assert_eq!(altered_at(&path), 2);
    let mut swapped = whole.clone();
    swapped.swap(3, 4);
    write(&path, &swapped);
    assert_eq!(altered_at(&path), 3);
    write(&path, &whole[1..]);
    assert_eq!(altered_at(&path), 0);
}

#[test]
fn an_entry_rehashed_after_a_change_breaks_the_next_one() {
    let (_dir, path) = six();
    let mut lines = lines(&path);
    let before = Line::parse(lines[1].as_bytes()).unwrap();
    let entry = Entry::of(&receipt(2, 99), None).unwrap();
    let hash = line::hash(&before.hash, 2, &entry).unwrap();
    let forged = Line {
        number: 2,
        entry,
        hash,
    };
    lines[2] = String::from_utf8(forged.to_text().unwrap())
        .unwrap()
        .trim_end()
        .into();
    write(&path, &lines);
    assert_eq!(altered_at(&path), 3);
}

#[test]
fn a_line_that_was_never_finished_is_dropped_wherever_it_was_cut() {
    let (_dir, path) = six();
    let whole = fs::read(&path).unwrap();
    let last = whole.len() - lines(&path)[5].len() - 1;
    for cut in [last + 1, last + 40, whole.len() - 1] {
        fs::write(&path, &whole[..cut]).unwrap();
        let log = DisclosureLog::open(&path).unwrap();
        log.release(&receipt(2, 8), None).unwrap();
        assert_eq!(log.page(2, None, 30).unwrap().receipts[1].receipt.at, 8);
        drop(log);
        assert!(DisclosureLog::open(&path).is_ok());
    }
}

#[test]
fn what_is_altered_under_a_running_vault_is_not_passed_on() {
    let (_dir, path) = six();
    let log = DisclosureLog::open(&path).unwrap();
    let mut lines = lines(&path);
    let own = hex::encode(receipt(1, 1).to_bytes().unwrap());
    let other = hex::encode(receipt(1, 3).to_bytes().unwrap());
    lines[1] = lines[1].replace(&own, &other);
    write(&path, &lines);
    assert!(matches!(
        log.page(1, None, 30),
        Err(LogError::Altered { number: 1, .. })
    ));
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

#[test]
fn a_log_of_the_format_before_is_refused_by_its_own_code_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("disclosures.jsonl");
    let old = format!(
        "{{\"entry\":{{\"number\":0,\"at\":1,\"patient\":\"5\",\"account\":\"wasm1c\",\
         \"opened\":{{\"package\":{{\"grant\":\"4\"}}}},\"digest\":\"{0}\",\"ground\":\"grant:4\",\
         \"previous\":\"{0}\"}},\"hash\":\"{0}\"}}\n",
        "0".repeat(64)
    );
    fs::write(&path, &old).unwrap();
    let refused = DisclosureLog::open(&path).err().unwrap().to_string();
    assert!(refused.starts_with("vault/log_format: "), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), old);
}

#[test]
fn an_erasure_of_the_most_digests_fits_a_line() {
    let (_dir, path) = six();
    let log = DisclosureLog::open(&path).unwrap();
    let mut erased = erasure(1, [3; 32]);
    erased.digests = vec!["0".repeat(64); MAX_ERASED];
    log.erase(erased).unwrap();
    drop(log);
    DisclosureLog::open(&path).unwrap();
}

#[test]
fn a_release_keeps_the_session_that_its_salt_is_made_of() {
    let (_dir, path) = six();
    let mark = BySession::new(&[1; 32], [2; 32]);
    let by_session = Receipt {
        salt: mark.salt().unwrap(),
        ..receipt(1, 7)
    };
    let log = DisclosureLog::open(&path).unwrap();
    log.release(&by_session, Some(mark.clone())).unwrap();
    drop(log);
    let log = DisclosureLog::open(&path).unwrap();
    let last = || log.page(1, Some(1), 30);
    assert_eq!(last().unwrap().receipts[0].by_session, Some(mark.clone()));
    let mut lines = lines(&path);
    let other = BySession::new(&[3; 32], [2; 32]);
    lines[6] = lines[6].replace(&mark.session.to_base64(), &other.session.to_base64());
    write(&path, &lines);
    assert!(matches!(last(), Err(LogError::Altered { number: 6, .. })));
    drop(log);
    assert_eq!(altered_at(&path), 6);
}
