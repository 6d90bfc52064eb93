//! Surveys in outline, made by chance, and the TOML that they stand for.
//!
//! An outline shrinks well and is nearly always a valid survey: whatever looks back takes its target from the questions that it
//! may look at. The few outlines that the parser refuses, such as for a condition that never holds, are left out.

use std::fmt::{self, Write};

use dxpulse::survey::Survey;
use dxpulse::survey::parse::{Problem, Reading, parse, parse_with_problems};
use proptest::prelude::*;
use proptest::sample::Index;

/// A survey, and the file it was read from.
#[derive(Clone)]
pub(crate) struct Made {
    pub(crate) source: String,
    pub(crate) survey: Survey,
}

impl fmt::Debug for Made {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\n{}", self.source)
    }
}

/// Makes surveys of up to four sections with up to four questions each.
pub(crate) fn surveys() -> impl Strategy<Value = Made> {
    sources().prop_filter_map("the parser refuses it", |source| parse(&source).ok().map(|survey| Made { source, survey }))
}

/// Makes surveys that are refused for nothing but conditions that come to the same for every answer, with the places of these.
pub(crate) fn undecided() -> impl Strategy<Value = (Made, Vec<Problem>)> {
    let constant = |problem: &Problem| problem.code == "constant-condition" || problem.code.starts_with("unreachable-");
    sources().prop_filter_map("nothing else is wrong with it", move |source| {
        let Reading { survey, problems } = parse_with_problems(&source);
        let is_so = !problems.is_empty() && problems.iter().all(constant);
        survey.filter(|_| is_so).map(|survey| (Made { source, survey }, problems))
    })
}

fn sources() -> impl Strategy<Value = String> {
    let section = (any::<[bool; 3]>(), conditions(1, 2), proptest::collection::vec(outline(), 1..5));
    let section = section.prop_map(|([is_group, is_shuffled, is_inner], show_if, questions)| Section {
        is_group,
        is_shuffled,
        is_inner,
        show_if,
        questions,
    });
    let sketch = (proptest::collection::vec(section, 1..5), any::<bool>());
    sketch.prop_map(|(sections, is_translated)| Writer::new(is_translated).whole(&sections))
}

#[derive(Debug, Clone)]
struct Section {
    is_group: bool,
    is_shuffled: bool,
    is_inner: bool,
    show_if: Vec<Test>,
    questions: Vec<Outline>,
}

#[derive(Debug, Clone)]
struct Outline {
    kind: &'static str,
    required: bool,
    allow: u8,
    show_if: Vec<Test>,
    /// The conditions of the first options.
    hides: Vec<Test>,
    jump: Vec<(Test, Index)>,
    pipe: Option<Index>,
    is_randomised: bool,
    is_pinned: bool,
    is_worded: bool,
    is_constrained: bool,
}

/// A comparison of an earlier question, by a form of its type.
type Test = (Index, usize);

/// The forms: three of the type's own, whether there is an answer or none, and beside another answer.
const FORMS: usize = 6;

/// The types, each with its keys, what a condition may say of it, and a constraint that an answer can keep.
const KINDS: [(&str, &str, [&str; 3], &str); 14] = [
    ("nps", "type = \"nps\"", ["# >= 7", "# <= 5", "# == 3 || # == 9"], "# >= 1"),
    ("rating", "type = \"rating\"", ["# >= 4", "# == 2", "# < 3 && # != 1"], "# > 1"),
    ("likert", "type = \"likert\"", ["# > 3", "# <= 2", "# in [1, 5]"], "# >= 2"),
    ("single", "type = \"single\"", ["# == \"b\"", "# in [\"a\", \"other\"]", "# != \"c\""], ""),
    ("multi", "type = \"multi\"\nmin = 2\nmax = 3", ["\"b\" in #", "size(#) > 1", "!(\"a\" in #)"], "size(#) < 3"),
    ("ranking", "type = \"ranking\"", ["\"a\" in #", "size(#) == 3", "answered(#)"], ""),
    ("matrix", "type = \"matrix\"", ["#.a >= 3", "#.b == 1", "#.a > #.c || #.b < 2"], "#.a >= 2"),
    (
        "text",
        "type = \"text\"\nmax_length = 20",
        ["#.contains(\"a\")", "# == \"1\"", "!#.startsWith(\"1\")"],
        "!#.contains(\"q\")",
    ),
    ("long", "type = \"text\"\nlength = \"long\"", ["#.endsWith(\"a\")", "size(#) > 2", "# != \"a\""], ""),
    ("number", "type = \"number\"\nmin = 0\nmax = 40\ndecimals = 1", ["# > 3.5", "# <= 1.0", "# * 2.0 > 7.0"], "# <= 30.0"),
    ("count", "type = \"number\"\nmin = -5", ["# > 3", "# == 1", "# % 2 == 0"], "# < 100"),
    ("boolean", "type = \"boolean\"", ["#", "!#", "# == true"], ""),
    ("date", "type = \"date\"\nmin = 2020-01-01", ["# < \"2026-01-01\"", "# >= \"2024-06-30\"", "# != \"2026-03-03\""], ""),
    ("note", "type = \"note\"", [""; 3], ""),
];

