//! One file for each message, and one for those who would abuse them.

mod support;

mod admin;
mod adversarial;
mod calibrate;
mod makers;
mod migration;
mod models;
mod pair;
mod queries;
mod register;
mod report_lost;
mod schemes;
mod unpair;
