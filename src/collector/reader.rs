//! Reads from the database while the server runs, beside the one thread that writes.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use super::store::{Location, Store, StoreError};

/// How many read at once, each through a connection that is kept for the next.
const AT_ONCE: usize = 8;

/// Reads through connections that are opened when they are needed.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    location: Location,
    idle: Arc<Mutex<Vec<Store>>>,
    turns: Arc<Semaphore>,
}

impl Reader {
    /// Reads the database that is there.
    pub(crate) fn new(location: Location) -> Self {
        Self { location, idle: Arc::default(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Reads something, on a thread that may block.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        // Nobody closes it, so that whoever waits gets their turn.
        let _turn = self.turns.acquire().await;
        let reader = self.clone();
        let failed = StoreError::Busy(self.location.to_string());
        tokio::task::spawn_blocking(move || reader.read_now(work)).await.unwrap_or(Err(failed))
    }

    fn read_now<T>(&self, work: impl FnOnce(&Store) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let store = idle().pop().map_or_else(|| Store::open(&self.location), Ok)?;
        let found = work(&store);
        if found.is_ok() {
            idle().push(store);
        }
        found
    }
}
