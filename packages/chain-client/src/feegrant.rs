//! Fee grants: an account pays the fees of another one, within bounds that the chain keeps. See
//! <https://docs.cosmos.network/sdk/latest/modules/feegrant/README>.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cosmrs::feegrant::{
    AllowedMsgAllowance, BasicAllowance, MsgGrantAllowance, MsgRevokeAllowance, PeriodicAllowance,
};
use cosmrs::proto::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use cosmrs::proto::cosmos::feegrant::v1beta1::{
    self as proto, QueryAllowancesByGranterRequest, QueryAllowancesByGranterResponse,
};
use cosmrs::proto::traits::{Message, Name};
use cosmrs::tx::Msg;
use cosmrs::{Any, Coin};

use crate::{input, Error, Node, Result, Sender, TxResult};

/// The one message type that these grants pay for: a call of a contract, whichever it is.
pub const EXECUTE: &str = "/cosmwasm.wasm.v1.MsgExecuteContract";

/// Allowances asked for at once.
const PAGE: u64 = 100;

/// What may be spent on fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// In all, or what is left of it; without any there is no limit.
    pub total: Vec<Coin>,
    pub period: Option<Period>,
    /// Second since 1970 from which on nothing may be spent.
    pub expires_s: Option<u64>,
}

/// A limit that begins anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    pub seconds: u64,
    pub most: Vec<Coin>,
}

/// An allowance as the chain keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    pub grantee: String,
    pub allowance: Allowance,
    /// Message types it pays for; any where absent.
    pub messages: Option<Vec<String>>,
}

impl Granted {
    /// Whether it pays for calls of contracts and nothing else.
    pub fn is_for_calls_alone(&self) -> bool {
        self.messages.as_deref() == Some(&[EXECUTE.to_string()])
    }
}

impl Allowance {
    /// Restricted to calls of contracts.
    fn into_any(self) -> Result<Any> {
        let basic = BasicAllowance {
            spend_limit: self.total,
            expiration: self.expires_s.map(time),
        };
        let inner = match self.period {
            None => basic.into_any(),
            Some(period) => PeriodicAllowance {
                basic: Some(basic),
                period: Some(Duration::from_secs(period.seconds)),
                period_spend_limit: period.most.clone(),
                period_can_spend: period.most,
                period_reset: None,
            }
            .into_any(),
        };
        let restricted = AllowedMsgAllowance {
            allowance: Some(inner.map_err(unusable)?),
            allowed_messages: vec![EXECUTE.into()],
        };
        restricted.into_any().map_err(unusable)
    }
}

impl Sender {
    /// Lets another account spend on calls of contracts. The chain makes the account where there is
    /// none, and refuses a second allowance for one that has one.
    pub fn grant_allowance(&self, grantee: &str, allowance: Allowance) -> Result<TxResult> {
        self.send(vec![self.granting(grantee, allowance)?])
    }

    /// Puts another allowance in the place of the one there is, in one transaction.
    pub fn replace_allowance(&self, grantee: &str, allowance: Allowance) -> Result<TxResult> {
        self.send(vec![
            self.revoking(grantee)?,
            self.granting(grantee, allowance)?,
        ])
    }

    /// Takes them back; all or none.
    pub fn revoke_allowances(&self, grantees: &[String]) -> Result<TxResult> {
        let revoking = grantees.iter().map(|grantee| self.revoking(grantee));
        self.send(revoking.collect::<Result<_>>()?)
    }

    fn granting(&self, grantee: &str, allowance: Allowance) -> Result<Any> {
        let msg = MsgGrantAllowance {
            granter: self.wallet().account_id().clone(),
            grantee: input::address("grantee", grantee)?,
            allowance: Some(allowance.into_any()?),
        };
        msg.into_any().map_err(unusable)
    }

    fn revoking(&self, grantee: &str) -> Result<Any> {
        let msg = MsgRevokeAllowance {
            granter: self.wallet().account_id().clone(),
            grantee: input::address("grantee", grantee)?,
        };
        msg.into_any().map_err(unusable)
    }
}

impl Node {
    /// Every allowance an account has given and not taken back. The chain drops one that expired
    /// or is spent some time after.
    pub fn allowances_of(&self, granter: &str) -> Result<Vec<Granted>> {
        let granter = String::from(input::address("granter", granter)?);
        let (mut all, mut key) = (Vec::new(), Vec::new());
        loop {
            let request = QueryAllowancesByGranterRequest {
                granter: granter.clone(),
                pagination: Some(PageRequest {
                    key,
                    limit: PAGE,
                    ..PageRequest::default()
                }),
            };
            let (answer, _): (QueryAllowancesByGranterResponse, _) = self.rpc().query(
                "/cosmos.feegrant.v1beta1.Query/AllowancesByGranter",
                &request,
            )?;
            let page = answer.allowances.into_iter().map(read);
            all.extend(page.collect::<Result<Vec<_>>>()?);
            key = next(answer.pagination);
            if key.is_empty() {
                return Ok(all);
            }
        }
    }
}

