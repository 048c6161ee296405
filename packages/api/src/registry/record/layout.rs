//! A device's bytes. Layout 2 leaves out what a device does not have: each byte costs 30 gas when
//! it is written and 3 in each message that anchors.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Assurance;
use vitals_core::set::Set;
use vitals_core::FormatError;

use super::device::{Calibration, Device, Paired, Rotation, Status};
use super::halt::Halt;
use super::optional;
use crate::store::Record;

const LAYOUT: u8 = 2;

// The head byte: scheme in bits 0 and 1, assurance in 2 and 3, status in 4 and 5, recalled in 6.
const ASSURANCE_SHIFT: u8 = 2;
const STATUS_SHIFT: u8 = 4;
const TWO_BITS: u8 = 0b11;
const RECALLED: u8 = 1 << 6;
const HEAD_BITS: u8 = 0x7f;

// The parts byte: which parts follow, in this order.
const ACTED: u8 = 1;
const PAIRED: u8 = 2;
const LOST: u8 = 4;
const CALIBRATED: u8 = 8;
const HALTED: u8 = 16;
const USABLE_FROM: u8 = 32;
const ROTATED: u8 = 64;
const ALL_PARTS: u8 = 0x7f;

impl Record for Device {
    const NAME: &'static str = "device";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let fixed = Writer::versioned(LAYOUT)
            .u8(head(self))
            .u8(parts(self))
            .raw(self.key.bytes())
            .u32(self.model)
            .u32(self.firmware)
            .u16(self.measures.bits());
        Ok(put_parts(fixed, self).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, LAYOUT, bytes)?;
        let device = match layout {
            1 => take_first_layout(&mut r)?,
            _ => take(&mut r)?,
        };
        r.end()?;
        Ok(device)
    }
}

fn head(device: &Device) -> u8 {
    let recalled = if device.recalled { RECALLED } else { 0 };
    device.key.scheme().code()
        | device.assurance.code() << ASSURANCE_SHIFT
        | status_code(device.status) << STATUS_SHIFT
        | recalled
}

fn status_code(status: Status) -> u8 {
    match status {
        Status::Active => 0,
        Status::Suspended => 1,
        Status::Retired => 2,
    }
}

fn status_from(code: u8) -> Result<Status, FormatError> {
    match code {
        0 => Ok(Status::Active),
        1 => Ok(Status::Suspended),
        2 => Ok(Status::Retired),
        other => Err(FormatError::Value {
            what: "device status",
            got: other.into(),
            rule: "0 active, 1 suspended, 2 retired",
        }),
    }
}

fn parts(device: &Device) -> u8 {
    let flag = |there: bool, bit: u8| if there { bit } else { 0 };
    flag(device.action != 0 || device.pairing != 0, ACTED)
        | flag(device.paired.is_some(), PAIRED)
        | flag(device.lost_from_ms.is_some(), LOST)
        | flag(device.calibration.is_some(), CALIBRATED)
        | flag(device.halts.last.is_some(), HALTED)
        | flag(device.halts.usable_from_ms != 0, USABLE_FROM)
        | flag(device.rotation.is_some(), ROTATED)
}

fn put_parts(mut w: Writer, device: &Device) -> Writer {
    if device.action != 0 || device.pairing != 0 {
        w = w.u64(device.action).u32(device.pairing);
    }
    if let Some(paired) = device.paired {
        w = w.u64(paired.patient).u64(paired.from_ms);
    }
    if let Some(lost) = device.lost_from_ms {
        w = w.u64(lost);
    }
    if let Some(held) = device.calibration {
        w = w.u64(held.from).u64(held.until);
    }
    if let Some(halt) = device.halts.last {
        w = halt.put(w);
    }
    if device.halts.usable_from_ms != 0 {
        w = w.u64(device.halts.usable_from_ms);
    }
    if let Some(rotation) = device.rotation {
        w = w.u32(rotation.number).u64(rotation.from_sequence);
    }
    w
}

fn take(r: &mut Reader<'_>) -> Result<Device, FormatError> {
    let head = known_bits("device head", r.u8()?, HEAD_BITS)?;
    let parts = known_bits("device parts", r.u8()?, ALL_PARTS)?;
    let scheme = SignatureScheme::from_code(head & TWO_BITS)?;
    let mut device = Device::new(
        PublicKey::new(scheme, r.take(scheme.key_len())?)?,
        r.u32()?,
        r.u32()?,
        Assurance::from_code(head >> ASSURANCE_SHIFT & TWO_BITS)?,
        Set::from_bits(r.u16()?)?,
    );
    device.status = status_from(head >> STATUS_SHIFT & TWO_BITS)?;
    device.recalled = head & RECALLED != 0;
    take_parts(r, parts, &mut device)?;
    Ok(device)
}

fn take_parts(r: &mut Reader<'_>, parts: u8, device: &mut Device) -> Result<(), FormatError> {
    let has = |bit: u8| parts & bit != 0;
    if has(ACTED) {
        (device.action, device.pairing) = (r.u64()?, r.u32()?);
    }
    if has(PAIRED) {
        device.paired = Some(take_paired(r)?);
    }
    if has(LOST) {
        device.lost_from_ms = Some(r.u64()?);
    }
    if has(CALIBRATED) {
        let (from, until) = (r.u64()?, r.u64()?);
        device.calibration = Some(Calibration { from, until });
    }
    if has(HALTED) {
        device.halts.last = Some(Halt::take(r)?);
    }
    if has(USABLE_FROM) {
        device.halts.usable_from_ms = r.u64()?;
    }
    if has(ROTATED) {
        let (number, from_sequence) = (r.u32()?, r.u64()?);
        device.rotation = Some(Rotation {
            number,
            from_sequence,
        });
    }
    Ok(())
}

fn take_paired(r: &mut Reader<'_>) -> Result<Paired, FormatError> {
    Ok(Paired {
        patient: r.u64()?,
        from_ms: r.u64()?,
    })
}

fn known_bits(what: &'static str, got: u8, known: u8) -> Result<u8, FormatError> {
    if got & !known == 0 {
        return Ok(got);
    }
    Err(FormatError::Value {
        what,
        got: got.into(),
        rule: "only known bits are set",
    })
}

/// Layout 1 kept categories, each of which stood for all its measures, and an end of calibration
/// that had no beginning.
fn take_first_layout(r: &mut Reader<'_>) -> Result<Device, FormatError> {
    let key = super::take_key(r)?;
    let (model, firmware) = (r.u32()?, r.u32()?);
    let assurance = Assurance::from_code(r.u8()?)?;
    let measures = measures_of(Set::from_bits(r.u16()?)?);
    let mut device = Device::new(key, model, firmware, assurance, measures);
    (device.action, device.pairing) = (r.u64()?, r.u32()?);
    let is_paired = r.flag("paired")?;
    device.paired = Some(take_paired(r)?).filter(|_| is_paired);
    device.lost_from_ms = optional(r.u64()?);
    device.calibration = optional(r.u64()?).map(|until| Calibration { from: 0, until });
    Ok(device)
}

fn measures_of(categories: Set<Category>) -> Set<Measure> {
    Measure::ALL
        .into_iter()
        .filter(|measure| categories.contains(measure.category()))
        .fold(Set::EMPTY, Set::with)
}
