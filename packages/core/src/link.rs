//! What a device and its gateway say to each other once they are paired, over any transport that
//! carries lines: a socket, a serial port, MQTT, a file.
//!
//! One message a line, in base64url without padding (RFC 4648, section 5): a version byte, a kind
//! byte, the fields. Device and gateway kinds are apart, so an echo is not a message. The link
//! itself is authenticated by what it runs over; frames and batches are signed besides.

use alloc::string::String;
use alloc::vec::Vec;

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;

use crate::bytes::{FormatError, Reader, Writer};
use crate::device::{BatchHead, DeviceError};
use crate::frame::{FrameError, SignedFrame, MAX_FRAME_BYTES};
use crate::key::Signature;
use crate::measure::Category;
use crate::measured::{GapNotice, Measured};
use crate::salt::{Seed, SEED_BYTES};
use crate::time::Epoch;

const VERSION: u8 = 1;

/// Version and kind.
const HEAD_BYTES: usize = 2;

/// The longest line: a frame of the largest size a gateway reads. Checked before decoding.
pub const MAX_LINE_BYTES: usize = ((HEAD_BYTES + MAX_FRAME_BYTES) * 4).div_ceil(3);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    #[error("link/size: a line takes at most {MAX_LINE_BYTES} bytes, got {got}")]
    Size { got: usize },
    #[error("link/base64: a line is base64url without padding")]
    Base64,
    #[error("link/kind: {from} does not send messages of kind {got}")]
    Kind { from: &'static str, got: u8 },
    #[error("link/value: {0}")]
    Value(#[from] FormatError),
    #[error("link/batch: {0}")]
    Batch(#[from] DeviceError),
    #[error("link/frame: {0}")]
    Frame(#[from] FrameError),
}

/// From device to gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceMessage {
    /// The device has drawn a seed and takes readings into this batch.
    Opened(BatchHead),
    /// The next readings.
    Frame(SignedFrame),
    /// The batch is whole.
    Closed(ClosedBatch),
    /// How full the device's battery is, in per cent. Not signed: worth what the link is.
    Battery { device: u64, percent: u8 },
    /// Batches that will never come: the device goes on with a later number.
    Gap(SignedGap),
}

/// A hole as the device signs it, for the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedGap {
    pub notice: GapNotice,
    pub signature: Signature,
}

/// A batch as the device closes it. The seed opens every reading of the batch to whoever has
/// them, and so travels on the paired link only; it is no part of `Debug` output.
#[derive(Clone, PartialEq, Eq)]
pub struct ClosedBatch {
    pub measured: Measured,
    pub signature: Signature,
    pub seed: Seed,
}

impl core::fmt::Debug for ClosedBatch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ClosedBatch")
            .field("measured", &self.measured)
            .finish_non_exhaustive()
    }
}

const OPENED: u8 = 1;
const FRAME: u8 = 2;
const CLOSED: u8 = 3;
const BATTERY: u8 = 4;
const GAP: u8 = 5;

const MAX_PERCENT: u8 = 100;

impl DeviceMessage {
    pub fn to_line(&self) -> Result<String, LinkError> {
        let message = match self {
            Self::Opened(head) => begin(OPENED)
                .u64(head.device)
                .u32(head.pairing)
                .u64(head.sequence)
                .u8(head.category.code())
                .u32(head.epoch),
            Self::Frame(frame) => begin(FRAME).raw(&frame.encode()?),
            Self::Closed(closed) => begin(CLOSED)
                .raw(&closed.seed)
                .raw(&closed.signature)
                .raw(&closed.measured.to_bytes()),
            Self::Battery { device, percent } => {
                begin(BATTERY).u64(*device).u8(checked_percent(*percent)?)
            }
            Self::Gap(gap) => begin(GAP).raw(&gap.signature).raw(&gap.notice.to_bytes()),
        };
        Ok(URL_SAFE_NO_PAD.encode(message.done()))
    }

    pub fn from_line(line: &str) -> Result<Self, LinkError> {
        let bytes = decode_line(line)?;
        let mut r = Reader::versioned("device message", VERSION, &bytes)?;
        let message = match r.u8()? {
            OPENED => Self::Opened(read_head(&mut r)?),
            FRAME => Self::Frame(SignedFrame::decode(r.take(r.remaining())?)?),
            CLOSED => Self::Closed(ClosedBatch {
                seed: r.array::<SEED_BYTES>()?,
                signature: r.array()?,
                measured: Measured::from_bytes(r.take(r.remaining())?)?,
            }),
            BATTERY => Self::Battery {
                device: r.u64()?,
                percent: checked_percent(r.u8()?)?,
            },
            GAP => Self::Gap(SignedGap {
                signature: r.array()?,
                notice: GapNotice::from_bytes(r.take(r.remaining())?)?,
            }),
            got => {
                let from = "a device";
                return Err(LinkError::Kind { from, got });
            }
        };
        r.end()?;
        Ok(message)
    }
}

