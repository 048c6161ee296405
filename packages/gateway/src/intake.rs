//! What devices send: checked, stored, answered; or put aside with the reason.

use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::key::{HostVerifier, Verifier};
use vitals_core::link::{ClosedBatch, DeviceMessage, GatewayMessage, Refusal};
use vitals_core::measured::Measured;
use vitals_core::reading::Reading;
use vitals_core::time::{epoch_of, Millis};
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::gateway::code_of;
use crate::store::batch::{head_of, BatchRow, State};
use crate::{Gateway, GatewayError};

/// How far a device's clock may run ahead of ours: what vitals-anchor allows against block time.
pub(crate) const CLOCK_AHEAD_MS: u64 = vitals_api::anchor::CLOCK_AHEAD_MS;

/// Why a message is not taken: what the device is told, and what the operator finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    reason: Refusal,
    code: String,
    /// Readings stored, where the device can go on from there at once.
    stored: Option<u16>,
}

impl Refused {
    pub(crate) fn new(reason: Refusal, code: &str) -> Self {
        Self {
            reason,
            code: code.into(),
            stored: None,
        }
    }

    pub(crate) fn go_on_from(stored: u16, code: &str) -> Self {
        Self {
            stored: Some(stored),
            ..Self::new(Refusal::Order, code)
        }
    }
}

pub(crate) type Taken = Result<Vec<GatewayMessage>, Refused>;

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn take(
        &mut self,
        line: &str,
        now_ms: Millis,
    ) -> Result<Vec<GatewayMessage>, GatewayError> {
        let message = match DeviceMessage::from_line(line) {
            Ok(message) => message,
            Err(error) => {
                let code = code_of(&error.to_string()).to_owned();
                let refused = Refused::new(Refusal::Malformed, &code);
                return self.refuse(line, None, refused, now_ms);
            }
        };
        let head = head(&message);
        let taken = match &message {
            DeviceMessage::Opened(head) => self.take_opened(head, now_ms)?,
            DeviceMessage::Frame(frame) => self.take_frame(frame, now_ms)?,
            DeviceMessage::Closed(closed) => self.take_closed(closed, now_ms)?,
        };
        match taken {
            Ok(answers) => Ok(answers),
            Err(refused) => self.refuse(line, Some(head), refused, now_ms),
        }
    }

    fn refuse(
        &self,
        line: &str,
        head: Option<BatchHead>,
        refused: Refused,
        now_ms: Millis,
    ) -> Result<Vec<GatewayMessage>, GatewayError> {
        let claims = head.map(|head| (head.device, head.sequence));
        tracing::warn!(
            ?claims,
            code = refused.code,
            "a message was put into quarantine"
        );
        self.store.quarantine(line, &refused.code, claims, now_ms)?;
        let (sequence, reason) = (head.map_or(0, |head| head.sequence), refused.reason);
        let mut answers = vec![GatewayMessage::Refused { sequence, reason }];
        if let Some(count) = refused.stored {
            answers.push(GatewayMessage::Stored { sequence, count });
        }
        Ok(answers)
    }

    fn take_opened(&mut self, head: &BatchHead, now_ms: Millis) -> Result<Taken, GatewayError> {
        let device = match self.speaker(head)? {
            Ok(device) => device,
            Err(refused) => return Ok(Err(refused)),
        };
        if let Some(row) = self.store.batch(head.device, head.sequence)? {
            return Ok(match row.head == *head {
                true => Ok(standing(&row)),
                false => Err(Refused::new(Refusal::Batch, "gateway/batch_other")),
            });
        }
        let last = self.store.last_sequence(head.device)?.max(device.anchored);
        if last.checked_add(1) != Some(head.sequence) {
            return Ok(Err(Refused::new(Refusal::Batch, "gateway/sequence")));
        }
        if let Err(refused) = self.may_open(head, now_ms)? {
            return Ok(Err(refused));
        }
        self.store.open_batch(head, now_ms)?;
        tracing::info!(
            device = head.device,
            sequence = head.sequence,
            "a batch was opened"
        );
        Ok(Ok(stored(head, 0)))
    }

    /// One batch of a category at a time, in the order of hours, none of an hour to come.
    fn may_open(
        &self,
        head: &BatchHead,
        now_ms: Millis,
    ) -> Result<Result<(), Refused>, GatewayError> {
        let refused = |code| Ok(Err(Refused::new(Refusal::Batch, code)));
        let open = self.store.batches(State::Open)?;
        let same =
            |row: &&BatchRow| row.head.device == head.device && row.head.category == head.category;
        if open.iter().any(|row| same(&row)) {
            return refused("gateway/batch_open");
        }
        if epoch_of(now_ms.saturating_add(CLOCK_AHEAD_MS)).is_none_or(|now| now < head.epoch) {
            return refused("gateway/epoch_ahead");
        }
        match self.store.before(head)? {
            Some((epoch, _)) if epoch > head.epoch => refused("gateway/epoch_past"),
            _ => Ok(Ok(())),
        }
    }

    fn take_closed(&mut self, closed: &ClosedBatch, now_ms: Millis) -> Result<Taken, GatewayError> {
        let measured = &closed.measured;
        let head = head_of(measured);
        let device = match self.speaker(&head)? {
            Ok(device) => device,
            Err(refused) => return Ok(Err(refused)),
        };
        let digest = measured.digest(&self.deployment);
        if !HostVerifier.verify(&device.key, &digest, &closed.signature) {
            return Ok(Err(Refused::new(
                Refusal::Signature,
                "gateway/batch_signature",
            )));
        }
        let row = self.store.batch(head.device, head.sequence)?;
        let Some(row) = row.filter(|row| row.head == head) else {
            return Ok(Err(Refused::new(Refusal::Batch, "gateway/batch_unknown")));
        };
        if row.state != State::Open {
            return Ok(match row.measured.as_ref() == Some(measured) {
                true => Ok(standing(&row)),
                false => Err(Refused::new(Refusal::Batch, "gateway/batch_closed")),
            });
        }
        if measured.count > row.count {
            return Ok(Err(Refused::go_on_from(
                row.count,
                "gateway/readings_missing",
            )));
        }
        if !commits_to(closed, &head, &self.store.readings(&head)?) {
            self.store
                .set_waiting(&row, "root", "gateway/root", now_ms)?;
            return Ok(Err(Refused::new(Refusal::Root, "gateway/root")));
        }
        self.store_closed(closed, &head, now_ms).map(Ok)
    }

    fn store_closed(
        &mut self,
        closed: &ClosedBatch,
        head: &BatchHead,
        now_ms: Millis,
    ) -> Result<Vec<GatewayMessage>, GatewayError> {
        let tx = self.store.begin()?;
        self.store.close_batch(closed, now_ms)?;
        tx.commit()?;
        tracing::info!(
            device = head.device,
            sequence = head.sequence,
            "a batch was closed"
        );
        let mut answers = stored(head, closed.measured.count);
        let category = head.category;
        answers.extend(epoch_of(now_ms).map(|epoch| GatewayMessage::Open { category, epoch }));
        Ok(answers)
    }
}

