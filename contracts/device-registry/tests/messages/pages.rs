//! Lists, by pages.

use vitals_api::registry::{DevicesPage, FirmwarePage, MakersPage, ModelsPage, QueryMsg};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::Measure;
use vitals_testing::Suite;

use crate::support::{admit, approve, list, maker_signer, pair_next, paired, refused, run};

fn models(suite: &Suite, start_after: Option<u32>, limit: Option<u32>) -> Vec<u32> {
    let msg = QueryMsg::Models {
        maker: suite.actor("maker").into(),
        start_after,
        limit,
    };
    let page: ModelsPage = suite.query(&suite.at.registry, &msg).unwrap();
    page.models.iter().map(|model| model.model).collect()
}

#[test]
fn a_makers_models_are_its_own_by_number() {
    let mut suite = Suite::new();
    admit(&mut suite, "maker", &maker_signer().public_key()).unwrap();
    let other = Ed25519Signer::from_seed(&[201; 32]).public_key();
    admit(&mut suite, "other", &other).unwrap();
    for maker in ["other", "maker", "maker", "other", "maker"] {
        run(&mut suite, maker, &list(&[Measure::Steps], 0)).unwrap();
    }
    assert_eq!(models(&suite, None, None), [2, 3, 5]);
    assert_eq!(models(&suite, Some(2), Some(1)), [3]);
    assert_eq!(models(&suite, None, Some(0)), [2], "never empty");
    assert!(models(&suite, Some(5), Some(u32::MAX)).is_empty());
}

#[test]
fn a_maker_lists_256_models_and_no_more_also_when_admitted_again() {
    let mut suite = Suite::new();
    let key = maker_signer().public_key();
    admit(&mut suite, "maker", &key).unwrap();
    for _ in 0..256 {
        run(&mut suite, "maker", &list(&[Measure::Steps], 0)).unwrap();
    }
    admit(&mut suite, "maker", &key).unwrap();
    let answer = run(&mut suite, "maker", &list(&[Measure::Steps], 0));
    refused(answer, "registry/too_many_models");
    for limit in [30, 31, u32::MAX] {
        assert_eq!(models(&suite, None, Some(limit)).len(), 30);
    }
}

#[test]
fn makers_are_paged_by_address() {
    let mut suite = Suite::new();
    let key = maker_signer().public_key();
    for maker in ["maker", "other", "stranger"] {
        admit(&mut suite, maker, &key).unwrap();
    }
    let page = |start_after, limit| -> Vec<String> {
        let msg = QueryMsg::Makers { start_after, limit };
        let page: MakersPage = suite.query(&suite.at.registry, &msg).unwrap();
        page.makers.into_iter().map(|maker| maker.maker).collect()
    };
    let all = page(None, None);
    assert!(all.len() == 3 && all.is_sorted());
    assert_eq!(page(Some(all[0].clone()), Some(1)), all[1..2]);
    let msg = QueryMsg::Makers {
        start_after: Some(all[0].to_uppercase()),
        limit: None,
    };
    let answer = suite.query::<MakersPage>(&suite.at.registry, &msg);
    refused(answer, "input/address");
}

#[test]
fn firmware_is_paged_by_version() {
    let (mut suite, _, _) = paired();
    for version in 1..=12 {
        approve(&mut suite, version).unwrap();
    }
    let page = |start_after, limit| -> Vec<u32> {
        let msg = QueryMsg::Firmware {
            model: 1,
            start_after,
            limit,
        };
        let page: FirmwarePage = suite.query(&suite.at.registry, &msg).unwrap();
        page.firmware.into_iter().map(|f| f.version).collect()
    };
    assert_eq!(page(None, None).len(), 10);
    assert_eq!(page(Some(10), Some(31)), [11, 12]);
}

#[test]
fn a_patients_devices_stay_listed_after_they_left() {
    let (mut suite, mut first, patient) = paired();
    suite.paired_device(2, &[Measure::HeartRate], "patient", patient);
    let other = suite.enrol("other");
    let unpair = first.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let pair = pair_next(&mut first, other);
    run(&mut suite, "other", &pair).unwrap();

    let page = |patient: u64, start_after: Option<u64>, limit| -> Vec<(u64, u32, bool)> {
        let msg = QueryMsg::Devices {
            patient: patient.into(),
            start_after: start_after.map(Into::into),
            limit,
        };
        let page: DevicesPage = suite.query(&suite.at.registry, &msg).unwrap();
        let devices = page.devices.into_iter();
        devices
            .map(|d| (d.device.u64(), d.pairing, d.paired))
            .collect()
    };
    assert_eq!(page(patient, None, None), [(1, 1, false), (2, 1, true)]);
    assert_eq!(page(patient, Some(1), Some(1)), [(2, 1, true)]);
    assert_eq!(page(other, None, None), [(1, 2, true)]);
    assert!(page(7, None, None).is_empty());
}
