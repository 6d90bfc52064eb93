//! `dxpulse-collector token`: makes, lists and revokes administrators' tokens.

use serde_json::json;

use crate::anonymous::Digest;
use crate::anonymous::encoding::to_hex;
use crate::collector::chance;
use crate::collector::commands::context::Context;
use crate::report::{Exit, Failure, output};
use crate::survey::characters;

#[derive(Debug, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Make a token; it is shown this once, and lets its bearer read progress and the responses of closed waves
    New {
        /// Whose it is, or what for
        #[arg(value_parser = label)]
        label: String,
    },
    /// List the tokens by their labels
    List {
        /// Write JSON
        #[arg(long)]
        json: bool,
    },
    /// Revoke the tokens of a label
    Revoke {
        /// Whose
        label: String,
    },
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let store = context.store()?;
    match &arguments.action {
        Action::New { label } => {
            let token = chance::bytes::<32>()?;
            store.add_admin(Digest::of(&[&token]), label)?;
            output::print_line(&to_hex(&token))?;
        }
        Action::List { json } => {
            let admins = store.admins()?;
            let described = |(hash, label): &(Digest, String)| json!({ "label": label, "fingerprint": hash.short() });
            if *json {
                output::print_json(&admins.iter().map(described).collect())?;
            } else {
                let lines: Vec<_> = admins.iter().map(|(hash, label)| format!("{}  {label}", hash.short())).collect();
                output::print_line(&if lines.is_empty() { "there are no tokens".to_owned() } else { lines.join("\n") })?;
            }
        }
        Action::Revoke { label } => match store.revoke_admin(label)? {
            0 => {
                let hint = "`dxpulse-collector token list` shows the labels";
                return Err(Failure::new(format!("there is no token {label:?}")).hint(hint));
            }
            1 => output::print_line("revoked 1 token")?,
            many => output::print_line(&format!("revoked {many} tokens"))?,
        },
    }
    Ok(Exit::SUCCESS)
}

fn label(text: &str) -> Result<String, String> {
    let is_plain =
        !text.trim().is_empty() && text.chars().count() <= 64 && characters::strip(text) == text && !text.contains('\n');
    if is_plain { Ok(text.to_owned()) } else { Err("a label has 1 to 64 characters that can be shown".to_owned()) }
}
