//! Messages of device-registry.

use cosmwasm_std::Binary;
use vitals_api::access::Who;
use vitals_api::registry::ExecuteMsg;
use vitals_core::decision::Power;
use vitals_core::measure::Measure;
use vitals_testing::access::{Actor, Known, World, FIRMWARE, IMAGE, NEWER_FIRMWARE};

use super::{Case, Sent};

const ITS_PATIENT: &[Who] = &[Who::Patient, Who::Guardian(Power::Grant)];
const WITH_A_PATIENT: &str = "a device that is with a patient";
const WITH_NOBODY: &str = "a device that is with nobody";
const ITS_REGISTRANT: &[Who] = &[Who::Registrant];
const SUSPENDED: &str = "what is of a suspended maker";

pub const CASES: &[Case] = &[
    Case::new("admit_maker", |world, _| {
        Sent::new(&world.admit("stranger"))
    }),
    Case::new("suspend_maker", suspend_maker),
    // whose model it becomes is the sender
    Case::new("list_model", list_model).here(&[("other maker", Who::Maker)]),
    Case::new("approve_firmware", |w, _| approve_firmware(w.model)),
    Case::new("approve_firmware", |w, _| {
        approve_firmware(w.suspended_model)
    })
    .of(SUSPENDED, &[]),
    Case::new("raise_lowest_firmware", |w, _| raise_lowest(w.model)),
    Case::new("raise_lowest_firmware", |w, _| {
        raise_lowest(w.suspended_model)
    })
    .of(SUSPENDED, &[]),
    Case::new("recall", |w, _| Sent::new(&recall_msg(w.model))),
    Case::new("recall", |w, _| Sent::new(&recall_msg(w.suspended_model)))
        .of(SUSPENDED, &[Who::Owner]),
    Case::new("mark_recalled", mark_recalled),
    Case::new("register", |w, _| {
        Sent::new(&w.registration(9, w.model, "maker"))
    }),
    Case::new("pair", pair),
    Case::new("pair", |world, actor| {
        world.ask_for_two(&[Power::Read, Power::Grant], Power::Grant);
        pair(world, actor)
    })
    .of("where it takes two guardians to grant", &[Who::Patient]),
    Case::new("unpair", unpair),
    Case::new("transfer", transfer),
    Case::new("accept_transfer", accept_transfer),
    Case::new("withdraw_transfer", withdraw_transfer),
    Case::new("suspend", |w, _| Sent::new(&suspend_msg(w.devices.paired)))
        .of(WITH_A_PATIENT, ITS_PATIENT),
    Case::new("suspend", |w, _| Sent::new(&suspend_msg(w.devices.free)))
        .of(WITH_NOBODY, ITS_REGISTRANT),
    Case::new("restore", |w, _| restore(w, "patient", w.devices.paired))
        .of(WITH_A_PATIENT, ITS_PATIENT),
    Case::new("restore", |w, _| restore(w, "registrant", w.devices.free))
        .of(WITH_NOBODY, ITS_REGISTRANT),
    Case::new("report_lost", report_lost),
    Case::new("retire", |w, _| retire(w, w.devices.paired)).of(WITH_A_PATIENT, ITS_PATIENT),
    Case::new("retire", |w, _| retire(w, w.devices.free)).of(WITH_NOBODY, ITS_REGISTRANT),
    Case::new("rotate_key", |w, _| rotate(w, w.devices.paired)).of(WITH_A_PATIENT, ITS_PATIENT),
    Case::new("rotate_key", |w, _| rotate(w, w.devices.free)).of(WITH_NOBODY, ITS_REGISTRANT),
    Case::new("update_firmware", update_firmware),
    Case::new("calibrate", |w, _| calibrate(w, w.devices.paired)),
    Case::new("calibrate", |w, _| calibrate(w, w.devices.suspended_makers)).of(SUSPENDED, &[]),
];

fn suspend_maker(world: &mut World, _: &Actor) -> Sent {
    let maker = world.address("other maker").into();
    Sent::new(&ExecuteMsg::SuspendMaker { maker })
}

fn list_model(_: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::ListModel {
        name: "another".into(),
        measures: vec![Measure::HeartRate],
        lowest_firmware: 0,
    })
}

fn approve_firmware(model: u32) -> Sent {
    Sent::new(&ExecuteMsg::ApproveFirmware {
        model,
        version: NEWER_FIRMWARE + 1,
        digest: Binary::new(vec![1; 32]),
    })
}

fn raise_lowest(model: u32) -> Sent {
    let lowest = FIRMWARE;
    Sent::new(&ExecuteMsg::RaiseLowestFirmware { model, lowest })
}

fn recall_msg(model: u32) -> ExecuteMsg {
    ExecuteMsg::Recall {
        model,
        from_firmware: FIRMWARE,
        to_firmware: FIRMWARE,
        reason: Binary::new(vec![2; 32]),
    }
}

fn mark_recalled(world: &mut World, _: &Actor) -> Sent {
    world.registry("maker", &recall_msg(world.model));
    let devices = vec![world.devices.paired.number()];
    Sent::new(&ExecuteMsg::MarkRecalled { devices })
}

fn pair(world: &mut World, _: &Actor) -> Sent {
    let mut device = world.device(world.devices.free);
    let (body, signature) = device.pairing_action(world.patient);
    Sent::new(&ExecuteMsg::Pair { body, signature })
}

fn unpair(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&world.device(world.devices.paired).unpair_unsigned())
}

fn transfer(world: &mut World, _: &Actor) -> Sent {
    let mut device = world.device(world.devices.paired);
    Sent::new(&device.transfer(world.patient, world.other_patient))
}

fn accept_transfer(world: &mut World, _: &Actor) -> Sent {
    let known = world.devices.others;
    let offer = world
        .device(known)
        .transfer(world.other_patient, world.patient);
    world.registry("other patient", &offer);
    let device = known.number();
    Sent::new(&ExecuteMsg::AcceptTransfer { device })
}

fn withdraw_transfer(world: &mut World, _: &Actor) -> Sent {
    let known = world.devices.paired;
    let offer = world
        .device(known)
        .transfer(world.patient, world.other_patient);
    world.registry("patient", &offer);
    let device = known.number();
    Sent::new(&ExecuteMsg::WithdrawTransfer { device })
}

fn suspend_msg(known: Known) -> ExecuteMsg {
    let device = known.number();
    ExecuteMsg::Suspend { device }
}

fn restore(world: &mut World, who: &str, known: Known) -> Sent {
    world.registry(who, &suspend_msg(known));
    let device = known.number();
    Sent::new(&ExecuteMsg::Restore { device })
}

fn report_lost(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::ReportLost {
        device: world.devices.paired.number(),
        lost_from_ms: world.suite.now_ms(),
    })
}

fn retire(world: &World, known: Known) -> Sent {
    Sent::new(&world.device(known).retire())
}

fn rotate(world: &World, known: Known) -> Sent {
    let mut device = world.device(known);
    let from = device.sequence + 1;
    Sent::new(&device.rotate_key(99, from))
}

fn update_firmware(world: &mut World, _: &Actor) -> Sent {
    let mut device = world.device(world.devices.paired);
    Sent::new(&device.update_firmware(NEWER_FIRMWARE, IMAGE))
}

fn calibrate(world: &World, known: Known) -> Sent {
    Sent::new(&ExecuteMsg::Calibrate {
        device: known.number(),
        from: None,
        until: world.suite.now_s() + 86_400,
    })
}
