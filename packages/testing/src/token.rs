//! A cw20 token that can be made to misbehave: what an insurer's contract must not trust.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    to_json_binary, Addr, Binary, Deps, DepsMut, Env, MessageInfo, Reply, Response, StdError,
    StdResult, Storage, SubMsg, Uint128, WasmMsg,
};
use cw_multi_test::{AppResponse, ContractWrapper, Executor};
use cw_storage_plus::{Item, Map};
use serde::Serialize;
use vitals_api::claims::cw20::{Cw20ReceiveMsg, TokenBalance, TokenQueryMsg};

use crate::suite::{Refused, Suite, EVERYBODY};
use crate::Code;

/// What everybody of the suite has of it.
pub const SUPPLY: u128 = 1_000_000;
/// What a token that takes a fee keeps of each transfer.
pub const FEE: u128 = 1;

const BALANCES: Map<&Addr, u128> = Map::new("balances");
const FAULT: Item<Fault> = Item::new("fault");

/// What is wrong with it.
#[cw_serde]
pub enum Fault {
    None,
    /// Delivers [`FEE`] less than it says.
    TakesFee,
    /// Says that it sent twice what it moved.
    LiesAboutAmount,
    /// Moves nothing, and says it did.
    MovesNothing,
    /// Says that somebody else sent it.
    LiesAboutSender {
        sender: String,
    },
    /// Refuses transfers; it still takes tokens in.
    FailsOnTransfer,
    /// Does not answer questions.
    Mute,
    /// In each transfer, sends a message to a contract before it moves anything.
    Reenters {
        contract: String,
        msg: Binary,
    },
    /// The same, and goes on when that contract refuses.
    ReentersQuietly {
        contract: String,
        msg: Binary,
    },
}

/// As the CW-20 specification has them, and how it is broken.
#[cw_serde]
pub enum ExecuteMsg {
    Transfer {
        recipient: String,
        amount: Uint128,
    },
    Send {
        contract: String,
        amount: Uint128,
        msg: Binary,
    },
    Break {
        fault: Fault,
    },
}

/// What the specification names the message to a contract that gets tokens.
#[cw_serde]
enum Hook {
    Receive(Cw20ReceiveMsg),
}

#[cw_serde]
struct InstantiateMsg {
    holders: Vec<String>,
}

fn instantiate(
    deps: DepsMut,
    _env: Env,
    _info: MessageInfo,
    msg: InstantiateMsg,
) -> StdResult<Response> {
    FAULT.save(deps.storage, &Fault::None)?;
    for holder in msg.holders {
        BALANCES.save(deps.storage, &Addr::unchecked(holder), &SUPPLY)?;
    }
    Ok(Response::new())
}

fn execute(deps: DepsMut, _env: Env, info: MessageInfo, msg: ExecuteMsg) -> StdResult<Response> {
    let fault = FAULT.load(deps.storage)?;
    match msg {
        ExecuteMsg::Break { fault } => {
            FAULT.save(deps.storage, &fault)?;
            Ok(Response::new())
        }
        ExecuteMsg::Transfer { recipient, amount } => {
            let to = Addr::unchecked(recipient);
            transfer(deps.storage, &fault, &info.sender, &to, amount)
        }
        ExecuteMsg::Send {
            contract,
            amount,
            msg,
        } => {
            let to = Addr::unchecked(&contract);
            move_tokens(deps.storage, &fault, &info.sender, &to, amount)?;
            let hook = Hook::Receive(Cw20ReceiveMsg {
                sender: said_sender(&fault, &info.sender),
                amount: said_amount(&fault, amount),
                msg,
            });
            Ok(Response::new().add_message(call(contract, to_json_binary(&hook)?)))
        }
    }
}

fn transfer(
    storage: &mut dyn Storage,
    fault: &Fault,
    from: &Addr,
    to: &Addr,
    amount: Uint128,
) -> StdResult<Response> {
    match fault {
        Fault::FailsOnTransfer => Err(StdError::msg("token/refused: no transfer today")),
        Fault::Reenters { contract, msg } => {
            move_tokens(storage, fault, from, to, amount)?;
            Ok(Response::new().add_message(call(contract.clone(), msg.clone())))
        }
        Fault::ReentersQuietly { contract, msg } => {
            move_tokens(storage, fault, from, to, amount)?;
            let message = call(contract.clone(), msg.clone());
            let quiet = SubMsg::reply_on_error(message, 1);
            Ok(Response::new().add_submessage(quiet))
        }
        _ => {
            move_tokens(storage, fault, from, to, amount)?;
            Ok(Response::new())
        }
    }
}

