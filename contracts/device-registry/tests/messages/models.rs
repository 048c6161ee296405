//! ListModel.

use vitals_api::registry::{ExecuteMsg, ModelInfo, QueryMsg};
use vitals_core::key::Signer;
use vitals_core::measure::{Measure, MEASURES};
use vitals_testing::suite::number;
use vitals_testing::Suite;

use crate::support::{admit, list, maker_signer, refused, run};

fn with_maker() -> Suite {
    let mut suite = Suite::new();
    admit(&mut suite, "maker", &maker_signer().public_key()).unwrap();
    suite
}

#[test]
fn models_are_numbered_from_1_and_keep_what_was_listed() {
    let mut suite = with_maker();
    let measures = [Measure::SystolicPressure, Measure::Glucose];
    for expected in 1..=3 {
        let listed = run(&mut suite, "maker", &list(&measures, 7)).unwrap();
        assert_eq!(number(&listed.events, "model_listed", "model"), expected);
    }
    let info: ModelInfo = suite
        .query(&suite.at.registry, &QueryMsg::Model { model: 2 })
        .unwrap();
    let expected = ModelInfo {
        model: 2,
        maker: suite.actor("maker").into(),
        name: "Model".into(),
        measures: measures.to_vec(),
        lowest_firmware: 7,
        newest_firmware: 0,
    };
    assert_eq!(info, expected);
}

#[test]
fn a_model_measures_one_or_more_things_none_twice() {
    let mut suite = with_maker();
    refused(run(&mut suite, "maker", &list(&[], 0)), "input/length");
    let too_many = vec![Measure::Steps; MEASURES.len() + 1];
    refused(
        run(&mut suite, "maker", &list(&too_many, 0)),
        "input/length",
    );
    let twice = [Measure::Steps, Measure::Glucose, Measure::Steps];
    refused(
        run(&mut suite, "maker", &list(&twice, 0)),
        "input/duplicate",
    );
    let all = MEASURES.map(|info| info.measure);
    run(&mut suite, "maker", &list(&all, 0)).unwrap();
}

#[test]
fn a_models_name_has_1_to_64_bytes() {
    let mut suite = with_maker();
    for name in [String::new(), "n".repeat(65)] {
        let msg = ExecuteMsg::ListModel {
            name,
            measures: vec![Measure::Steps],
            lowest_firmware: 0,
        };
        refused(run(&mut suite, "maker", &msg), "input/length");
    }
}

#[test]
fn nobody_but_an_admitted_maker_lists() {
    let mut suite = with_maker();
    for sender in ["owner", "patient", "stranger"] {
        let msg = list(&[Measure::Steps], 0);
        refused(run(&mut suite, sender, &msg), "registry/not_a_maker");
    }
}
