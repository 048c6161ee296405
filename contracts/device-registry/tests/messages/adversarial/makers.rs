//! Makers who would rather not be seen to have erred, or who would speak for others.

use vitals_api::registry::{ExecuteMsg, MAX_RECALLS};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::Measure;
use vitals_testing::TestDevice;

use crate::support::{
    admit, attest, device_info, list, mark, model, of, paired, recall, refused, register, run,
};

/// A maker knows that its devices measure wrongly, and uses up a model's recalls on versions that
/// never were, so that nobody can recall the one that is. The last is kept for the owner, and with
/// it the owner recalls them all.
#[test]
fn a_maker_who_uses_up_its_recalls_keeps_none_from_the_owner() {
    let (mut suite, device, _) = paired();
    for _ in 1..MAX_RECALLS {
        run(&mut suite, "maker", &recall(0, 0)).unwrap();
    }
    refused(run(&mut suite, "maker", &recall(0, 0)), "input/length");
    refused(
        run(&mut suite, "stranger", &mark(&device)),
        "registry/not_recalled",
    );
    run(&mut suite, "owner", &recall(0, u32::MAX)).unwrap();
    run(&mut suite, "stranger", &mark(&device)).unwrap();
    assert!(device_info(&suite, device.device).recalled);
}

/// One admitted maker attests, calibrates, recalls and approves for a model of another: its key is
/// good and its admission too, only the model is not its own.
#[test]
fn a_maker_says_nothing_of_another_makers_model() {
    let (mut suite, device, _) = paired();
    let foreign = Ed25519Signer::from_seed(&[201; 32]);
    admit(&mut suite, "other", &foreign.public_key()).unwrap();
    run(&mut suite, "other", &list(&[Measure::Steps], 0)).unwrap();
    let calibrate = ExecuteMsg::Calibrate {
        device: of(&device),
        from: None,
        until: suite.now_s() + 60,
    };
    let approve = ExecuteMsg::ApproveFirmware {
        model: 1,
        version: u32::MAX,
        digest: [1; 32].into(),
    };
    let raise = ExecuteMsg::RaiseLowestFirmware {
        model: 1,
        lowest: 1,
    };
    for msg in [calibrate, approve, raise, recall(0, 1)] {
        refused(run(&mut suite, "other", &msg), "registry/not_the_maker");
    }
    let free = TestDevice::new(9, suite.deployment);
    let body = free.registration(1, suite.actor("gateway").as_str());
    let attestation = attest(&suite, &foreign, &body);
    let msg = register(&free, &body, Some(attestation));
    refused(run(&mut suite, "gateway", &msg), "registry/signature");
}

/// A maker's key leaked, and whoever has it attests devices that were never built. From the second
/// in which the owner suspends the maker, or admits it with another key, that key attests nothing.
#[test]
fn a_leaked_attestation_key_is_of_no_use_once_it_is_replaced() {
    let mut suite = vitals_testing::Suite::new();
    let number = model(&mut suite, 0);
    let leaked = crate::support::maker_signer();
    let key = Ed25519Signer::from_seed(&[202; 32]).public_key();
    admit(&mut suite, "maker", &key).unwrap();
    let fake = TestDevice::new(9, suite.deployment);
    let body = fake.registration(number, suite.actor("stranger").as_str());
    let attestation = attest(&suite, &leaked, &body);
    let msg = register(&fake, &body, Some(attestation));
    refused(run(&mut suite, "stranger", &msg), "registry/signature");
}
