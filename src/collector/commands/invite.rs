//! `dxpulse-collector invite`: invites the people of a roster, one of them again, or erases one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::anonymous::classes::Hierarchy;
use crate::anonymous::{Bundle, Digest};
use crate::collector::chance;
use crate::collector::commands::context::{Context, note};
use crate::collector::counted::counted;
use crate::collector::folder::{DiskError, make_private_folder, write_private};
use crate::collector::rewriting;
use crate::collector::roster;
use crate::collector::settings::Settings;
use crate::collector::store::{Invitee, Person, Store};
use crate::report::{Exit, Failure, output};

const HELP: &str = "\
The roster is a CSV file with a line for each person: `contact`, a column for each segment, and `language` where it is known. Who is \
invited already is left alone, but for segments that changed; who is missing from the roster stays invited until removed.

For each new person the folder gets a file to send to them, and `invitations.csv` has all of them for a mail merge. The codes are shown \
nowhere else: the collector keeps their hashes alone. Delete the folder once the invitations are sent: the next ones go nowhere before.";

/// The most characters of a contact in the name of its file: each has four bytes at most, and file systems take 255 in all.
const LONGEST_NAME: usize = 50;

/// The file with all invitations of a call.
const TABLE: &str = "invitations.csv";

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Arguments {
    /// The roster
    #[arg(value_name = "ROSTER.csv", required_unless_present_any = ["again", "remove"])]
    roster: Option<PathBuf>,
    /// Where the invitations go
    #[arg(long, value_name = "FOLDER", required_unless_present = "remove")]
    out: Option<PathBuf>,
    /// Invite someone anew, such as after their machine was lost; their old invitation no longer holds
    #[arg(long, value_name = "CONTACT", conflicts_with_all = ["roster", "remove"])]
    again: Option<String>,
    /// Erase someone; what they answered stays, since nobody can tell which answers those are
    #[arg(long, value_name = "CONTACT", conflicts_with = "roster")]
    remove: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let settings = context.settings()?;
    let store = context.store()?;
    if let Some(contact) = &arguments.remove {
        return remove(&store, contact, context);
    }
    let folder = arguments.out.as_deref().unwrap_or(Path::new("."));
    let publisher = settings.publishers.first().map(|key| key.to_letters()).ok_or_else(|| {
        Failure::new("an invitation names the publisher to trust, and there is none yet")
            .hint("add a publisher's key to `publishers` in collector.toml")
    })?;
    unsent(folder)?;
    let write = |invitations: &[Invitation]| write(folder, &settings, &publisher, invitations);
    let invitations = match (&arguments.again, &arguments.roster) {
        (Some(contact), _) => vec![again(&store, contact, &write)?],
        (None, Some(path)) => invite(&store, path, &write)?,
        (None, None) => Vec::new(),
    };
    if invitations.is_empty() {
        output::print_line("nobody new: everyone in the roster is invited already")?;
        return Ok(Exit::SUCCESS);
    }
    let count = invitations.len();
    let files = counted(count, ["invitation", "invitations"]);
    output::print_line(&format!("wrote {files} to {}; send them, then delete the folder", folder.display()))?;
    Ok(Exit::SUCCESS)
}

/// Refuses a folder with invitations of an earlier call, whose codes are nowhere else.
fn unsent(folder: &Path) -> Result<(), Failure> {
    let table = folder.join(TABLE);
    if !table.exists() {
        return Ok(());
    }
    Err(Failure::new(format!("{} holds invitations of an earlier call; nobody was invited now", table.display()))
        .hint("send or delete those first, or name another folder with --out"))
}

/// An invitation that is on its way: whoever has the code can enrol.
struct Invitation {
    contact: String,
    code: String,
}

/// Writes invitations before they hold: whose code is written nowhere could never enrol.
type Write<'w> = &'w dyn Fn(&[Invitation]) -> Result<Written, Failure>;

fn invite(store: &Store, path: &Path, write: Write<'_>) -> Result<Vec<Invitation>, Failure> {
    let text = fs::read(path).map_err(|error| DiskError::new(path, error))?;
    let text = String::from_utf8(text).map_err(|_| {
        Failure::new(format!("{} is not a text in UTF-8", path.display())).hint("save the roster as CSV in UTF-8")
    })?;
    let people = roster::read(path, &text)?;
    let known: BTreeSet<String> = store.people()?.into_iter().map(|person| person.invitee.contact).collect();
    let (known, new): (Vec<_>, Vec<_>) = people.iter().partition(|person| known.contains(&person.contact));
    let invitation = |person: &&Invitee| Ok(Invitation { contact: person.contact.clone(), code: chance::code()? });
    let invitations = new.iter().map(invitation).collect::<Result<Vec<_>, Failure>>()?;
    let written = write(&invitations)?;
    let mut changed = 0;
    store.together(|| {
        for person in known {
            changed += usize::from(store.update(person)?);
        }
        for (person, Invitation { code, .. }) in new.iter().zip(&invitations) {
            if store.person(&person.contact)?.is_some() {
                return Err(Failure::new("somebody else is inviting people right now").hint("run the same command again"));
            }
            store.invite(chance::bytes()?, person, hash(code))?;
        }
        Ok(())
    })?;
    written.keep();
    tell_missing(store, &people)?;
    tell_unplaced(store, &people, &invitations)?;
    if changed > 0 {
        note(&format!(
            "{} other segments or another language now; waves that are prepared from now on use them",
            counted(changed, ["person has", "people have"])
        ));
    }
    Ok(invitations)
}

