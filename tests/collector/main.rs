//! The collector as it runs: the real program on a free port, a real database, requests over real connections.

mod anonymity;
mod commands;
mod endpoints;
mod hostile;
mod identity;
mod lasting;
mod oblivious;
mod people;
mod place;
