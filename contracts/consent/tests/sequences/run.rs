//! A sequence taken by the contract and by the log, and compared after every step.

use cosmwasm_std::{Order, Storage, Uint64};
use vitals_api::consent::read;
use vitals_api::consent::{DecideMsg, Decision, ExecuteMsg, PatientInfo, PatientsPage, QueryMsg};
use vitals_core::decision::{GroundRef, Request, Role};

use super::caps;
use super::facts::{Fact, Log, What, ADMIN, ASKED, BOARD, COLLEGE, FIRST, NAMES, OWNER, VAULT};
use super::grounds::Ask;
use super::may::Expected;
use super::message::Written;
use super::receipts::Receipts;
use super::step::{Anchored, By, Step};
use crate::common::Contract;

type Dump = Vec<(Vec<u8>, Vec<u8>)>;

pub struct Run {
    contract: Contract,
    log: Log,
    patients: [u64; 2],
    receipts: [Receipts; 2],
    seen: [PatientInfo; 2],
    /// What was stored after the last message that was accepted.
    stored: Dump,
}

impl Run {
    pub fn new() -> Self {
        let mut contract = Contract::new();
        let patients = FIRST.map(|who| contract.enrol(NAMES[who]));
        for issuer in [BOARD, COLLEGE] {
            let admit = ExecuteMsg::AdmitIssuer {
                issuer: contract.addr(NAMES[issuer]).into(),
                roles: vec![
                    Role::Clinician,
                    Role::Insurer,
                    Role::EmergencyResponder,
                    Role::Custodian,
                    Role::VaultOperator,
                ],
            };
            contract.act(NAMES[OWNER], admit).unwrap();
        }
        for _ in 0..super::facts::TEAMS {
            contract.team(NAMES[ADMIN], &[]);
        }
        let mut run = Self {
            log: Log::new(contract.now()),
            receipts: patients.map(Receipts::new),
            seen: patients.map(|patient| contract.info(patient)),
            stored: Dump::new(),
            contract,
            patients,
        };
        run.stored = run.dump();
        run
    }

    pub fn take(&mut self, step: &Step, ask: &Ask) {
        match step {
            Step::Wait(seconds) => self.advance(*seconds),
            Step::Until { boundary, off } => self.reach(*boundary, *off),
            Step::Anchor { patient, by, log } => self.anchor(*patient, *by, *log),
            Step::Send { patient, by, what } => {
                let by = match by {
                    By::Patient => self.log.controller(*patient),
                    By::Account(who) => *who,
                };
                self.send(*patient, by, what);
            }
        }
        for patient in [0, 1] {
            self.compare_generation(patient);
            self.compare_decisions(patient, ask);
        }
    }

    fn advance(&mut self, seconds: u64) {
        self.contract.advance(seconds);
        self.log.now = self.contract.now();
    }

    fn reach(&mut self, boundary: usize, off: i64) {
        let ahead = self.log.boundaries();
        let Some(at) = ahead.get(boundary % ahead.len().max(1)) else {
            return;
        };
        let to = at.saturating_add_signed(off);
        self.advance(to.saturating_sub(self.log.now));
    }

    fn send(&mut self, patient: usize, by: usize, what: &What) {
        let expected = self.log.expect(patient, by, what);
        let written = Written {
            contract: &self.contract,
            log: &self.log,
            patient,
            number: Uint64::new(self.patients[patient]),
        };
        let message = written.message(what);
        let rolls_back = self.may_write_before_it_fails(patient, by, what);
        let answer = self.contract.act(NAMES[by], message);
        let facts = match (expected, answer) {
            (Expected::Done(facts) | Expected::Unsure(facts), Ok(_)) => facts,
            (Expected::Refused | Expected::Unsure(_), Err(_)) => {
                return self.refused(rolls_back);
            }
            (expected, answer) => panic!(
                "{} sends {what:?}: {answer:?}, where {expected:?} was expected",
                NAMES[by]
            ),
        };
        let said = self.said(patient, what);
        for what in facts {
            self.log.facts.push(Fact {
                at: self.log.now,
                said,
                patient,
                by,
                what,
            });
        }
        self.stored = self.dump();
    }

    /// When the message that is executed was written.
    fn said(&self, patient: usize, what: &What) -> u64 {
        match what {
            What::Approve(id) => {
                let made_at = self.log.proposal(patient, *id).map(|(at, ..)| at);
                made_at.unwrap_or(self.log.now)
            }
            _ => self.log.now,
        }
    }

    /// Those that clear away what expired, or do several things: the chain takes back what they did
    /// before they failed.
    fn may_write_before_it_fails(&self, patient: usize, by: usize, what: &What) -> bool {
        match what {
            What::Approve(_) | What::PutPackages(_) | What::Appoint { .. } => true,
            What::Grant(_) | What::Revoke(_) | What::Deny(_) | What::Review { .. } => {
                self.log.controller(patient) != by
            }
            _ => false,
        }
    }

