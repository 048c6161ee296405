//! After each chapter of insurance: every coin that came into a product is somewhere, and the
//! contract has what its books say.

use anyhow::{ensure, Result};
use cosmwasm_std::{Uint128, Uint64};
use vitals_api::claims::cw20::{ReceiveMsg, TokenBalance, TokenExecuteMsg, TokenQueryMsg};
use vitals_api::claims::{DenomMsg, PolicyInfo, PoolInfo, QueryMsg};
use vitals_ledger::Call;

use super::Stage;

impl Stage<'_> {
    pub fn pool(&self, product: u64) -> Result<PoolInfo> {
        let product = Uint64::new(product);
        self.ask(&self.at.claims, &QueryMsg::Pool { product })
    }

    pub fn policy(&self, policy: u64) -> Result<PolicyInfo> {
        let policy = Uint64::new(policy);
        self.ask(&self.at.claims, &QueryMsg::Policy { policy })
    }

    /// What an account has, in coins or tokens.
    pub fn holds(&self, address: &str, denom: &DenomMsg) -> Result<u128> {
        match denom {
            DenomMsg::Native(denom) => Ok(self.account("stranger")?.balance(address, denom)?),
            DenomMsg::Cw20(token) => {
                let asked = TokenQueryMsg::Balance {
                    address: address.into(),
                };
                let answer: TokenBalance = self.ask(token, &asked)?;
                Ok(answer.balance.u128())
            }
        }
    }

    /// A message that takes funds: coins go along with it, tokens bring it.
    pub fn paying(&self, denom: &DenomMsg, amount: u128, msg: &ReceiveMsg) -> Result<Call> {
        let claims = &self.at.claims;
        match denom {
            DenomMsg::Native(denom) => Ok(Call::new(claims, msg)?.with_funds(denom, amount)),
            DenomMsg::Cw20(token) => {
                let send = TokenExecuteMsg::Send {
                    contract: claims.clone(),
                    amount: Uint128::new(amount),
                    msg: serde_json::to_vec(msg)?.into(),
                };
                Ok(Call::new(token, &send)?)
            }
        }
    }

    /// Ends a chapter.
    pub fn check_books(&mut self) -> Result<()> {
        let mut kept: Vec<(DenomMsg, u128)> = Vec::new();
        for product in &self.products {
            let pool = self.pool(*product)?;
            ensure!(adds_up(&pool), "product {product} lost count: {pool:?}");
            let here = [pool.free, pool.locked, pool.held, pool.owed];
            let here = here.map(|sum| sum.u128()).iter().sum::<u128>();
            match kept.iter_mut().find(|(denom, _)| *denom == pool.denom) {
                Some((_, sum)) => *sum += here,
                None => kept.push((pool.denom, here)),
            }
        }
        for (denom, sum) in kept {
            let has = self.holds(&self.at.claims, &denom)?;
            ensure!(has == sum, "claims has {has} of {denom:?}, its books {sum}");
        }
        self.report.insurance.books_checked += 1;
        Ok(())
    }
}

/// What came in is here or has left.
fn adds_up(pool: &PoolInfo) -> bool {
    let sum = |sums: &[Uint128]| sums.iter().map(|sum| sum.u128()).sum::<u128>();
    let came = [
        pool.deposits,
        pool.premiums,
        pool.claim_deposits,
        pool.reclaimed,
    ];
    let here = [pool.free, pool.locked, pool.held];
    let left = [
        pool.paid,
        pool.rebated,
        pool.withdrawn,
        pool.refunded,
        pool.returned,
        pool.fees,
    ];
    sum(&came) == sum(&here) + sum(&left)
}
