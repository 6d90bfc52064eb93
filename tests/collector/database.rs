//! Where a collector keeps what it has: a file of its folder, or a PostgreSQL server that runs for as long as the tests do.

use std::sync::OnceLock;

use dxpulse::anonymous::manifest::Wave;

use crate::database_server::DatabaseServer;
use crate::place::{Invited, Place};

/// Where a collector keeps what it has.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kept {
    InAFile,
    OnAServer,
}

impl Kept {
    /// Sets a collector up.
    pub(crate) fn place(self) -> Place {
        match self {
            Self::InAFile => Place::new(),
            Self::OnAServer => Place::on(&shared().database()),
        }
    }

    /// Sets one up, invites so many people of two teams, and publishes a wave that takes tokens and answers now.
    pub(crate) fn with_wave(self, people: usize) -> (Place, Vec<Invited>, Wave) {
        self.place().with_wave_for(people)
    }
}

/// Makes a test of each function for each of the places that a collector may keep things in.
macro_rules! wherever_it_is_kept {
    ($($name:ident),* $(,)?) => {
        mod in_a_file {
            $(#[test]
            fn $name() {
                super::$name(crate::database::Kept::InAFile);
            })*
        }

        mod on_a_server {
            $(#[test]
            fn $name() {
                super::$name(crate::database::Kept::OnAServer);
            })*
        }
    };
}
pub(crate) use wherever_it_is_kept;

/// Gives the server that tests share. It ends when the process does, since then nobody asks it anything any more.
pub(crate) fn shared() -> &'static DatabaseServer {
    static SERVER: OnceLock<DatabaseServer> = OnceLock::new();
    SERVER.get_or_init(|| DatabaseServer::start(""))
}
