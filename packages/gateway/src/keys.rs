//! Window keys: taken from the key agent's packages, erased as their hours pass.

use vitals_core::keytree::EpochKey;
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::time::{epoch_of, Epoch, Millis, Window};
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::intake::code_of;
use crate::secrets::file;
use crate::store::cover::CoverRow;
use crate::{Gateway, GatewayError};

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// Takes the window keys out of a key package (an age file for this gateway's identity), and
    /// tries again what the chain refused before.
    pub fn load_keys(&mut self, package: &[u8], now_ms: Millis) -> Result<(), GatewayError> {
        let package = KeyPackage::open(package, &self.identity)?;
        if package.patient() != self.config.patient {
            return Err(GatewayError::PackagePatient);
        }
        let Some(window) = self
            .kept_window(now_ms)?
            .or(Window::new(0, Epoch::MAX).ok())
        else {
            return Ok(());
        };
        let tx = self.store.begin()?;
        for entry in package.entries() {
            self.store.put_cover(&CoverRow {
                generation: entry.generation,
                category: entry.category,
                cover: entry.cover.narrow(window),
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
            .find(|row| (row.generation, row.category) == (generation, category));
        Ok(own.and_then(|row| row.cover.epoch_key(epoch)))
    }

    /// Once an hour: what was measured before can no longer be opened here.
    pub(crate) fn roll_keys(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let now = self.trusted_ms(now_ms).and_then(epoch_of);
        if self.rolled_epoch == now {
            return Ok(());
        }
        let Some(kept) = self.kept_window(now_ms)? else {
            return Ok(());
        };
        let tx = self.store.begin()?;
        for mut row in self.store.covers()? {
            row.cover.forget_before(kept.from);
            match row.cover.is_empty() {
                true => self.store.forget_cover(&row)?,
                false => self.store.put_cover(&row)?,
            }
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

    /// From the first hour whose keys are still needed. A clock that is ahead by hours must not
    /// erase keys of hours that are yet to come: block time tells it from one that is right.
    fn kept_window(&self, now_ms: Millis) -> Result<Option<Window>, GatewayError> {
        let Some(now) = self.trusted_ms(now_ms).and_then(epoch_of) else {
            return Ok(None);
        };
        let unfinished = self.store.unfinished()?;
        let oldest = unfinished.iter().map(|row| row.head.epoch).min();
        let from = now.saturating_sub(self.config.keep_epochs);
        Ok(Window::new(from.min(oldest.unwrap_or(now)), Epoch::MAX).ok())
    }
}
