use super::*;
use alloc::format;
use alloc::string::ToString;
use proptest::prelude::*;

/// The sum of any number of sums, with what does not fit one.
fn total(sums: impl IntoIterator<Item = Amount>) -> (u32, Amount) {
    sums.into_iter().fold((0, 0), |(carry, total), amount| {
        let (total, over) = total.overflowing_add(amount);
        (carry + u32::from(over), total)
    })
}

fn is_conserved(pool: &Pool) -> bool {
    let came = total(Account::SOURCES.map(|account| pool.sum(account)));
    let is_or_went = Account::BALANCES.into_iter().chain(Account::SINKS);
    came == total(is_or_went.map(|account| pool.sum(account)))
}

fn holding(account: Account, amount: Amount) -> Pool {
    Pool::default().with(account, amount)
}

#[test]
fn each_account_is_a_source_a_balance_or_a_sink() {
    let classes = Account::SOURCES
        .into_iter()
        .chain(Account::BALANCES)
        .chain(Account::SINKS);
    assert!(classes.eq(Account::ALL));
    for (at, account) in Account::ALL.into_iter().enumerate() {
        assert_eq!(account as usize, at);
    }
}

/// Statements and events are read by them.
#[test]
fn accounts_keep_their_names() {
    let names = Account::ALL.map(Account::name);
    assert_eq!(
        names,
        [
            "deposits",
            "premiums",
            "claim_deposits",
            "reclaimed",
            "free",
            "locked",
            "held",
            "paid",
            "rebated",
            "withdrawn",
            "refunded",
            "returned",
            "fees"
        ]
    );
    assert_eq!(Account::ALL.map(|account| account.to_string()), names);
}

#[test]
fn a_movement_comes_from_a_source_or_balance_and_goes_to_a_balance_or_sink() {
    for kind in MoveKind::ALL {
        let (from, to) = kind.from_to();
        assert!(!Account::SINKS.contains(&from), "{kind:?}");
        assert!(!to.is_source() && from != to, "{kind:?}");
        assert_eq!(MoveKind::from_name(kind.name()), Some(kind));
    }
    assert_eq!(MoveKind::from_name("gift"), None);
}

#[test]
fn the_insurer_withdraws_what_is_free_and_nothing_else() {
    for kind in MoveKind::ALL {
        let (from, to) = kind.from_to();
        let out_of_free = from == Account::Free && Account::SINKS.contains(&to);
        assert_eq!(out_of_free, kind == MoveKind::Withdrawal);
        assert_eq!(to == Account::Withdrawn, kind == MoveKind::Withdrawal);
    }
}

const AMOUNTS: [Amount; 6] = [1, 2, 1_000, u64::MAX as Amount, u128::MAX - 1, u128::MAX];

#[test]
fn a_movement_takes_from_one_account_what_it_gives_to_another_and_is_counted() {
    for kind in MoveKind::ALL {
        for amount in AMOUNTS {
            let (from, to) = kind.from_to();
            let before = match from.is_source() {
                true => Pool::default(),
                false => holding(from, amount),
            };
            let after = before.record(kind, amount).unwrap();
            let taken = if from.is_source() { amount } else { 0 };
            assert_eq!((after.sum(from), after.sum(to)), (taken, amount));
            assert_eq!(after.movements(), before.movements() + 1);
            let others = Account::ALL.into_iter().filter(|a| ![from, to].contains(a));
            assert!(others.into_iter().all(|a| after.sum(a) == before.sum(a)));
        }
    }
}

#[test]
fn one_more_than_is_there_is_refused_and_says_what_is() {
    for kind in MoveKind::ALL {
        let (from, _) = kind.from_to();
        if from.is_source() {
            continue;
        }
        let refused = holding(from, 9).record(kind, 10).unwrap_err();
        let expected = match from {
            Account::Free => "claims/pool_too_small: 10 is needed, 9 is free".to_string(),
            _ => format!("claims/not_there: 10 should be {from}, 9 is"),
        };
        assert_eq!(refused.to_string(), expected);
    }
}

