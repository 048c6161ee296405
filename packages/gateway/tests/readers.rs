//! The detail of an alert opens for the patient and for those whom consent lets receive it at that
//! moment, and for nobody else.

mod support;

use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use cosmwasm_std::Uint64;
use support::bench::{low_oxygen, EPOCH, START};
use support::chain::Chain;
use support::frames::{opened, HEAD, NOW};
use support::planned::{beats, frame};
use support::Bench;
use vitals_analysis::{Finding, Severity, Threshold};
use vitals_api::consent::recovery::NamedGuardian;
use vitals_api::consent::{GrantInfo, GuardianInfo, Party};
use vitals_core::agefile;
use vitals_core::decision::{Action, Power, Purpose};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Comparison;
use vitals_core::time::Window;

const MINUTE: u64 = 60_000;
const MAX: usize = 1 << 20;

/// Fires once for each of these rules, in that order: the second one is told, for it is more severe.
fn watching(rules: &[u16]) -> Bench {
    let mut bench = Bench::new(vec![]);
    let fast = |rule: &u16| Threshold {
        rule: *rule,
        measure: Measure::HeartRate,
        comparison: Comparison::AtLeast,
        value: 1_000 + 100 * i64::from(*rule),
        severity: match rule {
            1 => Severity::Urgent,
            _ => Severity::Emergency,
        },
        ..low_oxygen()
    };
    bench.thresholds = rules.iter().map(fast).collect();
    bench.open();
    bench.tick(START).unwrap();
    bench.gateway().handle_line(&opened(HEAD), NOW);
    bench
}

/// The alert of a rule, raised now.
fn raise(bench: &mut Bench, rule: u16) {
    let first = 3 * u32::from(rule - 1);
    let readings = beats(1_000 + 100 * i64::from(rule), first, 3);
    let line = frame(u16::try_from(first).unwrap(), readings);
    bench.gateway().handle_line(&line, NOW);
    bench.tick(NOW + u64::from(rule) * MINUTE).unwrap();
}

fn published(bench: &Bench, who: &str) -> Identity {
    let identity = Identity::generate();
    let recipient = identity.to_public().to_string();
    let mut state = bench.chain.state();
    state.recipients.insert(who.into(), recipient);
    identity
}

fn grant(bench: &Bench, grantee: Party, actions: &[Action]) {
    let mut state = bench.chain.state();
    let number = state.grants.len() + 1;
    state.grants.push(GrantInfo {
        grant: Uint64::new(number as u64),
        grantee,
        by: None,
        purposes: vec![Purpose::Treatment],
        categories: vec![Category::Cardiac],
        actions: actions.to_vec(),
        window: Window::new(EPOCH, EPOCH + 48).unwrap(),
        valid_from: 0,
        valid_until: u64::MAX,
        revoked: false,
        package: None,
    });
}

fn account(who: &str) -> Party {
    Party::Account(who.into())
}

/// Whether the identity opens the detail of the rule's alert; it must be that of the finding.
fn opens(bench: &Bench, rule: u16, identity: &Identity) -> bool {
    let told = bench.told();
    let alert = told.iter().find(|alert| alert.rule == rule).unwrap();
    let mut vaults = bench.vaults.iter();
    let sealed = vaults.find_map(|vault| vault.blobs.get(&alert.digest));
    let secret = identity.to_string().expose_secret().to_owned();
    let Ok(detail) = agefile::open(&sealed.unwrap(), &secret, MAX) else {
        return false;
    };
    let finding: Finding = serde_json::from_slice(&detail).unwrap();
    finding.rule == rule
}

#[test]
fn a_detail_opens_for_who_may_receive_alerts_and_not_for_who_may_do_something_else() {
    let mut bench = watching(&[1]);
    let receiver = published(&bench, "receiver");
    let sealer = published(&bench, "sealer");
    let writer = published(&bench, "writer");
    grant(&bench, account("receiver"), &[Action::ReceiveAlerts]);
    grant(&bench, account("sealer"), &[Action::Seal]);
    grant(&bench, account("writer"), &[Action::WritePlan]);
    raise(&mut bench, 1);
    assert!(opens(&bench, 1, &bench.patient_identity));
    assert!(opens(&bench, 1, &receiver));
    assert!(!opens(&bench, 1, &sealer) && !opens(&bench, 1, &writer));
}

#[test]
fn a_grant_for_another_category_or_for_another_purpose_opens_no_detail() {
    let mut bench = watching(&[1]);
    let [other, family] = ["other", "family"].map(|who| published(&bench, who));
    for who in ["other", "family"] {
        grant(&bench, account(who), &[Action::ReceiveAlerts]);
    }
    bench.chain.state().grants[0].categories = vec![Category::Metabolic];
    bench.chain.state().grants[1].purposes = vec![Purpose::Family];
    raise(&mut bench, 1);
    assert!(!opens(&bench, 1, &other) && !opens(&bench, 1, &family));
}

