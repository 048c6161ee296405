//! Frames: verified, stored whole with what the analysis made of them, or not at all.

use vitals_analysis::{Finding, Monitor};
use vitals_core::frame::{Frame, SignedFrame};
use vitals_core::link::{GatewayMessage, Refusal};
use vitals_core::reading::Reading;
use vitals_core::time::Millis;
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::gateway::RECEIVED;
use crate::intake::{standing, stored, Refused, Taken, CLOCK_AHEAD_MS};
use crate::store::batch::{BatchRow, State};
use crate::{Gateway, GatewayError};

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn take_frame(
        &mut self,
        signed: &SignedFrame,
        now_ms: Millis,
    ) -> Result<Taken, GatewayError> {
        let claimed = signed.unverified();
        let received = u64::try_from(claimed.readings().len()).unwrap_or(u64::MAX);
        self.store.count(RECEIVED, received)?;
        let device = match self.speaker(claimed.head())? {
            Ok(device) => device,
            Err(refused) => return Ok(Err(refused)),
        };
        let Ok(frame) = signed.verify(&device.key, &self.deployment) else {
            return Ok(Err(Refused::new(
                Refusal::Signature,
                "gateway/frame_signature",
            )));
        };
        if device.lost_before(frame.head(), frame.readings()) {
            return Ok(Err(Refused::new(Refusal::Device, "gateway/device_lost")));
        }
        let row = self
            .store
            .batch(frame.head().device, frame.head().sequence)?;
        let Some(row) = row.filter(|row| row.head == *frame.head()) else {
            return Ok(Err(Refused::new(Refusal::Batch, "gateway/batch_unknown")));
        };
        if row.state == State::Anchored || frame.first_index() < row.count {
            return self.take_again(frame, &row);
        }
        match self.fits(frame, &row, now_ms)? {
            Err(refused) => Ok(Err(refused)),
            Ok(()) => self.store_frame(frame, &row, now_ms).map(Ok),
        }
    }

    /// A frame stored before is stored; another in its place is not.
    fn take_again(&self, frame: &Frame, row: &BatchRow) -> Result<Taken, GatewayError> {
        let gone = matches!(row.state, State::Anchored | State::Parked);
        let kept = self.store.readings_at(&row.head, frame.first_index())?;
        if gone || kept.as_deref() == Some(frame.readings()) {
            return Ok(Ok(standing(row)));
        }
        Ok(Err(Refused::new(Refusal::Order, "gateway/frame_other")))
    }

    fn fits(
        &self,
        frame: &Frame,
        row: &BatchRow,
        now_ms: Millis,
    ) -> Result<Result<(), Refused>, GatewayError> {
        if row.state != State::Open {
            return Ok(Err(Refused::new(Refusal::Batch, "gateway/batch_closed")));
        }
        if frame.first_index() != row.count {
            return Ok(Err(Refused::go_on_from(row.count, "gateway/frame_order")));
        }
        let (Some(first), Some(last)) = (frame.readings().first(), frame.readings().last()) else {
            return Ok(Err(Refused::new(Refusal::Malformed, "gateway/frame_empty")));
        };
        if last.at_ms(row.head.epoch) > now_ms.saturating_add(CLOCK_AHEAD_MS) {
            return Ok(Err(Refused::new(Refusal::Order, "gateway/time_ahead")));
        }
        let before = match row.count {
            0 => self.store.before(&row.head)?,
            _ => None,
        };
        let overlaps = before.is_some_and(|b| b >= (row.head.epoch, first.offset_ms));
        if overlaps || first.offset_ms < row.last_ms {
            return Ok(Err(Refused::new(Refusal::Order, "gateway/time_order")));
        }
        Ok(Ok(()))
    }

    fn store_frame(
        &mut self,
        frame: &Frame,
        row: &BatchRow,
        now_ms: Millis,
    ) -> Result<Vec<GatewayMessage>, GatewayError> {
        let head = &row.head;
        let more = u16::try_from(frame.readings().len()).unwrap_or(u16::MAX);
        let count = row.count.saturating_add(more);
        let last_ms = frame.readings().last().map_or(row.last_ms, |r| r.offset_ms);
        let (monitor, findings) = self.watch(row, frame.readings())?;
        let tx = self.store.begin()?;
        self.store.put_readings(head, row.count, frame.readings())?;
        self.store.advance(head, count, last_ms)?;
        self.store_monitor(head.device, &monitor)?;
        for finding in &findings {
            self.store.put_finding(finding, now_ms)?;
        }
        if count >= self.config.max_readings || !findings.is_empty() {
            self.store.make_due(head)?;
        }
        tx.commit()?;
        self.monitors.insert(head.device, monitor);
        Ok(stored(head, count))
    }

    /// The device's monitor after these readings, and what it found. Readings that come again
    /// because their batch was parked were watched the first time.
    fn watch(
        &self,
        row: &BatchRow,
        readings: &[Reading],
    ) -> Result<(Monitor, Vec<Finding>), GatewayError> {
        let mut monitor = match self.monitors.get(&row.head.device) {
            Some(monitor) => monitor.clone(),
            None => self.stored_monitor(row.head.device)?,
        };
        if row.again {
            return Ok((monitor, Vec::new()));
        }
        let found = readings
            .iter()
            .flat_map(|reading| monitor.push(reading, reading.at_ms(row.head.epoch)))
            .collect();
        Ok((monitor, found))
    }

    /// Thresholds that changed since begin anew.
    fn stored_monitor(&self, device: u64) -> Result<Monitor, GatewayError> {
        let stored = match self.store.monitor(device)? {
            Some(state) => serde_json::from_slice::<Monitor>(&state).ok(),
            None => None,
        };
        match stored.filter(|monitor| monitor.watches(&self.config.thresholds)) {
            Some(monitor) => Ok(monitor),
            None => Ok(Monitor::new(self.config.thresholds.clone())?),
        }
    }

    fn store_monitor(&self, device: u64, monitor: &Monitor) -> Result<(), GatewayError> {
        if self.config.thresholds.is_empty() {
            return Ok(());
        }
        let state = serde_json::to_vec(monitor);
        let state = state.map_err(|cause| GatewayError::damaged("monitor", cause))?;
        self.store.put_monitor(device, &state)
    }
}
