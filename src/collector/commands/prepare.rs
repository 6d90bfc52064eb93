//! `dxpulse-collector prepare`: prepares waves of a survey for their publisher's signature.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::anonymous::classes::SMALLEST;
use crate::anonymous::manifest::Wave;
use crate::anonymous::{Bundle, ManifestError};
use crate::collector::commands::context::{Context, note};
use crate::collector::folder::{DiskError, Folder, destroy, read, write_private};
use crate::collector::keys;
use crate::collector::preparing::{self, Invited, Misfit};
use crate::collector::store::{Invitee, Store};
use crate::collector::windows::{self, Wanted, WindowError, Windows};
use crate::report::{Exit, Failure, escape, output};
use crate::survey::Survey;
use crate::survey::parse;

const HELP: &str = "\
Each wave gets fresh keys and the classes of the roster as it is now, and waits in the folder's `prepared` for its publisher: they review \
and sign it with `dxpulse survey sign` where their key is, and `dxpulse-collector publish` takes it back. Without --opens and --closes the \
next waves of the survey's [wave] that aren't published are prepared, those anew that wait for a signature; an evergreen survey needs the next one published before this one ends.";

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Arguments {
    /// The survey
    #[arg(value_name = "SURVEY.toml")]
    survey: PathBuf,
    /// How many waves in a row
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=24), conflicts_with = "opens")]
    waves: u8,
    /// When answers are taken from, such as 2026-12-01T09:00:00Z; a day alone begins at midnight UTC
    #[arg(long, value_name = "TIME", value_parser = time_in, requires = "closes")]
    opens: Option<DateTime<Utc>>,
    /// When answers end; submissions on their way are taken for 72 hours more
    #[arg(long, value_name = "TIME", value_parser = time_in, requires = "opens")]
    closes: Option<DateTime<Utc>>,
    /// When tokens are issued from; 7 days before the opening unless said
    #[arg(long, value_name = "TIME", value_parser = time_in, requires = "opens")]
    issue_opens: Option<DateTime<Utc>>,
    /// What the wave is called
    #[arg(long, value_name = "NAME", requires = "opens")]
    name: Option<String>,
}

/// Reads a time, or a day, which is its first moment.
fn time_in(text: &str) -> Result<DateTime<Utc>, &'static str> {
    let day = || Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN).and_utc());
    text.parse().ok().or_else(day).ok_or("write it as 2026-12-01 or 2026-12-01T09:00:00Z")
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let (settings, store) = (context.settings()?, context.store()?);
    context.refuse_doubtful_clock()?;
    let ground = context.ground(&settings)?;
    let source = source(&arguments.survey)?;
    let survey = survey(&arguments.survey, &source)?;
    let people: Vec<Invitee> = store.people()?.into_iter().map(|person| person.invitee).collect();
    if people.is_empty() {
        return Err(
            Failure::new("nobody is invited yet").hint("invite people with `dxpulse-collector invite ROSTER.csv --out FOLDER`")
        );
    }
    if people.len() < SMALLEST as usize {
        note("fewer than 10 people are invited: whoever knows them can guess who answered what, whatever is done about it");
    }
    let invited = Invited::of(&survey, &people).map_err(|misfits| misfit(&survey, &misfits))?;
    for segment in preparing::silent(&survey, &invited, &people).iter().filter(|_| people.len() >= SMALLEST as usize) {
        note(&format!(
            "`{segment}` tells nothing: it has values with fewer than {SMALLEST} people, which draw all others into one class with them; \
             put those people under a larger value in the roster, or give such values a common `parent` in the survey"
        ));
    }
    let taken = Taken::of(&store, &context.folder, &survey)?;
    let wanted = windows_of(arguments, &survey, &taken)?;
    let mut last = taken.last;
    for windows in &wanted {
        // What is prepared anew keeps its place among those that wait.
        let sequence = taken.prepared.get(&windows.name).copied().unwrap_or_else(|| {
            last += 1;
            last
        });
        if windows.opens - windows.issue_opens < windows::LEAST_LEAD {
            note("tokens are issued less than a day before answers: what is fetched and used at once can be put together");
        }
        note(&format!("making keys for {} {}…", survey.id, windows.name));
        let keys = keys::fresh()?;
        let public = [keys[0].public(), keys[1].public()];
        let [Ok(scores), Ok(comments)] = public else { return Err(Failure::new("no key could be made")) };
        let manifest = preparing::manifest(&ground, (&survey, &source), &invited, (windows, sequence), [&scores, &comments]);
        let bundle = Bundle::prepare(&manifest)?;
        let wave = bundle.review()?;
        let path = context.folder.prepared().join(format!("{}-{}.json", survey.id, windows.name));
        discard(&context.folder, &store, (&path, &wave))?;
        keys::write(&context.folder, wave.id, &keys)?;
        write_private(&path, format!("{:#}\n", serde_json::json!(bundle)).as_bytes())?;
        output::print_line(&told(&wave, &path))?;
    }
    output::print_line(
        "Next, where the publisher's key is: `dxpulse survey sign FILE`; then here: `dxpulse-collector publish FILE`",
    )?;
    Ok(Exit::SUCCESS)
}

/// The numbers and names that waves of a survey have already.
struct Taken {
    last: u64,
    published: Vec<String>,
    prepared: BTreeMap<String, u64>,
}

