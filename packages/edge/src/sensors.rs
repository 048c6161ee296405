//! Sensors that cannot sign: what they send becomes lines of software devices, which the intake
//! takes and answers as it does any device's.

use std::collections::BTreeSet;

use vitals_core::time::Millis;
use vitals_gateway::{GatewayError, Inbound, Intake};
use vitals_ops::Health;
use vitals_sensors::signed::{Arrival, Limits};
use vitals_sensors::{SensorError, SignedSensors, Taken};
use vitals_transport::{Ack, Delivery};

use crate::counts;

/// Lines go to and fro between a sensor and the intake in one go: opened, frames, closed. What is
/// left then goes on with the next greeting.
const ROUNDS: usize = 16;

/// A value on its way in.
pub(crate) struct Value {
    pub device: u64,
    pub characteristic: u16,
    pub bytes: Vec<u8>,
    pub delivery: Option<Delivery>,
    pub ack: Ack,
}

/// A value as it is kept in the quarantine.
pub(crate) fn to_inbound(device: u64, characteristic: u16, bytes: &[u8]) -> Inbound {
    let bytes: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Inbound {
        from: Some(device),
        line: format!("gatt {device} {characteristic:04x} {bytes}"),
    }
}

pub(crate) struct Sensors {
    signed: SignedSensors,
    health: Health,
    /// Whose lines the intake may not have had: announced again with the next greeting.
    overdue: BTreeSet<u64>,
}

impl Sensors {
    /// What is kept from before is announced with the first greeting.
    pub fn new(signed: SignedSensors, health: Health) -> Result<Self, SensorError> {
        let overdue = signed.devices()?.into_iter().collect();
        Ok(Self {
            signed,
            health,
            overdue,
        })
    }

    pub fn are(&self, device: u64) -> bool {
        self.signed.is_sensor(device).unwrap_or(false)
    }

    pub fn devices(&self) -> Vec<u64> {
        self.signed.devices().unwrap_or_default()
    }

    /// Keeps values, acknowledges those kept, and passes on what their sensors say.
    pub fn take(&mut self, values: Vec<Value>, intake: &mut Intake, now_ms: Millis) {
        let devices: BTreeSet<_> = values.iter().map(|value| value.device).collect();
        for device in &devices {
            self.limit(*device, intake);
        }
        let arrivals: Vec<_> = values.iter().map(|value| arrival(value, now_ms)).collect();
        let taken = self.signed.take(&arrivals);
        self.health.of("sensors", &taken);
        let Ok(taken) = taken else { return };
        for (value, taken) in values.into_iter().zip(&taken) {
            counts::sensor(taken);
            if !matches!(taken, Taken::NotNow { .. }) {
                value.ack.done();
            }
        }
        for device in devices {
            let lines = match self.are(device) {
                true => self.signed.lines(device),
                false => continue,
            };
            self.converse(device, lines, intake, now_ms);
        }
    }

    /// The gateway's lines for a sensor.
    pub fn tell(&mut self, device: u64, lines: &[String], intake: &mut Intake, now_ms: Millis) {
        self.limit(device, intake);
        let told = self.heard(device, lines);
        self.converse(device, told, intake, now_ms);
    }

    /// Announces again what may not have arrived.
    pub fn resend(&mut self, intake: &mut Intake, now_ms: Millis) {
        for device in std::mem::take(&mut self.overdue) {
            self.limit(device, intake);
            let lines = self.signed.resend(device);
            self.converse(device, lines, intake, now_ms);
        }
    }

    /// What the intake knows of a sensor's device, before anything that may put a reading into a
    /// batch or forget one.
    fn limit(&mut self, device: u64, intake: &mut Intake) {
        let known = match intake.limits(device) {
            Ok(known) => known,
            Err(error) => return self.health.of::<(), _>("store", &Err(error)),
        };
        if let Some(known) = known.filter(|_| self.are(device)) {
            let limits = Limits {
                paired_from_ms: known.paired_from_ms,
                sealed_from_ms: known.sealed_from_ms,
                anchored: known.anchored,
            };
            let set = self.signed.set_limits(device, limits);
            if set.is_err() {
                self.health.of("sensors", &set);
            }
        }
    }

    fn heard(&mut self, device: u64, lines: &[String]) -> Result<Vec<String>, SensorError> {
        let mut said = Vec::new();
        for line in lines {
            said.extend(self.signed.on_line(device, line)?);
        }
        Ok(said)
    }

    /// To and fro until both are silent.
    fn converse(
        &mut self,
        device: u64,
        lines: Result<Vec<String>, SensorError>,
        intake: &mut Intake,
        now_ms: Millis,
    ) {
        let mut lines = lines;
        for _ in 0..ROUNDS {
            let said = match lines {
                Ok(said) if said.is_empty() => return,
                Ok(said) => said,
                Err(error) => {
                    self.health.of::<(), _>("sensors", &Err(error));
                    break;
                }
            };
            match answers(device, said, intake, now_ms) {
                Ok(Some(answers)) => lines = self.heard(device, &answers),
                Ok(None) => break,
                Err(error) => {
                    self.health.of::<(), _>("store", &Err(error));
                    break;
                }
            }
        }
        self.overdue.insert(device);
    }
}

/// What the intake says to a sensor's lines; none where it left one without an answer.
fn answers(
    device: u64,
    said: Vec<String>,
    intake: &mut Intake,
    now_ms: Millis,
) -> Result<Option<Vec<String>>, GatewayError> {
    let from = Some(device);
    let inbound: Vec<_> = said
        .into_iter()
        .map(|line| Inbound { from, line })
        .collect();
    let answers = intake.take(&inbound, now_ms)?;
    counts::lines(answers.len(), inbound.len());
    let all = answers.len() == inbound.len();
    Ok(all.then(|| {
        answers
            .into_iter()
            .flat_map(|answer| answer.lines)
            .collect()
    }))
}

fn arrival(value: &Value, at_ms: Millis) -> Arrival<'_> {
    Arrival {
        device: value.device,
        characteristic: value.characteristic,
        value: &value.bytes,
        at_ms,
        delivery: value.delivery.map(|delivery| delivery.id),
        again: value.delivery.is_some_and(|delivery| delivery.again),
    }
}
