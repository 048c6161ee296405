//! What the gateway sees of the contracts, with their rules where it depends on them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use cosmwasm_std::{Binary, Uint64};
use serde_json::{json, Value};
use vitals_api::consent::recovery::{GuardiansPage, NamedGuardian};
use vitals_api::{anchor, care, consent, registry};
use vitals_core::alert::AlertNotice;
use vitals_core::decision::{decide, Denials, GrantTerms, Ground, GroundRef, Request, Standing};
use vitals_core::key::{HostVerifier, PublicKey, Verifier};
use vitals_core::measure::Category;
use vitals_core::measured::{GapNotice, SealedBatch};
use vitals_core::rule::Assurance;
use vitals_core::set::Set;
use vitals_core::signing::DeploymentId;
use vitals_ledger::{Account, Call, LedgerError, Reader, TxOutcome};

pub const PATIENT: u64 = 77;
pub const DEPLOYMENT: DeploymentId = [4; 32];

#[derive(Default)]
pub struct State {
    pub now_ms: u64,
    pub generation: u32,
    pub pending: bool,
    pub raised_at_ms: u64,
    pub recipient: Option<String>,
    /// Of others than the patient.
    pub recipients: BTreeMap<String, String>,
    pub grants: Vec<consent::GrantInfo>,
    pub guardians: Vec<NamedGuardian>,
    /// Who joined the one team.
    pub members: Vec<String>,
    pub devices: BTreeMap<u64, (PublicKey, Vec<Category>)>,
    pub anchored: Vec<SealedBatch>,
    pub alerts: Vec<AlertNotice>,
    pub transactions: u32,
    pub unreachable: bool,
    /// The next transaction happens, and its answer is lost.
    pub lose_answer: bool,
    /// Every batch of this sequence number is refused.
    pub refuse: Option<u64>,
    /// This batch of this device is refused.
    pub refuse_of: Option<(u64, u64)>,
    /// The patient shredded every batch there is.
    pub shredded: bool,
    pub gaps: Vec<GapNotice>,
    /// What the node says to transactions instead of executing them.
    pub reject: Option<String>,
    /// More batches than this in one transaction run out of gas.
    pub most_batches: Option<usize>,
    /// Batches of each transaction that happened.
    pub sizes: Vec<usize>,
    /// The node that is asked knows only so many batches.
    pub known: Option<usize>,
    /// In force.
    pub plan: Option<care::PlanInfo>,
    /// Seconds; of every device.
    pub calibrated_until: Option<u64>,
    /// Of all devices: the key before the one in `devices`, and the first number the latter signs.
    pub rotated: Option<(PublicKey, u64)>,
    /// The devices are paired with nobody since then.
    pub unpaired_ms: Option<u64>,
}

/// Clones share one chain.
#[derive(Clone, Default)]
pub struct Chain(Arc<Mutex<State>>);

impl Chain {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    fn reach(&self) -> Result<MutexGuard<'_, State>, LedgerError> {
        let state = self.state();
        if state.unreachable {
            let cause = "connection refused".into();
            return Err(LedgerError::Unreachable { cause });
        }
        Ok(state)
    }
}

/// All of a short list are on its first page.
fn first<T: Clone>(is_first: bool, all: &[T]) -> Vec<T> {
    match is_first {
        true => all.to_vec(),
        false => Vec::new(),
    }
}

fn terms_of(grant: &consent::GrantInfo) -> GrantTerms {
    GrantTerms {
        purposes: Set::of(&grant.purposes),
        categories: Set::of(&grant.categories),
        actions: Set::of(&grant.actions),
        window: grant.window,
        valid_from: grant.valid_from,
        valid_until: grant.valid_until,
        revoked: grant.revoked,
    }
}

fn refused<T>(reason: &str) -> Result<T, LedgerError> {
    let reason = reason.into();
    Err(LedgerError::Refused { reason })
}

fn parse<T: serde::de::DeserializeOwned>(msg: &Value) -> T {
    serde_json::from_value(msg.clone()).unwrap()
}

impl Reader for Chain {
    fn chain_id(&self) -> Result<String, LedgerError> {
        Ok("test-1".into())
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        Ok(self.reach()?.now_ms)
    }

    fn height(&self) -> Result<u64, LedgerError> {
        Ok(1)
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        let state = self.reach()?;
        match contract {
            "consent" => state.consent(parse(msg)),
            "registry" => state.registry(parse(msg)),
            "anchor" => state.anchor(parse(msg)),
            _ => state.care(parse(msg)),
        }
    }

