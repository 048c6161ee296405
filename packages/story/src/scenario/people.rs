//! Step 3: people, credentials, devices, who is called when something is wrong.

use anyhow::Result;
use cosmwasm_std::Uint64;
use vitals_api::{care, consent, registry};
use vitals_core::decision::{Action, Power, Purpose, Role};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::{Category, Measure};
use vitals_core::signing::Domain;
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_ledger::Call;
use vitals_testing::TestDevice;

use super::vault::Identity;
use super::{number, Stage};
use crate::screen;

/// The categories the story measures.
pub const CATEGORIES: [Category; 2] = [Category::Cardiac, Category::Respiratory];
/// The categories the care plan is about.
pub const PLANNED: [Category; 3] = [
    Category::Cardiac,
    Category::Respiratory,
    Category::Medication,
];
/// The ladder alerts climb.
pub const LADDER: u8 = 1;
/// Seconds the clinician has before the guardian is called.
pub const TIER_S: u32 = 8;

pub struct Patient {
    pub id: u64,
    /// Epoch in which the story began: windows of grants begin here.
    pub epoch: Epoch,
    /// The gateway's grant to seal.
    pub sealing: u64,
    /// The clinician's grant to receive alerts and write plans.
    pub caring: u64,
    /// What the clinician and the guardian open with.
    pub clinician: Identity,
    pub guardian: Identity,
}

impl Patient {
    /// From the story's first epoch on, for so many hours.
    pub fn window(&self, hours: u32) -> Window {
        Window {
            from: self.epoch,
            to: self.epoch.saturating_add(hours),
        }
    }
}

pub struct Devices {
    pub heart: TestDevice,
    pub oximeter: TestDevice,
    pub dispenser: TestDevice,
    /// The gateway is a device too: it signs its own findings.
    pub gateway: TestDevice,
}

/// A key for each device; on a real device it never leaves the chip.
pub const HEART_SEED: u8 = 11;
pub const OXIMETER_SEED: u8 = 12;
pub const GATEWAY_SEED: u8 = 13;
const DISPENSER_SEED: u8 = 15;
pub const MAKER_SEED: [u8; 32] = [14; 32];
const DAY_S: u64 = 86_400;

const CREDENTIALS: [(&str, Role); 5] = [
    ("clinician", Role::Clinician),
    ("specialist", Role::Clinician),
    ("insurer", Role::Insurer),
    ("responder", Role::EmergencyResponder),
    ("vault", Role::VaultOperator),
];

