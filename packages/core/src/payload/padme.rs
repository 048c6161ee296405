//! Padmé: lengths rounded up so that few distinct ones remain.
//!
//! Nikitin, Barman, Lueks, Underwood, Hubaux, Ford: "Reducing Metadata Leakage from Encrypted
//! Files and Communication with PURBs", PoPETs 2019(4), algorithm 1: a length of up to M bits
//! shows O(log log M) bits instead of O(log M), for at most 12 % more bytes.

/// The padded length of `len` bytes.
pub fn padded_len(len: usize) -> usize {
    let Some(exponent) = len.checked_ilog2().filter(|e| *e > 0) else {
        return len;
    };
    let kept_bits = exponent.ilog2() + 1;
    let mask = (1usize << exponent.saturating_sub(kept_bits)) - 1;
    // A length whose padded form does not fit in memory's range is no length of a buffer.
    len.saturating_add(mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_rounded_as_the_paper_s_algorithm_does() {
        // Worked by hand: 9 = 0b1001, exponent 3, 2 kept bits, 1 cleared; and so on.
        let table = [
            (0, 0),
            (1, 1),
            (2, 2),
            (7, 7),
            (8, 8),
            (9, 10),
            (100, 104),
            (1_000, 1_024),
            (1_025, 1_088),
            (7_900, 7_936),
            (1_000_000, 1_015_808),
        ];
        for (len, padded) in table {
            assert_eq!(padded_len(len), padded, "{len}");
        }
    }

    #[test]
    fn padding_never_shortens_never_costs_over_12_percent_and_settles_at_once() {
        for len in 0..100_000 {
            let padded = padded_len(len);
            assert!(padded >= len && (padded - len) * 100 <= len * 12, "{len}");
            assert_eq!(padded_len(padded), padded, "{len}");
        }
    }

    #[test]
    fn the_largest_lengths_do_not_overflow() {
        assert!(padded_len(usize::MAX) > usize::MAX / 2);
    }
}
