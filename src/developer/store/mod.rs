//! Where a developer's drafts, responses and declines live: one SQLite database in a folder of its own.
//!
//! What a call has written is on the disk when it returns. Damage is an error and never a wrong answer (in the log that
//! SQLite keeps while the database is open, it can bring back an earlier draft), and a database that can't be used as it
//! is stays untouched. It reads no clock and draws no random numbers.
//!
//! ```text
//! <folder>/             0700
//!   dxpulse.db          0600   and -wal, -shm while it is open
//!   locks/<survey>.lock 0600   held while that survey is answered
//! ```

mod check;
mod checksum;
mod database;
mod drafts;
mod enrolments;
mod error;
mod events;
mod forget;
mod history;
mod leaving;
mod lock;
mod log;
mod migrations;
mod moving;
mod open;
mod outbox;
mod place;
mod prompts;
mod reading;
mod records;
mod responses;
mod results;
mod salvage;
mod tokens;
mod waves;

pub use database::Store;
pub use drafts::{DraftSummary, Kept};
pub use enrolments::Enrolment;
pub use error::StoreError;
pub use events::{Posting, SealedEvent};
pub use forget::forget;
pub use history::{HistoryEntry, Outcome};
pub use lock::Lock;
pub use moving::{Contents, MovingError, Taken};
pub use outbox::{Sealed, Sealing};
pub use records::Moved;
pub use responses::{Finished, Responses, StoredResponse, Undone};
pub use salvage::Salvaged;
pub use tokens::{Held, Request};
pub use waves::KnownWave;
