use cosmwasm_std::{Event, Uint128, Uint64};
use proptest::prelude::*;
use vitals_api::claims::event::{self, ClaimsEvent};
use vitals_api::claims::DenomMsg;
use vitals_core::insurance::MoveKind;
use vitals_ledger::LedgerEvent;

use super::*;

const CLAIMS: &str = "wasm1claims";

fn source(number: u64) -> Source {
    Source {
        tx: format!("TX{number}"),
        height: 10 + number,
        at: 1_795_392_000 + number,
    }
}

fn moved(number: u64, kind: MoveKind, amount: u128) -> Movement {
    Movement {
        number,
        kind,
        amount,
        policy: None,
        claim: None,
        account: None,
        source: source(number),
    }
}

/// As the chain reports an event of a contract.
fn seen(event: Event, contract: &str) -> LedgerEvent {
    let own = ("_contract_address".to_string(), contract.to_string());
    let attributes = event.attributes.into_iter().map(|a| (a.key, a.value));
    LedgerEvent {
        ty: format!("wasm-{}", event.ty),
        attributes: std::iter::once(own).chain(attributes).collect(),
    }
}

fn a_life() -> Vec<Movement> {
    [
        (MoveKind::Deposit, 1_000),
        (MoveKind::Premium, 50),
        (MoveKind::Lock, 400),
        (MoveKind::Benefit, 100),
        (MoveKind::Release, 350),
        (MoveKind::Withdrawal, 950),
    ]
    .into_iter()
    .zip(1..)
    .map(|((kind, amount), number)| moved(number, kind, amount))
    .collect()
}

fn pool_info(book: &Pool, owed: u128) -> PoolInfo {
    let sum = |account| Uint128::new(book.sum(account));
    PoolInfo {
        denom: DenomMsg::Native("uvital".into()),
        deposits: sum(Account::Deposits),
        premiums: sum(Account::Premiums),
        claim_deposits: sum(Account::ClaimDeposits),
        reclaimed: sum(Account::Reclaimed),
        free: sum(Account::Free),
        locked: sum(Account::Locked),
        held: sum(Account::Held),
        paid: sum(Account::Paid),
        rebated: sum(Account::Rebated),
        withdrawn: sum(Account::Withdrawn),
        refunded: sum(Account::Refunded),
        returned: sum(Account::Returned),
        fees: sum(Account::Fees),
        owed: Uint128::new(owed),
        movements: Uint64::new(book.movements()),
    }
}

#[test]
fn movements_in_any_order_add_up_to_what_the_chain_has() {
    let mut movements = a_life();
    movements.reverse();
    let statement = Statement::replay(movements, &[], 6).unwrap();
    let book = statement.closing();
    assert_eq!((book.sum(Account::Free), book.sum(Account::Paid)), (0, 100));
    assert_eq!(statement.reconcile(&pool_info(&book, 0)), Ok(()));
}

#[test]
fn a_sum_that_is_not_the_chain_s_is_named() {
    let statement = Statement::replay(a_life(), &[], 6).unwrap();
    let mut chain = pool_info(&statement.closing(), 0);
    chain.paid = Uint128::new(101);
    let error = statement.reconcile(&chain).unwrap_err();
    assert_eq!(
        error.to_string(),
        "statement/differs: paid is 101 on the chain, the events add up to 100"
    );
}

#[test]
fn missing_movements_are_counted_out() {
    let without = |gone: &[u64]| {
        let movements = a_life().into_iter().filter(|m| !gone.contains(&m.number));
        Statement::replay(movements.collect(), &[], 6)
    };
    for (gone, first, last) in [(&[1, 2][..], 1, 2), (&[4], 4, 4), (&[6], 6, 6)] {
        assert_eq!(without(gone), Err(missing(first, last, 6)));
    }
    assert_eq!(without(&[1, 2, 3, 4, 5, 6]), Err(missing(1, 6, 6)));
}

#[test]
fn a_movement_seen_twice_counts_once_and_two_of_one_number_do_not_pass() {
    let mut movements = a_life();
    movements.push(movements[2].clone());
    assert!(Statement::replay(movements.clone(), &[], 6).is_ok());
    movements.push(moved(3, MoveKind::Lock, 401));
    let twice = Statement::replay(movements, &[], 6);
    assert_eq!(twice, Err(StatementError::Twice { number: 3 }));
}

#[test]
fn what_came_after_the_chain_was_asked_is_left_for_another_time() {
    let statement = Statement::replay(a_life(), &[], 3).unwrap();
    assert_eq!(statement.lines.len(), 3);
}

#[test]
fn what_cannot_be_paid_from_an_account_is_impossible() {
    let movements = vec![moved(1, MoveKind::Withdrawal, 1)];
    let error = Statement::replay(movements, &[], 1)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("statement/impossible: movement 1: claims/pool_too_small"),
        "{error}"
    );
}

#[test]
fn what_failed_to_be_paid_is_owed_until_it_is_collected_or_goes_back() {
    let mut movements = a_life();
    let failed = [
        OwedChange::Failed { amount: 100 },
        OwedChange::Failed { amount: 950 },
        OwedChange::Collected { amount: 950 },
    ];
    let owed = |movements: &Vec<Movement>| {
        let last = movements.len() as u64;
        Statement::replay(movements.clone(), &failed, last)
            .unwrap()
            .owed
    };
    assert_eq!(owed(&movements), 100);
    movements.push(moved(7, MoveKind::Unclaimed, 100));
    assert_eq!(owed(&movements), 0);
}

