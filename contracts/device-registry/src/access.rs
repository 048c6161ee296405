//! Who may send what: the table, and the checks that read it.

use cosmwasm_std::{Addr, Api, QuerierWrapper, Storage, Timestamp};
use vitals_api::access::{Paused, Row, Signer, Who, ADMIN_ROWS};
use vitals_api::admin::{self, AdminMsg};
use vitals_api::consent::read::ensure_acts_for;
use vitals_api::registry::record::Device;
use vitals_api::registry::ExecuteMsg;
use vitals_api::store::Remote;
use vitals_core::decision::Power;

use crate::error::ContractError;
use crate::execute::makers;
use crate::record::Model;
use crate::state;

const ANYBODY: &[Who] = &[Who::Anybody];
const OWNER: &[Who] = &[Who::Owner];
const MAKER: &[Who] = &[Who::Maker];
/// Of the pairing that lasts, or of the one a message begins.
const ITS_PATIENT: &[Who] = &[Who::Patient, Who::Guardian(Power::Grant)];
/// The registrant only while the device is with nobody.
const ITS_HOLDER: &[Who] = &[Who::Patient, Who::Guardian(Power::Grant), Who::Registrant];

/// One row a message. What ends or corrects something goes on while paused.
pub const TABLE: &[Row] = &[
    ADMIN_ROWS[0],
    ADMIN_ROWS[1],
    ADMIN_ROWS[2],
    ADMIN_ROWS[3],
    Row::stops("admit_maker", OWNER),
    Row::goes_on("suspend_maker", OWNER),
    Row::stops("list_model", MAKER),
    Row::goes_on("approve_firmware", MAKER),
    Row::goes_on("raise_lowest_firmware", MAKER),
    Row::goes_on("recall", &[Who::Maker, Who::Owner]),
    Row::goes_on("mark_recalled", ANYBODY),
    Row::stops("register", &[Who::Registrant]).signed_by(Signer::DeviceAndMaker),
    Row::stops("pair", ITS_PATIENT).signed_by(Signer::Device),
    Row::goes_on("unpair", ITS_PATIENT),
    Row::stops("transfer", ITS_PATIENT).signed_by(Signer::Device),
    Row::stops("accept_transfer", ITS_PATIENT),
    Row::goes_on("withdraw_transfer", ITS_PATIENT),
    Row::goes_on("suspend", ITS_HOLDER),
    Row::goes_on("restore", ITS_HOLDER),
    Row::goes_on("report_lost", ITS_PATIENT),
    Row::goes_on("retire", ITS_HOLDER),
    Row::goes_on("rotate_key", ITS_HOLDER).signed_by(Signer::BothKeys),
    Row::goes_on("update_firmware", ANYBODY).signed_by(Signer::Device),
    Row::goes_on("calibrate", MAKER),
];

fn name(msg: &ExecuteMsg) -> &'static str {
    match msg {
        ExecuteMsg::Admin(AdminMsg::ProposeOwner { .. }) => "admin.propose_owner",
        ExecuteMsg::Admin(AdminMsg::AcceptOwner {}) => "admin.accept_owner",
        ExecuteMsg::Admin(AdminMsg::Pause {}) => "admin.pause",
        ExecuteMsg::Admin(AdminMsg::Resume {}) => "admin.resume",
        ExecuteMsg::AdmitMaker { .. } => "admit_maker",
        ExecuteMsg::SuspendMaker { .. } => "suspend_maker",
        ExecuteMsg::ListModel { .. } => "list_model",
        ExecuteMsg::ApproveFirmware { .. } => "approve_firmware",
        ExecuteMsg::RaiseLowestFirmware { .. } => "raise_lowest_firmware",
        ExecuteMsg::Recall { .. } => "recall",
        ExecuteMsg::MarkRecalled { .. } => "mark_recalled",
        ExecuteMsg::Register { .. } => "register",
        ExecuteMsg::Pair { .. } => "pair",
        ExecuteMsg::Unpair { .. } => "unpair",
        ExecuteMsg::Transfer { .. } => "transfer",
        ExecuteMsg::AcceptTransfer { .. } => "accept_transfer",
        ExecuteMsg::WithdrawTransfer { .. } => "withdraw_transfer",
        ExecuteMsg::Suspend { .. } => "suspend",
        ExecuteMsg::Restore { .. } => "restore",
        ExecuteMsg::ReportLost { .. } => "report_lost",
        ExecuteMsg::Retire { .. } => "retire",
        ExecuteMsg::RotateKey { .. } => "rotate_key",
        ExecuteMsg::UpdateFirmware { .. } => "update_firmware",
        ExecuteMsg::Calibrate { .. } => "calibrate",
    }
}

