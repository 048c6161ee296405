//! What was done, one fact after the other, and what was true then: the model of the sequences. The
//! contract keeps records and counters; this keeps nothing but the list, and looks through all of it
//! for every answer.

use vitals_api::consent::recovery::Timing;
use vitals_core::decision::{Action, Power, Purpose, Role};
use vitals_core::measure::Category;

mod boundaries;
mod guardians;
mod people;

/// Everybody, by place: those before [`ASKED`] are asked about after every step, and those from
/// [`KIN`] on only crowd the list of guardians.
pub const NAMES: [&str; 20] = [
    "patient",
    "mother",
    "brother",
    "clinician",
    "responder",
    "second",
    "vault",
    "board",
    "college",
    "owner",
    "admin",
    "kin0",
    "kin1",
    "kin2",
    "kin3",
    "kin4",
    "kin5",
    "kin6",
    "kin7",
    "kin8",
];
pub const ASKED: usize = 6;
pub const SECOND: usize = 5;
pub const VAULT: usize = 6;
pub const BOARD: usize = 7;
pub const COLLEGE: usize = 8;
pub const OWNER: usize = 9;
pub const ADMIN: usize = 10;
pub const KIN: usize = 11;

/// Teams 1 and 2; there is no third.
pub const TEAMS: u64 = 2;
/// Who enrolled as each patient.
pub const FIRST: [usize; 2] = [0, SECOND];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    Account(usize),
    Team(u64),
}

/// A grant, its times counted from when it was said.
#[derive(Debug, Clone)]
pub struct Given {
    pub to: To,
    pub purpose: Purpose,
    pub category: Category,
    pub actions: Vec<Action>,
    /// It reaches from the hour before to so many hours on.
    pub hours: u32,
    pub from_s: u64,
    pub valid_s: u64,
    pub package: bool,
}

/// A message, or what followed from one.
#[derive(Debug, Clone)]
pub enum What {
    Grant(Given),
    Revoke(u64),
    PutPackages(Vec<u64>),
    Deny(To),
    Allow(To),
    /// The next generation, or one that is so many off.
    OpenGeneration(u32),
    Invite {
        team: u64,
        who: usize,
    },
    Join {
        team: u64,
    },
    Leave {
        team: u64,
    },
    Remove {
        team: u64,
        who: usize,
    },
    Issue {
        who: usize,
        role: Role,
        for_s: u64,
    },
    Withdraw {
        who: usize,
        role: Role,
    },
    Appoint {
        who: usize,
        powers: Vec<Power>,
        for_s: u64,
    },
    Dismiss(usize),
    Quorum {
        power: Power,
        of: u8,
    },
    Approve(u64),
    Cancel(u64),
    ProposeRecovery(usize),
    ApproveRecovery(usize),
    Veto,
    CancelRecovery,
    Complete,
    Custodians {
        who: Vec<usize>,
        threshold: u8,
    },
    EmergencyPackages {
        hours: u32,
    },
    OpenEmergency {
        hours_back: u32,
        for_s: u64,
    },
    End(u64),
    Review {
        id: u64,
        upheld: bool,
    },
    Reinstate(usize),

    /// The generation was raised.
    Raised,
    /// A guardian's message waits for others.
    Proposed {
        power: Power,
        what: Box<What>,
    },
    /// These approve of it now.
    Approved {
        id: u64,
        by: Vec<usize>,
    },
    Executed(u64),
    /// Guardians agreed on an account; they began with the first vote that counted, a veto in
    /// between or not.
    Decided {
        to: usize,
        began: u64,
        ready: u64,
        after_veto: bool,
    },
    /// Of what guardians began then.
    Vetoed {
        began: u64,
    },
    Recovered {
        to: usize,
    },
}

#[derive(Debug, Clone)]
pub struct Fact {
    pub at: u64,
    /// When its message was written: before `at` where it waited for approvals.
    pub said: u64,
    pub patient: usize,
    pub by: usize,
    pub what: What,
}

