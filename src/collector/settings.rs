//! The collector's settings, `collector.toml`: read as a whole, or refused with every mistake.

use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::mistakes::{Mistake, Mistakes, line_of};
use super::store::ServerAddress;
use crate::anonymous::PublicKey;
use crate::anonymous::manifest::is_safe;
use crate::survey::nearest;

/// Where the collector listens unless told otherwise: behind a proxy on the same machine.
pub(crate) const LISTEN: &str = "127.0.0.1:8750";

/// How a collector runs.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Its address, as developers reach it.
    pub(crate) url: String,
    /// Where it listens.
    pub(crate) listen: SocketAddr,
    /// The publishers whose waves it takes.
    pub(crate) publishers: Vec<PublicKey>,
    /// The relay that submissions go through.
    pub(crate) relay: Option<String>,
    /// Certificate and key, where no proxy ends TLS.
    pub(crate) tls: Option<Tls>,
    /// Who vouches for those who have no invitation.
    pub(crate) oidc: Option<Oidc>,
    /// When what is no longer needed is erased.
    pub(crate) retention: Retention,
    /// The server that the database is on; without one, it is a file of the folder.
    pub(crate) database: Option<ServerAddress>,
    /// Where copies of a database that is a file go.
    pub(crate) backup: Option<Backup>,
}

/// The files of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tls {
    /// The chain, in PEM.
    pub(crate) certificate: PathBuf,
    /// Its private key, in PEM.
    pub(crate) key: PathBuf,
}

/// An issuer of ID tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Oidc {
    /// The issuer's address, as its tokens name it.
    pub(crate) issuer: String,
    /// The client that tokens are issued to.
    pub(crate) client_id: String,
}

/// After how many days something is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Retention {
    /// The responses of a closed wave.
    pub(crate) closed_waves_days: u32,
    /// Everyone's contacts, after the last wave closed.
    pub(crate) contacts_days: u32,
}

/// Copies of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Backup {
    /// The folder they go to.
    pub(crate) folder: PathBuf,
    /// How many are kept.
    pub(crate) keep: usize,
}

/// Every key there is.
const KEYS: [&str; 13] = [
    "url",
    "listen",
    "publishers",
    "relay.url",
    "tls.certificate",
    "tls.key",
    "oidc.issuer",
    "oidc.client_id",
    "retention.closed_waves_days",
    "retention.contacts_days",
    "database.url",
    "backup.folder",
    "backup.keep",
];

impl Settings {
    /// Reads the settings; paths are taken from the folder they stand in.
    pub(crate) fn read(path: &Path, text: &str) -> Result<Self, Mistakes> {
        let mut file = File::parse(text);
        // What a line that is no TOML leaves behind would be told twice.
        Mistakes::none_in(path, std::mem::take(&mut file.syntax))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let url = file.address("url").or_else(|| file.missing("url", "url = \"https://pulse.example.com\""));
        let listen = file.listen();
        let publishers = file.publishers();
        let relay = file.address("relay.url");
        let certificate = file.text("tls.certificate").map(|file| folder.join(file));
        let key = file.text("tls.key").map(|file| folder.join(file));
        let tls = file.both(("tls.certificate", certificate), ("tls.key", key));
        let issuer = file.address("oidc.issuer");
        let client_id = file.text("oidc.client_id");
        let oidc = file.both(("oidc.issuer", issuer), ("oidc.client_id", client_id));
        let retention = Retention {
            closed_waves_days: file.number("retention.closed_waves_days").unwrap_or(365),
            contacts_days: file.number("retention.contacts_days").unwrap_or(400),
        };
        let keep = file.number("backup.keep").unwrap_or(14);
        let backup = file.text("backup.folder").map(|to| Backup { folder: folder.join(to), keep: keep as usize });
        let database = file.database();
        Mistakes::none_in(path, file.mistakes)?;
        Ok(Self {
            url: url.unwrap_or_default(),
            listen,
            publishers,
            relay,
            tls: tls.map(|(certificate, key)| Tls { certificate, key }),
            oidc: oidc.map(|(issuer, client_id)| Oidc { issuer, client_id }),
            retention,
            database,
            backup,
        })
    }
}

/// The values of a settings file by key, and what is wrong with them so far.
struct File<'t> {
    text: &'t str,
    values: Vec<(String, DeValue<'t>, Range<usize>)>,
    syntax: Vec<Mistake>,
    mistakes: Vec<Mistake>,
}