/// Makes some comparisons, or none in one of so many cases.
fn conditions(most: usize, none_in: u32) -> impl Strategy<Value = Vec<Test>> {
    prop_oneof![1 => Just(Vec::new()), none_in - 1 => proptest::collection::vec((any::<Index>(), 0..FORMS), 0..=most)]
}

fn outline() -> impl Strategy<Value = Outline> {
    // What has options that may be hidden comes up more often.
    let options = ["single", "multi", "ranking", "matrix"];
    let kind = proptest::sample::select(KINDS.map(|(kind, ..)| kind).into_iter().chain(options).collect::<Vec<_>>());
    let asked = (kind, proptest::bool::weighted(0.3), any::<u8>(), any::<[bool; 4]>());
    let jump = proptest::collection::vec(((any::<Index>(), 0..FORMS), any::<Index>()), 0..2);
    let logic = (conditions(2, 2), conditions(4, 4), jump, proptest::option::of(any::<Index>()));
    (asked, logic).prop_map(|((kind, required, allow, flags), (show_if, hides, jump, pipe))| {
        let [is_randomised, is_pinned, is_worded, is_constrained] = flags;
        Outline { kind, required, allow, show_if, hides, jump, pipe, is_randomised, is_pinned, is_worded, is_constrained }
    })
}

/// A question that was written already.
struct Written {
    id: String,
    kind: &'static str,
    section: usize,
}

struct Writer {
    is_translated: bool,
    written: Vec<Written>,
    file: String,
}

impl Writer {
    fn new(is_translated: bool) -> Self {
        Self { is_translated, written: Vec::new(), file: String::new() }
    }

    fn whole(mut self, sections: &[Section]) -> String {
        let title = self.words("title", "Any", "Irgendeine");
        self.line(&format!("id = \"any\"\n{title}\n[[variant]]\nid = \"wording\"\narms = [\"a\", \"b\"]"));
        self.groups(sections);
        let count = sections.iter().map(|section| section.questions.len()).sum();
        for (at, section) in sections.iter().enumerate() {
            for question in &section.questions {
                self.question(at, section, question, count);
            }
        }
        self.file
    }

    fn line(&mut self, line: &str) {
        writeln!(self.file, "{line}").expect("text can be written to a string");
    }

    fn groups(&mut self, sections: &[Section]) {
        if sections.iter().any(|section| section.is_group && section.is_inner) {
            self.line("[[group]]\nid = \"outer\"\nshow_if = 'variant.wording == \"a\"'");
        }
        for (at, section) in sections.iter().enumerate().filter(|(_, section)| section.is_group) {
            self.line(&format!("[[group]]\nid = \"g{at}\""));
            if section.is_inner {
                self.line("group = \"outer\"");
            }
            if section.is_shuffled {
                self.line("randomise = \"shuffle\"");
            }
            let before = sections[..at].iter().flat_map(|section| &section.questions).enumerate();
            let known: Vec<(String, &str)> = before.map(|(at, question)| (format!("q{at}"), question.kind)).collect();
            let known: Vec<(&str, &str)> = known.iter().map(|(id, kind)| (id.as_str(), *kind)).collect();
            if let Some(condition) = joined(&section.show_if, &known) {
                self.line(&format!("show_if = '{condition}'"));
            }
        }
    }

    fn question(&mut self, section: usize, of: &Section, outline: &Outline, count: usize) {
        let (number, id) = (self.written.len(), format!("q{}", self.written.len()));
        let shuffled = of.is_group && of.is_shuffled;
        let eligible = self.written.iter().filter(|written| !(shuffled && written.section == section));
        let known: Vec<(&str, &str)> = eligible.map(|written| (written.id.as_str(), written.kind)).collect();
        let (_, keys, _, constraint) = KINDS.iter().find(|(kind, ..)| *kind == outline.kind).expect("a known type");
        let pipe = outline.pipe.as_ref().and_then(|index| piped(index, &known)).unwrap_or_default();
        let mut lines = vec![
            format!("\n[[question]]\nid = \"{id}\"\n{keys}"),
            self.words("text", &format!("Question {id}{pipe}?"), &format!("Frage {id}{pipe}?")),
        ];
        lines.extend(of.is_group.then(|| format!("group = \"g{section}\"")));
        lines.extend((of.is_group && outline.is_pinned).then(|| "pin = true".to_owned()));
        lines.extend(joined(&outline.show_if, &known).map(|condition| format!("show_if = '{condition}'")));
        let words = "variants = [{ variant = \"wording\", arm = \"b\", text = \"Other words?\" }]";
        lines.extend((outline.is_worded && !self.is_translated).then(|| words.to_owned()));
        if !shuffled {
            let own: Vec<(&str, &str)> = known.iter().copied().chain([(id.as_str(), outline.kind)]).collect();
            lines.extend(jumps(&outline.jump, &own, number, count));
        }
        if outline.kind != "note" {
            lines.extend(self.of_answer(outline, &known, &pipe));
            let must = constraint.replace('#', &id);
            let message = if self.is_translated { "{ en = \"Not so\", de = \"So nicht\" }" } else { "\"Not so\"" };
            let constraint = format!("constraint = {{ must = '{must}', message = {message} }}");
            lines.extend((outline.is_constrained && !must.is_empty()).then_some(constraint));
        }
        drop(known);
        lines.iter().for_each(|line| self.line(line));
        self.written.push(Written { id, kind: outline.kind, section });
    }

