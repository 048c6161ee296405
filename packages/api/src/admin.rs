//! What all contracts share: an owner that changes in two steps, and a pause of new business.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Api, Event, Storage};
use cw_storage_plus::Item;

use crate::{parse, ApiError};

const OWNER: Item<Addr> = Item::new("admin_owner");
const PENDING: Item<Addr> = Item::new("admin_pending");
const PAUSED: Item<bool> = Item::new("admin_paused");

/// The storage keys this module uses, for each contract's uniqueness test.
pub const STORAGE_KEYS: [&str; 3] = ["admin_owner", "admin_pending", "admin_paused"];

/// Housekeeping of a contract.
#[cw_serde]
pub enum AdminMsg {
    /// Owner: names the next owner, who must accept; a later proposal replaces an earlier one.
    ProposeOwner { owner: String },
    /// The account proposed: becomes the owner.
    AcceptOwner {},
    /// Owner: stops new business. Never stops revocation, refunds, alerts, acknowledgement,
    /// escalation, claims or payouts.
    Pause {},
    /// Owner: lets new business go on.
    Resume {},
}

#[cw_serde]
pub struct AdminInfo {
    pub owner: String,
    pub pending_owner: Option<String>,
    pub paused: bool,
}

pub fn init(storage: &mut dyn Storage, owner: &Addr) -> Result<(), ApiError> {
    OWNER.save(storage, owner).map_err(unreadable)?;
    PAUSED.save(storage, &false).map_err(unreadable)
}

pub fn execute(
    storage: &mut dyn Storage,
    api: &dyn Api,
    sender: &Addr,
    msg: &AdminMsg,
) -> Result<Event, ApiError> {
    match msg {
        AdminMsg::ProposeOwner { owner } => {
            ensure_owner(storage, sender)?;
            let owner = parse::address(api, owner)?;
            PENDING.save(storage, &owner).map_err(unreadable)?;
            Ok(Event::new("owner_proposed").add_attribute("owner", owner))
        }
        AdminMsg::AcceptOwner {} => accept(storage, sender),
        AdminMsg::Pause {} => set_paused(storage, sender, true),
        AdminMsg::Resume {} => set_paused(storage, sender, false),
    }
}

fn accept(storage: &mut dyn Storage, sender: &Addr) -> Result<Event, ApiError> {
    let pending = PENDING.may_load(storage).map_err(unreadable)?;
    if pending.as_ref() != Some(sender) {
        return Err(ApiError::NotPendingOwner {
            sender: sender.to_string(),
        });
    }
    PENDING.remove(storage);
    OWNER.save(storage, sender).map_err(unreadable)?;
    Ok(Event::new("owner_accepted").add_attribute("owner", sender))
}

fn set_paused(storage: &mut dyn Storage, sender: &Addr, paused: bool) -> Result<Event, ApiError> {
    ensure_owner(storage, sender)?;
    PAUSED.save(storage, &paused).map_err(unreadable)?;
    Ok(Event::new("paused").add_attribute("paused", paused.to_string()))
}

pub fn ensure_owner(storage: &dyn Storage, sender: &Addr) -> Result<(), ApiError> {
    if OWNER.load(storage).map_err(unreadable)? == *sender {
        return Ok(());
    }
    Err(ApiError::NotOwner {
        sender: sender.to_string(),
    })
}

pub fn ensure_running(storage: &dyn Storage) -> Result<(), ApiError> {
    if PAUSED.load(storage).map_err(unreadable)? {
        return Err(ApiError::Paused);
    }
    Ok(())
}

pub fn info(storage: &dyn Storage) -> Result<AdminInfo, ApiError> {
    Ok(AdminInfo {
        owner: OWNER.load(storage).map_err(unreadable)?.into(),
        pending_owner: PENDING
            .may_load(storage)
            .map_err(unreadable)?
            .map(Into::into),
        paused: PAUSED.load(storage).map_err(unreadable)?,
    })
}

fn unreadable(cause: cosmwasm_std::StdError) -> ApiError {
    ApiError::Unreadable {
        what: "administration",
        contract: "own storage".into(),
        cause: cause.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::testing::{MockApi, MockStorage};

    fn setup() -> (MockStorage, MockApi, Addr, Addr) {
        let api = MockApi::default();
        let (owner, next) = (api.addr_make("owner"), api.addr_make("next"));
        let mut storage = MockStorage::new();
        init(&mut storage, &owner).unwrap();
        (storage, api, owner, next)
    }

    #[test]
    fn ownership_passes_only_to_whom_it_was_proposed_and_who_accepts() {
        let (mut storage, api, owner, next) = setup();
        let propose = AdminMsg::ProposeOwner {
            owner: next.to_string(),
        };
        assert!(execute(&mut storage, &api, &next, &propose).is_err());
        assert!(execute(&mut storage, &api, &next, &AdminMsg::AcceptOwner {}).is_err());
        execute(&mut storage, &api, &owner, &propose).unwrap();
        assert!(ensure_owner(&storage, &owner).is_ok(), "not yet accepted");
        assert!(execute(&mut storage, &api, &owner, &AdminMsg::AcceptOwner {}).is_err());
        execute(&mut storage, &api, &next, &AdminMsg::AcceptOwner {}).unwrap();
        assert!(ensure_owner(&storage, &next).is_ok());
        assert!(ensure_owner(&storage, &owner).is_err());
        assert!(execute(&mut storage, &api, &next, &AdminMsg::AcceptOwner {}).is_err());
    }

    #[test]
    fn only_the_owner_pauses_and_resumes() {
        let (mut storage, api, owner, next) = setup();
        assert!(execute(&mut storage, &api, &next, &AdminMsg::Pause {}).is_err());
        assert!(ensure_running(&storage).is_ok());
        execute(&mut storage, &api, &owner, &AdminMsg::Pause {}).unwrap();
        assert_eq!(ensure_running(&storage), Err(ApiError::Paused));
        execute(&mut storage, &api, &owner, &AdminMsg::Resume {}).unwrap();
        assert!(ensure_running(&storage).is_ok());
    }
}