/// Whether the device signed exactly these readings: its own machine, run over them.
pub(crate) fn commits_to(closed: &ClosedBatch, head: &BatchHead, readings: &[Reading]) -> bool {
    rebuilt(closed, head, readings).as_ref() == Some(&closed.measured)
}

fn rebuilt(closed: &ClosedBatch, head: &BatchHead, readings: &[Reading]) -> Option<Measured> {
    let mut open = OpenBatch::open(*head, closed.seed).ok()?;
    for reading in readings {
        open.push(reading).ok()?;
    }
    let measured = &closed.measured;
    open.close(measured.private_root, measured.flags).ok()
}

fn head(message: &DeviceMessage) -> BatchHead {
    match message {
        DeviceMessage::Opened(head) => *head,
        DeviceMessage::Frame(frame) => *frame.unverified().head(),
        DeviceMessage::Closed(closed) => head_of(&closed.measured),
    }
}

pub(crate) fn stored(head: &BatchHead, count: u16) -> Vec<GatewayMessage> {
    let sequence = head.sequence;
    vec![GatewayMessage::Stored { sequence, count }]
}

/// What a device is told that repeats itself.
pub(crate) fn standing(row: &BatchRow) -> Vec<GatewayMessage> {
    let sequence = row.head.sequence;
    match row.state {
        State::Anchored => vec![GatewayMessage::Anchored { sequence }],
        _ => stored(&row.head, row.count),
    }
}
