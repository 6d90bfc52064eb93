//! The collector as it runs: the real program on a free port, a real database, requests over real connections.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod anonymity;
mod clearing;
mod clocks;
mod commands;
mod damage;
mod database;
#[path = "../support/database_server.rs"]
mod database_server;
mod description;
mod endpoints;
mod hostile;
mod identity;
mod lasting;
mod manual;
mod oblivious;
mod people;
mod place;
mod postgresql;
mod secured;
