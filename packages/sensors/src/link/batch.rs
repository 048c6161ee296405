//! One batch in the device: what it committed to, and how much of it the gateway has.

use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::frame::{Frame, SignedFrame};
use vitals_core::key::{Ed25519Signer, SignatureScheme, Signer};
use vitals_core::link::{ClosedBatch, DeviceMessage};
use vitals_core::reading::Reading;
use vitals_core::salt::Seed;
use vitals_core::signing::DeploymentId;

use super::framing::{Framing, LinkStateError};
use crate::Sample;

/// What was sent last and is not answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Opened,
    Frame,
    Closed,
}

pub(super) struct Batch {
    head: BatchHead,
    seed: Seed,
    open: Option<OpenBatch>,
    closed: Option<ClosedBatch>,
    /// In order; kept until the batch is anchored, because the gateway may ask for them again.
    readings: Vec<Reading>,
    /// The number that each was measured under.
    ids: Vec<u64>,
    /// Readings the gateway said it stored; `None` until it knows the batch.
    stored: Option<u16>,
    close_stored: bool,
    sent: Option<Sent>,
    /// Refused for a reason that only time or people can remove.
    halted: bool,
}

impl Batch {
    pub(super) fn open(head: BatchHead, seed: Seed) -> Result<Self, LinkStateError> {
        Ok(Self {
            head,
            seed,
            open: Some(OpenBatch::open(head, seed)?),
            closed: None,
            readings: Vec::new(),
            ids: Vec::new(),
            stored: None,
            close_stored: false,
            sent: None,
            halted: false,
        })
    }

    pub(super) fn head(&self) -> &BatchHead {
        &self.head
    }

    /// Takes readings still.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub(super) fn count(&self) -> usize {
        self.readings.len()
    }

    pub(super) fn last_ms(&self) -> Option<u64> {
        self.readings.last().map(|last| last.at_ms(self.head.epoch))
    }

    /// What is in it, by the numbers they were measured under.
    pub(super) fn samples(&self) -> impl Iterator<Item = (u64, Sample)> + '_ {
        let sample = |reading: &Reading| Sample {
            at_ms: reading.at_ms(self.head.epoch),
            measure: reading.measure,
            value: reading.value,
            flags: reading.flags,
        };
        self.ids
            .iter()
            .copied()
            .zip(self.readings.iter().map(sample))
    }

    /// Commits to a reading; its place in the batch.
    pub(super) fn push(&mut self, id: u64, reading: Reading) -> Result<u16, LinkStateError> {
        let sequence = self.head.sequence;
        let closed = LinkStateError::Closed { sequence };
        let open = self.open.as_mut().ok_or(closed)?;
        let place = open.count();
        open.push(&reading)?;
        self.readings.push(reading);
        self.ids.push(id);
        Ok(place)
    }

    /// Signs the whole; whether it was open. Closing twice is closing once.
    pub(super) fn close(
        &mut self,
        signer: &Ed25519Signer,
        deployment: &DeploymentId,
    ) -> Result<bool, LinkStateError> {
        let Some(open) = self.open.take() else {
            return Ok(false);
        };
        let measured = open.close(None, 0)?;
        let signature = signer.sign(&measured.digest(deployment));
        self.closed = Some(ClosedBatch {
            measured,
            signature,
            seed: self.seed,
        });
        Ok(true)
    }

    /// What to send now, if nothing sent before is unanswered.
    pub(super) fn next(
        &mut self,
        signer: &Ed25519Signer,
        deployment: &DeploymentId,
        framing: &Framing,
    ) -> Result<Option<DeviceMessage>, LinkStateError> {
        if self.sent.is_some() || self.halted {
            return Ok(None);
        }
        let due = match self.stored {
            None => Some((Sent::Opened, DeviceMessage::Opened(self.head))),
            Some(stored) => match self.frame(stored, signer, deployment, framing)? {
                Some(frame) => Some((Sent::Frame, DeviceMessage::Frame(frame))),
                None => self.closing(stored),
            },
        };
        self.sent = due.as_ref().map(|(sent, _)| *sent);
        Ok(due.map(|(_, message)| message))
    }

    /// The readings after those stored, signed.
    fn frame(
        &self,
        stored: u16,
        signer: &Ed25519Signer,
        deployment: &DeploymentId,
        framing: &Framing,
    ) -> Result<Option<SignedFrame>, LinkStateError> {
        let left = self.readings.get(usize::from(stored)..).unwrap_or_default();
        let next = framing.next(left.len(), !self.is_open());
        let Some(readings) = next.and_then(|next| left.get(..next)) else {
            return Ok(None);
        };
        let frame = Frame::new(self.head, stored, readings.to_vec())?;
        let message = frame.to_sign(SignatureScheme::Ed25519, deployment)?;
        let signature = signer.sign_message(&message);
        let signed = SignedFrame::new(frame, SignatureScheme::Ed25519, signature);
        Ok(Some(signed))
    }

    /// The closing, once every reading is stored.
    fn closing(&self, stored: u16) -> Option<(Sent, DeviceMessage)> {
        let whole = usize::from(stored) == self.readings.len();
        let closed = self
            .closed
            .clone()
            .filter(|_| whole && !self.close_stored)?;
        Some((Sent::Closed, DeviceMessage::Closed(closed)))
    }

    /// The gateway has the first `count` readings. Fewer than before: it asks for them again.
    pub(super) fn stored(&mut self, count: u16) {
        let whole = usize::from(count) == self.readings.len();
        let closed = self.sent == Some(Sent::Closed) && whole;
        self.close_stored = closed || (self.close_stored && self.stored == Some(count));
        self.stored = Some(count);
        self.sent = None;
    }

    /// The gateway asks for the closing, again perhaps.
    pub(super) fn ask_close(&mut self) {
        self.close_stored = false;
    }

    /// The gateway does not know the batch. If it refused the opening itself, that is final.
    pub(super) fn unknown(&mut self) {
        self.halted = self.sent == Some(Sent::Opened);
        self.stored = None;
        self.close_stored = false;
        self.sent = None;
    }

    pub(super) fn halt(&mut self) {
        self.halted = true;
    }

    pub(super) fn is_halted(&self) -> bool {
        self.halted
    }

    /// The link is new: the batch is announced again, and goes on where the gateway says it is.
    pub(super) fn resend(&mut self) {
        self.sent = None;
        self.halted = false;
        self.stored = None;
        self.close_stored = false;
    }
}