    fn balance(&self, _: &str, _: &str) -> Result<u128, LedgerError> {
        Ok(0)
    }
}

impl Account for Chain {
    fn address(&self) -> &str {
        "gateway"
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        let mut state = self.reach()?;
        state.transactions += 1;
        if let Some(reason) = &state.reject {
            return refused(reason);
        }
        for call in calls {
            match call.contract.as_str() {
                "anchor" => state.execute_anchor(parse(&call.msg))?,
                _ => state.execute_care(parse(&call.msg))?,
            }
        }
        if std::mem::take(&mut state.lose_answer) {
            let cause = "timed out".into();
            return Err(LedgerError::Unreachable { cause });
        }
        Ok(TxOutcome::default())
    }
}

impl State {
    fn consent(&self, msg: consent::QueryMsg) -> Result<Value, LedgerError> {
        match msg {
            consent::QueryMsg::Patient { patient } => Ok(json!(consent::PatientInfo {
                patient,
                controller: "patient".into(),
                generation: self.generation,
                pending: self.pending,
                raised_at_ms: self.raised_at_ms,
                commitment: None,
            })),
            consent::QueryMsg::Recipient { account } => Ok(json!(consent::RecipientInfo {
                recipient: match account.as_str() {
                    "patient" => self.recipient.clone(),
                    other => self.recipients.get(other).cloned(),
                },
            })),
            consent::QueryMsg::Grant { grant, .. } => {
                let found = self.grants.iter().find(|one| one.grant == grant);
                found.map_or_else(|| refused("state/not_found: grant"), |one| Ok(json!(one)))
            }
            consent::QueryMsg::Grants { start_after, .. } => Ok(json!(consent::GrantsPage {
                grants: first(start_after.is_none(), &self.grants),
            })),
            consent::QueryMsg::Guardians { start_after, .. } => Ok(json!(GuardiansPage {
                guardians: first(start_after.is_none(), &self.guardians),
            })),
            consent::QueryMsg::Members { start_after, .. } => {
                let member = |account: &String| consent::MemberInfo {
                    account: account.clone(),
                    joined: true,
                };
                let members: Vec<_> = self.members.iter().map(member).collect();
                Ok(json!(consent::MembersPage {
                    members: first(start_after.is_none(), &members),
                }))
            }
            consent::QueryMsg::Decide(asked) => Ok(json!(self.decided(&asked))),
            _ => refused("unasked"),
        }
    }

    /// By the decision itself; nobody holds a credential.
    fn decided(&self, asked: &consent::DecideMsg) -> consent::Decision {
        let request = Request {
            patient: asked.patient.u64(),
            who: &asked.who,
            purpose: asked.purpose,
            category: asked.category,
            action: asked.action,
            window: asked.window,
        };
        let denials = Denials::default();
        let now = self.now_ms / 1_000;
        let decided = match asked.ground {
            Some(GroundRef::Grant { id }) => {
                let grant = self.grants.iter().find(|grant| grant.grant.u64() == id);
                let grant = grant.unwrap();
                let terms = terms_of(grant);
                let ground = Ground::Grant {
                    id,
                    terms: &terms,
                    standing: self.standing(grant, &asked.who),
                    live_roles: Set::of(&[]),
                };
                decide(&request, &ground, &denials, now)
            }
            _ => {
                let guardian = self.guardians.iter().find(|g| g.guardian == asked.who);
                let guardian = guardian.unwrap();
                let ground = Ground::Guardian {
                    account: &guardian.guardian,
                    powers: Set::of(&guardian.info.powers),
                    until: guardian.info.until.unwrap_or(u64::MAX),
                };
                decide(&request, &ground, &denials, now)
            }
        };
        match decided {
            Ok(by) => consent::Decision::Permit { by },
            Err(refusal) => consent::Decision::Refuse {
                code: "consent/refused".into(),
                reason: refusal.to_string(),
            },
        }
    }

    fn standing(&self, grant: &consent::GrantInfo, who: &str) -> Standing {
        match &grant.grantee {
            consent::Party::Account(account) if account == who => Standing::Grantee,
            consent::Party::Team(team) if self.members.iter().any(|one| one == who) => {
                Standing::Member { team: team.u64() }
            }
            _ => Standing::Stranger,
        }
    }

