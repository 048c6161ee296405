//! The header of an OpenSignals file.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde::Deserialize;

use crate::lines::Lines;
use crate::{SensorError, Stamp};

const FORMAT: &str = "# OpenSignals Text File Format";
const END: &str = "# EndOfHeader";

/// Samples a second, at most: beyond what any such device offers.
const MAX_RATE: u32 = 100_000;

#[derive(Deserialize)]
struct Device {
    column: Vec<String>,
    #[serde(rename = "sampling rate")]
    sampling_rate: u32,
    label: Vec<String>,
    #[serde(default)]
    sensor: Vec<String>,
    #[serde(default)]
    resolution: Vec<u32>,
    #[serde(rename = "convertedValues", default)]
    converted: u8,
    #[serde(default)]
    date: String,
    #[serde(default)]
    time: String,
}

/// A longer gap than so many samples is not told by a sequence number, and would be filled with as
/// many missing ones.
const MOST_SEQUENCE_BITS: u32 = 16;

/// What a file says of its recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Samples a second.
    pub sampling_rate: u32,
    /// Sensor of each channel, such as `ECG`; `RAW` where the file names none.
    pub channels: Vec<String>,
    /// Whether values are in the sensor's unit rather than counts of the converter.
    pub converted: bool,
    /// When the recording began, by the recording computer's clock.
    pub started: Stamp,
    columns: usize,
    places: Vec<usize>,
    sequence: Option<(usize, u64)>,
    /// Bits of each channel's converter, where the file says so.
    bits: Vec<Option<u32>>,
}

impl Header {
    pub(super) fn read<R: BufRead>(lines: &mut Lines<R>) -> Result<Self, SensorError> {
        expect(lines, FORMAT)?;
        let json = lines.next()?.and_then(|line| line.strip_prefix("# "));
        let devices = json.map(serde_json::from_str::<BTreeMap<String, Device>>);
        let Some(Ok(devices)) = devices else {
            return Err(refused(
                lines,
                "a JSON object with one object for each device",
            ));
        };
        let mut devices = devices.into_values();
        let (Some(device), None) = (devices.next(), devices.next()) else {
            return Err(refused(lines, "the recording of one device"));
        };
        let header = Self::of(&device).map_err(|rule| refused(lines, rule))?;
        expect(lines, END)?;
        Ok(header)
    }

    fn of(device: &Device) -> Result<Self, &'static str> {
        if device.sampling_rate == 0 || device.sampling_rate > MAX_RATE {
            return Err("a sampling rate of 1 to 100000");
        }
        let place = |label: &String| device.column.iter().position(|name| name == label);
        let places: Option<Vec<usize>> = device.label.iter().map(place).collect();
        let places = places.ok_or("a column for each label")?;
        let raw = || "RAW".to_owned();
        let sensor = |at: usize| device.sensor.get(at).cloned().unwrap_or_else(raw);
        Ok(Self {
            sampling_rate: device.sampling_rate,
            channels: (0..places.len()).map(sensor).collect(),
            converted: device.converted != 0,
            started: started(device).unwrap_or(Stamp::Arrival),
            columns: device.column.len(),
            sequence: sequence(device),
            bits: places.iter().map(|place| bits(device, *place)).collect(),
            places,
        })
    }

    /// The first channel of a kind of sensor.
    pub fn channel(&self, sensor: &str) -> Option<usize> {
        self.channels.iter().position(|name| name == sensor)
    }

    /// The lowest and the highest count a channel's converter gives.
    pub fn range(&self, channel: usize) -> Option<(f64, f64)> {
        let bits = self.bits.get(channel).copied().flatten()?;
        let values = 1u64.checked_shl(bits.min(32))?;
        (!self.converted && bits > 0).then(|| (0.0, (values - 1) as f64))
    }

    /// Columns of a row.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// The column of each channel.
    pub(super) fn places(&self) -> &[usize] {
        &self.places
    }

    /// The column of the device's sequence number, and where it begins anew.
    pub(super) fn sequence(&self) -> Option<(usize, u64)> {
        self.sequence
    }
}

/// Known where the header gives the bits of every column, as BITalino's does.
fn bits(device: &Device, place: usize) -> Option<u32> {
    let every = device.resolution.len() == device.column.len();
    device.resolution.get(place).copied().filter(|_| every)
}

fn sequence(device: &Device) -> Option<(usize, u64)> {
    let place = device.column.iter().position(|name| name == "nSeq")?;
    let bits = bits(device, place).filter(|bits| *bits <= MOST_SEQUENCE_BITS)?;
    Some((place, 1u64.checked_shl(bits)?))
}

/// `2016-6-11` and `7:3:47.29`: numbers without leading zeros, the last one milliseconds.
fn started(device: &Device) -> Option<Stamp> {
    let [year, month, day] = parts::<3>(&device.date, &['-'])?;
    let [hours, minutes, seconds, ms] = parts::<4>(&device.time, &[':', '.'])?;
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date =
        time::Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?);
    let small = |number: u32| u8::try_from(number).ok();
    let at = date.ok()?.with_hms_milli(
        small(hours)?,
        small(minutes)?,
        small(seconds)?,
        u16::try_from(ms).ok()?,
    );
    let ns = at.ok()?.assume_utc().unix_timestamp_nanos();
    let ms = i64::try_from(ns / 1_000_000).ok()?;
    Some(Stamp::Local { ms })
}

fn parts<const N: usize>(text: &str, between: &[char]) -> Option<[u32; N]> {
    let numbers: Result<Vec<u32>, _> = text.split(between).map(str::parse).collect();
    numbers.ok()?.try_into().ok()
}

fn expect<R: BufRead>(lines: &mut Lines<R>, expected: &str) -> Result<(), SensorError> {
    if lines.next()? == Some(expected) {
        return Ok(());
    }
    Err(refused(lines, expected))
}

fn refused<R: BufRead>(lines: &Lines<R>, expected: &str) -> SensorError {
    SensorError::OpenSignalsHeader {
        line: lines.number(),
        rule: format!("expected {expected}"),
    }
}
