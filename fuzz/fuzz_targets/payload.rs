#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_core::keytree::GenerationSecret;
use vitals_core::measure::Category;
use vitals_core::payload::{open, plaintext, Context};
use vitals_core::reading::{Reading, READING_BYTES};
use vitals_fuzz::{canonical, choice};

fuzz_target!(|data: &[u8]| match choice(data) {
    Some((0, bytes)) => raw(bytes),
    Some((1, bytes)) => not_authentic(bytes),
    Some((patches, bytes)) => altered(patches, bytes),
    None => {}
});

fn raw(bytes: &[u8]) {
    canonical(bytes, plaintext::read, |(seed, readings)| {
        plaintext::write(seed, readings).expect("what was read can be written")
    });
}

/// Readings are written and read as they are; then some bytes of them are changed.
fn altered(patches: u8, bytes: &[u8]) {
    let (patches, bytes) = bytes.split_at(bytes.len().min(usize::from(patches % 4) * 3));
    let readings: Vec<_> = bytes
        .chunks(READING_BYTES)
        .filter_map(|chunk| Reading::from_bytes(chunk).ok())
        .collect();
    let Ok(mut written) = plaintext::write(&[7; 32], &readings) else {
        return;
    };
    assert_eq!(
        plaintext::read(&written)
            .expect("what was written is read")
            .1,
        readings
    );
    for patch in patches.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([patch[0], patch[1]]));
        let at = at % written.len();
        written[at] = patch[2];
    }
    raw(&written);
}

/// Nothing that was made up opens.
fn not_authentic(bytes: &[u8]) {
    let secret = GenerationSecret::from_bytes([7; 32]);
    let key = secret.root(1, 1, Category::Cardiac).epoch_key(500_000);
    let context = Context {
        device: 1,
        sequence: 2,
        root: &[3; 32],
        generation: 1,
        measured: b"measured",
    };
    assert!(open(&key, &context, bytes).is_err());
}