    fn registry(&self, msg: registry::QueryMsg) -> Result<Value, LedgerError> {
        let device = match msg {
            registry::QueryMsg::Device { device } => device,
            registry::QueryMsg::Pairing { pairing, .. } => {
                return Ok(json!(registry::PairingInfo {
                    pairing,
                    patient: Uint64::new(PATIENT),
                    from_ms: 0,
                    to_ms: self.unpaired_ms,
                }));
            }
            registry::QueryMsg::KeyHistory {
                device,
                start_after,
                ..
            } => {
                let keys = first(start_after.is_none(), &self.keys(device.u64()));
                return Ok(json!(registry::KeysPage { keys }));
            }
            _ => return refused("unasked"),
        };
        let Some((key, categories)) = self.devices.get(&device.u64()) else {
            return refused("registry/unknown_device: no such device");
        };
        Ok(json!(registry::DeviceInfo {
            device,
            key: key_msg(key),
            key_from_sequence: Uint64::new(self.rotated.as_ref().map_or(0, |(_, from)| *from)),
            model: 1,
            firmware: 1,
            assurance: Assurance::Maker,
            measures: vec![],
            categories: categories.clone(),
            registrant: "maker".into(),
            serial_commitment: Binary::default(),
            gateway: None,
            status: registry::DeviceStatus::Active,
            recalled: false,
            action: Uint64::one(),
            pairing: 1,
            patient: self.unpaired_ms.is_none().then_some(Uint64::new(PATIENT)),
            paired_from_ms: Some(0),
            lost_from_ms: None,
            calibrated_from: None,
            calibrated_until: self.calibrated_until,
            retirement: None,
        }))
    }

    /// The one that signs this batch.
    fn key(&self, device: u64, sequence: u64) -> &PublicKey {
        match &self.rotated {
            Some((before, from)) if sequence < *from => before,
            _ => &self.devices[&device].0,
        }
    }

    fn keys(&self, device: u64) -> Vec<registry::KeyInfo> {
        let newest = &self.devices[&device].0;
        let before = self.rotated.iter().map(|(before, _)| (before, 0));
        let from = self.rotated.as_ref().map_or(0, |(_, from)| *from);
        let each = before.chain([(newest, from)]);
        let info = |(number, (key, from)): (usize, (&PublicKey, u64))| registry::KeyInfo {
            number: number as u32 + 1,
            key: key_msg(key),
            from_sequence: Uint64::new(from),
            rotated_at_ms: None,
        };
        each.enumerate().map(info).collect()
    }

    fn care(&self, msg: care::QueryMsg) -> Result<Value, LedgerError> {
        let number = Uint64::new(self.alerts.len() as u64);
        match msg {
            care::QueryMsg::CurrentPlan { .. } => Ok(json!(care::CurrentPlan {
                plan: self.plan.clone(),
                newest: self.plan.as_ref().map_or(0, |plan| plan.version),
            })),
            _ => Ok(json!(care::DeviceAlerts { number })),
        }
    }

    fn head(&self, device: u64) -> u64 {
        self.head_of(&self.anchored, device)
    }

    fn head_of(&self, anchored: &[SealedBatch], device: u64) -> u64 {
        let own = anchored.iter().filter(|b| b.measured.device == device);
        let gaps = self.gaps.iter().filter(|gap| gap.device == device);
        let numbers = own.map(|b| b.measured.sequence);
        numbers
            .chain(gaps.map(|gap| gap.next - 1))
            .max()
            .unwrap_or(0)
    }

    fn known(&self) -> &[SealedBatch] {
        let known = self.known.unwrap_or(usize::MAX).min(self.anchored.len());
        &self.anchored[..known]
    }

    fn anchor(&self, msg: anchor::QueryMsg) -> Result<Value, LedgerError> {
        match msg {
            anchor::QueryMsg::Device { device } => Ok(json!(anchor::DeviceHead {
                sequence: Uint64::new(self.head_of(self.known(), device.u64())),
                last: vec![],
            })),
            anchor::QueryMsg::Batch { id } => {
                let own = |b: &&SealedBatch| {
                    b.measured.device == id.device.u64() && b.measured.sequence == id.sequence.u64()
                };
                match self.known().iter().find(own) {
                    Some(batch) if self.shredded => Ok(json!(shredded(info(id, batch)))),
                    Some(batch) => Ok(json!(info(id, batch))),
                    None => refused("state/not_found: there is no batch"),
                }
            }
            _ => refused("unasked"),
        }
    }

