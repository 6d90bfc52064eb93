//! The program's words in German. Whoever is addressed is addressed as "Sie"; hints have no room for that.

mod keys;
mod lines;
mod outbox;
mod prompting;

use chrono::Datelike;

use super::parts::{Answers, Farewells, Fields, Found, Inbox, Lists, Notices, Status, Surveys, Times};
use super::{Going, Phrases, number_of};
use crate::response::check::Problem;
use crate::response::{Misfit, Missing};

pub(super) static GERMAN: Phrases = ALL;
/// The same on trial, where nothing is stored.
pub(super) static ON_TRIAL: Phrases =
    ALL.on_trial("◈ Vorschau", |tally| format!("{tally}. Enter schließt ab; nichts wird gespeichert."));
/// The same where answers go to a collector.
pub(super) static ANONYMOUS: Phrases = ALL.going(Going {
    place: "◈ anonym",
    short: "◈ anonym",
    help: "◈ wird anonym zu einer zufälligen Zeit gesendet; `dxpulse payload` zeigt jedes Byte davon",
    spoken: "Ihre Antworten werden anonym gesendet, zu einer zufälligen Zeit.",
    answered: "danke: gespeichert; wird später anonym gesendet · dxpulse undo",
    warning: None,
    greeting: "Was Ihre Organisation veröffentlicht hat, wird anonym gesendet; alles andere bleibt hier.",
    closing: "Was Ihre Organisation veröffentlicht hat, wird anonym gesendet. Geben Sie die Nummer einer Umfrage ein, oder: ende.",
});
/// The same where fewer than ten are invited.
pub(super) static FEW: Phrases = ALL.going(Going {
    place: "! wenige befragt",
    short: "! wenige",
    help: "! wird ohne Ihren Namen gesendet, aber weniger als zehn sind befragt: wer sie kennt, kann raten, wer was sagt",
    spoken: "Ihre Antworten werden ohne Ihren Namen gesendet.",
    answered: "danke: gespeichert; wird später ohne Namen gesendet, unter wenigen · dxpulse undo",
    warning: Some("Weniger als zehn sind befragt: wer sie kennt, kann raten, wer was sagt."),
    greeting: "Was Ihre Organisation veröffentlicht hat, wird ohne Ihren Namen gesendet; alles andere bleibt hier.",
    closing: "Was Ihre Organisation veröffentlicht hat, wird ohne Ihren Namen gesendet. Geben Sie die Nummer einer Umfrage ein, oder: ende.",
});
/// The same where answers go to an endpoint.
pub(super) static CONFIDENTIAL: Phrases = ALL.going(Going {
    place: "◈ vertraulich",
    short: "◈ vertraulich",
    help: "◈ wird vertraulich gesendet: an eine Stelle Ihrer Organisation, die nicht nachsieht, wer sendet",
    spoken: "Ihre Antworten werden vertraulich gesendet, an eine Stelle Ihrer Organisation.",
    answered: "danke: gespeichert; wird später vertraulich gesendet · dxpulse undo",
    warning: None,
    greeting: "Ihre Organisation erhält Ihre Antworten vertraulich; `dxpulse payload` zeigt sie.",
    closing: "Ihre Organisation erhält Ihre Antworten vertraulich. Geben Sie die Nummer einer Umfrage ein, oder: ende.",
});

const ALL: Phrases = Phrases {
    language: "de",
    yes_key: 'j',
    hints: keys::HINTS,
    helps: keys::HELPS,
    menu: keys::MENU,
    notices: NOTICES,
    status: STATUS,
    answers: ANSWERS,
    fields: FIELDS,
    lists: LISTS,
    found: FOUND,
    inbox: INBOX,
    words: lines::WORDS,
    lines: lines::LINES,
    times: TIMES,
    surveys: SURVEYS,
    outbox: outbox::OUTBOX,
    prompting: prompting::PROMPTING,
    farewells: FAREWELLS,
    warning: None,
};

