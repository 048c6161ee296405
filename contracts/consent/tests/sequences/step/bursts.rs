//! Steps that together come further than chance does.

use proptest::prelude::*;
use vitals_core::decision::{Power, Role};

use super::*;
use crate::common::DAY_S;
use crate::sequences::facts::KIN;

const ALL: [Power; 6] = [
    Power::Read,
    Power::Grant,
    Power::Revoke,
    Power::Acknowledge,
    Power::Claim,
    Power::Recover,
];

pub fn burst(patient: usize) -> impl Strategy<Value = Vec<Step>> {
    prop_oneof![
        1 => Just(guarded(patient)),
        3 => select(vec![0u64, 1, DAY_S]).prop_map(move |early_s| recovery(patient, early_s)),
        2 => any::<bool>().prop_map(move |all| vetoed(patient, all)),
        1 => (0..ASKED, 1u64..=2).prop_map(|(who, team)| joins(team, who)),
        1 => Just(gives_its_team(patient)),
        1 => Just(approves_and_joins(patient)),
        1 => select(vec![0u64, DAY_S, 7 * DAY_S]).prop_map(move |after_s| leaves(patient, after_s)),
        1 => vec(log(), 1..5).prop_map(move |logs| anchors(patient, logs)),
        1 => Just(crowd(patient)),
        1 => any::<bool>().prop_map(move |denies| emergency(patient, denies)),
        1 => select(vec![0u64, 1]).prop_map(move |early_s| overdue(patient, early_s)),
        1 => (1usize..4).prop_map(move |rounds| unreviewed(patient, rounds)),
        3 => (vec(given_by_guardian(), 1..4), 2u8..4, meanwhile())
            .prop_map(move |(grants, of, meanwhile)| proposals(patient, grants, of, meanwhile)),
    ]
}

/// What becomes of a proposer before others approve.
fn meanwhile() -> impl Strategy<Value = Option<What>> {
    let loses = select(vec![What::Dismiss(1), What::Deny(To::Account(1))]);
    proptest::option::of(loses)
}

/// What a guardian may grant.
fn given_by_guardian() -> impl Strategy<Value = Given> {
    given().prop_map(|given| Given {
        to: To::Account(3),
        actions: vec![Action::Read],
        valid_s: given.valid_s + 1,
        from_s: 0,
        package: false,
        ..given
    })
}

fn send(patient: usize, by: By, what: What) -> Step {
    Step::Send { patient, by, what }
}

fn appoint(patient: usize, who: usize) -> Step {
    let appointed = What::Appoint {
        who,
        powers: ALL.to_vec(),
        for_s: 90 * DAY_S,
    };
    send(patient, By::Patient, appointed)
}

/// Two guardians whose every power counts.
fn guarded(patient: usize) -> Vec<Step> {
    let steps = [1, 2].map(|who| appoint(patient, who));
    steps.into_iter().chain([Step::Wait(10 * DAY_S)]).collect()
}

fn voted(patient: usize, account: usize) -> [Step; 2] {
    [
        send(patient, By::Account(1), What::ProposeRecovery(account)),
        send(patient, By::Account(2), What::ApproveRecovery(account)),
    ]
}

fn completed(patient: usize, delay_s: u64, early_s: u64) -> [Step; 4] {
    let complete = send(patient, By::Account(5), What::Complete);
    let rest = Step::Wait(early_s);
    [
        Step::Wait(delay_s - early_s),
        complete.clone(),
        rest,
        complete,
    ]
}

fn recovery(patient: usize, early_s: u64) -> Vec<Step> {
    let votes = guarded(patient).into_iter().chain(voted(patient, 3));
    votes
        .chain(completed(patient, 3 * DAY_S, early_s))
        .collect()
}

/// Once vetoed it takes all, and then no veto stops it.
fn vetoed(patient: usize, all: bool) -> Vec<Step> {
    let alone = What::Quorum {
        power: Power::Recover,
        of: 1,
    };
    let veto = send(patient, By::Patient, What::Veto);
    let again = voted(patient, 4).into_iter().take(if all { 2 } else { 1 });
    let mut steps = vec![appoint(patient, 1), send(patient, By::Patient, alone)];
    steps.extend(guarded(patient));
    steps.extend(voted(patient, 3).into_iter().take(1));
    steps.push(veto.clone());
    steps.extend(again.chain([veto]));
    steps.extend(completed(patient, 7 * DAY_S, 1));
    steps
}

fn joins(team: u64, who: usize) -> Vec<Step> {
    vec![
        send(0, By::Account(ADMIN), What::Invite { team, who }),
        send(0, By::Account(who), What::Join { team }),
    ]
}

/// A guardian grants to a team that it is in itself.
fn gives_its_team(patient: usize) -> Vec<Step> {
    let given = cardiac(To::Team(1));
    let gives = send(patient, By::Account(1), What::Grant(given));
    let joined = joins(1, 1).into_iter().chain(joins(1, 2));
    joined.chain([appoint(patient, 1), gives]).collect()
}

