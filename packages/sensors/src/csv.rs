//! Readings as CSV (RFC 4180, one record a line), read record by record.
//!
//! The header names the columns, in any order: `time`, `measure`, `value` and `unit`, and perhaps
//! `quality` and `simulated`.
//!
//! | column | holds |
//! |---|---|
//! | `time` | RFC 3339 with its offset from UTC (`2026-11-23T08:30:00+01:00`), or whole milliseconds since 1970 |
//! | `measure` | a LOINC code (`8867-4`) or a name (`heart_rate`) |
//! | `value` | a decimal number with a dot |
//! | `unit` | UCUM: the measure's own unit, or one that [`crate::Conversion`] knows |
//! | `quality` | `good` (also if empty), `questionable`, `poor` |
//! | `simulated` | `false` (also if empty), `true` |
//!
//! Any other column, unit, or an implausible value is an error with its line. Records need not be
//! in order of time.

use std::io::BufRead;

use csv::StringRecord;
use serde_json::Value;
use time::format_description::well_known::Rfc3339;
use time::OffsetDateTime;
use vitals_core::measure::{Measure, MEASURES};
use vitals_core::reading::{Quality, ReadingFlags};
use vitals_core::time::Millis;

use crate::lines::Lines;
use crate::measurement::plausible;
use crate::{Conversion, Decimal, Sample, SensorError};

const REQUIRED: [&str; 4] = ["time", "measure", "value", "unit"];
const OPTIONAL: [&str; 2] = ["quality", "simulated"];

/// Reads a file's samples one by one, with one line in memory.
pub struct CsvReader<R> {
    lines: Lines<R>,
    /// Where `time`, `measure`, `value` and `unit` are.
    required: [usize; 4],
    optional: [Option<usize>; 2],
    columns: usize,
}

impl<R: BufRead> CsvReader<R> {
    /// Reads the header.
    pub fn new(input: R) -> Result<Self, SensorError> {
        let mut lines = Lines::new(input);
        let refused = |rule: String| SensorError::CsvHeader { rule };
        let header = lines.next()?.unwrap_or_default();
        // a spreadsheet's mark that the file is UTF-8
        let header = header.trim_start_matches('\u{feff}');
        let names = record(header).ok_or_else(|| refused("it is no record".into()))?;
        let known = |name: &str| REQUIRED.contains(&name) || OPTIONAL.contains(&name);
        if let Some(other) = names.iter().find(|name| !known(name)) {
            let other: String = other.chars().take(40).collect();
            return Err(refused(format!("{other:?} is no column of this format")));
        }
        let place = |name: &str| names.iter().position(|found| found == name);
        let twice = |name: &&str| names.iter().filter(|found| found == name).count() > 1;
        if let Some(name) = REQUIRED.iter().chain(&OPTIONAL).find(|name| twice(name)) {
            return Err(refused(format!("the column {name} is there twice")));
        }
        let mut required = [0; 4];
        for (at, name) in required.iter_mut().zip(REQUIRED) {
            *at = place(name).ok_or_else(|| refused(format!("the column {name} is missing")))?;
        }
        Ok(Self {
            required,
            optional: OPTIONAL.map(place),
            columns: names.len(),
            lines,
        })
    }

    fn read(&mut self) -> Result<Option<Sample>, SensorError> {
        loop {
            let Some(text) = self.lines.next()? else {
                return Ok(None);
            };
            if text.is_empty() {
                continue;
            }
            let record = record(text);
            let line = self.lines.number();
            let fields = record.filter(|record| record.len() == self.columns);
            let record = fields.ok_or_else(|| SensorError::CsvLine {
                line,
                column: "all".into(),
                rule: format!("a record here has {} fields", self.columns),
            })?;
            return self.sample(line, &record).map(Some);
        }
    }

    fn sample(&self, line: u64, record: &StringRecord) -> Result<Sample, SensorError> {
        let [time, measure, value, unit] = self.required.map(|at| record.get(at).unwrap_or(""));
        let [quality, simulated] = self
            .optional
            .map(|at| at.and_then(|at| record.get(at)).unwrap_or(""));
        let refused = |column: &str, rule: &str| SensorError::CsvLine {
            line,
            column: column.into(),
            rule: rule.into(),
        };
        let measure = parse_measure(measure)
            .ok_or_else(|| refused("measure", "a LOINC code or the name of a measure"))?;
        let conversion = Conversion::of(measure, unit)
            .ok_or_else(|| refused("unit", "a UCUM unit that leads to the measure's own"))?;
        let value =
            Decimal::parse(value).ok_or_else(|| refused("value", "a decimal number with a dot"))?;
        let time_rule = "RFC 3339 with an offset, or whole milliseconds since 1970";
        Ok(Sample {
            at_ms: parse_time(time).ok_or_else(|| refused("time", time_rule))?,
            measure,
            value: plausible(measure, value, &conversion)
                .map_err(|error| refused("value", &error.to_string()))?,
            flags: ReadingFlags {
                quality: parse_quality(quality)
                    .ok_or_else(|| refused("quality", "good, questionable or poor"))?,
                simulated: parse_flag(simulated)
                    .ok_or_else(|| refused("simulated", "true or false"))?,
            },
        })
    }
}

