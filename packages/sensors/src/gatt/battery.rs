//! Battery Level (0x2A19).

use super::fields::Fields;
use crate::SensorError;

/// 0 to 100 percent; 101 to 255 are reserved.
pub fn decode(value: &[u8]) -> Result<u8, SensorError> {
    match Fields::new(value).u8("battery level")? {
        percent @ 0..=100 => Ok(percent),
        got => Err(SensorError::Battery { got }),
    }
}