fn checked_percent(percent: u8) -> Result<u8, FormatError> {
    match percent <= MAX_PERCENT {
        true => Ok(percent),
        false => Err(FormatError::Value {
            what: "battery",
            got: percent.into(),
            rule: "0 to 100 per cent",
        }),
    }
}

fn read_head(r: &mut Reader<'_>) -> Result<BatchHead, LinkError> {
    let head = BatchHead {
        device: r.u64()?,
        pairing: r.u32()?,
        sequence: r.u64()?,
        category: Category::from_code(r.u8()?)?,
        epoch: r.u32()?,
    };
    Ok(head.checked()?)
}

/// From gateway to device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayMessage {
    /// Draw a seed and measure into a new batch.
    Open { category: Category, epoch: Epoch },
    /// The first `count` readings of the batch are stored for good; go on from there.
    Stored { sequence: u64, count: u16 },
    /// Close the batch that is open.
    Close { sequence: u64 },
    /// The batch is on the chain: its frames can go.
    Anchored { sequence: u64 },
    /// What came for this batch was not taken.
    Refused { sequence: u64, reason: Refusal },
}

/// What a device can do about a message that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Refusal {
    /// Not a message, or not in its one encoding: send it again.
    Malformed = 1,
    /// The signature is not by the key that the registry names: nothing until that is settled.
    Signature = 2,
    /// Suspended, lost, unpaired or never registered: nothing until that is settled.
    Device = 3,
    /// Of a batch that is not open here: open one.
    Batch = 4,
    /// Not the readings that come next: go on from the last `Stored`.
    Order = 5,
    /// The closed batch is not the tree of the readings stored: nothing, somebody must look.
    Root = 6,
}

impl Refusal {
    pub const ALL: [Refusal; 6] = [
        Refusal::Malformed,
        Refusal::Signature,
        Refusal::Device,
        Refusal::Batch,
        Refusal::Order,
        Refusal::Root,
    ];

    fn from_code(code: u8) -> Result<Self, FormatError> {
        Self::ALL
            .into_iter()
            .find(|refusal| *refusal as u8 == code)
            .ok_or(FormatError::Value {
                what: "refusal",
                got: code.into(),
                rule: "1 to 6",
            })
    }
}

const OPEN: u8 = 129;
const STORED: u8 = 130;
const CLOSE: u8 = 131;
const ANCHORED: u8 = 132;
const REFUSED: u8 = 133;

impl GatewayMessage {
    pub fn to_line(&self) -> String {
        let message = match *self {
            Self::Open { category, epoch } => begin(OPEN).u8(category.code()).u32(epoch),
            Self::Stored { sequence, count } => begin(STORED).u64(sequence).u16(count),
            Self::Close { sequence } => begin(CLOSE).u64(sequence),
            Self::Anchored { sequence } => begin(ANCHORED).u64(sequence),
            Self::Refused { sequence, reason } => begin(REFUSED).u64(sequence).u8(reason as u8),
        };
        URL_SAFE_NO_PAD.encode(message.done())
    }

    pub fn from_line(line: &str) -> Result<Self, LinkError> {
        let bytes = decode_line(line)?;
        let mut r = Reader::versioned("gateway message", VERSION, &bytes)?;
        let message = match r.u8()? {
            OPEN => Self::Open {
                category: Category::from_code(r.u8()?)?,
                epoch: r.u32()?,
            },
            STORED => Self::Stored {
                sequence: r.u64()?,
                count: r.u16()?,
            },
            CLOSE => Self::Close { sequence: r.u64()? },
            ANCHORED => Self::Anchored { sequence: r.u64()? },
            REFUSED => Self::Refused {
                sequence: r.u64()?,
                reason: Refusal::from_code(r.u8()?)?,
            },
            got => {
                let from = "a gateway";
                return Err(LinkError::Kind { from, got });
            }
        };
        r.end()?;
        Ok(message)
    }
}

fn begin(kind: u8) -> Writer {
    Writer::versioned(VERSION).u8(kind)
}

fn decode_line(line: &str) -> Result<Vec<u8>, LinkError> {
    if line.len() > MAX_LINE_BYTES {
        return Err(LinkError::Size { got: line.len() });
    }
    URL_SAFE_NO_PAD.decode(line).map_err(|_| LinkError::Base64)
}
