//! One file for each message and each kind of edge, and one for those who would abuse them.

mod support;

mod admin;
mod adversarial;
mod anchor;
mod devices;
mod generations;
mod migration;
mod note_gap;
mod permissions;
mod queries;
mod reads;
mod times;
mod verify_reading;
