//! Step 4: products, their pools, and the policies the patient takes out before anything happens.

use anyhow::{anyhow, ensure, Result};
use cosmwasm_std::{Uint128, Uint64};
use vitals_api::claims::cw20::{Cw20ReceiveMsg, ReceiveMsg};
use vitals_api::claims::{DenomMsg, ExecuteMsg, ProductMsg, TermsMsg};
use vitals_core::decision::GroundRef;
use vitals_core::rule::Rule;

use super::claimant::Errand;
use super::people::Patient;
use super::products::{self, DAY, EPISODE, EPISODE_PREMIUM, READINGS, REBATE_PREMIUM, THRESHOLD};
use super::{number, Stage};
use crate::screen;

/// Into the pool of a product that pays an episode, and of a smaller one.
const DEPOSIT: u128 = 600_000;
const SMALL_DEPOSIT: u128 = 25_000;
/// Doses of the plan that the patient takes.
pub const DOSES: u32 = 3;

/// A product, and the patient's policy of it.
#[derive(Debug, Clone, Copy)]
pub struct Cover {
    pub product: u64,
    pub policy: u64,
}

pub struct Insurance {
    /// Pays an episode of a fast heart.
    pub episodes: Cover,
    /// The same in tokens.
    pub in_tokens: Cover,
    /// Pays each day with such an episode.
    pub days: Cover,
    /// Gives premium back for doses taken.
    pub doses: Cover,
    pub rule: Rule,
}

impl Stage<'_> {
    pub fn insurance(&mut self, patient: &Patient) -> Result<Insurance> {
        screen::step(4, "Insurance");
        self.report.step("insurance");
        let (coins, tokens) = (self.coins(), DenomMsg::Cw20(self.token.clone()));
        self.admit(&coins)?;
        let rule = products::rule(self.backend.speed());
        let episodes = products::episodes(rule.clone());
        say_rule(&rule);
        let in_coins = self.sell(&coins, episodes.clone(), DEPOSIT)?;
        let in_coins = self.bind(patient, in_coins, &coins, EPISODE_PREMIUM)?;
        let in_tokens = self.tokens(patient, &tokens, episodes)?;
        let days = self.sell(&coins, products::days(rule.clone()), SMALL_DEPOSIT)?;
        screen::say(&format!(
            "product {days}: {DAY} for each day with such an episode"
        ));
        let days = self.bind_by_program(patient, days)?;
        let doses = self.sell(&coins, products::rebate(DOSES, 1), SMALL_DEPOSIT)?;
        screen::say(&format!(
            "product {doses}: premium back for {DOSES} doses taken on a day"
        ));
        let doses = self.bind(patient, doses, &coins, REBATE_PREMIUM)?;
        self.check_books()?;
        Ok(Insurance {
            episodes: in_coins,
            in_tokens,
            days,
            doses,
            rule,
        })
    }

    /// The chain's own.
    pub fn coins(&self) -> DenomMsg {
        DenomMsg::Native(self.backend.denom().into())
    }

    fn admit(&mut self, denom: &DenomMsg) -> Result<()> {
        let claims = self.at.claims.clone();
        let admit = ExecuteMsg::AdmitDenom {
            denom: denom.clone(),
        };
        self.act("deployer", "admit_denom", &claims, &admit)?;
        Ok(())
    }

    /// Tokens take to be admitted first, and come through their own contract.
    fn tokens(&mut self, patient: &Patient, tokens: &DenomMsg, terms: TermsMsg) -> Result<Cover> {
        let claims = self.at.claims.clone();
        self.refused_tx(
            "a product in a token that is not admitted",
            "claims/denom_not_admitted",
            "insurer",
            &claims,
            &create_msg(tokens, terms.clone()),
        )?;
        self.admit(tokens)?;
        let product = self.sell(tokens, terms, DEPOSIT)?;
        let cover = self.bind(patient, product, tokens, EPISODE_PREMIUM)?;
        let false_word = ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: self.address("stranger")?,
            amount: Uint128::new(EPISODE),
            msg: serde_json::to_vec(&ReceiveMsg::Deposit {
                product: Uint64::new(product),
            })?
            .into(),
        });
        self.refused_tx(
            "a stranger telling of tokens that did not arrive",
            "claims/token_not_admitted",
            "stranger",
            &claims,
            &false_word,
        )?;
        Ok(cover)
    }

    /// A new product of the insurer's, with so much in its pool.
    pub fn sell(&mut self, denom: &DenomMsg, terms: TermsMsg, deposit: u128) -> Result<u64> {
        let claims = self.at.claims.clone();
        let create = create_msg(denom, terms);
        let created = self.act("insurer", "create_product", &claims, &create)?;
        let product = number(&created, &claims, "product_created", "product")?;
        self.products.push(product);
        self.report.insurance.products += 1;
        let msg = ReceiveMsg::Deposit {
            product: Uint64::new(product),
        };
        let call = self.paying(denom, deposit, &msg)?;
        self.act_with("insurer", kind("deposit", denom), call)?;
        Ok(product)
    }

    /// The patient takes out a policy, with itself as payee.
    pub fn bind(
        &mut self,
        patient: &Patient,
        product: u64,
        denom: &DenomMsg,
        premium: u128,
    ) -> Result<Cover> {
        let claims = self.at.claims.clone();
        let bind = ReceiveMsg::Bind {
            product: Uint64::new(product),
            version: 1,
            patient: Uint64::new(patient.id),
            ground: GroundRef::Patient {},
            payee: self.address("patient")?,
        };
        let call = self.paying(denom, premium, &bind)?;
        let bound = self.act_with("patient", kind("bind_policy", denom), call)?;
        let policy = number(&bound, &claims, "policy_bound", "policy")?;
        self.bound(product, policy)
    }

    fn bind_by_program(&mut self, patient: &Patient, product: u64) -> Result<Cover> {
        let bound = self.errand(&Errand::Bind {
            product,
            patient: patient.id,
            premium: products::DAY_PREMIUM,
        })?;
        let done = bound.map_err(|refused| anyhow!("no policy: {refused}"))?;
        self.bound(product, done.policy)
    }

    /// Everything the policy can come to pay is locked from the beginning.
    fn bound(&self, product: u64, policy: u64) -> Result<Cover> {
        let pool = self.pool(product)?;
        let info = self.policy(policy)?;
        ensure!(
            info.locked <= pool.locked && !info.locked.is_zero(),
            "nothing is locked for it: {info:?}"
        );
        screen::say(&format!(
            "product {product}, policy {policy}: premium {} paid, {} locked for it, {} free",
            info.premium_paid, info.locked, pool.free
        ));
        Ok(Cover { product, policy })
    }
}

fn say_rule(rule: &Rule) {
    screen::say(&format!(
        "{EPISODE} for {READINGS} readings of heart rate at or above {} a minute,",
        f64::from(THRESHOLD) / 10.0
    ));
    screen::say(&format!(
        "  at least {} s apart, within {} s, twice at the most",
        rule.spaced_s, rule.within_s
    ));
}

fn create_msg(denom: &DenomMsg, terms: TermsMsg) -> ExecuteMsg {
    ExecuteMsg::CreateProduct {
        insurer: None,
        product: ProductMsg {
            denom: denom.clone(),
            terms,
        },
    }
}

/// Gas is kept apart for coins and tokens.
fn kind(kind: &'static str, denom: &DenomMsg) -> &'static str {
    match (kind, denom) {
        ("deposit", DenomMsg::Cw20(_)) => "deposit_cw20",
        ("bind_policy", DenomMsg::Cw20(_)) => "bind_policy_cw20",
        _ => kind,
    }
}
