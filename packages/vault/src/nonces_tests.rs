use super::*;

#[test]
fn a_nonce_works_once_for_an_account_until_it_expires() {
    let nonces = Nonces::default();
    nonces.spend("a", [1; 16], 10, 5).unwrap();
    let again = nonces.spend("a", [1; 16], 10, 9).unwrap_err();
    assert_eq!(again.code, "vault/replayed");
    nonces.spend("b", [1; 16], 10, 9).unwrap();
    let last = nonces.spend("a", [1; 16], 10, 10).unwrap_err();
    assert_eq!(last.code, "vault/replayed", "kept through its last second");
    nonces.spend("a", [1; 16], 20, 11).unwrap();
}

#[test]
fn a_request_that_expired_while_it_was_decided_is_not_served() {
    let nonces = Nonces::default();
    nonces.spend("a", [1; 16], 10, 10).unwrap();
    let replayed = nonces.spend("a", [1; 16], 10, 11).unwrap_err();
    assert_eq!(replayed.code, "vault/expired");
}

#[test]
fn a_nonce_stays_used_after_a_restart_and_no_longer_than_its_request() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("nonces");
    let spend = |n: u8, expires, now| {
        let nonces = Nonces::open(&path).unwrap();
        nonces.spend("a", [n; 16], expires, now).map_err(|r| r.code)
    };
    spend(1, 10, 5).unwrap();
    spend(2, 99, 5).unwrap();
    assert_eq!(spend(1, 10, 6), Err("vault/replayed".into()));
    spend(1, 99, 11).unwrap();
    assert_eq!(spend(2, 99, 50), Err("vault/replayed".into()));
}

#[test]
fn a_record_that_was_never_finished_is_dropped_and_the_next_one_kept() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("nonces");
    Nonces::open(&path)
        .unwrap()
        .spend("a", [1; 16], 10, 5)
        .unwrap();
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, [&whole[..], &[0, 0, 0]].concat()).unwrap();
    Nonces::open(&path)
        .unwrap()
        .spend("a", [2; 16], 10, 5)
        .unwrap();
    let nonces = Nonces::open(&path).unwrap();
    for nonce in [[1; 16], [2; 16]] {
        let again = nonces.spend("a", nonce, 10, 5).unwrap_err();
        assert_eq!(again.code, "vault/replayed");
    }
}

#[test]
fn a_clock_set_back_makes_no_forgotten_request_good_again() {
    let nonces = Nonces::default();
    nonces.spend("a", [1; 16], 10, 5).unwrap();
    nonces.spend("a", [2; 16], 99, 50).unwrap();
    let again = nonces.spend("a", [1; 16], 10, 6).unwrap_err();
    assert_eq!(again.code, "vault/expired");
}

#[test]
fn the_file_is_shortened_to_what_still_counts() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("nonces");
    let nonces = Nonces::open(&path).unwrap();
    for number in 0..journal::SPARE as u128 + 2 {
        let now = number as u64;
        nonces.spend("a", number.to_be_bytes(), now, now).unwrap();
    }
    let length = std::fs::metadata(&path).unwrap().len();
    assert!(length < 200, "{length} bytes");
    let late = nonces.spend("a", [9; 16], 1, 1).unwrap_err();
    assert_eq!(late.code, "vault/expired");
    drop(nonces);
    let late = Nonces::open(&path).unwrap();
    let late = late.spend("a", [9; 16], 1, 1).unwrap_err();
    assert_eq!(late.code, "vault/expired", "told by the file");
}

#[test]
fn an_account_that_finds_no_room_leaves_nothing_behind() {
    let nonces = Nonces::default();
    for number in 0..MAX_NONCES as u128 {
        let account = (number / MAX_PER_ACCOUNT as u128).to_string();
        nonces.spend(&account, number.to_be_bytes(), 10, 5).unwrap();
    }
    let full = nonces.spend("late", [0xff; 16], 10, 5).unwrap_err();
    assert_eq!(full.code, "vault/busy");
    let used = &nonces.0.lock().unwrap().used;
    assert_eq!(used.count, MAX_NONCES);
    assert!(!used.by_account.contains_key("late"));
}

#[test]
fn memory_is_bounded_for_an_account_and_freed_by_time() {
    let nonces = Nonces::default();
    for number in 0..MAX_PER_ACCOUNT as u128 {
        nonces.spend("a", number.to_be_bytes(), 10, 5).unwrap();
    }
    let full = nonces.spend("a", [0xff; 16], 10, 5).unwrap_err();
    assert_eq!(full.code, "vault/busy");
    nonces.spend("b", [0xff; 16], 10, 5).unwrap();
    nonces.spend("a", [0xff; 16], 20, 11).unwrap();
    let used = &nonces.0.lock().unwrap().used;
    assert_eq!((used.count, used.by_account.len()), (1, 1));
}
