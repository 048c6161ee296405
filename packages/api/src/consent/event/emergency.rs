//! Emergencies, their custodians and subscribers, and the receipts of vaults.

use cosmwasm_std::Event;
use vitals_core::decision::Seconds;

use super::{hex, of_patient};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmergencyEvent<'a> {
    /// `threshold` 0 where they were cleared.
    CustodiansSet {
        patient: u64,
        custodians: usize,
        threshold: u8,
    },
    EmergencyPackagesPut {
        patient: u64,
        generation: u32,
    },
    EmergencyOpened {
        patient: u64,
        emergency: u64,
        responder: &'a str,
        until: Seconds,
    },
    EmergencyEnded {
        patient: u64,
        emergency: u64,
    },
    EmergencyReviewed {
        patient: u64,
        emergency: u64,
        upheld: bool,
    },
    Reinstated {
        responder: &'a str,
    },
    HookAdded {
        contract: &'a str,
    },
    HookRemoved {
        contract: &'a str,
    },
    /// A subscriber failed, or ran out of its gas; what called it goes on.
    HookFailed {
        contract: &'a str,
    },
    ReceiptsAnchored {
        patient: u64,
        vault: &'a str,
        count: u32,
        root: [u8; 32],
    },
}

impl From<EmergencyEvent<'_>> for Event {
    fn from(event: EmergencyEvent<'_>) -> Event {
        use EmergencyEvent::*;
        match event {
            CustodiansSet {
                patient,
                custodians,
                threshold,
            } => of_patient("custodians_set", patient)
                .add_attribute("custodians", custodians.to_string())
                .add_attribute("threshold", threshold.to_string()),
            EmergencyPackagesPut {
                patient,
                generation,
            } => of_patient("emergency_packages_put", patient)
                .add_attribute("generation", generation.to_string()),
            EmergencyOpened {
                patient,
                emergency,
                responder,
                until,
            } => of_emergency("emergency_opened", patient, emergency)
                .add_attribute("responder", responder)
                .add_attribute("until", until.to_string()),
            EmergencyEnded { patient, emergency } => {
                of_emergency("emergency_ended", patient, emergency)
            }
            EmergencyReviewed {
                patient,
                emergency,
                upheld,
            } => of_emergency("emergency_reviewed", patient, emergency)
                .add_attribute("upheld", upheld.to_string()),
            Reinstated { responder } => {
                Event::new("reinstated").add_attribute("responder", responder)
            }
            HookAdded { contract } => of_hook("hook_added", contract),
            HookRemoved { contract } => of_hook("hook_removed", contract),
            HookFailed { contract } => of_hook("hook_failed", contract),
            ReceiptsAnchored {
                patient,
                vault,
                count,
                root,
            } => of_patient("receipts_anchored", patient)
                .add_attribute("vault", vault)
                .add_attribute("count", count.to_string())
                .add_attribute("root", hex(root)),
        }
    }
}

fn of_emergency(name: &str, patient: u64, emergency: u64) -> Event {
    of_patient(name, patient).add_attribute("emergency", emergency.to_string())
}

fn of_hook(name: &str, contract: &str) -> Event {
    Event::new(name).add_attribute("contract", contract)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emergency_names_patient_number_responder_and_end() {
        let event = Event::from(EmergencyEvent::EmergencyOpened {
            patient: 7,
            emergency: 1,
            responder: "a",
            until: 9,
        });
        let expected = Event::new("emergency_opened")
            .add_attribute("patient", "7")
            .add_attribute("emergency", "1")
            .add_attribute("responder", "a")
            .add_attribute("until", "9");
        assert_eq!(event, expected);
    }
}
