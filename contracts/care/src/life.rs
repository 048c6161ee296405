//! The life of an alert: its states, what can happen to it, and the one table of what follows.

use vitals_api::care::AlertState;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::FormatError;

use crate::error::ContractError;
use crate::ground;

/// Who has an alert, since when, and on what ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    pub by: String,
    pub at: Seconds,
    /// When somebody first took it on: what the response time says, and from where on nobody is
    /// silenced for longer by taking it over.
    pub first_at: Seconds,
    /// Not known of those kept in layout 1.
    pub ground: Option<GroundRef>,
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
            (Life::Acknowledged(was), Act::Acknowledge(by)) => {
                by.taken_over(was).map(Life::Acknowledged)
            }
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

    /// Of the layout of the alert it is in.
    pub fn read(from: &mut Reader<'_>, layout: u8) -> Result<Self, FormatError> {
        match from.u8()? {
            OPEN => Ok(Life::Open),
            ACKNOWLEDGED => Ok(Life::Acknowledged(Acknowledgement::read(from, layout)?)),
            RESOLVED => Ok(Life::Resolved {
                acknowledged: Acknowledgement::read(from, layout)?,
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
    pub fn new(by: String, at: Seconds, ground: GroundRef) -> Self {
        Self {
            by,
            at,
            first_at: at,
            ground: Some(ground),
        }
    }

    /// After another's. Nobody takes over from itself.
    fn taken_over(self, was: Self) -> Result<Self, ContractError> {
        if self.by == was.by {
            return Err(ContractError::AlreadyYours { who: self.by });
        }
        Ok(Self {
            first_at: was.first_at,
            ..self
        })
    }

    fn write(&self, to: Writer) -> Result<Writer, FormatError> {
        let whole = to
            .short("responder", self.by.as_bytes())?
            .u64(self.at)
            .u64(self.first_at);
        Ok(ground::put(whole, self.ground))
    }

    fn read(from: &mut Reader<'_>, layout: u8) -> Result<Self, FormatError> {
        let by = from.short_str()?.into();
        let at = from.u64()?;
        let (first_at, ground) = match layout {
            1 => (at, None),
            _ => (from.u64()?, ground::take(from)?),
        };
        Ok(Self {
            by,
            at,
            first_at,
            ground,
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

    fn by(name: &str, at: Seconds) -> Acknowledgement {
        Acknowledgement::new(name.into(), at, GroundRef::Grant { id: 4 })
    }

    fn resolved(at: Seconds) -> Life {
        Life::Resolved {
            acknowledged: by("a", 7),
            at,
        }
    }

    #[test]
    fn every_state_takes_exactly_the_acts_of_the_table() {
        let acts = [
            Act::Count,
            Act::Escalate,
            Act::Acknowledge(by("b", 8)),
            Act::Resolve { at: 9 },
        ];
        let (open, by_a) = (Life::Open, Life::Acknowledged(by("a", 7)));
        let by_b = Life::Acknowledged(by("b", 8));
        let b_after_a = Life::Acknowledged(Acknowledgement {
            first_at: 7,
            ..by("b", 8)
        });
        let (ended, ends) = (resolved(8), resolved(9));
        let table = [
            (&open, [Some(&open), Some(&open), Some(&by_b), None]),
            (&by_a, [Some(&by_a), None, Some(&b_after_a), Some(&ends)]),
            (&ended, [Some(&ended), None, None, None]),
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
    fn nobody_takes_an_alert_over_from_itself() {
        let again = Life::Acknowledged(by("a", 7)).after(Act::Acknowledge(by("a", 9)));
        assert_eq!(again, Err(ContractError::AlreadyYours { who: "a".into() }));
    }

    #[test]
    fn an_unknown_state_byte_is_refused() {
        let mut bytes = Reader::new("alert", &[4]);
        assert!(matches!(
            Life::read(&mut bytes, 2),
            Err(FormatError::Value { got: 4, .. })
        ));
    }
}