#[test]
fn no_sum_wraps_and_zero_is_no_movement() {
    for kind in MoveKind::ALL {
        let (from, to) = kind.from_to();
        let full = holding(from, 5).with(to, u128::MAX);
        assert_eq!(full.record(kind, 1), Err(MoneyError::TooLarge));
        assert_eq!(full.record(kind, 0), Err(MoneyError::Zero));
        if from.is_source() {
            let counted = holding(from, u128::MAX);
            assert_eq!(counted.record(kind, 1), Err(MoneyError::TooLarge));
        }
    }
    let last = Pool {
        movements: u64::MAX,
        ..Pool::default()
    };
    assert_eq!(last.record(MoveKind::Deposit, 1), Err(MoneyError::TooLarge));
}

#[test]
fn what_is_owed_is_kept_until_it_is_settled() {
    let paid = Pool::default()
        .record(MoveKind::Deposit, 100)
        .and_then(|pool| pool.record(MoveKind::Withdrawal, 60))
        .unwrap();
    assert_eq!(paid.kept(), Ok(40));
    let owing = paid.owe(60).unwrap();
    assert_eq!((owing.kept(), owing.owed()), (Ok(100), 60));
    assert_eq!(
        owing.settle_owed(61),
        Err(MoneyError::NotOwed {
            needed: 61,
            owed: 60
        })
    );
    let back = owing
        .settle_owed(60)
        .and_then(|pool| pool.record(MoveKind::Unclaimed, 60))
        .unwrap();
    assert_eq!((back.kept(), back.owed()), (Ok(100), 0));
    assert_eq!(back.sum(Account::Free), 100);
    assert!(is_conserved(&back));
    assert_eq!(owing.owe(u128::MAX), Err(MoneyError::TooLarge));
}

#[test]
fn what_cannot_be_counted_as_kept_is_an_error() {
    let full = holding(Account::Free, u128::MAX);
    assert_eq!(full.kept(), Ok(u128::MAX));
    assert_eq!(
        full.with(Account::Held, 1).kept(),
        Err(MoneyError::TooLarge)
    );
}

#[derive(Debug, Clone)]
enum Step {
    Record(MoveKind, Amount),
    Owe(Amount),
    Settle(Amount),
}

fn step() -> impl Strategy<Value = Step> {
    let amount = || {
        prop_oneof![
            8 => 0..2_000u128,
            1 => Just(u128::MAX),
            1 => Just(u128::MAX / 2),
            1 => any::<u128>()
        ]
    };
    prop_oneof![
        8 => (prop::sample::select(MoveKind::ALL.to_vec()), amount())
            .prop_map(|(kind, amount)| Step::Record(kind, amount)),
        1 => amount().prop_map(Step::Owe),
        1 => amount().prop_map(Step::Settle),
    ]
}

fn take(pool: Pool, step: &Step) -> Result<Pool, MoneyError> {
    match *step {
        Step::Record(kind, amount) => pool.record(kind, amount),
        Step::Owe(amount) => pool.owe(amount),
        Step::Settle(amount) => pool.settle_owed(amount),
    }
}

/// What came in and what left are counts: they never fall.
fn counts_rise(before: &Pool, after: &Pool) -> bool {
    Account::SOURCES
        .into_iter()
        .chain(Account::SINKS)
        .all(|account| before.sum(account) <= after.sum(account))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_happens_every_coin_is_somewhere(
        steps in prop::collection::vec(step(), 1..80)
    ) {
        let mut pool = Pool::default();
        for step in &steps {
            let Ok(next) = take(pool, step) else { continue };
            prop_assert!(is_conserved(&next));
            prop_assert!(counts_rise(&pool, &next));
            let recorded = u64::from(matches!(step, Step::Record(..)));
            prop_assert_eq!(next.movements(), pool.movements() + recorded);
            pool = next;
        }
    }

    /// From any pool whatever, reachable or not, so without any assumption on what came before.
    #[test]
    fn one_movement_conserves_whatever_the_accounts_hold(
        sums in prop::collection::vec(any::<u128>(), 13),
        kind in prop::sample::select(MoveKind::ALL.to_vec()),
        amount in any::<u128>(),
    ) {
        let pool = Account::ALL
            .into_iter()
            .zip(sums)
            .fold(Pool::default(), |pool, (account, sum)| pool.with(account, sum));
        let (from, to) = kind.from_to();
        if let Ok(after) = pool.record(kind, amount) {
            let from_after = match from.is_source() {
                true => pool.sum(from).checked_add(amount),
                false => pool.sum(from).checked_sub(amount),
            };
            prop_assert_eq!(Some(after.sum(from)), from_after);
            prop_assert_eq!(Some(after.sum(to)), pool.sum(to).checked_add(amount));
        }
    }
}
