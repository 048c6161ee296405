//! A batch's bytes. Each costs 30 gas when it is written, so layout 2 keeps times and lengths in
//! as many bytes as they take, and leaves to the registry when the pairing began.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::measure::Measure;
use vitals_core::rule::Assurance;
use vitals_core::set::Set;
use vitals_core::FormatError;

use super::{Batch, Content, Pointer, Shredding};
use crate::store::Record;

const LAYOUT: u8 = 2;

const CALIBRATED: u8 = 1;
const SIMULATED: u8 = 2;
const PRIVATE_ROOT: u8 = 4;
/// Layout 2: who shredded it and when stand in place of the pointer.
const SHREDDED: u8 = 8;
/// Layout 2: the assurance in bits 4 and 5.
const ASSURANCE_SHIFT: u8 = 4;
const FLAGS: u8 = CALIBRATED | SIMULATED | PRIVATE_ROOT | SHREDDED;
const FIRST_FLAGS: u8 = CALIBRATED | SIMULATED | PRIVATE_ROOT;

impl Record for Batch {
    const NAME: &'static str = "batch";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let facts = Writer::versioned(LAYOUT)
            .u8(head(self))
            .u16(self.measures.bits())
            .u32(self.pairing)
            .u16(self.count)
            .narrow::<3>("first time", self.first_ms.into())?
            .narrow::<3>("last time", self.last_ms.into())?
            .u32(self.generation)
            .narrow::<6>("time of anchoring", self.anchored_at_ms)?;
        Ok(match &self.content {
            Content::Kept(pointer) => put_pointer(facts, pointer)?,
            Content::Shredded(shredding) => facts
                .narrow::<6>("time of shredding", shredding.at_ms)?
                .short("account", shredding.by.as_bytes())?,
        }
        .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, LAYOUT, bytes)?;
        let batch = match layout {
            1 => take_first_layout(&mut r)?,
            _ => take(&mut r)?,
        };
        r.end()?;
        Ok(batch)
    }
}

fn head(batch: &Batch) -> u8 {
    let flag = |set: bool, bit: u8| if set { bit } else { 0 };
    let content = match &batch.content {
        Content::Kept(pointer) => flag(pointer.private_root.is_some(), PRIVATE_ROOT),
        Content::Shredded(_) => SHREDDED,
    };
    flag(batch.calibrated, CALIBRATED)
        | flag(batch.simulated, SIMULATED)
        | content
        | batch.assurance.code() << ASSURANCE_SHIFT
}

fn put_pointer(w: Writer, pointer: &Pointer) -> Result<Writer, FormatError> {
    let w = w
        .narrow::<3>("length", pointer.length.into())?
        .raw(&pointer.root)
        .raw(&pointer.digest);
    Ok(match &pointer.private_root {
        None => w,
        Some(root) => w.raw(root),
    })
}

fn take(r: &mut Reader<'_>) -> Result<Batch, FormatError> {
    let head = r.u8()?;
    let flags = known(head & 0x0f, FLAGS)?;
    Ok(Batch {
        assurance: Assurance::from_code(head >> ASSURANCE_SHIFT)?,
        calibrated: flags & CALIBRATED != 0,
        simulated: flags & SIMULATED != 0,
        measures: Set::from_bits(r.u16()?)?,
        pairing: r.u32()?,
        count: r.u16()?,
        first_ms: three_bytes(r)?,
        last_ms: three_bytes(r)?,
        generation: r.u32()?,
        anchored_at_ms: r.narrow::<6>()?,
        content: take_content(r, flags)?,
    })
}

fn take_content(r: &mut Reader<'_>, flags: u8) -> Result<Content, FormatError> {
    if flags & SHREDDED != 0 {
        // with the pointer, all roots went
        known(flags, FLAGS & !PRIVATE_ROOT)?;
        return Ok(Content::Shredded(Shredding {
            at_ms: r.narrow::<6>()?,
            by: r.short_str()?.into(),
        }));
    }
    Ok(Content::Kept(Pointer {
        length: three_bytes(r)?,
        root: r.array()?,
        digest: r.array()?,
        private_root: private_root(r, flags)?,
    }))
}

/// Layout 1 named no measures: it vouches for all of its category, as it did then. When its
/// pairing began is in the registry too.
fn take_first_layout(r: &mut Reader<'_>) -> Result<Batch, FormatError> {
    let flags = known(r.u8()?, FIRST_FLAGS)?;
    let assurance = Assurance::from_code(r.u8()?)?;
    let pairing = r.u32()?;
    let (root, digest) = (r.array()?, r.array()?);
    let (length, count) = (r.u32()?, r.u16()?);
    let (first_ms, last_ms) = (r.u32()?, r.u32()?);
    let generation = r.u32()?;
    let _paired_from_ms = r.u64()?;
    let anchored_at_ms = r.u64()?;
    let private_root = private_root(r, flags)?;
    Ok(Batch {
        pairing,
        measures: Set::<Measure>::all(),
        count,
        first_ms,
        last_ms,
        generation,
        assurance,
        calibrated: flags & CALIBRATED != 0,
        simulated: flags & SIMULATED != 0,
        anchored_at_ms,
        content: Content::Kept(Pointer {
            root,
            private_root,
            digest,
            length,
        }),
    })
}

