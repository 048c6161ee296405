//! The life of an alert: its states, what can happen to it, and the one table of what follows.

use vitals_api::care::AlertState;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::FormatError;

use crate::error::ContractError;

/// Who took an alert on, and when: with the time it was raised, the response time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    pub by: String,
    pub at: Seconds,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Life {
    Open,
    Acknowledged(Acknowledgement),
    Resolved {
        acknowledged: Acknowledgement,
        at: Seconds,
    },
}

/// What can happen to an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// One more notice of the same device and rule.
    Count,
    Escalate,
    Acknowledge(Acknowledgement),
    Resolve {
        at: Seconds,
    },
}

impl Life {
    /// The transition table. What it does not list is an error.
    pub fn after(self, act: Act) -> Result<Self, ContractError> {
        match (self, act) {
            // a notice never changes the state: an alert that ended is not opened again
            (life, Act::Count) => Ok(life),
            (Life::Open, Act::Escalate) => Ok(Life::Open),
            (Life::Open, Act::Acknowledge(by)) => Ok(Life::Acknowledged(by)),
            (Life::Acknowledged(acknowledged), Act::Resolve { at }) => {
                Ok(Life::Resolved { acknowledged, at })
            }
            (life, act) => Err(ContractError::WrongState {
                state: life.name(),
                act: act.name(),
            }),
        }
    }

    pub fn state(&self) -> AlertState {
        match self {
            Life::Open => AlertState::Open,
            Life::Acknowledged(_) => AlertState::Acknowledged,
            Life::Resolved { .. } => AlertState::Resolved,
        }
    }

    pub fn acknowledgement(&self) -> Option<&Acknowledgement> {
        match self {
            Life::Open => None,
            Life::Acknowledged(by) => Some(by),
            Life::Resolved { acknowledged, .. } => Some(acknowledged),
        }
    }

    pub fn resolved_at(&self) -> Option<Seconds> {
        match self {
            Life::Open | Life::Acknowledged(_) => None,
            Life::Resolved { at, .. } => Some(*at),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Life::Open => "open",
            Life::Acknowledged(_) => "acknowledged",
            Life::Resolved { .. } => "resolved",
        }
    }

    pub fn write(&self, to: Writer) -> Result<Writer, FormatError> {
        match self {
            Life::Open => Ok(to.u8(OPEN)),
            Life::Acknowledged(by) => by.write(to.u8(ACKNOWLEDGED)),
            Life::Resolved { acknowledged, at } => {
                Ok(acknowledged.write(to.u8(RESOLVED))?.u64(*at))
            }
        }
    }

    pub fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        match from.u8()? {
            OPEN => Ok(Life::Open),
            ACKNOWLEDGED => Ok(Life::Acknowledged(Acknowledgement::read(from)?)),
            RESOLVED => Ok(Life::Resolved {
                acknowledged: Acknowledgement::read(from)?,
                at: from.u64()?,
            }),
            other => Err(FormatError::Value {
                what: "alert state",
                got: other.into(),
                rule: "1 open, 2 acknowledged, 3 resolved",
            }),
        }
    }
}

const OPEN: u8 = 1;
const ACKNOWLEDGED: u8 = 2;
const RESOLVED: u8 = 3;

impl Acknowledgement {
    fn write(&self, to: Writer) -> Result<Writer, FormatError> {
        Ok(to.short("responder", self.by.as_bytes())?.u64(self.at))
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        Ok(Self {
            by: from.short_str()?.into(),
            at: from.u64()?,
        })
    }
}

impl Act {
    fn name(&self) -> &'static str {
        match self {
            Act::Count => "count",
            Act::Escalate => "escalation",
            Act::Acknowledge(_) => "acknowledgement",
            Act::Resolve { .. } => "resolution",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(name: &str) -> Acknowledgement {
        Acknowledgement {
            by: name.into(),
            at: 7,
        }
    }

    fn resolved(at: Seconds) -> Life {
        Life::Resolved {
            acknowledged: by("a"),
            at,
        }
    }

    #[test]
    fn every_state_takes_exactly_the_acts_of_the_table() {
        let acts = [
            Act::Count,
            Act::Escalate,
            Act::Acknowledge(by("b")),
            Act::Resolve { at: 9 },
        ];
        let open = Life::Open;
        let (by_a, by_b) = (Life::Acknowledged(by("a")), Life::Acknowledged(by("b")));
        let table = [
            (&open, [Some(&open), Some(&open), Some(&by_b), None]),
            (&by_a, [Some(&by_a), None, None, Some(&resolved(9))]),
            (&resolved(8), [Some(&resolved(8)), None, None, None]),
        ];
        for (life, row) in table {
            for (act, expected) in acts.iter().zip(row) {
                let refused = ContractError::WrongState {
                    state: life.name(),
                    act: act.name(),
                };
                let after = life.clone().after(act.clone());
                assert_eq!(after, expected.cloned().ok_or(refused));
            }
        }
    }

    #[test]
    fn an_unknown_state_byte_is_refused() {
        let mut bytes = Reader::new("alert", &[4]);
        assert!(matches!(
            Life::read(&mut bytes),
            Err(FormatError::Value { got: 4, .. })
        ));
    }
}
