//! OpenSignals (r)evolution text files, as PLUX biosignals describes them ("OpenSignals Sensor File
//! Specifications (.TXT Format)"): a line that names the format, a line of JSON with one object for
//! each device, `# EndOfHeader`, then a line of tab-separated numbers for each sample.
//!
//! Files of one device are read, row by row, with one line in memory. Values come as they are in
//! the file: counts of the converter, unless the file says that they are converted.

mod header;
mod rates;

use std::io::BufRead;

pub use header::Header;
pub use rates::HeartRates;

use crate::lines::Lines;
use crate::SensorError;

/// One sample of every channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Since the recording began, from 0; samples that the radio lost are counted where the
    /// device's own sequence tells of them.
    pub index: u64,
    /// A value for each channel, in the order of [`Header::channels`].
    pub values: Vec<f64>,
}

pub struct OpenSignals<R> {
    header: Header,
    lines: Lines<R>,
    next_index: u64,
    last_sequence: Option<u64>,
    lost: u64,
}

impl<R: BufRead> OpenSignals<R> {
    /// Reads the header.
    pub fn new(input: R) -> Result<Self, SensorError> {
        let mut lines = Lines::new(input);
        let header = Header::read(&mut lines)?;
        Ok(Self {
            header,
            lines,
            next_index: 0,
            last_sequence: None,
            lost: 0,
        })
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Samples lost so far, by the sequence numbers of the rows read.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    fn read(&mut self) -> Result<Option<Row>, SensorError> {
        let Some(text) = self.lines.next()? else {
            return Ok(None);
        };
        let fields: Vec<&str> = text.trim_end_matches('\t').split('\t').collect();
        let numbers = numbers(&fields, self.header.columns());
        let line = self.lines.number();
        let numbers = numbers.map_err(|rule| SensorError::OpenSignalsLine { line, rule })?;
        let index = self.index_of(&numbers);
        self.next_index = index.saturating_add(1);
        let value = |channel: &usize| numbers.get(*channel).copied();
        let values = self.header.places().iter().filter_map(value).collect();
        Ok(Some(Row { index, values }))
    }

    /// Where a row is: behind the last one, and as much further as its sequence number jumps.
    fn index_of(&mut self, numbers: &[f64]) -> u64 {
        let Some((place, modulus)) = self.header.sequence() else {
            return self.next_index;
        };
        let number = numbers.get(place).copied().unwrap_or(0.0).abs() as u64 % modulus;
        let expected = self
            .last_sequence
            .map_or(number, |last| (last + 1) % modulus);
        let skipped = (number + modulus - expected) % modulus;
        self.last_sequence = Some(number);
        self.lost = self.lost.saturating_add(skipped);
        self.next_index.saturating_add(skipped)
    }
}

impl<R: BufRead> Iterator for OpenSignals<R> {
    type Item = Result<Row, SensorError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

fn numbers(fields: &[&str], columns: usize) -> Result<Vec<f64>, String> {
    if fields.len() != columns {
        return Err(format!("a row has {columns} columns, got {}", fields.len()));
    }
    let number = |(place, field): (usize, &&str)| match field.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(format!("column {} is a number", place + 1)),
    };
    fields.iter().enumerate().map(number).collect()
}

#[cfg(test)]
mod tests;
