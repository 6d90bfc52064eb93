//! Reads from the database while the server runs, beside the one thread that writes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::store::{Store, StoreError};

/// How many connections are kept open between reads.
const KEPT: usize = 8;

/// Reads through connections that are opened when they are needed.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Store>>>,
}

impl Reader {
    /// Reads the database at a path.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, idle: Arc::default() }
    }

    /// Reads something, on a thread that may block.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let reader = self.clone();
        let failed = StoreError::Busy(self.path.clone());
        tokio::task::spawn_blocking(move || reader.read_now(work)).await.unwrap_or(Err(failed))
    }

    fn read_now<T>(&self, work: impl FnOnce(&Store) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let store = idle().pop().map_or_else(|| Store::open(&self.path), Ok)?;
        let found = work(&store);
        if found.is_ok() && idle().len() < KEPT {
            idle().push(store);
        }
        found
    }
}