impl<R: BufRead> Iterator for CsvReader<R> {
    type Item = Result<Sample, SensorError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

fn record(line: &str) -> Option<StringRecord> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).buffer_capacity(line.len() + 1);
    let mut reader = reader.from_reader(line.as_bytes());
    let mut record = StringRecord::new();
    record_read(&mut reader, &mut record).then_some(record)
}

fn record_read(reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord) -> bool {
    reader.read_record(record).unwrap_or(false)
}

fn parse_measure(text: &str) -> Option<Measure> {
    let by_code = MEASURES.iter().find(|info| info.loinc == text);
    by_code
        .map(|info| info.measure)
        .or_else(|| serde_json::from_value(Value::String(text.into())).ok())
}

fn parse_time(text: &str) -> Option<Millis> {
    if let Ok(ms) = text.parse() {
        return Some(ms);
    }
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Millis::try_from(time.unix_timestamp_nanos() / 1_000_000).ok()
}

fn parse_quality(text: &str) -> Option<Quality> {
    match text {
        "" | "good" => Some(Quality::Good),
        "questionable" => Some(Quality::Questionable),
        "poor" => Some(Quality::Poor),
        _ => None,
    }
}

fn parse_flag(text: &str) -> Option<bool> {
    match text {
        "" | "false" => Some(false),
        "true" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<Vec<Sample>, SensorError> {
        CsvReader::new(text.as_bytes())?.collect()
    }

    const FILE: &str = "time,measure,value,unit,quality\n\
        2026-11-23T08:30:00+01:00,8867-4,72.5,/min,\n\
        \"1795418999250\",body_temperature,\"98.6\",[degF],poor\r\n\n\
        1795419000000,15074-8,90,mg/dL,questionable\n";

    #[test]
    fn a_file_names_measures_by_code_or_name_and_units_by_ucum() {
        let samples = read(FILE).unwrap();
        let seen: Vec<_> = samples
            .iter()
            .map(|s| (s.at_ms, s.measure, s.value, s.flags.quality))
            .collect();
        assert_eq!(
            seen,
            [
                (1_795_419_000_000, Measure::HeartRate, 725, Quality::Good),
                (
                    1_795_418_999_250,
                    Measure::BodyTemperature,
                    3_700,
                    Quality::Poor
                ),
                (
                    1_795_419_000_000,
                    Measure::Glucose,
                    50,
                    Quality::Questionable
                ),
            ]
        );
        let simulated = "simulated,unit,value,measure,time\ntrue,%,97,2708-6,5\n";
        let refused = read(simulated).unwrap_err().to_string();
        assert!(
            refused.contains("line 2, measure"),
            "2708-6 is by any method: {refused}"
        );
        let samples = read(&simulated.replace("2708-6", "59408-5")).unwrap();
        assert!(samples[0].flags.simulated && samples[0].value == 970);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_column() {
        let cases = [
            ("2026-11-23T08:30:00,8867-4,72,/min", "line 2, time"),
            ("1.5,8867-4,72,/min", "line 2, time"),
            ("1,pulse,72,/min", "line 2, measure"),
            ("1,8867-4,\"72,5\",/min", "line 2, value"),
            ("1,8867-4,0,/min", "line 2, value"),
            ("1,8867-4,72,bpm", "line 2, unit"),
            ("1,8867-4,72", "line 2, all"),
        ];
        for (line, expected) in cases {
            let refused = read(&format!("time,measure,value,unit\n{line}\n")).unwrap_err();
            assert!(refused.to_string().contains(expected), "{line}: {refused}");
            assert!(!refused.to_string().contains("72"), "no value in {refused}");
        }
    }

    #[test]
    fn a_header_that_lacks_repeats_or_adds_a_column_is_refused() {
        for header in [
            "",
            "time,measure,value",
            "time,measure,value,unit,unit",
            "time,measure,value,unit,name",
        ] {
            let refused = read(&format!("{header}\n")).unwrap_err().code();
            assert_eq!(refused, "sensors/csv_header", "{header:?}");
        }
        assert_eq!(read("\u{feff}time,measure,value,unit\n"), Ok(vec![]));
    }

    proptest! {
        #[test]
        fn no_bytes_panic_and_all_that_is_read_is_plausible(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            fields in "[0-9a-z,\"\\n.:TZ+%/-]{0,80}",
        ) {
            let _ = CsvReader::new(&bytes[..]).map(Iterator::count);
            let text = format!("time,measure,value,unit\n{fields}");
            for sample in CsvReader::new(text.as_bytes()).unwrap().flatten() {
                prop_assert!(sample.measure.is_plausible(sample.value));
            }
        }
    }
}
