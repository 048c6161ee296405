//! AdmitMaker and SuspendMaker.

use cosmwasm_std::Binary;
use vitals_api::registry::{ExecuteMsg, KeyMsg, MakerInfo, QueryMsg};
use vitals_core::key::{Ed25519Signer, SignatureScheme, Signer};
use vitals_core::measure::Measure;
use vitals_testing::suite::Refused;
use vitals_testing::Suite;

use crate::support::{
    admit, attest, key_msg, list, maker_signer, model, refused, register, run, suspend,
};

fn maker_info(suite: &Suite, maker: &str) -> Result<MakerInfo, Refused> {
    let maker = suite.actor(maker).into();
    suite.query(&suite.at.registry, &QueryMsg::Maker { maker })
}

fn admission(suite: &Suite, name: &str, key: KeyMsg) -> ExecuteMsg {
    ExecuteMsg::AdmitMaker {
        maker: suite.actor("maker").into(),
        name: name.into(),
        key,
    }
}

#[test]
fn an_admitted_maker_is_found_and_admitting_again_replaces_name_and_key() {
    let mut suite = Suite::new();
    let first = maker_signer().public_key();
    admit(&mut suite, "maker", &first).unwrap();
    assert_eq!(maker_info(&suite, "maker").unwrap().key, key_msg(&first));

    let second = Ed25519Signer::from_seed(&[201; 32]).public_key();
    let again = admission(&suite, "Renamed", key_msg(&second));
    run(&mut suite, "owner", &again).unwrap();
    let info = maker_info(&suite, "maker").unwrap();
    assert_eq!(
        (info.name.as_str(), info.key),
        ("Renamed", key_msg(&second))
    );
    refused(maker_info(&suite, "stranger"), "state/not_found");
}

#[test]
fn a_name_has_1_to_64_bytes() {
    let mut suite = Suite::new();
    let key = key_msg(&maker_signer().public_key());
    let named = |suite: &Suite, name: String| admission(suite, &name, key.clone());
    for wrong in [String::new(), "n".repeat(65), "é".repeat(33)] {
        let msg = named(&suite, wrong);
        refused(run(&mut suite, "owner", &msg), "input/length");
    }
    let msg = named(&suite, "n".repeat(64));
    run(&mut suite, "owner", &msg).unwrap();
}

#[test]
fn a_makers_key_is_checked() {
    let mut suite = Suite::new();
    let wrong = [
        (SignatureScheme::Ed25519, vec![7; 31], "format/length"),
        (SignatureScheme::Ed25519, vec![0; 32], "format/encoding"),
        (SignatureScheme::Secp256k1, vec![4; 33], "format/encoding"),
        (SignatureScheme::Secp256r1, vec![], "format/length"),
    ];
    for (scheme, bytes, code) in wrong {
        let bytes = Binary::new(bytes);
        let msg = admission(&suite, "Maker", KeyMsg { scheme, bytes });
        refused(run(&mut suite, "owner", &msg), code);
    }
}

#[test]
fn a_suspended_maker_lists_and_attests_nothing_more_and_what_it_attested_stays() {
    let mut suite = Suite::new();
    let attested = suite.registered_device(1, &[Measure::HeartRate]);
    let number = model(&mut suite, 0);
    suspend(&mut suite, "maker").unwrap();

    let code = "registry/maker_suspended";
    refused(run(&mut suite, "maker", &list(&[Measure::Steps], 0)), code);
    let device = vitals_testing::TestDevice::new(2, suite.deployment);
    let body = device.registration(number, suite.actor("maker").as_str());
    let attestation = attest(&suite, &maker_signer(), &body);
    let msg = register(&device, &body, Some(attestation));
    refused(run(&mut suite, "maker", &msg), code);

    let info = crate::support::device_info(&suite, attested.device);
    assert_eq!(info.assurance, vitals_core::rule::Assurance::Maker);
    run(&mut suite, "maker", &register(&device, &body, None)).unwrap();
    admit(&mut suite, "maker", &maker_signer().public_key()).unwrap();
    assert!(!maker_info(&suite, "maker").unwrap().suspended);
}

#[test]
fn an_account_never_admitted_cannot_be_suspended() {
    let mut suite = Suite::new();
    refused(suspend(&mut suite, "stranger"), "state/not_found");
}
