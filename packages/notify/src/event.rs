//! What a contract's event means for people. An event is a reason to look: the contract's answer
//! says how things stand and whom it concerns.

use std::str::FromStr;

use vitals_ledger::{Deployment, LedgerEvent};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happening {
    /// Raised, or called to the next tier.
    Alert {
        alert: u64,
    },
    /// Acknowledged or resolved.
    Answered {
        alert: u64,
    },
    EmergencyOpened {
        patient: u64,
        emergency: u64,
    },
    EmergencyEnded {
        patient: u64,
        emergency: u64,
    },
    /// With the accounts the event names besides those of the patient.
    Recovery {
        patient: u64,
        accounts: Vec<String>,
    },
    ClaimFiled {
        policy: u64,
        claim: u16,
    },
    ClaimAppealed {
        policy: u64,
        claim: u16,
    },
    ClaimNews {
        policy: u64,
        claim: u16,
        payee: Option<String>,
    },
    /// Its instalments are to be looked at.
    Policy {
        policy: u64,
    },
}

/// None where it concerns nobody, or is another contract's: only the runtime writes
/// `_contract_address`.
pub(crate) fn read(event: &LedgerEvent, at: &Deployment) -> Option<Happening> {
    let name = event.ty.strip_prefix("wasm-")?;
    let contract = event.attribute("_contract_address")?;
    match contract {
        contract if contract == at.care => of_care(name, event),
        contract if contract == at.consent => of_consent(name, event),
        contract if contract == at.claims => of_claims(name, event),
        _ => None,
    }
}

fn of_care(name: &str, event: &LedgerEvent) -> Option<Happening> {
    let alert = || number(event, "alert");
    match name {
        "alert_raised" | "alert_escalated" => Some(Happening::Alert { alert: alert()? }),
        "alert_acknowledged" | "alert_resolved" => Some(Happening::Answered { alert: alert()? }),
        _ => None,
    }
}

fn of_consent(name: &str, event: &LedgerEvent) -> Option<Happening> {
    let patient = || number(event, "patient");
    let recovery = |accounts: &[&str]| {
        let named = accounts.iter().filter_map(|key| event.attribute(key));
        Some(Happening::Recovery {
            patient: patient()?,
            accounts: named.map(str::to_owned).collect(),
        })
    };
    match name {
        "emergency_opened" => Some(Happening::EmergencyOpened {
            patient: patient()?,
            emergency: number(event, "emergency")?,
        }),
        "emergency_ended" => Some(Happening::EmergencyEnded {
            patient: patient()?,
            emergency: number(event, "emergency")?,
        }),
        "recovery_voted" | "recovery_decided" | "recovery_vetoed" | "recovery_cancelled" => {
            recovery(&[])
        }
        // Who lost control is told as well: it may be the one who was robbed.
        "recovered" => recovery(&["from", "to"]),
        _ => None,
    }
}

fn of_claims(name: &str, event: &LedgerEvent) -> Option<Happening> {
    let policy = number(event, "policy")?;
    let claim = || number(event, "claim");
    match name {
        "claim_filed" => Some(Happening::ClaimFiled {
            policy,
            claim: claim()?,
        }),
        "claim_appealed" => Some(Happening::ClaimAppealed {
            policy,
            claim: claim()?,
        }),
        "claim_assessed" | "claim_arbitrated" | "claim_settled" | "claim_paid" => {
            Some(Happening::ClaimNews {
                policy,
                claim: claim()?,
                payee: event.attribute("payee").map(str::to_owned),
            })
        }
        "policy_bound" | "premium_paid" => Some(Happening::Policy { policy }),
        _ => None,
    }
}

fn number<T: FromStr>(event: &LedgerEvent, key: &str) -> Option<T> {
    event.attribute(key)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::Event;
    use vitals_api::claims::event::ClaimsEvent;
    use vitals_api::consent::event::{ConsentEvent, EmergencyEvent, RecoveryEvent};

    use super::*;

    fn deployment() -> Deployment {
        Deployment {
            chain_id: "c-1".into(),
            consent: "consent".into(),
            device_registry: "registry".into(),
            vitals_anchor: "anchor".into(),
            care: "care".into(),
            claims: "claims".into(),
            deployment_id: "00".repeat(32),
        }
    }

    /// As the chain passes on what a contract gives it.
    fn passed_on(contract: &str, event: impl Into<Event>) -> LedgerEvent {
        let event: Event = event.into();
        let own = event.attributes.into_iter().map(|a| (a.key, a.value));
        let by = ("_contract_address".to_string(), contract.to_string());
        LedgerEvent {
            ty: format!("wasm-{}", event.ty),
            attributes: std::iter::once(by).chain(own).collect(),
        }
    }

    #[test]
    fn the_contracts_own_events_are_read() {
        let opened = EmergencyEvent::EmergencyOpened {
            patient: u64::MAX,
            emergency: 2,
            responder: "r",
            until: 9,
        };
        let expected = Happening::EmergencyOpened {
            patient: u64::MAX,
            emergency: 2,
        };
        assert_eq!(
            read(&passed_on("consent", opened), &deployment()),
            Some(expected)
        );
        let recovered = RecoveryEvent::Recovered {
            patient: 7,
            from: "old",
            to: "new",
        };
        let expected = Happening::Recovery {
            patient: 7,
            accounts: vec!["old".into(), "new".into()],
        };
        assert_eq!(
            read(&passed_on("consent", recovered), &deployment()),
            Some(expected)
        );
        let paid = ClaimsEvent::ClaimPaid {
            policy: 3,
            claim: 1,
            amount: 500,
            payee: "p",
        };
        let expected = Happening::ClaimNews {
            policy: 3,
            claim: 1,
            payee: Some("p".into()),
        };
        assert_eq!(
            read(&passed_on("claims", paid), &deployment()),
            Some(expected)
        );
    }

    #[test]
    fn another_contract_s_event_of_the_same_name_is_nothing() {
        let raised = Event::new("alert_raised").add_attribute("alert", "1");
        let from = |contract: &str| read(&passed_on(contract, raised.clone()), &deployment());
        assert_eq!(from("care"), Some(Happening::Alert { alert: 1 }));
        assert_eq!(from("consent"), None);
        assert_eq!(from("stranger"), None);
    }

    #[test]
    fn what_concerns_nobody_or_names_no_number_is_nothing() {
        let enrolled = ConsentEvent::Enrolled { patient: 7 };
        assert_eq!(read(&passed_on("consent", enrolled), &deployment()), None);
        let raised = Event::new("alert_raised").add_attribute("alert", "many");
        assert_eq!(read(&passed_on("care", raised), &deployment()), None);
    }
}
