//! Who works for the insurer, what everybody has, and what is sold.

use vitals_api::claims::{ExecuteMsg, ProductMsg, StaffPart};
use vitals_api::consent;
use vitals_core::decision::{Power, Role};
use vitals_core::set::Member;
use vitals_testing::suite::EVERYBODY;

use super::Run;
use crate::sequences::deed::Deed;
use crate::sequences::model::{Product, ARBITER, INSURER, PATIENTS, STAFF};
use crate::sequences::plan::{catalogue, Coin};

/// In each pool to begin with.
const DEPOSIT: u128 = 700;
const YEAR_S: u64 = 31_536_000;

impl Run {
    pub(super) fn employ(&mut self) {
        for account in STAFF {
            let msg = ExecuteMsg::SetStaff {
                account: self.address(account),
                parts: StaffPart::ALL.to_vec(),
            };
            self.world.tell(INSURER, &msg).unwrap();
        }
        self.world.suite.credential(INSURER, Role::Insurer);
        let until = self.world.suite.now_s() + YEAR_S;
        let appoint = consent::ExecuteMsg::AppointGuardian {
            patient: self.patients[0].into(),
            guardian: self.address("guardian"),
            powers: vec![Power::Claim],
            until,
        };
        let consent = self.world.suite.at.consent.clone();
        let suite = &mut self.world.suite;
        suite.execute(PATIENTS[0], &consent, &appoint).unwrap();
        self.model.lasts_until = until;
        self.tell_time();
    }

    /// What everybody has to begin with.
    pub(super) fn count(&mut self) {
        for who in EVERYBODY {
            for coin in Coin::ALL {
                let has = self.has(coin, who);
                self.model.balances.insert((coin, who), has);
            }
        }
    }

    pub(super) fn sell(&mut self) {
        for (coin, plan) in catalogue() {
            let product = ProductMsg {
                denom: self.denom(coin),
                terms: plan.terms(&self.address(ARBITER)),
            };
            self.world.create_as(INSURER, None, product).unwrap();
            self.model.products.push(Product {
                coin,
                versions: vec![plan],
                on_sale: true,
                two_people_above: None,
                book: Default::default(),
            });
            let product = self.model.products.len() - 1;
            let deposit = Deed::Deposit { product };
            assert_eq!(
                self.send(INSURER, &deposit, Some((coin, DEPOSIT))),
                Ok(true)
            );
        }
        for (product, above) in [(0, 120), (2, 150)] {
            let amount = Some(above);
            let limit = Deed::TwoPeopleAbove { product, amount };
            assert_eq!(self.send(INSURER, &limit, None), Ok(true));
        }
    }
}