/// The sender of a message and its row, which the handlers ask about the record they load.
pub struct Caller<'a> {
    pub sender: &'a Addr,
    pub now: Timestamp,
    api: &'a dyn Api,
    querier: QuerierWrapper<'a>,
    row: &'static Row,
}

/// Before anything else: refuses what a pause stops, and a sender whom the row rules out before
/// any record is read. What depends on a device, model or patient the handler asks [`Caller`].
pub fn check<'a>(
    storage: &dyn Storage,
    api: &'a dyn Api,
    querier: QuerierWrapper<'a>,
    sender: &'a Addr,
    now: Timestamp,
    msg: &ExecuteMsg,
) -> Result<Caller<'a>, ContractError> {
    let name = name(msg);
    let row = TABLE.iter().find(|row| row.message == name);
    let row = row.ok_or(ContractError::NotInTable { message: name })?;
    if row.paused == Paused::Stops {
        admin::ensure_running(storage)?;
    }
    match row.who {
        [Who::Owner] => admin::ensure_owner(storage, sender)?,
        [Who::Maker] => drop(makers::active(storage, sender.as_str())?),
        _ => {}
    }
    Ok(Caller {
        sender,
        now,
        api,
        querier,
        row,
    })
}

impl Caller<'_> {
    /// Acts for a patient: controls it, or is its guardian with the row's power.
    pub fn ensure_for(&self, storage: &dyn Storage, patient: u64) -> Result<(), ContractError> {
        let power = self.row.who.iter().find_map(|who| match who {
            Who::Guardian(power) => Some(*power),
            _ => None,
        });
        let message = self.row.message;
        let power = power.ok_or(ContractError::NotInTable { message })?;
        let contract = state::consent(storage)?;
        let consent = Remote {
            querier: self.querier,
            contract: &contract,
        };
        let (who, now) = (self.sender.as_str(), self.now.seconds());
        ensure_acts_for(&consent, who, patient, power, now)?;
        Ok(())
    }

    /// Acts for the patient who has a device; where nobody has it, registered it.
    pub fn ensure_holds(
        &self,
        storage: &dyn Storage,
        number: u64,
        device: &Device,
    ) -> Result<(), ContractError> {
        match device.paired {
            Some(paired) => self.ensure_for(storage, paired.patient),
            None if self.row.who.contains(&Who::Registrant) => {
                let origin = state::origin(storage, self.api, number, device)?;
                let registrant = self.api.addr_humanize(&origin.registrant)?;
                self.ensure_registrant(registrant.as_str())
            }
            None => Err(ContractError::NotPaired { device: number }),
        }
    }

    pub fn ensure_registrant(&self, registrant: &str) -> Result<(), ContractError> {
        if registrant == self.sender.as_str() {
            return Ok(());
        }
        Err(ContractError::NotTheRegistrant {
            sender: self.sender.to_string(),
            registrant: registrant.into(),
        })
    }

    /// Lists a model and is not suspended, or owns the contract where the row lets the owner.
    pub fn ensure_maker_of(
        &self,
        storage: &dyn Storage,
        number: u32,
        model: &Model,
    ) -> Result<(), ContractError> {
        let owner = self.row.who.contains(&Who::Owner);
        if owner && admin::ensure_owner(storage, self.sender).is_ok() {
            return Ok(());
        }
        if model.maker != self.sender.as_str() {
            return Err(ContractError::NotTheMaker {
                sender: self.sender.to_string(),
                model: number,
                maker: model.maker.clone(),
            });
        }
        makers::active(storage, &model.maker)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Names of a message type's variants; a variant that holds messages itself gives theirs.
    fn variants<T: cosmwasm_schema::schemars::JsonSchema>() -> BTreeSet<String> {
        let schema = cosmwasm_schema::schemars::schema_for!(T);
        let value = serde_json::to_value(schema).unwrap();
        let one_of = value["oneOf"].as_array().unwrap().clone();
        one_of
            .iter()
            .map(|variant| variant["required"][0].as_str().unwrap().to_string())
            .collect()
    }

    #[test]
    fn the_table_has_one_row_for_each_message_and_no_other() {
        let mut expected = variants::<ExecuteMsg>();
        assert!(expected.remove("admin"));
        let admin = variants::<AdminMsg>();
        expected.extend(admin.iter().map(|name| format!("admin.{name}")));
        let rows: BTreeSet<String> = TABLE.iter().map(|row| row.message.into()).collect();
        assert_eq!(rows, expected);
        assert_eq!(TABLE.len(), expected.len(), "none twice");
    }
}
