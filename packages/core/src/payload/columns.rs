//! Readings as columns: what is sealed, before it is sealed.
//!
//! ```text
//! version ‖ salt seed 32 ‖ count u16 ‖ first offset u32 ‖ measure runs ‖ flag runs
//!   ‖ bits: value column, time column, zero bits to the byte ‖ zeros to the Padmé length
//! ```

use alloc::vec::Vec;
use core::ops::Range;
use zeroize::Zeroizing;

use super::padme::padded_len;
use super::rice::{BitReader, BitWriter, Truncated};
use super::PayloadError;
use crate::bytes::Reader;
use crate::measure::Measure;
use crate::reading::{checked_offset, Reading, ReadingFlags};

const VERSION: u8 = 1;

/// As many readings as a payload can say it has.
pub const MAX_READINGS: usize = u16::MAX as usize;

/// Appends the padded plaintext to `out`.
pub(super) fn write(
    out: &mut Vec<u8>,
    seed: &[u8; 32],
    readings: &[Reading],
) -> Result<(), PayloadError> {
    let start = out.len();
    let (count, first) = checked(readings)?;
    out.push(VERSION);
    out.extend_from_slice(seed);
    out.extend_from_slice(&count.to_be_bytes());
    out.extend_from_slice(&first.to_be_bytes());
    write_runs(out, readings, |reading| reading.measure.code());
    write_runs(out, readings, |reading| reading.flags.to_byte().into());
    let mut bits = BitWriter::new(out);
    bits.column(&value_column(readings));
    bits.column(&time_column(readings));
    bits.finish();
    out.resize(start + padded_len(out.len() - start), 0);
    Ok(())
}

/// How many there are and the first one's offset; all that makes readings unfit to be sealed.
fn checked(readings: &[Reading]) -> Result<(u16, u32), PayloadError> {
    let got = readings.len();
    let count = u16::try_from(got).map_err(|_| PayloadError::Count { got })?;
    let first = readings.first().ok_or(PayloadError::Count { got })?;
    for reading in readings {
        checked_offset(reading.offset_ms)?;
    }
    Ok((count, first.offset_ms))
}

/// Reads what [`write`] wrote, and nothing else: whatever comes out is written again and must
/// give the same bytes. One comparison stands for every rule of form: shortest varints, best
/// parameters, no needless escape, zeros where zeros belong, the padded length, no byte more.
pub(super) fn read(plaintext: &[u8]) -> Result<([u8; 32], Vec<Reading>), PayloadError> {
    let mut reader = Reader::versioned("payload", VERSION, plaintext)?;
    let seed = reader.array()?;
    let count = usize::from(reader.u16()?);
    let first = reader.u32()?;
    let measures = read_runs(&mut reader, count, "measure runs")?;
    let flags = read_runs(&mut reader, count, "flag runs")?;
    let rest = reader.take(reader.remaining())?;
    let mut bits = BitReader::new(rest);
    let values = bits.column(count)?;
    let times = bits.column(count.saturating_sub(1))?;

    let mut readings = Vec::with_capacity(count);
    push_values(&mut readings, &measures, &values)?;
    set_times(&mut readings, first, &times)?;
    set_flags(&mut readings, &flags)?;
    is_canonical(plaintext, &seed, &readings)?;
    Ok((seed, readings))
}

fn is_canonical(
    plaintext: &[u8],
    seed: &[u8; 32],
    readings: &[Reading],
) -> Result<(), PayloadError> {
    let mut again = Zeroizing::new(Vec::with_capacity(plaintext.len()));
    write(&mut again, seed, readings)?;
    if again[..] != *plaintext {
        return Err(PayloadError::NotCanonical);
    }
    Ok(())
}

/// Runs of equal `what`: its number and the run's length, each a varint.
fn write_runs(out: &mut Vec<u8>, readings: &[Reading], what: impl Fn(&Reading) -> u16) {
    for run in readings.chunk_by(|a, b| what(a) == what(b)) {
        write_varint(out, run.first().map_or(0, &what));
        // No run is longer than the count, which fits.
        write_varint(out, run.len() as u16);
    }
}

