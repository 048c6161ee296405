//! Sending: one sequence after the other, and the wait for inclusion.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use cosmrs::tendermint::block::Height;
use cosmrs::tx::Body;
use cosmrs::{AccountId, Any};

use crate::block::tx_hash;
use crate::broadcast::{broadcast, Broadcast};
use crate::{input, Account, Error, GasPrice, Node, Result, Status, TxResult, Wallet};

const POLL: Duration = Duration::from_millis(100);

/// Every so many polls, it is checked whether the transaction can still be included.
const POLLS_PER_EXPIRY_CHECK: u32 = 10;

/// How often one intent is prepared anew because somebody else used the account's sequence.
const MAX_SEQUENCE_RETRIES: u32 = 4;

/// Signs and sends transactions of one account, paying with one gas price.
///
/// May be shared between threads. Signing and broadcasting go one after the other, so that
/// sequences do not collide; waiting for inclusion does not hold others up.
///
/// # Sending once
///
/// A caller's intent is signed a second time, and so under a second hash, only where the first
/// transaction is known never to be included:
///
/// - Simulation complains about the sequence: nothing had been broadcast.
/// - The node's answer to the first broadcast of the bytes is that the account, with what waits
///   in the mempool, is already past their sequence. The node has not kept these bytes, and the
///   sequence they need is taken. This is not applied once a broadcast of the same bytes went
///   unanswered, for they may then have taken it themselves.
///
/// A broadcast without an answer is repeated with the same bytes, which have the same hash and
/// can be included once at most; then their fate is read from the chain. Every transaction names
/// the last height at which it can be included, and [`Error::Expired`] is returned only if the
/// state above that height shows the sequence unused.
///
/// So after any error but two the intent had no effect and may be repeated. The two are
/// [`Error::Timeout`], which leaves open whether it will have one (see [`Node::tx`]), and, from
/// methods that read what a message returned, [`Error::Decode`] after success. All of this takes
/// the node at its word.
#[derive(Debug)]
pub struct Sender {
    pub(crate) node: Node,
    pub(crate) wallet: Wallet,
    pub(crate) gas_price: GasPrice,
    pub(crate) gas_percent: u64,
    pub(crate) fixed_gas: Option<u64>,
    pub(crate) fee_granter: Option<AccountId>,
    timeout: Duration,
    expires_after_blocks: u32,
    /// The account with the sequence to use next, where known.
    account: Mutex<Option<Account>>,
}

/// A transaction that was handed to the node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    hash: String,
    sequence: u64,
    expires_at_height: u64,
}

impl Pending {
    /// Upper-case hex; usable with [`Node::tx`].
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The last height at which it can be included.
    pub fn expires_at_height(&self) -> u64 {
        self.expires_at_height
    }
}

impl Sender {
    /// Gas is simulated and multiplied by 1.3; a transaction is waited for 30 seconds and can be
    /// included in the next 30 blocks.
    pub fn new(node: Node, wallet: Wallet, gas_price: GasPrice) -> Self {
        Self {
            node,
            wallet,
            gas_price,
            gas_percent: 130,
            fixed_gas: None,
            fee_granter: None,
            timeout: Duration::from_secs(30),
            expires_after_blocks: 30,
            account: Mutex::new(None),
        }
    }

    /// Sets the gas limit in percent of the simulated gas.
    pub fn with_gas_percent(mut self, percent: u64) -> Self {
        self.gas_percent = percent;
        self
    }

    /// Sets the same gas limit for every transaction, and simulates none.
    pub fn with_fixed_gas(mut self, gas: u64) -> Self {
        self.fixed_gas = Some(gas);
        self
    }

    /// Lets another account pay the fees, which must have granted this one an allowance.
    pub fn with_fee_granter(mut self, granter: &str) -> Result<Self> {
        self.fee_granter = Some(input::address("fee granter", granter)?);
        Ok(self)
    }

    /// Sets how long a transaction is waited for.
    pub fn with_timeout_seconds(mut self, seconds: u64) -> Self {
        self.timeout = Duration::from_secs(seconds);
        self
    }

    /// Sets in how many of the next blocks a transaction can be included, at least one.
    pub fn with_expiry(mut self, blocks: u32) -> Self {
        self.expires_after_blocks = blocks.max(1);
        self
    }

