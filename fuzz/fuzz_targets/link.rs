#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_core::link::{DeviceMessage, GatewayMessage};
use vitals_fuzz::canonical;

fuzz_target!(|line: &str| {
    canonical(
        line.as_bytes(),
        |_| DeviceMessage::from_line(line),
        |message| message.to_line().expect("what was read can be written"),
    );
    canonical(
        line.as_bytes(),
        |_| GatewayMessage::from_line(line),
        GatewayMessage::to_line,
    );
});
