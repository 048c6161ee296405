use super::*;
use proptest::prelude::*;

fn funded() -> Pool {
    Pool::default().deposit(1_000).unwrap()
}

fn is_conserved(pool: &Pool) -> bool {
    // equal modulo 2^128, since the law's own sums may pass what one field can hold
    let came_in = pool.deposits.wrapping_add(pool.premiums);
    let went = [pool.locked, pool.paid, pool.withdrawn];
    came_in == went.into_iter().fold(pool.free, Amount::wrapping_add)
}

#[test]
fn a_premium_does_not_cover_benefits() {
    let sold = funded().sell(50, 1_000).unwrap();
    assert_eq!(
        (sold.free(), sold.locked(), sold.premiums()),
        (0, 1_050, 50)
    );
    assert_eq!(
        funded().sell(50, 1_001),
        Err(MoneyError::PoolTooSmall {
            needed: 1_051,
            free: 1_050
        })
    );
}

#[test]
fn locked_money_is_paid_or_freed_but_not_withdrawn() {
    let sold = funded().sell(50, 600).unwrap();
    assert!(sold.withdraw(401).is_err());
    let paid = sold.pay(300).unwrap();
    let over = paid.release(350).unwrap();
    assert_eq!((over.free(), over.locked(), over.paid()), (750, 0, 300));
    assert_eq!(over.withdraw(750).map(|p| p.free()), Ok(0));
}

#[test]
fn nothing_is_paid_or_freed_that_is_not_locked() {
    let sold = funded().sell(0, 100).unwrap();
    let refused = MoneyError::NotLocked {
        needed: 101,
        locked: 100,
    };
    assert_eq!(sold.pay(101), Err(refused.clone()));
    assert_eq!(sold.release(101), Err(refused));
}

#[test]
fn zero_is_no_amount_and_sums_do_not_wrap() {
    assert_eq!(funded().deposit(0), Err(MoneyError::Zero));
    assert_eq!(funded().withdraw(0), Err(MoneyError::Zero));
    assert_eq!(funded().deposit(u128::MAX), Err(MoneyError::TooLarge));
    assert_eq!(funded().sell(u128::MAX, 1), Err(MoneyError::TooLarge));
    assert_eq!(most_benefits(u128::MAX / 16, 16), Ok(u128::MAX - 15));
    assert_eq!(
        most_benefits(u128::MAX / 16 + 1, 16),
        Err(MoneyError::TooLarge)
    );
}

#[derive(Debug, Clone)]
enum Step {
    Deposit(Amount),
    Withdraw(Amount),
    Sell(Amount, Amount),
    Pay(Amount),
    Release(Amount),
}

fn step() -> impl Strategy<Value = Step> {
    let amount = || prop_oneof![0..2_000u128, Just(u128::MAX), Just(u128::MAX / 2)];
    prop_oneof![
        amount().prop_map(Step::Deposit),
        amount().prop_map(Step::Withdraw),
        (amount(), amount()).prop_map(|(p, b)| Step::Sell(p, b)),
        amount().prop_map(Step::Pay),
        amount().prop_map(Step::Release),
    ]
}

fn take(pool: Pool, step: &Step) -> Result<Pool, MoneyError> {
    match *step {
        Step::Deposit(amount) => pool.deposit(amount),
        Step::Withdraw(amount) => pool.withdraw(amount),
        Step::Sell(premium, benefits) => pool.sell(premium, benefits),
        Step::Pay(amount) => pool.pay(amount),
        Step::Release(amount) => pool.release(amount),
    }
}

proptest! {
    #[test]
    fn whatever_happens_every_coin_is_somewhere(
        steps in proptest::collection::vec(step(), 1..60)
    ) {
        let mut pool = Pool::default();
        for step in &steps {
            pool = take(pool, step).unwrap_or(pool);
            prop_assert!(is_conserved(&pool));
        }
    }
}
