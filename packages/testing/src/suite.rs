//! The five contracts on cw-multi-test, wired, with people to act.

use cosmwasm_std::{coin, coins, Addr, Coin, Event, Timestamp, Uint64};
use cw_multi_test::{App, AppBuilder, AppResponse, Executor};
use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_api::{anchor, consent, registry};
use vitals_core::decision::{Action, GroundRef, Purpose, Role};
use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
use vitals_core::signing::{deployment_id, DeploymentId, Domain};
use vitals_core::time::{epoch_of, Epoch, Millis, Window};

use crate::{Code, Codes, TestDevice};

pub const DENOM: &str = "uvital";
/// 2027-01-15 08:00:00 UTC, the first second of an epoch.
pub const START_S: u64 = 1_800_000_000;
pub const EVERYBODY: [&str; 11] = [
    "owner",
    "board",
    "patient",
    "guardian",
    "clinician",
    "insurer",
    "maker",
    "gateway",
    "vault",
    "stranger",
    "other",
];

pub struct Contracts {
    pub consent: Addr,
    pub registry: Addr,
    pub anchor: Addr,
    pub care: Addr,
    pub claims: Addr,
}

pub struct Suite {
    pub app: App,
    pub at: Contracts,
    pub deployment: DeploymentId,
}

/// What a contract answered instead: the innermost text, which begins with its stable code.
pub type Refused = String;

impl Default for Suite {
    fn default() -> Self {
        Self::new()
    }
}

impl Suite {
    /// All contracts of this workspace, as they are compiled into the test.
    pub fn new() -> Self {
        Self::with_codes(Codes::native())
    }

    /// All contracts instantiated by `owner`, who may migrate them.
    pub fn with_codes(codes: Codes) -> Self {
        let mut app = Self::chain();
        let at = instantiate_all(&mut app, codes);
        let deployment = deployment_id(&app.block_info().chain_id, at.registry.as_str());
        Self {
            app,
            at,
            deployment,
        }
    }

    /// A chain with no contract on it, where everybody has a million coins.
    pub fn chain() -> App {
        let mut app = AppBuilder::new().build(|router, api, storage| {
            for name in EVERYBODY {
                let account = api.addr_make(name);
                let funds = vec![coin(1_000_000, DENOM), coin(1_000_000, "uother")];
                router
                    .bank
                    .init_balance(storage, &account, funds)
                    .expect("a mock bank takes balances");
            }
        });
        app.update_block(|block| block.time = Timestamp::from_seconds(START_S));
        app
    }

    pub fn actor(&self, name: &str) -> Addr {
        self.app.api().addr_make(name)
    }

    pub fn now_s(&self) -> u64 {
        self.app.block_info().time.seconds()
    }

    pub fn now_ms(&self) -> Millis {
        vitals_api::block::millis(self.app.block_info().time)
    }

    pub fn epoch(&self) -> Epoch {
        epoch_of(self.now_ms()).expect("a test's time is within range")
    }

    pub fn advance(&mut self, seconds: u64) {
        self.app.update_block(|block| {
            block.time = block.time.plus_seconds(seconds);
            block.height += 1;
        });
    }

    pub fn execute(
        &mut self,
        sender: &str,
        contract: &Addr,
        msg: &impl Serialize,
    ) -> Result<AppResponse, Refused> {
        self.execute_with(sender, contract, msg, &[])
    }

