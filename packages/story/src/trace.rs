//! What happened on the chain, told so that runs on different chains can be compared: for each
//! transaction who sent which messages, whether they went through or with which stable code they
//! were refused, and the contracts' events in order.
//!
//! Put in place of what differs from run to run:
//! - addresses: the name of the person or contract, `<address>` for anybody else's;
//! - 32 bytes in hex or base64 (digests of random ciphertext, roots over it, commitments): `<digest>`;
//! - the attributes of [`OF_THIS_RUN`], by their own name: block times, and numbers that are drawn
//!   or counted from what a gateway made of the recording at this run's speed.
//!
//! The chain's own attribute `msg_index` is left out, which cw-multi-test does not know. An event's
//! attributes are in order of their names: wasmd puts those of a message that a contract sent so.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vitals_ledger::{Account, Call, LedgerError, LedgerEvent, Reader, TxOutcome};

use crate::backend::SharedAccount;

/// Attributes whose value says when or in which run something happened, not what.
pub const OF_THIS_RUN: [&str; 7] = [
    "patient", "sequence", "until", "count", "ready_at", "deadline", "at",
];
/// What the token is called here; its own events are not of our contracts, and left out.
const TOKEN: &str = "token";

/// A service that acts by itself, not by the story's script: how often depends on the speed.
const SERVICE: &str = " (service)";
/// What only a chain whose clock can be set tells.
const BY_CLOCK: &str = " (by the clock)";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub who: String,
    /// Contract and message.
    pub messages: Vec<String>,
    /// `ok`, or the stable code of the refusal.
    pub outcome: String,
    pub events: Vec<Event>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    #[serde(rename = "type")]
    pub ty: String,
    pub attributes: Vec<(String, String)>,
}

/// Everything that happened, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Trace(pub Vec<Entry>);

impl Trace {
    /// Only what the script did itself, which is the same at any speed and on any clock.
    pub fn of_the_script(&self) -> Self {
        let scripted =
            |entry: &&Entry| !entry.who.ends_with(SERVICE) && !entry.who.ends_with(BY_CLOCK);
        Self(self.0.iter().filter(scripted).cloned().collect())
    }

    /// The first entry in which two runs differ, as both have it.
    pub fn first_difference<'a>(
        &'a self,
        other: &'a Self,
    ) -> Option<(Option<&'a Entry>, Option<&'a Entry>)> {
        let longer = self.0.len().max(other.0.len());
        (0..longer)
            .map(|i| (self.0.get(i), other.0.get(i)))
            .find(|(ours, theirs)| ours != theirs)
    }
}

/// Writes down what accounts do.
#[derive(Clone)]
pub struct Tracer {
    names: Arc<BTreeMap<String, String>>,
    trace: Arc<Mutex<Trace>>,
}

impl Tracer {
    /// `names` by address, and the address of the token.
    pub fn new(mut names: BTreeMap<String, String>, token: String) -> Self {
        names.insert(token, TOKEN.into());
        Self {
            names: Arc::new(names),
            trace: Arc::default(),
        }
    }

    /// The same account, written down as acting under this name.
    pub fn follow(&self, name: &str, account: SharedAccount) -> SharedAccount {
        Arc::new(Traced {
            who: name.into(),
            account,
            tracer: self.clone(),
        })
    }

    /// An account that a service of ours acts with.
    pub fn follow_service(&self, name: &str, account: SharedAccount) -> SharedAccount {
        self.follow(&format!("{name}{SERVICE}"), account)
    }

    /// An account that acts after a wait no real chain is made to sit out.
    pub fn follow_by_clock(&self, name: &str, account: SharedAccount) -> SharedAccount {
        self.follow(&format!("{name}{BY_CLOCK}"), account)
    }

    pub fn trace(&self) -> Trace {
        self.lock().clone()
    }

