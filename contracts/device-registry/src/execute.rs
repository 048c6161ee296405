//! One module for each thing the contract does.

pub mod calibrate;
pub mod firmware;
pub mod loss;
pub mod makers;
pub mod models;
pub mod pair;
pub mod recall;
pub mod register;
pub mod retire;
pub mod rotate;
pub mod suspend;
pub mod transfer;
pub mod unpair;

mod action;
mod fitness;
mod signed;
