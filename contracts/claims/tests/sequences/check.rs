//! What the contract says, against what the model does.

use cosmwasm_std::Uint128;
use vitals_api::claims::{
    ClaimInfo, ClaimsPage, ExposureInfo, OwedInfo, PoliciesPage, PolicyInfo, PoolInfo, QueryMsg,
    WaitingPage,
};
use vitals_core::insurance::ClaimState;
use vitals_testing::suite::EVERYBODY;
use vitals_testing::token;

use super::deed::{number, Who};
use super::model::{Fault, Policy, Stage, CONTRACT};
use super::plan::Coin;
use super::run::Run;

type Checked = Result<(), String>;

fn same<T: PartialEq + std::fmt::Debug>(what: &str, got: T, expected: T) -> Checked {
    if got == expected {
        return Ok(());
    }
    Err(format!(
        "{what}: the contract has {got:?}, it should have {expected:?}"
    ))
}

impl Run {
    pub fn check(&mut self) -> Checked {
        for product in 0..self.model.products.len() {
            self.check_pool(product)?;
            self.check_exposure(product)?;
            self.check_policies(product)?;
            self.check_owed(product)?;
        }
        Coin::ALL
            .into_iter()
            .try_for_each(|coin| self.check_balances(coin))
    }

    pub fn pool(&self, product: usize) -> PoolInfo {
        let product = number(product);
        self.world.query(&QueryMsg::Pool { product }).unwrap()
    }

    fn check_pool(&self, product: usize) -> Checked {
        let pool = self.pool(product);
        let sum = |parts: &[Uint128]| parts.iter().map(|part| part.u128()).sum::<u128>();
        let came = sum(&[
            pool.deposits,
            pool.premiums,
            pool.claim_deposits,
            pool.reclaimed,
        ]);
        let is_here = sum(&[pool.free, pool.locked, pool.held]);
        let benefits = sum(&[pool.paid, pool.rebated]);
        let others = sum(&[pool.withdrawn, pool.refunded, pool.returned, pool.fees]);
        same(
            "what came and what is somewhere",
            is_here + benefits + others,
            came,
        )?;

        let book = &self.model.products[product].book;
        let free = self
            .model
            .free(product)
            .ok_or("less than nothing is free")?;
        let what = format!("the pool of product {product}");
        let got = [
            pool.deposits,
            pool.premiums,
            pool.claim_deposits,
            pool.reclaimed,
            pool.free,
            pool.locked,
            pool.held,
            pool.paid,
            pool.rebated,
            pool.withdrawn,
            pool.refunded,
            pool.returned,
            pool.fees,
            pool.owed,
        ];
        let expected = [
            book.deposits,
            book.premiums,
            book.claim_deposits,
            book.reclaimed,
            free,
            self.model.locked(product),
            self.model.held(product),
            book.paid,
            book.rebated,
            book.withdrawn,
            book.refunded,
            book.returned,
            book.fees,
            book.owed(),
        ];
        same(&what, got.map(|part| part.u128()), expected)
    }

    fn check_exposure(&self, product: usize) -> Checked {
        let asked = QueryMsg::Exposure {
            product: number(product),
        };
        let got: ExposureInfo = self.world.query(&asked).unwrap();
        let policies = || self.model.policies_of(product);
        let expected = [
            policies().filter(|policy| policy.is_live()).count() as u64,
            self.model.products[product].book.bound,
            policies().map(|policy| u64::from(policy.open())).sum(),
            policies()
                .map(|policy| u64::from(policy.paid_claims()))
                .sum(),
        ];
        let counts = [
            got.policies_live,
            got.policies_bound,
            got.claims_open,
            got.claims_paid,
        ];
        let what = format!("live and bound policies, open and paid claims of product {product}");
        same(&what, counts.map(|count| count.u64()), expected)?;
        let most = policies().map(Policy::most_payable).sum();
        let what = format!("most payable of product {product}");
        same(&what, got.most_payable.u128(), most)?;
        let of_offers = policies().filter(|policy| matches!(policy.stage, Stage::Offered { .. }));
        let held: u128 = of_offers.map(|policy| policy.premium_paid).sum();
        let book = &self.model.products[product].book;
        let net = book.premiums - book.refunded - held;
        let what = format!("net premiums of product {product}");
        same(&what, got.premiums_net.u128(), net)
    }

    fn check_policies(&mut self, product: usize) -> Checked {
        for info in self.policies_of(product) {
            let at = info.policy.u64() as usize - 1;
            let policy = self.model.policies[at].clone();
            self.check_policy(&info, &policy)?;
            self.check_claims(at, &policy)?;
            self.reached.policies.insert(format!("{:?}", info.state));
        }
        let counted = self.model.policies_of(product).count();
        same("policies", self.policies_of(product).len(), counted)
    }

