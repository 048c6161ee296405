//! Those who ask for more than a page: every list, at no limit, at none, at the most and beyond.

use crate::common::Ward;
use cosmwasm_std::Uint64;
use serde_json::Value;
use vitals_api::care::QueryMsg;
use vitals_core::time::Window;

const MANY: u16 = 31;

/// More alerts, plans and reports than a page holds.
fn full() -> Ward {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    for n in 0..MANY {
        ward.raise(n + 1);
        ward.write("clinician", ground, n.into()).unwrap();
    }
    ward.accept("patient", MANY.into()).unwrap();
    ward.suite.advance(2 * 3_600);
    let period = Window::one(ward.suite.epoch() - 1);
    for _ in 0..MANY {
        ward.sign_off("clinician", ground, MANY.into(), period)
            .unwrap();
    }
    ward
}

/// Each list's question, for a limit, and the name of the list in its answer.
fn lists(ward: &Ward, limit: Option<u32>) -> [(QueryMsg, &'static str); 3] {
    let (patient, start_after) = (Uint64::new(ward.patient), None);
    [
        (
            QueryMsg::Alerts {
                patient,
                start_after: None,
                limit,
            },
            "alerts",
        ),
        (
            QueryMsg::Plans {
                patient,
                start_after,
                limit,
            },
            "plans",
        ),
        (
            QueryMsg::Adherence {
                patient,
                start_after,
                limit,
            },
            "reports",
        ),
    ]
}

/// Whoever asks a public node for a list asks for all of it at once. No list is longer than 30,
/// whatever is asked.
#[test]
fn no_list_is_longer_than_a_page() {
    let ward = full();
    for (limit, size) in [
        (None, 10),
        (Some(0), 1),
        (Some(30), 30),
        (Some(31), 30),
        (Some(u32::MAX), 30),
    ] {
        for (ask, name) in lists(&ward, limit) {
            let answer: Value = ward.ask(&ask);
            let got = answer[name].as_array().unwrap().len();
            assert_eq!(got, size, "{name}, {limit:?}");
        }
    }
}
