//! A connection to a database server: how it begins, the statements prepared in it, and what its failures mean.

use std::collections::HashMap;
use std::sync::mpsc::channel;
use std::sync::{Arc, LazyLock};

use postgres::config::Host;
use postgres::error::SqlState;
use postgres::types::Type;
use postgres::{Client, Error, NoTls, Statement};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::super::error::StoreError;
use super::super::value::Value;
use super::address::{PATIENCE, ServerAddress};

/// What is set for as long as a connection lasts: a commit is on the disk when it returns, whatever the role's settings say.
pub(super) const PROMISES: &str = "
    SET search_path = dxpulse_collector;
    SET default_transaction_read_only = off;
    SET statement_timeout = 0;
    SET idle_session_timeout = 0;
    SET idle_in_transaction_session_timeout = 0;
    SET synchronous_commit = on;
    SET default_transaction_isolation = 'read committed';
    SET lock_timeout = '30s';
    SET client_min_messages = warning;
";

/// Says whether the server keeps on its disk what it commits, and whether it only follows another.
const KEEPING: &str = "SELECT current_setting('fsync') = 'on', pg_is_in_recovery()";

/// A connection with the statements that were prepared in it.
pub(super) struct Session {
    pub(super) client: Client,
    statements: HashMap<String, Statement>,
}

impl Session {
    pub(super) fn start(address: &ServerAddress) -> Result<Self, StoreError> {
        let explain = |error: Error| explained(address, &error);
        let mut client = connected(address)?;
        client.batch_execute(PROMISES).map_err(explain)?;
        let row = client.query_one(KEEPING, &[]).map_err(explain)?;
        let unfit = |reason: &str, hint| StoreError::Unfit { place: address.to_string(), reason: reason.to_owned(), hint };
        if !row.get::<_, bool>(0) {
            let hint = "set `fsync = on` on its server; an answer is acknowledged once it is on the disk";
            return Err(unfit("what it commits is lost when the machine stops (fsync is off)", hint));
        }
        if row.get::<_, bool>(1) {
            return Err(unfit("it is a standby, which takes nothing", "name the server that it follows"));
        }
        Ok(Self { client, statements: HashMap::new() })
    }

    /// Prepares a statement once. Types are said, since they can't always be told from where a value stands.
    pub(super) fn prepared(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Statement, Error> {
        let kinds: Vec<Type> = values.iter().map(Value::kind).collect();
        self.prepared_as(sql, &kinds)
    }

    pub(super) fn prepared_as(&mut self, sql: &str, kinds: &[Type]) -> Result<Statement, Error> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.client.prepare_typed(&sql.replace('?', "$"), kinds)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// Connects, or gives up after a while: a server may take a connection and say nothing.
fn connected(address: &ServerAddress) -> Result<Client, StoreError> {
    let is_socket = address.0.get_hosts().iter().all(|host| matches!(host, Host::Unix(_)));
    let tls = if is_socket { None } else { Some(tls(address)?) };
    let (config, (sender, receiver)) = (address.0.clone(), channel());
    // Nobody may be waiting any more.
    std::thread::spawn(move || drop(sender.send(tls.map_or_else(|| config.connect(NoTls), |tls| config.connect(tls)))));
    let silent = |_| StoreError::Unreachable { place: address.to_string(), reason: "it says nothing".to_owned() };
    receiver.recv_timeout(PATIENCE).map_err(silent)?.map_err(|error| explained(address, &error))
}

/// Trusts the authorities that this machine trusts, or those of `SSL_CERT_FILE`, as they are when they are first needed.
fn tls(address: &ServerAddress) -> Result<MakeRustlsConnect, StoreError> {
    static TRUSTED: LazyLock<Result<MakeRustlsConnect, rustls::Error>> = LazyLock::new(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions()?.with_root_certificates(roots).with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
    });
    TRUSTED.clone().map_err(|error| StoreError::Unreachable { place: address.to_string(), reason: error.to_string() })
}

/// Explains a failure; never in the server's own words, which may repeat what is stored.
pub(super) fn explained(address: &ServerAddress, error: &Error) -> StoreError {
    let place = address.to_string();
    let Some(code) = error.code() else {
        // What fails outside of a statement is the connection: its words are of hosts, files and certificates alone.
        let reason = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
        return StoreError::Unreachable { place, reason };
    };
    let unreachable = |reason: &str| StoreError::Unreachable { place: place.clone(), reason: reason.to_owned() };
    let unfit = |reason: &str, hint| StoreError::Unfit { place: place.clone(), reason: reason.to_owned(), hint };
    match code.code() {
        "53100" => StoreError::Full(place),
        "55P03" | "40P01" | "40001" => StoreError::Busy(place),
        "53300" => unreachable("its server takes no more connections; a collector needs nine"),
        "3D000" => unreachable("there is no such database"),
        "28000" | "28P01" => {
            let hint = "see user and password in `url` under [database] in collector.toml, and the server's pg_hba.conf";
            unfit("its server doesn't let the collector in", hint)
        }
        "42501" => unfit("its role may not do this", "let it own the database, as docs/postgresql.md shows"),
        "42P07" | "3F000" => StoreError::Foreign(place),
        "25006" => unfit("nothing can be written to it", "name the server that takes changes"),
        other if other.starts_with("57P") => unreachable("its server is stopping, starting, or ended the connection"),
        other if other.starts_with("08") => unreachable("the connection was lost"),
        other if other.starts_with("23") || *code == SqlState::UNDEFINED_TABLE => StoreError::Corrupt(place),
        other => unfit(&format!("PostgreSQL failed with the code {other}"), "see the log of its server"),
    }
}
