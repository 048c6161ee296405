//! Guardians acting together, and recovery.

use cosmwasm_std::Event;
use vitals_core::decision::{Power, Seconds};
use vitals_core::set::Member;

use super::of_patient;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecoveryEvent<'a> {
    /// `power` is the power's bit; it holds from `from` on.
    QuorumSet {
        patient: u64,
        power: Power,
        of: u8,
        from: Seconds,
    },
    /// A guardian's message waits for others.
    Proposed {
        patient: u64,
        proposal: u64,
        guardian: &'a str,
        until: Seconds,
    },
    Approved {
        patient: u64,
        proposal: u64,
        guardian: &'a str,
        approvals: usize,
    },
    ProposalCancelled {
        patient: u64,
        proposal: u64,
    },
    /// A guardian voted; `account` is what it wants the patient to have.
    RecoveryVoted {
        patient: u64,
        guardian: &'a str,
        account: &'a str,
    },
    /// Enough guardians agreed. With `vetoable` the account may still object.
    RecoveryDecided {
        patient: u64,
        account: &'a str,
        ready_at: Seconds,
        vetoable: bool,
    },
    RecoveryVetoed {
        patient: u64,
    },
    RecoveryCancelled {
        patient: u64,
        guardian: &'a str,
    },
    Recovered {
        patient: u64,
        from: &'a str,
        to: &'a str,
    },
}

impl From<RecoveryEvent<'_>> for Event {
    fn from(event: RecoveryEvent<'_>) -> Event {
        use RecoveryEvent::*;
        match event {
            QuorumSet {
                patient,
                power,
                of,
                from,
            } => of_patient("quorum_set", patient)
                .add_attribute("power", power.bit().to_string())
                .add_attribute("of", of.to_string())
                .add_attribute("from", from.to_string()),
            Proposed {
                patient,
                proposal,
                guardian,
                until,
            } => of_proposal("proposed", patient, proposal)
                .add_attribute("guardian", guardian)
                .add_attribute("until", until.to_string()),
            Approved {
                patient,
                proposal,
                guardian,
                approvals,
            } => of_proposal("approved", patient, proposal)
                .add_attribute("guardian", guardian)
                .add_attribute("approvals", approvals.to_string()),
            ProposalCancelled { patient, proposal } => {
                of_proposal("proposal_cancelled", patient, proposal)
            }
            RecoveryVoted {
                patient,
                guardian,
                account,
            } => of_patient("recovery_voted", patient)
                .add_attribute("guardian", guardian)
                .add_attribute("account", account),
            RecoveryDecided {
                patient,
                account,
                ready_at,
                vetoable,
            } => of_patient("recovery_decided", patient)
                .add_attribute("account", account)
                .add_attribute("ready_at", ready_at.to_string())
                .add_attribute("vetoable", vetoable.to_string()),
            RecoveryVetoed { patient } => of_patient("recovery_vetoed", patient),
            RecoveryCancelled { patient, guardian } => {
                of_patient("recovery_cancelled", patient).add_attribute("guardian", guardian)
            }
            Recovered { patient, from, to } => of_patient("recovered", patient)
                .add_attribute("from", from)
                .add_attribute("to", to),
        }
    }
}

fn of_proposal(name: &str, patient: u64, proposal: u64) -> Event {
    of_patient(name, patient).add_attribute("proposal", proposal.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_names_the_account_before_and_after() {
        let event = Event::from(RecoveryEvent::Recovered {
            patient: 7,
            from: "a",
            to: "b",
        });
        let expected = Event::new("recovered")
            .add_attribute("patient", "7")
            .add_attribute("from", "a")
            .add_attribute("to", "b");
        assert_eq!(event, expected);
    }
}
