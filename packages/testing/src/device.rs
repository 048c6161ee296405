//! A device that really signs: what contract tests need to register, pair, anchor and alert.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::registry::{ExecuteMsg, SignedBody};
use vitals_core::alert::AlertNotice;
use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::{Measured, Seal, SealedBatch};
use vitals_core::proof::Multiproof;
use vitals_core::reading::{Reading, ReadingFlags};
use vitals_core::registration::{
    FirmwareUpdate, KeyRotation, PairingAction, Registration, Retiring, Transfer,
};
use vitals_core::salt::Salts;
use vitals_core::signing::{DeploymentId, Domain};
use vitals_core::time::{epoch_of, epoch_start, Millis};
use vitals_core::tree::leaf_input;

/// A device with a key, its numbers and the salt seed of its batches.
pub struct TestDevice {
    pub signer: Ed25519Signer,
    pub deployment: DeploymentId,
    /// Given by the registry.
    pub device: u64,
    pub pairing: u32,
    pub action: u64,
    pub sequence: u64,
    pub alert: u64,
}

impl TestDevice {
    /// A device not yet registered; the same seed is the same key.
    pub fn new(seed: u8, deployment: DeploymentId) -> Self {
        Self {
            signer: Ed25519Signer::from_seed(&[seed; 32]),
            deployment,
            device: 0,
            pairing: 0,
            action: 0,
            sequence: 0,
            alert: 0,
        }
    }

    pub fn registration(&self, model: u32, registrant: &str) -> Registration {
        Registration {
            key: self.signer.public_key(),
            model,
            firmware: 0x0100_0000,
            serial_commitment: [7; 32],
            held_by_gateway: false,
            registrant: registrant.into(),
        }
    }

    pub fn sign_registration(&self, registration: &Registration) -> Binary {
        let digest = registration
            .digest(Domain::Register, &self.deployment)
            .expect("a registration of the suite fits");
        Binary::new(self.signer.sign(&digest).to_vec())
    }

    /// The number of its next action, which it uses up.
    fn next_action(&mut self) -> u64 {
        self.action = self.action.wrapping_add(1);
        self.action
    }

    fn signed(&self, body: Vec<u8>, digest: &[u8; 32]) -> SignedBody {
        SignedBody {
            body: Binary::new(body),
            signature: Binary::new(self.signer.sign(digest).to_vec()),
        }
    }

    fn pairing_body(&mut self, patient: u64, domain: Domain) -> SignedBody {
        let body = PairingAction {
            device: self.device,
            action: self.next_action(),
            patient,
        };
        self.signed(body.to_bytes(), &body.digest(domain, &self.deployment))
    }

    /// The signed action that pairs it with a patient, numbered last plus one, as are all below.
    pub fn pairing_action(&mut self, patient: u64) -> (Binary, Binary) {
        let signed = self.pairing_body(patient, Domain::Pair);
        (signed.body, signed.signature)
    }

    /// Ends its pairing under its signature.
    pub fn unpair_signed(&mut self, patient: u64) -> ExecuteMsg {
        let signed = self.pairing_body(patient, Domain::Unpair);
        ExecuteMsg::Unpair {
            device: Uint64::new(self.device),
            signed: Some(signed),
        }
    }

    /// Ends its pairing without it; that takes an action number too.
    pub fn unpair_unsigned(&mut self) -> ExecuteMsg {
        self.next_action();
        ExecuteMsg::Unpair {
            device: Uint64::new(self.device),
            signed: None,
        }
    }

    /// Offers it to another patient.
    pub fn transfer(&mut self, from_patient: u64, to_patient: u64) -> ExecuteMsg {
        let body = Transfer {
            device: self.device,
            action: self.next_action(),
            from_patient,
            to_patient,
        };
        let signed = self.signed(body.to_bytes(), &body.digest(&self.deployment));
        ExecuteMsg::Transfer {
            body: signed.body,
            signature: signed.signature,
        }
    }

    /// Says that it runs another firmware.
    pub fn update_firmware(&mut self, firmware: u32, image: [u8; 32]) -> ExecuteMsg {
        let body = FirmwareUpdate {
            device: self.device,
            action: self.next_action(),
            firmware,
            image,
        };
        let signed = self.signed(body.to_bytes(), &body.digest(&self.deployment));
        ExecuteMsg::UpdateFirmware {
            body: signed.body,
            signature: signed.signature,
        }
    }

