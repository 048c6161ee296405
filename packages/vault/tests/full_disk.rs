//! A disk without room for another byte. `scripts/test` makes one, and runs this on it.

mod fixture;

use std::io::Write;
use std::path::Path;

use fixture::chain::PATIENT;
use fixture::{ground, place, refused, Running, GRANTED, SEALED, SEALING};
use vitals_vault_client::Period;

/// Writes until nothing more can be written, byte by byte at the end.
fn fill(path: &Path) {
    let mut file = std::fs::File::create(path).unwrap();
    for size in [65_536, 4_096, 1] {
        while file.write_all(&vec![1; size]).is_ok() {}
    }
    let full = file.write_all(&[1]).unwrap_err();
    assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
}

#[test]
#[ignore = "fills its file system: `scripts/test` runs it on a small one"]
fn what_a_vault_whose_disk_is_full_keeps_can_be_erased() {
    let mut vault = Running::start();
    vault.anchored(GRANTED.from, &SEALED);
    fill(&vault.dir.path().join("filler"));
    let sealer = vault.client(&vault.sealer);
    let put = sealer.put_blob(place(GRANTED.from), &ground(SEALING), &[8; 64]);
    assert_eq!(refused(put).0, 503);
    drop(sealer);
    vault.restart();
    let patient = vault.client(&vault.patient);
    // the log and the file of used requests have some room left in their last blocks: use it up
    let reports = (0..40).map(|_| patient.erase(PATIENT, &Period::default()).unwrap());
    let erased: u64 = reports.map(|report| report.blobs).sum();
    assert_eq!(erased, 1);
}
