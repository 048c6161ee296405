//! Window keys: taken from the key agent's packages, erased as their hours pass.

use vitals_core::keytree::{Cover, EpochKey};
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::time::{epoch_of, Epoch, Millis, Window};
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::intake::code_of;
use crate::kept::Kept;
use crate::secrets::file;
use crate::store::cover::CoverRow;
use crate::{Gateway, GatewayError};

const ALL: Window = Window {
    from: 0,
    to: Epoch::MAX,
};

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// Takes the window keys out of a key package (an age file for this gateway's identity), and
    /// tries again what the chain refused before.
    pub fn load_keys(&mut self, package: &[u8], now_ms: Millis) -> Result<(), GatewayError> {
        let package = KeyPackage::open(package, &self.identity)?;
        if package.patient() != self.config.patient {
            return Err(GatewayError::PackagePatient);
        }
        let kept = self.kept(now_ms)?;
        let tx = self.store.begin()?;
        let mut held = self.store.covers()?;
        for entry in package.entries() {
            let at = (entry.generation, entry.category);
            let before = held
                .iter_mut()
                .find(|row| (row.generation, row.category) == at);
            let before = before.map_or_else(Vec::new, |row| std::mem::take(&mut row.parts));
            self.store.put_cover(&CoverRow {
                generation: entry.generation,
                category: entry.category,
                parts: needed(kept.as_ref(), entry.category, joined(before, &entry.cover)),
            })?;
        }
        tx.commit()?;
        // what is past of it goes with the next rolling
        self.rolled_epoch = None;
        tracing::info!(
            entries = package.entries().len(),
            "window keys were taken in"
        );
        self.retry_all_refused(now_ms)
    }

    /// The package where the key agent leaves it. One that cannot be taken stays there, and the
    /// status says why.
    pub(crate) fn take_key_package(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let Some(path) = self.config.key_package.clone().filter(|path| path.exists()) else {
            self.package_trouble = None;
            return Ok(());
        };
        let taken = std::fs::read(&path)
            .map_err(|cause| file(&path, cause))
            .and_then(|package| self.load_keys(&package, now_ms))
            .and_then(|()| std::fs::remove_file(&path).map_err(|cause| file(&path, cause)));
        match taken {
            Err(error @ (GatewayError::Store(_) | GatewayError::StoreKey { .. })) => Err(error),
            Err(error) => {
                let text = error.to_string();
                if self.package_trouble.as_ref() != Some(&text) {
                    tracing::warn!(code = code_of(&text), "a key package was not taken");
                }
                self.package_trouble = Some(text);
                Ok(())
            }
            Ok(()) => {
                self.package_trouble = None;
                Ok(())
            }
        }
    }

    /// The key of one hour, where the gateway has it.
    pub(crate) fn epoch_key(
        &self,
        generation: u32,
        category: Category,
        epoch: Epoch,
    ) -> Result<Option<EpochKey>, GatewayError> {
        let covers = self.store.covers()?;
        let own = covers
            .iter()
            .filter(|row| (row.generation, row.category) == (generation, category));
        let mut parts = own.flat_map(|row| &row.parts);
        Ok(parts.find_map(|part| part.epoch_key(epoch)))
    }

    /// Once an hour: what was measured before can no longer be opened here.
    pub(crate) fn roll_keys(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let now = self.trusted_ms(now_ms).and_then(epoch_of);
        if self.rolled_epoch == now {
            return Ok(());
        }
        let Some(kept) = self.kept(now_ms)? else {
            return Ok(());
        };
        let tx = self.store.begin()?;
        for row in self.store.covers()? {
            self.store.put_cover(&CoverRow {
                parts: needed(Some(&kept), row.category, row.parts),
                ..row
            })?;
        }
        tx.commit()?;
        self.to_flush = true;
        self.rolled_epoch = now;
        Ok(())
    }

    /// What was erased goes out of the files too. Where the other connection reads just now, in
    /// a later tick.
    pub(crate) fn flush_erased(&mut self) -> Result<(), GatewayError> {
        self.to_flush = self.to_flush && !self.store.flush_erased()?;
        Ok(())
    }

    /// First hour of the rolling window.
    pub(crate) fn first_kept(&self, now_ms: Millis) -> Option<Epoch> {
        let now = self.trusted_ms(now_ms).and_then(epoch_of)?;
        Some(now.saturating_sub(self.config.keep_epochs))
    }

    /// Which keys are needed still. A clock that is ahead by hours must not erase those of hours
    /// that are yet to come: block time tells it from one that is right.
    pub(crate) fn kept(&self, now_ms: Millis) -> Result<Option<Kept>, GatewayError> {
        let Some(from) = self.first_kept(now_ms) else {
            return Ok(None);
        };
        let unfinished = self.store.unfinished()?.into_iter();
        let hours = unfinished.map(|row| (row.head.category, row.head.epoch));
        Ok(Some(Kept::new(from, hours)))
    }
}

/// What the covers and another open, in parts that open nothing twice.
fn joined(before: Vec<Cover>, other: &Cover) -> Vec<Cover> {
    let windows = other.windows();
    let rest = |part| windows.iter().fold(part, |part: Cover, w| part.without(*w));
    let whole = other.narrow(ALL);
    before.into_iter().map(rest).chain([whole]).collect()
}

/// What of a category is to be kept; all of it where no time is known.
fn needed(kept: Option<&Kept>, category: Category, parts: Vec<Cover>) -> Vec<Cover> {
    let of = |part| match kept {
        Some(kept) => kept.of(category, part),
        None => part,
    };
    let parts = parts.into_iter().map(of);
    parts.filter(|part| !part.is_empty()).collect()
}
