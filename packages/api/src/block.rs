//! Block time in the unit measurements are kept in.

use cosmwasm_std::Timestamp;
use vitals_core::time::Millis;

const NANOS_PER_MILLI: u64 = 1_000_000;

/// Whole milliseconds since 1970.
pub fn millis(at: Timestamp) -> Millis {
    at.nanos().div_euclid(NANOS_PER_MILLI)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_millisecond_is_not_yet_one() {
        assert_eq!(millis(Timestamp::from_nanos(1_999_999)), 1);
        assert_eq!(millis(Timestamp::from_nanos(2_000_000)), 2);
    }
}
