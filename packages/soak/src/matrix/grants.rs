//! To whom the patient grants what.

use anyhow::Result;
use cosmwasm_std::Uint64;
use vitals_api::consent::{ExecuteMsg, GrantMsg, PackageRef, Party};
use vitals_core::decision::{Action, Purpose};
use vitals_core::measure::Category;
use vitals_ledger::Call;

use crate::world::{grant, Patient, World};

/// Until a grant that is to be over by the time it is asked for.
const SOON_S: u64 = 5;
const WEEK_S: u64 = 7 * 86_400;

/// A grant by what is particular to it.
struct Terms {
    to: &'static str,
    purpose: Purpose,
    action: Action,
    categories: &'static [Category],
}

const CARDIAC: &[Category] = &[Category::Cardiac];

const fn terms(to: &'static str, purpose: Purpose, action: Action) -> Terms {
    Terms {
        to,
        purpose,
        action,
        categories: CARDIAC,
    }
}

const fn reader(to: &'static str) -> Terms {
    terms(to, Purpose::Treatment, Action::Read)
}

const TERMS: [Terms; 18] = [
    reader("reader"),
    Terms {
        categories: &[Category::Respiratory],
        ..reader("reader-respiratory")
    },
    reader("reader-earlier"),
    terms("payer", Purpose::Payment, Action::Read),
    terms("researcher", Purpose::Research, Action::Read),
    terms("relative", Purpose::Family, Action::Read),
    reader("reader-expired"),
    reader("reader-later"),
    reader("reader-revoked"),
    reader("reader-plain"),
    reader("reader-withdrawn"),
    reader("reader-denied"),
    terms("discloser", Purpose::Payment, Action::Disclose),
    terms("receiver", Purpose::Treatment, Action::ReceiveAlerts),
    Terms {
        categories: &[Category::Cardiac, Category::Respiratory],
        ..terms("writer", Purpose::Treatment, Action::WritePlan)
    },
    terms("gateway", Purpose::Treatment, Action::Seal),
    reader("team"),
    reader("team-denied"),
];

/// The grants' accounts in the order of the calls that make them. Each comes with the key package.
pub fn calls(
    world: &World,
    patient: &Patient,
    teams: [u64; 2],
    package: &PackageRef,
) -> Result<Vec<(&'static str, Call)>> {
    let made = TERMS.iter().map(|terms| {
        let msg = message(world, patient, terms, teams, package)?;
        Ok((
            terms.to,
            Call::new(&world.at.consent, &grant(patient.id, msg))?,
        ))
    });
    made.collect()
}

fn message(
    world: &World,
    patient: &Patient,
    terms: &Terms,
    teams: [u64; 2],
    package: &PackageRef,
) -> Result<GrantMsg> {
    let now_s = world.now_s()?;
    let grantee = match terms.to {
        "team" => Party::Team(Uint64::new(teams[0])),
        "team-denied" => Party::Team(Uint64::new(teams[1])),
        account => Party::Account(world.address(account)?),
    };
    let mut window = patient.window(26);
    if terms.to == "reader-earlier" {
        window.to = window.from;
        window.from -= 24;
    }
    Ok(GrantMsg {
        grantee,
        purposes: vec![terms.purpose],
        categories: terms.categories.to_vec(),
        actions: vec![terms.action],
        window,
        valid_from: (terms.to == "reader-later").then_some(now_s + WEEK_S),
        valid_until: match terms.to {
            "reader-expired" => now_s + SOON_S,
            _ => now_s + 2 * WEEK_S,
        },
        package: Some(package.clone()),
    })
}

/// To be sent once the grants are there.
pub fn revoke(patient: u64, grant: u64) -> ExecuteMsg {
    ExecuteMsg::Revoke {
        patient: Uint64::new(patient),
        grant: Uint64::new(grant),
    }
}
