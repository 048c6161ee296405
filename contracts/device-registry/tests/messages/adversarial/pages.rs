//! Those who ask for more than a page: every list, at no limit, at none, at the most and beyond.

use serde_json::Value;
use vitals_api::registry::{ExecuteMsg, QueryMsg};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::Measure;
use vitals_testing::Suite;

use crate::support::{admit, approve, list, maker_signer, pair_next, paired, run};

const MANY: u8 = 32;

/// More of everything than a page holds: makers, models, firmware, devices of a patient, pairings and
/// keys of the first device.
fn full() -> (Suite, u64) {
    let (mut suite, mut device, patient) = paired();
    let key = maker_signer().public_key();
    for n in 0..MANY {
        admit(&mut suite, &format!("maker {n}"), &key).unwrap();
        run(&mut suite, "maker", &list(&[Measure::Steps], 0)).unwrap();
        approve(&mut suite, u32::from(n) + 1).unwrap();
        suite.paired_device(10 + n, &[Measure::HeartRate], "patient", patient);
        let rotate = device.rotate_key(60 + n, u64::from(n) + 1);
        run(&mut suite, "patient", &rotate).unwrap();
        device.signer = Ed25519Signer::from_seed(&[60 + n; 32]);
        let unpair: ExecuteMsg = device.unpair_unsigned();
        run(&mut suite, "patient", &unpair).unwrap();
        let pair = pair_next(&mut device, patient);
        run(&mut suite, "patient", &pair).unwrap();
    }
    (suite, patient)
}

/// Each list's question, for a limit, and the name of the list in its answer.
fn lists(suite: &Suite, patient: u64, limit: Option<u32>) -> Vec<(QueryMsg, &'static str)> {
    let (device, start_after) = (1u64.into(), None);
    vec![
        (
            QueryMsg::Makers {
                start_after: None,
                limit,
            },
            "makers",
        ),
        (
            QueryMsg::Models {
                maker: suite.actor("maker").into(),
                start_after,
                limit,
            },
            "models",
        ),
        (
            QueryMsg::Firmware {
                model: 1,
                start_after,
                limit,
            },
            "firmware",
        ),
        (
            QueryMsg::Devices {
                patient: patient.into(),
                start_after: None,
                limit,
            },
            "devices",
        ),
        (
            QueryMsg::Pairings {
                device,
                start_after,
                limit,
            },
            "pairings",
        ),
        (
            QueryMsg::KeyHistory {
                device,
                start_after,
                limit,
            },
            "keys",
        ),
    ]
}

/// Whoever asks a public node for a list asks for all of it at once. No list is longer than 30,
/// whatever is asked.
#[test]
fn no_list_is_longer_than_a_page() {
    let (suite, patient) = full();
    for (limit, size) in [
        (None, 10),
        (Some(0), 1),
        (Some(30), 30),
        (Some(31), 30),
        (Some(u32::MAX), 30),
    ] {
        for (ask, name) in lists(&suite, patient, limit) {
            let answer: Value = suite.query(&suite.at.registry, &ask).unwrap();
            let got = answer[name].as_array().unwrap().len();
            assert_eq!(got, size, "{name}, {limit:?}");
        }
    }
}
