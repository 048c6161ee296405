//! A patient with devices and keys.

use age::secrecy::ExposeSecret;
use anyhow::{Context, Result};
use cosmwasm_std::Uint64;
use vitals_api::consent::{self, ExecuteMsg, GrantMsg, Party};
use vitals_api::registry;
use vitals_core::decision::{Action, Purpose, Role};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::{Category, Measure};
use vitals_core::signing::Domain;
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_keys::{Agent, Lock};
use vitals_ledger::Call;
use vitals_testing::TestDevice;

use super::{number, World};

const MAKER_SEED: [u8; 32] = [14; 32];
/// Of the gateway as a device.
const OWN_SEED: u8 = 13;
/// Of the patient's key file.
pub const PASSPHRASE: &str = "of nobody";
/// Cheap to unlock: its keys guard nothing.
const WORK_FACTOR: u8 = 10;

/// An age identity and its recipient.
pub struct Identity {
    pub secret: String,
    pub recipient: String,
}

impl Identity {
    pub fn generate() -> Self {
        let identity = age::x25519::Identity::generate();
        Self {
            secret: identity.to_string().expose_secret().to_string(),
            recipient: identity.to_public().to_string(),
        }
    }
}

pub struct Patient {
    pub id: u64,
    /// The hour in which it enrolled.
    pub epoch: Epoch,
    pub agent: Agent,
    /// The gateway's grant to seal, and what opens its keys.
    pub sealing: u64,
    pub gateway: Identity,
    /// The gateway as a device, which signs alerts.
    pub own_device: TestDevice,
    pub own_seed: u8,
}

impl Patient {
    /// From the hour before it enrolled, for so many hours.
    pub fn window(&self, hours: u32) -> Window {
        let from = self.epoch - 1;
        Window {
            from,
            to: from + hours,
        }
    }
}

/// To let an account do these, for two days, over these categories.
pub fn grant(patient: u64, grant: GrantMsg) -> ExecuteMsg {
    ExecuteMsg::Grant {
        patient: Uint64::new(patient),
        grant,
    }
}

impl World {
    /// `board` may attest every role, `maker` devices.
    pub fn admit(&self) -> Result<()> {
        let roles = vec![
            Role::Clinician,
            Role::Insurer,
            Role::EmergencyResponder,
            Role::Custodian,
            Role::VaultOperator,
        ];
        let issuer = self.address("board")?;
        let key = Ed25519Signer::from_seed(&MAKER_SEED).public_key();
        let maker = registry::ExecuteMsg::AdmitMaker {
            maker: self.address("maker")?,
            name: "Example Devices".into(),
            key: registry::KeyMsg {
                scheme: key.scheme(),
                bytes: key.bytes().to_vec().into(),
            },
        };
        let issuer = ExecuteMsg::AdmitIssuer { issuer, roles };
        let calls = [
            Call::new(&self.at.consent, &issuer)?,
            Call::new(&self.at.device_registry, &maker)?,
        ];
        self.act("deployer", &calls).map(drop)
    }

    pub fn credentials(&self, given: &[(&str, Role)]) -> Result<()> {
        let until = self.in_a_day()?;
        let calls = given.iter().map(|(account, role)| {
            let account = self.address(account)?;
            let role = *role;
            let issue = ExecuteMsg::IssueCredential {
                account,
                role,
                until,
            };
            Ok(Call::new(&self.at.consent, &issue)?)
        });
        let calls = calls.collect::<Result<Vec<_>>>()?;
        self.act("board", &calls).map(drop)
    }

    /// `patient` enrols, makes keys, and lets `gateway` seal.
    pub fn enrol(&self) -> Result<Patient> {
        let consent = &self.at.consent;
        let done = self.act_one("patient", consent, &ExecuteMsg::Enrol {})?;
        let id = number(&done, consent, "enrolled", "patient")?;
        let lock = Lock::Passphrase {
            passphrase: PASSPHRASE.to_string().into(),
            work_factor: Some(WORK_FACTOR),
        };
        let agent = Agent::create(&self.home("patient.keys"), lock, id, 1)?;
        let gateway = Identity::generate();
        self.publish("gateway", &gateway.recipient)?;
        self.publish("patient", agent.keys().recipient())?;
        let mut patient = Patient {
            id,
            epoch: epoch_of(self.now_ms()?).context("no such time")?,
            agent,
            sealing: 0,
            gateway,
            own_device: TestDevice::new(OWN_SEED, self.deployment),
            own_seed: OWN_SEED,
        };
        let sealing = self.to_gateway(&patient)?;
        let done = self.act_one("patient", consent, &sealing)?;
        patient.sealing = number(&done, consent, "granted", "grant")?;
        Ok(patient)
    }

    fn to_gateway(&self, patient: &Patient) -> Result<ExecuteMsg> {
        let grantee = Party::Account(self.address("gateway")?);
        Ok(grant(
            patient.id,
            GrantMsg {
                grantee,
                purposes: vec![Purpose::Treatment],
                categories: vec![
                    Category::Cardiac,
                    Category::Respiratory,
                    Category::Temperature,
                ],
                actions: vec![Action::Seal],
                window: patient.window(48),
                valid_from: None,
                valid_until: self.in_a_day()?,
                package: None,
            },
        ))
    }

    pub fn publish(&self, who: &str, recipient: &str) -> Result<()> {
        let recipient = recipient.into();
        let set = consent::ExecuteMsg::SetRecipient { recipient };
        self.act_one(who, &self.at.consent, &set).map(drop)
    }

    /// A device of the patient's that measures both; registered by whom, attested where that is its
    /// maker.
    pub fn device(&self, patient: u64, seed: u8, registrant: &str) -> Result<TestDevice> {
        let mut device = TestDevice::new(seed, self.deployment);
        self.register(&mut device, seed, registrant)?;
        let registry = &self.at.device_registry;
        let (body, signature) = device.pairing_action(patient);
        let pair = registry::ExecuteMsg::Pair { body, signature };
        let paired = self.act_one("patient", registry, &pair)?;
        device.pairing = u32::try_from(number(&paired, registry, "paired", "pairing")?)?;
        Ok(device)
    }

    /// Lists a model of the maker's; its number.
    pub fn model(&self, name: &str, measures: &[Measure]) -> Result<u32> {
        let registry = &self.at.device_registry;
        let list = registry::ExecuteMsg::ListModel {
            name: name.into(),
            measures: measures.to_vec(),
            lowest_firmware: 0x0100_0000,
        };
        let listed = self.act_one("maker", registry, &list)?;
        Ok(u32::try_from(number(
            &listed,
            registry,
            "model_listed",
            "model",
        )?)?)
    }

    fn register(&self, device: &mut TestDevice, seed: u8, registrant: &str) -> Result<()> {
        let registry = &self.at.device_registry;
        let both = [Measure::HeartRate, Measure::OxygenSaturation];
        let model = self.model(&format!("Model {seed}"), &both)?;
        let registration = device.registration(model, &self.address(registrant)?);
        let digest = registration.digest(Domain::Attest, &self.deployment)?;
        let maker = Ed25519Signer::from_seed(&MAKER_SEED);
        let attested = (registrant == "maker").then(|| maker.sign(&digest).to_vec().into());
        let register = registry::ExecuteMsg::Register {
            body: registration.to_bytes()?.into(),
            possession: device.sign_registration(&registration),
            attestation: attested,
            holder: None,
        };
        let registered = self.act_one(registrant, registry, &register)?;
        device.device = number(&registered, registry, "registered", "device")?;
        Ok(())
    }
}
