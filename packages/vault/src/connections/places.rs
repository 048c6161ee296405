//! How many connections each address has.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

pub struct Places {
    most: Option<u32>,
    taken: Arc<Mutex<HashMap<IpAddr, u32>>>,
}

/// Given back when it is dropped.
pub struct Place {
    address: IpAddr,
    taken: Arc<Mutex<HashMap<IpAddr, u32>>>,
}

impl Places {
    pub fn new(most: Option<u32>) -> Self {
        Self {
            most,
            taken: Arc::default(),
        }
    }

    /// `None` where the address has as many as it may.
    pub fn take(&self, address: IpAddr) -> Option<Place> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.entry(address).or_default();
        if self.most.is_some_and(|most| *own >= most) {
            return None;
        }
        *own += 1;
        Some(Place {
            address,
            taken: self.taken.clone(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.address) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                taken.remove(&self.address);
            }
        }
    }
}