impl Stage<'_> {
    pub fn people(&mut self) -> Result<(Patient, Devices)> {
        screen::step(3, "People, credentials, devices");
        self.report.step("people");
        self.credentials()?;
        let patient = self.enrol()?;
        let devices = self.devices(&patient)?;
        self.ladder(&patient)?;
        Ok((patient, devices))
    }

    fn credentials(&mut self) -> Result<()> {
        let consent = self.at.consent.clone();
        let admit = consent::ExecuteMsg::AdmitIssuer {
            issuer: self.address("board")?,
            roles: vec![
                Role::Clinician,
                Role::Insurer,
                Role::EmergencyResponder,
                Role::Custodian,
                Role::VaultOperator,
            ],
        };
        self.act("deployer", "admit_issuer", &consent, &admit)?;
        let mut calls = Vec::new();
        for (account, role) in CREDENTIALS {
            let issue = consent::ExecuteMsg::IssueCredential {
                account: self.address(account)?,
                role,
                until: self.now_s()? + 365 * DAY_S,
            };
            calls.push(Call::new(&consent, &issue)?);
            screen::say(&format!("{account} holds a credential as {role:?}"));
        }
        self.act_all("board", "issue_credentials", &calls)?;
        Ok(())
    }

    fn enrol(&mut self) -> Result<Patient> {
        let consent = self.at.consent.clone();
        let enrolled = self.act("patient", "enrol", &consent, &consent::ExecuteMsg::Enrol {})?;
        let id = number(&enrolled, &consent, "enrolled", "patient")?;
        screen::say(&format!("patient {id}: a number that tells nothing"));
        let appoint = consent::ExecuteMsg::AppointGuardian {
            patient: Uint64::new(id),
            guardian: self.address("guardian")?,
            powers: vec![Power::Acknowledge, Power::Revoke, Power::Recover],
            until: self.now_s()? + 30 * DAY_S,
        };
        self.act("patient", "appoint_guardian", &consent, &appoint)?;
        let epoch = epoch_of(self.now_ms()?).unwrap_or_default();
        let mut patient = Patient {
            id,
            epoch,
            sealing: 0,
            caring: 0,
            clinician: self.identity("clinician")?,
            guardian: self.identity("guardian")?,
        };
        let treatment = Purpose::Treatment;
        let sealing = [Action::Seal];
        patient.sealing = self.grant_plain(&patient, "gateway", treatment, &sealing, &PLANNED)?;
        let caring = [Action::ReceiveAlerts, Action::WritePlan];
        patient.caring = self.grant_plain(&patient, "clinician", treatment, &caring, &PLANNED)?;
        screen::say("the gateway may seal, the clinician and the guardian receive alerts,");
        screen::say("and the clinician may write care plans");
        Ok(patient)
    }

    /// A new identity of somebody's, whose recipient is published.
    pub fn identity(&mut self, who: &str) -> Result<Identity> {
        let consent = self.at.consent.clone();
        let identity = Identity::generate();
        let set = consent::ExecuteMsg::SetRecipient {
            recipient: identity.recipient.clone(),
        };
        self.act(who, "set_recipient", &consent, &set)?;
        Ok(identity)
    }

    /// A grant that comes without keys.
    pub fn grant_plain(
        &mut self,
        patient: &Patient,
        to: &str,
        purpose: Purpose,
        actions: &[Action],
        categories: &[Category],
    ) -> Result<u64> {
        let consent = self.at.consent.clone();
        let msg = consent::ExecuteMsg::Grant {
            patient: Uint64::new(patient.id),
            grant: consent::GrantMsg {
                grantee: consent::Party::Account(self.address(to)?),
                purposes: vec![purpose],
                categories: categories.to_vec(),
                actions: actions.to_vec(),
                window: patient.window(48),
                valid_from: None,
                valid_until: self.now_s()? + 2 * DAY_S,
                package: None,
            },
        };
        let granted = self.act("patient", "grant_without_keys", &consent, &msg)?;
        number(&granted, &consent, "granted", "grant")
    }

    fn devices(&mut self, patient: &Patient) -> Result<Devices> {
        let registry = self.at.device_registry.clone();
        let maker_key = Ed25519Signer::from_seed(&MAKER_SEED);
        let admit = registry::ExecuteMsg::AdmitMaker {
            maker: self.address("maker")?,
            name: "Example Devices".into(),
            key: registry::KeyMsg {
                scheme: maker_key.public_key().scheme(),
                bytes: maker_key.public_key().bytes().to_vec().into(),
            },
        };
        self.act("deployer", "admit_maker", &registry, &admit)?;
        let oxygen = [Measure::OxygenSaturation];
        let both = [Measure::HeartRate, Measure::OxygenSaturation];
        let heart = self.device(HEART_SEED, "maker", &[Measure::HeartRate], Some(&maker_key))?;
        let oximeter = self.device(OXIMETER_SEED, "maker", &oxygen, Some(&maker_key))?;
        let doses = [Measure::DoseTaken];
        let dispenser = self.device(DISPENSER_SEED, "maker", &doses, Some(&maker_key))?;
        let gateway = self.device(GATEWAY_SEED, "gateway", &both, None)?;
        let mut devices = Devices {
            heart,
            oximeter,
            dispenser,
            gateway,
        };
        for device in [
            &mut devices.heart,
            &mut devices.oximeter,
            &mut devices.dispenser,
            &mut devices.gateway,
        ] {
            self.pair(patient, device)?;
        }
        screen::say(
            "heart-rate monitor, oximeter, dispenser: attested by their maker, paired by the patient",
        );
        screen::say("gateway: registered as a device of its own, for the alerts it signs");
        Ok(devices)
    }

    /// Lists a model and registers a device of it, which proves that it holds its key.
    pub fn device(
        &mut self,
        seed: u8,
        registrant: &str,
        measures: &[Measure],
        maker_key: Option<&Ed25519Signer>,
    ) -> Result<TestDevice> {
        let registry = self.at.device_registry.clone();
        let list = registry::ExecuteMsg::ListModel {
            name: format!("Model {seed}"),
            measures: measures.to_vec(),
            lowest_firmware: 0x0100_0000,
        };
        let listed = self.act("maker", "list_model", &registry, &list)?;
        let model = u32::try_from(number(&listed, &registry, "model_listed", "model")?)?;
        let mut device = TestDevice::new(seed, self.deployment);
        let registration = device.registration(model, &self.address(registrant)?);
        let attestation = match maker_key {
            Some(key) => {
                let digest = registration.digest(Domain::Attest, &self.deployment)?;
                Some(key.sign(&digest).to_vec().into())
            }
            None => None,
        };
        let register = registry::ExecuteMsg::Register {
            body: registration.to_bytes()?.into(),
            possession: device.sign_registration(&registration),
            attestation,
            holder: None,
        };
        let kind = match maker_key {
            Some(_) => "register_device",
            None => "register_device_unattested",
        };
        let registered = self.act(registrant, kind, &registry, &register)?;
        device.device = number(&registered, &registry, "registered", "device")?;
        Ok(device)
    }

    pub fn pair(&mut self, patient: &Patient, device: &mut TestDevice) -> Result<()> {
        let registry = self.at.device_registry.clone();
        let (body, signature) = device.pairing_action(patient.id);
        let msg = registry::ExecuteMsg::Pair { body, signature };
        let paired = self.act("patient", "pair", &registry, &msg)?;
        let pairing = number(&paired, &registry, "paired", "pairing")?;
        device.pairing = u32::try_from(pairing)?;
        Ok(())
    }

    fn ladder(&mut self, patient: &Patient) -> Result<()> {
        let care = self.at.care.clone();
        let tier = |who: String| care::TierMsg {
            responders: vec![who],
            within_s: TIER_S,
        };
        let msg = care::ExecuteMsg::SetLadder {
            patient: Uint64::new(patient.id),
            ladder: LADDER,
            tiers: vec![
                tier(self.address("clinician")?),
                tier(self.address("guardian")?),
            ],
            ends_in_emergency: false,
        };
        self.act("patient", "set_ladder", &care, &msg)?;
        screen::say(&format!(
            "an alert calls the clinician; after {TIER_S} s without an answer, the guardian"
        ));
        Ok(())
    }
}
