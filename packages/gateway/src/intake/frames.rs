//! Frames: stored whole with what the analysis made of them, or not at all.

use vitals_core::frame::{Frame, SignedFrame};
use vitals_core::link::{GatewayMessage, Refusal};
use vitals_core::time::Millis;

use super::check::Checked;
use super::group::{passed, standing, stored, Group};
use super::pair::half_after;
use super::refused::{refuse, Refused, Taken};
use super::CLOCK_AHEAD_MS;
use crate::store::batch::{BatchRow, Flagged, State};
use crate::store::frame::seal_readings;
use crate::GatewayError;

impl Group<'_> {
    pub(super) fn take_frame(
        &mut self,
        signed: &SignedFrame,
        checked: &Checked,
    ) -> Result<Taken, GatewayError> {
        let frame = signed.unverified();
        let head = frame.head();
        let device = match self.speaker(head)? {
            Ok(Some(device)) => device,
            Ok(None) => return Ok(Ok(None)),
            Err(refused) => return Ok(Err(refused)),
        };
        if !checked.is_signed(&device, head.sequence, &self.rules.deployment) {
            return Ok(refuse(Refusal::Signature, "gateway/frame_signature"));
        }
        if device.lost_before(head, frame.readings()) {
            return Ok(refuse(Refusal::Device, "gateway/device_lost"));
        }
        if device.ended_before(head, frame.readings()) {
            return Ok(refuse(Refusal::Device, "gateway/pairing_ended"));
        }
        if device.begun_after(head, frame.readings()) {
            return Ok(refuse(Refusal::Device, "gateway/before_pairing"));
        }
        let row = self.batch(head.device, head.sequence)?.cloned();
        let Some(row) = row.filter(|row| row.head == *head) else {
            return Ok(refuse(Refusal::Batch, "gateway/batch_unknown"));
        };
        if let Some(passed) = passed(&row, &device) {
            return Ok(Ok(Some(passed)));
        }
        if row.state == State::Anchored || frame.first_index() < row.count {
            return self.take_again(frame, &row);
        }
        let chain = device.anchored_until.get(&head.category).copied();
        match self.fits(frame, &row, chain)? {
            Err(refused) => Ok(Err(refused)),
            Ok(()) => self.store_frame(frame, row, checked).map(|a| Ok(Some(a))),
        }
    }

    /// A frame stored before is stored; another in its place is not.
    fn take_again(&self, frame: &Frame, row: &BatchRow) -> Result<Taken, GatewayError> {
        let gone = matches!(row.state, State::Anchored | State::Parked);
        let kept = self.store.readings_at(&row.head, frame.first_index())?;
        if gone || kept.as_deref() == Some(frame.readings()) {
            return Ok(Ok(Some(standing(row))));
        }
        Ok(refuse(Refusal::Order, "gateway/frame_other"))
    }

    /// `chain`: when the chain's last reading of the category was measured.
    fn fits(
        &self,
        frame: &Frame,
        row: &BatchRow,
        chain: Option<Millis>,
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
        if last.at_ms(row.head.epoch) > self.now_ms.saturating_add(CLOCK_AHEAD_MS) {
            return Ok(Err(Refused::new(Refusal::Order, "gateway/time_ahead")));
        }
        let before = match row.count {
            0 => self.store.before(&row.head)?,
            _ => None,
        };
        let anchored = chain.is_some_and(|last| first.at_ms(row.head.epoch) <= last);
        let overlaps = before.is_some_and(|b| b >= (row.head.epoch, first.offset_ms)) || anchored;
        if overlaps || first.offset_ms < row.last_ms {
            return Ok(Err(Refused::new(Refusal::Order, "gateway/time_order")));
        }
        Ok(Ok(()))
    }

    fn store_frame(
        &mut self,
        frame: &Frame,
        mut row: BatchRow,
        checked: &Checked,
    ) -> Result<Vec<GatewayMessage>, GatewayError> {
        let head = row.head;
        let assessed = self.assess_all(&row, frame.readings());
        let assessed = assessed.as_deref();
        match &checked.sealed {
            Some(Ok(sealed)) => self.store.put_frame(&head, row.count, sealed, assessed)?,
            _ => {
                let sealed = self.sealed(frame)?;
                self.store.put_frame(&head, row.count, &sealed, assessed)?;
            }
        }
        // readings that come again, because their batch was parked, were counted and watched before
        if !row.again {
            let flagged = Flagged::count(assessed.unwrap_or_default());
            row.flagged = row.flagged.plus(flagged);
            self.brought.take(&head, row.count, frame.readings());
        }
        self.advance(&mut row, frame);
        let key = (head.device, head.sequence);
        let count = row.count;
        self.state.batches.insert(key, row);
        self.advanced.insert(key);
        self.seen.insert(head.device);
        Ok(stored(&head, count))
    }

    /// Of a device whose key became known after the line was checked.
    fn sealed(&self, frame: &Frame) -> Result<Vec<u8>, GatewayError> {
        let first_index = frame.first_index();
        seal_readings(
            self.store.rest(),
            frame.head(),
            first_index,
            frame.readings(),
        )
    }

    fn advance(&self, row: &mut BatchRow, frame: &Frame) {
        let readings = frame.readings();
        let more = u16::try_from(readings.len()).unwrap_or(u16::MAX);
        row.count = row.count.saturating_add(more);
        row.half = half_after(row.half, row.last_ms, readings);
        row.last_ms = readings.last().map_or(row.last_ms, |r| r.offset_ms);
        row.due |= row.count >= self.rules.max_readings;
    }
}
