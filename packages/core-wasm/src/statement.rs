//! A product's money movement by movement, in a statement that adds up to what the chain has.

use serde::{Deserialize, Serialize};
use vitals_api::claims::PoolInfo;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Account, Pool};
use vitals_insurance::{Announced, Line, Source, Statement};
use vitals_ledger::LedgerEvent;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::{give, read};
use crate::number::id;
use crate::Refusal;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface DrawnMovement {
  movement: number; at: number; height: number; tx: string; kind: string; from: string; to: string;
  amount: string; policy: string | null; claim: number | null; account: string | null; free_after: string;
}
export interface DrawnStatement {
  csv: string; opening: [string, string][]; closing: [string, string][]; owed: string; movements: DrawnMovement[];
}
"#;

#[derive(Deserialize)]
struct StatementOf {
    /// Address of the contract.
    claims: String,
    product: String,
    pool: PoolInfo,
    transactions: Vec<Transaction>,
    from: Option<Seconds>,
    to: Option<Seconds>,
}

#[derive(Deserialize)]
struct Transaction {
    tx: String,
    height: u64,
    at: Seconds,
    events: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    #[serde(rename = "type")]
    ty: String,
    attributes: Vec<(String, String)>,
}

impl From<Transaction> for Announced {
    fn from(
        Transaction {
            tx,
            height,
            at,
            events,
        }: Transaction,
    ) -> Self {
        let event = |Told { ty, attributes }| LedgerEvent { ty, attributes };
        Self {
            source: Source { tx, height, at },
            events: events.into_iter().map(event).collect(),
        }
    }
}

#[derive(Serialize)]
struct Drawn {
    csv: String,
    opening: Vec<(&'static str, String)>,
    closing: Vec<(&'static str, String)>,
    owed: String,
    movements: Vec<Moved>,
}

#[derive(Serialize)]
struct Moved {
    movement: u64,
    at: Seconds,
    height: u64,
    tx: String,
    kind: &'static str,
    from: &'static str,
    to: &'static str,
    amount: String,
    policy: Option<String>,
    claim: Option<u16>,
    account: Option<String>,
    free_after: String,
}

impl From<&Line> for Moved {
    fn from(line: &Line) -> Self {
        let moved = &line.movement;
        let (from, to) = moved.kind.from_to();
        Self {
            movement: moved.number,
            at: moved.source.at,
            height: moved.source.height,
            tx: moved.source.tx.clone(),
            kind: moved.kind.name(),
            from: from.name(),
            to: to.name(),
            amount: moved.amount.to_string(),
            policy: moved.policy.map(|policy| policy.to_string()),
            claim: moved.claim,
            account: moved.account.clone(),
            free_after: line.after.sum(Account::Free).to_string(),
        }
    }
}

fn drawn(asked: StatementOf) -> Result<Drawn, Refusal> {
    let transactions: Vec<Announced> = asked.transactions.into_iter().map(Into::into).collect();
    let product = id("product", &asked.product)?;
    let last = asked.pool.movements.u64();
    let statement = Statement::drawn(&asked.claims, product, &transactions, last)?;
    statement.reconcile(&asked.pool)?;
    let lines = statement.between(asked.from, asked.to);
    let opening = asked
        .from
        .map_or_else(Pool::default, |from| statement.before(from));
    let closing = lines.last().map_or(opening, |line| line.after);
    let mut csv = Vec::new();
    Statement::write(&mut csv, &lines)?;
    Ok(Drawn {
        csv: String::from_utf8(csv)?,
        opening: sums(&opening),
        closing: sums(&closing),
        owed: statement.owed.to_string(),
        movements: lines.into_iter().map(Moved::from).collect(),
    })
}

fn sums(book: &Pool) -> Vec<(&'static str, String)> {
    let sum = |account: Account| (account.name(), book.sum(account).to_string());
    Account::ALL.into_iter().map(sum).collect()
}

/// A product's money movement by movement, and as CSV. Fails where a movement is missing or the sums are not the
/// chain's, to the last coin.
#[wasm_bindgen(js_name = drawStatement, unchecked_return_type = "DrawnStatement")]
pub fn draw_statement(
    #[wasm_bindgen(unchecked_param_type = "object")] asked: &JsValue,
) -> Result<JsValue, Refusal> {
    give(&drawn(read("the statement", asked)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked(free: &str) -> StatementOf {
        let moved = json!({
            "type": "wasm-money_moved",
            "attributes": [["_contract_address", "wasm1claims"], ["product", "3"], ["movement", "1"],
                ["kind", "deposit"], ["amount", "500"], ["account", "wasm1insurer"]],
        });
        let zero = |names: &[&str]| -> serde_json::Map<_, _> {
            names
                .iter()
                .map(|name| ((*name).into(), json!("0")))
                .collect()
        };
        let mut pool = zero(&[
            "premiums",
            "claim_deposits",
            "reclaimed",
            "locked",
            "held",
            "paid",
            "rebated",
            "withdrawn",
            "refunded",
            "returned",
            "fees",
            "owed",
        ]);
        pool.insert("denom".into(), json!({ "native": "uvital" }));
        pool.insert("deposits".into(), json!("500"));
        pool.insert("free".into(), json!(free));
        pool.insert("movements".into(), json!("1"));
        let asked = json!({
            "claims": "wasm1claims", "product": "3", "pool": pool,
            "transactions": [{ "tx": "AB", "height": 7, "at": 1_795_392_000u64, "events": [moved] }],
        });
        serde_json::from_value(asked).unwrap()
    }

    #[test]
    fn a_statement_has_its_csv_and_both_ends_of_the_book() {
        let drawn = drawn(asked("500")).unwrap();
        let (head, line) = drawn.csv.split_once('\n').unwrap();
        assert!(head.starts_with("movement,time,height,"));
        assert!(line.starts_with("1,2026-11-23T00:00:00Z,7,AB,deposit,deposits,free,500,"));
        assert_eq!(drawn.closing[4], ("free", "500".into()));
        assert_eq!(drawn.opening[4], ("free", "0".into()));
        assert_eq!(drawn.movements[0].amount, "500");
    }

    #[test]
    fn a_statement_that_differs_from_the_chain_by_a_coin_is_none() {
        let refused = drawn(asked("501")).err().unwrap();
        assert_eq!(refused.code, "statement/differs");
    }
}