fn private_root(r: &mut Reader<'_>, flags: u8) -> Result<Option<[u8; 32]>, FormatError> {
    match flags & PRIVATE_ROOT {
        0 => Ok(None),
        _ => Ok(Some(r.array()?)),
    }
}

fn three_bytes(r: &mut Reader<'_>) -> Result<u32, FormatError> {
    let [a, b, c] = r.array()?;
    Ok(u32::from_be_bytes([0, a, b, c]))
}

fn known(flags: u8, known: u8) -> Result<u8, FormatError> {
    if flags & !known == 0 {
        return Ok(flags);
    }
    Err(FormatError::Value {
        what: "batch record flags",
        got: flags.into(),
        rule: "only flags of this layout, and no private root of what is shredded",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(content: Content) -> Batch {
        Batch {
            pairing: 0x0102_0304,
            measures: Set::of(&[Measure::HeartRate, Measure::DiastolicPressure]),
            count: 600,
            first_ms: 5,
            last_ms: 3_599_999,
            generation: 7,
            assurance: Assurance::Maker,
            calibrated: true,
            simulated: false,
            anchored_at_ms: 1_800_000_000_123,
            content,
        }
    }

    fn pointer(private_root: Option<[u8; 32]>, length: u32) -> Content {
        Content::Kept(Pointer {
            root: [1; 32],
            private_root,
            digest: [2; 32],
            length,
        })
    }

    fn kept(private_root: Option<[u8; 32]>) -> Content {
        pointer(private_root, 4_194_304)
    }

    fn shredded() -> Content {
        Content::Shredded(Shredding {
            by: "cosmos1patient".into(),
            at_ms: 1_900_000_000_000,
        })
    }

    #[test]
    fn a_batch_comes_back_whole_with_and_without_a_private_root_and_shredded() {
        for content in [kept(None), kept(Some([3; 32])), shredded()] {
            let batch = batch(content);
            let bytes = batch.to_bytes().unwrap();
            assert_eq!(Batch::from_bytes(&bytes), Ok(batch));
            assert!(Batch::from_bytes(&bytes[..bytes.len() - 1]).is_err());
            assert!(Batch::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
        }
    }

    #[test]
    fn layout_2_is_these_93_bytes() {
        let bytes = batch(kept(None)).to_bytes().unwrap();
        let facts = [
            &[2, 0x31, 0, 0b10_0001, 1, 2, 3, 4, 2, 88][..],
            &[0, 0, 5, 0x36, 0xee, 0x7f, 0, 0, 0, 7],
            &[0x01, 0xa3, 0x18, 0x5c, 0x50, 0x7b, 0x40, 0, 0],
        ]
        .concat();
        assert_eq!(bytes[..29], facts);
        assert_eq!(bytes[29..], [[1; 32], [2; 32]].concat());
    }

    /// As version 0.1.0 wrote it.
    #[test]
    fn layout_1_is_read_and_vouches_for_every_measure() {
        let first = |flags: u8| {
            Writer::versioned(1)
                .raw(&[flags, 3, 1, 2, 3, 4])
                .raw(&[1; 32])
                .raw(&[2; 32])
                .raw(&[0, 0x40, 0, 0, 2, 88])
                .raw(&[0, 0, 0, 5, 0, 0x36, 0xee, 0x7f, 0, 0, 0, 7])
                .raw(&[0, 0, 1, 0xa3, 0x18, 0x5c, 0, 0])
                .raw(&[0, 0, 1, 0xa3, 0x18, 0x5c, 0x50, 0x7b])
                .done()
        };
        let expected = |content| Batch {
            measures: Set::all(),
            ..batch(content)
        };
        assert_eq!(first(1).len(), 105);
        assert_eq!(Batch::from_bytes(&first(1)), Ok(expected(kept(None))));
        let with_root = [first(5), vec![3; 32]].concat();
        let whole = Batch::from_bytes(&with_root);
        assert_eq!(whole, Ok(expected(kept(Some([3; 32])))));
        assert!(Batch::from_bytes(&first(9)).is_err(), "no such flag then");
    }

    #[test]
    fn unknown_flags_and_a_private_root_of_what_is_shredded_are_refused() {
        let refused = |content, bit: u8| {
            let mut bytes = batch(content).to_bytes().unwrap();
            bytes[1] |= bit;
            Batch::from_bytes(&bytes).is_err()
        };
        for bit in [0x40, 0x80] {
            assert!(refused(kept(None), bit) && refused(shredded(), bit));
        }
        assert!(refused(shredded(), PRIVATE_ROOT));
    }

    #[test]
    fn what_does_not_fit_is_an_error_and_never_cut() {
        let late = Batch {
            anchored_at_ms: 1 << 48,
            ..batch(kept(None))
        };
        assert!(late.to_bytes().is_err());
        assert!(batch(pointer(None, 1 << 24)).to_bytes().is_err());
    }
}
