//! One module for each thing the contract does.

pub mod calibrate;
pub mod loss;
pub mod makers;
pub mod models;
pub mod pair;
pub mod register;
pub mod unpair;

mod authority;
mod signed;
