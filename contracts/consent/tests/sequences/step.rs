//! Steps drawn at random: messages by the right accounts and by wrong ones, alone and in the bursts
//! that it takes to come far, and time, more often than not to a boundary.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use vitals_core::decision::{Action, Power, Purpose, Role};
use vitals_core::measure::Category;

use super::facts::{Given, To, What, ADMIN, ASKED, BOARD, COLLEGE, OWNER, VAULT};
use super::grounds::Ask;

mod bursts;

#[derive(Debug, Clone)]
pub enum Step {
    Send {
        patient: usize,
        by: By,
        what: What,
    },
    Anchor {
        patient: usize,
        by: usize,
        log: Anchored,
    },
    Wait(u64),
    /// To a boundary, the first of them where it is 0, and so many seconds before or after it.
    Until {
        boundary: usize,
        off: i64,
    },
}

#[derive(Debug, Clone, Copy)]
pub enum By {
    /// Whoever controls the patient then.
    Patient,
    Account(usize),
}

/// What a vault makes of its log.
#[derive(Debug, Clone, Copy)]
pub enum Anchored {
    Longer(u8),
    Same,
    Cut,
    Altered,
}

/// A few steps that belong together, and what is asked after each of them.
pub fn sequence() -> impl Strategy<Value = Vec<(Step, Ask)>> {
    let steps = prop_oneof![
        10 => step().prop_map(|step| vec![step]),
        3 => (0..2usize).prop_flat_map(bursts::burst),
    ];
    let asked = steps.prop_flat_map(|steps| {
        let count = steps.len();
        (Just(steps), vec(ask(), count))
    });
    vec(asked, 4..28).prop_map(|all| {
        let each = all.into_iter();
        each.flat_map(|(steps, asks)| steps.into_iter().zip(asks))
            .collect()
    })
}

fn step() -> impl Strategy<Value = Step> {
    let sent = (patient(), prop_oneof![6 => usual(), 1 => wrong()]);
    prop_oneof![
        16 => sent.prop_map(|(patient, (by, what))| Step::Send { patient, by, what }),
        1 => (patient(), select(vec![VAULT, VAULT, BOARD]), log())
            .prop_map(|(patient, by, log)| Step::Anchor { patient, by, log }),
        1 => (1u64..9_000).prop_map(Step::Wait),
        4 => (0..12usize, -1i64..2).prop_map(|(boundary, off)| Step::Until { boundary, off }),
    ]
}

fn patient() -> impl Strategy<Value = usize> {
    prop_oneof![5 => Just(0), 1 => Just(1)]
}

fn log() -> impl Strategy<Value = Anchored> {
    prop_oneof![
        4 => (1u8..5).prop_map(Anchored::Longer),
        1 => Just(Anchored::Same),
        1 => Just(Anchored::Cut),
        1 => Just(Anchored::Altered),
    ]
}

fn wrong() -> impl Strategy<Value = (By, What)> {
    let by = (0..=ADMIN).prop_map(By::Account);
    (by, usual().prop_map(|(_, what)| what))
}

fn usual() -> impl Strategy<Value = (By, What)> {
    let by = |who: By, what: BoxedStrategy<What>| what.prop_map(move |what| (who, what));
    let guardian = (1..3usize).prop_map(By::Account);
    let person = (0..ASKED).prop_map(By::Account);
    prop_oneof![
        10 => by(By::Patient, of_patient().boxed()),
        6 => (guardian, of_guardian()),
        2 => (person, of_anybody()),
        2 => (select(vec![BOARD, BOARD, COLLEGE, OWNER]).prop_map(By::Account), of_issuer()),
        1 => by(By::Account(ADMIN), of_admin().boxed()),
        1 => by(By::Account(4), of_responder().boxed()),
    ]
}

fn of_patient() -> impl Strategy<Value = What> {
    prop_oneof![
        5 => given().prop_map(What::Grant),
        3 => number().prop_map(What::Revoke),
        2 => vec(number(), 1..3).prop_map(distinct).prop_map(What::PutPackages),
        2 => whom().prop_map(What::Deny),
        2 => whom().prop_map(What::Allow),
        4 => prop_oneof![5 => Just(0), 1 => Just(1)].prop_map(What::OpenGeneration),
        4 => appointment(),
        2 => (1..4usize).prop_map(What::Dismiss),
        2 => (select(vec![Power::Grant, Power::Revoke, Power::Recover]), 0u8..4)
            .prop_map(|(power, of)| What::Quorum { power, of }),
        2 => Just(What::Veto),
        1 => number().prop_map(What::Cancel),
        2 => custodians(),
        2 => (1u32..50).prop_map(|hours| What::EmergencyPackages { hours }),
        1 => number().prop_map(What::End),
        2 => (number(), any::<bool>()).prop_map(|(id, upheld)| What::Review { id, upheld }),
    ]
}

fn of_guardian() -> impl Strategy<Value = What> {
    let account = select(vec![0usize, 1, 3, 3, 3, 5]);
    prop_oneof![
        3 => given().prop_map(What::Grant),
        2 => number().prop_map(What::Revoke),
        1 => whom().prop_map(What::Deny),
        4 => number().prop_map(What::Approve),
        1 => number().prop_map(What::Cancel),
        2 => account.clone().prop_map(What::ProposeRecovery),
        2 => account.prop_map(What::ApproveRecovery),
        1 => Just(What::CancelRecovery),
        1 => Just(What::Complete),
        1 => number().prop_map(What::End),
        1 => (number(), any::<bool>()).prop_map(|(id, upheld)| What::Review { id, upheld }),
    ]
}

