//! A gateway whose directory is lost goes on from a backup, even an old one.

mod support;

use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use support::bench::{heart_rates, values, DEVICE, START};
use support::Bench;
use vitals_device_sim::Sample;
use vitals_gateway::{back_up, restore, BackupKey, BackupSources};

const NOW: u64 = START + 60_000;

fn samples() -> Vec<Sample> {
    heart_rates(START, 5).into_iter().take(300).collect()
}

fn sources(bench: &Bench) -> BackupSources {
    BackupSources {
        databases: vec![bench.store_path()],
        files: vec![bench.dir.path().join("store.key")],
    }
}

fn steps(bench: &mut Bench, seconds: std::ops::Range<u64>) {
    for second in seconds {
        bench.step(START + second * 1_000);
    }
}

/// Everything in the gateway's directory is gone; the backup takes its place.
fn lose_and_restore(bench: &mut Bench, backup: &Path, identity: &str) {
    bench.gateway = None;
    let dir = tempfile::tempdir().unwrap();
    restore(backup, BackupKey::Age(identity), dir.path()).unwrap();
    bench.dir = dir;
    bench.open();
}

#[test]
fn an_old_backup_loses_and_doubles_no_reading() {
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("gateway.backup");
    let operator = age::x25519::Identity::generate();
    let mut bench = Bench::new(samples());
    bench.max_readings = 40;
    bench.open();
    steps(&mut bench, 0..20);
    let recipient = operator.to_public().to_string();
    back_up(&sources(&bench), BackupKey::Age(&recipient), &backup).unwrap();
    let early = bench.chain.state().anchored.len();
    steps(&mut bench, 20..50);
    let late = bench.chain.state().anchored.len();
    assert!(early > 0 && late > early + 1, "{early} {late}");

    let identity = operator.to_string();
    lose_and_restore(&mut bench, &backup, identity.expose_secret());
    assert!(bench.store_path().exists());
    for second in 50..80 {
        bench.reconnect(START + second * 1_000);
        bench.step(START + second * 1_000);
    }
    bench.gateway().close_all().unwrap();
    for second in 80..86 {
        bench.step(START + second * 1_000);
    }
    assert_eq!(bench.anchored_samples(), values(&samples()));
    assert!(bench.device.is_done());
    let status = bench.gateway().status().unwrap();
    assert!(
        status.waiting_for("device").is_none(),
        "{:?}",
        status.waiting
    );
}

/// What the store knows of the device's numbers is as old as the backup.
#[test]
fn a_restored_store_takes_nothing_until_the_chain_said_where_the_numbers_stand() {
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("gateway.backup");
    let operator = age::x25519::Identity::generate();
    let mut bench = Bench::new(samples());
    steps(&mut bench, 0..20);
    let recipient = operator.to_public().to_string();
    back_up(&sources(&bench), BackupKey::Age(&recipient), &backup).unwrap();
    bench.chain.state().unreachable = true;
    let identity = operator.to_string();
    lose_and_restore(&mut bench, &backup, identity.expose_secret());
    let greeting = bench.gateway().greet(DEVICE, NOW).unwrap();
    assert!(greeting.is_empty(), "{greeting:?}");
    let announced = bench.device.resend().unwrap();
    assert_eq!(announced.len(), 1);
    let answers = bench.gateway().handle_line(&announced[0], NOW);
    assert!(answers.is_empty(), "{answers:?}");
    bench.chain.state().unreachable = false;
    bench.reconnect(NOW);
    bench.gateway().close_all().unwrap();
    steps(&mut bench, 60..70);
    assert_eq!(bench.anchored_samples(), values(&samples()));
}

#[test]
fn a_backup_is_made_while_the_gateway_writes_and_shows_nothing_without_its_key() {
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("gateway.backup");
    let mut bench = Bench::new(samples());
    bench.step(START);
    bench.step(NOW);
    back_up(&sources(&bench), BackupKey::Passphrase("correct"), &backup).unwrap();
    let bytes = std::fs::read(&backup).unwrap();
    let key = std::fs::read(bench.dir.path().join("store.key")).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(!bytes.windows(32).any(|window| window == key));
    assert!(!bytes.windows(6).any(|window| window == b"SQLite"));
    let left: Vec<PathBuf> = std::fs::read_dir(elsewhere.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(left, std::slice::from_ref(&backup));

    let dir = elsewhere.path().join("new");
    let refused = restore(&backup, BackupKey::Passphrase("wrong"), &dir).unwrap_err();
    assert!(refused.to_string().starts_with("gateway/passphrase"));
    assert!(!dir.exists());
    let restored = restore(&backup, BackupKey::Passphrase("correct"), &dir).unwrap();
    assert_eq!(restored, [dir.join("gateway.db"), dir.join("store.key")]);
    assert_eq!(std::fs::read(dir.join("store.key")).unwrap(), key);
}

#[test]
fn a_backup_is_restored_into_an_empty_directory_only_and_whole_or_not_at_all() {
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("gateway.backup");
    let bench = Bench::new(Vec::new());
    let operator = age::x25519::Identity::generate();
    let recipient = operator.to_public().to_string();
    back_up(&sources(&bench), BackupKey::Age(&recipient), &backup).unwrap();
    let again = back_up(&sources(&bench), BackupKey::Age(&recipient), &backup);
    assert!(again.unwrap_err().to_string().starts_with("gateway/backup"));
    let identity = operator.to_string();
    let key = BackupKey::Age(identity.expose_secret());
    let refused = restore(&backup, key, bench.dir.path()).unwrap_err();
    assert!(refused.to_string().starts_with("gateway/not_empty"));

    let mut cut = std::fs::read(&backup).unwrap();
    cut.truncate(cut.len() - 100);
    std::fs::write(&backup, cut).unwrap();
    let dir = elsewhere.path().join("new");
    assert!(restore(&backup, key, &dir).is_err());
    assert!(!dir.exists());
}

#[test]
fn an_archive_that_reaches_out_of_its_directory_is_refused() {
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("gateway.backup");
    let operator = age::x25519::Identity::generate();
    let mut header = tar::Header::new_gnu();
    let mut archive = tar::Builder::new(Vec::new());
    header.set_size(0);
    archive
        .append_data(&mut header.clone(), "vitals-gateway-backup-1", &[][..])
        .unwrap();
    header.as_gnu_mut().unwrap().name[..9].copy_from_slice(b"../escape");
    header.set_cksum();
    archive.append(&header, &[][..]).unwrap();
    let bytes = archive.into_inner().unwrap();
    std::fs::write(
        &backup,
        age::encrypt(&operator.to_public(), &bytes).unwrap(),
    )
    .unwrap();
    let identity = operator.to_string();
    let dir = elsewhere.path().join("new");
    let refused = restore(&backup, BackupKey::Age(identity.expose_secret()), &dir);
    assert!(refused
        .unwrap_err()
        .to_string()
        .starts_with("gateway/backup"));
    assert!(!elsewhere.path().join("escape").exists() && !dir.exists());
}
