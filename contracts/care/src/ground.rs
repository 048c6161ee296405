//! A ground as records keep it: 9 bytes.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::GroundRef;
use vitals_core::FormatError;

const NONE: u8 = 0;
const PATIENT: u8 = 1;
const GRANT: u8 = 2;
const GUARDIAN: u8 = 3;
const EMERGENCY: u8 = 4;

pub fn put(to: Writer, ground: Option<GroundRef>) -> Writer {
    let (kind, id) = match ground {
        None => (NONE, 0),
        Some(GroundRef::Patient {}) => (PATIENT, 0),
        Some(GroundRef::Grant { id }) => (GRANT, id),
        Some(GroundRef::Guardian {}) => (GUARDIAN, 0),
        Some(GroundRef::Emergency { id }) => (EMERGENCY, id),
    };
    to.u8(kind).u64(id)
}

pub fn take(from: &mut Reader<'_>) -> Result<Option<GroundRef>, FormatError> {
    let (kind, id) = (from.u8()?, from.u64()?);
    match kind {
        NONE => Ok(None),
        PATIENT => Ok(Some(GroundRef::Patient {})),
        GRANT => Ok(Some(GroundRef::Grant { id })),
        GUARDIAN => Ok(Some(GroundRef::Guardian {})),
        EMERGENCY => Ok(Some(GroundRef::Emergency { id })),
        other => Err(FormatError::Value {
            what: "kind of ground",
            got: other.into(),
            rule: "0 none, 1 patient, 2 grant, 3 guardian, 4 emergency",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_comes_back_and_an_unknown_kind_is_refused() {
        for ground in [
            None,
            Some(GroundRef::Patient {}),
            Some(GroundRef::Grant { id: u64::MAX }),
            Some(GroundRef::Guardian {}),
            Some(GroundRef::Emergency { id: 7 }),
        ] {
            let bytes = put(Writer::new(), ground).done();
            assert_eq!(bytes.len(), 9);
            assert_eq!(take(&mut Reader::new("ground", &bytes)), Ok(ground));
        }
        assert!(take(&mut Reader::new("ground", &[5, 0, 0, 0, 0, 0, 0, 0, 0])).is_err());
    }
}
