//! One module for each message, and what holds over all of them.

mod common;

mod acknowledge;
mod acknowledge_plan;
mod adversarial;
mod adversarial_access;
mod adversarial_device;
mod adversarial_former;
mod adversarial_pages;
mod consent_hook;
mod escalate;
mod instantiate;
mod migration;
mod raise_alert;
mod record_adherence;
mod reopen;
mod resolve;
mod sequences;
mod set_ladder;
mod withdraw_plan;
mod write_plan;
