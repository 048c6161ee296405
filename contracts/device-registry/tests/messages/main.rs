//! One file for each message, and one for those who would abuse them.

mod support;

mod admin;
mod adversarial;
mod calibrate;
mod firmware;
mod holder;
mod makers;
mod migration;
mod models;
mod pages;
mod pair;
mod queries;
mod recall;
mod register;
mod replay;
mod report_lost;
mod retire;
mod rotate_key;
mod schemes;
mod suspend;
mod transfer;
mod unpair;
mod usable;