impl<'t> File<'t> {
    fn parse(text: &'t str) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut file = Self { text, values: Vec::new(), syntax: Vec::new(), mistakes: Vec::new() };
        for error in errors {
            let line = line_of(text, error.span().map_or(0, |span| span.start));
            let message = error.message().lines().next().unwrap_or("this is not TOML");
            file.syntax.push(Mistake::new(line, message, "write one `key = value` a line, with text in quotes"));
        }
        for (name, value) in table.into_inner() {
            let (span, value) = (name.span(), value.into_inner());
            match value {
                DeValue::Table(inner) => {
                    for (inner_name, value) in inner {
                        let span = inner_name.span();
                        file.take(format!("{}.{}", name.get_ref(), inner_name.get_ref()), value.into_inner(), span);
                    }
                }
                value => file.take(name.get_ref().to_string(), value, span),
            }
        }
        file
    }

    fn take(&mut self, key: String, value: DeValue<'t>, span: Range<usize>) {
        if KEYS.contains(&key.as_str()) {
            self.values.push((key, value, span));
            return;
        }
        let remedy = nearest::meant(&key, KEYS, &[]).unwrap_or_else(|| format!("the keys are {}", KEYS.join(", ")));
        self.refuse(span.start, format!("unknown key `{key}`"), remedy);
    }

    fn refuse(&mut self, byte: usize, message: impl Into<String>, remedy: impl Into<String>) {
        self.mistakes.push(Mistake::new(line_of(self.text, byte), message, remedy));
    }

    fn value(&self, key: &str) -> Option<(&DeValue<'t>, usize)> {
        self.values.iter().find(|(known, ..)| known == key).map(|(_, value, span)| (value, span.start))
    }

    fn missing<T>(&mut self, key: &str, example: &str) -> Option<T> {
        if self.value(key).is_none() && self.mistakes.is_empty() {
            self.refuse(0, format!("`{key}` is missing"), format!("write `{example}`"));
        }
        None
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let (value, at) = self.value(key)?;
        match value {
            DeValue::String(text) if !text.is_empty() => Some(text.to_string()),
            _ => {
                self.refuse(at, format!("`{key}` is not a text"), "write it in quotes");
                None
            }
        }
    }

    /// Reads an address that answers or identities may go to, without a slash at its end.
    fn address(&mut self, key: &str) -> Option<String> {
        let (text, at) = (self.text(key)?, self.value(key)?.1);
        if is_safe(&text) && !text.contains(['?', '#', ' ']) {
            return Some(text.trim_end_matches('/').to_owned());
        }
        self.refuse(at, format!("`{key}` is not an https address"), "write it as `https://…`; http is for this machine alone");
        None
    }

    fn listen(&mut self) -> SocketAddr {
        let standard = SocketAddr::from(([127, 0, 0, 1], 8750));
        let Some(text) = self.text("listen") else { return standard };
        let at = self.value("listen").map_or(0, |(_, at)| at);
        text.parse().unwrap_or_else(|_| {
            self.refuse(at, "`listen` is not an address with a port", format!("write it as `{LISTEN}` or `[::]:443`"));
            standard
        })
    }

    /// Reads the address of a database, which is never repeated: a password may stand in it.
    fn database(&mut self) -> Option<ServerAddress> {
        let (text, at) = (self.text("database.url")?, self.value("database.url")?.1);
        if let Some((_, at)) = self.value("backup.folder") {
            let remedy = "leave [backup] out, and copy the database with pg_dump";
            self.refuse(at, "`backup.folder` is for a database that is a file", remedy);
        }
        match ServerAddress::from_text(&text) {
            Ok(address) => Some(address),
            Err(reason) => {
                let remedy = "write it as `postgresql://USER@HOST/DATABASE`, or `postgresql://%2Frun%2Fpostgresql/DATABASE`";
                self.refuse(at, format!("`database.url` can't be used: {reason}"), remedy);
                None
            }
        }
    }

    fn publishers(&mut self) -> Vec<PublicKey> {
        let Some((value, at)) = self.value("publishers") else { return Vec::new() };
        let DeValue::Array(items) = value else {
            self.refuse(at, "`publishers` is not a list", "write `publishers = [\"…\"]`, each key in quotes");
            return Vec::new();
        };
        let read = |value: &DeValue<'_>| if let DeValue::String(text) = value { PublicKey::from_text(text) } else { None };
        let keys: Vec<_> = items.iter().map(|item| (read(item.get_ref()), item.span().start)).collect();
        for (_, at) in keys.iter().filter(|(key, _)| key.is_none()) {
            self.refuse(*at, "this is not a publisher's key", "write the 64 hexadecimal digits of its public half");
        }
        keys.into_iter().filter_map(|(key, _)| key).collect()
    }