/// Tells who is invited and not in the roster: leaving a line out is no way to remove someone.
fn tell_missing(store: &Store, people: &[Invitee]) -> Result<(), Failure> {
    let known: BTreeSet<_> = people.iter().map(|person| person.contact.as_str()).collect();
    let contacts = store.people()?.into_iter().map(|person| person.invitee.contact);
    let missing: Vec<String> = contacts.filter(|contact| !known.contains(contact.as_str())).collect();
    if !missing.is_empty() {
        let (count, named) = (missing.len(), missing.join("\n  "));
        let count = counted(count, ["person is", "people are"]);
        note(&format!("{count} invited and not in this roster; `invite --remove CONTACT` erases one:\n  {named}"));
    }
    Ok(())
}

/// Tells how many came too late for a class of their own in a wave that is published already.
fn tell_unplaced(store: &Store, people: &[Invitee], invitations: &[Invitation]) -> Result<(), Failure> {
    let new: BTreeSet<&str> = invitations.iter().map(|invitation| invitation.contact.as_str()).collect();
    for published in store.waves()?.iter().filter(|wave| !wave.is_closed) {
        let wave = Bundle::from_json(published.bundle.as_bytes())?.review()?;
        let hierarchy = Hierarchy::of(&wave.survey);
        let fits = |person: &&Invitee| hierarchy.place(&wave.manifest.classes, &person.segments).is_some();
        let unplaced =
            people.iter().filter(|person| new.contains(person.contact.as_str())).filter(|person| !fits(person)).count();
        if unplaced > 0 {
            note(&format!(
                "{} no class of {} {}, whose classes are fixed; their answers count with those they are most like",
                counted(unplaced, ["of the new people fits", "of the new people fit"]),
                published.survey,
                published.name
            ));
        }
    }
    Ok(())
}

fn again(store: &Store, contact: &str, write: Write<'_>) -> Result<Invitation, Failure> {
    let person = find(store, contact)?;
    let invitation = Invitation { contact: person.invitee.contact, code: chance::code()? };
    let written = write(std::slice::from_ref(&invitation))?;
    store.together(|| store.invite_again(person.id, hash(&invitation.code)))?;
    written.keep();
    Ok(invitation)
}

fn remove(store: &Store, contact: &str, context: &Context) -> Result<Exit, Failure> {
    let person = find(store, contact)?;
    rewriting::plan(&context.folder)?;
    store.together(|| store.erase(person.id))?;
    if store.waves()?.iter().any(|wave| !wave.is_closed) {
        note(
            "nobody can tell whether they answered: invited again before the waves that are open close, they could answer these once more",
        );
    }
    // What is erased is neither in the database's free space nor in its log.
    output::print_line(&format!("erased {}", person.invitee.contact))?;
    note("rewriting the database…");
    if !rewriting::rewrite(store, &context.folder)? {
        note(rewriting::LEFT);
    }
    Ok(Exit::SUCCESS)
}

fn find(store: &Store, contact: &str) -> Result<Person, Failure> {
    let contact = roster::contact(contact);
    let unknown = || Failure::new(format!("{contact} is not invited")).hint("write the contact as in the roster");
    store.person(&contact)?.ok_or_else(unknown)
}

fn hash(code: &str) -> Digest {
    Digest::of(&[code.as_bytes()])
}

/// Files with invitations, which go again unless they are kept.
#[derive(Default)]
struct Written(Vec<PathBuf>);

impl Written {
    fn write(&mut self, path: PathBuf, bytes: &[u8]) -> Result<(), DiskError> {
        write_private(&path, bytes)?;
        self.0.push(path);
        Ok(())
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        for path in &self.0 {
            // Nobody can enrol with what is in it.
            let _ = fs::remove_file(path);
        }
    }
}

/// Writes a file for each invitation, and one with all of them.
fn write(folder: &Path, settings: &Settings, publisher: &str, invitations: &[Invitation]) -> Result<Written, Failure> {
    let mut written = Written::default();
    if invitations.is_empty() {
        return Ok(written);
    }
    make_private_folder(folder)?;
    let mut names = BTreeSet::new();
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut add = |fields: [&str; 3]| table.write_record(fields).map_err(|error| Failure::new(error.to_string()));
    add(["contact", "link", "code"])?;
    for Invitation { contact, code } in invitations {
        let link = format!("{}/join#{code}.{publisher}", settings.url);
        let alike = (1..).map(|number| file_name(contact, number));
        let name = alike.into_iter().find(|name| names.insert(name.to_lowercase())).unwrap_or_default();
        written.write(folder.join(name), letter(contact, &link).as_bytes())?;
        add([contact.as_str(), link.as_str(), code.as_str()])?;
    }
    let table = table.into_inner().map_err(|error| Failure::new(error.to_string()))?;
    written.write(folder.join(TABLE), &table)?;
    Ok(written)
}

fn letter(contact: &str, link: &str) -> String {
    format!(
        "To: {contact}
Subject: Your invitation to surveys that can't tell who you are

You are invited to answer short surveys about your developer experience, in your terminal.

    dxpulse enroll '{link}'

The link is yours alone and works once. Nobody can tell which answers are yours, not even those who run the collector:
`dxpulse verify` shows how that is ensured, and lets you check it.
"
    )
}

/// Makes a file's name of a contact: what isn't a letter, a digit or one of `@ . _ + -` becomes `_`. Of contacts that come to the
/// same, each but the first has its number behind it.
fn file_name(contact: &str, number: usize) -> String {
    let plain: String = contact.chars().map(|c| if c.is_alphanumeric() || "@._+-".contains(c) { c } else { '_' }).collect();
    let start = if plain.starts_with('.') { "_" } else { "" };
    let end = if number > 1 { format!("-{number}") } else { String::new() };
    format!("{start}{}{end}.txt", plain.chars().take(LONGEST_NAME).collect::<String>())
}