    /// Gives the lines of a question that takes an answer.
    fn of_answer(&self, outline: &Outline, known: &[(&str, &str)], pipe: &str) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(outline.required.then(|| "required = true".to_owned()));
        let kinds = ["\"not_applicable\"", "\"prefer_not_to_say\"", "\"dont_know\""];
        let allowed: Vec<&str> =
            kinds.iter().enumerate().filter(|(at, _)| outline.allow >> at & 1 == 1).map(|(_, kind)| *kind).collect();
        lines.push(format!("allow = [{}]", allowed.join(", ")));
        let codes: &[&str] = match outline.kind {
            "single" => &["a", "b", "c", "other"],
            "multi" => &["a", "b", "c", "other", "none"],
            "ranking" | "matrix" => &["a", "b", "c"],
            "nps" | "rating" | "likert" if outline.is_randomised => {
                lines.push("randomise = \"reverse\"".to_owned());
                return lines;
            }
            _ => return lines,
        };
        lines.extend(outline.is_randomised.then(|| "randomise = \"shuffle\"".to_owned()));
        let option = |(at, code): (usize, &&str)| {
            let label = self.words("label", &format!("The {code}{pipe}"), &format!("Das {code}{pipe}"));
            let label = label.replace('\n', ", ");
            let mark = match *code {
                "other" => ", other = true",
                "none" => ", exclusive = true",
                _ => "",
            };
            let hidden = outline.hides.get(at).and_then(|test| joined(&[*test], known));
            let hidden = hidden.map_or(String::new(), |condition| format!(", show_if = '{condition}'"));
            format!("  {{ code = \"{code}\", {label}{mark}{hidden} }},\n")
        };
        let options: String = codes.iter().enumerate().map(option).collect();
        lines.push(format!("{} = [\n{options}]", if outline.kind == "matrix" { "rows" } else { "choices" }));
        lines
    }

    fn words(&self, key: &str, english: &str, german: &str) -> String {
        if self.is_translated {
            return format!("{key}.en = \"{english}\"\n{key}.de = \"{german}\"");
        }
        format!("{key} = \"{english}\"")
    }
}

/// Gives a condition of some of the questions that may be looked at.
fn joined(tests: &[Test], known: &[(&str, &str)]) -> Option<String> {
    let known: Vec<&(&str, &str)> = known.iter().filter(|(_, kind)| *kind != "note").collect();
    let comparison = |(index, form): &Test| {
        let (id, kind) = **index.get(&known);
        let (_, _, forms, _) = KINDS.iter().find(|(of, ..)| *of == kind).expect("a known type");
        let comparison = match form {
            3 => "!answered(#)",
            4 => "answered(#)",
            5 => beside(kind),
            form => forms[*form],
        };
        let other = known.iter().rev().find(|(other, of)| *other != id && (*of == kind || (kind, *of) == ("single", "multi")));
        let comparison = match other {
            Some((other, "multi")) if kind == "single" => comparison.replace("# == @", "# in @").replace('@', other),
            Some((other, _)) => comparison.replace('@', other),
            None if comparison.contains('@') => "answered(#)".to_owned(),
            None => comparison.to_owned(),
        };
        format!("({})", comparison.replace('#', id))
    };
    let compared: Vec<String> = tests.iter().filter(|_| !known.is_empty()).map(comparison).collect();
    (!compared.is_empty()).then(|| compared.join(if tests[0].1.is_multiple_of(2) { " && " } else { " || " }))
}

/// Gives a comparison with another answer of the same type.
fn beside(kind: &str) -> &'static str {
    match kind {
        "single" => "# == @",
        "nps" | "rating" | "likert" | "number" | "count" | "date" => "# < @",
        "matrix" => "#.a == @.b",
        _ => "# != @",
    }
}

fn piped(index: &Index, known: &[(&str, &str)]) -> Option<String> {
    let named: Vec<&str> =
        known.iter().filter(|(_, kind)| !["note", "boolean", "matrix", "ranking"].contains(kind)).map(|(id, _)| *id).collect();
    (!named.is_empty()).then(|| format!(" {{{}|that}}", index.get(&named)))
}

fn jumps(jumps: &[(Test, Index)], own: &[(&str, &str)], number: usize, count: usize) -> Option<String> {
    let (test, target) = jumps.first()?;
    let condition = joined(&[*test], own)?;
    let target = number + 1 + target.index(count - number);
    let target = if target < count { format!("q{target}") } else { "end".to_owned() };
    Some(format!("jump = [{{ if = '{condition}', to = \"{target}\" }}]"))
}
