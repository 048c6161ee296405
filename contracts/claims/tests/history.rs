//! Queries of policies and claims: what they are in, and all that happened to them.

use cosmwasm_std::Uint64;
use vitals_api::claims::{
    ClaimId, ClaimsPage, HistoryEntry, HistoryKind, HistoryPage, PoliciesPage, QueryMsg, SilenceMsg,
};
use vitals_core::insurance::{ClaimState, PolicyState};

use crate::common::{
    instalments, refused, World, APPEAL_S, BENEFIT, EVERY_S, FILE_WITHIN_S, GRACE_S, PREMIUM,
    WAITING_S,
};

/// Kind, account, claim and amount.
type Told<'a> = (HistoryKind, Option<&'a str>, Option<u16>, Option<u128>);

#[track_caller]
fn assert_history(world: &World, policy: u64, expected: &[Told<'_>]) {
    let entries = world.history(policy).entries;
    assert!(entries.is_sorted_by_key(|entry| entry.at));
    let told: Vec<HistoryEntry> = entries;
    let expected: Vec<_> = expected
        .iter()
        .zip(&told)
        .map(|((kind, by, claim, amount), entry)| HistoryEntry {
            at: entry.at,
            kind: kind.clone(),
            by: by.map(|name| world.suite.actor(name).into()),
            claim: *claim,
            amount: amount.map(Into::into),
        })
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn a_policys_history_tells_premiums_claims_and_its_end() {
    use HistoryKind as K;
    let (mut world, policy) = World::covered_by(&instalments());
    let shown = world.episode();
    world.claim(policy, &shown).unwrap();
    world.pay_premium(policy, PREMIUM).unwrap();
    world.suite.advance(2 * EVERY_S + GRACE_S - WAITING_S);
    world.lapse(policy).unwrap();
    world.suite.advance(FILE_WITHIN_S);
    world.expire(policy).unwrap();
    let (premium, benefit) = (Some(PREMIUM), Some(BENEFIT));
    assert_history(
        &world,
        policy,
        &[
            (K::Bound, Some("patient"), None, premium),
            // in one second: payments are told first
            (K::PremiumPaid, Some("stranger"), None, premium),
            (K::ClaimPaid, Some("patient"), Some(1), benefit),
            (K::Lapsed, None, None, None),
            (K::Ended, None, None, None),
        ],
    );
}

#[test]
fn an_offers_history_tells_its_end_or_its_policys() {
    use HistoryKind as K;
    let mut world = World::new();
    let premium = Some(PREMIUM);
    let offer = world.offer().unwrap();
    world.suite.advance(5);
    world.withdraw_offer("employer", offer).unwrap();
    let offered = (K::Offered, Some("employer"), None, premium);
    let withdrawn = (K::OfferWithdrawn, None, None, premium);
    assert_history(&world, offer, &[offered.clone(), withdrawn]);

    let offer = world.offer().unwrap();
    world.suite.advance(5);
    world.accept(offer).unwrap();
    world.cancel("employer", offer).unwrap();
    let cancelled = (K::Cancelled, Some("employer"), None, premium);
    let bound = (K::Bound, None, None, premium);
    let ended = (K::Ended, None, None, None);
    assert_history(&world, offer, &[offered, bound, cancelled, ended]);
}

#[test]
fn a_claims_history_tells_every_turn() {
    use HistoryKind as K;
    let (mut world, policy) = World::treated(SilenceMsg::Approves);
    let invoice = world.invoice(1, 600);
    let at = (policy, world.file(policy, invoice).unwrap());
    world.assess("assessor", at, 250).unwrap();
    world.appeal(at).unwrap();
    world.arbitrate("arbiter", at, 400).unwrap();
    let claim = Some(1);
    assert_history(
        &world,
        policy,
        &[
            (K::Bound, Some("patient"), None, Some(PREMIUM)),
            (K::ClaimFiled, Some("patient"), claim, Some(600)),
            (K::ClaimAssessed, Some("assessor"), claim, Some(250)),
            (K::ClaimAppealed, Some("patient"), claim, None),
            (K::ClaimArbitrated, Some("arbiter"), claim, Some(400)),
            (K::ClaimClosed, None, claim, Some(400)),
        ],
    );
}

#[test]
fn a_history_is_read_page_by_page() {
    let (mut world, policy) = World::treated(SilenceMsg::Approves);
    for digest in 1..=6 {
        let invoice = world.invoice(digest, 1);
        let claim = world.file(policy, invoice).unwrap();
        world.assess("insurer", (policy, claim), 0).unwrap();
        world.suite.advance(APPEAL_S);
        world.settle((policy, claim)).unwrap();
    }
    let page = |skip, limit| -> HistoryPage {
        let policy = Uint64::new(policy);
        let asked = QueryMsg::History {
            policy,
            skip,
            limit,
        };
        world.query(&asked).unwrap()
    };
    let all = page(None, Some(30)).entries;
    assert_eq!(all.len(), 1 + 6 * 3);
    assert_eq!(page(None, None).entries, all[..10]);
    assert_eq!(page(Some(10), None).entries, all[10..]);
    assert_eq!(page(Some(19), None).entries, []);
    assert_eq!(page(Some(u32::MAX), None).entries, []);
}

#[test]
fn an_insurer_lists_its_policies_and_claims_by_state() {
    let (mut world, policy) = World::treated(SilenceMsg::Approves);
    let offer = world.offer().unwrap();
    let product = Uint64::new(world.product);
    let policies = |state, start_after, limit| -> PoliciesPage {
        let asked = QueryMsg::ProductPolicies {
            product,
            state,
            start_after,
            limit,
        };
        world.query(&asked).unwrap()
    };
    let numbers = |page: &PoliciesPage| -> Vec<u64> {
        page.policies.iter().map(|p| p.policy.u64()).collect()
    };
    let all = policies(None, None, None);
    assert_eq!((numbers(&all), all.next), (vec![policy, offer], None));
    let offers = policies(Some(PolicyState::Offered), None, Some(1));
    let next = Some(Uint64::new(policy));
    assert_eq!((numbers(&offers), offers.next), (vec![], next));
    let offers = policies(Some(PolicyState::Offered), next, Some(1));
    assert_eq!((numbers(&offers), offers.next), (vec![offer], None));

    for (digest, award) in [(1, 0), (2, 1)] {
        let invoice = world.invoice(digest, 1);
        let claim = world.file(policy, invoice).unwrap();
        world.assess("insurer", (policy, claim), award).unwrap();
    }
    let claims = |state, start_after| -> ClaimsPage {
        let asked = QueryMsg::ProductClaims {
            product,
            state,
            start_after,
            limit: Some(1),
        };
        world.query(&asked).unwrap()
    };
    let first = claims(Some(ClaimState::Paid), None);
    let policy = Uint64::new(policy);
    assert_eq!(
        (first.claims, first.next.clone()),
        (vec![], Some(ClaimId { policy, claim: 1 }))
    );
    let second = claims(Some(ClaimState::Paid), first.next);
    assert_eq!((second.claims[0].claim, second.next), (2, None));
}

#[test]
fn what_was_never_sold_or_claimed_is_not_found() {
    let (world, policy) = World::covered();
    let none = Uint64::new(policy + 1);
    for asked in [
        QueryMsg::Policy { policy: none },
        QueryMsg::History {
            policy: none,
            skip: None,
            limit: None,
        },
        QueryMsg::Claim {
            policy: policy.into(),
            claim: 1,
        },
        QueryMsg::Claims {
            policy: none,
            start_after: None,
            limit: None,
        },
    ] {
        refused(world.query::<serde_json::Value>(&asked), "state/not_found");
    }
}
