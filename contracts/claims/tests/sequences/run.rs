//! The contract and the model side by side.

use std::collections::BTreeMap;

use cosmwasm_std::{coins, from_json, to_json_vec};
use cw_multi_test::AppResponse;
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{DenomMsg, ExecuteMsg};
use vitals_core::measure::Measure;
use vitals_testing::device::TestBatch;
use vitals_testing::suite::{Refused, DENOM};
use vitals_testing::{TestDevice, Token};

use super::deed::{number, Deed, Who};
use super::model::{Episode, Model, ARBITER, CONTRACT, PATIENTS, TOKEN};
use super::plan::{Coin, Plan, STEPS};
use super::reached::Reached;
use crate::common::{evidence, World, HIGH};

mod amiss;
mod begin;

pub struct Run {
    pub world: World,
    pub model: Model,
    pub good: Token,
    pub bad: Token,
    pub patients: [u64; 2],
    pub reached: Reached,
    devices: [TestDevice; 2],
    batches: Vec<TestBatch>,
    /// Numbers of the last movements, by product.
    movements: BTreeMap<u64, u64>,
}

impl Run {
    pub fn new() -> Self {
        let mut world = World::before_any_product();
        let good = Token::new(&mut world.suite);
        let bad = Token::new(&mut world.suite);
        for token in [&good, &bad] {
            let denom = DenomMsg::Cw20(token.at.to_string());
            let admit = ExecuteMsg::AdmitDenom { denom };
            world.tell("owner", &admit).unwrap();
        }
        let patients = [world.patient, world.suite.enrol(PATIENTS[1])];
        let devices = [0, 1].map(|at: usize| {
            let measures = [Measure::HeartRate, Measure::Steps];
            let suite = &mut world.suite;
            suite.paired_device(10 + at as u8, &measures, PATIENTS[at], patients[at])
        });
        let mut run = Self {
            world,
            model: Model::default(),
            good,
            bad,
            patients,
            reached: Reached::default(),
            devices,
            batches: Vec::new(),
            movements: BTreeMap::new(),
        };
        run.employ();
        run.count();
        run.sell();
        run
    }

    pub fn address(&self, who: Who) -> String {
        match who {
            CONTRACT => self.world.suite.at.claims.to_string(),
            TOKEN => self.bad.at.to_string(),
            _ => self.world.suite.actor(who).to_string(),
        }
    }

    pub fn token(&self, coin: Coin) -> Option<&Token> {
        match coin {
            Coin::Native => None,
            Coin::Good => Some(&self.good),
            Coin::Bad => Some(&self.bad),
        }
    }

    fn denom(&self, coin: Coin) -> DenomMsg {
        match self.token(coin) {
            None => DenomMsg::Native(DENOM.into()),
            Some(token) => DenomMsg::Cw20(token.at.to_string()),
        }
    }

    /// Whether it was obeyed, by both alike.
    pub fn send(
        &mut self,
        from: Who,
        deed: &Deed,
        funds: Option<(Coin, u128)>,
    ) -> Result<bool, String> {
        let before = self.stored();
        let expected = self.model.execute(from, deed, funds);
        let got = self.told(from, deed, funds);
        if got.is_ok() != expected {
            let got = got.map(|_| ());
            return Err(format!(
                "{from}, {deed:?}, {funds:?}: expected {expected}, got {got:?}"
            ));
        }
        match got {
            Ok(done) => self.note_movements(&done)?,
            Err(_) if self.stored() != before => {
                return Err(format!("{deed:?} was refused and changed something"));
            }
            Err(_) => {}
        }
        Ok(expected)
    }

    /// All that the contract has stored.
    fn stored(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.world
            .suite
            .app
            .dump_wasm_raw(&self.world.suite.at.claims)
    }

