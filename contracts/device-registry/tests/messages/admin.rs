//! What a pause stops, and what it never does.

use vitals_api::admin::AdminMsg;
use vitals_api::registry::ExecuteMsg;
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_testing::Suite;

use crate::support::{
    admit, list, lost, maker_signer, pair_next, refused, register, run, suspend, unpair,
};

#[test]
fn a_pause_stops_new_business_only() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let paired = suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
    let mut free = suite.registered_device(2, &[Measure::HeartRate]);
    let body = free.registration(1, suite.actor("maker").as_str());
    let registration = register(&free, &body, None);
    run(&mut suite, "owner", &ExecuteMsg::Admin(AdminMsg::Pause {})).unwrap();

    let code = "admin/paused";
    let key = maker_signer().public_key();
    refused(admit(&mut suite, "other", &key), code);
    refused(run(&mut suite, "maker", &list(&[Measure::Steps], 0)), code);
    refused(run(&mut suite, "maker", &registration), code);
    refused(
        run(&mut suite, "patient", &pair_next(&mut free, patient)),
        code,
    );

    let calibrate = ExecuteMsg::Calibrate {
        device: paired.device.into(),
        from: None,
        until: suite.now_s() + 1,
    };
    run(&mut suite, "maker", &calibrate).unwrap();
    let now = suite.now_ms();
    run(&mut suite, "patient", &lost(&paired, now)).unwrap();
    run(&mut suite, "patient", &unpair(&paired)).unwrap();
    suspend(&mut suite, "maker").unwrap();
}

#[test]
fn only_the_owner_admits_suspends_and_pauses() {
    let mut suite = Suite::new();
    let maker = suite.actor("maker").to_string();
    let admission = ExecuteMsg::AdmitMaker {
        maker: maker.clone(),
        name: "Maker".into(),
        key: crate::support::key_msg(&maker_signer().public_key()),
    };
    let pause = ExecuteMsg::Admin(AdminMsg::Pause {});
    for msg in [admission, ExecuteMsg::SuspendMaker { maker }, pause] {
        for sender in ["maker", "patient", "stranger"] {
            refused(run(&mut suite, sender, &msg), "admin/not_owner");
        }
    }
}

#[test]
fn a_contract_changes_hands_in_two_steps_and_its_next_owner_resumes_it() {
    let mut suite = Suite::new();
    let sent = |suite: &mut Suite, who, msg| run(suite, who, &ExecuteMsg::Admin(msg));
    sent(&mut suite, "owner", AdminMsg::Pause {}).unwrap();
    let owner = suite.actor("other").into();
    sent(&mut suite, "owner", AdminMsg::ProposeOwner { owner }).unwrap();
    let early = sent(&mut suite, "other", AdminMsg::Resume {});
    refused(early, "admin/not_owner");
    sent(&mut suite, "other", AdminMsg::AcceptOwner {}).unwrap();
    sent(&mut suite, "other", AdminMsg::Resume {}).unwrap();
    let late = sent(&mut suite, "owner", AdminMsg::Pause {});
    refused(late, "admin/not_owner");
}
