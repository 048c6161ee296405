//! What `--keep` leaves behind: the story's patient and two more, each with devices that go on
//! measuring, and who looks after them. All of it is set up here, and started elsewhere.

mod admission;
mod devices;
mod prescription;

use anyhow::{Context, Result};
use cosmwasm_std::Uint64;
use vitals_api::consent::{self, Party};
use vitals_core::decision::{Action, Power, Purpose};
use vitals_device_sim::Kind;

use crate::edge::{EdgeSetup, VaultAt};
use crate::scenario::vault::Identity;
use crate::scenario::Told;

use admission::Admission;

/// Accounts besides the story's.
pub const OTHERS: [&str; 4] = ["patient-2", "gateway-2", "patient-3", "gateway-3"];

/// Who measures what in the ward, and which of it is out of range.
const BEDS: [(&str, &str, Option<Kind>); 3] = [
    ("patient", "gateway", None),
    ("patient-2", "gateway-2", Some(Kind::PulseOximeter)),
    ("patient-3", "gateway-3", Some(Kind::Thermometer)),
];

/// One patient with a gateway of its own.
pub struct Bed {
    /// Whose account the gateway's is.
    pub gateway: &'static str,
    pub setup: EdgeSetup,
    pub devices: Vec<Live>,
}

/// A device with its directory.
pub struct Live {
    pub number: u64,
    pub name: String,
    /// Out of range from the start on.
    pub in_episode: bool,
}

/// What a link to the app opens.
pub struct Opens {
    pub role: &'static str,
    pub account: &'static str,
    pub identity: Option<String>,
    /// The patient's keys as JSON, in the clear: they guard nothing but the demonstration. A text, as
    /// JavaScript would round the patient's number in it.
    pub keyring: Option<String>,
    pub patient: Option<u64>,
}

pub struct Ward {
    pub beds: Vec<Bed>,
    pub opens: Vec<Opens>,
    pub vault: VaultAt,
}

/// Admits the patients, registers and pairs their devices, and grants what a ward needs.
pub fn fill(told: Told<'_>) -> Result<Ward> {
    let desk = Admission::new(&told)?;
    let clinician = desk.recipient("clinician")?;
    let guardian = desk.recipient("guardian")?;
    let insurer = desk.recipient("insurer")?;
    let mut beds = Vec::new();
    let mut opens = Vec::new();
    for (place, (who, gateway, ill)) in (1u8..).zip(BEDS) {
        let patient = match who {
            "patient" => desk.known(who, told.patient, &told.agent),
            _ => desk.admit(who)?,
        };
        let caring = desk.care(&patient)?;
        if who == "patient" {
            desk.guard(&patient)?;
        }
        let bed = desk.bed(&patient, gateway, ill, place)?;
        desk.prescribe(&patient, caring)?;
        beds.push(bed);
        opens.push(patient.opens(&told.backend.home())?);
    }
    let of = |role, account, identity: Option<Identity>| Opens {
        role,
        account,
        identity: identity.map(|identity| identity.secret),
        keyring: None,
        patient: None,
    };
    opens.extend([
        of("guardian", "guardian", Some(guardian)),
        of("clinician", "clinician", Some(clinician)),
        of("insurer", "insurer", Some(insurer)),
        of("operator", "deployer", None),
    ]);
    Ok(Ward {
        beds,
        opens,
        vault: told.vault.clone(),
    })
}

impl Admission<'_> {
    /// The clinician reads, receives alerts and writes plans.
    fn care(&self, patient: &admission::Patient<'_>) -> Result<u64> {
        let actions = [Action::Read, Action::ReceiveAlerts, Action::WritePlan];
        self.grant(patient, "clinician", Purpose::Treatment, &actions)
    }

    /// The guardian reads, too, and keeps the powers the story gave.
    fn guard(&self, patient: &admission::Patient<'_>) -> Result<()> {
        let appoint = consent::ExecuteMsg::AppointGuardian {
            patient: Uint64::new(patient.id),
            guardian: self.address("guardian")?,
            powers: vec![
                Power::Read,
                Power::Acknowledge,
                Power::Revoke,
                Power::Recover,
            ],
            until: self.until_s()?,
        };
        self.call(patient.who, &self.told.at.consent, &appoint)?;
        self.grant(patient, "guardian", Purpose::Family, &[Action::Read])?;
        Ok(())
    }

    fn bed(
        &self,
        patient: &admission::Patient<'_>,
        gateway: &'static str,
        ill: Option<Kind>,
        place: u8,
    ) -> Result<Bed> {
        let identity = self.recipient(gateway)?;
        let sealing = self.grant(patient, gateway, Purpose::Treatment, &[Action::Seal])?;
        let own = self.own_device(patient, gateway, place)?;
        let mut devices = Vec::new();
        for kind in Kind::ALL {
            let number = self.device(patient, kind)?;
            devices.push(Live {
                number,
                name: devices::name(patient.who, kind),
                in_episode: ill == Some(kind),
            });
        }
        let setup = EdgeSetup {
            deployment: self.told.at.clone(),
            account: self.told.backend.account(gateway)?,
            patient: patient.id,
            sealing,
            devices: devices.iter().map(|device| device.number).collect(),
            thresholds: crate::scenario::recording::thresholds(),
            own_device: own.device,
            own_seed: devices::own_seed(place),
            identity: identity.secret,
            vault: self.told.vault.clone(),
        };
        Ok(Bed {
            gateway,
            setup,
            devices,
        })
    }

    fn grant(
        &self,
        patient: &admission::Patient<'_>,
        to: &str,
        purpose: Purpose,
        actions: &[Action],
    ) -> Result<u64> {
        let grantee = Party::Account(self.address(to)?);
        let granted = self.granted(patient, grantee, purpose, actions)?;
        patient
            .agent()
            .issue(
                &*self.told.backend.account(patient.who)?,
                &self.told.at.consent,
                &self.vault_as(patient.who)?,
                granted,
            )
            .with_context(|| format!("keys for {to}"))?;
        Ok(granted)
    }
}
