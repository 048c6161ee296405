#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_core::emergency::EmergencyShare;
use vitals_core::recovery::RecoveryShare;
use vitals_fuzz::canonical;

fuzz_target!(|data: &[u8]| {
    canonical(data, EmergencyShare::from_bytes, |share| {
        share.to_bytes().to_vec()
    });
    if let Ok(text) = std::str::from_utf8(data) {
        if let Ok(share) = RecoveryShare::from_text(text) {
            let written = share.to_text().expect("what was read can be written");
            assert!(RecoveryShare::from_text(&written).expect("and read") == share);
        }
    }
});
