//! A token that breaks, and money that comes without a message.

use cosmwasm_std::{coins, to_json_binary};
use cw_multi_test::{AppResponse, Executor};
use vitals_testing::suite::{Refused, DENOM};
use vitals_testing::token;

use super::Run;
use crate::sequences::deed::Who;
use crate::sequences::model::{Fault, CONTRACT};
use crate::sequences::plan::Coin;

impl Run {
    pub fn break_token(&mut self, fault: Fault) {
        let broken = self.broken(&fault);
        self.bad.clone().set_fault(&mut self.world.suite, broken);
        self.model.fault = fault;
    }

    fn broken(&self, fault: &Fault) -> token::Fault {
        match fault {
            Fault::None => token::Fault::None,
            Fault::TakesFee => token::Fault::TakesFee,
            Fault::LiesAboutAmount => token::Fault::LiesAboutAmount,
            Fault::MovesNothing => token::Fault::MovesNothing,
            Fault::LiesAboutSender(who) => token::Fault::LiesAboutSender {
                sender: self.address(who),
            },
            Fault::FailsOnTransfer => token::Fault::FailsOnTransfer,
            Fault::Mute => token::Fault::Mute,
            Fault::Reenters { deed, quietly } => {
                let contract = self.address(CONTRACT);
                let msg = to_json_binary(&self.message(deed)).unwrap();
                match quietly {
                    true => token::Fault::ReentersQuietly { contract, msg },
                    false => token::Fault::Reenters { contract, msg },
                }
            }
        }
    }

    /// Money that comes without a message.
    pub fn stray(&mut self, from: Who, coin: Coin, amount: u128) -> Result<(), String> {
        let expected = self.model.clone().transfer(coin, from, CONTRACT, amount);
        let got = match self.token(coin).cloned() {
            None => self.send_coins(from, amount),
            Some(token) => {
                let transfer = token::ExecuteMsg::Transfer {
                    recipient: self.address(CONTRACT),
                    amount: amount.into(),
                };
                let suite = &mut self.world.suite;
                suite.execute(from, &token.at, &transfer)
            }
        };
        if expected.is_some() {
            self.model.transfer(coin, from, CONTRACT, amount);
        }
        match (got, expected) {
            (Ok(done), Some(())) => self.note_movements(&done),
            (Err(_), None) => Ok(()),
            (got, _) => Err(format!("{from} sends {amount} of {coin:?}: {got:?}")),
        }
    }

    fn send_coins(&mut self, from: Who, amount: u128) -> Result<AppResponse, Refused> {
        let (from, to) = (
            self.world.suite.actor(from),
            self.world.suite.at.claims.clone(),
        );
        let app = &mut self.world.suite.app;
        app.send_tokens(from, to, &coins(amount, DENOM))
            .map_err(|cause| cause.to_string())
    }
}
