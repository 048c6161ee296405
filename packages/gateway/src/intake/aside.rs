//! What is not taken goes into quarantine, and is answered with the reason.

use vitals_core::link::{DeviceMessage, GatewayMessage};
use vitals_core::time::Millis;

use super::check::Checked;
use super::group::Group;
use super::refused::Refused;
use super::{Inbound, Intake};
use crate::store::quarantine::Aside;
use crate::GatewayError;

/// Lines that one group puts aside at most. Of more it keeps the count: whoever floods the link
/// with garbage shall not have each line encrypted and written.
const MAX_ASIDE: u64 = 32;

/// Of one group.
#[derive(Default)]
pub(super) struct PutAside {
    pub came: u64,
    /// Those of which nothing is kept, and older ones that made room.
    pub dropped: u64,
}

impl Group<'_> {
    pub(super) fn refuse(
        &mut self,
        inbound: &Inbound,
        checked: &Checked,
        refused: &Refused,
    ) -> Result<Vec<GatewayMessage>, GatewayError> {
        let message = checked.message.as_ref().ok();
        let claims = message.map(|message| (speaks(message), sequence(message)));
        self.set_aside(inbound, &refused.code, claims)?;
        Ok(refused.answers(claims.map_or(0, |(_, sequence)| sequence)))
    }

    fn set_aside(
        &mut self,
        inbound: &Inbound,
        code: &str,
        claims: Option<(u64, u64)>,
    ) -> Result<(), GatewayError> {
        self.aside.came += 1;
        match self.aside.came <= MAX_ASIDE {
            true => self.put_aside(inbound, code, claims)?,
            false => self.aside.dropped += 1,
        }
        Ok(())
    }

    fn put_aside(
        &mut self,
        inbound: &Inbound,
        code: &str,
        claims: Option<(u64, u64)>,
    ) -> Result<(), GatewayError> {
        let from = inbound.from;
        tracing::warn!(from, ?claims, code, "a message was put into quarantine");
        let aside = Aside {
            source: from,
            line: &inbound.line,
            code,
            claims,
        };
        self.aside.dropped += self.store.put_aside(&aside, self.now_ms)?;
        Ok(())
    }
}

impl Intake {
    /// Puts aside what came over devices' links and is no line: a value of a sensor, say, that
    /// nobody signs for here. `code` says why, and begins as errors do.
    pub fn set_aside(
        &mut self,
        inbound: &[Inbound],
        code: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let tx = self.store.begin()?;
        let mut group = Group::new(&self.rules, &self.store, &mut self.state, now_ms);
        for one in inbound {
            group.set_aside(one, code, None)?;
        }
        group.finish()?;
        Ok(tx.commit()?)
    }
}

impl Intake {
    /// Puts aside lines that [`Intake::take`] left unanswered, where whoever carries them has to have
    /// them off its hands: their devices, which were told nothing, say them again.
    pub fn put_off(&mut self, inbound: &[Inbound], now_ms: Millis) -> Result<(), GatewayError> {
        let tx = self.store.begin()?;
        self.state.catch_up(&self.store)?;
        let mut group = Group::new(&self.rules, &self.store, &mut self.state, now_ms);
        for one in inbound {
            let message = DeviceMessage::from_line(&one.line).ok();
            let claims = message.map(|message| (speaks(&message), sequence(&message)));
            let knows = |(device, _)| group.state.devices.contains_key(&device);
            let code = match claims.is_some_and(knows) {
                true => "gateway/not_taken",
                false => "gateway/device_unknown",
            };
            group.set_aside(one, code, claims)?;
        }
        group.finish()?;
        Ok(tx.commit()?)
    }
}

/// The device a message says it comes from.
pub(super) fn speaks(message: &DeviceMessage) -> u64 {
    match message {
        DeviceMessage::Opened(head) => head.device,
        DeviceMessage::Frame(frame) => frame.unverified().head().device,
        DeviceMessage::Closed(closed) => closed.measured.device,
        DeviceMessage::Gap(gap) => gap.notice.device,
        DeviceMessage::Battery { device, .. } => *device,
    }
}

/// 0 for what is of no batch.
fn sequence(message: &DeviceMessage) -> u64 {
    match message {
        DeviceMessage::Opened(head) => head.sequence,
        DeviceMessage::Frame(frame) => frame.unverified().head().sequence,
        DeviceMessage::Closed(closed) => closed.measured.sequence,
        DeviceMessage::Gap(gap) => gap.notice.next.saturating_sub(1),
        DeviceMessage::Battery { .. } => 0,
    }
}
