//! What `list` and `history` say: how far the developer is with each survey, as aligned columns or JSON.
//!
//! Pure: what is known of the surveys and what time it is are arguments.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::developer::phrases::Phrases;
use crate::developer::spans::{ago, day, minutes, until};
use crate::screen::text::{cut, width, wrap};
use crate::survey::SurveyId;

/// A survey and how far the developer is with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The survey's id.
    pub id: SurveyId,
    /// The survey's title, or why it has none any more.
    pub title: Title,
    /// The minutes it takes; none for a survey that is no longer there.
    pub minutes: Option<f64>,
    /// How far the developer is.
    pub state: State,
    /// The wave it is in; none for a survey without waves, or between them.
    pub wave: Option<String>,
    /// The last day on which it can be answered in this wave, where that matters.
    pub until: Option<NaiveDate>,
    /// The file a draft was taken from, where it is no survey of a list.
    pub file: Option<PathBuf>,
}

/// The title of a survey, or why a draft can't be gone on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// The survey is there.
    Of(String),
    /// The draft's survey is in no list, and the draft doesn't know its file.
    NotInFolder,
    /// The draft's file has another survey now.
    Other(SurveyId),
    /// The draft's file is gone.
    FileGone,
    /// The draft's file can't be read.
    FileUnreadable,
}

/// How far the developer is with a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    Open,
    /// Not begun, and asked only by name or at its occasion.
    OnRequest,
    /// Begun and kept.
    Draft {
        /// How many questions have a reply.
        answered: usize,
        /// How many there are.
        asked: usize,
        /// When it was last kept.
        saved_at: DateTime<Utc>,
    },
    /// Answered.
    Answered(DateTime<Utc>),
    /// Declined.
    Declined(DateTime<Utc>),
    /// Not to be answered on this day: it is between its waves, or after the last.
    Closed {
        /// The last day of the wave before, where there was one.
        closed_on: Option<NaiveDate>,
        /// The first day of the next wave, where one is planned.
        opens_on: Option<NaiveDate>,
    },
}

impl Standing {
    /// Says whether the survey can be answered: a draft may be left of one that is gone.
    pub fn is_there(&self) -> bool {
        self.minutes.is_some()
    }

    /// Gives what the survey is asked for by: the path of its file, or its id.
    pub fn name(&self) -> String {
        self.file.as_ref().map_or_else(|| self.id.to_string(), |file| file.to_string_lossy().into_owned())
    }
}

impl Title {
    /// Gives the title in words.
    pub fn said(&self, phrases: &Phrases) -> String {
        let say = &phrases.surveys;
        match self {
            Self::Of(title) => title.clone(),
            Self::NotInFolder => say.not_in_folder.to_owned(),
            Self::Other(id) => (say.other_survey)(id.as_str()),
            Self::FileGone => say.file_gone.to_owned(),
            Self::FileUnreadable => say.file_unreadable.to_owned(),
        }
    }
}

impl State {
    /// Gives the state's name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::OnRequest => "on_request",
            Self::Draft { .. } => "draft",
            Self::Answered(_) => "answered",
            Self::Declined(_) => "declined",
            Self::Closed { .. } => "closed",
        }
    }
}

/// The narrowest a title gets beside what is said of its survey.
const NARROWEST: usize = 14;

/// Shows surveys under headings by state, with the columns of all sections aligned; in so many columns where that is said.
pub fn plain(standings: &[Standing], room: Option<usize>, now: DateTime<FixedOffset>, phrases: &Phrases) -> String {
    let say = &phrases.surveys;
    let sections = [
        ("open", say.open),
        ("draft", say.draft),
        ("answered", say.answered),
        ("declined", say.declined),
        ("closed", say.closed),
        ("on_request", say.on_request),
    ];
    let row = |standing: &&Standing| [format!("  {}", standing.id), standing.title.said(phrases), remark(standing, now, phrases)];
    let sorted: Vec<&Standing> =
        sections.iter().flat_map(|(name, _)| standings.iter().filter(|standing| standing.state.name() == *name)).collect();
    let lines = fitting(sorted.iter().map(row).collect(), room.unwrap_or(usize::MAX));
    let mut text = String::new();
    let mut section = "";
    for (standing, line) in sorted.iter().zip(lines) {
        let name = standing.state.name();
        if name != section {
            let heading = sections.iter().find(|(known, _)| *known == name).map_or(name, |(_, heading)| *heading);
            text += if text.is_empty() { "" } else { "\n" };
            text += &format!("{heading}\n");
            section = name;
        }
        text += &format!("{line}\n");
    }
    text
}

