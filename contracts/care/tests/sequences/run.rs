//! A sequence taken by the contracts and by the model, and compared after every step.

use vitals_api::admin::AdminMsg;
use vitals_api::care::{AlertInfo, ExecuteMsg};
use vitals_core::decision::{Action, GroundRef, Power, Purpose};
use vitals_core::measure::{Category, Measure};
use vitals_testing::TestDevice;

use super::compare;
use super::model::{Cause, Fact, Model, LADDERS};
use super::step::{Sender, Step, Who};
use crate::common::{event, Outcome, Ward, LADDER};

pub struct Run {
    ward: Ward,
    model: Model,
    /// The device that is not the ward's now: the second one at first.
    other_device: TestDevice,
    device: usize,
    last_notice: [Option<ExecuteMsg>; 2],
    /// Lets the other responder receive alerts.
    receiving: GroundRef,
    writing: GroundRef,
    writing_id: u64,
    seen: Vec<AlertInfo>,
}

impl Run {
    pub fn new() -> Self {
        let mut ward = Ward::new();
        let patient = ward.patient;
        let measures = [Measure::HeartRate, Measure::OxygenSaturation];
        let other_device = ward.suite.paired_device(2, &measures, "patient", patient);
        ward.appoint("guardian", &[Power::Acknowledge]);
        let actions = [Action::ReceiveAlerts];
        let respiratory = [Category::Respiratory];
        let id = ward.suite.grant(
            "patient",
            patient,
            "other",
            Purpose::Treatment,
            &respiratory,
            &actions,
        );
        let writing = ward.may_write("clinician");
        let writing_id = match writing {
            GroundRef::Grant { id } => id,
            _ => 0,
        };
        let model = Model {
            now: ward.suite.now_s(),
            ..Model::default()
        };
        let mut run = Self {
            ward,
            model,
            other_device,
            device: 0,
            last_notice: [None, None],
            receiving: GroundRef::Grant { id },
            writing,
            writing_id,
            seen: Vec::new(),
        };
        run.set_ladder(Who::Patient, 0).unwrap();
        run
    }

    pub fn take(&mut self, step: &Step) {
        match *step {
            Step::Notice { device, rule, by } => self.notice(device, rule, by),
            Step::Acknowledge { by, alert } => {
                let ground = self.ground(by);
                let done = self.ward.acknowledge(name(by), alert, ground);
                let its = self
                    .model
                    .taken(alert)
                    .last()
                    .is_some_and(|(_, who)| *who == by);
                let may =
                    self.model.resolved(alert).is_none() && !its && self.model.may_take(alert, by);
                self.settle(done, may, Fact::Acknowledged { alert, by });
            }
            Step::Resolve { by, alert } => {
                let done = self.ward.resolve(name(by), alert);
                let may = self.may_resolve(alert, by);
                self.settle(done, may, Fact::Resolved { alert });
            }
            Step::Escalate { alert } => {
                let done = self.ward.escalate("stranger", alert);
                let at = self.model.escalates_at(alert);
                let may = at.is_some_and(|at| at <= self.model.now);
                self.settle(done, may, Fact::Called { alert });
            }
            Step::SetLadder { by, ladder } => {
                let done = self.set_ladder(by, ladder);
                let may = by == Who::Patient && !self.model.is_paused();
                self.settle(done, may, Fact::Ladder(ladder));
            }
            Step::Emergency {
                number,
                by,
                told_by_consent,
            } => self.emergency(number, by, told_by_consent),
            Step::RevokeClinician => self.revoke(),
            Step::Pause(paused) => self.pause(paused),
            Step::Wait(seconds) => {
                self.ward.suite.advance(seconds);
                self.model.now = self.ward.suite.now_s();
            }
            Step::WritePlan { .. } | Step::AcceptPlan { .. } | Step::WithdrawPlan { .. } => {
                self.plan(step)
            }
        }
        let number = self.model.alerts().len();
        let infos: Vec<AlertInfo> = (1..).take(number).map(|n| self.ward.alert(n)).collect();
        compare::alerts(&self.model, &self.seen, &infos);
        self.seen = infos;
        let plans = (self.model.in_force(), self.model.plans());
        assert_eq!(self.ward.current(), plans);
    }

    /// Accepted just when it may be.
    fn settle(&mut self, done: Outcome, may: bool, fact: Fact) {
        assert_eq!(done.is_ok(), may, "{fact:?}: {:?}", done.err());
        if may {
            self.model.add(fact);
        }
    }

    fn ground(&self, by: Who) -> GroundRef {
        match by {
            Who::Patient => GroundRef::Patient {},
            Who::Guardian => GroundRef::Guardian {},
            Who::Clinician => self.ward.receiving,
            Who::Other | Who::Stranger => self.receiving,
        }
    }

