//! Readings as rows: CSV by measure, and JSON Lines of all. No field needs quotes.

use serde_json::{json, Value};
use vitals_api::anchor::BatchInfo;
use vitals_core::measure::Measure;
use vitals_core::reading::{Quality, Reading};
use vitals_insurance::show_ms;

/// First line of each CSV file.
pub const HEADER: &str =
    "at,at_ms,value,unit,loinc,quality,simulated,device,assurance,calibrated,batch,index";

/// A reading of a verified batch.
pub struct Row<'a> {
    pub info: &'a BatchInfo,
    pub index: usize,
    pub reading: &'a Reading,
}

impl Row<'_> {
    fn at_ms(&self) -> u64 {
        self.reading.at_ms(self.info.id.epoch)
    }

    pub fn csv(&self) -> String {
        let (reading, measure) = (self.reading, self.reading.measure.info());
        format!(
            "{},{},{},{},{},{},{},{},{},{},{},{}",
            show_ms(self.at_ms()),
            self.at_ms(),
            decimal(reading.value, measure.scale),
            measure.unit,
            measure.loinc,
            quality(reading.flags.quality),
            reading.flags.simulated,
            self.info.id.device,
            name(&self.info.assurance),
            self.info.calibrated,
            batch_name(self.info),
            self.index
        )
    }

    pub fn json(&self) -> Value {
        let (reading, measure) = (self.reading, self.reading.measure.info());
        json!({
            "at": show_ms(self.at_ms()),
            "at_ms": self.at_ms(),
            "measure": measure.measure,
            "value": decimal(reading.value, measure.scale),
            "unit": measure.unit,
            "loinc": measure.loinc,
            "quality": quality(reading.flags.quality),
            "simulated": reading.flags.simulated,
            "device": self.info.id.device,
            "batch": batch_name(self.info),
            "index": self.index,
            // canonical: what the leaf of the batch's tree holds before its salt
            "bytes": hex::encode(reading.to_bytes()),
        })
    }
}

/// `readings/heart_rate.csv`.
pub fn file_of(measure: Measure) -> String {
    format!("readings/{}.csv", name(&measure))
}

/// Tells it from every other batch: `cardiac/500000/7/12`.
pub fn batch_name(info: &BatchInfo) -> String {
    let id = &info.id;
    format!(
        "{}/{}/{}/{}",
        id.category.name(),
        id.epoch,
        id.device,
        id.sequence
    )
}

/// Fixed point as people write it: all digits of the scale, so that nothing is lost.
fn decimal(value: i64, scale: u8) -> String {
    if scale == 0 {
        return value.to_string();
    }
    let digits = format!(
        "{:0>width$}",
        value.unsigned_abs(),
        width = usize::from(scale) + 1
    );
    let (whole, part) = digits.split_at(digits.len() - usize::from(scale));
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{whole}.{part}")
}

fn quality(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "good",
        Quality::Questionable => "questionable",
        Quality::Poor => "poor",
    }
}

/// As messages spell it.
fn name(of: &impl serde::Serialize) -> String {
    match serde_json::to_value(of) {
        Ok(Value::String(name)) => name,
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_point_keeps_every_digit_and_the_sign() {
        for (value, scale, shown) in [
            (725, 1, "72.5"),
            (5, 1, "0.5"),
            (-5, 1, "-0.5"),
            (-1_234, 2, "-12.34"),
            (0, 2, "0.00"),
            (7, 0, "7"),
            (i64::MIN, 1, "-922337203685477580.8"),
        ] {
            assert_eq!(decimal(value, scale), shown);
        }
    }

    #[test]
    fn every_measure_has_a_file_and_fields_without_quotes() {
        for measure in Measure::ALL {
            let info = measure.info();
            for field in [file_of(measure).as_str(), info.unit, info.loinc] {
                assert!(!field.contains([',', '"', '\n', ' ']), "{field:?}");
            }
        }
        assert_eq!(file_of(Measure::HeartRate), "readings/heart_rate.csv");
    }
}
