//! Bytes of stored records, pinned: a field or a value of an enumeration that moves would make what
//! is stored mean something else. A layout that changes gets the next version and a migration.

use cosmwasm_std::Addr;
use vitals_api::store::Record;
use vitals_core::insurance::{
    Benefit, Dispute, EvidenceTerms, InvoiceTerms, Life, MoveKind, Pool, Premium, Reward, Silence,
    Stage, Standing, Terms,
};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::{Assurance, ClaimWindow, Comparison, Condition, Rule};

use super::products::Version;
use super::*;

fn hex(record: &impl Record) -> String {
    cosmwasm_std::HexBinary::from(record.to_bytes().unwrap()).to_string()
}

fn address(name: &str) -> Addr {
    Addr::unchecked(name)
}

fn terms(evidence: EvidenceTerms) -> Terms {
    Terms {
        benefit: Benefit::PerEvent {
            amount: 1,
            max_claims: 2,
            separation_s: 3,
        },
        premium: Premium::Instalments {
            amount: 4,
            every_s: 5,
            grace_s: 6,
        },
        minimum_charge: 7,
        term_s: 8,
        waiting_s: 9,
        file_within_s: 10,
        evidence,
        reward: Some(Reward {
            measure: Measure::Steps,
            least_a_day: 11,
            days: 12,
            rebate: 13,
            accept_simulated: true,
        }),
        terms_digest: [0xee; 32],
    }
}

fn disclosed() -> EvidenceTerms {
    EvidenceTerms::Disclosed {
        rule: Rule {
            conditions: vec![Condition {
                measure: Measure::HeartRate,
                comparison: Comparison::AtMost,
                threshold: -1,
            }],
            readings: 1,
            spaced_s: 2,
            within_s: 3,
            anchored_within_s: 4,
            min_assurance: Assurance::Maker,
            accept_questionable: false,
            paired_for_s: 5,
            calibrated: true,
            accept_simulated: false,
        },
        models: vec![6],
    }
}

fn invoices() -> EvidenceTerms {
    EvidenceTerms::Invoice(InvoiceTerms {
        category: Category::Respiratory,
        assess_within_s: 1,
        appeal_within_s: 2,
        arbitrate_within_s: 3,
        silence: Silence::ToArbiter,
        arbiter: "b".into(),
        fee: 300,
    })
}

#[test]
fn products_and_terms_are_stored_as_they_always_were() {
    let product = Product {
        insurer: address("a"),
        denom: Denom::Cw20(address("t")),
        latest: 2,
        on_sale: true,
        two_people_above: Some(u128::from(u64::MAX)),
    };
    assert_eq!(hex(&product), "010161010174020101ffffffffffffffffff01");
    assert_eq!(
        hex(&Version(terms(disclosed()))),
        concat!(
            "0101010203010405060708090a0001000101010203040200050100010601070b",
            "0c0d01eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
            "eeeeee",
        )
    );
    assert_eq!(
        hex(&Version(terms(invoices()))),
        concat!(
            "0101010203010405060708090a0101010203010162ac0201070b0c0d01eeeeee",
            "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
        )
    );
}

#[test]
fn books_are_stored_as_they_always_were() {
    let pool = Pool::default().record(MoveKind::Deposit, 500).unwrap();
    let books = Books {
        pool,
        policies_live: 1,
        policies_bound: 2,
        claims_open: 3,
        claims_paid: 4,
        most_payable: 5,
        offers_held: 6,
    };
    assert_eq!(
        hex(&books),
        "01f403000000f40300000000000000000001010203040506"
    );
    let owed = Owed {
        amount: 1,
        since: 2,
    };
    assert_eq!(hex(&owed), "010102");
    assert_eq!(hex(&Token { kept: 300 }), "01ac02");
    let waiting = Waiting {
        amount: 1,
        digest: None,
        by: address("a"),
        at: 2,
    };
    assert_eq!(hex(&waiting), "010100016102");
}

#[test]
fn policies_are_stored_as_they_always_were() {
    let window = ClaimWindow {
        from_ms: 1,
        to_ms: 300,
    };
    let policy = Policy {
        product: 1,
        version: 2,
        patient: 3,
        payee: address("p"),
        policyholder: Policyholder::Account(address("h")),
        life: Life {
            standing: Standing::Cancelled { at: 4 },
            bound_at: 5,
            payments: 6,
        },
        premium_paid: 7,
        slots: 8,
        open: 9,
        last_claim: 10,
        locked: 11,
        paid: vec![window],
        used_until_ms: Some(17),
        reward_days: 12,
        rebated_at: None,
        offered_at: Some(13),
        cancelled: Some(Cancelled {
            at: 14,
            by: address("c"),
            refund: 15,
        }),
        lapsed_at: None,
        ended_at: Some(16),
    };
    assert_eq!(
        hex(&policy),
        concat!(
            "010102030170010168030405060708090a0b0101ac0201110c00010d010e0163",
            "0f000110",
        )
    );
    let payment = Payment {
        at: 1,
        by: address("p"),
        amount: 2,
    };
    assert_eq!(hex(&payment), "0101017002");
}

#[test]
fn claims_are_stored_as_they_always_were() {
    let verdict = |by| Verdict {
        award: 1,
        by: address(by),
        at: 2,
        reason: Some([0xdd; 32]),
    };
    let invoice = Invoice {
        digest: [0xcc; 32],
        served_from: 3,
        served_until: 4,
        deposit: 5,
        dispute: Dispute {
            claimed: 6,
            stage: Stage::Appealed { until: 7 },
            assessed: Some(8),
            paid: 9,
        },
        assessed: Some(verdict("a")),
        appealed: Some(Appeal {
            by: Some(address("c")),
            at: 10,
            reason: Some([0xbb; 32]),
        }),
        arbitrated: None,
        closed_at: None,
    };
    let window = ClaimWindow {
        from_ms: 1,
        to_ms: 2,
    };
    let of = |evidence| Claim {
        claimant: address("c"),
        filed_at: 1,
        evidence,
    };
    let disclosed = of(ClaimEvidence::Disclosed { window, paid: 3 });
    assert_eq!(hex(&disclosed), "0101630100010203");
    let invoiced = of(ClaimEvidence::Invoice(Box::new(invoice)));
    assert_eq!(
        hex(&invoiced),
        concat!(
            "0101630101cccccccccccccccccccccccccccccccccccccccccccccccccccccc",
            "cccccccccc030405060207010809010101610201dddddddddddddddddddddddd",
            "dddddddddddddddddddddddddddddddddddddddd010a01016301bbbbbbbbbbbb",
            "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb0000",
        )
    );
}

/// Stored by their places.
#[test]
fn measures_and_categories_keep_their_places() {
    let place = |value: Vec<u8>| value[0];
    let measures = Measure::ALL.map(|m| place(postcard::to_allocvec(&m).unwrap()));
    assert_eq!(measures, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    let names = Measure::ALL.map(|measure| format!("{measure:?}")).join(" ");
    assert_eq!(names, "HeartRate OxygenSaturation RespiratoryRate BodyTemperature SystolicPressure DiastolicPressure Glucose Steps DoseTaken");
    let categories = Category::ALL.map(|c| place(postcard::to_allocvec(&c).unwrap()));
    assert_eq!(categories, [0, 1, 2, 3, 4, 5]);
    let names = Category::ALL.map(|c| format!("{c:?}")).join(" ");
    assert_eq!(
        names,
        "Cardiac Respiratory Temperature Metabolic Activity Medication"
    );
}
