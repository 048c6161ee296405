//! Patients, people, permission.

use anyhow::{bail, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::{
    ExecuteMsg, GrantMsg, PackageMsg, PackageRef, Party, PatientInfo, QueryMsg,
};
use vitals_core::decision::{Action, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::time::{epoch_of, Epoch, Window};

use super::contract::Contract;
use super::cost::Cost;
use super::stage::{number, Stage};
use super::{emergency, guardians, teams};

pub const DAY_S: u64 = 86_400;
/// Draws of patient numbers until one has as many digits as most: at most so many.
const DRAWS: u32 = 8;
/// Digits of a patient's number in JSON.
const DIGITS: usize = 20;
const RECIPIENT: &str = "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq";

/// Who holds which credential beside the clinician; the board attests all of them.
const OTHERS: [(&str, Role); 5] = [
    ("insurer", Role::Insurer),
    ("insurer", Role::Custodian),
    ("stranger", Role::Custodian),
    ("responder", Role::EmergencyResponder),
    ("gateway", Role::VaultOperator),
];

pub struct People {
    pub patient: u64,
    /// Another account's.
    pub second: u64,
    /// In which the bench began.
    pub epoch: Epoch,
    /// Lets the gateway seal.
    pub sealing: u64,
    /// Lets the clinician read.
    pub reading: u64,
    /// Lets the clinician receive alerts.
    pub alerting: u64,
}

impl People {
    pub fn window(&self) -> Window {
        Window {
            from: self.epoch,
            to: self.epoch.saturating_add(48),
        }
    }
}

/// Credentials, the patient, and the grants that the rest stands on.
pub fn people(stage: &mut Stage<'_>) -> Result<People> {
    credentials(stage)?;
    // the first draw finds no count of draws, the tenth one of two digits
    stage.act("second", Contract::Consent, &ExecuteMsg::Enrol {})?;
    let (patient, cost) = enrol(stage, "patient")?;
    stage.keep("consent.enrol", cost)?;
    let (second, _) = enrol(stage, "second")?;
    let mut people = People {
        patient,
        second,
        epoch: epoch_of(stage.now_ms()?).unwrap_or_default(),
        sealing: 0,
        reading: 0,
        alerting: 0,
    };
    let set = ExecuteMsg::SetRecipient {
        recipient: RECIPIENT.into(),
    };
    stage.measure("patient", Contract::Consent, &set)?;
    people.sealing = first_grant(stage, &people)?;
    people.reading = grant_with_keys(stage, &people)?;
    let alerts = grant(stage, &people, "clinician", Action::ReceiveAlerts, None)?;
    let granted = stage.act("patient", Contract::Consent, &alerts)?;
    people.alerting = number(&granted, "granted", "grant")?;
    Ok(people)
}

fn credentials(stage: &mut Stage<'_>) -> Result<()> {
    let admit = ExecuteMsg::AdmitIssuer {
        issuer: stage.address("board")?,
        roles: vec![
            Role::Clinician,
            Role::Insurer,
            Role::Custodian,
            Role::EmergencyResponder,
            Role::VaultOperator,
        ],
    };
    stage.measure("deployer", Contract::Consent, &admit)?;
    let issue = credential(stage, "clinician", Role::Clinician)?;
    stage.measure("board", Contract::Consent, &issue)?;
    for (account, role) in OTHERS {
        let issue = credential(stage, account, role)?;
        stage.act("board", Contract::Consent, &issue)?;
    }
    Ok(())
}

fn credential(stage: &Stage<'_>, account: &str, role: Role) -> Result<ExecuteMsg> {
    Ok(ExecuteMsg::IssueCredential {
        account: stage.address(account)?,
        role,
        until: stage.now_s()? + 365 * DAY_S,
    })
}

/// Numbers are drawn from height and time, and their digits are bytes of messages: enrols until one
/// has twenty, and says what that cost.
fn enrol(stage: &mut Stage<'_>, who: &str) -> Result<(u64, Cost)> {
    let msg = ExecuteMsg::Enrol {};
    for _ in 0..DRAWS {
        let (enrolled, cost) = stage.probe(who, Contract::Consent, &msg)?;
        let patient = number(&enrolled, "enrolled", "patient")?;
        if patient.to_string().len() == DIGITS {
            return Ok((patient, cost));
        }
    }
    bail!("no patient number of {DIGITS} digits in {DRAWS} draws: run it again")
}

pub fn grant(
    stage: &Stage<'_>,
    people: &People,
    to: &str,
    action: Action,
    package: Option<PackageRef>,
) -> Result<ExecuteMsg> {
    Ok(ExecuteMsg::Grant {
        patient: Uint64::new(people.patient),
        grant: GrantMsg {
            grantee: Party::Account(stage.address(to)?),
            purposes: vec![Purpose::Treatment],
            categories: vec![Category::Cardiac, Category::Respiratory],
            actions: vec![action],
            window: people.window(),
            valid_from: None,
            valid_until: stage.now_s()? + 2 * DAY_S,
            package,
        },
    })
}

fn first_grant(stage: &mut Stage<'_>, people: &People) -> Result<u64> {
    let msg = grant(stage, people, "gateway", Action::Seal, None)?;
    let granted = stage.measure_as("grant_without_keys", "patient", Contract::Consent, &msg)?;
    number(&granted, "granted", "grant")
}

fn grant_with_keys(stage: &mut Stage<'_>, people: &People) -> Result<u64> {
    let msg = grant(stage, people, "clinician", Action::Read, Some(package(1)))?;
    let granted = stage.measure_as("grant", "patient", Contract::Consent, &msg)?;
    number(&granted, "granted", "grant")
}

fn package(fill: u8) -> PackageRef {
    PackageRef {
        digest: Binary::new(vec![fill; 32]),
        recipient_hash: Binary::new(vec![2; 32]),
    }
}

/// What ends or changes what the other contracts were measured on.
pub fn rest(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    packages(stage, people)?;
    teams::measure(stage)?;
    guardians::measure(stage, people)?;
    // the dismissed guardian could read
    let open = next_generation(stage, people)?;
    stage.measure("patient", Contract::Consent, &open)?;
    denials(stage, people)?;
    emergency::measure(stage, people)?;
    // the emergency let read on
    let open = next_generation(stage, people)?;
    stage.act("patient", Contract::Consent, &open)?;
    let revoke = ExecuteMsg::Revoke {
        patient: Uint64::new(people.patient),
        grant: Uint64::new(people.reading),
    };
    stage.measure_as("revoke", "patient", Contract::Consent, &revoke)?;
    withdraw(stage)
}

fn packages(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let put = ExecuteMsg::PutPackages {
        patient: Uint64::new(people.patient),
        packages: vec![PackageMsg {
            grant: Uint64::new(people.reading),
            package: package(3),
        }],
    };
    stage.measure("patient", Contract::Consent, &put)?;
    Ok(())
}

/// Of an account with no access: what a denial costs at the least, the search included.
fn denials(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let patient = Uint64::new(people.patient);
    let whom = Party::Account(stage.address("maker")?);
    let deny = ExecuteMsg::Deny {
        patient,
        whom: whom.clone(),
    };
    stage.measure("patient", Contract::Consent, &deny)?;
    let allow = ExecuteMsg::Allow { patient, whom };
    stage.measure("patient", Contract::Consent, &allow)?;
    Ok(())
}

fn next_generation(stage: &Stage<'_>, people: &People) -> Result<ExecuteMsg> {
    let patient = Uint64::new(people.patient);
    let info: PatientInfo = stage.query(Contract::Consent, &QueryMsg::Patient { patient })?;
    let generation = info.generation + 1;
    Ok(ExecuteMsg::OpenGeneration {
        patient,
        generation,
        commitment: Binary::new(vec![u8::try_from(generation)?; 32]),
    })
}

fn withdraw(stage: &mut Stage<'_>) -> Result<()> {
    let account = stage.address("clinician")?;
    let withdraw = ExecuteMsg::WithdrawCredential {
        account,
        role: Role::Clinician,
    };
    stage.measure("board", Contract::Consent, &withdraw)?;
    let issuer = stage.address("board")?;
    stage.measure(
        "deployer",
        Contract::Consent,
        &ExecuteMsg::RemoveIssuer { issuer },
    )?;
    Ok(())
}
