//! What devices will send, signed beforehand.

use anyhow::{Context, Result};
use vitals_core::device::BatchHead;
use vitals_core::frame::{Frame, SignedFrame};
use vitals_core::key::{Ed25519Signer, SignatureScheme, Signer};
use vitals_core::link::DeviceMessage;
use vitals_core::measure::Category;
use vitals_core::reading::Reading;
use vitals_core::time::{epoch_of, Epoch};

use super::edge::now_ms;
use super::registry::{Known, DEPLOYMENT};
use crate::recording::over_an_hour;

/// One device's.
pub struct Sending {
    pub device: u64,
    pub opened: String,
    pub frames: Vec<String>,
}

pub struct Load {
    pub frame_readings: usize,
    pub known: Vec<Known>,
    pub sending: Vec<Sending>,
}

impl Load {
    /// So many frames of each of so many devices: of the hour before this one, so that no time in
    /// them lies ahead.
    pub fn new(devices: u64, frame_readings: usize, frames: usize) -> Result<Self> {
        let epoch = epoch_of(now_ms()).context("a clock after 1970")?;
        let epoch = epoch.saturating_sub(1);
        let readings = over_an_hour(u32::try_from(frames * frame_readings)?);
        let (mut known, mut sending) = (Vec::new(), Vec::new());
        for device in 1..=devices {
            let signer = signer(device);
            known.push((device, signer.public_key()));
            sending.push(of_device(
                device,
                epoch,
                &signer,
                &readings,
                frame_readings,
            )?);
        }
        Ok(Self {
            frame_readings,
            known,
            sending,
        })
    }

    pub fn readings(&self) -> usize {
        let frames: usize = self.sending.iter().map(|s| s.frames.len()).sum();
        frames * self.frame_readings
    }
}

fn signer(device: u64) -> Ed25519Signer {
    let mut seed = [9; 32];
    seed[..8].copy_from_slice(&device.to_be_bytes());
    Ed25519Signer::from_seed(&seed)
}

fn of_device(
    device: u64,
    epoch: Epoch,
    signer: &Ed25519Signer,
    readings: &[Reading],
    frame_readings: usize,
) -> Result<Sending> {
    let head = BatchHead {
        device,
        pairing: 1,
        sequence: 1,
        category: Category::Cardiac,
        epoch,
    };
    let frames = readings.chunks(frame_readings).enumerate();
    Ok(Sending {
        device,
        opened: DeviceMessage::Opened(head).to_line()?,
        frames: frames
            .map(|(at, readings)| {
                let first_index = u16::try_from(at * frame_readings)?;
                line(Frame::new(head, first_index, readings.to_vec())?, signer)
            })
            .collect::<Result<_>>()?,
    })
}

fn line(frame: Frame, signer: &Ed25519Signer) -> Result<String> {
    let scheme = SignatureScheme::Ed25519;
    let signature = signer.sign_message(&frame.to_sign(scheme, &DEPLOYMENT)?);
    let signed = SignedFrame::new(frame, scheme, signature);
    Ok(DeviceMessage::Frame(signed).to_line()?)
}
