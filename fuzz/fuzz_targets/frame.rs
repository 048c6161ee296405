#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_core::frame::SignedFrame;
use vitals_fuzz::canonical;

fuzz_target!(|data: &[u8]| {
    canonical(data, SignedFrame::decode, |frame| {
        frame.encode().expect("what was read can be written")
    });
});
