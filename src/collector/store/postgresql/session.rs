//! A connection to a database server: how it begins, the statements prepared in it, and what its failures mean.

use std::collections::HashMap;
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
use super::address::ServerAddress;

/// What is set for as long as a connection lasts: a commit is on the disk when it returns, whatever the role's settings say.
const PROMISES: &str = "
    SET search_path = dxpulse_collector;
    SET synchronous_commit = on;
    SET default_transaction_isolation = 'read committed';
    SET lock_timeout = '30s';
    SET client_min_messages = warning;
";

/// A connection with the statements that were prepared in it.
pub(super) struct Session {
    pub(super) client: Client,
    statements: HashMap<String, Statement>,
}

impl Session {
    pub(super) fn start(address: &ServerAddress) -> Result<Self, StoreError> {
        let explain = |error: Error| explained(address, &error);
        let is_socket = address.0.get_hosts().iter().all(|host| matches!(host, Host::Unix(_)));
        let client = if is_socket { address.0.connect(NoTls) } else { address.0.connect(tls(address)?) };
        let mut client = client.map_err(explain)?;
        client.batch_execute(PROMISES).map_err(explain)?;
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
    match code.code() {
        "53100" => StoreError::Full(place),
        "55P03" | "40P01" | "40001" | "53300" => StoreError::Busy(place),
        "42501" | "28000" | "28P01" => StoreError::Denied(place),
        "57P01" | "57P02" | "57P03" => {
            StoreError::Unreachable { place, reason: "the server is shutting down or starting".to_owned() }
        }
        "3D000" => StoreError::Unreachable { place, reason: "there is no such database".to_owned() },
        other if other.starts_with("08") => StoreError::Unreachable { place, reason: format!("code {other}") },
        "42P07" => StoreError::Foreign(place),
        other if other.starts_with("23") || *code == SqlState::UNDEFINED_TABLE => StoreError::Corrupt(place),
        other => StoreError::Other { place, reason: format!("PostgreSQL's code {other}") },
    }
}