    fn refused(&mut self, rolls_back: bool) {
        let now = self.dump();
        if now == self.stored {
            return;
        }
        assert!(rolls_back, "a refused message changed what is stored");
        let storage = &mut self.contract.deps.storage;
        for (key, _) in now {
            storage.remove(&key);
        }
        for (key, value) in &self.stored {
            storage.set(key, value);
        }
    }

    fn dump(&self) -> Dump {
        let storage = &self.contract.deps.storage;
        storage.range(None, None, Order::Ascending).collect()
    }

    fn anchor(&mut self, patient: usize, by: usize, log: Anchored) {
        let (message, count, adds) = self.receipts[patient].attempt(log);
        let accepted = self.contract.act(NAMES[by], message).is_ok();
        let may = by == VAULT && self.log.holds(by, Role::VaultOperator);
        assert_eq!(accepted, may && adds, "{log:?}");
        match accepted {
            true => {
                self.receipts[patient].extended(&self.contract, count);
                self.stored = self.dump();
            }
            false => self.refused(false),
        }
        self.receipts[patient].compare(&self.contract);
    }

    /// It rises by one at a time, pending and open in turn, and just when the log says.
    fn compare_generation(&mut self, patient: usize) {
        let info = self.contract.info(self.patients[patient]);
        let last = &self.seen[patient];
        let pending = self.log.pending_since(patient).is_some();
        let raised_at_ms = self.log.last_raised(patient).map_or(0, |at| at * 1_000);
        assert_eq!(
            (info.generation, info.pending, info.raised_at_ms),
            (self.log.generation(patient), pending, raised_at_ms)
        );
        assert!(info.raised_at_ms >= last.raised_at_ms);
        match info.generation - last.generation {
            0 => assert!(info.pending || !last.pending, "opened without a number"),
            1 => assert!(last.pending && !info.pending),
            more => panic!("{more} generations at once"),
        }
        self.seen[patient] = info;
    }

    fn compare_decisions(&self, patient: usize, ask: &Ask) {
        let grounds = self.log.grounds(patient);
        for (who, name) in NAMES.iter().enumerate().take(ASKED) {
            let permits = |by: GroundRef| self.log.permits(patient, who, ask, by);
            for ground in &grounds {
                let named = self.by_ground(patient, who, ask, *ground);
                assert_eq!(named, permits(*ground), "{name} by {ground:?}");
            }
            match self.decide(patient, who, ask) {
                Decision::Permit { by } => assert!(permits(by), "{name} by {by:?}"),
                Decision::Refuse { reason, .. } => {
                    let missed = grounds.iter().find(|by| permits(**by));
                    assert_eq!(missed, None, "{name}: {reason}");
                }
            }
        }
    }

    /// As other contracts read it.
    fn by_ground(&self, patient: usize, who: usize, ask: &Ask, ground: GroundRef) -> bool {
        let who = self.contract.addr(NAMES[who]);
        let request = Request {
            patient: self.patients[patient],
            who: who.as_str(),
            purpose: ask.purpose,
            category: ask.category,
            action: ask.action,
            window: ask.window(self.log.now),
        };
        let storage: &dyn Storage = &self.contract.deps.storage;
        match read::authorize(&storage, &request, ground, self.log.now) {
            Ok((by, _)) => by == ground,
            Err(vitals_api::ApiError::Refused(_)) => false,
            Err(error) => panic!("{error}"),
        }
    }

    fn decide(&self, patient: usize, who: usize, ask: &Ask) -> Decision {
        self.contract.decide_on(DecideMsg {
            patient: Uint64::new(self.patients[patient]),
            who: self.contract.addr(NAMES[who]).into(),
            purpose: ask.purpose,
            category: ask.category,
            action: ask.action,
            window: ask.window(self.log.now),
            ground: None,
        })
    }

    /// One account controls a patient, and nothing is above its cap.
    pub fn finish(&self) {
        for patient in [0, 1] {
            let controls = |who: &usize| self.controls(*who, self.patients[patient]);
            let controllers: Vec<usize> = (0..NAMES.len()).filter(controls).collect();
            assert_eq!(controllers, [self.log.controller(patient)]);
            caps::compare(&self.contract, &self.log, patient, self.patients[patient]);
        }
    }

    fn controls(&self, who: usize, number: u64) -> bool {
        let page: PatientsPage = self
            .contract
            .ask(QueryMsg::PatientsOf {
                account: self.contract.addr(NAMES[who]).into(),
                start_after: None,
                limit: None,
            })
            .unwrap();
        page.patients.contains(&Uint64::new(number))
    }
}