/// Gives rows of id, title and remark as lines: with shorter titles where they are too wide, or with the remark below where there is no
/// room beside.
fn fitting(mut rows: Vec<[String; 3]>, room: usize) -> Vec<String> {
    let widest = |rows: &[[String; 3]], at: usize| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0);
    let title = room.saturating_sub(widest(&rows, 0) + widest(&rows, 2) + 4);
    if title < NARROWEST.min(widest(&rows, 1)) {
        let below =
            |text: &str| wrap(text, room.saturating_sub(4)).iter().map(|line| format!("\n    {line}")).collect::<String>();
        let stacked = |[id, title, remark]: [String; 3]| format!("{}{}", cut(&format!("{id}  {title}"), room), below(&remark));
        return rows.into_iter().map(stacked).collect();
    }
    rows.iter_mut().for_each(|[_, words, _]| *words = cut(words, title));
    columns(&rows.into_iter().map(Vec::from).collect::<Vec<_>>())
}

/// Gives a standing as it is in `list --json`.
pub fn to_json(standing: &Standing) -> Value {
    let mut value = json!({
        "id": standing.id.as_str(),
        "title": standing.title.said(Phrases::ENGLISH),
        "minutes": standing.minutes,
        "state": standing.state.name(),
    });
    match &standing.state {
        State::Open | State::OnRequest => {}
        State::Draft { answered, asked, saved_at } => {
            value["answered"] = json!(answered);
            value["asked"] = json!(asked);
            value["saved_at"] = json!(stamp(*saved_at));
        }
        State::Answered(at) => value["answered_at"] = json!(stamp(*at)),
        State::Declined(at) => value["declined_at"] = json!(stamp(*at)),
        State::Closed { closed_on, opens_on } => {
            put_day(&mut value, "closed_on", *closed_on);
            put_day(&mut value, "opens_on", *opens_on);
        }
    }
    if let Some(wave) = &standing.wave {
        value["wave"] = json!(wave);
    }
    put_day(&mut value, "closes_on", standing.until);
    if let Some(file) = &standing.file {
        value["file"] = json!(file.to_string_lossy());
    }
    value
}

/// Gives a time as it stands in all JSON: RFC 3339, UTC, whole seconds.
pub fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Aligns cells in columns, two spaces apart; a tab or line feed in a cell becomes a space.
pub fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| cell.replace(['\n', '\t'], " ")).collect()).collect();
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> =
        (0..most).map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0)).collect();
    let pad = |(cell, most): (&String, &usize)| format!("{cell}{}", " ".repeat(most - width(cell)));
    let line = |row: &Vec<String>| row.iter().zip(&widths).map(pad).collect::<Vec<_>>().join("  ").trim_end().to_owned();
    rows.iter().map(line).collect()
}

fn put_day(value: &mut Value, key: &str, day: Option<NaiveDate>) {
    if let Some(day) = day {
        value[key] = json!(day.to_string());
    }
}

fn remark(standing: &Standing, now: DateTime<FixedOffset>, phrases: &Phrases) -> String {
    let (say, today) = (&phrases.surveys, now.date_naive());
    let closing = || standing.until.map(|last| until(last, today, phrases));
    let together = |parts: &[Option<String>]| parts.iter().flatten().cloned().collect::<Vec<_>>().join(phrases.lists.between);
    match &standing.state {
        State::Open | State::OnRequest => together(&[standing.minutes.map(|long| minutes(long, phrases)), closing()]),
        State::Draft { answered, asked, saved_at } => {
            let file = standing.file.as_ref().map(|file| (say.in_file)(&file.to_string_lossy()));
            let kept = (say.progress)(*answered, *asked, &ago(*saved_at, now, phrases));
            together(&[Some(kept), closing(), file])
        }
        State::Answered(at) | State::Declined(at) => ago(*at, now, phrases),
        State::Closed { closed_on, opens_on } => closed(*closed_on, *opens_on, today, phrases),
    }
}