    fn told(
        &mut self,
        from: Who,
        deed: &Deed,
        funds: Option<(Coin, u128)>,
    ) -> Result<AppResponse, Refused> {
        let address = |who| self.address(who);
        let carried = deed.receive(self.patients, &address);
        let Some(carried) = carried else {
            let msg = self.message(deed);
            return self.world.tell(from, &msg);
        };
        match funds {
            Some((coin @ (Coin::Good | Coin::Bad), amount)) => {
                let claims = self.world.suite.at.claims.clone();
                let token = self.token(coin).unwrap().clone();
                token.send(&mut self.world.suite, from, &claims, amount, &carried)
            }
            Some((Coin::Native, amount)) => {
                self.world
                    .send(from, &namesake(&carried), &coins(amount, DENOM))
            }
            None => self.world.tell(from, &namesake(&carried)),
        }
    }

    pub(super) fn message(&self, deed: &Deed) -> ExecuteMsg {
        let shown = |policy: usize, episode: usize| {
            let of = self.model.episodes[episode].patient;
            let batch = &self.batches[episode];
            (
                number(policy),
                vec![evidence(self.patients[of], batch, &[0])],
            )
        };
        match *deed {
            Deed::Claim {
                policy,
                ground,
                episode,
            } => {
                let (policy, evidence) = shown(policy, episode);
                let ground = ground.into();
                ExecuteMsg::Claim {
                    policy,
                    ground,
                    evidence,
                }
            }
            Deed::ClaimReward {
                policy,
                ground,
                episode,
            } => {
                let (policy, evidence) = shown(policy, episode);
                let ground = ground.into();
                ExecuteMsg::ClaimReward {
                    policy,
                    ground,
                    evidence,
                }
            }
            Deed::Amend { product, benefit } => {
                let latest = self.model.products[product].versions.last().unwrap();
                let plan = Plan {
                    benefit,
                    ..latest.clone()
                };
                ExecuteMsg::AmendProduct {
                    product: number(product),
                    terms: plan.terms(&self.address(ARBITER)),
                }
            }
            _ => deed.plain(&|who| self.address(who)).unwrap(),
        }
    }

    /// Movements are numbered without a hole.
    fn note_movements(&mut self, done: &AppResponse) -> Result<(), String> {
        for event in done.events.iter().filter(|e| e.ty == "wasm-money_moved") {
            let value = |key: &str| {
                let found = event.attributes.iter().find(|a| a.key == key);
                found.map(|a| a.value.clone()).unwrap_or_default()
            };
            let (product, at): (u64, u64) = (
                value("product").parse().unwrap(),
                value("movement").parse().unwrap(),
            );
            let last = self.movements.entry(product).or_default();
            if at != *last + 1 {
                return Err(format!("movement {at} of product {product} follows {last}"));
            }
            *last = at;
            self.reached.moved.insert(value("kind"));
        }
        Ok(())
    }

    /// The patient's device measures now; a second later the chain knows.
    pub fn measure(&mut self, patient: usize, steps: bool) -> usize {
        let (measure, value) = if steps {
            (Measure::Steps, STEPS)
        } else {
            (Measure::HeartRate, HIGH)
        };
        let at_ms = self.world.suite.now_ms();
        let batch = self.devices[patient].measure(measure, at_ms, &[value]);
        self.advance_ms(1_000);
        self.world.suite.anchor(PATIENTS[patient], &batch).unwrap();
        self.batches.push(batch);
        self.model.episodes.push(Episode {
            patient,
            at_ms,
            anchored_ms: self.model.now_ms,
            steps,
        });
        self.batches.len() - 1
    }

    pub fn advance_ms(&mut self, ms: u64) {
        self.world.suite.app.update_block(|block| {
            block.time = block.time.plus_nanos(ms * 1_000_000);
            block.height += 1;
        });
        self.tell_time();
    }

    fn tell_time(&mut self) {
        self.model.now_ms = self.world.suite.now_ms();
    }
}

/// The message that brings coins of the chain as the other brings tokens.
fn namesake(carried: &ReceiveMsg) -> ExecuteMsg {
    from_json(to_json_vec(carried).unwrap()).unwrap()
}
