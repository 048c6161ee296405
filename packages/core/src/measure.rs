//! Measures: LOINC-coded quantities with a UCUM unit, a fixed-point scale and a plausible range;
//! and the categories they are consented to by.
//!
//! Codes and units are those of the FHIR R4 vital-signs profiles where a profile exists
//! (<https://hl7.org/fhir/R4/observation-vitalsigns.html>). Plausible ranges are wide: they bound
//! what a sensor can have measured on a living person, not what is healthy.

use serde::{Deserialize, Serialize};

use crate::bytes::FormatError;

/// A group of measures that is consented to as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Category {
    Cardiac = 1,
    Respiratory = 2,
    Temperature = 3,
    Metabolic = 4,
    Activity = 5,
    Medication = 6,
}

impl Category {
    pub const ALL: [Category; 6] = [
        Category::Cardiac,
        Category::Respiratory,
        Category::Temperature,
        Category::Metabolic,
        Category::Activity,
        Category::Medication,
    ];

    pub fn code(self) -> u8 {
        self as u8
    }

    pub fn from_code(code: u8) -> Result<Self, FormatError> {
        Self::ALL
            .into_iter()
            .find(|c| c.code() == code)
            .ok_or(FormatError::Value {
                what: "category",
                got: code.into(),
                rule: "1 to 6",
            })
    }

    pub fn name(self) -> &'static str {
        match self {
            Category::Cardiac => "cardiac",
            Category::Respiratory => "respiratory",
            Category::Temperature => "temperature",
            Category::Metabolic => "metabolic",
            Category::Activity => "activity",
            Category::Medication => "medication",
        }
    }
}

/// A measure's number in binary records. Numbers are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
#[repr(u16)]
pub enum Measure {
    HeartRate = 1,
    OxygenSaturation = 2,
    RespiratoryRate = 3,
    BodyTemperature = 4,
    SystolicPressure = 5,
    DiastolicPressure = 6,
    Glucose = 7,
    Steps = 8,
    DoseTaken = 9,
}

/// What is fixed about a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureInfo {
    pub measure: Measure,
    pub loinc: &'static str,
    pub display: &'static str,
    /// UCUM.
    pub unit: &'static str,
    /// Decimal digits kept: a value of 725 at scale 1 is 72.5.
    pub scale: u8,
    /// Lowest and highest plausible value, in the fixed point of `scale`.
    pub plausible: (i64, i64),
    pub category: Category,
}

const fn info(
    measure: Measure,
    loinc: &'static str,
    display: &'static str,
    unit: &'static str,
    scale: u8,
    plausible: (i64, i64),
    category: Category,
) -> MeasureInfo {
    MeasureInfo {
        measure,
        loinc,
        display,
        unit,
        scale,
        plausible,
        category,
    }
}

/// Every measure this version knows.
pub const MEASURES: [MeasureInfo; 9] = [
    info(
        Measure::HeartRate,
        "8867-4",
        "Heart rate",
        "/min",
        1,
        (100, 3_500),
        Category::Cardiac,
    ),
    info(
        Measure::OxygenSaturation,
        "59408-5",
        "Oxygen saturation by pulse oximetry",
        "%",
        1,
        (300, 1_000),
        Category::Respiratory,
    ),
    info(
        Measure::RespiratoryRate,
        "9279-1",
        "Respiratory rate",
        "/min",
        1,
        (10, 1_000),
        Category::Respiratory,
    ),
    info(
        Measure::BodyTemperature,
        "8310-5",
        "Body temperature",
        "Cel",
        2,
        (2_000, 4_600),
        Category::Temperature,
    ),
    info(
        Measure::SystolicPressure,
        "8480-6",
        "Systolic blood pressure",
        "mm[Hg]",
        0,
        (30, 350),
        Category::Cardiac,
    ),
    info(
        Measure::DiastolicPressure,
        "8462-4",
        "Diastolic blood pressure",
        "mm[Hg]",
        0,
        (10, 250),
        Category::Cardiac,
    ),
    info(
        Measure::Glucose,
        "15074-8",
        "Glucose in blood",
        "mmol/L",
        1,
        (5, 600),
        Category::Metabolic,
    ),
    info(
        Measure::Steps,
        "55423-8",
        "Number of steps",
        "{steps}",
        0,
        (0, 30_000),
        Category::Activity,
    ),
    // LOINC has no quantity for it: the code says what was done, the value counts the doses
    info(
        Measure::DoseTaken,
        "29549-3",
        "Medication administered",
        "{dose}",
        0,
        (1, 100),
        Category::Medication,
    ),
];

impl Measure {
    pub const ALL: [Measure; 9] = [
        Measure::HeartRate,
        Measure::OxygenSaturation,
        Measure::RespiratoryRate,
        Measure::BodyTemperature,
        Measure::SystolicPressure,
        Measure::DiastolicPressure,
        Measure::Glucose,
        Measure::Steps,
        Measure::DoseTaken,
    ];

    pub fn code(self) -> u16 {
        self as u16
    }

    pub fn from_code(code: u16) -> Result<Self, FormatError> {
        MEASURES
            .iter()
            .map(|m| m.measure)
            .find(|m| m.code() == code)
            .ok_or(FormatError::Value {
                what: "measure",
                got: code.into(),
                rule: "1 to 9",
            })
    }

    pub fn info(self) -> &'static MeasureInfo {
        match self {
            Measure::HeartRate => &MEASURES[0],
            Measure::OxygenSaturation => &MEASURES[1],
            Measure::RespiratoryRate => &MEASURES[2],
            Measure::BodyTemperature => &MEASURES[3],
            Measure::SystolicPressure => &MEASURES[4],
            Measure::DiastolicPressure => &MEASURES[5],
            Measure::Glucose => &MEASURES[6],
            Measure::Steps => &MEASURES[7],
            Measure::DoseTaken => &MEASURES[8],
        }
    }

    pub fn category(self) -> Category {
        self.info().category
    }

    /// Whether a living person can have this value.
    pub fn is_plausible(self, value: i64) -> bool {
        let (low, high) = self.info().plausible;
        low <= value && value <= high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_finds_its_own_row_and_code() {
        for row in MEASURES {
            assert_eq!(row.measure.info(), &row);
            assert_eq!(Measure::from_code(row.measure.code()), Ok(row.measure));
            assert!(row.plausible.0 < row.plausible.1);
        }
        assert_eq!(MEASURES.map(|row| row.measure), Measure::ALL);
        assert!(Measure::from_code(0).is_err() && Measure::from_code(10).is_err());
    }

    #[test]
    fn a_category_outside_the_list_is_refused() {
        for category in Category::ALL {
            assert_eq!(Category::from_code(category.code()), Ok(category));
        }
        assert!(Category::from_code(0).is_err() && Category::from_code(7).is_err());
    }
}
