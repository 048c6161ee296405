//! What any message of claims costs does not depend on how many products, policies, claims and
//! invoices are held: the same messages on the VM with 10 and with 10,000 of each, in the products
//! that are asked and in others. The state grows on native code of the same sources.

mod common;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use cosmwasm_std::{coin, Addr, Coin, Uint128, Uint64};
use serde_json::Value;
use vitals_api::claims::{ExecuteMsg, InvoiceMsg};
use vitals_core::decision::GroundRef;
use vitals_testing::access::{Kept, World};
use vitals_testing::products::{BENEFIT, FEE, PREMIUM};
use vitals_testing::suite::{number, DENOM};
use vitals_testing::Suite;
use vitals_testing_vm::{Meter, Usage};

use common::slope::{slope, Tolerance, FEW, MANY};

mod claims_messages;

use claims_messages::{creation, MESSAGES};

/// Keys have fixed lengths; a product's book has a dozen numbers, each a byte or two longer where
/// there is more.
const TOLERANCE: Tolerance = Tolerance {
    per_mille: 10,
    bytes: 24,
};
/// Enough for every benefit of all policies.
const RICH: u128 = 1_000_000_000_000;
const PATIENT: GroundRef = GroundRef::Patient {};

/// What is sent: by whom, to which contract, with which coins.
struct Sent {
    by: &'static str,
    to: Addr,
    msg: Value,
    funds: Vec<Coin>,
}

/// A world whose claims contract holds ever more.
struct Growing {
    world: World,
    meter: Meter,
    on_vm: Arc<AtomicBool>,
    size: u64,
}

impl Growing {
    fn new() -> Self {
        let (meter, on_vm) = (Meter::default(), Arc::new(AtomicBool::new(false)));
        let suite = Suite::with_codes(common::both(&meter, &on_vm));
        let mut growing = Self {
            world: World::on(suite),
            meter,
            on_vm,
            size: 0,
        };
        growing.give("insurer", RICH);
        for product in growing.products() {
            let deposit = ExecuteMsg::Deposit { product };
            growing.world.claims("insurer", &deposit, RICH / 10);
        }
        growing
    }

    /// That the policies held are of, and the messages measured about.
    fn products(&self) -> [Uint64; 3] {
        let world = &self.world;
        [world.product, world.other_product, world.invoice_product].map(Uint64::new)
    }

    fn give(&mut self, name: &str, amount: u128) {
        let account = self.world.suite.actor(name);
        self.world.suite.app.init_modules(|router, _, storage| {
            let funds = vec![coin(amount, DENOM)];
            router.bank.init_balance(storage, &account, funds).unwrap();
        });
    }

    /// Until there is so much of everything.
    fn grow(&mut self, size: u64) {
        for i in self.size..size {
            self.hold(&format!("held-{i}"));
        }
        self.size = size;
    }

    /// One more product, and patient with a policy of each product and a claim on an invoice.
    fn hold(&mut self, name: &str) {
        self.world.claims("insurer", &creation(), 0);
        let patient = Uint64::new(self.world.suite.enrol(name));
        self.give(name, 1_000);
        for product in self.products() {
            let policy = self.bind(name, patient, product);
            if product.u64() == self.world.invoice_product {
                self.file(name, policy);
            }
        }
    }

    fn bind(&mut self, name: &str, patient: Uint64, product: Uint64) -> Uint64 {
        let bind = ExecuteMsg::Bind {
            product,
            version: 1,
            patient,
            ground: PATIENT,
            payee: self.world.suite.actor(name).into(),
        };
        let bound = self.world.claims(name, &bind, PREMIUM);
        Uint64::new(number(&bound.events, "policy_bound", "policy"))
    }

    /// For the care of the second before.
    fn file(&mut self, name: &str, policy: Uint64) {
        self.world.suite.advance(1);
        let now = self.world.suite.now_s();
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&policy.u64().to_be_bytes());
        let file = ExecuteMsg::FileInvoice {
            policy,
            ground: PATIENT,
            invoice: InvoiceMsg {
                digest: digest.to_vec().into(),
                amount: Uint128::new(BENEFIT),
                served_from: now - 1,
                served_until: now,
            },
        };
        self.world.claims(name, &file, FEE);
    }

    /// What a message uses in the VM, with what it calls, in the world as it was kept.
    fn usage(&mut self, kept: &Kept, message: fn(&mut World) -> Sent) -> Usage {
        self.world.restore(kept);
        let Sent { by, to, msg, funds } = message(&mut self.world);
        self.on_vm.store(true, Ordering::Relaxed);
        self.meter.take();
        let sender = self.world.address(by);
        let done = self.world.suite.execute_from(sender, &to, &msg, &funds);
        self.on_vm.store(false, Ordering::Relaxed);
        done.unwrap_or_else(|refused| panic!("{msg} was refused: {refused}"));
        let calls = self.meter.take();
        assert!(!calls.is_empty(), "the message did not run in the VM");
        calls.iter().map(|record| record.usage).sum()
    }

    fn usages(&mut self) -> Vec<Usage> {
        let kept = self.world.keep();
        let usages = MESSAGES.map(|(_, message)| self.usage(&kept, message));
        self.world.restore(&kept);
        usages.to_vec()
    }
}

#[test]
fn no_message_of_claims_costs_more_with_10_000_products_policies_claims_and_invoices_than_with_10()
{
    let mut growing = Growing::new();
    growing.grow(FEW);
    let few = growing.usages();
    growing.grow(MANY);
    let many = growing.usages();
    let mut slopes = Vec::new();
    for ((name, _), (few, many)) in MESSAGES.iter().zip(few.iter().zip(&many)) {
        println!(
            "{name}: {} gas with {FEW}, {} with {MANY}",
            few.sdk_gas(),
            many.sdk_gas()
        );
        let slope = slope(few, many, &TOLERANCE);
        slopes.extend(slope.map(|difference| format!("{name}: {difference}")));
    }
    assert!(
        slopes.is_empty(),
        "cost more the more there is:\n{}",
        slopes.join("\n")
    );
}

/// A message added later is measured here too.
#[test]
fn every_message_of_claims_is_measured() {
    let contract = vitals_testing::Contract::Claims;
    for message in contract.messages() {
        let measured = MESSAGES.iter().any(|(name, _)| *name == message);
        let housekeeping = message.starts_with("admin.");
        assert!(measured || housekeeping, "{message}");
    }
}
