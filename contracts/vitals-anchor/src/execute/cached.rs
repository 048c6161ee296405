//! Another contract's storage within one message: each key is read once, since a read across
//! contracts costs more gas than everything else done with its answer.

use std::cell::RefCell;
use std::collections::BTreeMap;

use vitals_api::store::{Remote, Source};
use vitals_api::ApiError;

pub struct Cached<'a> {
    remote: Remote<'a>,
    seen: RefCell<BTreeMap<Vec<u8>, Option<Vec<u8>>>>,
}

impl<'a> Cached<'a> {
    pub fn new(remote: Remote<'a>) -> Self {
        Self {
            remote,
            seen: RefCell::default(),
        }
    }
}

impl Source for Cached<'_> {
    fn raw(&self, what: &'static str, key: &[u8]) -> Result<Option<Vec<u8>>, ApiError> {
        if let Some(found) = self.seen.borrow().get(key) {
            return Ok(found.clone());
        }
        let found = self.remote.raw(what, key)?;
        self.seen.borrow_mut().insert(key.to_vec(), found.clone());
        Ok(found)
    }

    fn contract(&self) -> String {
        self.remote.contract()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::testing::MockQuerier;
    use cosmwasm_std::{Addr, Binary, ContractResult, QuerierWrapper, SystemResult, WasmQuery};
    use std::rc::Rc;

    #[test]
    fn a_key_is_read_from_the_other_contract_once_whether_it_is_there_or_not() {
        let reads = Rc::new(RefCell::new(0));
        let counted = Rc::clone(&reads);
        let mut querier = MockQuerier::<cosmwasm_std::Empty>::new(&[]);
        querier.update_wasm(move |query| {
            *counted.borrow_mut() += 1;
            let value = match query {
                WasmQuery::Raw { key, .. } if key.as_slice() == b"there" => Binary::from(b"value"),
                _ => Binary::default(),
            };
            SystemResult::Ok(ContractResult::Ok(value))
        });
        let contract = Addr::unchecked("contract");
        let cached = Cached::new(Remote {
            querier: QuerierWrapper::new(&querier),
            contract: &contract,
        });
        for _ in 0..3 {
            let there = cached.raw("thing", b"there").unwrap();
            assert_eq!(there.as_deref(), Some(&b"value"[..]));
            assert_eq!(cached.raw("thing", b"absent"), Ok(None));
        }
        assert_eq!(*reads.borrow(), 2);
    }
}
