//! The developer's wing: answering, its faces, the store and the commands of `dxpulse`.

pub mod answering;
pub mod asking;
pub mod catalog;
pub mod commands;
pub mod export;
pub mod faces;
pub mod inbox;
pub mod listing;
pub mod moving;
pub mod outbox;
pub mod phrases;
pub mod prompting;
pub mod scrubbing;
pub mod spans;
pub mod standing;
pub mod store;
pub mod sync;
