//! A token that products are sold in: `cw20_base`, as it is.

use anyhow::Result;
use serde_json::json;
use vitals_api::claims::cw20::{ReceiveMsg, TokenExecuteMsg};
use vitals_api::claims::{DenomMsg, ExecuteMsg};

use super::super::stage::Stage;
use super::{amount, CLAIMS};
use crate::Gas;

/// What insurer and patient have of it.
const SUPPLY: &str = "10000000";

pub struct Token {
    pub at: String,
}

impl Token {
    /// The deployer may migrate it.
    pub fn admitted(stage: &mut Stage<'_>, asked: &Gas) -> Result<Self> {
        let holder = |name| Ok(json!({ "address": stage.address(name)?, "amount": SUPPLY }));
        let holders: Result<Vec<_>> = ["insurer", "patient"].into_iter().map(holder).collect();
        let token = json!({
            "name": "Paid in", "symbol": "PAID", "decimals": 6, "initial_balances": holders?,
        });
        let token = Self {
            at: stage.create_owned(&asked.cw20, &token)?,
        };
        let denom = token.denom();
        let admit = ExecuteMsg::AdmitDenom { denom };
        stage.measure_as("claims.admit_denom_cw20", "deployer", CLAIMS, &admit)?;
        Ok(token)
    }

    pub fn denom(&self) -> DenomMsg {
        DenomMsg::Cw20(self.at.clone())
    }

    /// For claims, with a message.
    pub fn sending(
        &self,
        stage: &Stage<'_>,
        tokens: u128,
        msg: &ReceiveMsg,
    ) -> Result<TokenExecuteMsg> {
        Ok(TokenExecuteMsg::Send {
            contract: stage.at(CLAIMS)?.into(),
            amount: amount(tokens),
            msg: serde_json::to_vec(msg)?.into(),
        })
    }

    /// From now on its contract is one that answers every message alike. There is no way back:
    /// `cw20_base` is not migrated to.
    pub fn answers_all(&self, stage: &Stage<'_>, how: Answer) -> Result<()> {
        let code = wat::parse_str(how.text())?;
        let deployer = stage.sender("deployer")?;
        let stored = deployer.store_code(&code)?;
        deployer.migrate(&self.at, stored.code_id, &json!({}))?;
        Ok(())
    }
}

/// What a contract does with whatever it is told.
#[derive(Clone, Copy)]
pub enum Answer {
    Refuses,
    Takes,
}

impl Answer {
    fn text(self) -> String {
        let execute = match self {
            Answer::Refuses => "unreachable",
            Answer::Takes => "(i32.const 0)",
        };
        include_str!("answering.wat").replace("{execute}", execute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_answers_are_contracts() {
        for answer in [Answer::Refuses, Answer::Takes] {
            assert!(wat::parse_str(answer.text()).is_ok());
        }
    }
}
