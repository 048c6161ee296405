#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_core::alert::AlertNotice;
use vitals_core::measured::{GapNotice, Measured, SealedBatch};
use vitals_core::reading::Reading;
use vitals_core::receipt::Receipt;
use vitals_core::registration::{
    FirmwareUpdate, KeyRotation, PairingAction, Registration, Retiring, Transfer,
};
use vitals_fuzz::{canonical, choice};

fuzz_target!(|data: &[u8]| {
    let Some((which, bytes)) = choice(data) else {
        return;
    };
    match which % 11 {
        0 => canonical(bytes, Measured::from_bytes, Measured::to_bytes),
        1 => canonical(bytes, SealedBatch::from_bytes, SealedBatch::to_bytes),
        2 => canonical(bytes, GapNotice::from_bytes, GapNotice::to_bytes),
        3 => canonical(bytes, AlertNotice::from_bytes, AlertNotice::to_bytes),
        4 => canonical(bytes, Reading::from_bytes, Reading::to_bytes),
        5 => canonical(bytes, Receipt::from_bytes, |receipt| {
            receipt.to_bytes().expect("what was read can be written")
        }),
        6 => canonical(bytes, PairingAction::from_bytes, PairingAction::to_bytes),
        7 => canonical(bytes, Transfer::from_bytes, Transfer::to_bytes),
        8 => canonical(bytes, FirmwareUpdate::from_bytes, FirmwareUpdate::to_bytes),
        9 => canonical(bytes, Retiring::from_bytes, Retiring::to_bytes),
        _ => {
            canonical(bytes, KeyRotation::from_bytes, |rotation| {
                rotation.to_bytes().expect("what was read can be written")
            });
            canonical(bytes, Registration::from_bytes, |registration| {
                registration
                    .to_bytes()
                    .expect("what was read can be written")
            });
        }
    }
});