pub struct Log {
    pub now: u64,
    pub timing: Timing,
    pub facts: Vec<Fact>,
}

impl Log {
    pub fn new(now: u64) -> Self {
        Self {
            now,
            timing: Timing::default(),
            facts: Vec::new(),
        }
    }

    pub fn of(&self, patient: usize) -> impl DoubleEndedIterator<Item = &Fact> {
        self.facts.iter().filter(move |f| f.patient == patient)
    }

    /// The last answer that a fact gives, where one does.
    pub fn last<T>(&self, patient: usize, answer: impl Fn(&Fact) -> Option<T>) -> Option<T> {
        self.of(patient).rev().find_map(answer)
    }

    /// The same, of facts that are about no patient.
    pub fn last_of_all<T>(&self, answer: impl Fn(&Fact) -> Option<T>) -> Option<T> {
        self.facts.iter().rev().find_map(answer)
    }

    /// The facts of a kind, numbered from 1 as the contract numbers what they made.
    pub fn numbered(
        &self,
        patient: usize,
        is: impl Fn(&What) -> bool,
    ) -> impl Iterator<Item = (u64, &Fact)> {
        (1..).zip(self.of(patient).filter(move |f| is(&f.what)))
    }

    pub fn done(&self, patient: usize, is: impl Fn(&What) -> bool) -> bool {
        self.of(patient).any(|f| is(&f.what))
    }

    pub fn controller(&self, patient: usize) -> usize {
        let to = |f: &Fact| match f.what {
            What::Recovered { to } => Some(to),
            _ => None,
        };
        self.last(patient, to).unwrap_or(FIRST[patient])
    }

    pub fn grants(&self, patient: usize) -> Vec<(u64, &Fact, &Given)> {
        let granted = self.numbered(patient, |what| matches!(what, What::Grant(_)));
        granted
            .filter_map(|(id, fact)| match &fact.what {
                What::Grant(given) => Some((id, fact, given)),
                _ => None,
            })
            .collect()
    }

    pub fn emergencies(&self, patient: usize) -> Vec<(u64, &Fact)> {
        let opened = |what: &What| matches!(what, What::OpenEmergency { .. });
        self.numbered(patient, opened).collect()
    }

    /// First second an emergency no longer holds.
    pub fn over_at(&self, patient: usize, id: u64, opened: &Fact) -> u64 {
        let What::OpenEmergency { for_s, .. } = opened.what else {
            return 0;
        };
        let ended = self.ended_at(patient, id);
        ended.unwrap_or(u64::MAX).min(opened.at + for_s)
    }

    /// Whether the generation was raised once an emergency was over by itself: shares that its
    /// responder got open nothing of the one there is now.
    pub fn raised_since(&self, patient: usize, opened: &Fact) -> bool {
        let What::OpenEmergency { for_s, .. } = opened.what else {
            return false;
        };
        self.last_raised(patient)
            .is_some_and(|at| at >= opened.at + for_s)
    }

    /// By a message, or by being found wrong.
    pub fn ended_at(&self, patient: usize, id: u64) -> Option<u64> {
        let ends = |f: &&Fact| match f.what {
            What::End(ended) => ended == id,
            What::Review { id: ended, upheld } => ended == id && !upheld,
            _ => false,
        };
        self.of(patient).find(ends).map(|f| f.at)
    }

    pub fn generation(&self, patient: usize) -> u32 {
        let opened = |f: &&Fact| matches!(f.what, What::OpenGeneration(_));
        1 + self.of(patient).filter(opened).count() as u32
    }

    /// When the generation that is pending was raised.
    pub fn pending_since(&self, patient: usize) -> Option<u64> {
        self.last(patient, |f| match f.what {
            What::Raised => Some(Some(f.at)),
            What::OpenGeneration(_) => Some(None),
            _ => None,
        })
        .flatten()
    }

    pub fn last_raised(&self, patient: usize) -> Option<u64> {
        self.last(patient, |f| matches!(f.what, What::Raised).then_some(f.at))
    }
}
