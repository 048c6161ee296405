//! What is answered.

use vitals_api::admin::AdminInfo;
use vitals_api::registry::{ConfigInfo, DeviceInfo, PairingsPage, QueryMsg};
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_core::signing::deployment_id;
use vitals_testing::Suite;

use crate::support::{key_msg, pair_next, refused, run};

#[test]
fn the_deployment_id_is_of_this_chain_and_this_address() {
    let suite = Suite::new();
    let config: ConfigInfo = suite
        .query(&suite.at.registry, &QueryMsg::Config {})
        .unwrap();
    let chain = suite.app.block_info().chain_id;
    let expected = deployment_id(&chain, suite.at.registry.as_str());
    assert_eq!(config.deployment_id.as_slice(), expected);
    assert_eq!(config.consent, suite.at.consent.as_str());
    let admin: AdminInfo = suite
        .query(&suite.at.registry, &QueryMsg::Admin {})
        .unwrap();
    assert_eq!(admin.owner, suite.actor("owner").as_str());
}

#[test]
fn a_device_is_found_by_its_key() {
    let mut suite = Suite::new();
    suite.registered_device(1, &[Measure::HeartRate]);
    let second = suite.registered_device(2, &[Measure::Glucose]);
    let by_key = |seed_key| QueryMsg::DeviceByKey { key: seed_key };
    let found: DeviceInfo = suite
        .query(
            &suite.at.registry,
            &by_key(key_msg(&second.signer.public_key())),
        )
        .unwrap();
    assert_eq!(found.device.u64(), second.device);
    let unknown = vitals_core::key::Ed25519Signer::from_seed(&[9; 32]).public_key();
    let missing = suite.query::<DeviceInfo>(&suite.at.registry, &by_key(key_msg(&unknown)));
    refused(missing, "state/not_found");
}

#[test]
fn pairings_are_paged_oldest_first_and_keep_to_their_device() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let mut device = suite.registered_device(1, &[Measure::HeartRate]);
    suite.paired_device(2, &[Measure::HeartRate], "patient", patient);
    for _ in 0..12 {
        run(&mut suite, "patient", &pair_next(&mut device, patient)).unwrap();
        suite.advance(5);
        let unpair = device.unpair_unsigned();
        run(&mut suite, "patient", &unpair).unwrap();
    }
    let page = |start_after, limit| -> Vec<u32> {
        let msg = QueryMsg::Pairings {
            device: device.device.into(),
            start_after,
            limit,
        };
        let page: PairingsPage = suite.query(&suite.at.registry, &msg).unwrap();
        page.pairings.iter().map(|p| p.pairing).collect()
    };
    assert_eq!(page(None, None), (1..=10).collect::<Vec<_>>());
    assert_eq!(page(Some(10), Some(30)), [11, 12]);
    assert_eq!(page(Some(3), Some(0)), [4], "a page is never empty");
    assert!(page(Some(12), None).is_empty());
}
