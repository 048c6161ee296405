//! Whom an emergency or a recovery concerns.

use cosmwasm_std::Uint64;
use vitals_api::consent;
use vitals_api::consent::emergency::EmergencyInfo;
use vitals_ledger::{LedgerError, Reader};

use super::{look_later, Ask, Led, What, DAY_MS};
use crate::Message;

const EMERGENCY_MS: u64 = 3_600_000;

impl<C: Reader> Ask<'_, C> {
    pub(super) fn opened(&self, patient: u64, emergency: u64) -> Result<Led, LedgerError> {
        let thing = format!("emergency/{patient}/{emergency}");
        let what = What::urgent(&thing, Message::Emergency, EMERGENCY_MS);
        let tellings = self.tell(what, &self.own(patient, None)?);
        let review = look_later("review", format!("{patient}/{emergency}"), 0);
        Ok(Led { tellings, ..review })
    }

    pub(super) fn ended(&self, patient: u64, emergency: u64) -> Result<Led, LedgerError> {
        let thing = format!("emergency/{patient}/{emergency}/over");
        let mut accounts = self.own(patient, None)?;
        let found = self.emergency(patient, emergency)?;
        accounts.extend(found.map(|found| found.responder));
        let tellings = self.tell(What::routine(&thing, Message::EmergencyOver), &accounts);
        let review = look_later("review", format!("{patient}/{emergency}"), 0);
        Ok(Led { tellings, ..review })
    }

    pub(super) fn recovery(
        &self,
        patient: u64,
        named: &[String],
        (height, place): (u64, usize),
    ) -> Result<Led, LedgerError> {
        let thing = format!("recovery/{patient}/{height}/{place}");
        let mut accounts = self.own(patient, None)?;
        accounts.extend_from_slice(named);
        Ok(self.only(What::urgent(&thing, Message::Recovery, DAY_MS), &accounts))
    }

    pub fn emergency(
        &self,
        patient: u64,
        number: u64,
    ) -> Result<Option<EmergencyInfo>, LedgerError> {
        let asked = consent::QueryMsg::Emergency {
            patient: Uint64::new(patient),
            emergency: Uint64::new(number),
        };
        self.find(&self.at.consent, &asked)
    }
}
