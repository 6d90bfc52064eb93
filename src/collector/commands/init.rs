//! `dxpulse-collector init`: sets a collector up.

use std::net::SocketAddr;

use chrono::Utc;

use super::context::Context;
use crate::anonymous::PublicKey;
use crate::collector::clock;
use crate::collector::folder::write_private;
use crate::collector::keys;
use crate::collector::settings::{LISTEN, Settings};
use crate::collector::store::Store;
use crate::report::{Exit, Failure, output};

const HINT: &str = "give --url as https://… (http is for this machine alone), --database as postgresql://USER@HOST/DATABASE \
                    (across a network with TLS)";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The address that developers reach the collector at
    #[arg(long, value_name = "URL")]
    url: String,
    /// The keys of the publishers whose waves are taken, from `dxpulse survey sign`
    #[arg(long = "publisher", value_name = "KEY", value_parser = publisher)]
    publishers: Vec<PublicKey>,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = LISTEN)]
    listen: SocketAddr,
    /// The PostgreSQL database to keep everything in, in place of a file in the folder; `-` reads its address
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let database = database(arguments)?;
    let folder = &context.folder;
    if folder.is_set_up() {
        return Err(Failure::new(format!("there is a collector in {} already", folder.path().display()))
            .hint("change its collector.toml, or name another folder with --data"));
    }
    let text = text(arguments, database.as_deref());
    let settings = Settings::read(&folder.settings(), &text)
        .map_err(|mistakes| Failure::usage(mistakes.all.iter().map(|one| one.message.clone()).collect::<Vec<_>>().join("; ")))
        .map_err(|failure| failure.hint(HINT))?;
    folder.make()?;
    // A database that can't be had leaves no keys behind.
    drop(Store::make(context.location(&settings))?);
    keys::make(folder)?;
    super::doctor::close_to_others(folder)?;
    // The first night is the one to come.
    let today = Utc::now().date_naive();
    write_private(&folder.rewritten(), format!("{today}\n").as_bytes())?;
    clock::keep(folder, today)?;
    write_private(&folder.settings(), text.as_bytes())?;
    let key = keys::receipt_key(folder)?.public();
    output::print_line(&format!(
        "set up a collector in {}\n  settings      {}\n  receipt key   {key}\n\nNext:\n  dxpulse-collector invite ROSTER.csv --out \
         FOLDER\n  dxpulse-collector prepare SURVEY.toml\n  dxpulse-collector serve",
        folder.path().display(),
        folder.settings().display(),
    ))?;
    if arguments.publishers.is_empty() {
        super::context::note("nobody may publish yet: add a publisher's key to `publishers` in collector.toml");
    }
    Ok(Exit::SUCCESS)
}

fn publisher(text: &str) -> Result<PublicKey, String> {
    PublicKey::from_text(text).ok_or_else(|| "a publisher's key has 64 hexadecimal digits".to_owned())
}

/// Gives the address of the database, which a password in it keeps from the command line.
fn database(arguments: &Arguments) -> Result<Option<String>, Failure> {
    if arguments.database.as_deref() != Some("-") {
        return Ok(arguments.database.clone());
    }
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.map_err(|error| Failure::new(format!("the address of the database can't be read: {error}")))?;
    Ok(Some(line.trim().to_owned()))
}

/// Writes the first settings, with what else may be set.
fn text(arguments: &Arguments, database: Option<&str>) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let keys: Vec<_> = arguments.publishers.iter().map(|key| format!("    \"{key}\",\n")).collect();
    let database = match database {
        Some(url) => format!("# Copies of it are its server's matter.\n[database]\nurl = {}\n", quoted(url)),
        None => "[backup]\nfolder = \"backups\"\nkeep = 14\n".to_owned(),
    };
    let keys = if keys.is_empty() { "[]".to_owned() } else { format!("[\n{}]", keys.concat()) };
    format!(
        "# The address that developers reach this collector at.
url = {}

# Where it listens. Without [tls], a proxy in front of it has to speak TLS.
listen = \"{}\"

# Who may publish waves and results: the public halves of their keys, which never come here.
publishers = {keys}

# The certificate, where no proxy speaks TLS. It is read again when it is renewed.
# [tls]
# certificate = \"/etc/ssl/pulse/fullchain.pem\"
# key = \"/etc/ssl/pulse/privkey.pem\"

# A relay for Oblivious HTTP, run by someone else: then not even the network tells who answers.
# [relay]
# url = \"https://relay.example.net/pulse\"

# Who vouches for the addresses of those who enrol without an invitation.
# [oidc]
# issuer = \"https://login.example.com\"
# client_id = \"dxpulse\"

[retention]
closed_waves_days = 365
contacts_days = 400

{database}",
        quoted(&arguments.url),
        arguments.listen
    )
}
