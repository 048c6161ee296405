//! Columns of small numbers as adaptive Rice codes (Rice 1979; with a parameter a block, as in
//! FLAC's partitioned Rice coding, RFC 9639 section 9.2.7).
//!
//! Differences of noisy measurements are close to geometrically distributed, for which Rice
//! codes are close to the best prefix code. Against deflate on the same columns they cost about
//! as many bytes and a fraction of the time (`examples/seal_bench.rs` measures both), what they
//! unpack to is bounded by the count alone, and each column has exactly one encoding.

use alloc::vec::Vec;
use zeroize::Zeroizing;

/// Numbers that share one parameter: enough that its 5 bits weigh nothing, few enough to follow
/// a patient who gets up from a chair.
const BLOCK: usize = 128;
const PARAMETER_BITS: u32 = 5;
const MAX_PARAMETER: u32 = (1 << PARAMETER_BITS) - 1;

/// So many ones announce a number in full: an outlier costs 80 bits, never a million.
const ESCAPE: u32 = 16;
const ESCAPED_BITS: u64 = ESCAPE as u64 + 64;

/// The bits ran out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Truncated;

/// Appends bits to a buffer, the highest first.
pub(super) struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    pending: u64,
    used: u32,
}

impl<'a> BitWriter<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self {
            out,
            pending: 0,
            used: 0,
        }
    }

    /// The lowest `width` bits of `value`, which has no others; at most 32. Fewer than 32 are
    /// ever pending, so 64 hold both.
    fn put(&mut self, value: u32, width: u32) {
        self.pending = self.pending << width | u64::from(value);
        self.used += width;
        if self.used >= 32 {
            self.used -= 32;
            let full = (self.pending >> self.used) as u32;
            self.out.extend_from_slice(&full.to_be_bytes());
        }
    }

    fn number(&mut self, number: u64, parameter: u32) {
        match u32::try_from(number >> parameter) {
            Ok(high) if high < ESCAPE => {
                // `high` ones and a zero.
                self.put((1 << (high + 1)) - 2, high + 1);
                self.put(number as u32 & ((1 << parameter) - 1), parameter);
            }
            _ => {
                self.put((1 << ESCAPE) - 1, ESCAPE);
                self.put((number >> 32) as u32, 32);
                self.put(number as u32, 32);
            }
        }
    }

    pub(super) fn column(&mut self, column: &[u64]) {
        for block in column.chunks(BLOCK) {
            let parameter = best_parameter(block);
            self.put(parameter, PARAMETER_BITS);
            for number in block {
                self.number(*number, parameter);
            }
        }
    }

    /// Fills the last byte with zero bits.
    pub(super) fn finish(self) {
        if self.used > 0 {
            let top = (self.pending << (64 - self.used)).to_be_bytes();
            let bytes = self.used.div_ceil(8) as usize;
            self.out.extend_from_slice(&top[..bytes]);
        }
    }
}

/// The parameter with the fewest bits, the smallest of equals: part of the format, since a
/// column has one encoding.
fn best_parameter(block: &[u64]) -> u32 {
    let largest = block.iter().copied().max().unwrap_or(0);
    let useful = largest.checked_ilog2().map_or(0, |bits| bits + 1);
    (0..=useful.min(MAX_PARAMETER))
        .min_by_key(|parameter| cost(block, *parameter))
        .unwrap_or(0)
}

fn cost(block: &[u64], parameter: u32) -> u64 {
    block
        .iter()
        .map(|number| match number >> parameter {
            high if high < ESCAPE.into() => high + 1 + u64::from(parameter),
            _ => ESCAPED_BITS,
        })
        .sum()
}

