//! Sends the files of `testdata/products` to the contract, with what a deployment gives in place
//! of the words in angle brackets.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cosmwasm_std::{Addr, Binary, Coin};
use cw_multi_test::AppResponse;
use serde_json::Value;
use vitals_api::claims::{DenomMsg, ExecuteMsg, PoolInfo, QueryMsg};
use vitals_core::decision::Role;
use vitals_testing::Suite;
use vitals_vault_client::digest;

pub fn products() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/products")
}

pub fn text(file: &str) -> String {
    fs::read_to_string(products().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

pub struct Walk {
    pub suite: Suite,
    pub patient: u64,
    words: BTreeMap<String, String>,
}

impl Walk {
    /// A chain with an insurer, a clinician and a patient, and with coins admitted.
    pub fn begin() -> Self {
        let mut suite = Suite::new();
        suite.credential("insurer", Role::Insurer);
        suite.credential("clinician", Role::Clinician);
        let patient = suite.enrol("patient");
        let claims = suite.at.claims.clone();
        let admit = ExecuteMsg::AdmitDenom {
            denom: DenomMsg::Native("uvital".into()),
        };
        suite.execute("owner", &claims, &admit).unwrap();
        let mut walk = Self {
            suite,
            patient,
            words: BTreeMap::new(),
        };
        walk.say("patient", patient.to_string());
        walk.say("claims", claims.to_string());
        for (word, actor) in [
            ("account of the patient", "patient"),
            ("account of the hospital", "clinician"),
            ("account of the assessor", "gateway"),
            ("account of the arbiter", "guardian"),
        ] {
            let address = walk.suite.actor(actor).to_string();
            walk.say(word, address);
        }
        for words in [
            "the terms in words",
            "the invoice",
            "the assessor's reason",
            "the patient's reason",
            "the arbiter's reason",
        ] {
            let digest = Binary::new(digest(words.as_bytes()).to_vec());
            walk.say(&format!("digest of {words}"), digest.to_base64());
        }
        walk
    }

    /// What stands for `<word>` from now on.
    pub fn say(&mut self, word: &str, value: String) {
        self.words.insert(format!("<{word}>"), value);
    }

    /// A file with what stands for its words.
    pub fn read(&self, file: &str) -> Value {
        let mut value = serde_json::from_str(&text(file)).unwrap();
        self.fill(&mut value, file);
        value
    }

    fn fill(&self, value: &mut Value, file: &str) {
        match value {
            Value::String(text) if text.starts_with('<') => {
                let known = self.words.get(text.as_str());
                *text = known
                    .unwrap_or_else(|| panic!("{file}: nothing stands for {text}"))
                    .clone();
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.fill(item, file)),
            Value::Object(fields) => fields.values_mut().for_each(|item| self.fill(item, file)),
            _ => {}
        }
    }

    /// Sends a file to claims.
    pub fn send(&mut self, who: &str, file: &str, funds: &[Coin]) -> AppResponse {
        let claims = self.suite.at.claims.clone();
        self.send_to(&claims, who, file, funds)
    }

    pub fn send_to(&mut self, to: &Addr, who: &str, file: &str, funds: &[Coin]) -> AppResponse {
        let msg = self.read(file);
        self.suite
            .execute_with(who, to, &msg, funds)
            .unwrap_or_else(|refused| panic!("{file}: {refused}"))
    }

    /// The contract answers what a file says.
    pub fn answers(&self, asked: &QueryMsg, file: &str) {
        let claims = &self.suite.at.claims;
        let answer: Value = self.suite.query(claims, asked).unwrap();
        assert_eq!(answer, self.read(file), "{file}");
    }

    /// The pool is as the file says, and the contract has it all.
    pub fn pool(&self, file: &str) {
        let product = 1u64.into();
        self.answers(&QueryMsg::Pool { product }, file);
        let claims = &self.suite.at.claims;
        let asked = QueryMsg::Pool { product };
        let pool: PoolInfo = self.suite.query(claims, &asked).unwrap();
        if let DenomMsg::Native(denom) = pool.denom {
            let has = self.suite.app.wrap().query_balance(claims, denom).unwrap();
            let kept = pool.free + pool.locked + pool.held;
            assert_eq!(has.amount.to_string(), kept.to_string());
        }
    }

    pub fn advance_to(&mut self, at_s: u64) {
        let now = self.suite.now_s();
        self.suite.advance(at_s - now);
    }
}
