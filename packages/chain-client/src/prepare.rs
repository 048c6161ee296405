//! From messages to signed bytes: simulation, gas, fee, signature.

use cosmrs::proto::cosmos::tx::v1beta1::{SimulateRequest, SimulateResponse, TxRaw};
use cosmrs::proto::traits::Message;
use cosmrs::tendermint::chain;
use cosmrs::tx::{Body, Fee, SignDoc, SignerInfo};
use cosmrs::Any;

use crate::{Account, Error, Result, Sender, Status};

impl Sender {
    /// The gas that the messages would use now, with no factor. Fails as the transaction would.
    pub fn simulate(&self, messages: Vec<Any>) -> Result<u64> {
        let account = self.node.account(self.wallet.address())?;
        let body = Body::new(messages, "", 0u32);
        let mut error = match self.simulate_body(&body, account.sequence) {
            Ok(gas) => return Ok(gas),
            Err(error) => error,
        };
        // The node counts this account's waiting transactions, the account query does not.
        if let Some(sequence) = error.expected_sequence() {
            match self.simulate_body(&body, sequence) {
                Ok(gas) => return Ok(gas),
                Err(second) => error = second,
            }
        }
        Err(error)
    }

    /// The gas limit for a transaction, simulated unless it is fixed.
    pub(crate) fn gas_limit(&self, body: &Body, sequence: u64) -> Result<u64> {
        match self.fixed_gas {
            Some(gas) => Ok(gas),
            None => scale(self.simulate_body(body, sequence)?, self.gas_percent),
        }
    }

    pub(crate) fn sign(
        &self,
        account: Account,
        body: &Body,
        status: &Status,
        gas: u64,
    ) -> Result<Vec<u8>> {
        let chain_id: chain::Id = status
            .chain_id
            .parse()
            .map_err(|cause| Error::decode("chain id", cause))?;
        let auth = self.signer(account.sequence).auth_info(self.fee(gas)?);
        SignDoc::new(body, &auth, &chain_id, account.number)
            .and_then(|doc| doc.sign(self.wallet.key()))
            .and_then(|raw| raw.to_bytes())
            .map_err(encoding)
    }

    fn signer(&self, sequence: u64) -> SignerInfo {
        SignerInfo::single_direct(Some(self.wallet.key().public_key()), sequence)
    }

    fn fee(&self, gas: u64) -> Result<Fee> {
        Ok(Fee {
            amount: self.gas_price.fee(gas)?.into_iter().collect(),
            gas_limit: gas,
            payer: None,
            granter: self.fee_granter.clone(),
        })
    }

    /// Runs the messages on the node's latest state. The signature only has to be as long as a
    /// real one, and the fee to be one unit: taking a fee costs gas, how much is taken does not.
    fn simulate_body(&self, body: &Body, sequence: u64) -> Result<u64> {
        let auth = self.signer(sequence).auth_info(self.fee(1)?);
        let tx = TxRaw {
            body_bytes: body.clone().into_bytes().map_err(encoding)?,
            auth_info_bytes: auth.into_bytes().map_err(encoding)?,
            signatures: vec![vec![0; 64]],
        };
        let request = SimulateRequest {
            tx_bytes: tx.encode_to_vec(),
            ..SimulateRequest::default()
        };
        let answer = self
            .node
            .rpc()
            .query::<_, SimulateResponse>("/cosmos.tx.v1beta1.Service/Simulate", &request);
        match answer {
            Ok((answer, _)) => answer
                .gas_info
                .map(|gas| gas.gas_used)
                .ok_or_else(|| Error::decode("simulation", "no gas in the answer")),
            Err(Error::Query {
                code,
                codespace,
                log,
                ..
            }) => Err(Error::Failed {
                hash: None,
                code,
                codespace,
                log,
            }),
            Err(error) => Err(error),
        }
    }
}

fn encoding(cause: cosmrs::ErrorReport) -> Error {
    Error::input("transaction", format!("{cause:#}"))
}

fn scale(gas: u64, percent: u64) -> Result<u64> {
    let scaled = (u128::from(gas) * u128::from(percent)).div_ceil(100);
    u64::try_from(scaled).map_err(|cause| Error::input("gas", cause))
}