/// A guardian approves a grant to a team that it joins afterwards.
fn approves_and_joins(patient: usize) -> Vec<Step> {
    let power = Power::Grant;
    let given = cardiac(To::Team(1));
    let mut steps: Vec<Step> = [1, 2].map(|who| appoint(patient, who)).into();
    steps.extend([
        send(patient, By::Patient, What::Quorum { power, of: 2 }),
        send(patient, By::Account(1), What::Grant(given)),
        send(patient, By::Account(2), What::Approve(1)),
    ]);
    steps.into_iter().chain(joins(1, 1)).collect()
}

/// A member of a team that keys were given to leaves it, and is denied so much later.
fn leaves(patient: usize, after_s: u64) -> Vec<Step> {
    let given = Given {
        hours: 30 * 24,
        ..cardiac(To::Team(2))
    };
    let mut steps = joins(2, 4);
    steps.extend([
        send(patient, By::Patient, What::Grant(given)),
        send(0, By::Account(4), What::Leave { team: 2 }),
        Step::Wait(after_s),
        send(patient, By::Patient, What::Deny(To::Account(4))),
    ]);
    steps
}

fn cardiac(to: To) -> Given {
    Given {
        to,
        purpose: Purpose::Family,
        category: Category::Cardiac,
        actions: vec![Action::Read],
        hours: 24,
        from_s: 0,
        valid_s: DAY_S,
        package: false,
    }
}

/// More guardians than there may be.
fn crowd(patient: usize) -> Vec<Step> {
    (KIN..KIN + 9).map(|who| appoint(patient, who)).collect()
}

fn issued(who: usize, role: Role) -> Step {
    let for_s = 60 * DAY_S;
    send(0, By::Account(BOARD), What::Issue { who, role, for_s })
}

/// By a vault that may.
fn anchors(patient: usize, logs: Vec<Anchored>) -> Vec<Step> {
    let by = VAULT;
    let anchored = logs
        .into_iter()
        .map(|log| Step::Anchor { patient, by, log });
    let issued = issued(VAULT, Role::VaultOperator);
    [issued].into_iter().chain(anchored).collect()
}

/// A responder with shares of keys that reach further than its emergency.
fn emergency(patient: usize, denies: bool) -> Vec<Step> {
    let opened = What::OpenEmergency {
        hours_back: 2,
        for_s: 3_600,
    };
    let named = What::Custodians {
        who: vec![3],
        threshold: 1,
    };
    let put = |hours| send(patient, By::Patient, What::EmergencyPackages { hours });
    let mut steps = vec![
        issued(3, Role::Custodian),
        issued(4, Role::EmergencyResponder),
        send(patient, By::Patient, named),
        put(48),
        put(1),
        send(patient, By::Account(4), opened),
    ];
    if denies {
        steps.push(send(patient, By::Patient, What::Deny(To::Account(4))));
    } else {
        // after what the newer shares open
        steps.push(Step::Wait(7_200));
        steps.extend([1, 2].map(|id| send(patient, By::Patient, What::End(id))));
    }
    steps
}

/// A second emergency when the review of the first is overdue, or is not yet.
fn overdue(patient: usize, early_s: u64) -> Vec<Step> {
    let opened = What::OpenEmergency {
        hours_back: 0,
        for_s: 60,
    };
    let open = send(patient, By::Account(4), opened);
    let wait = Step::Wait(60 + 3 * DAY_S - early_s);
    vec![
        issued(4, Role::EmergencyResponder),
        open.clone(),
        wait,
        open,
    ]
}

/// More emergencies than may wait for a review.
fn unreviewed(patient: usize, rounds: usize) -> Vec<Step> {
    let opened = What::OpenEmergency {
        hours_back: 0,
        for_s: 60,
    };
    let open = send(patient, By::Account(4), opened);
    let round = [open, Step::Wait(60)];
    let rounds = std::iter::repeat_n(round, rounds * 6).flatten();
    [issued(4, Role::EmergencyResponder)]
        .into_iter()
        .chain(rounds)
        .collect()
}

/// Several guardians together, where the patient asked for it.
fn proposals(patient: usize, grants: Vec<Given>, of: u8, meanwhile: Option<What>) -> Vec<Step> {
    let power = Power::Grant;
    let together = send(patient, By::Patient, What::Quorum { power, of });
    let proposed = |given| send(patient, By::Account(1), What::Grant(given));
    let approved = |(who, id)| send(patient, By::Account(who), What::Approve(id));
    let mut steps: Vec<Step> = [1, 2, 3].map(|who| appoint(patient, who)).into();
    steps.push(together);
    steps.extend(grants.into_iter().map(proposed));
    steps.extend(meanwhile.map(|what| send(patient, By::Patient, what)));
    steps.extend([(2, 1), (2, 2), (3, 1), (3, 2)].map(approved));
    steps
}
