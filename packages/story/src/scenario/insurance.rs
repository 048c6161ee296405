//! Steps 4 and 8: a product, a policy, a claim that pays itself.

use anyhow::{ensure, Result};
use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_api::claims::{self, EvidenceKind, ProductMsg};
use vitals_core::decision::GroundRef;
use vitals_core::measure::Measure;
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};
use vitals_ledger::Call;

use super::people::Patient;
use super::{number, Stage};
use crate::screen;

/// Ten readings at or above 90 beats a minute (scale 1), spaced a minute, within an hour: of the
/// time the recording took. Played faster, the terms in seconds are as much shorter.
const READINGS: u8 = 10;
const THRESHOLD: i32 = 900;
const SPACED_S: u32 = 60;
const WITHIN_S: u32 = 3_600;
const BENEFIT: u128 = 250_000;
const PREMIUM: u128 = 10_000;
const DEPOSIT: u128 = 600_000;

pub struct Insurance {
    pub product: u64,
    pub policy: u64,
    pub rule: Rule,
}

impl Stage<'_> {
    pub fn insurance(&mut self, patient: &Patient) -> Result<Insurance> {
        screen::step(4, "Insurance");
        self.report.step("insurance");
        let claims = self.at.claims.clone();
        let denom = self.backend.denom().to_string();
        let admit = claims::ExecuteMsg::AdmitDenom {
            denom: denom.clone(),
        };
        self.act("deployer", "admit_denom", &claims, &admit)?;
        let rule = rule(self.backend.speed());
        let create = claims::ExecuteMsg::CreateProduct {
            product: product(&denom, rule.clone()),
        };
        let created = self.act("insurer", "create_product", &claims, &create)?;
        let product = number(&created, &claims, "product_created", "product")?;
        let deposit = claims::ExecuteMsg::Deposit {
            product: Uint64::new(product),
        };
        let deposit = Call::new(&claims, &deposit)?.with_funds(&denom, DEPOSIT);
        self.act_with("insurer", "deposit", deposit)?;
        screen::say(&format!(
            "product {product}: {BENEFIT} {denom} for {READINGS} readings of heart rate at or above {} a minute,",
            f64::from(THRESHOLD) / 10.0
        ));
        screen::say(&format!(
            "  at least {} s apart, within {} s",
            rule.spaced_s, rule.within_s
        ));
        let policy = self.bind(patient, product, &denom)?;
        Ok(Insurance {
            product,
            policy,
            rule,
        })
    }

    fn bind(&mut self, patient: &Patient, product: u64, denom: &str) -> Result<u64> {
        let claims = self.at.claims.clone();
        let bind = claims::ExecuteMsg::Bind {
            product: Uint64::new(product),
            patient: Uint64::new(patient.id),
            ground: GroundRef::Patient {},
            payee: self.address("patient")?,
        };
        let bind = Call::new(&claims, &bind)?.with_funds(denom, PREMIUM);
        let bound = self.act_with("patient", "bind_policy", bind)?;
        let policy = number(&bound, &claims, "policy_bound", "policy")?;
        let pool: claims::PoolInfo = self.ask(
            &claims,
            &claims::QueryMsg::Pool {
                product: Uint64::new(product),
            },
        )?;
        ensure!(
            pool.locked >= Uint128::new(BENEFIT),
            "the benefit is not locked: {pool:?}"
        );
        screen::say(&format!(
            "policy {policy}: premium {PREMIUM} paid, {} {denom} locked for it, {} free",
            pool.locked, pool.free
        ));
        Ok(policy)
    }

    pub fn pool_and_payee(&self, insurance: &Insurance) -> Result<(u128, u128)> {
        let pool: claims::PoolInfo = self.ask(
            &self.at.claims,
            &claims::QueryMsg::Pool {
                product: Uint64::new(insurance.product),
            },
        )?;
        let patient = self.account("patient")?;
        let payee = patient.balance(patient.address(), self.backend.denom())?;
        Ok((pool.locked.u128(), payee))
    }
}

fn rule(speed: u32) -> Rule {
    Rule {
        conditions: vec![Condition {
            measure: Measure::HeartRate,
            comparison: Comparison::AtLeast,
            threshold: THRESHOLD,
        }],
        readings: READINGS,
        spaced_s: SPACED_S.div_euclid(speed),
        within_s: WITHIN_S.div_euclid(speed),
        anchored_within_s: 7_200,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 0,
        calibrated: false,
        accept_simulated: false,
    }
}

fn product(denom: &str, rule: Rule) -> ProductMsg {
    ProductMsg {
        denom: denom.into(),
        benefit: Uint128::new(BENEFIT),
        premium: Uint128::new(PREMIUM),
        term_s: 30 * 86_400,
        waiting_s: 0,
        file_within_s: 86_400,
        max_claims: 2,
        separation_s: 60,
        terms_digest: Binary::new(vec![1; 32]),
        evidence: EvidenceKind::Disclosed,
        rule,
    }
}
