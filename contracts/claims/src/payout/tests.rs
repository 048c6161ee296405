use cosmwasm_std::testing::{MockApi, MockStorage};
use cosmwasm_std::{Binary, ReplyOn, SubMsgResponse};

use super::*;

fn reply(id: u64, result: SubMsgResult, payload: Binary) -> Reply {
    Reply {
        id,
        payload,
        gas_used: 0,
        result,
    }
}

#[test]
fn only_the_failure_of_a_payment_is_answered() {
    let mut storage = MockStorage::new();
    #[allow(
        deprecated,
        reason = "the field is old, the type has no other way to be made"
    )]
    let done = SubMsgResult::Ok(SubMsgResponse {
        events: vec![],
        data: None,
        msg_responses: vec![],
    });
    let failed_by = || SubMsgResult::Err("out of gas".into());
    for (id, result) in [
        (PAYMENT_FAILED, done.clone()),
        (PAYMENT_FAILED + 1, failed_by()),
        (0, failed_by()),
    ] {
        let reply = reply(id, result, Binary::default());
        let unknown = ContractError::UnknownReply { id };
        assert_eq!(failed(&mut storage, 1, &reply), Err(unknown));
    }
    let garbled = reply(PAYMENT_FAILED, failed_by(), b"{}".into());
    assert!(failed(&mut storage, 1, &garbled).is_err());
}

#[test]
fn a_payment_says_whose_it_is_for_amounts_of_any_size() {
    let payment = Payment {
        product: u64::MAX,
        account: MockApi::default().addr_make("payee"),
        amount: u128::MAX,
    };
    let payload = to_json_binary(&payment).unwrap();
    assert_eq!(from_json::<Payment>(payload).unwrap(), payment);
}

#[test]
fn a_payment_may_fail_alone_and_burns_only_so_much() {
    let mut storage = MockStorage::new();
    let account = MockApi::default().addr_make("payee");
    let denom = Denom::Native("uvital".into());
    let payment = |product| Payment {
        product,
        account: account.clone(),
        amount: 5,
    };
    let sent = send_all(&mut storage, &denom, &[payment(1), payment(2)]).unwrap();
    assert_eq!(sent.len(), 2);
    for (message, product) in sent.iter().zip([1, 2]) {
        assert_eq!(message.reply_on, ReplyOn::Error);
        assert_eq!(message.gas_limit, Some(PAYMENT_GAS));
        let payload: Payment = from_json(&message.payload).unwrap();
        assert_eq!(payload, payment(product));
    }
}
