//! Steps drawn at random: messages by the right accounts and by wrong ones, and time to the
//! boundaries of tiers, cooldown and reopening.

use proptest::prelude::*;
use proptest::sample::select;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Patient,
    /// With the power to acknowledge.
    Guardian,
    /// In the first tier of two ladders, with a grant until that is revoked.
    Clinician,
    /// In later tiers, with a grant.
    Other,
    /// In a later tier, with no grant.
    Stranger,
}

#[derive(Debug, Clone)]
pub enum Step {
    Notice {
        device: usize,
        rule: u16,
        by: Sender,
    },
    Acknowledge {
        by: Who,
        alert: u64,
    },
    Resolve {
        by: Who,
        alert: u64,
    },
    Escalate {
        alert: u64,
    },
    SetLadder {
        by: Who,
        ladder: usize,
    },
    Emergency {
        number: u64,
        by: Who,
        told_by_consent: bool,
    },
    WritePlan {
        by: Who,
        off: u32,
    },
    AcceptPlan {
        by: Who,
        version: u32,
    },
    WithdrawPlan {
        by: Who,
        version: u32,
    },
    RevokeClinician,
    Pause(bool),
    Wait(u64),
}

/// Who brings a notice, and whether it is a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    Gateway,
    Patient,
    Stranger,
    /// The gateway brings the device's last notice again.
    Again,
}

pub fn step() -> impl Strategy<Value = Step> {
    let sender = select(vec![
        Sender::Gateway,
        Sender::Gateway,
        Sender::Gateway,
        Sender::Patient,
        Sender::Stranger,
        Sender::Again,
    ]);
    prop_oneof![
        8 => (0..2usize, 0u16..2, sender).prop_map(|(device, rule, by)| Step::Notice { device, rule, by }),
        5 => (who(), alert()).prop_map(|(by, alert)| Step::Acknowledge { by, alert }),
        4 => (who(), alert()).prop_map(|(by, alert)| Step::Resolve { by, alert }),
        4 => alert().prop_map(|alert| Step::Escalate { alert }),
        1 => (who(), 0..3usize).prop_map(|(by, ladder)| Step::SetLadder { by, ladder }),
        1 => (1u64..4, who(), prop_oneof![3 => Just(true), 1 => Just(false)])
            .prop_map(|(number, by, told_by_consent)| Step::Emergency { number, by, told_by_consent }),
        10 => plan(),
        1 => prop_oneof![1 => Just(Step::RevokeClinician), 2 => any::<bool>().prop_map(Step::Pause)],
        8 => select(vec![1u64, 4, 5, 6, 10, 29, 30, 31, 59, 60, 61, 1_739, 1_799, 1_800, 1_801])
            .prop_map(Step::Wait),
    ]
}

fn plan() -> impl Strategy<Value = Step> {
    let version = prop_oneof![2 => 1u32..3, 1 => 1u32..7];
    prop_oneof![
        3 => (select(vec![Who::Clinician, Who::Clinician, Who::Clinician, Who::Other]), select(vec![0u32, 0, 0, 1]))
            .prop_map(|(by, off)| Step::WritePlan { by, off }),
        2 => (who(), version.clone()).prop_map(|(by, version)| Step::AcceptPlan { by, version }),
        1 => (who(), version).prop_map(|(by, version)| Step::WithdrawPlan { by, version }),
    ]
}

fn who() -> impl Strategy<Value = Who> {
    select(vec![
        Who::Patient,
        Who::Patient,
        Who::Guardian,
        Who::Clinician,
        Who::Clinician,
        Who::Other,
        Who::Stranger,
    ])
}

fn alert() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 1u64..3, 2 => 1u64..8]
}
