//! Block time in the unit pairings are kept in.

use cosmwasm_std::Timestamp;
use vitals_core::time::Millis;

const NANOS_PER_MILLI: u64 = 1_000_000;

/// Whole milliseconds since 1970.
pub fn millis(at: Timestamp) -> Millis {
    at.nanos() / NANOS_PER_MILLI
}
