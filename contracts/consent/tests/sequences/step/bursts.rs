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
        Just(guarded(patient)),
        Just(recovery(patient)),
        any::<bool>().prop_map(move |to_new| vetoed(patient, to_new)),
        (0..ASKED, 1u64..=2).prop_map(|(who, team)| joins(team, who)),
        Just(gives_its_team(patient)),
        Just(crowd(patient)),
        any::<bool>().prop_map(move |denies| emergency(patient, denies)),
        (1usize..4).prop_map(move |rounds| unreviewed(patient, rounds)),
        vec(given(), 1..4).prop_map(move |grants| proposals(patient, grants)),
    ]
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

fn recovery(patient: usize) -> Vec<Step> {
    let votes = voted(patient, 3);
    let last = [
        Step::Wait(3 * DAY_S),
        send(patient, By::Account(3), What::Complete),
    ];
    votes.into_iter().chain(last).collect()
}

fn vetoed(patient: usize, to_new: bool) -> Vec<Step> {
    let veto = send(patient, By::Patient, What::Veto);
    let again = voted(patient, if to_new { 4 } else { 3 });
    let late = [
        send(patient, By::Patient, What::Veto),
        Step::Wait(7 * DAY_S),
        send(patient, By::Account(5), What::Complete),
    ];
    let votes = voted(patient, 3).into_iter().chain([veto]);
    votes.chain(again).chain(late).collect()
}

fn joins(team: u64, who: usize) -> Vec<Step> {
    vec![
        send(0, By::Account(ADMIN), What::Invite { team, who }),
        send(0, By::Account(who), What::Join { team }),
    ]
}

/// A guardian grants to a team that it is in itself.
fn gives_its_team(patient: usize) -> Vec<Step> {
    let given = Given {
        to: To::Team(1),
        purpose: Purpose::Family,
        category: Category::Cardiac,
        actions: vec![Action::Read],
        hours: 24,
        from_s: 0,
        valid_s: DAY_S,
        package: false,
    };
    let gives = send(patient, By::Account(1), What::Grant(given));
    let joined = joins(1, 1).into_iter().chain(joins(1, 2));
    joined.chain([appoint(patient, 1), gives]).collect()
}

/// More guardians than there may be.
fn crowd(patient: usize) -> Vec<Step> {
    (KIN..KIN + 9).map(|who| appoint(patient, who)).collect()
}

fn issued(who: usize, role: Role) -> Step {
    let for_s = 60 * DAY_S;
    send(0, By::Account(BOARD), What::Issue { who, role, for_s })
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
    let mut steps = vec![
        issued(3, Role::Custodian),
        issued(4, Role::EmergencyResponder),
        send(patient, By::Patient, named),
        send(patient, By::Patient, What::EmergencyPackages { hours: 48 }),
        send(patient, By::Account(4), opened),
    ];
    if denies {
        steps.push(send(patient, By::Patient, What::Deny(To::Account(4))));
    }
    steps
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

/// Two guardians together, where the patient asked for it.
fn proposals(patient: usize, grants: Vec<Given>) -> Vec<Step> {
    let together = What::Quorum {
        power: Power::Grant,
        of: 2,
    };
    let proposed = |given| send(patient, By::Account(1), What::Grant(given));
    let approved = |id| send(patient, By::Account(2), What::Approve(id));
    [send(patient, By::Patient, together)]
        .into_iter()
        .chain(grants.into_iter().map(proposed))
        .chain([1, 2, 3].map(approved))
        .collect()
}