const NOTICES: Notices = Notices {
    required: "diese Frage braucht eine Antwort; speichern und beenden geht jederzeit",
    no_not_applicable: "\"trifft nicht zu\" gibt es hier nicht; überspringen lässt die Frage aus",
    no_prefer_not: "\"keine Angabe\" gibt es hier nicht; überspringen lässt die Frage aus",
    no_dont_know: "\"weiß nicht\" gibt es hier nicht; überspringen lässt die Frage aus",
    first_question: "dies ist die erste Frage",
    too_fast: "zu schnell getippt für eine Antwort: nichts wurde beantwortet",
    pasted: "eingefügter Text beantwortet hier nichts",
    before_sending: |problem| format!("vor dem Abschluss: {problem}"),
    nothing_chosen: "noch nichts gewählt; Tab lässt die Frage unbeantwortet",
    nothing_chosen_in_row: "in dieser Zeile ist noch nichts gewählt; Tab lässt den Rest unbeantwortet",
    nothing_ranked: "noch nichts geordnet; Tab lässt die Frage unbeantwortet",
    no_choice: "keine Auswahl unter dem Cursor; Esc schließt den Filter",
    nothing_typed: "nichts eingegeben, also nicht gewählt",
    choices: |count| number_of(count, "steht zur Auswahl", "stehen zur Auswahl"),
    to_rank: |count| number_of(count, "ist zu ordnen", "sind zu ordnen"),
    at_most: |most| format!("höchstens {most}: nehmen Sie zuerst eine Auswahl zurück"),
    too_long: |excess| format!("zu lang: am Ende {} weggelassen", number_of(excess, "Zeichen", "Zeichen")),
    scale: |first, last| format!("diese Skala geht von {first} bis {last}"),
    scale_to_ten: |first, last| format!("diese Skala geht von {first} bis {last}; t steht für 10"),
    no_cursor: "gehen Sie zuerst zu einer Auswahl",
    no_number: "keine Zahl: nur Ziffern, Vorzeichen und Dezimalpunkt",
    no_number_yet: "das ist noch keine Zahl",
    no_date: "erwartet: ein Datum als Jahr-Monat-Tag, etwa 2026-03-31",
    only_date_digits: "nur Ziffern: Jahr, Monat, Tag",
    text_kept: |reason| format!("Ihr Text bleibt erhalten; {reason}"),
    not_saved: |reason| format!("nicht gespeichert: {reason}"),
    leave_unsaved: |reason| format!("erneut beenden geht ohne Speichern; {reason}"),
    changed: |changes| format!("Umfrage geändert; {changes}; der Rest bleibt"),
    asked_anew: |numbers| format!("neu gefragt: {numbers}"),
    new: |numbers| format!("hinzugekommen: {numbers}"),
    gone: |count| format!("entfallen: {count}"),
};

const STATUS: Status = Status {
    progress: |number, asked, left| format!("{number} von {asked} · {left}"),
    left: |span| format!("noch {span}"),
    review: "Übersicht",
    your_answer: |answer| format!("Ihre Antwort: {answer}"),
    saving: "… speichert",
    not_saved: "✗ ungespeichert",
    saved: |replies| format!("✓ {} gespeichert", number_of(replies, "Antwort", "Antworten")),
    saved_short: |replies| format!("✓ {replies} gespeichert"),
    stays_here: "◈ bleibt hier",
    local: "◈ lokal",
    leaves_here: "◈ wird gesendet",
    leaves: "◈ sendet",
    more: |lines| format!("{lines} weitere"),
    needs_answer: "Antwort erforderlich.",
    asked_by: |owner| format!("Gefragt von: {owner}."),
};

