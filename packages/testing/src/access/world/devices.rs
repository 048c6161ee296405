//! Makers, a model of each, and devices of theirs.

use cosmwasm_std::Uint64;
use cw_multi_test::AppResponse;
use vitals_api::registry::{ExecuteMsg, KeyMsg};
use vitals_core::key::{Ed25519Signer, SignatureScheme, Signer};
use vitals_core::measure::Measure;
use vitals_core::signing::Domain;

use super::{Devices, Known, World};
use crate::suite::number;
use crate::TestDevice;

/// The firmware that all devices of the world run, of `TestDevice::registration`.
pub const FIRMWARE: u32 = 0x0100_0000;
/// Approved for both models, with an image of this SHA-256.
pub const NEWER_FIRMWARE: u32 = 0x0150_0000;
pub const IMAGE: [u8; 32] = [8; 32];

/// The seed of a maker's key.
fn seed_of(maker: &str) -> u8 {
    match maker {
        "maker" => 200,
        "other maker" => 201,
        _ => 202,
    }
}

impl World {
    /// As somebody, to device-registry.
    ///
    /// # Panics
    /// Where it is refused.
    #[track_caller]
    pub fn registry(&mut self, name: &str, msg: &ExecuteMsg) -> AppResponse {
        let registry = self.suite.at.registry.clone();
        self.act(name, &registry, msg)
    }

    pub(super) fn make_devices(&mut self) {
        self.model = self.model_of("maker");
        self.model_of("other maker");
        self.suspended_model = self.model_of("suspended maker");
        let suspended_makers = self.registered(4, self.suspended_model, "suspended maker");
        let maker = self.address("suspended maker").into();
        self.registry("owner", &ExecuteMsg::SuspendMaker { maker });
        self.devices = Devices {
            paired: self.registered(1, self.model, "maker"),
            free: self.registered(2, self.model, "maker"),
            others: self.registered(3, self.model, "maker"),
            suspended_makers,
        };
        self.devices.paired = self.pair(self.devices.paired, "patient", self.patient);
        self.devices.others = self.pair(self.devices.others, "other patient", self.other_patient);
    }

    pub fn admit(&self, maker: &str) -> ExecuteMsg {
        let signer = Ed25519Signer::from_seed(&[seed_of(maker); 32]);
        ExecuteMsg::AdmitMaker {
            maker: self.address(maker).into(),
            name: maker.into(),
            key: KeyMsg {
                scheme: SignatureScheme::Ed25519,
                bytes: signer.public_key().bytes().to_vec().into(),
            },
        }
    }

    fn model_of(&mut self, maker: &str) -> u32 {
        let admit = self.admit(maker);
        self.registry("owner", &admit);
        let list = ExecuteMsg::ListModel {
            name: "model".into(),
            measures: vec![Measure::HeartRate, Measure::Steps],
            lowest_firmware: 0,
        };
        let listed = self.registry(maker, &list);
        let model = number(&listed.events, "model_listed", "model");
        let model = u32::try_from(model).expect("a model number is small");
        let approve = ExecuteMsg::ApproveFirmware {
            model,
            version: NEWER_FIRMWARE,
            digest: IMAGE.to_vec().into(),
        };
        self.registry(maker, &approve);
        model
    }

    /// A message that registers a device of this seed, which names "registrant" as who sends it.
    pub fn registration(&self, seed: u8, model: u32, maker: &str) -> ExecuteMsg {
        let device = TestDevice::new(seed, self.suite.deployment);
        let body = device.registration(model, self.address("registrant").as_str());
        let attested = body
            .digest(Domain::Attest, &self.suite.deployment)
            .expect("a registration of the world fits");
        let attestation = Ed25519Signer::from_seed(&[seed_of(maker); 32]).sign(&attested);
        ExecuteMsg::Register {
            body: body
                .to_bytes()
                .expect("a registration of the world fits")
                .into(),
            possession: device.sign_registration(&body),
            attestation: Some(attestation.to_vec().into()),
            holder: None,
        }
    }

    fn registered(&mut self, seed: u8, model: u32, maker: &str) -> Known {
        let register = self.registration(seed, model, maker);
        let registered = self.registry("registrant", &register);
        Known {
            seed,
            device: number(&registered.events, "registered", "device"),
            pairing: 0,
            action: 0,
            sequence: 0,
        }
    }

    fn pair(&mut self, known: Known, account: &str, patient: u64) -> Known {
        let mut device = self.device(known);
        let (body, signature) = device.pairing_action(patient);
        self.registry(account, &ExecuteMsg::Pair { body, signature });
        Known {
            pairing: 1,
            action: device.action,
            ..known
        }
    }
}

impl Known {
    pub fn number(&self) -> Uint64 {
        Uint64::new(self.device)
    }
}
