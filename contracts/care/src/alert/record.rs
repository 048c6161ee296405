//! An alert's bytes.

use vitals_api::store::Record;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::set::Set;
use vitals_core::FormatError;

use super::{Alert, Cause, Found, Origin};
use crate::ladder::LadderRef;
use crate::life::Life;

/// Layout 1 knew devices' alerts only, always on a ladder, and following none.
const LAYOUT: u8 = 2;

const DEVICE: u8 = 1;
const EMERGENCY: u8 = 2;

impl Record for Alert {
    const NAME: &'static str = "alert";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        // versions and alert numbers begin at 1: 0 is none
        let ladder = self.origin.ladder.unwrap_or(LadderRef {
            ladder: 0,
            version: 0,
        });
        let head = Writer::versioned(LAYOUT)
            .u64(self.origin.patient)
            .u16(self.origin.categories.bits())
            .u8(ladder.ladder)
            .u32(ladder.version);
        let whole = put_cause(head, &self.cause)?
            .u64(self.follows.unwrap_or(0))
            .u32(self.notices)
            .u64(self.at_ms)
            .u64(self.raised_at)
            .u8(self.tier)
            .u64(self.tier_called_at);
        Ok(self.life.write(whole)?.done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, LAYOUT, bytes)?;
        let origin = take_origin(&mut r)?;
        let (cause, follows) = match layout {
            1 => (Cause::Device(take_found(&mut r, None)?), None),
            _ => (take_cause(&mut r)?, some(r.u64()?)),
        };
        let alert = Self {
            origin,
            cause,
            follows,
            notices: r.u32()?,
            at_ms: r.u64()?,
            raised_at: r.u64()?,
            tier: r.u8()?,
            tier_called_at: r.u64()?,
            life: Life::read(&mut r, layout)?,
        };
        r.end()?;
        Ok(alert)
    }
}

fn some(number: u64) -> Option<u64> {
    (number != 0).then_some(number)
}

fn take_origin(r: &mut Reader<'_>) -> Result<Origin, FormatError> {
    let (patient, categories) = (r.u64()?, Set::from_bits(r.u16()?)?);
    let (ladder, version) = (r.u8()?, r.u32()?);
    Ok(Origin {
        patient,
        categories,
        ladder: (version != 0).then_some(LadderRef { ladder, version }),
    })
}

fn put_cause(to: Writer, cause: &Cause) -> Result<Writer, FormatError> {
    match cause {
        Cause::Device(found) => Ok(to
            .u8(DEVICE)
            .u32(found.pairing.unwrap_or(0))
            .u64(found.device)
            .u16(found.rule)
            .raw(&found.digest)),
        Cause::Emergency { number, responder } => to
            .u8(EMERGENCY)
            .u64(*number)
            .short("responder", responder.as_bytes()),
    }
}

fn take_cause(r: &mut Reader<'_>) -> Result<Cause, FormatError> {
    match r.u8()? {
        DEVICE => {
            let pairing = r.u32()?;
            let pairing = (pairing != 0).then_some(pairing);
            Ok(Cause::Device(take_found(r, pairing)?))
        }
        EMERGENCY => Ok(Cause::Emergency {
            number: r.u64()?,
            responder: r.short_str()?.into(),
        }),
        other => Err(FormatError::Value {
            what: "cause of an alert",
            got: other.into(),
            rule: "1 device, 2 emergency",
        }),
    }
}

fn take_found(r: &mut Reader<'_>, pairing: Option<u32>) -> Result<Found, FormatError> {
    Ok(Found {
        device: r.u64()?,
        pairing,
        rule: r.u16()?,
        digest: r.array()?,
    })
}