const ANSWERS: Answers = Answers {
    yes: "ja",
    no: "nein",
    yes_label: "Ja",
    no_label: "Nein",
    missing: |kind| match kind {
        Missing::Skipped => "übersprungen",
        Missing::Unanswered => "unbeantwortet",
        Missing::NotShown => "nicht gezeigt",
        Missing::NotApplicable => "trifft nicht zu",
        Missing::PreferNotToSay => "keine Angabe",
        Missing::DontKnow => "weiß nicht",
    },
    rows: |given, all| format!("{given} von {}", number_of(all, "Zeile", "Zeilen")),
    problem: |problem| match *problem {
        Problem::Required => "Antwort fehlt".to_owned(),
        Problem::TooFew { least, chosen } => format!("mindestens {least} wählen, bisher {chosen}"),
        Problem::TooMany { most, chosen } => format!("höchstens {most} wählen, bisher {chosen}"),
        Problem::PartlyRanked { ranked, all } => {
            format!("{ranked} von {all} geordnet: ordnen Sie alle, oder überspringen Sie die Frage")
        }
        Problem::OpenRows { open: 1, all } => format!("1 von {all} Zeilen braucht eine Antwort"),
        Problem::OpenRows { open, all } => format!("{open} von {all} Zeilen brauchen eine Antwort"),
        Problem::Broken(ref message) => message.clone(),
        Problem::TooMuch { characters } => format!("{characters} Zeichen zu viel zum Senden; alle Ihre Texte zählen zusammen"),
        Problem::Unfinished => "die Eingabe ist noch nicht fertig".to_owned(),
    },
    misfit: |misfit| match misfit {
        Misfit::Point { first, last } => format!("erwartet: eine ganze Zahl von {first} bis {last}"),
        Misfit::NoOwnWords => "eigene Worte sind hier nicht vorgesehen".to_owned(),
        Misfit::BlankOwnWords => "erwartet: Ihre eigenen Worte".to_owned(),
        Misfit::Twice => "eine Auswahl steht doppelt da".to_owned(),
        Misfit::TooMany(most) => format!("höchstens {most} wählen"),
        Misfit::NotAlone => "eine Auswahl, die nur allein gilt, steht neben anderen".to_owned(),
        Misfit::Blank => "erwartet: ein Text, der nicht leer ist".to_owned(),
        Misfit::TooLong { most, given } => format!("höchstens {most} Zeichen, eingegeben sind {given}"),
        Misfit::TooManyDigits => "erwartet: eine Zahl mit höchstens 15 Ziffern".to_owned(),
        Misfit::NotWhole => "erwartet: eine ganze Zahl".to_owned(),
        Misfit::TooPrecise(1) => "erwartet: höchstens 1 Nachkommastelle".to_owned(),
        Misfit::TooPrecise(places) => format!("erwartet: höchstens {places} Nachkommastellen"),
        Misfit::OutOfRange { least, most } => format!("erwartet: {least} bis {most}"),
        Misfit::TooSmall(least) => format!("erwartet: mindestens {least}"),
        Misfit::TooGreat(most) => format!("erwartet: höchstens {most}"),
        Misfit::TooEarly(first) => format!("erwartet: {first} oder später"),
        Misfit::TooLate(last) => format!("erwartet: {last} oder früher"),
        Misfit::Shape(told) => told.clone(),
    },
};

const FIELDS: Fields = Fields {
    from_to: |least, most| format!("{least} bis {most}"),
    or_more: |least| format!("ab {least}"),
    up_to: |most| format!("bis {most}"),
    or_later: |first| format!("ab {first}"),
    or_earlier: |last| format!("bis {last}"),
    any_number: "eine Zahl",
    any_day: "jeder Tag",
    date: |range| format!("Jahr-Monat-Tag, {range}; → beginnt mit heute"),
    type_answer: "Antwort eingeben",
    type_answer_or_edit: "Antwort eingeben; ctrl-o öffnet Ihren Editor",
    used: |used, most| format!("{used} von {most} Zeichen"),
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
};

