//! What sensors send: read, kept for good, told; or put aside with the reason.

use vitals_core::time::Millis;

use super::loading::Sensor;
use super::sensors::SignedSensors;
use crate::gatt::{self, Content};
use crate::time::MAX_AHEAD_MS;
use crate::{ClockUse, Measurement, Sample, SensorError, Stamp};

/// A characteristic's value, as it came from a radio.
#[derive(Clone, Copy)]
pub struct Arrival<'a> {
    pub device: u64,
    pub characteristic: u16,
    pub value: &'a [u8],
    /// By the clock of the radio's host.
    pub at_ms: Millis,
    /// The transport's own number of this delivery, such as MQTT's packet identifier.
    pub delivery: Option<u16>,
    /// The transport delivers again what it may have delivered before, as MQTT says by DUP.
    pub again: bool,
}

/// What became of it. Only after `NotNow` the sender keeps it and sends it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// So many readings are on disk.
    Kept { readings: usize },
    /// It came before.
    Repeated,
    /// Percent. No reading, and nothing on disk: the next lines tell it to the gateway.
    Battery { percent: u8 },
    /// It is no reading of the patient; it is put aside with this code.
    Refused { code: String },
    /// The store is full: nothing of it is kept.
    NotNow { code: String },
}

impl SignedSensors {
    /// Takes them in order. When it returns, what it kept is on disk: one transaction and one wait
    /// for the disk for all. After an error nothing of them is kept.
    pub fn take(&mut self, arrivals: &[Arrival<'_>]) -> Result<Vec<Taken>, SensorError> {
        self.change(|sensors| {
            let take = |arrival| sensors.take_one(arrival);
            arrivals.iter().map(take).collect()
        })
    }

    /// Takes samples of a file, in any order; how many are kept. One that has no place any more,
    /// or that the model does not measure, is an error, and then none is kept.
    pub fn take_samples(&mut self, device: u64, samples: &[Sample]) -> Result<usize, SensorError> {
        self.change(|sensors| {
            let mut kept = samples.to_vec();
            for sample in &mut kept {
                sensors.check_limits(device, sample.at_ms)?;
                let sensor = sensors.sensor(device)?;
                if !sensor.settings.measures.contains(&sample.measure) {
                    return Err(SensorError::Unmeasured);
                }
                sensor.fit(sample, false)?;
            }
            sensors.keep(device, &kept)?;
            Ok(kept.len())
        })
    }

    fn take_one(&mut self, arrival: &Arrival<'_>) -> Result<Taken, SensorError> {
        let device = arrival.device;
        if !self.is_sensor(device)? {
            // nobody's reading: a flood of these must not push out what is put aside
            let code = SensorError::Unknown { device }.code();
            return Ok(Taken::Refused { code });
        }
        let measurement = match gatt::decode(arrival.characteristic, arrival.value) {
            Ok(Content::Battery(percent)) => {
                self.batteries.insert(device, percent);
                return Ok(Taken::Battery { percent });
            }
            Ok(Content::Measurement(measurement)) => measurement,
            Err(error) => return self.refuse(arrival, &error),
        };
        let samples = match self.sensor(device)?.read(arrival, &measurement) {
            Ok(samples) => samples,
            Err(error) => return self.refuse_new(arrival, &measurement, &error),
        };
        // all of a measurement but its beats have one time
        let earliest = samples.iter().map(|sample| sample.at_ms).min();
        if let Err(error) = self.check_limits(device, earliest.unwrap_or(arrival.at_ms)) {
            return self.refuse_new(arrival, &measurement, &error);
        }
        if let Err(error) = self.room(samples.len()) {
            self.store.count(device, NOT_NOW, 1)?;
            let code = error.code();
            return Ok(Taken::NotNow { code });
        }
        if !self.store.is_new(arrival, &measurement)? {
            return Ok(Taken::Repeated);
        }
        let mut placed = samples;
        let by_arrival = self.sensor(device)?.is_by_arrival(&measurement);
        for sample in &mut placed {
            if let Err(error) = self.sensor(device)?.fit(sample, by_arrival) {
                return self.refuse(arrival, &error);
            }
        }
        self.keep(device, &placed)?;
        let readings = placed.len();
        Ok(Taken::Kept { readings })
    }

    /// A measurement that is refused and comes again is refused once.
    fn refuse_new(
        &self,
        arrival: &Arrival<'_>,
        measurement: &Measurement,
        error: &SensorError,
    ) -> Result<Taken, SensorError> {
        match self.store.is_new(arrival, measurement)? {
            true => self.refuse(arrival, error),
            false => Ok(Taken::Repeated),
        }
    }

    fn refuse(&self, arrival: &Arrival<'_>, error: &SensorError) -> Result<Taken, SensorError> {
        let code = error.code();
        self.store.put_aside(arrival, &code)?;
        Ok(Taken::Refused { code })
    }
}

/// Payloads for which there was no room.
pub(super) const NOT_NOW: &str = "not_now";

impl Sensor {
    /// The samples of a measurement, at the time it was made.
    fn read(
        &self,
        arrival: &Arrival<'_>,
        measurement: &Measurement,
    ) -> Result<Vec<Sample>, SensorError> {
        if let (Some(expected), Some(got)) = (self.settings.user, measurement.user) {
            if expected != got {
                return Err(SensorError::User { expected, got });
            }
        }
        let at_ms = self.settings.clock.time(measurement.stamp, arrival.at_ms)?;
        let mut samples = match self.settings.beats && !measurement.beats.is_empty() {
            true => measurement.beat_samples(at_ms),
            false => measurement.samples(at_ms),
        };
        samples.retain(|sample| self.settings.measures.contains(&sample.measure));
        match samples.is_empty() {
            true => Err(SensorError::Unmeasured),
            false => Ok(samples),
        }
    }

    fn is_by_arrival(&self, measurement: &Measurement) -> bool {
        measurement.stamp == Stamp::Arrival || self.settings.clock.uses == ClockUse::Arrival
    }

    /// A reading goes behind those that are signed. One that is timed by arrival is moved there by
    /// up to two minutes, which is what a clock that was set back takes; any other is late.
    fn fit(&self, sample: &mut Sample, by_arrival: bool) -> Result<(), SensorError> {
        let (category, at_ms) = (sample.measure.category(), sample.at_ms);
        if self.link.has_place(category, at_ms) {
            return Ok(());
        }
        let last_ms = self.link.placed_until(category).unwrap_or(0);
        if by_arrival && last_ms.saturating_sub(at_ms) < MAX_AHEAD_MS {
            sample.at_ms = last_ms.saturating_add(1);
            return Ok(());
        }
        Err(SensorError::Late { at_ms, last_ms })
    }
}