    pub fn node(&self) -> &Node {
        &self.node
    }

    pub fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// Sends one transaction and waits for its block.
    pub fn send(&self, messages: Vec<Any>) -> Result<TxResult> {
        let pending = self.submit(messages)?;
        self.wait(&pending)
    }

    /// Sends one transaction and returns once the node has taken it, or may have: see
    /// [`Sender::wait`]. After an error, nothing is under way.
    pub fn submit(&self, messages: Vec<Any>) -> Result<Pending> {
        let mut slot = self.lock();
        let status = self.node.status()?;
        if status.catching_up {
            return Err(Error::CatchingUp {
                height: status.height,
            });
        }
        let expires_at = expiry(&status, self.expires_after_blocks)?;
        let body = Body::new(messages, "", expires_at);
        let mut retries = 0;
        loop {
            let account = match slot.take() {
                Some(account) => account,
                None => self.node.account(self.wallet.address())?,
            };
            let error = match self.submit_as(&mut slot, account, &body, &status) {
                Ok(pending) => return Ok(pending),
                Err(error) => error,
            };
            let rejected = matches!(error, Error::Rejected { .. });
            match error.expected_sequence() {
                // A rejected transaction is replaced only if its sequence is spent.
                Some(sequence) if !rejected || sequence > account.sequence => {
                    *slot = Some(Account {
                        sequence,
                        ..account
                    });
                }
                _ => return Err(error),
            }
            retries += 1;
            if retries > MAX_SEQUENCE_RETRIES {
                return Err(error);
            }
        }
    }

    /// Waits until a transaction is in a block. Apart from [`Error::Failed`] and
    /// [`Error::Expired`], troubles in asking are waited out, up to [`Error::Timeout`].
    pub fn wait(&self, pending: &Pending) -> Result<TxResult> {
        let start = Instant::now();
        let mut polls = 0u32;
        loop {
            let trouble = match self.node.tx(&pending.hash) {
                Ok(Some(result)) => return Ok(result),
                Err(error @ Error::Failed { .. }) => return Err(error),
                Ok(None) => None,
                Err(error) => Some(error.to_string()),
            };
            polls = polls.wrapping_add(1);
            if polls.is_multiple_of(POLLS_PER_EXPIRY_CHECK) && self.has_expired(pending) {
                return Err(Error::Expired {
                    hash: pending.hash.clone(),
                    expires_at_height: pending.expires_at_height,
                });
            }
            if start.elapsed() >= self.timeout {
                return Err(Error::Timeout {
                    hash: pending.hash.clone(),
                    seconds: self.timeout.as_secs(),
                    expires_at_height: pending.expires_at_height,
                    trouble,
                });
            }
            sleep(POLL);
        }
    }

    /// One try with one sequence. Leaves the account in `slot` where its next sequence is known.
    fn submit_as(
        &self,
        slot: &mut Option<Account>,
        account: Account,
        body: &Body,
        status: &Status,
    ) -> Result<Pending> {
        *slot = Some(account);
        let gas = self.gas_limit(body, account.sequence)?;
        let tx = self.sign(account, body, status, gas)?;
        let hash = tx_hash(&tx);
        let outcome = broadcast(&self.node, &tx, &hash);
        *slot = match &outcome {
            Broadcast::Accepted => Some(Account {
                sequence: account.sequence.saturating_add(1),
                ..account
            }),
            Broadcast::Refused(error) if error.expected_sequence().is_none() => Some(account),
            Broadcast::Unanswered | Broadcast::Refused(_) => None,
        };
        match outcome {
            Broadcast::Accepted | Broadcast::Unanswered => Ok(Pending {
                hash,
                sequence: account.sequence,
                expires_at_height: body.timeout_height.value(),
            }),
            Broadcast::Refused(error) => Err(error),
        }
    }

    /// Whether the state above the last possible height shows the sequence unused.
    fn has_expired(&self, pending: &Pending) -> bool {
        match self.node.account_at(self.wallet.address()) {
            Ok((account, height)) => {
                height > pending.expires_at_height && account.sequence <= pending.sequence
            }
            Err(_) => false,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Account>> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn expiry(status: &Status, blocks: u32) -> Result<Height> {
    status
        .height
        .saturating_add(u64::from(blocks))
        .try_into()
        .map_err(|cause| Error::decode("height", cause))
}
