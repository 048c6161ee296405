//! The device: it opens batches when asked, closes them at the hour or when asked, and keeps every
//! frame until it is told that the batch is anchored.

use std::collections::{BTreeMap, VecDeque};

use vitals_core::device::{BatchHead, DeviceError};
use vitals_core::frame::{FrameError, MAX_FRAME_READINGS};
use vitals_core::key::{Ed25519Signer, PublicKey, Signer};
use vitals_core::link::{GatewayMessage, LinkError, Refusal};
use vitals_core::measure::Category;
use vitals_core::reading::Reading;
use vitals_core::signing::DeploymentId;
use vitals_core::time::{epoch_of, epoch_start, Epoch, Millis};

use crate::batch::Batch;
use crate::Sample;

#[derive(Debug, thiserror::Error)]
pub enum SimError {
    #[error("device_sim/frame_readings: a frame has 1 to {MAX_FRAME_READINGS} readings")]
    FrameReadings,
    #[error("device_sim/time: {at_ms} ms has no epoch")]
    Time { at_ms: Millis },
    #[error("device_sim/closed: the batch takes no more readings")]
    Closed,
    #[error("device_sim/random: the operating system gave no random bytes")]
    Random,
    #[error(transparent)]
    Batch(#[from] DeviceError),
    #[error(transparent)]
    Frame(#[from] FrameError),
    #[error(transparent)]
    Link(#[from] LinkError),
}

/// What the registry says the device is, and where its numbers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    pub device: u64,
    pub pairing: u32,
    pub deployment: DeploymentId,
    /// Number of the next batch: the last anchored plus one.
    pub next_sequence: u64,
}

pub struct DeviceSim {
    signer: Ed25519Signer,
    identity: Identity,
    frame_readings: usize,
    /// What it will measure, by time.
    source: VecDeque<Sample>,
    /// Measured, and in no batch yet.
    waiting: BTreeMap<Category, VecDeque<Sample>>,
    /// The latest epoch the gateway asked a batch of.
    asked: BTreeMap<Category, Epoch>,
    batches: BTreeMap<u64, Batch>,
}

impl DeviceSim {
    /// Frames of `frame_readings` readings, 1 to 64.
    pub fn new(
        signer: Ed25519Signer,
        identity: Identity,
        frame_readings: usize,
    ) -> Result<Self, SimError> {
        if frame_readings == 0 || frame_readings > MAX_FRAME_READINGS {
            return Err(SimError::FrameReadings);
        }
        Ok(Self {
            signer,
            identity,
            frame_readings,
            source: VecDeque::new(),
            waiting: BTreeMap::new(),
            asked: BTreeMap::new(),
            batches: BTreeMap::new(),
        })
    }

    pub fn public_key(&self) -> PublicKey {
        self.signer.public_key()
    }

    /// Adds what it will measure, in any order.
    pub fn load(&mut self, samples: impl IntoIterator<Item = Sample>) {
        self.source.extend(samples);
        self.source
            .make_contiguous()
            .sort_by_key(|sample| sample.at_ms);
    }

    /// When it measures next.
    pub fn next_at_ms(&self) -> Option<Millis> {
        self.source.front().map(|sample| sample.at_ms)
    }

    /// Batches it keeps because it has not heard that they are anchored.
    pub fn kept(&self) -> usize {
        self.batches.len()
    }

    /// Nothing is left to measure, to send or to keep.
    pub fn is_done(&self) -> bool {
        self.source.is_empty()
            && self.waiting.values().all(VecDeque::is_empty)
            && self.batches.is_empty()
    }

    /// Measures everything up to and including `now_ms`; the lines to send.
    pub fn play_until(&mut self, now_ms: Millis) -> Result<Vec<String>, SimError> {
        while let Some(sample) = self.source.pop_front_if(|sample| sample.at_ms <= now_ms) {
            let category = sample.measure.category();
            self.waiting.entry(category).or_default().push_back(sample);
        }
        self.work()
    }

    /// Takes a line from the gateway; the lines to send.
    pub fn on_line(&mut self, line: &str) -> Result<Vec<String>, SimError> {
        match GatewayMessage::from_line(line)? {
            GatewayMessage::Open { category, epoch } => {
                let asked = self.asked.entry(category).or_insert(epoch);
                *asked = (*asked).max(epoch);
            }
            GatewayMessage::Stored { sequence, count } => self.with(sequence, |b| b.stored(count)),
            GatewayMessage::Close { sequence } => {
                self.close(sequence)?;
                self.with(sequence, Batch::ask_close);
            }
            GatewayMessage::Anchored { sequence } => {
                self.batches.retain(|kept, _| *kept > sequence)
            }
            GatewayMessage::Refused { sequence, reason } => self.refused(sequence, reason),
        }
        self.work()
    }

    /// The link is new, or an answer is overdue: announces every batch it keeps.
    pub fn resend(&mut self) -> Result<Vec<String>, SimError> {
        self.batches.values_mut().for_each(Batch::resend);
        self.work()
    }

    fn with(&mut self, sequence: u64, change: impl FnOnce(&mut Batch)) {
        if let Some(batch) = self.batches.get_mut(&sequence) {
            change(batch);
        }
    }

    fn refused(&mut self, sequence: u64, reason: Refusal) {
        match reason {
            // A `Stored` follows and says where to go on.
            Refusal::Order => (),
            Refusal::Batch => self.with(sequence, Batch::unknown),
            // A line is garbled on the way at times; `resend` tries it again.
            Refusal::Malformed | Refusal::Signature | Refusal::Device | Refusal::Root => {
                self.with(sequence, Batch::halt);
            }
        }
    }

    fn work(&mut self) -> Result<Vec<String>, SimError> {
        for category in Category::ALL {
            while self.take_next(category)? {}
        }
        let due: Vec<_> = self.batches.values_mut().filter_map(Batch::next).collect();
        due.iter().map(|message| Ok(message.to_line()?)).collect()
    }

    /// Puts the oldest waiting reading of a category into its batch; whether that was possible.
    fn take_next(&mut self, category: Category) -> Result<bool, SimError> {
        let Some(sample) = self.oldest(category) else {
            return Ok(false);
        };
        let at_ms = sample.at_ms;
        let epoch = epoch_of(at_ms).ok_or(SimError::Time { at_ms })?;
        let Some(sequence) = self.batch_for(category, epoch)? else {
            return Ok(false);
        };
        self.waiting.entry(category).or_default().pop_front();
        self.measure(sequence, epoch, sample)?;
        Ok(true)
    }

    fn oldest(&self, category: Category) -> Option<Sample> {
        self.waiting.get(&category)?.front().copied()
    }

    /// The open batch of this hour. One of another hour, or a full one, is closed first; a new one
    /// is opened only when the gateway asked for it.
    fn batch_for(&mut self, category: Category, epoch: Epoch) -> Result<Option<u64>, SimError> {
        let open = self
            .batches
            .values()
            .find(|batch| batch.is_open() && batch.head().category == category)
            .map(|batch| (*batch.head(), batch.is_full()));
        match open {
            Some((head, false)) if head.epoch == epoch => return Ok(Some(head.sequence)),
            Some((head, _)) => self.close(head.sequence)?,
            None => (),
        }
        match self.asked.get(&category) {
            Some(asked) if *asked >= epoch => {
                self.asked.remove(&category);
                self.open(category, epoch).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn open(&mut self, category: Category, epoch: Epoch) -> Result<u64, SimError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| SimError::Random)?;
        let sequence = self.identity.next_sequence;
        let head = BatchHead {
            device: self.identity.device,
            pairing: self.identity.pairing,
            sequence,
            category,
            epoch,
        };
        self.batches.insert(sequence, Batch::open(head, seed)?);
        self.identity.next_sequence = sequence.saturating_add(1);
        Ok(sequence)
    }

    fn close(&mut self, sequence: u64) -> Result<(), SimError> {
        match self.batches.get_mut(&sequence) {
            Some(batch) => batch.close(&self.signer, &self.identity.deployment),
            None => Ok(()),
        }
    }

    fn measure(&mut self, sequence: u64, epoch: Epoch, sample: Sample) -> Result<(), SimError> {
        let Some(batch) = self.batches.get_mut(&sequence) else {
            return Ok(());
        };
        let at_ms = sample.at_ms;
        let offset_ms = u32::try_from(at_ms.saturating_sub(epoch_start(epoch)))
            .map_err(|_| SimError::Time { at_ms })?;
        batch.push(Reading {
            measure: sample.measure,
            value: sample.value,
            offset_ms,
            flags: sample.flags,
        })?;
        if batch.unframed() == self.frame_readings {
            batch.frame(&self.signer, &self.identity.deployment)?;
        }
        Ok(())
    }
}
