#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_core::keytree::Cover;
use vitals_core::package::KeyPackage;
use vitals_core::recipient::check_recipient;
use vitals_fuzz::{canonical, choice};

/// An identity that nothing was sealed to.
const IDENTITY: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

fuzz_target!(|data: &[u8]| {
    let Some((which, bytes)) = choice(data) else {
        return;
    };
    match which % 4 {
        0 => canonical(bytes, KeyPackage::from_bytes, |package| {
            package
                .to_bytes()
                .expect("what was read can be written")
                .to_vec()
        }),
        1 => canonical(bytes, Cover::from_bytes, |cover| cover.to_bytes().to_vec()),
        2 => assert!(KeyPackage::open(bytes, IDENTITY).is_err()),
        _ => {
            if let Ok(text) = std::str::from_utf8(bytes) {
                let _ = check_recipient(text);
            }
        }
    }
});
