use super::{read_block, Block};
use crate::rpc::parse_answer;
use crate::{Error, Result};

const BLOCK: &str = include_str!("../testdata/block.json");
const RESULTS: &str = include_str!("../testdata/block_results.json");
const EMPTY_BLOCK: &str = include_str!("../testdata/block_empty.json");
const EMPTY_RESULTS: &str = include_str!("../testdata/block_results_empty.json");

fn read(height: u64, block: &str, results: &str) -> Result<Block> {
    read_block(
        height,
        parse_answer("block", 200, block.as_bytes())?,
        parse_answer("block_results", 200, results.as_bytes())?,
    )
}

#[test]
fn recorded_block_names_its_failed_transaction() {
    let block = read(360, BLOCK, RESULTS).unwrap();
    assert_eq!(block.height, 360);
    let [Err(Error::Failed {
        hash: Some(hash), ..
    })] = block.txs.as_slice()
    else {
        panic!("expected one failed transaction: {:?}", block.txs);
    };
    assert_eq!(
        hash,
        "E14EAFC25026E142D56A9064BD87FA70B90203FD1627E6F7002CDA2F1CC8DA5A"
    );
}

#[test]
fn recorded_empty_block_has_no_transactions() {
    let block = read(5, EMPTY_BLOCK, EMPTY_RESULTS).unwrap();
    assert_eq!(block.txs, []);
    assert!(block.time_ms > 0);
}

#[test]
fn block_without_matching_results_is_refused() {
    assert!(matches!(
        read(360, BLOCK, EMPTY_RESULTS),
        Err(Error::Decode { .. })
    ));
}
