//! Who may send what: the table, and the checks that read it.

use cosmwasm_std::{Addr, Api, QuerierWrapper, Storage, Timestamp};
use vitals_api::access::{self, Row, Signer, Who};
use vitals_api::admin;
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

/// For ever, and against somebody who has the device: as urgent and as final as revoking.
const LOSS: &[Who] = &[Who::Patient, Who::Guardian(Power::Revoke)];

/// One row a message; `vitals_api::access::ADMIN_ROWS` has those of `Admin`. What ends or corrects
/// something goes on while paused.
pub const TABLE: &[Row] = &[
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
    Row::goes_on("report_lost", LOSS),
    Row::goes_on("retire", ITS_HOLDER),
    Row::goes_on("rotate_key", ITS_HOLDER).signed_by(Signer::BothKeys),
    Row::goes_on("update_firmware", ANYBODY).signed_by(Signer::Device),
    Row::goes_on("calibrate", MAKER),
];

fn name(msg: &ExecuteMsg) -> &'static str {
    match msg {
        ExecuteMsg::Admin(msg) => access::admin_name(msg),
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
    let row = access::unpaused(TABLE, name(msg), || admin::ensure_running(storage))?;
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
        let contract = state::consent(storage)?;
        let consent = Remote {
            querier: self.querier,
            contract: &contract,
        };
        let (who, now) = (self.sender.as_str(), self.now.seconds());
        Ok(self.row.ensure_acts_for(&consent, who, patient, now)?)
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

    #[test]
    fn the_table_has_one_row_for_each_message_and_no_other() {
        vitals_testing::schema::assert_rows::<ExecuteMsg>(TABLE);
    }
}