    fn write(&self, who: &str, calls: &[Call], done: &Result<TxOutcome, LedgerError>) {
        let (outcome, events) = match done {
            Ok(done) => ("ok".to_string(), self.events(&done.events)),
            Err(error) => (error.code().to_string(), Vec::new()),
        };
        self.lock().0.push(Entry {
            who: who.into(),
            messages: calls.iter().map(|call| self.message(call)).collect(),
            outcome,
            events,
        });
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Trace> {
        self.trace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn message(&self, call: &Call) -> String {
        let kind = match &call.msg {
            Value::Object(fields) => fields.keys().next().cloned(),
            _ => None,
        };
        format!(
            "{}/{}",
            self.person(&call.contract),
            kind.unwrap_or_default()
        )
    }

    fn events(&self, events: &[LedgerEvent]) -> Vec<Event> {
        events
            .iter()
            .filter(|event| event.ty == "wasm" || event.ty.starts_with("wasm-"))
            .filter(|event| !self.is_of_token(event))
            .map(|event| Event {
                ty: event.ty.clone(),
                attributes: self.attributes(event),
            })
            .collect()
    }

    fn is_of_token(&self, event: &LedgerEvent) -> bool {
        event
            .attribute("_contract_address")
            .is_some_and(|contract| self.person(contract) == TOKEN)
    }

    fn attributes(&self, event: &LedgerEvent) -> Vec<(String, String)> {
        let mut attributes: Vec<_> = event
            .attributes
            .iter()
            .filter(|(key, _)| key != "msg_index")
            .map(|(key, value)| (key.clone(), self.value(key, value)))
            .collect();
        attributes.sort_by(|one, other| one.0.cmp(&other.0));
        attributes
    }

    fn value(&self, key: &str, value: &str) -> String {
        if OF_THIS_RUN.contains(&key) {
            return format!("<{key}>");
        }
        if is_digest(value) {
            return "<digest>".into();
        }
        self.person(value)
    }

    /// A name for an address; what is none stays.
    fn person(&self, value: &str) -> String {
        match self.names.get(value) {
            Some(name) => name.clone(),
            None if is_address(value) => "<address>".into(),
            None => value.into(),
        }
    }
}

/// 32 bytes as hex or base64.
fn is_digest(value: &str) -> bool {
    let hex = value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit());
    let base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let base64 = match value.strip_suffix('=') {
        Some(data) => data.len() == 43 && data.bytes().all(base64),
        None => false,
    };
    hex || base64
}

fn is_address(value: &str) -> bool {
    value.len() >= 39
        && value
            .split_once('1')
            .is_some_and(|(prefix, data)| is_lower(prefix) && is_lower(data))
}

fn is_lower(text: &str) -> bool {
    let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    !text.is_empty() && text.bytes().all(lower)
}

/// An account whose transactions are written down.
struct Traced {
    who: String,
    account: SharedAccount,
    tracer: Tracer,
}

impl Reader for Traced {
    fn chain_id(&self) -> Result<String, LedgerError> {
        self.account.chain_id()
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        self.account.block_time_ms()
    }

    fn height(&self) -> Result<u64, LedgerError> {
        self.account.height()
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        self.account.query(contract, msg)
    }

    fn balance(&self, account: &str, denom: &str) -> Result<u128, LedgerError> {
        self.account.balance(account, denom)
    }
}

impl Account for Traced {
    fn address(&self) -> &str {
        self.account.address()
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        let done = self.account.execute(calls);
        self.tracer.write(&self.who, calls, &done);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENT: &str = "cosmos1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu";

    fn tracer() -> Tracer {
        let names = BTreeMap::from([(PATIENT.into(), "patient".into())]);
        Tracer::new(names, "cosmos1token".into())
    }

    #[test]
    fn addresses_digests_and_what_is_of_this_run_are_put_in_other_words() {
        let stranger = PATIENT.replace("xu", "xx");
        for (key, value, shown) in [
            ("payee", PATIENT, "patient"),
            ("payee", &stranger, "<address>"),
            ("digest", &"0f".repeat(32), "<digest>"),
            (
                "digest",
                "Gi3RWyMKs3JwtgTV6kQ2MUhKGt2jwMXDuoDW6rxOQrk=",
                "<digest>",
            ),
            ("until", "1800000000", "<until>"),
            ("amount", "250000", "250000"),
        ] {
            assert_eq!(tracer().value(key, value), shown, "{key} {value}");
        }
    }

    #[test]
    fn what_services_do_by_themselves_or_takes_a_set_clock_is_not_of_the_script() {
        let tracer = tracer();
        let refused = Err(LedgerError::Refused {
            reason: "anchor/window: too early".into(),
        });
        tracer.write("patient", &[], &refused);
        tracer.write(&format!("gateway{SERVICE}"), &[], &refused);
        tracer.write(&format!("guardian{BY_CLOCK}"), &[], &refused);
        let script = tracer.trace().of_the_script();
        let told: Vec<_> = script.0.iter().map(|e| (&*e.who, &*e.outcome)).collect();
        assert_eq!(told, [("patient", "anchor/window")]);
        assert!(script.first_difference(&tracer.trace()).is_some());
        assert!(script.first_difference(&script.clone()).is_none());
    }
}
