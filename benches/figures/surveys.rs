//! Whole survey files as authors write them, but longer: as many questions as a survey may have, of every common type.

use std::fmt::Write;

/// What the questions are about: part of an id, English, German in the dative.
const SUBJECTS: [(&str, &str, &str); 20] = [
    ("build", "the build", "dem Build"),
    ("tests", "the test suite", "den Tests"),
    ("review", "code review", "der Durchsicht"),
    ("deploys", "the deployment tool", "dem Werkzeug zum Ausliefern"),
    ("docs", "the documentation", "der Dokumentation"),
    ("search", "the code search", "der Suche im Code"),
    ("alerts", "the alerting", "der Alarmierung"),
    ("logs", "the log viewer", "der Ansicht der Protokolle"),
    ("metrics", "the metrics dashboard", "der Übersicht der Messwerte"),
    ("secrets", "the secrets store", "dem Speicher für Geheimnisse"),
    ("access", "the access requests", "den Anträgen auf Zugang"),
    ("onboarding", "the onboarding guide", "dem Leitfaden zum Einstieg"),
    ("sandbox", "the sandbox", "der Spielwiese"),
    ("database", "the database service", "dem Datenbankdienst"),
    ("queue", "the message queue", "der Warteschlange"),
    ("flags", "the feature flags", "den Schaltern"),
    ("packages", "the package registry", "der Ablage für Pakete"),
    ("runners", "the shared runners", "den gemeinsamen Maschinen"),
    ("editor", "the editor setup", "der Einrichtung des Editors"),
    ("support", "the platform support", "der Hilfe der Plattform"),
];

/// The questions about a subject: what follows its id, English, German, and the rest. Every fifth has a condition.
const QUESTIONS: [(&str, &str, &str, &str); 10] = [
    ("used", "Did you use {} in the last 7 days?", "Haben Sie in den letzten 7 Tagen mit {} gearbeitet?", BOOLEAN),
    (
        "ease",
        "How easy was working with {} in the last 7 days?",
        "Wie leicht war die Arbeit mit {} in den letzten 7 Tagen?",
        RATING,
    ),
    ("trust", "I can rely on {}.", "Auf die Arbeit mit {} ist Verlass.", "type = \"likert\""),
    ("rated", "How satisfied are you with {}?", "Wie zufrieden sind Sie mit {}?", "type = \"csat\""),
    (
        "often",
        "How often did you wait for {} in the last 7 days?",
        "Wie oft haben Sie in den letzten 7 Tagen bei {} gewartet?",
        SINGLE,
    ),
    ("effort", "It took little effort to work with {}.", "Die Arbeit mit {} ging leicht von der Hand.", "type = \"ces\""),
    ("causes", "Which of these held you up with {}?", "Was davon hat Sie bei {} aufgehalten?", MULTI),
    ("parts", "How well do these parts of {} serve you?", "Wie gut dienen Ihnen diese Teile bei {}?", MATRIX),
    (
        "hours",
        "How many hours did you lose to {} in the last 7 days?",
        "Wie viele Stunden gingen in den letzten 7 Tagen mit {} verloren?",
        NUMBER,
    ),
    ("wish", "What would you change first about {}?", "Was würden Sie bei {} zuerst ändern?", TEXT),
];

const BOOLEAN: &str = "type = \"boolean\"";
const RATING: &str = "type = \"rating\"\nanchors = { low = \"Very hard|Sehr schwer\", high = \"Very easy|Sehr leicht\" }";
const SINGLE: &str = "type = \"single\"\nchoices = [
  { code = \"never\", label = \"Never|Nie\" },
  { code = \"once\", label = \"Once|Einmal\" },
  { code = \"often\", label = \"Twice or more|Mehrmals\" },
  { code = \"daily\", label = \"Every day|Täglich\" },
]";
const MULTI: &str = "type = \"multi\"\nhelp = \"Choose all that apply.|Wählen Sie alles, was zutrifft.\"\nchoices = [
  { code = \"speed\", label = \"It was slow|Es war langsam\" },
  { code = \"docs\", label = \"I found no explanation|Ich fand keine Erklärung\" },
  { code = \"errors\", label = \"It failed|Es schlug fehl\" },
  { code = \"other\", label = \"Something else|Etwas anderes\", other = true },
  { code = \"none\", label = \"Nothing did|Nichts davon\", exclusive = true },
]";
const MATRIX: &str = "type = \"matrix\"\nrows = [
  { code = \"start\", label = \"Getting started|Der Einstieg\" },
  { code = \"daily\", label = \"Daily work|Die tägliche Arbeit\" },
  { code = \"trouble\", label = \"Finding mistakes|Die Fehlersuche\" },
]";
const NUMBER: &str = "type = \"number\"\nmin = 0\nmax = 100\ndecimals = 1\nunit = \"hours|Stunden\"\nallow = [\"dont_know\"]
show_if = '#_used && #_ease <= 3'";
const TEXT: &str = "type = \"text\"\nlength = \"long\"
max_length = 140
show_if = '#_rated <= 2 || \"docs\" in #_causes || #_parts.trouble < 3'";

/// Writes a survey of 200 questions, in two languages where `is_translated`; each number begins with another subject.
pub(crate) fn survey(number: usize, is_translated: bool) -> String {
    let mut file =
        format!("id = \"generated-{number}\"\n{}language = \"en\"\n", texts("title", "Tools|Werkzeuge", is_translated));
    let subjects = SUBJECTS.iter().cycle().skip(number).take(SUBJECTS.len());
    for ((id, english, german), (what, text, translated, rest)) in subjects.flat_map(|subject| QUESTIONS.map(|of| (subject, of)))
    {
        let text = format!("{}|{}", text.replace("{}", english), translated.replace("{}", german));
        let lines: String = rest.lines().map(|line| spoken(&line.replace('#', id), is_translated) + "\n").collect();
        let text = texts("text", &text, is_translated);
        write!(file, "\n[[question]]\nid = \"{id}_{what}\"\n{text}{lines}").expect("text can be written to a string");
    }
    file
}

/// Gives a text as an author writes it in one language or in two, which a bar separates.
fn texts(key: &str, both: &str, is_translated: bool) -> String {
    let (english, german) = both.split_once('|').expect("every text has two languages");
    if is_translated {
        format!("{key}.en = \"{english}\"\n{key}.de = \"{german}\"\n")
    } else {
        format!("{key} = \"{english}\"\n")
    }
}

/// Gives a line whose texts have two languages, which a bar separates, with the one or with both.
fn spoken(line: &str, is_translated: bool) -> String {
    let mut pieces = line.split('"');
    let mut written = pieces.next().unwrap_or_default().to_owned();
    while let (Some(text), Some(after)) = (pieces.next(), pieces.next()) {
        match text.split_once('|').filter(|_| !line.starts_with("show_if")) {
            Some((english, german)) if is_translated => write!(written, "{{ en = \"{english}\", de = \"{german}\" }}{after}"),
            Some((english, _)) => write!(written, "\"{english}\"{after}"),
            None => write!(written, "\"{text}\"{after}"),
        }
        .expect("text can be written to a string");
    }
    written
}
