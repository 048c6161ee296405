//! The life of a plan: proposed by its author, acknowledged, withdrawn for ever.

use vitals_api::care::PlanState;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::FormatError;

use crate::error::ContractError;

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub by: String,
    pub at: Seconds,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanLife {
    Proposed,
    Acknowledged(Signed),
    Withdrawn {
        acknowledged: Option<Signed>,
        withdrawn: Signed,
    },
}

/// What can happen to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanAct {
    Acknowledge(Signed),
    Withdraw(Signed),
}

const PROPOSED: u8 = 1;
const ACKNOWLEDGED: u8 = 2;
const WITHDRAWN: u8 = 3;
const WITHDRAWN_AFTER: u8 = 4;

impl PlanLife {
    /// The transition table. What it does not list is an error.
    pub fn after(self, act: PlanAct) -> Result<Self, ContractError> {
        match (self, act) {
            (PlanLife::Proposed, PlanAct::Acknowledge(by)) => Ok(PlanLife::Acknowledged(by)),
            (PlanLife::Proposed, PlanAct::Withdraw(withdrawn)) => Ok(PlanLife::Withdrawn {
                acknowledged: None,
                withdrawn,
            }),
            (PlanLife::Acknowledged(by), PlanAct::Withdraw(withdrawn)) => Ok(PlanLife::Withdrawn {
                acknowledged: Some(by),
                withdrawn,
            }),
            (life, act) => Err(ContractError::PlanState {
                state: life.name(),
                act: act.name(),
            }),
        }
    }

    pub fn state(&self) -> PlanState {
        match self {
            PlanLife::Proposed => PlanState::Proposed,
            PlanLife::Acknowledged(_) => PlanState::Acknowledged,
            PlanLife::Withdrawn { .. } => PlanState::Withdrawn,
        }
    }

    pub fn acknowledged(&self) -> Option<&Signed> {
        match self {
            PlanLife::Proposed => None,
            PlanLife::Acknowledged(by) => Some(by),
            PlanLife::Withdrawn { acknowledged, .. } => acknowledged.as_ref(),
        }
    }

    pub fn withdrawn(&self) -> Option<&Signed> {
        match self {
            PlanLife::Proposed | PlanLife::Acknowledged(_) => None,
            PlanLife::Withdrawn { withdrawn, .. } => Some(withdrawn),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            PlanLife::Proposed => "proposed",
            PlanLife::Acknowledged(_) => "acknowledged",
            PlanLife::Withdrawn { .. } => "withdrawn",
        }
    }

    pub fn write(&self, to: Writer) -> Result<Writer, FormatError> {
        match self {
            PlanLife::Proposed => Ok(to.u8(PROPOSED)),
            PlanLife::Acknowledged(by) => by.write(to.u8(ACKNOWLEDGED)),
            PlanLife::Withdrawn {
                acknowledged: None,
                withdrawn,
            } => withdrawn.write(to.u8(WITHDRAWN)),
            PlanLife::Withdrawn {
                acknowledged: Some(by),
                withdrawn,
            } => withdrawn.write(by.write(to.u8(WITHDRAWN_AFTER))?),
        }
    }

    pub fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        match from.u8()? {
            PROPOSED => Ok(PlanLife::Proposed),
            ACKNOWLEDGED => Ok(PlanLife::Acknowledged(Signed::read(from)?)),
            WITHDRAWN => Ok(PlanLife::Withdrawn {
                acknowledged: None,
                withdrawn: Signed::read(from)?,
            }),
            WITHDRAWN_AFTER => Ok(PlanLife::Withdrawn {
                acknowledged: Some(Signed::read(from)?),
                withdrawn: Signed::read(from)?,
            }),
            other => Err(FormatError::Value {
                what: "plan state",
                got: other.into(),
                rule: "1 proposed, 2 acknowledged, 3 withdrawn, 4 withdrawn after acknowledgement",
            }),
        }
    }
}

impl Signed {
    fn write(&self, to: Writer) -> Result<Writer, FormatError> {
        Ok(to.short("account", self.by.as_bytes())?.u64(self.at))
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        Ok(Self {
            by: from.short_str()?.into(),
            at: from.u64()?,
        })
    }
}

impl PlanAct {
    fn name(&self) -> &'static str {
        match self {
            PlanAct::Acknowledge(_) => "acknowledgement",
            PlanAct::Withdraw(_) => "withdrawal",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(name: &str) -> Signed {
        Signed {
            by: name.into(),
            at: 7,
        }
    }

    #[test]
    fn every_state_takes_exactly_the_acts_of_the_table() {
        let acts = [PlanAct::Acknowledge(by("p")), PlanAct::Withdraw(by("a"))];
        let acknowledged = PlanLife::Acknowledged(by("p"));
        let withdrawn = |acknowledged| PlanLife::Withdrawn {
            acknowledged,
            withdrawn: by("a"),
        };
        let table = [
            (
                PlanLife::Proposed,
                [Some(acknowledged.clone()), Some(withdrawn(None))],
            ),
            (acknowledged, [None, Some(withdrawn(Some(by("p"))))]),
            (withdrawn(None), [None, None]),
            (withdrawn(Some(by("p"))), [None, None]),
        ];
        for (life, row) in table {
            for (act, expected) in acts.iter().zip(row) {
                let refused = ContractError::PlanState {
                    state: life.name(),
                    act: act.name(),
                };
                let after = life.clone().after(act.clone());
                assert_eq!(after, expected.ok_or(refused));
            }
        }
    }

    #[test]
    fn an_unknown_state_byte_is_refused() {
        for byte in [0, 5] {
            assert!(PlanLife::read(&mut Reader::new("plan", &[byte])).is_err());
        }
    }
}