/// A refusal of what it called is no concern of its own.
fn reply(_deps: DepsMut, _env: Env, _msg: Reply) -> StdResult<Response> {
    Ok(Response::new())
}

fn call(contract: String, msg: Binary) -> WasmMsg {
    WasmMsg::Execute {
        contract_addr: contract,
        msg,
        funds: vec![],
    }
}

fn move_tokens(
    storage: &mut dyn Storage,
    fault: &Fault,
    from: &Addr,
    to: &Addr,
    amount: Uint128,
) -> StdResult<()> {
    if matches!(fault, Fault::MovesNothing) {
        return Ok(());
    }
    let fee = if matches!(fault, Fault::TakesFee) {
        FEE
    } else {
        0
    };
    let less = held(storage, from)?
        .checked_sub(amount.u128())
        .ok_or_else(|| StdError::msg("token/too_little: not so many are there"))?;
    BALANCES.save(storage, from, &less)?;
    let more = held(storage, to)?.saturating_add(amount.u128().saturating_sub(fee));
    BALANCES.save(storage, to, &more)
}

fn held(storage: &dyn Storage, account: &Addr) -> StdResult<u128> {
    Ok(BALANCES.may_load(storage, account)?.unwrap_or_default())
}

fn said_amount(fault: &Fault, amount: Uint128) -> Uint128 {
    match fault {
        Fault::LiesAboutAmount => amount.saturating_add(amount),
        _ => amount,
    }
}

fn said_sender(fault: &Fault, sender: &Addr) -> String {
    match fault {
        Fault::LiesAboutSender { sender } => sender.clone(),
        _ => sender.to_string(),
    }
}

fn query(deps: Deps, _env: Env, msg: TokenQueryMsg) -> StdResult<Binary> {
    if matches!(FAULT.load(deps.storage)?, Fault::Mute) {
        return Err(StdError::msg("token/mute: it does not answer"));
    }
    let TokenQueryMsg::Balance { address } = msg;
    let balance = Uint128::new(held(deps.storage, &Addr::unchecked(address))?);
    to_json_binary(&TokenBalance { balance })
}

/// Its code; a `holders` list instantiates it, each with [`SUPPLY`].
pub fn code() -> Code {
    Box::new(ContractWrapper::new(execute, instantiate, query).with_reply(reply))
}

/// A token on the suite's chain, of which everybody has [`SUPPLY`].
#[derive(Debug, Clone)]
pub struct Token {
    pub at: Addr,
}

impl Token {
    /// # Panics
    /// Where the suite's chain takes no contract.
    pub fn new(suite: &mut Suite) -> Self {
        let code = suite.app.store_code(code());
        let holders = EVERYBODY.map(|name| suite.actor(name).to_string());
        let msg = InstantiateMsg {
            holders: holders.to_vec(),
        };
        let owner = suite.actor("owner");
        let at = suite
            .app
            .instantiate_contract(code, owner, &msg, &[], "token", None)
            .expect("a token instantiates");
        Self { at }
    }

    /// # Panics
    /// Never: anybody may break it.
    pub fn set_fault(&self, suite: &mut Suite, fault: Fault) {
        suite
            .execute("owner", &self.at, &ExecuteMsg::Break { fault })
            .expect("anybody may break it");
    }

    /// Sends tokens to a contract with a message.
    ///
    /// # Errors
    /// What the contract, or the token, refused it with.
    pub fn send(
        &self,
        suite: &mut Suite,
        sender: &str,
        contract: &Addr,
        amount: u128,
        msg: &impl Serialize,
    ) -> Result<AppResponse, Refused> {
        let send = ExecuteMsg::Send {
            contract: contract.to_string(),
            amount: Uint128::new(amount),
            msg: to_json_binary(msg).expect("a message is JSON"),
        };
        suite.execute(sender, &self.at, &send)
    }

    /// # Panics
    /// Where the token does not answer.
    pub fn balance(&self, suite: &Suite, account: &Addr) -> u128 {
        let address = account.to_string();
        let balance: TokenBalance = suite
            .query(&self.at, &TokenQueryMsg::Balance { address })
            .expect("a token says what an account has");
        balance.balance.u128()
    }
}