#[test]
fn events_of_the_contract_and_product_come_back_and_no_others() {
    let announced = event::Movement {
        product: 3,
        number: 7,
        kind: MoveKind::Benefit,
        amount: 100,
        policy: Some(9),
        claim: Some(2),
        account: Some("wasm1payee"),
    };
    let event = seen(announced.into(), CLAIMS);
    let read = |event, claims, product| Movement::read(event, claims, product, &source(7));
    let expected = Movement {
        policy: Some(9),
        claim: Some(2),
        account: Some("wasm1payee".into()),
        ..moved(7, MoveKind::Benefit, 100)
    };
    assert_eq!(read(&event, CLAIMS, 3), Ok(Some(expected)));
    assert_eq!(read(&event, "wasm1other", 3), Ok(None));
    assert_eq!(read(&event, CLAIMS, 4), Ok(None));
    let failed = ClaimsEvent::PaymentFailed {
        product: 3,
        account: "wasm1payee",
        amount: 5,
    };
    let failed = seen(failed.into(), CLAIMS);
    assert_eq!(read(&failed, CLAIMS, 3), Ok(None));
    let change = OwedChange::read(&failed, CLAIMS, 3, &source(7));
    assert_eq!(change, Ok(Some(OwedChange::Failed { amount: 5 })));
}

#[test]
fn an_event_that_cannot_be_read_is_an_error_and_not_left_out() {
    let announced = event::Movement {
        product: 3,
        number: 7,
        kind: MoveKind::Lock,
        amount: 1,
        policy: None,
        claim: None,
        account: None,
    };
    let whole = seen(announced.into(), CLAIMS);
    for (name, value) in [
        ("amount", "x"),
        ("kind", "theft"),
        ("movement", "-1"),
        ("claim", "9999999"),
    ] {
        let mut event = whole.clone();
        event.attributes.retain(|(key, _)| key != name);
        event.attributes.push((name.into(), value.into()));
        assert!(
            Movement::read(&event, CLAIMS, 3, &source(7)).is_err(),
            "{name}"
        );
    }
}

#[test]
fn the_table_has_the_period_s_lines_with_the_balances_after_each() {
    let statement = Statement::replay(a_life(), &[], 6).unwrap();
    let from = source(2).at;
    let lines = statement.between(Some(from), Some(from + 2));
    let mut out = Vec::new();
    Statement::write(&mut out, &lines).unwrap();
    let table = String::from_utf8(out).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(
        rows[1],
        "2,2026-11-23T00:00:02Z,12,TX2,premium,premiums,locked,50,,,,1000,50,0,1050"
    );
    assert_eq!(statement.before(from).sum(Account::Free), 1_000);
    assert_eq!(statement.before(0), Pool::default());
}

#[test]
fn a_statement_is_drawn_from_transactions_each_read_once() {
    let announced = |number: u64, amount| {
        let moved = event::Movement {
            product: 3,
            number,
            kind: MoveKind::Deposit,
            amount,
            policy: None,
            claim: None,
            account: Some("wasm1insurer"),
        };
        Announced {
            source: source(number),
            events: vec![seen(moved.into(), CLAIMS)],
        }
    };
    let found = [announced(1, 100), announced(2, 50), announced(2, 50)];
    let statement = Statement::drawn(CLAIMS, 3, &found, 2).unwrap();
    assert_eq!(statement.closing().sum(Account::Free), 150);
    assert!(Statement::drawn(CLAIMS, 3, &found[..1], 2).is_err());
}

proptest! {
    /// Whatever the contract records comes back from its events; altered by a coin it does not.
    #[test]
    fn a_book_reconciles_with_its_own_movements_only(
        tried in prop::collection::vec((0usize..17, 1u128..1_000), 1..60),
        at in any::<prop::sample::Index>(),
    ) {
        let (mut book, mut movements) = (Pool::default(), Vec::new());
        for (kind, amount) in tried {
            let kind = MoveKind::ALL[kind];
            if let Ok(after) = book.record(kind, amount) {
                book = after;
                movements.push(moved(book.movements(), kind, amount));
            }
        }
        let last = book.movements();
        let unclaimed = book.sum(Account::Reclaimed);
        let failed = [OwedChange::Failed { amount: unclaimed + 3 }];
        let statement = Statement::replay(movements.clone(), &failed, last).unwrap();
        prop_assert_eq!(statement.reconcile(&pool_info(&book, 3)), Ok(()));
        if !movements.is_empty() {
            let place = at.index(movements.len());
            movements[place].amount += 1;
            let altered = Statement::replay(movements.clone(), &failed, last)
                .and_then(|statement| statement.reconcile(&pool_info(&book, 3)));
            prop_assert!(altered.is_err());
            movements.remove(place);
            let short = Statement::replay(movements, &failed, last);
            let is_missing = matches!(short, Err(StatementError::Missing { .. }));
            prop_assert!(is_missing);
        }
    }
}