    fn number(&mut self, key: &str) -> Option<u32> {
        let (value, at) = self.value(key)?;
        let number = if let DeValue::Integer(number) = value { number.as_str().parse().ok() } else { None };
        if number.is_none_or(|number: u32| number == 0) {
            self.refuse(at, format!("`{key}` is not a number above 0"), "write it without quotes, such as `365`");
        }
        number
    }

    /// Asks for both of two values, or neither.
    fn both<A, B>(&mut self, (one, a): (&str, Option<A>), (other, b): (&str, Option<B>)) -> Option<(A, B)> {
        let lacking = match (self.value(one), self.value(other)) {
            (Some((_, at)), None) => Some((at, other)),
            (None, Some((_, at))) => Some((at, one)),
            _ => None,
        };
        if let Some((at, key)) = lacking {
            self.refuse(at, format!("`{key}` is missing"), format!("write both `{one}` and `{other}`"));
        }
        a.zip(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anonymous::SigningKey;

    fn read(text: &str) -> Result<Settings, Vec<(usize, String)>> {
        let mistakes = |mistakes: Mistakes| mistakes.all.into_iter().map(|one| (one.line, one.message)).collect();
        Settings::read(Path::new("/data/collector.toml"), text).map_err(mistakes)
    }

    #[test]
    fn whole_settings_are_read_and_the_rest_has_its_standard() {
        let key = SigningKey::from_seed(&[1; 32]).public();
        let text = format!(
            "url = \"https://pulse.example.com/\"\npublishers = [\"{key}\"]\n[tls]\ncertificate = \"tls/chain.pem\"\n\
             key = \"/etc/key.pem\"\n[backup]\nfolder = \"copies\"\nkeep = 3\n"
        );
        let settings = read(&text).unwrap();
        assert_eq!((settings.url.as_str(), settings.listen.port()), ("https://pulse.example.com", 8750));
        assert_eq!(settings.publishers, [key]);
        let tls = settings.tls.unwrap();
        assert_eq!((tls.certificate, tls.key), ("/data/tls/chain.pem".into(), "/etc/key.pem".into()));
        assert_eq!(settings.backup, Some(Backup { folder: "/data/copies".into(), keep: 3 }));
        assert_eq!(settings.retention, Retention { closed_waves_days: 365, contacts_days: 400 });
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let text = "url = \"http://pulse.example.com\"\nlisten = \"here\"\npublishers = [\n  \"abc\",\n]\nurls = 1\n\
                    [tls]\nkey = \"k\"\n[retention]\ncontacts_days = -1\n";
        let told = read(text).unwrap_err();
        let lines: Vec<_> = told.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 4, 6, 8, 10], "{told:?}");
    }

    #[test]
    fn a_database_on_a_server_is_reached_with_tls_or_on_this_machine_and_is_copied_there() {
        let with = |url: &str| format!("url = \"https://pulse.example.com\"\n[database]\nurl = \"{url}\"\n");
        for (url, name) in [
            ("postgresql://ann:secret@db.example.com/pulse", "the database pulse on db.example.com"),
            ("postgresql:///pulse?host=/run/postgresql", "the database pulse on /run/postgresql"),
            ("postgres://127.0.0.1:5433/pulse?sslmode=disable", "the database pulse on 127.0.0.1"),
        ] {
            let settings = read(&with(url)).unwrap();
            assert_eq!(format!("{:?}", settings.database.unwrap()), name);
        }
        for url in
            ["pulse", "mysql://db/pulse", "postgresql://db.example.com", "postgresql://ann:secret@db/pulse?sslmode=disable"]
        {
            let told = read(&with(url)).unwrap_err();
            assert!(told.len() == 1 && told[0].0 == 3 && !told[0].1.contains("secret"), "{told:?}");
        }
        let both = with("postgresql://localhost/pulse") + "[backup]\nfolder = \"backups\"\n";
        assert_eq!(read(&both).unwrap_err()[0].0, 5);
    }

    #[test]
    fn a_line_that_is_no_toml_and_a_missing_address_are_told() {
        assert_eq!(read("url = \n").unwrap_err().len(), 1);
        assert_eq!(read("").unwrap_err(), [(1, "`url` is missing".to_owned())]);
    }
}
