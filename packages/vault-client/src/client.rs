//! A vault from the caller's side.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use ureq::http::{Method, Request, Response};
use ureq::Body;
use vitals_api::anchor::BatchId;
use vitals_api::page::MAX_LIMIT;
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::Epoch;

use crate::origin::{agent, certificates, checked, ANSWER};
use crate::patience::Patience;
use crate::{
    digest, ground_text, purpose_text, ErrorBody, Payload, ReceiptsPage, SignedRequest, Signer,
    VaultError,
};

/// Longest answer that is read; no blob or package is as long.
const MAX_ANSWER: u64 = 16 << 20;

/// What a blob belongs to: it is found again under these alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub patient: u64,
    pub category: Category,
    pub epoch: Epoch,
}

/// One vault, as one account. Blocks; may be shared between threads if the signer may.
#[derive(Debug, Clone)]
pub struct VaultClient<S> {
    url: String,
    vault: String,
    signer: S,
    agent: ureq::Agent,
    answer_within: Duration,
    /// Clones have one in common.
    pub(crate) patience: Arc<Patience>,
}

impl<S: Signer> VaultClient<S> {
    /// Takes `http://host:port` and the name the vault goes by; does not connect yet.
    pub fn new(url: &str, vault: &str, signer: S) -> Result<Self, VaultError> {
        Ok(Self {
            url: checked(url)?,
            vault: vault.into(),
            signer,
            agent: agent(None),
            answer_within: ANSWER,
            patience: Arc::default(),
        })
    }

    /// Waits so long for the beginning of an answer to what reads, in place of 10 s.
    pub fn answering_within(self, answer_within: Duration) -> Self {
        Self {
            answer_within,
            ..self
        }
    }

    /// Over `https://`, trusts these certificate authorities alone (PEM), rather than those that
    /// browsers do.
    pub fn trusting(self, authorities: &[u8]) -> Result<Self, VaultError> {
        Ok(Self {
            agent: agent(Some(certificates(authorities)?)),
            ..self
        })
    }

    /// What requests name the vault by.
    pub fn vault(&self) -> &str {
        &self.vault
    }

    pub fn address(&self) -> &str {
        self.signer.address()
    }

    /// Stores ciphertext under its digest, which is returned. Needs a ground to seal for the
    /// patient; storing the same bytes again changes nothing.
    pub fn put_blob(
        &self,
        place: Place,
        ground: &GroundRef,
        blob: &[u8],
    ) -> Result<[u8; 32], VaultError> {
        let digest = digest(blob);
        let target = format!(
            "/v1/blobs/{}/{}/{}/{}?ground={}",
            place.patient,
            place.category.name(),
            place.epoch,
            hex::encode(digest),
            ground_text(ground)
        );
        self.call(Method::PUT, &target, blob)?;
        Ok(digest)
    }

    /// Stores a key package under its digest, which is returned. The patient only.
    pub fn put_package(&self, patient: u64, package: &[u8]) -> Result<[u8; 32], VaultError> {
        let digest = digest(package);
        let target = format!("/v1/packages/{patient}/{}", hex::encode(digest));
        self.call(Method::PUT, &target, package)?;
        Ok(digest)
    }

    /// The ciphertext of an anchored batch, checked against the digest that the chain keeps.
    pub fn read_batch(
        &self,
        id: &BatchId,
        expected: &[u8; 32],
        purpose: Purpose,
        ground: &GroundRef,
    ) -> Result<Vec<u8>, VaultError> {
        let target = format!(
            "/v1/batches/{}/{}/{}/{}/{}?purpose={}&ground={}",
            id.patient,
            id.category.name(),
            id.epoch,
            id.device,
            id.sequence,
            purpose_text(purpose),
            ground_text(ground)
        );
        let bytes = self.call(Method::GET, &target, &[])?;
        same(bytes, expected)
    }

    /// The key package of one's own grant, checked against the digest in the grant.
    pub fn read_package(
        &self,
        patient: u64,
        grant: u64,
        expected: &[u8; 32],
    ) -> Result<Vec<u8>, VaultError> {
        let bytes = self.call(Method::GET, &format!("/v1/packages/{patient}/{grant}"), &[])?;
        same(bytes, expected)
    }

