use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::measure::Measure;
use vitals_core::set::Set;

use super::*;

fn comes_back<R: Record + PartialEq + std::fmt::Debug>(record: R) {
    let bytes = record.to_bytes().unwrap();
    assert_eq!(R::from_bytes(&bytes).unwrap(), record);
    let mut newer = bytes.clone();
    newer[0] = 3;
    assert!(R::from_bytes(&newer).is_err(), "another version");
    assert!(R::from_bytes(&bytes[..bytes.len() - 1]).is_err(), "cut");
    assert!(R::from_bytes(&[&bytes[..], &[0]].concat()).is_err(), "more");
}

fn maker(models: u32) -> Maker {
    Maker {
        name: "Maker".into(),
        key: PublicKey::new(SignatureScheme::Secp256k1, &[2; 33]).unwrap(),
        suspended: true,
        models,
    }
}

fn model() -> Model {
    Model {
        maker: "cosmos1maker".into(),
        name: "Model".into(),
        measures: Set::of(&[Measure::HeartRate, Measure::Steps]),
        lowest_firmware: 9,
        newest_firmware: 0,
        recalled: false,
    }
}

fn origin(gateway: Option<u64>) -> registered::Origin {
    Origin {
        registrant: vec![4; 20].into(),
        serial_commitment: [5; 32],
        gateway,
    }
}

#[test]
fn records_come_back_whole_and_another_version_or_a_cut_is_refused() {
    comes_back(Config {
        consent: "cosmos1consent".into(),
    });
    comes_back(Numbers {
        device: 7,
        model: 8,
    });
    comes_back(maker(3));
    comes_back(Model {
        newest_firmware: 10,
        recalled: true,
        ..model()
    });
    comes_back(Firmware {
        digest: [1; 32],
        approved_at_ms: 2,
    });
    comes_back(Progress {
        model: 1,
        device: 2,
        pairing: 3,
    });
    comes_back(Offer {
        action: 1,
        to_patient: 2,
    });
    comes_back(PatientDevice { pairing: 3 });
    comes_back(SeparateOrigin {
        registrant: "cosmos1maker".into(),
        serial_commitment: [5; 32],
    });
    for origin in [None, Some(origin(None)), Some(origin(Some(6)))] {
        comes_back(Registered { device: 9, origin });
    }
}

#[test]
fn the_first_layouts_keep_their_meaning() {
    let key = Writer::versioned(1).u8(2).short("key", &[2; 33]).unwrap();
    let first_maker = key.u8(1).short("name", b"Maker").unwrap().done();
    assert_eq!(Maker::from_bytes(&first_maker), Ok(maker(0)));

    let first_model = Writer::versioned(1)
        .u32(9)
        .short("maker", b"cosmos1maker")
        .unwrap()
        .short("name", b"Model")
        .unwrap()
        .u16(8)
        .u16(1)
        .done();
    assert_eq!(Model::from_bytes(&first_model), Ok(model()));

    let first_number = Writer::versioned(1).u64(9).done();
    let expected = Registered {
        device: 9,
        origin: None,
    };
    assert_eq!(Registered::from_bytes(&first_number), Ok(expected));
}