/// Says when a survey that is closed opens again, or when it closed.
pub fn closed(closed_on: Option<NaiveDate>, opens_on: Option<NaiveDate>, today: NaiveDate, phrases: &Phrases) -> String {
    let say = &phrases.surveys;
    match (opens_on, closed_on) {
        (Some(opens), _) => (say.opens)(&day(opens, today, phrases)),
        (None, Some(closed)) => (say.closed_on)(&day(closed, today, phrases)),
        (None, None) => say.is_closed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn date(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    fn standing(id: &str, title: &str, state: State) -> Standing {
        let (id, title) = (SurveyId::new(id).unwrap(), Title::Of(title.to_owned()));
        Standing { id, title, minutes: Some(0.5), state, wave: None, until: None, file: None }
    }

    #[test]
    fn columns_align_by_display_width() {
        let rows =
            [["a", "改善", "x"], ["bbb", "b", "y"], ["", "👩\u{200d}💻\tc", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(columns(&rows), ["a    改善  x", "bbb  b     y", "     👩\u{200d}💻 c"]);
        assert!(columns(&[]).is_empty());
    }

    #[test]
    fn surveys_stand_under_their_state_in_one_set_of_columns() {
        let hours = |count| now() - Duration::hours(count);
        let standings = [
            standing("done", "Done", State::Answered(hours(48))),
            standing("platform-pulse", "Platform pulse", State::Open),
            standing("half", "開発者体験", State::Draft { answered: 3, asked: 9, saved_at: hours(2) }),
            Standing {
                file: Some("/x/y.toml".into()),
                until: date("2027-01-15"),
                ..standing("mine", "Mine", State::Draft { answered: 0, asked: 2, saved_at: hours(2) })
            },
            Standing { until: date("2027-03-31"), ..standing("open-too", "Open too", State::Open) },
            standing("later", "Later", State::Closed { closed_on: None, opens_on: date("2027-02-01") }),
            standing("over", "Over", State::Closed { closed_on: date("2026-12-31"), opens_on: None }),
            standing("aside", "Aside", State::OnRequest),
            standing("no", "No", State::Declined(hours(1))),
        ];
        let expected = "\
Open
  platform-pulse  Platform pulse  about 30 s
  open-too        Open too        about 30 s, until 31 Mar

To resume
  half            開発者体験      3 of 9 answered, saved 2 hours ago
  mine            Mine            0 of 2 answered, saved 2 hours ago, until today, in /x/y.toml

Answered
  done            Done            2 days ago

Declined
  no              No              1 hour ago

Closed
  later           Later           opens 1 Feb
  over            Over            closed on 31 Dec 2026

On request
  aside           Aside           about 30 s
";
        assert_eq!(plain(&standings, None, now().fixed_offset(), Phrases::ENGLISH), expected);
        assert_eq!(plain(&[], Some(80), now().fixed_offset(), Phrases::ENGLISH), "");
        for room in [20, 30, 40, 50, 60, 80] {
            let text = plain(&standings, Some(room), now().fixed_offset(), Phrases::ENGLISH);
            assert!(text.lines().all(|line| width(line) <= room), "{room}: {text}");
            for standing in &standings {
                assert!(text.contains(standing.id.as_str()), "{room}: {text}");
            }
        }
    }

    #[test]
    fn json_names_the_state_and_only_what_belongs_to_it() {
        let open = to_json(&standing("a", "A", State::Open));
        assert_eq!(open, json!({ "id": "a", "title": "A", "minutes": 0.5, "state": "open" }));
        let draft = to_json(&standing("a", "A", State::Draft { answered: 3, asked: 9, saved_at: now() }));
        let expected = json!({
            "id": "a", "title": "A", "minutes": 0.5, "state": "draft",
            "answered": 3, "asked": 9, "saved_at": "2027-01-15T08:00:00Z",
        });
        assert_eq!(draft, expected);
        let open = Standing { wave: Some("2027-Q1".to_owned()), until: date("2027-03-31"), ..standing("a", "A", State::Open) };
        let expected = json!({
            "id": "a", "title": "A", "minutes": 0.5, "state": "open", "wave": "2027-Q1", "closes_on": "2027-03-31",
        });
        assert_eq!(to_json(&open), expected);
        let closed = State::Closed { closed_on: date("2026-12-31"), opens_on: date("2027-02-01") };
        let expected = json!({
            "id": "a", "title": "A", "minutes": 0.5, "state": "closed", "closed_on": "2026-12-31", "opens_on": "2027-02-01",
        });
        assert_eq!(to_json(&standing("a", "A", closed)), expected);
        let draft = Standing { file: Some("/x/a b.toml".into()), ..standing("a", "A", State::Open) };
        assert_eq!((to_json(&draft)["file"].as_str(), draft.name().as_str()), (Some("/x/a b.toml"), "/x/a b.toml"));
    }
}