    pub fn execute_with(
        &mut self,
        sender: &str,
        contract: &Addr,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Result<AppResponse, Refused> {
        self.execute_from(self.actor(sender), contract, msg, funds)
    }

    /// As whatever has the address, a contract for one.
    pub fn execute_from(
        &mut self,
        sender: Addr,
        contract: &Addr,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Result<AppResponse, Refused> {
        let msg = cosmwasm_std::to_json_vec(msg).expect("a message is JSON");
        let execute = cosmwasm_std::WasmMsg::Execute {
            contract_addr: contract.to_string(),
            msg: msg.into(),
            funds: funds.to_vec(),
        };
        self.app
            .execute(sender, execute.into())
            .map_err(|e| refused(&e))
    }

    pub fn query<T: DeserializeOwned>(
        &self,
        contract: &Addr,
        msg: &impl Serialize,
    ) -> Result<T, Refused> {
        self.app
            .wrap()
            .query_wasm_smart(contract, msg)
            .map_err(|e| refused(&e))
    }

    pub fn balance(&self, account: &str) -> u128 {
        let coin = self
            .app
            .wrap()
            .query_balance(self.actor(account), DENOM)
            .expect("a mock bank answers");
        cosmwasm_std::Uint128::try_from(coin.amount)
            .expect("a test's balance is small")
            .u128()
    }

    /// `account` becomes a patient.
    pub fn enrol(&mut self, account: &str) -> u64 {
        let consent = self.at.consent.clone();
        let response = self
            .execute(account, &consent, &consent::ExecuteMsg::Enrol {})
            .expect("anybody may enrol");
        number(&response.events, "enrolled", "patient")
    }

    /// `board` attests a role of `account` for a year.
    pub fn credential(&mut self, account: &str, role: Role) {
        let consent = self.at.consent.clone();
        let admit = consent::ExecuteMsg::AdmitIssuer {
            issuer: self.actor("board").into(),
            roles: vec![
                Role::Clinician,
                Role::Insurer,
                Role::EmergencyResponder,
                Role::VaultOperator,
            ],
        };
        self.execute("owner", &consent, &admit)
            .expect("the owner admits issuers");
        let issue = consent::ExecuteMsg::IssueCredential {
            account: self.actor(account).into(),
            role,
            until: self.now_s() + 31_536_000,
        };
        self.execute("board", &consent, &issue)
            .expect("an admitted issuer attests");
    }

    /// A grant by `patient`'s controller to `grantee`, valid for a day, over the day's epochs.
    pub fn grant(
        &mut self,
        patient_account: &str,
        patient: u64,
        grantee: &str,
        purpose: Purpose,
        categories: &[Category],
        actions: &[Action],
    ) -> u64 {
        let consent = self.at.consent.clone();
        let epoch = self.epoch();
        let grant = consent::GrantMsg {
            grantee: consent::Party::Account(self.actor(grantee).into()),
            purposes: vec![purpose],
            categories: categories.to_vec(),
            actions: actions.to_vec(),
            window: Window {
                from: epoch,
                to: epoch + 24,
            },
            valid_from: None,
            valid_until: self.now_s() + 86_400,
            package: None,
        };
        let msg = consent::ExecuteMsg::Grant {
            patient: Uint64::new(patient),
            grant,
        };
        let response = self
            .execute(patient_account, &consent, &msg)
            .expect("a patient grants");
        number(&response.events, "granted", "grant")
    }

    /// A device of `maker`, attested, that measures `measures`, paired with the patient from now.
    pub fn paired_device(
        &mut self,
        seed: u8,
        measures: &[Measure],
        patient_account: &str,
        patient: u64,
    ) -> TestDevice {
        let mut device = self.registered_device(seed, measures);
        let registry = self.at.registry.clone();
        let (body, signature) = device.pairing_action(patient);
        let pair = registry::ExecuteMsg::Pair { body, signature };
        self.execute(patient_account, &registry, &pair)
            .expect("a patient pairs a free device");
        device.pairing = 1;
        device
    }

    /// A device of `maker`, attested, not paired.
    pub fn registered_device(&mut self, seed: u8, measures: &[Measure]) -> TestDevice {
        let registry = self.at.registry.clone();
        let maker_key = vitals_core::key::Ed25519Signer::from_seed(&[200; 32]);
        let admit = registry::ExecuteMsg::AdmitMaker {
            maker: self.actor("maker").into(),
            name: "Suite Devices".into(),
            key: registry::KeyMsg {
                scheme: vitals_core::key::SignatureScheme::Ed25519,
                bytes: maker_key.public_key().bytes().to_vec().into(),
            },
        };
        self.execute("owner", &registry, &admit)
            .expect("the owner admits makers");
        let list = registry::ExecuteMsg::ListModel {
            name: "model".into(),
            measures: measures.to_vec(),
            lowest_firmware: 0,
        };
        let listed = self
            .execute("maker", &registry, &list)
            .expect("a maker lists models");
        let model = number(&listed.events, "model_listed", "model");

        let mut device = TestDevice::new(seed, self.deployment);
        let model = u32::try_from(model).expect("a model number is small");
        let registration = device.registration(model, self.actor("maker").as_str());
        let attested = registration
            .digest(Domain::Attest, &self.deployment)
            .expect("a registration of the suite fits");
        let register = registry::ExecuteMsg::Register {
            body: registration
                .to_bytes()
                .expect("a registration of the suite fits")
                .into(),
            possession: device.sign_registration(&registration),
            attestation: Some(maker_key.sign(&attested).to_vec().into()),
            holder: None,
        };
        let registered = self
            .execute("maker", &registry, &register)
            .expect("an attested device registers");
        device.device = number(&registered.events, "registered", "device");
        device
    }

    /// Anchors a batch as the patient.
    pub fn anchor(
        &mut self,
        patient_account: &str,
        batch: &crate::device::TestBatch,
    ) -> Result<AppResponse, Refused> {
        let anchor = self.at.anchor.clone();
        let msg = anchor::ExecuteMsg::Anchor {
            ground: GroundRef::Patient {},
            batches: vec![batch.to_binary()],
        };
        self.execute(patient_account, &anchor, &msg)
    }

    pub fn coins(&self, amount: u128) -> Vec<Coin> {
        coins(amount, DENOM)
    }
}

/// The number in an attribute of the first event of this name.
pub fn number(events: &[Event], event: &str, key: &str) -> u64 {
    let ty = format!("wasm-{event}");
    events
        .iter()
        .filter(|e| e.ty == ty)
        .flat_map(|e| &e.attributes)
        .find(|a| a.key == key)
        .and_then(|a| a.value.parse().ok())
        .unwrap_or_else(|| panic!("no number {key} in an event {event}: {events:?}"))
}

/// cw-multi-test says first which message failed, and then why.
fn refused(error: &cosmwasm_std::StdError) -> Refused {
    contracts_own(&error.to_string())
}

/// What the contract said, out of what cw-multi-test made of it.
pub fn contracts_own(text: &str) -> Refused {
    let last = text.rsplit("error: ").next().unwrap_or(text);
    last.trim().to_string()
}

fn instantiate_all(app: &mut App, codes: Codes) -> Contracts {
    let owner = app.api().addr_make("owner");
    let mut create = |code: Code, msg: serde_json::Value, label: &str| {
        let code = app.store_code(code);
        let admin = Some(owner.to_string());
        app.instantiate_contract(code, owner.clone(), &msg, &[], label, admin)
            .expect("a contract instantiates")
    };
    let owned = |rest: serde_json::Value| {
        let mut msg = rest;
        msg["owner"] = owner.to_string().into();
        msg
    };
    let timing = serde_json::json!({ "timing": vitals_api::consent::recovery::Timing::default() });
    let consent = create(codes.consent, owned(timing), "consent");
    let registry = create(
        codes.registry,
        owned(serde_json::json!({ "consent": consent })),
        "device-registry",
    );
    let anchor = create(
        codes.anchor,
        owned(serde_json::json!({ "consent": consent, "registry": registry })),
        "vitals-anchor",
    );
    let care = create(
        codes.care,
        owned(serde_json::json!({
            "consent": consent, "registry": registry, "cooldown_s": 60, "min_tier_s": 1,
        })),
        "care",
    );
    let claims = create(
        codes.claims,
        owned(serde_json::json!({
            "consent": consent, "registry": registry, "anchor": anchor, "least_deadline_s": 1,
        })),
        "claims",
    );
    Contracts {
        consent,
        registry,
        anchor,
        care,
        claims,
    }
}