impl Taken {
    fn of(store: &Store, folder: &Folder, survey: &Survey) -> Result<Self, Failure> {
        let id = survey.id.as_str();
        let published = store.waves()?.into_iter().filter(|wave| wave.survey == id).map(|wave| wave.name).collect();
        let prepared: BTreeMap<_, _> =
            prepared(folder).map(|(_, wave)| wave).filter(|wave| wave.manifest.survey == id).map(named).collect();
        let last = store.last_sequence(id)?.max(prepared.values().copied().max().unwrap_or_default());
        Ok(Self { last, published, prepared })
    }
}

fn named(wave: Wave) -> (String, u64) {
    (wave.manifest.wave, wave.manifest.sequence)
}

/// Gives the waves that wait for a signature, with their files.
pub(super) fn prepared(folder: &Folder) -> impl Iterator<Item = (PathBuf, Wave)> {
    let files = fs::read_dir(folder.prepared()).into_iter().flatten().flatten().map(|file| file.path());
    files.filter_map(|path| Bundle::from_json(&fs::read(&path).ok()?).ok()?.review().ok().map(|wave| (path, wave)))
}

fn windows_of(arguments: &Arguments, survey: &Survey, taken: &Taken) -> Result<Vec<Windows>, Failure> {
    let now = Utc::now();
    let Arguments { opens, closes, issue_opens, name, .. } = arguments;
    if opens.is_none() {
        let is_published = |name: &str| taken.published.iter().any(|known| known == name);
        return Ok(windows::next(survey, usize::from(arguments.waves), is_published, now)?);
    }
    let wanted = Wanted { name: name.clone(), issue_opens: *issue_opens, opens: *opens, closes: *closes };
    let said = windows::said(survey, &wanted, now)?;
    if taken.published.contains(&said.name) {
        return Err(Failure::new(format!("the wave {} of {} is published already", said.name, survey.id))
            .hint("give the new wave another name with --name"));
    }
    Ok(vec![said])
}

/// Throws away what was prepared of a wave before, with its keys, unless it was published since.
///
/// # Errors
/// Where another survey's wave has the same file: `a` with the wave `b-c`, and `a-b` with the wave `c`.
fn discard(folder: &Folder, store: &Store, (path, wave): (&Path, &Wave)) -> Result<(), Failure> {
    let Some(text) = read(path)? else { return Ok(()) };
    if let Ok(bundle) = Bundle::from_json(text.as_bytes())
        && store.wave(bundle.wave_id())?.is_none()
    {
        if let Ok(other) = bundle.review()
            && other.manifest.survey != wave.manifest.survey
        {
            let (survey, name) = (other.manifest.survey, other.manifest.wave);
            return Err(Failure::new(format!(
                "{} is of another wave, {name} of {survey}, which is not published",
                path.display()
            ))
            .hint("publish that one first, or give this one another name with --name"));
        }
        keys::destroy_wave(folder, bundle.wave_id())?;
    }
    destroy(path)?;
    Ok(())
}

fn source(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|error| DiskError::new(path, error))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("{} is not a text in UTF-8", path.display())).hint("save it as UTF-8"))
}

fn survey(path: &Path, source: &str) -> Result<Survey, Failure> {
    parse::parse(source).map_err(|problems| {
        let shown = path.display().to_string();
        let details = Some(parse::render(&problems, &shown, source, false));
        Failure { details, ..Failure::new(format!("{shown} is not a sound survey")) }.hint("`dxpulse survey lint` tells more")
    })
}

fn misfit(survey: &Survey, misfits: &[Misfit]) -> Failure {
    let mut details = String::new();
    for Misfit { message, remedy } in misfits.iter().take(50) {
        let _ = writeln!(details, "{}", escape(&format!("{message}\n  help: {remedy}")));
    }
    let failure = Failure::new(format!("the roster doesn't fit the survey {}", survey.id));
    Failure { details: Some(details), ..failure }.hint("correct the roster, then run `dxpulse-collector invite` with it again")
}

/// Tells what was prepared.
pub(super) fn told(wave: &Wave, path: &Path) -> String {
    format!("{}\n  file         {}\n", in_words(wave), path.display())
}

/// Tells what a wave is: what developers will be told.
pub(super) fn in_words(wave: &Wave) -> String {
    let manifest = &wave.manifest;
    let time = |time: DateTime<Utc>| time.format("%Y-%m-%d %H:%M UTC").to_string();
    let mut text = format!("{} {}: {}\n", manifest.survey, manifest.wave, wave.survey.title);
    let _ = writeln!(text, "  fingerprint  {}   {}", wave.id.0.short(), wave.id.0);
    let _ = writeln!(text, "  tokens       from {}", time(manifest.issue_opens));
    let _ = writeln!(text, "  answers      {} to {}", time(manifest.opens), time(manifest.closes));
    let _ = writeln!(text, "  collected    until {}", time(manifest.collect_closes()));
    let _ = writeln!(text, "  questions    {}", wave.survey.asked().count());
    let _ = writeln!(text, "  invited      {}", manifest.invited);
    for class in &manifest.classes {
        let _ = writeln!(text, "  class        {:>6}  {class}", class.invited);
    }
    for (language, count) in &manifest.languages {
        let _ = writeln!(text, "  language     {count:>6}  {language}");
    }
    text.push_str(if manifest.relay.is_some() {
        "  relay        yes"
    } else {
        "  relay        no: whoever watches the network sees who sends"
    });
    text
}

impl From<WindowError> for Failure {
    fn from(error: WindowError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

impl From<ManifestError> for Failure {
    fn from(error: ManifestError) -> Self {
        Self::new(error.to_string()).hint("prepare the wave again")
    }
}
