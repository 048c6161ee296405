//! Collect and ReclaimUnclaimed: what could not be paid when it was due.

use crate::common::{refused, TokenWorld, BENEFIT, SEPARATION_S, WAITING_S};
use cosmwasm_std::{Uint128, Uint64};
use cw_multi_test::AppResponse;
use vitals_api::claims::{ExecuteMsg, OwedInfo, QueryMsg, UNCLAIMED_AFTER_S};
use vitals_testing::suite::Refused;
use vitals_testing::token::{Fault, SUPPLY};

/// A benefit that `other` could not be paid.
fn unpaid() -> (TokenWorld, u64) {
    let mut sold = TokenWorld::new();
    let policy = sold.bind().unwrap();
    sold.world.suite.advance(WAITING_S);
    sold.set_fault(Fault::FailsOnTransfer);
    claim(&mut sold, policy);
    (sold, policy)
}

fn claim(sold: &mut TokenWorld, policy: u64) {
    let evidence = sold.world.episode();
    sold.world.claim(policy, &evidence).unwrap();
}

fn owed(sold: &TokenWorld, account: &str) -> OwedInfo {
    let asked = QueryMsg::Owed {
        product: Uint64::new(sold.world.product),
        account: sold.world.suite.actor(account).into(),
    };
    sold.world.query(&asked).unwrap()
}

fn collect(sold: &mut TokenWorld, who: &str, to: Option<&str>) -> Result<AppResponse, Refused> {
    let to = to.map(|name| sold.world.suite.actor(name).into());
    collect_to(sold, who, to)
}

fn collect_to(
    sold: &mut TokenWorld,
    who: &str,
    to: Option<String>,
) -> Result<AppResponse, Refused> {
    let product = Uint64::new(sold.world.product);
    sold.world.tell(who, &ExecuteMsg::Collect { product, to })
}

fn reclaim(sold: &mut TokenWorld, account: &str) -> Result<AppResponse, Refused> {
    let msg = ExecuteMsg::ReclaimUnclaimed {
        product: Uint64::new(sold.world.product),
        account: sold.world.suite.actor(account).into(),
    };
    sold.world.tell("stranger", &msg)
}

#[test]
fn what_is_owed_is_collected_by_whom_it_is_owed_to() {
    let (mut sold, _) = unpaid();
    refused(collect(&mut sold, "stranger", None), "claims/nothing_owed");
    refused(collect(&mut sold, "patient", None), "claims/nothing_owed");
    // the token fails still, and it stays owed
    refused(collect(&mut sold, "other", None), "token/refused");
    assert_eq!(owed(&sold, "other").amount.u128(), BENEFIT);
    sold.set_fault(Fault::None);
    collect(&mut sold, "other", None).unwrap();
    assert_eq!(sold.balance("other"), SUPPLY + BENEFIT);
    let nothing = OwedInfo {
        amount: Uint128::zero(),
        since: None,
        reclaimable_from: None,
    };
    assert_eq!(owed(&sold, "other"), nothing);
    sold.assert_whole();
    refused(collect(&mut sold, "other", None), "claims/nothing_owed");
}

#[test]
fn it_is_collected_to_another_account_that_can_use_it() {
    let (mut sold, _) = unpaid();
    sold.set_fault(Fault::None);
    let claims = sold.world.suite.at.claims.to_string();
    let token = sold.token.at.to_string();
    let upper = sold.world.suite.actor("board").as_str().to_uppercase();
    for (to, code) in [
        (claims, "claims/payee_is_the_contract"),
        (token, "claims/payee_is_a_token"),
        (upper, "input/address"),
    ] {
        refused(collect_to(&mut sold, "other", Some(to)), code);
    }
    collect(&mut sold, "other", Some("clinician")).unwrap();
    assert_eq!(sold.balance("clinician"), SUPPLY + BENEFIT);
    assert_eq!(sold.balance("other"), SUPPLY);
    sold.assert_whole();
}

#[test]
fn what_is_owed_of_one_product_is_not_anothers() {
    let (mut sold, _) = unpaid();
    sold.set_fault(Fault::None);
    let first = sold.world.product;
    sold.world.product = 9;
    refused(collect(&mut sold, "other", None), "claims/nothing_owed");
    refused(reclaim(&mut sold, "other"), "claims/nothing_owed");
    sold.world.product = first;
    assert_eq!(owed(&sold, "other").amount.u128(), BENEFIT);
}

#[test]
fn what_nobody_collects_goes_back_after_three_years_and_not_a_second_before() {
    let (mut sold, _) = unpaid();
    sold.set_fault(Fault::None);
    let free = sold.world.pool().free.u128();
    let since = sold.world.suite.now_s();
    let from = since + u64::from(UNCLAIMED_AFTER_S);
    let info = owed(&sold, "other");
    assert_eq!(
        (info.since, info.reclaimable_from),
        (Some(since), Some(from))
    );
    sold.world.suite.advance(u64::from(UNCLAIMED_AFTER_S) - 1);
    refused(reclaim(&mut sold, "other"), "claims/not_yet_unclaimed");
    sold.world.suite.advance(1);
    refused(reclaim(&mut sold, "stranger"), "claims/nothing_owed");
    reclaim(&mut sold, "other").unwrap();
    let pool = sold.world.pool();
    assert_eq!(pool.free.u128(), free + BENEFIT);
    assert_eq!(pool.reclaimed.u128(), BENEFIT);
    assert_eq!((pool.owed.u128(), pool.paid.u128()), (0, BENEFIT));
    sold.assert_whole();
    refused(collect(&mut sold, "other", None), "claims/nothing_owed");
}

/// The last of several payments starts the three years for all.
#[test]
fn payments_that_fail_add_up_and_none_goes_back_early() {
    let (mut sold, policy) = unpaid();
    sold.world.suite.advance(SEPARATION_S);
    claim(&mut sold, policy);
    let info = owed(&sold, "other");
    assert_eq!(info.amount.u128(), 2 * BENEFIT);
    assert_eq!(info.since, Some(sold.world.suite.now_s()));
    assert_eq!(sold.world.pool().owed.u128(), 2 * BENEFIT);
    sold.assert_whole();
    sold.set_fault(Fault::None);
    collect(&mut sold, "other", None).unwrap();
    assert_eq!(sold.balance("other"), SUPPLY + 2 * BENEFIT);
    sold.assert_whole();
}
