//! What messages do: one file for each thing they are about.

pub mod claims;
mod evidence;
pub mod policies;
pub mod pools;
pub mod products;
