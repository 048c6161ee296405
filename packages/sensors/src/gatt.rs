//! Values of the characteristics of Bluetooth's health profiles, as bytes from any radio.
//!
//! Field by field as the GATT Specification Supplement has them. As the profiles demand, bits
//! reserved for future use and octets after the last known field are passed over; a reading that
//! came with either is of questionable quality, because something is said of it that this code
//! does not understand.

mod battery;
mod date_time;
mod fields;
mod float;
mod glucose;
mod heart_rate;
mod oximeter;
mod pressure;
mod thermometer;

#[cfg(test)]
mod tests;

pub use float::{Float, Special};
pub use glucose::{Glucose, SampleType};
pub use heart_rate::HeartRate;
pub use oximeter::{Continuous, Oximetry, SpotCheck};
pub use pressure::BloodPressure;
pub use thermometer::Thermometer;

use vitals_core::reading::Quality;

use crate::{Measurement, SensorError};

pub const GLUCOSE: u16 = 0x2a18;
pub const BATTERY_LEVEL: u16 = 0x2a19;
pub const TEMPERATURE: u16 = 0x2a1c;
pub const BLOOD_PRESSURE: u16 = 0x2a35;
pub const HEART_RATE: u16 = 0x2a37;
pub const PLX_SPOT_CHECK: u16 = 0x2a5e;
pub const PLX_CONTINUOUS: u16 = 0x2a5f;

/// Bluetooth Core 5.4, volume 3, part F, section 3.2.9: no attribute's value is longer.
pub const MAX_VALUE_BYTES: usize = 512;

/// What a characteristic's value says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Measurement(Measurement),
    /// Percent.
    Battery(u8),
}

/// Reads the value of one of the characteristics above. A pure function: no clock, no state.
pub fn decode(characteristic: u16, value: &[u8]) -> Result<Content, SensorError> {
    if value.len() > MAX_VALUE_BYTES {
        return Err(SensorError::Size { got: value.len() });
    }
    let measurement = match characteristic {
        BATTERY_LEVEL => return battery::decode(value).map(Content::Battery),
        GLUCOSE => Glucose::decode(value)?.measurement()?,
        TEMPERATURE => Thermometer::decode(value)?.measurement()?,
        BLOOD_PRESSURE => BloodPressure::decode(value)?.measurement()?,
        HEART_RATE => HeartRate::decode(value)?.measurement()?,
        PLX_SPOT_CHECK => SpotCheck::decode(value)?.measurement()?,
        PLX_CONTINUOUS => Continuous::decode(value)?.measurement()?,
        got => return Err(SensorError::Characteristic { got }),
    };
    Ok(Content::Measurement(measurement))
}

/// The worst of what its status bits say of a measurement.
fn worst(status: u32, poor: u32, questionable: u32, understood: bool) -> Quality {
    if status & poor != 0 {
        Quality::Poor
    } else if status & questionable != 0 || !understood {
        Quality::Questionable
    } else {
        Quality::Good
    }
}
