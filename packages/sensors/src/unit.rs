//! Units by UCUM, and the linear way from each into the unit of a measure.
//!
//! Factors are exact by UCUM 2.2 (`m[Hg]` is 133.3220 kPa, `[degF]` and `K` by definition), save
//! glucose by mass, which takes the molar mass of C6H12O6: 180.156 g/mol, from the IUPAC
//! abridged standard atomic weights of 2021 (C 12.011, H 1.008, O 15.999).

use vitals_core::measure::Measure;

/// (value + `before_hundredths` / 100) × `times.0` / `times.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversion {
    pub before_hundredths: i64,
    pub times: (i64, i64),
}

impl Conversion {
    pub const SAME: Self = Self::times(1, 1);
    pub const FAHRENHEIT: Self = Self {
        before_hundredths: -3_200,
        times: (5, 9),
    };
    pub const KELVIN: Self = Self {
        before_hundredths: -27_315,
        times: (1, 1),
    };
    pub const KILOPASCAL: Self = Self::times(1_000_000, 133_322);
    pub const MOLE_PER_LITRE: Self = Self::times(1_000, 1);
    /// 1 kg/L is 10^6 mg/L.
    pub const GLUCOSE_KG_PER_LITRE: Self = Self::times(1_000_000_000, 180_156);
    pub const GLUCOSE_MG_PER_DECILITRE: Self = Self::times(10_000, 180_156);

    const fn times(by: i64, over: i64) -> Self {
        Self {
            before_hundredths: 0,
            times: (by, over),
        }
    }

    /// From a UCUM unit into the measure's own; `None` where there is no such way.
    pub fn of(measure: Measure, unit: &str) -> Option<Self> {
        if unit == measure.info().unit {
            return Some(Self::SAME);
        }
        match (measure, unit) {
            (Measure::HeartRate | Measure::RespiratoryRate, "1/min" | "{beats}/min") => {
                Some(Self::SAME)
            }
            (Measure::HeartRate | Measure::RespiratoryRate, "Hz" | "/s") => {
                Some(Self::times(60, 1))
            }
            (Measure::OxygenSaturation, "1") => Some(Self::times(100, 1)),
            (Measure::BodyTemperature, "[degF]") => Some(Self::FAHRENHEIT),
            (Measure::BodyTemperature, "K") => Some(Self::KELVIN),
            (Measure::SystolicPressure | Measure::DiastolicPressure, "kPa") => {
                Some(Self::KILOPASCAL)
            }
            (Measure::Glucose, "mol/L") => Some(Self::MOLE_PER_LITRE),
            (Measure::Glucose, "mg/dL") => Some(Self::GLUCOSE_MG_PER_DECILITRE),
            (Measure::Glucose, "kg/L") => Some(Self::GLUCOSE_KG_PER_LITRE),
            (Measure::Steps | Measure::DoseTaken, "1") => Some(Self::SAME),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Decimal;

    fn convert(measure: Measure, value: &str, unit: &str) -> Option<i64> {
        let conversion = Conversion::of(measure, unit)?;
        Decimal::parse(value)?.to_fixed(&conversion, measure.info().scale)
    }

    #[test]
    fn units_come_out_in_the_measure_s_own() {
        let cases = [
            (Measure::BodyTemperature, "98.6", "[degF]", 3_700),
            (Measure::BodyTemperature, "310.15", "K", 3_700),
            (Measure::BodyTemperature, "-40", "[degF]", -4_000),
            (Measure::SystolicPressure, "16", "kPa", 120),
            (Measure::Glucose, "90", "mg/dL", 50),
            (Measure::Glucose, "0.0055", "mol/L", 55),
            (Measure::OxygenSaturation, "0.975", "1", 975),
            (Measure::HeartRate, "1.2", "Hz", 720),
            (Measure::Steps, "12", "{steps}", 12),
        ];
        for (measure, value, unit, expected) in cases {
            assert_eq!(
                convert(measure, value, unit),
                Some(expected),
                "{value} {unit}"
            );
        }
    }

    #[test]
    fn a_unit_of_something_else_has_no_way_into_a_measure() {
        for unit in ["bpm", "kPa", "degC", "", "Cel "] {
            assert_eq!(Conversion::of(Measure::HeartRate, unit), None, "{unit}");
        }
        assert_eq!(Conversion::of(Measure::BodyTemperature, "degF"), None);
    }
}