const LISTS: Lists = Lists {
    type_it: |label| format!("{label} (eintippen)"),
    found: |count| format!("{count} gefunden"),
    choose_exactly: |count| format!("{count} wählen, dann Enter"),
    choose_at_least: |least| format!("mindestens {least} wählen, dann Enter"),
    choose_up_to: |most| format!("bis zu {most} wählen, dann Enter"),
    choose_between: |least, most| format!("{least} bis {most} wählen, dann Enter"),
    choose_any: "beliebig viele wählen, dann Enter",
    first_preference: |left| format!("drücken Sie die Nummer Ihrer ersten Wahl; noch {left} zu ordnen"),
    next_preference: |left| format!("drücken Sie die Nummer Ihrer nächsten Wahl; noch {left} zu ordnen"),
    all_ranked: "alle geordnet; weiter mit Enter, eine Nummer ordnet neu",
    row: |row, all| format!("{row} von {all}"),
    answered: |count| format!("{count} beantwortet"),
    missing: |count, kind| format!("{count} {kind}"),
    between: ", ",
    complete: |tally| format!("{tally}. Enter speichert Ihre Antworten."),
    incomplete: |count| match count {
        1 => "Eine Frage braucht vor dem Abschluss noch einen Blick.".to_owned(),
        count => format!("{count} Fragen brauchen vor dem Abschluss noch einen Blick."),
    },
};

const FOUND: Found = Found {
    heading: |count| match count {
        1 => "1 Stelle in Ihren Worten nennt vielleicht jemanden oder ein Geheimnis. Noch nicht gesendet.".to_owned(),
        count => {
            format!("{count} Stellen in Ihren Worten nennen vielleicht jemanden oder ein Geheimnis. Noch nicht gesendet.")
        }
    },
    no_promise: "Das hilft nur beim Hinsehen: Es findet nicht alles.",
    would_become: |number, words, word| format!("Frage {number}: aus {words} würde {word}."),
    ways: "Geben Sie ersetzen ein, um mit Ersatz zu senden, behalten, um unverändert zu senden, bearbeiten, um zu ändern, oder: \
           zurück, ende, hilfe",
    help: "ersetzen setzt die Wörter in Klammern an die Stelle Ihrer Worte und sendet die Antworten. behalten sendet sie, wie sie \
           dastehen. bearbeiten geht zur ersten dieser Antworten. zurück geht zurück, und nichts wird gesendet. ende speichert Ihre \
           Antworten und beendet.",
};

const INBOX: Inbox = Inbox {
    title: "Eingang",
    greeting: [
        "Kurze Umfragen zu Ihrer Entwicklungsplattform, eine Taste je Antwort.",
        "Nichts verlässt diesen Rechner; \"dxpulse forget\" löscht Ihre Antworten.",
        "Es startet nie von selbst; DO_NOT_TRACK=1 schaltet Fragen für immer ab.",
    ],
    known: "Über Sie ist bekannt: nichts.",
    known_of: |list| format!("Über Sie ist bekannt: {list}."),
    class_alone: "Antworten sagen nicht mehr als eine Klasse von mindestens zehn.",
    open: "Offen",
    done: "Erledigt",
    closed: "Geschlossen",
    none: "Keine Umfragen. Legen Sie die TOML-Datei einer Umfrage in Ihren Ordner surveys.",
    on_request: |count| format!("{count} weitere auf Wunsch: dxpulse list"),
    choose: "wählen",
    open_it: "öffnen",
    leave: "beenden",
    help: "Hilfe",
    help_move: "bewegen",
    help_open: "beantworten, fortsetzen",
    help_number: "nach Nummer beantworten",
    help_leave: "beenden",
    help_help: "Hilfe zeigen, schließen",
    draft: |replied, asked, saved| format!("{replied} von {asked}, gespeichert {saved}"),
    draft_until: |replied, asked, until| format!("{replied} von {asked}, {until}"),
    answered: |on| format!("beantwortet {on}"),
    declined: |on| format!("abgelehnt {on}"),
    again: |on, id| format!("beantwortet am {on}; erneut beantworten: dxpulse take {id} --again"),
    is_closed: |id, when| format!("{id} ist geschlossen: {when}"),
    unreadable: |count| format!("! {} nicht lesbar: dxpulse list", number_of(count, "Umfrage ist", "Umfragen sind")),
    lost_draft: |id, name, why| format!("! der Entwurf von {id} lässt sich nicht fortsetzen: {name} {why}"),
    thanks: "✓ danke: Ihre Antworten sind auf diesem Rechner gespeichert",
    was_declined: "– abgelehnt",
    line_draft: |replied, asked, saved| format!("begonnen: {replied} von {asked}, gespeichert {saved}"),
    line_open: |length| format!("offen, {length}"),
    line_answered: |on| format!("beantwortet am {on}"),
    line_declined: |on| format!("abgelehnt am {on}"),
    line_closed: |when| format!("geschlossen, {when}"),
    line_closing: "Nichts verlässt diesen Rechner. Geben Sie die Nummer einer Umfrage ein, oder: ende.",
    line_number: |count| match count {
        1 => "geben Sie 1 ein, oder: ende".to_owned(),
        count => format!("geben Sie eine Nummer von 1 bis {count} ein, oder: ende"),
    },
    line_again: |id| format!("diese ist beantwortet; erneut beantworten: dxpulse take {id} --again"),
    line_is_closed: |when| format!("diese ist geschlossen: {when}"),
};

