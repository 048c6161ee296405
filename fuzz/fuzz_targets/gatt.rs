#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_fuzz::choice;
use vitals_sensors::gatt::{
    decode, Content, BATTERY_LEVEL, BLOOD_PRESSURE, GLUCOSE, HEART_RATE, PLX_CONTINUOUS,
    PLX_SPOT_CHECK, TEMPERATURE,
};

const CHARACTERISTICS: [u16; 7] = [
    BATTERY_LEVEL,
    BLOOD_PRESSURE,
    GLUCOSE,
    HEART_RATE,
    PLX_CONTINUOUS,
    PLX_SPOT_CHECK,
    TEMPERATURE,
];

// A value is refused, or is a percentage or a measurement: decoded again, the same.
fuzz_target!(|data: &[u8]| {
    let Some((which, value)) = choice(data) else {
        return;
    };
    let characteristic = CHARACTERISTICS[usize::from(which) % CHARACTERISTICS.len()];
    let content = decode(characteristic, value);
    if let Ok(Content::Battery(percent)) = content {
        assert!(percent <= 100);
    }
    assert_eq!(content.ok(), decode(characteristic, value).ok());
});
