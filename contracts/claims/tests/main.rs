//! Messages and queries of the contract, a module each.

mod common;

mod adversarial;
mod adversarial_device;
mod adversarial_evidence;
mod adversarial_invoices;
mod adversarial_judge;
mod adversarial_money;
mod adversarial_time;
mod audit;
mod bind;
mod cancel;
mod claim;
mod claim_grounds;
mod expire;
mod history;
mod invoice_decide;
mod invoice_file;
mod offers;
mod per_day;
mod premiums;
mod reward;
mod tokens;

mod amend_product;
mod create_product;
mod cw20;
mod cw20_faults;
mod deadlines;
mod denoms;
mod housekeeping;
mod migration;
mod on_sale;
mod owed;
mod pools;
mod staff;
mod two_people;

mod sequences;