    fn execute_anchor(&mut self, msg: anchor::ExecuteMsg) -> Result<(), LedgerError> {
        let batches = match msg {
            anchor::ExecuteMsg::Anchor { batches, .. } => batches,
            anchor::ExecuteMsg::NoteGap { notice, signature } => {
                return self.note_gap(&notice, &signature);
            }
            _ => return refused("unasked"),
        };
        if self.most_batches.is_some_and(|most| batches.len() > most) {
            return refused("chain/refused: execution failed (sdk 11): out of gas in location");
        }
        let size = batches.len();
        assert!(!batches.is_empty() && batches.len() <= anchor::MAX_BATCHES);
        let before = self.anchored.len();
        for bytes in batches {
            let batch = SealedBatch::from_bytes(bytes.as_slice()).unwrap();
            if let Err(error) = self.check(&batch) {
                self.anchored.truncate(before);
                return Err(error);
            }
            self.anchored.push(batch);
        }
        self.sizes.push(size);
        Ok(())
    }

    fn note_gap(&mut self, notice: &Binary, signature: &Binary) -> Result<(), LedgerError> {
        let notice = GapNotice::from_bytes(notice.as_slice()).unwrap();
        let (key, _) = &self.devices[&notice.device];
        let signature = signature.as_slice().try_into().unwrap();
        assert!(HostVerifier.verify(key, &notice.digest(&DEPLOYMENT), &signature));
        if notice.from != self.head(notice.device) + 1 {
            return refused("anchor/sequence_replayed: not the next");
        }
        self.gaps.push(notice);
        Ok(())
    }

    fn check(&self, batch: &SealedBatch) -> Result<(), LedgerError> {
        let measured = &batch.measured;
        let digest = measured.digest(&DEPLOYMENT);
        let key = self.key(measured.device, measured.sequence);
        if !HostVerifier.verify(key, &digest, &batch.signature) {
            return refused("anchor/signature: not signed");
        }
        if self.unpaired_ms.is_some_and(|to| measured.last_at() >= to) {
            return refused("anchor/pairing_not_held: measured after it ended");
        }
        if measured.sequence != self.head(measured.device) + 1 {
            return refused("anchor/sequence_replayed: not the next");
        }
        let patient = consent::record::Patient {
            controller: "patient".into(),
            generation: self.generation,
            pending: self.pending,
            raised_at_ms: self.raised_at_ms,
            denials: 0,
            grants: 0,
            recovered_through: 0,
        };
        if !patient.admits(batch.seal.generation, measured.last_at()) {
            return refused("anchor/generation_stale: sealed under another");
        }
        let this = (measured.device, measured.sequence);
        match self.refuse == Some(measured.sequence) || self.refuse_of == Some(this) {
            true => refused("anchor/device_lost: refused by the test"),
            false => Ok(()),
        }
    }

    fn execute_care(&mut self, msg: care::ExecuteMsg) -> Result<(), LedgerError> {
        let care::ExecuteMsg::RaiseAlert {
            body, signature, ..
        } = msg
        else {
            return refused("unasked");
        };
        let notice = AlertNotice::from_bytes(body.as_slice()).unwrap();
        let (key, _) = &self.devices[&notice.device];
        let signature = signature.as_slice().try_into().unwrap();
        assert!(HostVerifier.verify(key, &notice.digest(&DEPLOYMENT), &signature));
        if notice.number != self.alerts.len() as u64 + 1 {
            return refused("care/number: not the next");
        }
        self.alerts.push(notice);
        Ok(())
    }
}

fn key_msg(key: &PublicKey) -> registry::KeyMsg {
    registry::KeyMsg {
        scheme: key.scheme(),
        bytes: Binary::new(key.bytes().to_vec()),
    }
}

fn info(id: anchor::BatchId, batch: &SealedBatch) -> anchor::BatchInfo {
    anchor::BatchInfo {
        id,
        pairing: batch.measured.pairing,
        root: Binary::new(batch.measured.root.to_vec()),
        private_root: None,
        digest: Binary::new(batch.seal.digest.to_vec()),
        length: batch.seal.length,
        count: batch.measured.count,
        first_at_ms: batch.measured.first_at(),
        last_at_ms: batch.measured.last_at(),
        generation: batch.seal.generation,
        assurance: Assurance::Maker,
        measures: vec![],
        calibrated: false,
        simulated: false,
        anchored_at_ms: 0,
        shredded: None,
    }
}

fn shredded(info: anchor::BatchInfo) -> anchor::BatchInfo {
    anchor::BatchInfo {
        root: Binary::default(),
        digest: Binary::default(),
        length: 0,
        shredded: Some(anchor::ShreddedInfo {
            by: "patient".into(),
            at_ms: 0,
        }),
        ..info
    }
}