struct Run {
    code: u16,
    range: Range<usize>,
}

/// Runs that make up exactly `count` readings. Each takes two bytes, so no more are kept than
/// the input has room for.
fn read_runs(
    reader: &mut Reader<'_>,
    count: usize,
    what: &'static str,
) -> Result<Vec<Run>, PayloadError> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < count {
        let code = read_varint(reader)?;
        let len = usize::from(read_varint(reader)?);
        if len == 0 || len > count - at {
            return Err(PayloadError::Runs { what });
        }
        runs.push(Run {
            code,
            range: at..at + len,
        });
        at += len;
    }
    Ok(runs)
}

/// Seven bits a byte, the lowest first, the top bit set on all but the last (LEB128).
fn write_varint(out: &mut Vec<u8>, mut number: u16) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn read_varint(reader: &mut Reader<'_>) -> Result<u16, PayloadError> {
    let mut number = 0u32;
    for shift in [0, 7, 14] {
        let byte = reader.u8()?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return u16::try_from(number).map_err(|_| PayloadError::Varint);
        }
    }
    Err(PayloadError::Varint)
}

/// The last value seen of each measure. There are few measures, and looking through them is
/// done once a run.
#[derive(Default)]
struct LastValues(Vec<(Measure, i64)>);

impl LastValues {
    fn of(&mut self, measure: Measure) -> &mut i64 {
        let at = match self.0.iter().position(|(known, _)| *known == measure) {
            Some(at) => at,
            None => {
                self.0.push((measure, 0));
                self.0.len() - 1
            }
        };
        &mut self.0[at].1
    }
}

/// Each value less the one before of the same measure. Differences wrap, so that any two
/// 64-bit values have one.
fn value_column(readings: &[Reading]) -> Zeroizing<Vec<u64>> {
    let mut column = Zeroizing::new(Vec::with_capacity(readings.len()));
    let mut last = LastValues::default();
    for run in readings.chunk_by(|a, b| a.measure == b.measure) {
        let Some(first) = run.first() else { continue };
        let last = last.of(first.measure);
        for reading in run {
            column.push(zigzag(reading.value.wrapping_sub(*last)));
            *last = reading.value;
        }
    }
    column
}

fn push_values(
    readings: &mut Vec<Reading>,
    measures: &[Run],
    column: &[u64],
) -> Result<(), PayloadError> {
    let mut last = LastValues::default();
    for run in measures {
        let measure = Measure::from_code(run.code)?;
        let last = last.of(measure);
        for difference in column.get(run.range.clone()).unwrap_or_default() {
            *last = last.wrapping_add(unzigzag(*difference));
            readings.push(Reading {
                measure,
                value: *last,
                offset_ms: 0,
                flags: ReadingFlags::MEASURED_GOOD,
            });
        }
    }
    Ok(())
}

/// How each step in time differs from the step before: a steady sensor's are all zero, and a
/// heart's beats resemble their neighbours.
fn time_column(readings: &[Reading]) -> Zeroizing<Vec<u64>> {
    let mut column = Zeroizing::new(Vec::with_capacity(readings.len()));
    let mut last_step = 0;
    for (before, after) in readings.iter().zip(readings.iter().skip(1)) {
        let step = i64::from(after.offset_ms) - i64::from(before.offset_ms);
        column.push(zigzag(step - last_step));
        last_step = step;
    }
    column
}

fn set_times(readings: &mut [Reading], first: u32, column: &[u64]) -> Result<(), PayloadError> {
    let Some((head, rest)) = readings.split_first_mut() else {
        return Ok(());
    };
    head.offset_ms = checked_offset(first)?;
    let (mut at, mut step) = (i64::from(first), 0i64);
    for (reading, change) in rest.iter_mut().zip(column) {
        step = step.wrapping_add(unzigzag(*change));
        at = at.wrapping_add(step);
        let offset = u32::try_from(at).map_err(|_| PayloadError::Offset)?;
        reading.offset_ms = checked_offset(offset)?;
    }
    Ok(())
}

