//! How a request's query names purpose and ground: `TREAT`, `grant:7`.

use vitals_core::decision::{GroundRef, Purpose};

/// `patient`, `guardian`, `grant:<number>` or `emergency:<number>`.
pub fn ground_text(ground: &GroundRef) -> String {
    match ground {
        GroundRef::Patient {} => "patient".into(),
        GroundRef::Guardian {} => "guardian".into(),
        GroundRef::Grant { id } => format!("grant:{id}"),
        GroundRef::Emergency { id } => format!("emergency:{id}"),
    }
}

/// The ground that [`ground_text`] wrote; numbers in their one decimal form.
pub fn parse_ground(text: &str) -> Option<GroundRef> {
    let ground = match text.split_once(':') {
        None if text == "patient" => GroundRef::Patient {},
        None if text == "guardian" => GroundRef::Guardian {},
        Some(("grant", id)) => GroundRef::Grant {
            id: id.parse().ok()?,
        },
        Some(("emergency", id)) => GroundRef::Emergency {
            id: id.parse().ok()?,
        },
        _ => return None,
    };
    (ground_text(&ground) == text).then_some(ground)
}

/// The HL7 v3 PurposeOfUse code, as serde writes it too.
pub fn purpose_text(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Treatment => "TREAT",
        Purpose::Emergency => "ETREAT",
        Purpose::Payment => "HPAYMT",
        Purpose::Research => "HRESCH",
        Purpose::Family => "FAMRQT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::set::Member;

    #[test]
    fn grounds_come_back_from_their_text() {
        for ground in [
            GroundRef::Patient {},
            GroundRef::Guardian {},
            GroundRef::Grant { id: 7 },
            GroundRef::Emergency { id: u64::MAX },
        ] {
            assert_eq!(parse_ground(&ground_text(&ground)), Some(ground));
        }
    }

    #[test]
    fn a_ground_has_one_spelling() {
        for bad in [
            "",
            "Patient",
            "patient:1",
            "grant",
            "grant:",
            "grant:07",
            "grant:+7",
            "grant:-1",
            "team:1",
        ] {
            assert_eq!(parse_ground(bad), None, "{bad:?} was taken");
        }
    }

    #[test]
    fn purposes_are_spelled_as_messages_spell_them() {
        for purpose in Purpose::ALL {
            let json = serde_json::to_value(purpose).unwrap();
            assert_eq!(json, purpose_text(*purpose));
        }
    }
}
