//! Recall and MarkRecalled.

use cosmwasm_std::Uint64;
use vitals_api::registry::{ExecuteMsg, QueryMsg, RecallsInfo, Unusable, MAX_RECALLS};
use vitals_core::key::{Ed25519Signer, Signer};

use crate::support::{
    admit, approve, device_info, mark, of, pair_next, paired, reason, recall, refused, run,
    suspend, usable, IMAGE,
};

const FIRST: u32 = 0x0100_0000;

#[test]
fn what_a_recalled_device_measures_does_not_count_from_the_recall_on() {
    let (mut suite, device, _) = paired();
    suite.advance(60);
    let at = suite.now_ms();
    run(&mut suite, "maker", &recall(FIRST, FIRST)).unwrap();
    let recalled = Some(Unusable::Recalled { from_ms: at });
    assert_eq!(reason(&suite, &device, at), recalled, "before it is marked");
    suite.advance(60);
    run(&mut suite, "stranger", &mark(&device)).unwrap();
    let halted = Some(Unusable::Halted {
        from_ms: at,
        to_ms: None,
    });
    assert_eq!(reason(&suite, &device, at), halted, "from the recall on");
    assert!(usable(&suite, &device, at - 1).usable);
    assert!(device_info(&suite, device.device).recalled);
    run(&mut suite, "stranger", &mark(&device)).unwrap();
    assert_eq!(reason(&suite, &device, at), halted, "marked once");
}

#[test]
fn an_update_out_of_the_range_ends_it_marked_or_not() {
    for marked in [true, false] {
        let (mut suite, mut device, _) = paired();
        approve(&mut suite, FIRST + 1).unwrap();
        suite.advance(60);
        let from_ms = suite.now_ms();
        run(&mut suite, "maker", &recall(0, FIRST)).unwrap();
        if marked {
            run(&mut suite, "stranger", &mark(&device)).unwrap();
        }
        suite.advance(60);
        let update = device.update_firmware(FIRST + 1, IMAGE);
        run(&mut suite, "patient", &update).unwrap();
        let to_ms = Some(suite.now_ms());
        let halted = Some(Unusable::Halted { from_ms, to_ms });
        assert_eq!(reason(&suite, &device, from_ms + 1), halted);
        assert!(usable(&suite, &device, from_ms - 1).usable);
        assert!(usable(&suite, &device, suite.now_ms()).usable);
        assert!(!device_info(&suite, device.device).recalled);
        let answer = run(&mut suite, "stranger", &mark(&device));
        refused(answer, "registry/not_recalled");
    }
}

#[test]
fn a_recalled_device_pairs_with_nobody_marked_or_not() {
    let (mut suite, mut device, patient) = paired();
    run(&mut suite, "maker", &recall(FIRST, FIRST)).unwrap();
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let pair = pair_next(&mut device, patient);
    let code = "registry/firmware_recalled";
    refused(run(&mut suite, "patient", &pair), code);
    run(&mut suite, "stranger", &mark(&device)).unwrap();
    refused(run(&mut suite, "patient", &pair), code);
}

#[test]
fn a_restored_device_stays_recalled() {
    let (mut suite, device, _) = paired();
    let device_number = of(&device);
    run(&mut suite, "maker", &recall(FIRST, FIRST)).unwrap();
    run(&mut suite, "stranger", &mark(&device)).unwrap();
    for msg in [
        ExecuteMsg::Suspend {
            device: device_number,
        },
        ExecuteMsg::Restore {
            device: device_number,
        },
    ] {
        run(&mut suite, "patient", &msg).unwrap();
    }
    assert!(!usable(&suite, &device, suite.now_ms()).usable);
}

#[test]
fn the_models_maker_recalls_or_the_owner_and_nobody_else() {
    let (mut suite, _, _) = paired();
    let key = Ed25519Signer::from_seed(&[201; 32]).public_key();
    admit(&mut suite, "other", &key).unwrap();
    for sender in ["other", "patient", "stranger"] {
        let answer = run(&mut suite, sender, &recall(1, 2));
        refused(answer, "registry/not_the_maker");
    }
    suspend(&mut suite, "maker").unwrap();
    let answer = run(&mut suite, "maker", &recall(1, 2));
    refused(answer, "registry/maker_suspended");
    run(&mut suite, "owner", &recall(1, 2)).unwrap();
}

#[test]
fn a_model_has_at_most_8_recalls_each_in_order() {
    let (mut suite, _, _) = paired();
    let answer = run(&mut suite, "maker", &recall(2, 1));
    refused(answer, "registry/recall_range");
    for length in [0, 31, 33] {
        let msg = ExecuteMsg::Recall {
            model: 1,
            from_firmware: 0,
            to_firmware: u32::MAX,
            reason: vec![0; length].into(),
        };
        refused(run(&mut suite, "maker", &msg), "input/length");
    }
    for _ in 1..MAX_RECALLS {
        run(&mut suite, "maker", &recall(1, 1)).unwrap();
    }
    let answer = run(&mut suite, "maker", &recall(0, u32::MAX));
    refused(answer, "input/length");
    run(&mut suite, "owner", &recall(0, u32::MAX)).unwrap();
    let answer = run(&mut suite, "owner", &recall(0, 1));
    refused(answer, "input/length");
    let found: RecallsInfo = suite
        .query(&suite.at.registry, &QueryMsg::Recalls { model: 1 })
        .unwrap();
    assert_eq!(found.recalls.len(), MAX_RECALLS);
    assert_eq!(found.recalls[0].reason.as_slice(), [6; 32]);
}

#[test]
fn one_to_thirty_devices_are_marked_at_once_or_none() {
    let (mut suite, device, _) = paired();
    let several = |count: usize| ExecuteMsg::MarkRecalled {
        devices: vec![of(&device); count],
    };
    let answer = run(&mut suite, "stranger", &several(1));
    refused(answer, "registry/not_recalled");
    run(&mut suite, "maker", &recall(FIRST, FIRST)).unwrap();
    for count in [0, 31] {
        let answer = run(&mut suite, "stranger", &several(count));
        refused(answer, "input/length");
    }
    let unknown = ExecuteMsg::MarkRecalled {
        devices: vec![of(&device), Uint64::new(99)],
    };
    refused(run(&mut suite, "stranger", &unknown), "state/not_found");
    assert!(!device_info(&suite, device.device).recalled, "all or none");
    run(&mut suite, "stranger", &several(30)).unwrap();
}