    fn policies_of(&self, product: usize) -> Vec<PolicyInfo> {
        let mut all: Vec<PolicyInfo> = Vec::new();
        loop {
            let asked = QueryMsg::ProductPolicies {
                product: number(product),
                state: None,
                start_after: all.last().map(|info| info.policy),
                limit: Some(30),
            };
            let page: PoliciesPage = self.world.query(&asked).unwrap();
            all.extend(page.policies);
            if page.next.is_none() {
                return all;
            }
        }
    }

    fn check_policy(&self, info: &PolicyInfo, policy: &Policy) -> Checked {
        let what = format!("policy {}", info.policy);
        same(&what, info.state, policy.state(self.model.now()))?;
        let money = [info.locked.u128(), info.premium_paid.u128()];
        same(&what, money, [policy.locked(), policy.premium_paid])?;
        let counts = [info.claims_paid, info.claims_open, info.reward_days];
        let days = policy.days_shown.len() as u16;
        same(&what, counts, [policy.paid_claims(), policy.open(), days])?;
        same(&what, info.rebated, policy.rebated)?;
        let people = (info.payee.clone(), info.policyholder.clone());
        let expected = (
            self.address(policy.payee),
            Some(self.address(policy.holder)),
        );
        same(&what, people, expected)
    }

    /// None is paid more than was claimed, and together they are paid no more than is promised.
    fn check_claims(&mut self, at: usize, policy: &Policy) -> Checked {
        if policy.claims.is_empty() {
            return Ok(());
        }
        let claims = self.claims_of(at);
        let now = self.model.now();
        let got: Vec<(ClaimState, u128)> =
            claims.iter().map(|it| (it.state, it.paid.u128())).collect();
        let told = policy
            .claims
            .iter()
            .map(|it| (it.state(now), it.paid))
            .collect();
        same(&format!("claims of policy {}", at + 1), got, told)?;
        for claim in &claims {
            self.reached.claims.insert(format!("{:?}", claim.state));
        }
        let paid: u128 = claims.iter().map(|claim| claim.paid.u128()).sum();
        let most = u128::from(policy.plan.most) * policy.plan.benefit;
        if paid > most {
            return Err(format!("policy {} paid {paid} of {most}", at + 1));
        }
        Ok(())
    }

    pub fn claims_of(&self, policy: usize) -> Vec<ClaimInfo> {
        let mut all: Vec<ClaimInfo> = Vec::new();
        loop {
            let asked = QueryMsg::Claims {
                policy: number(policy),
                start_after: all.last().map(|claim| claim.claim),
                limit: Some(30),
            };
            let page: ClaimsPage = self.world.query(&asked).unwrap();
            all.extend(page.claims);
            if page.next.is_none() {
                return all;
            }
        }
    }

    /// What one person asked for.
    pub fn check_waiting(&self, product: usize) -> Checked {
        let asked = QueryMsg::Waiting {
            product: number(product),
            start_after: None,
            limit: Some(30),
        };
        let page: WaitingPage = self.world.query(&asked).unwrap();
        let got: Vec<(bool, u128)> = page
            .waiting
            .iter()
            .map(|it| (it.claim.is_some() || it.terms.is_some(), it.amount.u128()))
            .collect();
        let waiting = self.model.waiting.iter();
        let of_product = waiting.filter(|((at, _), _)| *at == product);
        let told = of_product
            .map(|((_, claim), it)| (claim.is_some(), it.0))
            .collect();
        same(&format!("what waits in product {product}"), got, told)
    }

    fn check_owed(&self, product: usize) -> Checked {
        for (account, (amount, since)) in &self.model.products[product].book.owed {
            let asked = QueryMsg::Owed {
                product: number(product),
                account: self.address(account),
            };
            let got: OwedInfo = self.world.query(&asked).unwrap();
            let what = format!("owed to {account}");
            same(
                &what,
                (got.amount.u128(), got.since),
                (*amount, Some(*since)),
            )?;
        }
        Ok(())
    }

    /// What bank and tokens say is what the contract keeps and what strayed to it; and nobody has
    /// more or less than was rightly paid.
    fn check_balances(&mut self, coin: Coin) -> Checked {
        let is_mute = coin == Coin::Bad && matches!(self.model.fault, Fault::Mute);
        if is_mute {
            let well = token::Fault::None;
            self.bad.clone().set_fault(&mut self.world.suite, well);
        }
        let names = EVERYBODY.into_iter().chain([CONTRACT]);
        for who in names {
            let what = format!("{coin:?} of {who}");
            same(&what, self.has(coin, who), self.model.balance(coin, who))?;
        }
        self.model.strays(coin);
        if is_mute {
            let mute = token::Fault::Mute;
            self.bad.clone().set_fault(&mut self.world.suite, mute);
        }
        Ok(())
    }

    pub fn has(&self, coin: Coin, who: Who) -> u128 {
        match (self.token(coin), who) {
            (None, CONTRACT) => self.world.held(),
            (None, _) => self.world.suite.balance(who),
            (Some(token), CONTRACT) => {
                token.balance(&self.world.suite, &self.world.suite.at.claims)
            }
            (Some(token), _) => token.balance(&self.world.suite, &self.world.suite.actor(who)),
        }
    }
}
