//! Claims on invoices: filed with a deposit, decided by an assessor, and on appeal by the arbiter.

mod case;
mod decide;
mod file;

pub(crate) use decide::{appeal, arbitrate, assess, settle};
pub(crate) use file::file;
