//! One batch in the device: what it committed to, and how much of it the gateway has.

use std::collections::VecDeque;

use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::frame::{Frame, SignedFrame};
use vitals_core::key::{Ed25519Signer, SignatureScheme, Signer};
use vitals_core::link::{ClosedBatch, DeviceMessage};
use vitals_core::reading::Reading;
use vitals_core::salt::Seed;
use vitals_core::signing::DeploymentId;

use crate::device::SimError;

/// What was sent last and is not answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Opened,
    Frame,
    Closed,
}

pub(crate) struct Batch {
    head: BatchHead,
    seed: Seed,
    open: Option<OpenBatch>,
    closed: Option<ClosedBatch>,
    /// Committed to, not framed yet.
    unframed: Vec<Reading>,
    framed: u16,
    /// In order; kept until the batch is anchored.
    frames: VecDeque<SignedFrame>,
    /// Readings the gateway said it stored; `None` until it knows the batch.
    stored: Option<u16>,
    close_stored: bool,
    sent: Option<Sent>,
    /// Refused for a reason that only time or people can remove.
    halted: bool,
}

impl Batch {
    pub(crate) fn open(head: BatchHead, seed: Seed) -> Result<Self, SimError> {
        Ok(Self {
            head,
            seed,
            open: Some(OpenBatch::open(head, seed)?),
            closed: None,
            unframed: Vec::new(),
            framed: 0,
            frames: VecDeque::new(),
            stored: None,
            close_stored: false,
            sent: None,
            halted: false,
        })
    }

    pub(crate) fn head(&self) -> &BatchHead {
        &self.head
    }

    /// Takes readings still.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.count() == u16::MAX)
    }

    pub(crate) fn push(&mut self, reading: Reading) -> Result<(), SimError> {
        let open = self.open.as_mut().ok_or(SimError::Closed)?;
        open.push(&reading)?;
        self.unframed.push(reading);
        Ok(())
    }

    pub(crate) fn unframed(&self) -> usize {
        self.unframed.len()
    }

    /// Signs the readings not framed yet.
    pub(crate) fn frame(
        &mut self,
        signer: &Ed25519Signer,
        deployment: &DeploymentId,
    ) -> Result<(), SimError> {
        if self.unframed.is_empty() {
            return Ok(());
        }
        let readings = std::mem::take(&mut self.unframed);
        let count = u16::try_from(readings.len()).map_err(|_| SimError::FrameReadings)?;
        let frame = Frame::new(self.head, self.framed, readings)?;
        let message = frame.to_sign(SignatureScheme::Ed25519, deployment)?;
        let signature = signer.sign_message(&message);
        let signed = SignedFrame::new(frame, SignatureScheme::Ed25519, signature);
        self.frames.push_back(signed);
        self.framed = self.framed.saturating_add(count);
        Ok(())
    }

    /// Frames the rest and signs the whole. Closing twice is closing once.
    pub(crate) fn close(
        &mut self,
        signer: &Ed25519Signer,
        deployment: &DeploymentId,
    ) -> Result<(), SimError> {
        self.frame(signer, deployment)?;
        if let Some(open) = self.open.take() {
            let measured = open.close(None, 0)?;
            let signature = signer.sign(&measured.digest(deployment));
            self.closed = Some(ClosedBatch {
                measured,
                signature,
                seed: self.seed,
            });
        }
        Ok(())
    }

    /// What to send now, if nothing sent before is unanswered.
    pub(crate) fn next(&mut self) -> Option<DeviceMessage> {
        if self.sent.is_some() || self.halted {
            return None;
        }
        let (sent, message) = self.due()?;
        self.sent = Some(sent);
        Some(message)
    }

    fn due(&self) -> Option<(Sent, DeviceMessage)> {
        let Some(stored) = self.stored else {
            return Some((Sent::Opened, DeviceMessage::Opened(self.head)));
        };
        let frame = self
            .frames
            .iter()
            .find(|frame| frame.unverified().first_index() >= stored);
        if let Some(frame) = frame {
            return Some((Sent::Frame, DeviceMessage::Frame(frame.clone())));
        }
        let closed = self.closed.clone().filter(|_| !self.close_stored)?;
        Some((Sent::Closed, DeviceMessage::Closed(closed)))
    }

    /// The gateway has the first `count` readings. Fewer than before: it asks for them again.
    pub(crate) fn stored(&mut self, count: u16) {
        let closed = self.sent == Some(Sent::Closed) && count == self.framed;
        self.close_stored = closed || (self.close_stored && self.stored == Some(count));
        self.stored = Some(count);
        self.sent = None;
    }

    /// The gateway asks for the closing, again perhaps.
    pub(crate) fn ask_close(&mut self) {
        self.close_stored = false;
    }

    /// The gateway does not know the batch. If it refused the opening itself, that is final.
    pub(crate) fn unknown(&mut self) {
        self.halted = self.sent == Some(Sent::Opened);
        self.stored = None;
        self.close_stored = false;
        self.sent = None;
    }

    pub(crate) fn halt(&mut self) {
        self.halted = true;
    }

    /// The link is new: the batch is announced again, and goes on where the gateway says it is.
    pub(crate) fn resend(&mut self) {
        self.sent = None;
        self.halted = false;
        self.stored = None;
        self.close_stored = false;
    }
}
