//! The collector's database, in a file or on a server: people, waves, tokens issued, submissions, results. What a call has committed is
//! on the disk.
//!
//! It keeps no time, no order of arrival, no address. Several processes may use it at once: the server and an administrator's command.

mod admins;
mod arrivals;
mod backup;
mod days;
mod error;
mod issued;
mod open;
mod people;
mod postgresql;
mod responses;
mod results;
mod sqlite;
mod stored;
mod value;
mod waves;

pub(crate) use backup::{backups, day_of, thin_out};
pub(crate) use days::in_steps;
pub(crate) use error::StoreError;
pub(crate) use issued::Issuing;
pub(crate) use open::{Location, Store};
pub(crate) use people::{Enrolling, Invitee, Person, Proof};
pub(crate) use postgresql::ServerAddress;
pub(crate) use responses::Putting;
pub(crate) use results::PublishedResults;
pub(crate) use stored::Stored;
pub(crate) use waves::PublishedWave;
