//! One file for each message and each kind of edge, and one for those who would abuse them.

mod support;

mod admin;
mod adversarial;
mod adversarial_sealers;
mod anchor;
mod devices;
mod generations;
mod halts;
mod handed_on;
mod migration;
mod model;
mod note_gap;
mod pairings;
mod permissions;
mod queries;
mod reads;
mod rotation;
mod shred;
mod times;
mod verify_reading;
