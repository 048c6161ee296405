//! PLX Spot-Check (0x2A5E) and PLX Continuous (0x2A5F) Measurement.

use vitals_core::measure::Measure;
use vitals_core::reading::Quality;

use super::fields::{bit, Fields};
use super::float::Float;
use super::worst;
use crate::{Conversion, Measurement, SensorError, Stamp};

/// Saturation in percent and pulse rate in beats a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oximetry {
    pub saturation: Float,
    pub pulse: Float,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotCheck {
    pub values: Oximetry,
    pub stamp: Stamp,
    status: Status,
}

/// The averages a continuous oximeter makes over different times. Only the normal one becomes
/// readings: the others are the same signal once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Continuous {
    pub normal: Oximetry,
    pub fast: Option<Oximetry>,
    pub slow: Option<Oximetry>,
    status: Status,
}

/// Measurement Status: invalid (15), unavailable (13), calibration goes on (12).
const POOR: u16 = 1 << 15 | 1 << 13 | 1 << 12;
/// Questionable (14), early estimate (6), still measuring (5).
const QUESTIONABLE: u16 = 1 << 14 | 1 << 6 | 1 << 5;
/// For demonstration (10) or testing (11): not measured on the patient.
const SIMULATED: u16 = 1 << 10 | 1 << 11;
const RESERVED: u16 = 0b1_1111;

/// Device and Sensor Status: equipment malfunction (1), inadequate signal (3), poor signal (4),
/// nonpulsatile signal (7), sensor unconnected to user (11), displaced (13), malfunctioning (14),
/// disconnected (15).
const DEVICE_POOR: u32 = 1 << 1 | 1 << 3 | 1 << 4 | 1 << 7 | 1 << 11 | 1 << 13 | 1 << 14 | 1 << 15;
/// Signal processing irregular (2), low perfusion (5), erratic signal (6), questionable pulse (8),
/// analysis goes on (9), sensor interfered with (10), unknown sensor (12). Bit 0, extended display
/// update, says nothing of the signal.
const DEVICE_QUESTIONABLE: u32 = 1 << 2 | 1 << 5 | 1 << 6 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 12;
const DEVICE_RESERVED: u32 = 0xff_0000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Status {
    measurement: u16,
    device: u32,
    understood: bool,
}

impl Oximetry {
    fn read(fields: &mut Fields<'_>) -> Result<Self, SensorError> {
        Ok(Self {
            saturation: fields.sfloat("SpO2")?,
            pulse: fields.sfloat("pulse rate")?,
        })
    }

    /// One of the two may be no number or not plausible: the other still counts.
    fn measurement(&self, stamp: Stamp, status: Status) -> Result<Measurement, SensorError> {
        let mut measurement = Measurement::new(stamp, status.quality());
        measurement.flags.simulated = status.measurement & SIMULATED != 0;
        if let Float::Number(saturation) = self.saturation {
            measurement = measurement.with_plausible(Measure::OxygenSaturation, saturation);
        }
        if let Float::Number(pulse) = self.pulse {
            measurement = measurement.with_plausible(Measure::HeartRate, pulse);
        }
        if measurement.values.is_empty() {
            let saturation = self.saturation.number("SpO2")?;
            return measurement.with(Measure::OxygenSaturation, saturation, &Conversion::SAME);
        }
        Ok(measurement)
    }
}

impl SpotCheck {
    pub fn decode(value: &[u8]) -> Result<Self, SensorError> {
        let mut fields = Fields::new(value);
        let flags = fields.u8("flags")?;
        let values = Oximetry::read(&mut fields)?;
        let stamp = fields.when(bit(flags, 0), Fields::date_time)?;
        let clock_set = !bit(flags, 4);
        let optional = [bit(flags, 1), bit(flags, 2), bit(flags, 3)];
        Ok(Self {
            values,
            stamp: stamp.filter(|_| clock_set).unwrap_or(Stamp::Arrival),
            status: Status::read(&mut fields, optional, flags >> 5 == 0)?,
        })
    }

    pub fn measurement(&self) -> Result<Measurement, SensorError> {
        self.values.measurement(self.stamp, self.status)
    }
}

impl Continuous {
    pub fn decode(value: &[u8]) -> Result<Self, SensorError> {
        let mut fields = Fields::new(value);
        let flags = fields.u8("flags")?;
        let normal = Oximetry::read(&mut fields)?;
        let fast = fields.when(bit(flags, 0), Oximetry::read)?;
        let slow = fields.when(bit(flags, 1), Oximetry::read)?;
        let optional = [bit(flags, 2), bit(flags, 3), bit(flags, 4)];
        Ok(Self {
            normal,
            fast,
            slow,
            status: Status::read(&mut fields, optional, flags >> 5 == 0)?,
        })
    }

    pub fn measurement(&self) -> Result<Measurement, SensorError> {
        self.normal.measurement(Stamp::Arrival, self.status)
    }
}

impl Status {
    /// Measurement status, device and sensor status, pulse amplitude index, where they are there.
    fn read(
        fields: &mut Fields<'_>,
        [measurement, device, amplitude]: [bool; 3],
        known_flags: bool,
    ) -> Result<Self, SensorError> {
        let measurement = fields.when(measurement, |f| f.u16("measurement status"))?;
        let device = fields.when(device, |f| f.u24("device and sensor status"))?;
        fields.when(amplitude, |f| f.sfloat("pulse amplitude index"))?;
        let (measurement, device) = (measurement.unwrap_or(0), device.unwrap_or(0));
        let known_bits = measurement & RESERVED == 0 && device & DEVICE_RESERVED == 0;
        Ok(Self {
            measurement,
            device,
            understood: known_flags && known_bits && fields.is_empty(),
        })
    }

    fn quality(self) -> Quality {
        let by_device = worst(
            self.device,
            DEVICE_POOR,
            DEVICE_QUESTIONABLE,
            self.understood,
        );
        by_device.max(worst(
            self.measurement.into(),
            POOR.into(),
            QUESTIONABLE.into(),
            true,
        ))
    }
}