    /// The key package of a grant, for the patient who made it.
    pub fn read_own_package(
        &self,
        patient: u64,
        grant: u64,
        expected: &[u8; 32],
    ) -> Result<Vec<u8>, VaultError> {
        let target = format!("/v1/packages/{patient}/{grant}?ground=patient");
        same(self.call(Method::GET, &target, &[])?, expected)
    }

    /// What was released of a patient's data after a place in the log, at most 30 at once. The
    /// patient, or a guardian with the power to read.
    pub fn receipts(
        &self,
        patient: u64,
        ground: &GroundRef,
        start_after: Option<u32>,
    ) -> Result<ReceiptsPage, VaultError> {
        self.receipts_in(patient, ground, start_after, None)
    }

    /// The same with proofs to the head of the first `head` receipts, though the vault has anchored
    /// more since.
    pub(crate) fn receipts_in(
        &self,
        patient: u64,
        ground: &GroundRef,
        start_after: Option<u32>,
        head: Option<u32>,
    ) -> Result<ReceiptsPage, VaultError> {
        let ground = ground_text(ground);
        let mut target = format!("/v1/receipts/{patient}?ground={ground}&limit={MAX_LIMIT}");
        for (name, number) in [("start_after", start_after), ("head", head)] {
            if let Some(number) = number {
                target.push_str(&format!("&{name}={number}"));
            }
        }
        parsed(&self.call(Method::GET, &target, &[])?)
    }

    pub(crate) fn call(
        &self,
        method: Method,
        target: &str,
        body: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let answer = self.send(method, target, body)?;
        self.read(answer)
    }

    pub(crate) fn send(
        &self,
        method: Method,
        target: &str,
        body: &[u8],
    ) -> Result<Response<Body>, VaultError> {
        self.ensure_asked()?;
        let payload = Payload::new(
            &self.vault,
            self.signer.address(),
            method.as_str(),
            target,
            body,
            now_s(),
        )?;
        let header = SignedRequest::sign(&payload, &self.signer)?.to_header();
        let url = format!("{}{target}", self.url);
        let reads = method == Method::GET;
        let request = Request::builder()
            .method(method)
            .uri(&url)
            .header("authorization", header)
            .body(body)
            .map_err(|cause| VaultError::Url {
                url,
                cause: cause.to_string(),
            })?;
        // what is written may wait for a slow disk: it has the whole call's time
        let within = reads.then_some(self.answer_within);
        let request = self.agent.configure_request(request);
        let request = request.timeout_recv_response(within).build();
        let answer = self.agent.run(request);
        let answer = answer.map_err(|e| self.unreachable(&e))?;
        self.patience.answered();
        Ok(answer)
    }

    /// Fails at once where the vault was silent twice in a row within the last minute.
    fn ensure_asked(&self) -> Result<(), VaultError> {
        match self.patience.rests(Instant::now()) {
            false => Ok(()),
            true => Err(VaultError::Unreachable {
                url: self.url.clone(),
                cause: "it did not answer twice in a row, and is asked again after a minute".into(),
            }),
        }
    }

    pub(crate) fn read(&self, mut answer: Response<Body>) -> Result<Vec<u8>, VaultError> {
        let status = answer.status().as_u16();
        let body = answer
            .body_mut()
            .with_config()
            .limit(MAX_ANSWER)
            .read_to_vec()
            .map_err(|e| self.unreachable(&e))?;
        if answer.status().is_success() {
            return Ok(body);
        }
        let ErrorBody { code, reason } = parsed(&body)?;
        Err(VaultError::Refused {
            status,
            code,
            reason,
        })
    }

    fn unreachable(&self, cause: &ureq::Error) -> VaultError {
        if matches!(cause, ureq::Error::Timeout(_)) {
            self.patience.was_silent(Instant::now());
        }
        VaultError::Unreachable {
            url: self.url.clone(),
            cause: cause.to_string(),
        }
    }
}

pub(crate) fn same(bytes: Vec<u8>, expected: &[u8; 32]) -> Result<Vec<u8>, VaultError> {
    let got = digest(&bytes);
    if got == *expected {
        return Ok(bytes);
    }
    Err(VaultError::Digest {
        expected: hex::encode(expected),
        got: hex::encode(got),
    })
}

pub(crate) fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, VaultError> {
    serde_json::from_slice(body).map_err(|cause| VaultError::Answer {
        cause: cause.to_string(),
    })
}

/// Seconds since 1970; 0 on a clock before that, which every vault refuses as expired.
fn now_s() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