fn set_flags(readings: &mut [Reading], runs: &[Run]) -> Result<(), PayloadError> {
    for run in runs {
        let byte = u8::try_from(run.code).map_err(|_| PayloadError::Runs { what: "flag runs" })?;
        let flags = ReadingFlags::from_byte(byte)?;
        for reading in readings.get_mut(run.range.clone()).unwrap_or_default() {
            reading.flags = flags;
        }
    }
    Ok(())
}

/// Signed to unsigned, small to small: 0, -1, 1, -2, … become 0, 1, 2, 3, ….
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

impl From<Truncated> for PayloadError {
    fn from(_: Truncated) -> Self {
        PayloadError::Bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn reading(value: i64, offset_ms: u32) -> Reading {
        Reading {
            measure: Measure::HeartRate,
            value,
            offset_ms,
            flags: ReadingFlags::MEASURED_GOOD,
        }
    }

    fn plaintext() -> Vec<u8> {
        let mut out = Vec::new();
        let readings = [
            reading(725, 10),
            reading(726, 810),
            reading(724, 1_620),
            reading(724, 2_420),
        ];
        write(&mut out, &[7; 32], &readings).unwrap();
        out
    }

    #[test]
    fn every_changed_bit_gives_other_readings_or_an_error() {
        let good = plaintext();
        let (seed, readings) = read(&good).unwrap();
        for bit in 0..good.len() * 8 {
            let mut bytes = good.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            if let Ok(other) = read(&bytes) {
                assert_ne!(other, (seed, readings.clone()), "bit {bit}");
            }
        }
    }

    #[test]
    fn a_byte_more_or_less_and_padding_that_is_not_zero_are_refused() {
        let good = plaintext();
        let longer = [&good[..], &[0]].concat();
        assert_eq!(read(&longer), Err(PayloadError::NotCanonical));
        for len in 0..good.len() {
            assert!(read(&good[..len]).is_err(), "{len}");
        }
        let mut marked = good.clone();
        *marked.last_mut().unwrap() = 1;
        assert_eq!(read(&marked), Err(PayloadError::NotCanonical));
    }

    #[test]
    fn a_count_without_readings_is_refused_before_room_is_made_for_them() {
        let mut bytes = plaintext();
        bytes[33..35].copy_from_slice(&[0xff, 0xff]);
        let what = "measure runs";
        assert_eq!(read(&bytes), Err(PayloadError::Runs { what }));
        bytes[33..35].copy_from_slice(&[0, 0]);
        assert_eq!(read(&bytes), Err(PayloadError::Count { got: 0 }));
    }

    #[test]
    fn runs_that_are_empty_or_reach_past_the_count_are_refused() {
        let mut bytes = plaintext();
        assert_eq!(bytes[39..43], [1, 4, 0, 4]);
        for len in [0, 5] {
            bytes[40] = len;
            let what = "measure runs";
            assert_eq!(read(&bytes), Err(PayloadError::Runs { what }));
        }
        bytes[40..43].copy_from_slice(&[0x84, 0x80, 0x80]);
        assert_eq!(read(&bytes), Err(PayloadError::Varint));
        bytes[40..43].copy_from_slice(&[0xff, 0xff, 0x7f]);
        assert_eq!(read(&bytes), Err(PayloadError::Varint));
    }

    #[test]
    fn zigzag_is_undone_at_the_ends_of_the_range() {
        for number in [0, -1, 1, i64::MIN, i64::MAX] {
            assert_eq!(unzigzag(zigzag(number)), number);
        }
        assert_eq!([0, -1, 1, -2].map(zigzag), [0, 1, 2, 3]);
    }

    #[test]
    fn varints_of_every_length_come_back() {
        for number in [0, 127, 128, 16_383, 16_384, u16::MAX] {
            let mut out = vec![];
            write_varint(&mut out, number);
            assert_eq!(read_varint(&mut Reader::new("t", &out)), Ok(number));
        }
    }
}
