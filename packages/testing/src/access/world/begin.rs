//! How the world came about.

use std::collections::BTreeMap;

use cosmwasm_std::{coin, Addr};
use cw_multi_test::Executor;
use vitals_api::admin::AdminMsg;
use vitals_api::consent::{self, recovery::Timing};
use vitals_core::measure::Measure;

use super::{Devices, World};
use crate::access::ACTORS;
use crate::device::TestBatch;
use crate::products::HIGH;
use crate::suite::DENOM;
use crate::{Suite, Token};

const DAY_S: u64 = 86_400;

impl World {
    /// # Panics
    /// Where a contract refuses what the world is made by.
    #[expect(clippy::new_without_default, reason = "making one takes a while")]
    pub fn new() -> Self {
        Self::on(Suite::new())
    }

    /// On contracts where nothing was done yet.
    ///
    /// # Panics
    /// Where a contract refuses what the world is made by.
    pub fn on(mut suite: Suite) -> Self {
        let other_contract = second_consent(&mut suite);
        let (token, other_token) = (Token::new(&mut suite), Token::new(&mut suite));
        fund(&mut suite, &[&other_contract, &token.at, &other_token.at]);
        let (patient, other_patient) = (suite.enrol("patient"), suite.enrol("other patient"));
        let (devices, episode) = nothing_yet(&suite);
        let mut world = Self {
            suite,
            patient,
            other_patient,
            generation: 1,
            grants: BTreeMap::new(),
            emergency: 0,
            team: 0,
            model: 0,
            suspended_model: 0,
            devices,
            episode,
            product: 0,
            other_product: 0,
            policy: 0,
            token,
            token_product: 0,
            invoice_product: 0,
            other_token,
            other_contract,
        };
        world.begin();
        world
    }

    fn begin(&mut self) {
        self.appoint_guardians();
        self.wait_for_notice();
        self.issue_credentials();
        self.give_grants();
        self.make_team();
        self.make_devices();
        self.sell_cover();
        self.set_ladder_and_plans();
        self.open_emergencies();
        self.take_back();
        self.suite.advance(9_000);
        self.record_episode();
        self.propose_owner();
    }

    /// A guardian's power to recover counts only after it.
    fn wait_for_notice(&mut self) {
        let timing: Timing = self
            .suite
            .query(&self.suite.at.consent, &consent::QueryMsg::Timing {})
            .expect("consent says its delays");
        self.suite
            .advance(timing.recovery_delay_s + timing.override_delay_s + DAY_S);
    }

    /// Measured two minutes ago, anchored one minute ago.
    fn record_episode(&mut self) {
        self.episode = self.record(Measure::HeartRate, &[HIGH; 3]);
        self.devices.paired.sequence = self.episode.measured().sequence;
        self.suite.advance(60);
    }

    fn propose_owner(&mut self) {
        let owner = self.address("proposed owner").to_string();
        let propose = Admin::Admin(AdminMsg::ProposeOwner { owner });
        let at = &self.suite.at;
        let all = [&at.consent, &at.registry, &at.anchor, &at.care, &at.claims].map(Addr::clone);
        for contract in &all {
            self.act("owner", contract, &propose);
        }
    }
}

/// The housekeeping of any contract.
#[derive(serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Admin {
    Admin(AdminMsg),
}

/// Filled in once there are any.
fn nothing_yet(suite: &Suite) -> (Devices, TestBatch) {
    let none = super::Known {
        seed: 0,
        device: 0,
        pairing: 0,
        action: 0,
        sequence: 0,
    };
    let devices = Devices {
        paired: none,
        free: none,
        others: none,
        suspended_makers: none,
    };
    let mut device = crate::TestDevice::new(0, suite.deployment);
    let batch = device.measure(Measure::HeartRate, suite.now_ms(), &[HIGH]);
    (devices, batch)
}

fn second_consent(suite: &mut Suite) -> Addr {
    let owner = suite.actor("owner");
    let msg = consent::InstantiateMsg {
        owner: owner.to_string(),
        timing: Timing::default(),
    };
    let code = suite
        .app
        .contract_data(&suite.at.consent)
        .expect("consent is a contract")
        .code_id;
    suite
        .app
        .instantiate_contract(code, owner, &msg, &[], "second consent", None)
        .expect("consent instantiates")
}

fn fund(suite: &mut Suite, contracts: &[&Addr]) {
    let mut accounts: Vec<Addr> = ACTORS.iter().map(|one| suite.actor(one.name)).collect();
    accounts.extend(contracts.iter().map(|at| (*at).clone()));
    accounts.push(suite.at.consent.clone());
    suite.app.init_modules(|router, _, storage| {
        for account in &accounts {
            router
                .bank
                .init_balance(storage, account, vec![coin(1_000_000, DENOM)])
                .expect("a mock bank takes balances");
        }
    });
}