const MONTHS: [&str; 12] = ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];

const TIMES: Times = Times {
    seconds: |count| format!("{count} s"),
    minutes: |count| format!("{count} min"),
    about: |span| format!("etwa {span}"),
    just_now: "gerade eben",
    minutes_ago: |count| format!("vor {}", number_of(count, "Minute", "Minuten")),
    hours_ago: |count| format!("vor {}", number_of(count, "Stunde", "Stunden")),
    days_ago: |count| format!("vor {}", number_of(count, "Tag", "Tagen")),
    on_day: |day| format!("am {day}"),
    date: |day, has_year| {
        let month = MONTHS[day.month0() as usize];
        let year = if has_year { format!(" {}", day.year()) } else { String::new() };
        format!("{}. {month}{year}", day.day())
    },
    until: |day| format!("bis {day}"),
    until_today: "bis heute",
};

const SURVEYS: Surveys = Surveys {
    open: "Offen",
    draft: "Begonnen",
    answered: "Beantwortet",
    declined: "Abgelehnt",
    closed: "Geschlossen",
    on_request: "Auf Wunsch",
    progress: |answered, asked, saved| format!("{answered} von {asked} beantwortet, gespeichert {saved}"),
    in_file: |path| format!("aus {path}"),
    opens: |day| format!("öffnet am {day}"),
    closed_on: |day| format!("geschlossen seit {day}"),
    is_closed: "geschlossen",
    not_in_folder: "(die Datei liegt nicht in Ihrem Ordner der Umfragen)",
    file_gone: "(die Datei ist nicht mehr da)",
    file_unreadable: "(die Datei ist nicht lesbar)",
    other_survey: |id| format!("(die Datei enthält jetzt die Umfrage {id})"),
    take_one: |name| format!("beantworten mit `dxpulse take {name}`"),
    take_next: |name| format!("fortsetzen mit `dxpulse take {name}`"),
    nothing_open: "nichts ist offen; `dxpulse history` zeigt, was Sie beantwortet haben",
    nothing_answered: "noch nichts beantwortet; `dxpulse list` zeigt, was offen ist",
    was_answered: "beantwortet",
    was_taken_back: "zurückgenommen",
    was_declined: "abgelehnt",
};

const FAREWELLS: Farewells = Farewells {
    answered: "danke: auf diesem Rechner gespeichert, nichts wurde gesendet",
    declined: "abgelehnt; Sie werden nicht wieder gefragt",
    declined_wave: "abgelehnt; in dieser Runde werden Sie nicht wieder gefragt",
    dropped: "Änderungen verworfen; Ihre frühere Antwort bleibt, wie sie war",
    leaves: "das ist alles, was diesen Rechner verlässt, hier zum ersten Mal; `dxpulse payload` zeigt es jederzeit wieder",
    untouched: |name| format!("noch nichts beantwortet; von vorn beginnen mit: dxpulse take {name}"),
    kept: |count, name| format!("{} gespeichert; fortsetzen mit: dxpulse take {name}", number_of(count, "Antwort", "Antworten")),
    comfort: "Ihre Antworten bis hier sind gespeichert; nach einem neuen Start geht es dort weiter",
};