fn next(page: Option<PageResponse>) -> Vec<u8> {
    page.map(|page| page.next_key).unwrap_or_default()
}

fn read(grant: proto::Grant) -> Result<Granted> {
    let none = || Error::decode("allowance", "none in the grant");
    let allowance = grant.allowance.ok_or_else(none)?;
    let (messages, inner) = match allowance.type_url == proto::AllowedMsgAllowance::type_url() {
        false => (None, allowance),
        true => {
            let restricted: proto::AllowedMsgAllowance = decode(&allowance.value)?;
            let inner = restricted.allowance.ok_or_else(none)?;
            (Some(restricted.allowed_messages), inner)
        }
    };
    Ok(Granted {
        grantee: grant.grantee,
        allowance: read_inner(&inner.type_url, &inner.value)?,
        messages,
    })
}

fn read_inner(type_url: &str, value: &[u8]) -> Result<Allowance> {
    if type_url == proto::BasicAllowance::type_url() {
        return basic(decode::<proto::BasicAllowance>(value)?);
    }
    if type_url != proto::PeriodicAllowance::type_url() {
        return Err(Error::decode("allowance", format!("type {type_url}")));
    }
    let periodic: proto::PeriodicAllowance = decode(value)?;
    let seconds = periodic.period.map_or(0, |period| period.seconds);
    let period = Period {
        seconds: u64::try_from(seconds).map_err(|cause| Error::decode("allowance", cause))?,
        most: coins(&periodic.period_spend_limit)?,
    };
    Ok(Allowance {
        period: Some(period),
        ..basic(periodic.basic.unwrap_or_default())?
    })
}

fn basic(allowance: proto::BasicAllowance) -> Result<Allowance> {
    let expires = allowance.expiration.map(|at| u64::try_from(at.seconds));
    Ok(Allowance {
        total: coins(&allowance.spend_limit)?,
        period: None,
        expires_s: expires
            .transpose()
            .map_err(|cause| Error::decode("allowance", cause))?,
    })
}

fn coins(coins: &[cosmrs::proto::cosmos::base::v1beta1::Coin]) -> Result<Vec<Coin>> {
    let read = |coin| Coin::try_from(coin).map_err(|e| Error::decode("coin", format!("{e:#}")));
    coins.iter().map(read).collect()
}

fn decode<M: Message + Default>(bytes: &[u8]) -> Result<M> {
    M::decode(bytes).map_err(|cause| Error::decode("allowance", cause))
}

fn time(seconds: u64) -> SystemTime {
    // later than any block's time where it is more than a clock can say
    UNIX_EPOCH
        .checked_add(Duration::from_secs(seconds.min(LAST_S)))
        .unwrap_or(UNIX_EPOCH)
}

/// The last second of the year 9999, beyond which protobuf has no time.
const LAST_S: u64 = 253_402_300_799;

fn unusable(cause: cosmrs::ErrorReport) -> Error {
    Error::input("allowance", format!("{cause:#}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coin(amount: u128) -> Coin {
        Coin {
            denom: "uvital".parse().unwrap(),
            amount,
        }
    }

    /// What the chain would answer of it.
    fn kept(allowance: Allowance) -> Granted {
        let grant = proto::Grant {
            granter: "wasm1granter".into(),
            grantee: "wasm1grantee".into(),
            allowance: Some(allowance.into_any().unwrap()),
        };
        read(grant).unwrap()
    }

    #[test]
    fn every_allowance_that_is_given_pays_for_calls_of_contracts_alone() {
        let all = Allowance {
            total: vec![coin(500)],
            period: Some(Period {
                seconds: 86_400,
                most: vec![coin(50)],
            }),
            expires_s: Some(1_800_000_000),
        };
        let total = Allowance {
            period: None,
            ..all.clone()
        };
        for allowance in [all, total] {
            let granted = kept(allowance.clone());
            assert_eq!(granted.allowance, allowance);
            assert!(granted.is_for_calls_alone());
        }
    }

    #[test]
    fn an_allowance_that_others_gave_for_anything_is_told_as_that() {
        let any = BasicAllowance {
            spend_limit: vec![],
            expiration: None,
        };
        let grant = proto::Grant {
            allowance: Some(any.into_any().unwrap()),
            ..proto::Grant::default()
        };
        let granted = read(grant).unwrap();
        assert_eq!(granted.messages, None);
        assert!(!granted.is_for_calls_alone());
    }

    #[test]
    fn an_expiry_beyond_all_clocks_is_the_last_there_is() {
        let forever = Allowance {
            total: vec![coin(1)],
            period: None,
            expires_s: Some(u64::MAX),
        };
        assert_eq!(kept(forever).allowance.expires_s, Some(LAST_S));
    }
}
