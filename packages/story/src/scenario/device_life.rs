//! Step 19, second part: a device's later life: new firmware, a new key, retirement.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::registry::{self, DeviceInfo, DeviceStatus, ExecuteMsg};
use vitals_core::key::Ed25519Signer;
use vitals_testing::TestDevice;
use vitals_vault_client::digest;

use super::doses::dispense;
use super::people::Patient;
use super::recording::Played;
use super::Stage;
use crate::screen;

const NEW_KEY_SEED: u8 = 16;
/// 1.1.0
const FIRMWARE: u32 = 0x0101_0000;
const IMAGE: &[u8] = b"firmware 1.1.0 of the dispenser";

impl Stage<'_> {
    pub fn device_life(
        &mut self,
        patient: &Patient,
        played: &Played,
        dispenser: &mut TestDevice,
    ) -> Result<()> {
        self.new_firmware(dispenser)?;
        self.new_key(patient, played, dispenser)?;
        self.retirement(dispenser)
    }

    fn new_firmware(&mut self, dispenser: &mut TestDevice) -> Result<()> {
        let registry = self.at.device_registry.clone();
        let image = digest(IMAGE);
        let approve = ExecuteMsg::ApproveFirmware {
            model: self.info(dispenser)?.model,
            version: FIRMWARE,
            digest: Binary::new(image.to_vec()),
        };
        self.act("maker", "approve_firmware", &registry, &approve)?;
        let update = dispenser.update_firmware(FIRMWARE, image);
        self.act("patient", "update_firmware", &registry, &update)?;
        ensure!(
            self.info(dispenser)?.firmware == FIRMWARE,
            "the dispenser's record has other firmware"
        );
        screen::say(
            "the dispenser runs firmware 1.1.0, which its maker approved, by its own signature",
        );
        Ok(())
    }

    fn new_key(
        &mut self,
        patient: &Patient,
        played: &Played,
        dispenser: &mut TestDevice,
    ) -> Result<()> {
        let registry = self.at.device_registry.clone();
        let from = dispenser.sequence + 1;
        let rotate = dispenser.rotate_key(NEW_KEY_SEED, from);
        self.act("patient", "rotate_key", &registry, &rotate)?;
        screen::say(&format!(
            "it has another key from batch {from} on; old and new key signed for that"
        ));
        let by_old = dispense(dispenser, &[self.now_ms()?])?;
        self.refused_batch(
            "a batch by the key that was replaced",
            "anchor/signature",
            &by_old,
        )?;
        dispenser.sequence -= 1;
        dispenser.signer = Ed25519Signer::from_seed(&[NEW_KEY_SEED; 32]);
        let by_new = dispense(dispenser, &[self.now_ms()?])?;
        self.anchor_own(patient, played, &by_new)?;
        screen::say("the same by its new key is anchored");
        Ok(())
    }

    fn retirement(&mut self, dispenser: &mut TestDevice) -> Result<()> {
        let registry = self.at.device_registry.clone();
        let retire = dispenser.retire();
        self.act("patient", "retire", &registry, &retire)?;
        let info = self.info(dispenser)?;
        ensure!(info.status == DeviceStatus::Retired, "it is not retired");
        let last = info
            .retirement
            .and_then(|retirement| retirement.last_sequence)
            .context("the record has no last number")?;
        self.report.care.retired += 1;
        screen::say(&format!(
            "it is retired, and signed that batch {last} was its last: none can be left out unseen"
        ));
        Ok(())
    }

    fn info(&self, device: &TestDevice) -> Result<DeviceInfo> {
        self.ask(
            &self.at.device_registry,
            &registry::QueryMsg::Device {
                device: Uint64::new(device.device),
            },
        )
    }
}