/// Takes bits off a buffer, the highest first.
pub(super) struct BitReader<'a> {
    rest: &'a [u8],
    /// The next `left` bits, at the top; zeros below.
    pending: u64,
    left: u32,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            pending: 0,
            left: 0,
        }
    }

    fn refill(&mut self) {
        while self.left <= 56 {
            let Some((byte, rest)) = self.rest.split_first() else {
                return;
            };
            self.pending |= u64::from(*byte) << (56 - self.left);
            self.left += 8;
            self.rest = rest;
        }
    }

    fn skip(&mut self, width: u32) -> Result<(), Truncated> {
        self.left = self.left.checked_sub(width).ok_or(Truncated)?;
        self.pending <<= width;
        Ok(())
    }

    /// At most 32 bits.
    fn get(&mut self, width: u32) -> Result<u32, Truncated> {
        self.refill();
        // In two steps, since a shift by all 64 is none.
        let value = (self.pending >> 32) >> (32 - width);
        self.skip(width)?;
        Ok(value as u32)
    }

    fn number(&mut self, parameter: u32) -> Result<u64, Truncated> {
        self.refill();
        let high = self.pending.leading_ones().min(ESCAPE);
        if high == ESCAPE {
            self.skip(ESCAPE)?;
            let top = u64::from(self.get(32)?);
            return Ok(top << 32 | u64::from(self.get(32)?));
        }
        self.skip(high + 1)?;
        Ok(u64::from(high) << parameter | u64::from(self.get(parameter)?))
    }

    /// A column of `count` numbers, each of at least one bit: room is taken only for as many as
    /// the bits that are there can hold.
    pub(super) fn column(&mut self, count: usize) -> Result<Zeroizing<Vec<u64>>, Truncated> {
        if count > self.rest.len() * 8 + self.left as usize {
            return Err(Truncated);
        }
        let mut column = Zeroizing::new(Vec::with_capacity(count));
        while column.len() < count {
            let parameter = self.get(PARAMETER_BITS)?;
            for _ in 0..BLOCK.min(count - column.len()) {
                column.push(self.number(parameter)?);
            }
        }
        Ok(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    fn written(column: &[u64]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut bits = BitWriter::new(&mut out);
        bits.column(column);
        bits.finish();
        out
    }

    #[test]
    fn the_bits_are_those_worked_out_by_hand() {
        // Parameter 0; 0 is `0`, 1 is `10`, 2 is `110`: 00000 0 10 110, then 5 zeros.
        assert_eq!(written(&[0, 1, 2]), [0b0000_0010, 0b1100_0000]);
        // Parameter 2: 4 is `1` `0` `00`, 5 is `10 01`, 7 is `10 11`.
        assert_eq!(
            written(&[4, 5, 7, 4, 5, 7, 4]),
            [
                0b0001_0100,
                0b0100_1101,
                0b1100_0100,
                0b1101_1100,
                0b0000_0000
            ]
        );
    }

    #[test]
    fn an_outlier_costs_80_bits_and_not_its_value() {
        let mut column = vec![1u64; BLOCK];
        let plain = written(&column).len();
        column[64] = u64::MAX;
        assert!(written(&column).len() <= plain + 10);
    }

    #[test]
    fn a_column_longer_than_its_bits_is_refused_before_room_is_made() {
        let bytes = written(&[0; 64]);
        assert_eq!(
            BitReader::new(&bytes).column(usize::MAX).unwrap_err(),
            Truncated
        );
        assert_eq!(
            BitReader::new(&bytes[..4]).column(33).unwrap_err(),
            Truncated
        );
        assert!(BitReader::new(&[]).column(1).is_err());
    }

    proptest! {
        #[test]
        fn any_column_comes_back(
            column in proptest::collection::vec(
                prop_oneof![0u64..4, 0u64..5_000, any::<u64>(), Just(u64::MAX)],
                0..400,
            )
        ) {
            let bytes = written(&column);
            let back = BitReader::new(&bytes).column(column.len()).unwrap();
            prop_assert_eq!(&*back, &column);
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = BitReader::new(&bytes).column(200);
        }
    }
}
