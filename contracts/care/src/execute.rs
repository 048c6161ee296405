//! One file a message.

use crate::error::ContractError;

pub mod acknowledge;
pub mod escalate;
pub mod raise_alert;
pub mod resolve;
pub mod set_ladder;

/// A number of seconds within bounds.
pub fn ensure_seconds(
    field: &'static str,
    got: u32,
    least: u32,
    most: u32,
) -> Result<(), ContractError> {
    if least <= got && got <= most {
        return Ok(());
    }
    Err(ContractError::Seconds {
        field,
        least,
        most,
        got,
    })
}
