//! The faces over the answering machine.

pub mod full;
pub mod words;
