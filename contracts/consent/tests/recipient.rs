//! SetRecipient.

use consent::ContractError;
use vitals_api::consent::{ExecuteMsg, QueryMsg, RecipientInfo};
use vitals_core::recipient::RecipientError;
use vitals_testing::Suite;

use crate::common::*;

fn set(contract: &mut Contract, recipient: &str) -> Acted {
    let recipient = recipient.into();
    contract.act("clinician", ExecuteMsg::SetRecipient { recipient })
}

#[test]
fn an_account_publishes_its_own_recipient_on_a_chain() {
    let mut suite = Suite::new();
    let at = suite.at.consent.clone();
    let msg = ExecuteMsg::SetRecipient {
        recipient: RECIPIENT.into(),
    };
    suite.execute("clinician", &at, &msg).unwrap();
    let ask = |account: &str| -> RecipientInfo {
        let account = suite.actor(account).into();
        suite.query(&at, &QueryMsg::Recipient { account }).unwrap()
    };
    assert_eq!(ask("clinician").recipient.as_deref(), Some(RECIPIENT));
    assert_eq!(ask("stranger").recipient, None);
}

#[test]
fn what_no_reader_could_use_is_refused_and_changes_nothing() {
    let mut contract = Contract::new();
    set(&mut contract, RECIPIENT).unwrap();
    assert_eq!(
        set(&mut contract, &RECIPIENT.to_uppercase()),
        Err(ContractError::Recipient(RecipientError::Bech32))
    );
    assert_eq!(
        set(&mut contract, &"a".repeat(1_000)),
        Err(ContractError::Recipient(RecipientError::Length {
            got: 1_000
        }))
    );
    let account = contract.addr("clinician").into();
    let kept: RecipientInfo = contract.ask(QueryMsg::Recipient { account }).unwrap();
    assert_eq!(kept.recipient.as_deref(), Some(RECIPIENT));
}