fn of_anybody() -> impl Strategy<Value = What> {
    prop_oneof![
        3 => team().prop_map(|team| What::Join { team }),
        1 => team().prop_map(|team| What::Leave { team }),
        1 => Just(What::Complete),
        1 => number().prop_map(What::End),
    ]
}

fn of_issuer() -> impl Strategy<Value = What> {
    let role = select(vec![
        Role::Clinician,
        Role::EmergencyResponder,
        Role::Custodian,
        Role::VaultOperator,
        Role::Insurer,
    ]);
    let who = select(vec![1usize, 2, 3, 4, 4, VAULT]);
    prop_oneof![
        4 => (who.clone(), role.clone(), seconds())
            .prop_map(|(who, role, for_s)| What::Issue { who, role, for_s }),
        1 => (who, role).prop_map(|(who, role)| What::Withdraw { who, role }),
        1 => Just(What::Reinstate(4)),
    ]
}

fn of_admin() -> impl Strategy<Value = What> {
    prop_oneof![
        3 => (team(), 0..ASKED).prop_map(|(team, who)| What::Invite { team, who }),
        1 => (team(), 0..ASKED).prop_map(|(team, who)| What::Remove { team, who }),
    ]
}

fn of_responder() -> impl Strategy<Value = What> {
    prop_oneof![
        3 => (0u32..30, seconds()).prop_map(|(hours_back, for_s)| What::OpenEmergency { hours_back, for_s }),
        1 => number().prop_map(What::End),
    ]
}

fn given() -> impl Strategy<Value = Given> {
    let use_of = select(vec![
        (Purpose::Family, Action::Read),
        (Purpose::Family, Action::Read),
        (Purpose::Treatment, Action::Read),
        (Purpose::Treatment, Action::Seal),
        (Purpose::Payment, Action::Disclose),
        (Purpose::Family, Action::ReceiveAlerts),
        (Purpose::Treatment, Action::WritePlan),
    ]);
    let until = (prop_oneof![5 => Just(0u64), 1 => 1u64..7_200], seconds());
    (whom(), use_of, category(), 0u32..30, until, any::<bool>()).prop_map(
        |(to, (purpose, action), category, hours, (from_s, valid_s), package)| Given {
            to,
            purpose,
            category,
            actions: vec![action],
            hours,
            from_s,
            valid_s,
            package: package && hours % 4 == 0,
        },
    )
}

fn appointment() -> impl Strategy<Value = What> {
    let all = vec![
        Power::Read,
        Power::Grant,
        Power::Revoke,
        Power::Acknowledge,
        Power::Claim,
        Power::Recover,
    ];
    (1..4usize, subsequence(all, 1..=6), seconds()).prop_map(|(who, powers, for_s)| What::Appoint {
        who,
        powers,
        for_s,
    })
}

fn custodians() -> impl Strategy<Value = What> {
    (subsequence(vec![1usize, 2, 3], 0..=3), 0u8..3)
        .prop_map(|(who, threshold)| What::Custodians { who, threshold })
}

fn whom() -> impl Strategy<Value = To> {
    prop_oneof![
        4 => (0..ASKED).prop_map(To::Account),
        2 => team().prop_map(To::Team),
    ]
}

/// One in seven does not exist.
fn team() -> impl Strategy<Value = u64> {
    select(vec![1u64, 1, 1, 1, 2, 2, 3])
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![3 => Just(1u64), 2 => Just(2), 3 => 1u64..7]
}

fn distinct(mut numbers: Vec<u64>) -> Vec<u64> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn seconds() -> impl Strategy<Value = u64> {
    const DAY: u64 = 86_400;
    let wide = select(vec![0u64, 1, 60, 3_600, 6 * 3_600, DAY, DAY + 1, 5 * DAY]);
    prop_oneof![2 => wide, 1 => 1u64..30_000, 2 => select(vec![20 * DAY, 60 * DAY])]
}

fn category() -> impl Strategy<Value = Category> {
    prop_oneof![4 => Just(Category::Cardiac), 1 => Just(Category::Activity)]
}

fn ask() -> impl Strategy<Value = Ask> {
    let use_of = select(vec![
        (Purpose::Family, Action::Read),
        (Purpose::Family, Action::Read),
        (Purpose::Treatment, Action::Read),
        (Purpose::Emergency, Action::Read),
        (Purpose::Emergency, Action::Read),
        (Purpose::Treatment, Action::Seal),
        (Purpose::Payment, Action::Disclose),
        (Purpose::Family, Action::ReceiveAlerts),
        (Purpose::Treatment, Action::WritePlan),
    ]);
    let window = prop_oneof![4 => Just((0i64, 1u32)), 1 => (-3i64..3, 1u32..6)];
    (use_of, category(), window).prop_map(|((purpose, action), category, (from, hours))| Ask {
        purpose,
        category,
        action,
        from,
        hours,
    })
}
