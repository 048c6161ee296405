//! Forgetting what the patient shredded.

use vitals_core::measure::Category;
use vitals_core::time::Window;

use crate::agent::file_error;
use crate::recovery::Unreached;
use crate::{Agent, KeysError};

impl Agent {
    /// Forgets the keys of these categories over the window for good: in the key file, in the
    /// backups that can be reached, and in packages that no vault took yet. What was sealed before
    /// opens it still: [`Agent::tend`] replaces packages that it rolls, and vaults erase the others.
    /// Backups that could not be reached are told: they hold the keys until they are.
    pub fn erase(
        &mut self,
        categories: &[Category],
        window: Window,
    ) -> Result<Vec<Unreached>, KeysError> {
        let waiting = self.waiting_dir();
        match std::fs::remove_dir_all(&waiting) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(file_error(&waiting, error)),
        }
        self.keys.erase(categories, window.checked()?);
        self.save()?;
        self.back_up()
    }
}
