#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_core::proof::Multiproof;
use vitals_core::receipt::proof::{Consistency, Head, Inclusion};
use vitals_fuzz::{canonical, choice};

/// Nobody can hit a root that was not made from the proof: none of these verifies.
const ROOT: [u8; 32] = [0xa5; 32];

fuzz_target!(|data: &[u8]| {
    let Some((which, bytes)) = choice(data) else {
        return;
    };
    let head = |count| Head { count, root: ROOT };
    match which % 3 {
        0 => {
            canonical(bytes, Multiproof::from_bytes, Multiproof::to_bytes);
            if let Ok(proof) = Multiproof::from_bytes(bytes) {
                for count in [0, 1, 2, 1_000, u16::MAX] {
                    assert!(proof.verify(&ROOT, count).is_err());
                }
            }
        }
        1 => {
            canonical(bytes, Inclusion::from_bytes, Inclusion::to_bytes);
            if let Ok(proof) = Inclusion::from_bytes(bytes) {
                for (index, count) in [(0, 0), (0, 2), (1, 2), (5, 1_000), (u32::MAX, u32::MAX)] {
                    assert!(proof.verify(&[1; 32], index, &head(count)).is_err());
                }
            }
        }
        _ => {
            canonical(bytes, Consistency::from_bytes, Consistency::to_bytes);
            if let Ok(proof) = Consistency::from_bytes(bytes) {
                for (from, to) in [(1, 2), (2, 1), (3, 1_000), (1, u32::MAX)] {
                    let from = Head {
                        count: from,
                        root: [1; 32],
                    };
                    assert!(proof.verify(&from, &head(to)).is_err());
                }
            }
        }
    }
});