    /// Changes its key for the one of a seed, for batches from a sequence number on. It goes on
    /// with its old key until `signer` is replaced.
    pub fn rotate_key(&mut self, seed: u8, from_sequence: u64) -> ExecuteMsg {
        let next = Ed25519Signer::from_seed(&[seed; 32]);
        let body = KeyRotation {
            device: self.device,
            action: self.next_action(),
            key: next.public_key(),
            from_sequence,
        };
        let bytes = body.to_bytes().expect("a key fits");
        let digest = body.digest(&self.deployment).expect("a key fits");
        let signed = self.signed(bytes, &digest);
        ExecuteMsg::RotateKey {
            body: signed.body,
            old_signature: signed.signature,
            new_signature: Binary::new(next.sign(&digest).to_vec()),
        }
    }

    /// Ends its use, with its last sequence number.
    pub fn retire(&mut self) -> ExecuteMsg {
        let body = Retiring {
            device: self.device,
            action: self.next_action(),
            last_sequence: self.sequence,
        };
        let signed = self.signed(body.to_bytes(), &body.digest(&self.deployment));
        ExecuteMsg::Retire {
            device: Uint64::new(self.device),
            signed: Some(signed),
        }
    }

    /// The signed notice of the next alert.
    pub fn alert(&mut self, at_ms: Millis, rule: u16, ladder: u8) -> (Binary, Binary) {
        self.alert += 1;
        let notice = AlertNotice {
            device: self.device,
            pairing: self.pairing,
            number: self.alert,
            at_ms,
            rule,
            ladder,
            digest: [3; 32],
        };
        let signature = self.signer.sign(&notice.digest(&self.deployment));
        (
            Binary::new(notice.to_bytes()),
            Binary::new(signature.to_vec()),
        )
    }

    /// A batch of `values` of one measure, one a second, the first at `from`, closed and signed
    /// under the next sequence number.
    pub fn measure(&mut self, measure: Measure, from: Millis, values: &[i64]) -> TestBatch {
        self.sequence += 1;
        let epoch = epoch_of(from).expect("a test's time is within range");
        let start = u32::try_from(from - epoch_start(epoch)).expect("an offset is within the hour");
        let readings: Vec<Reading> = values
            .iter()
            .zip(0u32..)
            .map(|(value, i)| Reading {
                measure,
                value: *value,
                offset_ms: start + i * 1_000,
                flags: ReadingFlags::MEASURED_GOOD,
            })
            .collect();
        self.close(measure.category(), epoch, readings)
    }

    fn close(&self, category: Category, epoch: u32, readings: Vec<Reading>) -> TestBatch {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.sequence.to_be_bytes());
        let head = BatchHead {
            device: self.device,
            pairing: self.pairing,
            sequence: self.sequence,
            category,
            epoch,
        };
        let mut open = OpenBatch::open(head, seed).expect("the suite opens batches it may open");
        for reading in &readings {
            open.push(reading).expect("the suite's readings fit");
        }
        let measured = open.close(None, 0).expect("a batch has readings");
        let signature = self.signer.sign(&measured.digest(&self.deployment));
        TestBatch {
            sealed: SealedBatch {
                measured,
                signature,
                seal: Seal {
                    generation: 1,
                    digest: [9; 32],
                    length: 4_096,
                },
            },
            readings,
            seed,
        }
    }
}

/// A closed batch with what its proofs need.
#[derive(Clone)]
pub struct TestBatch {
    pub sealed: SealedBatch,
    pub readings: Vec<Reading>,
    pub seed: [u8; 32],
}

impl TestBatch {
    pub fn measured(&self) -> &Measured {
        &self.sealed.measured
    }

    pub fn to_binary(&self) -> Binary {
        Binary::new(self.sealed.to_bytes())
    }

    pub fn prove(&self, indices: &[u16]) -> Binary {
        let leaves: Vec<_> = self
            .readings
            .iter()
            .zip(Salts::new(self.seed).iter())
            .map(|(reading, salt)| leaf_input(reading, &salt))
            .collect();
        let proof = Multiproof::build(&leaves, indices).expect("the suite proves what is there");
        Binary::new(proof.to_bytes())
    }
}