    fn notice(&mut self, device: usize, rule: u16, by: Sender) {
        if device != self.device {
            std::mem::swap(&mut self.ward.device, &mut self.other_device);
            self.device = device;
        }
        let again = self.last_notice[device]
            .clone()
            .filter(|_| by == Sender::Again);
        let (is_new, mut msg) = match again {
            Some(msg) => (false, msg),
            None => (true, self.ward.notice(rule)),
        };
        if let ExecuteMsg::RaiseAlert { ground, .. } = &mut msg {
            *ground = match by {
                Sender::Patient => GroundRef::Patient {},
                _ => self.ward.sealing,
            };
        }
        let sender = match by {
            Sender::Patient => "patient",
            Sender::Stranger => "stranger",
            Sender::Gateway | Sender::Again => "gateway",
        };
        let done = self.ward.run(sender, &msg);
        let may = is_new && by != Sender::Stranger;
        assert_eq!(done.is_ok(), may, "{by:?}: {:?}", done.err());
        let Ok(done) = done else {
            return;
        };
        self.last_notice[device] = Some(msg);
        let fact = match self.model.counts_on(device, rule) {
            Some(alert) => Fact::Counted { alert },
            None => Fact::Raised {
                cause: Cause::Device { device, rule },
                ladder: self.model.ladder(),
            },
        };
        let raises = matches!(fact, Fact::Raised { .. });
        assert_eq!(event(&done, "alert_raised").is_some(), raises);
        assert_eq!(event(&done, "alert_counted").is_some(), !raises);
        self.model.add(fact);
    }

    fn may_resolve(&self, alert: u64, by: Who) -> bool {
        let taken = self.model.taken(alert);
        let Some((_, holder)) = taken.last() else {
            return false;
        };
        // the ground it was taken on must still hold
        let holds = by == *holder && (by != Who::Clinician || self.model.clinician_may());
        self.model.resolved(alert).is_none() && (by == Who::Patient || holds)
    }

    fn set_ladder(&mut self, by: Who, ladder: usize) -> Outcome {
        let tiers = LADDERS[ladder].iter().map(|(who, within_s)| {
            let within_s = u32::try_from(*within_s).unwrap();
            self.ward.tier(&[name(*who)], within_s)
        });
        let tiers: Vec<_> = tiers.collect();
        self.ward.set_ladder(name(by), LADDER, &tiers)
    }

    fn emergency(&mut self, number: u64, by: Who, told_by_consent: bool) {
        let msg = self.ward.emergency_msg(number, name(by));
        let sender = match told_by_consent {
            true => self.ward.suite.at.consent.clone(),
            false => self.ward.suite.actor(name(by)),
        };
        let done = self.ward.run_as(&sender, &msg);
        let known = self.model.alerts().into_iter().any(
            |(_, cause, _)| matches!(cause, Cause::Emergency { number: n, .. } if n == number),
        );
        let fact = Fact::Raised {
            cause: Cause::Emergency { number, by },
            ladder: self.model.ladder(),
        };
        self.settle(done, told_by_consent && !known, fact);
    }

    fn revoke(&mut self) {
        if self.model.clinician_may() {
            let grants = [self.ward.receiving_id, self.writing_id];
            grants.into_iter().for_each(|grant| self.ward.revoke(grant));
            self.model.add(Fact::Revoked);
        }
    }

    fn pause(&mut self, paused: bool) {
        let msg = match paused {
            true => AdminMsg::Pause {},
            false => AdminMsg::Resume {},
        };
        if self.ward.run("owner", &ExecuteMsg::Admin(msg)).is_ok() {
            self.model.add(Fact::Paused(paused));
        }
    }

    fn plan(&mut self, step: &Step) {
        let (done, may, fact) = match *step {
            Step::WritePlan { by, off } => {
                let replaces = self.model.plans() + off;
                let done = self.ward.write(name(by), self.writing, replaces);
                let writes = by == Who::Clinician && self.model.clinician_may();
                (
                    done,
                    writes && off == 0 && !self.model.is_paused(),
                    Fact::Written,
                )
            }
            Step::AcceptPlan { by, version } => {
                let done = self.ward.accept(name(by), version);
                let newer = self.model.in_force().is_none_or(|held| held < version);
                let may = self.is_there(version) && newer && !self.model.is_accepted(version);
                let acts = matches!(by, Who::Patient | Who::Guardian);
                (done, may && acts, Fact::Accepted(version))
            }
            Step::WithdrawPlan { by, version } => {
                let done = self.ward.withdraw(name(by), version);
                let its = matches!(by, Who::Patient | Who::Clinician);
                (
                    done,
                    self.is_there(version) && its,
                    Fact::Withdrawn(version),
                )
            }
            _ => return,
        };
        self.settle(done, may, fact);
    }

    /// Written, and not withdrawn.
    fn is_there(&self, version: u32) -> bool {
        version <= self.model.plans() && !self.model.is_withdrawn(version)
    }
}

fn name(who: Who) -> &'static str {
    match who {
        Who::Patient => "patient",
        Who::Guardian => "guardian",
        Who::Clinician => "clinician",
        Who::Other => "other",
        Who::Stranger => "stranger",
    }
}
