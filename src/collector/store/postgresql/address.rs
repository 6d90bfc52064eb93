//! Where a database server is, and what is needed to get in.

use std::fmt;
use std::time::Duration;

use postgres::Config;
use postgres::config::{Host, SslMode};

/// How long a server may keep silent before it is given up.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// The address of a database on a server, with what is needed to get in.
#[derive(Clone)]
pub(crate) struct ServerAddress(pub(super) Box<Config>);

impl ServerAddress {
    /// Reads an address such as `postgresql://user@host/database`; else says what is wrong with it.
    ///
    /// Across a network it is reached with TLS alone.
    pub(crate) fn from_text(text: &str) -> Result<Self, &'static str> {
        let is_address = ["postgresql://", "postgres://"].iter().any(|start| text.starts_with(start));
        let config = if is_address { text.parse::<Config>().ok() } else { None };
        let mut config = config.ok_or("it is not the address of a PostgreSQL database, or sets what can't be set")?;
        // What stands in a password as it is may be taken for a host.
        let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "._:-".contains(c));
        let are_names = config.get_hosts().iter().all(|host| match host {
            Host::Unix(_) => true,
            Host::Tcp(name) => is_name(name),
        });
        if !are_names || text.matches('@').count() > 1 || config.get_dbname().is_some_and(|name| name.len() > 63) {
            return Err("its host or database has no such name; write a password with %40 for @ and %2F for /");
        }
        if config.get_dbname().is_none() || config.get_hosts().is_empty() {
            return Err("it names no host or no database");
        }
        let is_loopback = config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback);
        if !is_loopback || !config.get_hosts().iter().all(is_here) {
            if config.get_ssl_mode() == SslMode::Disable {
                return Err("it goes over the network without TLS");
            }
            config.ssl_mode(SslMode::Require);
        }
        config.application_name("dxpulse-collector");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        config.tcp_user_timeout(PATIENCE).keepalives_idle(PATIENCE).keepalives_interval(PATIENCE / 3).keepalives_retries(3);
        Ok(Self(Box::new(config)))
    }
}

/// Says whether a host is this machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback()),
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the database {} on ", self.0.get_dbname().unwrap_or_default())?;
        match self.0.get_hosts().first() {
            Some(Host::Tcp(name)) => out.write_str(name),
            Some(Host::Unix(path)) => path.display().fmt(out),
            None => out.write_str("no host"),
        }
    }
}

/// Never tells the password.
impl fmt::Debug for ServerAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}
