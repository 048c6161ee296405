//! What an hour of readings costs in memory and on disk.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use vitals_gateway::Inbound;

use super::edge::{check, now_ms, open};
use super::load::Load;
use crate::performance::{resident_bytes, Hour};

/// Devices that measure once a second, in frames of 16.
const DEVICES: u64 = 16;
const FRAMES: usize = 225;
const READINGS: usize = 16;

/// Frames that come together.
const GROUP: usize = 16;

pub fn measure(stores: &Path) -> Result<Hour> {
    let dir = tempfile::tempdir_in(stores)?;
    let load = Load::new(DEVICES, READINGS, FRAMES)?;
    let mut edge = open(load.known.clone(), dir.path())?;
    let mut intake = edge.take_intake().context("an intake")?;
    let before = resident_bytes();
    for group in arriving(&load).chunks(GROUP) {
        intake.take(group, now_ms())?;
    }
    let grown = resident_bytes().saturating_sub(before);
    check(&edge, &load)?;
    drop((intake, edge));
    Ok(Hour {
        readings: load.readings() as u64,
        memory_bytes: grown,
        store_bytes: fs::metadata(dir.path().join("gateway.db"))?.len(),
    })
}

/// Frame by frame of each device in turn.
fn arriving(load: &Load) -> Vec<Inbound> {
    let inbound = |device: u64, line: &String| Inbound {
        from: Some(device),
        line: line.clone(),
    };
    let mut lines: Vec<_> = load
        .sending
        .iter()
        .map(|sending| inbound(sending.device, &sending.opened))
        .collect();
    for at in 0..FRAMES {
        for sending in &load.sending {
            let line = sending.frames.get(at);
            lines.extend(line.map(|line| inbound(sending.device, line)));
        }
    }
    lines
}