#[test]
fn a_guardian_who_may_acknowledge_opens_it_and_one_who_may_only_revoke_does_not() {
    let mut bench = watching(&[1]);
    let [answers, revokes] = ["answers", "revokes"].map(|who| published(&bench, who));
    let guardian = |who: &str, power| NamedGuardian {
        guardian: who.into(),
        info: GuardianInfo {
            live: true,
            powers: vec![power],
            until: Some(u64::MAX),
            recovers_from: None,
            recovers_until: None,
        },
    };
    bench.chain.state().guardians = vec![
        guardian("answers", Power::Acknowledge),
        guardian("revokes", Power::Revoke),
    ];
    raise(&mut bench, 1);
    assert!(opens(&bench, 1, &answers) && !opens(&bench, 1, &revokes));
}

#[test]
fn each_member_of_a_team_opens_it_and_one_who_left_opens_no_newer_one() {
    let mut bench = watching(&[1, 2]);
    let [stays, leaves] = ["stays", "leaves"].map(|who| published(&bench, who));
    bench.chain.state().members = vec!["leaves".into(), "stays".into()];
    grant(
        &bench,
        Party::Team(Uint64::new(3)),
        &[Action::ReceiveAlerts],
    );
    raise(&mut bench, 1);
    assert!(opens(&bench, 1, &stays) && opens(&bench, 1, &leaves));
    bench.chain.state().members = vec!["stays".into()];
    raise(&mut bench, 2);
    assert!(opens(&bench, 2, &stays) && !opens(&bench, 2, &leaves));
}

#[test]
fn once_a_grant_is_revoked_or_over_no_newer_alert_is_sealed_for_who_had_it() {
    let mut bench = watching(&[1, 2]);
    let [revoked, over, stays] = ["revoked", "over", "stays"].map(|who| published(&bench, who));
    for who in ["revoked", "over", "stays"] {
        grant(&bench, account(who), &[Action::ReceiveAlerts]);
    }
    raise(&mut bench, 1);
    for who in [&revoked, &over, &stays] {
        assert!(opens(&bench, 1, who));
    }
    bench.chain.state().grants[0].revoked = true;
    bench.chain.state().grants[1].valid_until = START / 1_000;
    raise(&mut bench, 2);
    assert!(!opens(&bench, 2, &revoked) && !opens(&bench, 2, &over));
    assert!(opens(&bench, 2, &stays) && opens(&bench, 2, &bench.patient_identity));
    assert!(opens(&bench, 1, &revoked), "what was sealed stays so");
}

#[test]
fn who_published_nothing_or_no_key_keeps_the_detail_from_nobody() {
    let mut bench = watching(&[1]);
    let good = published(&bench, "good");
    for who in ["silent", "broken", "good"] {
        grant(&bench, account(who), &[Action::ReceiveAlerts]);
    }
    let broken = ("broken".to_string(), "age1nokey".to_string());
    bench.chain.state().recipients.extend([broken]);
    raise(&mut bench, 1);
    assert!(opens(&bench, 1, &good) && opens(&bench, 1, &bench.patient_identity));
}

/// What another node says.
fn witness(bench: &Bench) -> Chain {
    let other = Chain::default();
    let (told, mut state) = (bench.chain.state(), other.state());
    state.now_ms = told.now_ms;
    state.grants = told.grants.clone();
    state.recipients = told.recipients.clone();
    drop((told, state));
    other
}

#[test]
fn a_reader_whom_a_witness_does_not_know_or_knows_by_another_key_gets_nothing() {
    let mut bench = watching(&[1]);
    let good = published(&bench, "good");
    let [inserted, swapped] = ["inserted", "swapped"].map(|who| published(&bench, who));
    for who in ["good", "swapped"] {
        grant(&bench, account(who), &[Action::ReceiveAlerts]);
    }
    let honest = witness(&bench);
    grant(&bench, account("inserted"), &[Action::ReceiveAlerts]);
    let theirs = Identity::generate().to_public().to_string();
    honest.state().recipients.insert("swapped".into(), theirs);
    bench.gateway().set_witnesses(vec![Box::new(honest)]);
    raise(&mut bench, 1);
    assert!(opens(&bench, 1, &good) && opens(&bench, 1, &bench.patient_identity));
    assert!(!opens(&bench, 1, &inserted) && !opens(&bench, 1, &swapped));
}

#[test]
fn while_a_witness_is_away_an_alert_is_raised_for_the_patient_alone() {
    let mut bench = watching(&[1]);
    let reader = published(&bench, "reader");
    grant(&bench, account("reader"), &[Action::ReceiveAlerts]);
    let away = witness(&bench);
    away.state().unreachable = true;
    bench.gateway().set_witnesses(vec![Box::new(away)]);
    raise(&mut bench, 1);
    assert!(opens(&bench, 1, &bench.patient_identity));
    assert!(!opens(&bench, 1, &reader));
}
