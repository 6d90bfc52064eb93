//! What `list` and `history` say: states of surveys, lengths, times and aligned columns, as plain text or JSON.
//!
//! Pure: what is known of the surveys and what time it is are arguments.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A survey and how far the developer is with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The survey's id.
    pub id: String,
    /// The survey's title.
    pub title: String,
    /// The minutes it takes; none for a survey that is no longer there.
    pub minutes: Option<f64>,
    /// How far the developer is.
    pub state: State,
}

/// How far the developer is with a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    Open,
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
}

impl State {
    /// Gives the state's name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Draft { .. } => "draft",
            Self::Answered(_) => "answered",
            Self::Declined(_) => "declined",
        }
    }
}

const SECTIONS: [(&str, &str); 4] =
    [("open", "Open"), ("draft", "Saved for later"), ("answered", "Answered"), ("declined", "Declined")];

/// Shows surveys under headings by state, with the columns of all sections aligned.
pub fn plain(entries: &[Entry], now: DateTime<Utc>) -> String {
    let row = |entry: &Entry| vec![format!("  {}", entry.id), entry.title.clone(), remark(entry, now)];
    let sorted: Vec<&Entry> =
        SECTIONS.iter().flat_map(|(name, _)| entries.iter().filter(|entry| entry.state.name() == *name)).collect();
    let lines = columns(&sorted.iter().map(|entry| row(entry)).collect::<Vec<_>>());
    let mut text = String::new();
    let mut section = "";
    for (entry, line) in sorted.iter().zip(lines) {
        let name = entry.state.name();
        if name != section {
            let heading = SECTIONS.iter().find(|(known, _)| *known == name).map_or(name, |(_, heading)| *heading);
            text += if text.is_empty() { "" } else { "\n" };
            text += &format!("{heading}\n");
            section = name;
        }
        text += &format!("{line}\n");
    }
    text
}

/// Gives the entry as it stands in `list --json`.
pub fn to_json(entry: &Entry) -> Value {
    let mut value = json!({ "id": entry.id, "title": entry.title, "minutes": entry.minutes, "state": entry.state.name() });
    match &entry.state {
        State::Open => {}
        State::Draft { answered, asked, saved_at } => {
            value["answered"] = json!(answered);
            value["asked"] = json!(asked);
            value["saved_at"] = json!(stamp(*saved_at));
        }
        State::Answered(at) => value["answered_at"] = json!(stamp(*at)),
        State::Declined(at) => value["declined_at"] = json!(stamp(*at)),
    }
    value
}

/// Gives a time as it stands in all JSON: RFC 3339, UTC, whole seconds.
pub fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Gives a length for people: to ten seconds below a minute, else to a minute.
pub fn length(minutes: f64) -> String {
    let tens = (minutes * 6.0).round().max(1.0);
    if tens < 6.0 { format!("about {} s", tens * 10.0) } else { format!("{} min", minutes.round().max(1.0)) }
}

/// Gives how long ago something was; after two weeks, the day.
pub fn ago(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = (now - then).num_minutes();
    let many = |count: i64, unit: &str| format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" });
    match minutes {
        ..1 => "just now".to_owned(),
        1..60 => many(minutes, "minute"),
        60..1_440 => many(minutes / 60, "hour"),
        1_440..20_160 => many(minutes / 1_440, "day"),
        _ => format!("on {}", then.format("%Y-%m-%d")),
    }
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

fn remark(entry: &Entry, now: DateTime<Utc>) -> String {
    match &entry.state {
        State::Open => entry.minutes.map(length).unwrap_or_default(),
        State::Draft { answered, asked, saved_at } => format!("{answered} of {asked} answered, saved {}", ago(*saved_at, now)),
        State::Answered(at) | State::Declined(at) => ago(*at, now),
    }
}

fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn entry(id: &str, title: &str, state: State) -> Entry {
        Entry { id: id.to_owned(), title: title.to_owned(), minutes: Some(0.5), state }
    }

    #[test]
    fn lengths_are_rounded_for_people() {
        let cases = [
            (0.0, "about 10 s"),
            (0.5, "about 30 s"),
            (0.7, "about 40 s"),
            (0.91, "about 50 s"),
            (0.95, "1 min"),
            (1.0, "1 min"),
            (1.6, "2 min"),
            (12.4, "12 min"),
        ];
        for (minutes, expected) in cases {
            assert_eq!(length(minutes), expected, "{minutes}");
        }
    }

    #[test]
    fn times_are_told_as_distance_and_then_as_a_day() {
        let cases = [
            (Duration::seconds(-90), "just now"),
            (Duration::seconds(59), "just now"),
            (Duration::seconds(60), "1 minute ago"),
            (Duration::minutes(59), "59 minutes ago"),
            (Duration::minutes(60), "1 hour ago"),
            (Duration::minutes(1_439), "23 hours ago"),
            (Duration::hours(24), "1 day ago"),
            (Duration::days(13), "13 days ago"),
            (Duration::days(14), "on 2027-01-01"),
        ];
        for (since, expected) in cases {
            assert_eq!(ago(now() - since, now()), expected, "{since}");
        }
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
        let entries = [
            entry("done", "Done", State::Answered(hours(48))),
            entry("platform-pulse", "Platform pulse", State::Open),
            entry("half", "開発者体験", State::Draft { answered: 3, asked: 9, saved_at: hours(2) }),
            entry("open-too", "Open too", State::Open),
            entry("no", "No", State::Declined(hours(1))),
        ];
        let expected = "\
Open
  platform-pulse  Platform pulse  about 30 s
  open-too        Open too        about 30 s

Saved for later
  half            開発者体験      3 of 9 answered, saved 2 hours ago

Answered
  done            Done            2 days ago

Declined
  no              No              1 hour ago
";
        assert_eq!(plain(&entries, now()), expected);
        assert_eq!(plain(&[], now()), "");
    }

    #[test]
    fn json_names_the_state_and_only_what_belongs_to_it() {
        let open = to_json(&entry("a", "A", State::Open));
        assert_eq!(open, json!({ "id": "a", "title": "A", "minutes": 0.5, "state": "open" }));
        let draft = to_json(&entry("a", "A", State::Draft { answered: 3, asked: 9, saved_at: now() }));
        let expected = json!({
            "id": "a", "title": "A", "minutes": 0.5, "state": "draft",
            "answered": 3, "asked": 9, "saved_at": "2027-01-15T08:00:00Z",
        });
        assert_eq!(draft, expected);
    }
}
