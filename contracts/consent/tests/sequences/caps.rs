//! What is kept, by what the contract answers: never more than may be, and what the log knows of.

use cosmwasm_std::Uint64;
use vitals_api::consent::emergency::{ResponderInfo, MAX_UNREVIEWED};
use vitals_api::consent::recovery::{GuardiansPage, ProposalsInfo};
use vitals_api::consent::{QueryMsg, MAX_GUARDIANS, MAX_OPEN_PROPOSALS};

use super::facts::{Log, ASKED, NAMES};
use crate::common::Contract;

pub fn compare(contract: &Contract, log: &Log, patient: usize, number: u64) {
    let of = Uint64::new(number);
    compare_guardians(contract, log, patient, of);
    let open: ProposalsInfo = contract.ask(QueryMsg::Proposals { patient: of }).unwrap();
    let ids: Vec<u64> = open.proposals.iter().map(|p| p.proposal.u64()).collect();
    assert_eq!(ids, log.open_proposals(patient));
    assert!(ids.len() <= MAX_OPEN_PROPOSALS);
    for who in 0..ASKED {
        compare_responder(contract, log, who);
    }
}

fn compare_guardians(contract: &Contract, log: &Log, patient: usize, of: Uint64) {
    let page: GuardiansPage = contract
        .ask(QueryMsg::Guardians {
            patient: of,
            start_after: None,
            limit: Some(30),
        })
        .unwrap();
    let kept = page.guardians.len();
    assert!(kept <= MAX_GUARDIANS && log.listed(patient) <= kept);
}

fn compare_responder(contract: &Contract, log: &Log, who: usize) {
    let account = contract.addr(NAMES[who]).into();
    let info: ResponderInfo = contract.ask(QueryMsg::Responder { account }).unwrap();
    assert!(info.unreviewed <= MAX_UNREVIEWED);
    let owed = log.owed(who).len();
    let counts = (info.unreviewed as usize, info.rejected as usize);
    assert_eq!(counts, (owed, log.rejected(who)));
}
