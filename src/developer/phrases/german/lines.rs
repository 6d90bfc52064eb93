//! What German says in plain lines, and the words it understands there.

use crate::developer::phrases::number_of;
use crate::developer::phrases::parts::{Lines, Word, Words};

pub(super) const WORDS: Words = Words {
    next: Word::of(&["weiter"]),
    back: Word::of(&["zurück", "zurueck", "z"]),
    skip: Word::of(&["überspringen", "ueberspringen"]),
    not_applicable: Word::of(&["entfällt", "entfaellt", "trifft nicht zu"]),
    prefer_not: Word::of(&["keine angabe", "ka", "k.a."]),
    dont_know: Word::of(&["weiß nicht", "weiss nicht"]),
    review: Word::of(&["übersicht", "uebersicht"]),
    quit: Word::of(&["ende", "beenden"]),
    decline: Word::of(&["ablehnen"]),
    help: Word::of(&["hilfe"]),
    submit: Word::of(&["abschließen", "abschliessen", "fertig"]),
    replace: Word::of(&["ersetzen"]),
    keep: Word::of(&["behalten", "so lassen"]),
    mend: Word::of(&["bearbeiten", "ändern", "aendern"]),
    yes: &["ja", "j"],
    no: &["nein"],
    own_words: &["eigenes:"],
    between: ", ",
};

pub(super) const LINES: Lines = Lines {
    asked_by: |owner| format!("Gefragt von {owner}."),
    opening: |count, long| format!("{}, {long}. Geben Sie eine Antwort ein, dann Enter.", number_of(count, "Frage", "Fragen")),
    leaves_here: "Ihre Antworten verlassen diesen Rechner, sobald Sie sie absenden.",
    question: |number, all| format!("Frage {number} von {all}"),
    required_question: |number, all| format!("Frage {number} von {all}, Antwort erforderlich"),
    row: |row, all, label| format!("Zeile {row} von {all}: {label}"),
    alone: " (nur allein)",
    own_words: ", oder eigenes: und Ihre eigenen Worte",
    scale: |first, last| format!("Geben Sie {first} bis {last} ein"),
    yes_or_no: "Geben Sie ja oder nein ein",
    single: |count| match count {
        1 => "Geben Sie 1 ein".to_owned(),
        count => format!("Geben Sie 1 bis {count} ein"),
    },
    multi: |example, bounds| format!("Geben Sie {example} ein, {bounds}"),
    exactly: |count| format!("genau {count}"),
    at_least: |least| format!("mindestens {least}"),
    at_most: |most| format!("höchstens {most}"),
    some: |least, most| format!("{least} bis {most} davon"),
    any: "so viele, wie zutreffen",
    number_such_as: |number| format!("eine Nummer wie {number}"),
    numbers_such_as: |numbers| format!("Nummern wie {numbers}"),
    numbers: "Nummern",
    ranking: |example| format!("Geben Sie alle Nummern ein, die liebste zuerst, etwa {example}"),
    short_text: "Geben Sie Ihre Antwort ein",
    long_text: "Geben Sie Ihre Antwort ein; eine Zeile nur mit einem Punkt beendet sie",
    number: |unit, range| match unit {
        "" => format!("Geben Sie eine Zahl{range} ein"),
        unit => format!("Geben Sie eine Zahl ({unit}){range} ein"),
    },
    from_to: |least, most| format!(" von {least} bis {most}"),
    or_more: |least| format!(" ab {least}"),
    or_less: |most| format!(" bis {most}"),
    date: "Geben Sie ein Datum wie 2026-03-31 ein",
    note: "Weiter mit Enter",
    ways: |invitation, words| format!("{invitation}, oder: {words}"),
    help: |invitation, mark, may_skip| {
        let skip = if may_skip { format!("{mark}überspringen lässt die Frage aus. ") } else { String::new() };
        format!(
            "{invitation}. Oder eines dieser Wörter: {skip}{mark}weiter geht mit dem Bisherigen weiter. {mark}zurück geht zur \
             Frage davor und behält Ihre Antwort. {mark}übersicht zeigt Ihre Antworten. {mark}ende speichert Ihre Antworten und \
             beendet. {mark}ablehnen löscht sie und beendet."
        )
    },
    stands_for: |mark, word, meaning| format!(" {mark}{word} steht für: {meaning}."),
    help_review: "abschließen speichert Ihre Antworten. Die Nummer einer Frage führt zu ihr. zurück führt zur letzten Frage. ende \
                  behält Ihre Antworten und beendet. ablehnen löscht sie und beendet.",
    so_far: |answer, mark| format!("Ihre Antwort bisher: {answer}. {mark}weiter behält sie."),
    unfinished: |text| format!("Früher eingegeben und nicht fertig: {text}"),
    review: "Übersicht über Ihre Antworten",
    no_answer: "keine Antwort",
    to_do: |problem| format!(" (Noch zu tun: {}.)", problem.trim_end_matches('.')),
    review_ways: "Geben Sie abschließen ein, eine Nummer, um diese Antwort zu ändern, oder: zurück, ende, hilfe",
    declining: "Ablehnen löscht Ihre Antworten bis hier. Geben Sie es noch einmal ein, um das zu tun; ende behält sie.",
    dropping: "Das verwirft Ihre Änderungen; Ihre frühere Antwort bleibt, wie sie war. Geben Sie es noch einmal ein, um das zu tun; ende behält sie.",
    your_answer: |answer| format!("Ihre Antwort: {answer}"),
    other: |words| format!("eigenes: {words}"),
    sentence: |text| format!("{text}."),
    nothing_typed: |ways, mark| format!("Nichts eingegeben, also nichts geändert. {ways}. {mark}weiter lässt es, wie es ist."),
    no_answer_here: |problem, ways| format!("Das ist hier keine Antwort: {problem}. {ways}."),
    not_taken: |word, ways| format!("Bei dieser Frage gibt es {word} nicht. {ways}."),
    meant: |word, purpose| {
        format!(
            "Meinen Sie den Befehl? Geben Sie /{word} ein, {purpose}, oder \"{word}\" in Anführungszeichen, um mit diesem Wort zu \
             antworten."
        )
    },
    only_questions: |count| match count {
        1 => "Es gibt nur die Frage 1.".to_owned(),
        count => format!("Es gibt nur die Fragen 1 bis {count}."),
    },
    at_review: "Geben Sie abschließen ein, die Nummer einer Frage, um sie zu ändern, oder: zurück, ende, hilfe.",
    to_go_on: "um weiterzugehen",
    to_go_back: "um zurückzugehen",
    to_skip: "um zu überspringen",
    for_the_review: "um zur Übersicht zu kommen",
    to_leave: "um zu beenden",
    to_decline: "um abzulehnen",
    for_it: "um ihn auszuführen",
    expected_yes_or_no: "erwartet: ja oder nein",
    expected_one: "erwartet: eine einzige Nummer",
    expected_own_words: "diese Auswahl braucht Ihre eigenen Worte, etwa eigenes: ein Grund",
    expected_digits: "erwartet: Ziffern, mit einem Punkt vor den Nachkommastellen",
    expected_date: "erwartet: Jahr-Monat-Tag, etwa 2026-03-31",
    expected_whole: "erwartet: eine ganze Zahl",
    expected_numbers: |count| match count {
        1 => "erwartet: die Nummer 1".to_owned(),
        count => format!("erwartet: Nummern von 1 bis {count}"),
    },
};
