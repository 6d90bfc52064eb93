//! A simulation in words and bars, for people, in the columns that there are: where these are few, bars and types are left out.

use super::Simulated;
use super::figures::{bar, count, percent, time};
use crate::author::lint::Positions;
use crate::author::simulate::{Dead, Decides, OptionReach, QuestionReach, Simulation, Spread, VariantReach, What};
use crate::developer::commands::escape;
use crate::screen::text::{cut, width, wrap};
use crate::survey::{Name, Target};

/// The widest column of names.
const NAMES: usize = 34;
/// How far the lines of a section are set in.
const INDENT: usize = 2;

/// Writes what became of a survey.
pub(super) fn text(file: &Simulated, columns: usize) -> String {
    let simulation = &file.simulation;
    let positions = Positions::new(&file.source.text);
    let title = file.source.survey.title.get(&simulation.language);
    let room = columns.saturating_sub(INDENT);
    let mut lines = wrap(title, columns);
    lines.extend(wrap(&surroundings(file), columns));
    lines.push(String::new());
    lines.extend(indented(spreads(simulation, room)));
    lines.extend(section("Asked", asked(simulation, room)));
    lines.extend(section("Arms drawn", arms(simulation, room)));
    lines.extend(section("Answers that break a constraint", constraints(simulation, room)));
    lines.extend(section("Never met", never(simulation, &positions, room)));
    lines.iter().flat_map(|line| hung(line, columns)).map(|line| escape(line.trim_end()) + "\n").collect()
}

/// Breaks a line that is too long between its words; what follows is set in deeper.
fn hung(line: &str, columns: usize) -> Vec<String> {
    let words = line.trim_start();
    let indent = line.len() - words.len();
    if width(line) <= columns {
        return vec![line.to_owned()];
    }
    let lines = wrap(words, columns.saturating_sub(indent + INDENT)).into_iter().enumerate();
    lines.map(|(at, words)| " ".repeat(if at == 0 { indent } else { indent + INDENT }) + &words).collect()
}

/// Gives the first of several ways to write the same that fits, else the last.
fn fitting(ways: impl IntoIterator<Item = Vec<String>>, columns: usize) -> Vec<String> {
    let mut last = Vec::new();
    for lines in ways {
        if lines.iter().all(|line| width(line) <= columns) {
            return lines;
        }
        last = lines;
    }
    last
}

fn indented(lines: Vec<String>) -> impl Iterator<Item = String> {
    lines.into_iter().map(|line| " ".repeat(INDENT) + &line)
}

fn surroundings(file: &Simulated) -> String {
    let Simulation { respondents, seed, language, .. } = &file.simulation;
    let people = if *respondents == 1 { "respondent" } else { "respondents" };
    format!("{} · {} {people} · seed {seed} · {language}", file.source.path, count(*respondents))
}

/// Gives the lines of a section under its heading; nothing where it has none.
fn section(heading: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        return lines;
    }
    [String::new(), heading.to_owned()].into_iter().chain(indented(lines)).collect()
}

/// Gives how many questions are asked and how long that takes, beside the budget.
fn spreads(simulation: &Simulation, columns: usize) -> Vec<String> {
    let figures = |spread: &Spread| [spread.least(), spread.at(10), spread.at(50), spread.at(90), spread.most()];
    let heads = ["min", "10%", "median", "90%", "max"].map(str::to_owned);
    let lengths = figures(&simulation.lengths).map(|questions| questions.to_string());
    let minutes = figures(&simulation.seconds).map(time);
    let across = |(name, cells): (&str, &[String; 5])| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>8}")).collect();
        format!("{name:<9}{cells}")
    };
    let wide = [("", &heads), ("questions", &lengths), ("minutes", &minutes)].map(across).to_vec();
    let down = |head: &str, questions: &str, minutes: &str| format!("{head:<6}{questions:>11}{minutes:>9}");
    let figures = heads.iter().zip(lengths.iter().zip(&minutes));
    let high = figures.map(|(head, (questions, minutes))| down(head, questions, minutes));
    let high = std::iter::once(down("", "questions", "minutes")).chain(high).collect();
    let mut lines = fitting([wide, high], columns);
    lines.push(String::new());
    lines.extend(verdict(simulation));
    lines
}

fn verdict(simulation: &Simulation) -> Vec<String> {
    let (Some(budget), Some(over)) = (simulation.budget_seconds(), simulation.over_budget()) else {
        return vec!["The survey has no budget: set one with `minutes`.".to_owned()];
    };
    let is_within = simulation.is_within_budget() == Some(true);
    let side = if is_within { "within" } else { "over" };
    let longest = time(simulation.seconds.at(90));
    vec![
        format!("{} 9 in 10 need at most {longest}, {side} the budget of {}.", if is_within { "✓" } else { "✗" }, time(budget)),
        format!("  {} of the respondents need longer than that.", percent(over, simulation.respondents)),
    ]
}

/// What stands in a line beside a name and its share.
#[derive(Clone, Copy)]
struct Beside {
    kind: bool,
    bar: bool,
    /// What the share of a choice or a row is a share of.
    of: bool,
}

/// Gives how many were asked each question, and offered each choice and row that not everyone is.
fn asked(simulation: &Simulation, columns: usize) -> Vec<String> {
    let all = Beside { kind: true, bar: true, of: true };
    let (untyped, short) = (Beside { kind: false, ..all }, Beside { kind: false, of: false, ..all });
    let ways = [all, untyped, short, Beside { bar: false, ..short }];
    fitting(ways.into_iter().map(|beside| asked_with(simulation, beside, columns)), columns)
}

fn asked_with(simulation: &Simulation, beside: Beside, columns: usize) -> Vec<String> {
    let codes = simulation.questions.iter().flat_map(conditional).map(|option| option.code.as_str().len() + 2);
    let ids = simulation.questions.iter().map(|question| question.id.as_str().len());
    let names = codes.chain(ids).max().unwrap_or_default().min(NAMES).min(columns.saturating_sub(6));
    let line = |name: &str, kind: &str, part: usize, whole: usize| {
        let kind = if beside.kind { format!("  {kind:<8}") } else { String::new() };
        let bar = if beside.bar { format!("  {}", bar(part, whole)) } else { String::new() };
        format!("{}{kind}{bar}  {:>4}", padded(name, names), percent(part, whole))
    };
    let has_conditional = simulation.questions.iter().any(|question| conditional(question).next().is_some());
    let mut lines = Vec::new();
    lines.extend((has_conditional && !beside.of).then(|| "choices and rows: of those asked".to_owned()));
    for question in &simulation.questions {
        lines.push(line(question.id.as_str(), question.kind, question.asked, simulation.respondents));
        for option in conditional(question) {
            let drawn = line(&format!("  {}", option.code), "", option.offered, question.asked);
            lines.push(drawn + if beside.of { " of those asked" } else { "" });
        }
    }
    lines
}

fn padded(name: &str, columns: usize) -> String {
    let name = cut(name, columns);
    let gap = " ".repeat(columns.saturating_sub(width(&name)));
    name + &gap
}

fn conditional(question: &QuestionReach) -> impl Iterator<Item = &OptionReach> {
    question.options.iter().filter(|option| option.is_conditional)
}

fn arms(simulation: &Simulation, columns: usize) -> Vec<String> {
    let all =
        || simulation.variants.iter().flat_map(|variant| variant.arms.iter().map(move |(arm, drawn)| (variant, arm, *drawn)));
    let name = |variant: &Name, arm: &Name| cut(&format!("{variant} {arm}"), NAMES);
    let names = all().map(|(variant, arm, _)| width(&name(&variant.id, arm))).max().unwrap_or_default();
    let line = |(variant, arm, drawn): (&VariantReach, &Name, usize), has_bar: bool| {
        let share = percent(drawn, simulation.respondents);
        let bar = if has_bar { format!("  {}", bar(drawn, simulation.respondents)) } else { String::new() };
        format!("{:<names$}{bar}  {share:>4}  {:>9}", name(&variant.id, arm), count(drawn))
    };
    fitting([true, false].map(|has_bar| all().map(|arm| line(arm, has_bar)).collect()), columns)
}

fn constraints(simulation: &Simulation, columns: usize) -> Vec<String> {
    let of = simulation.conditions.iter().filter_map(|condition| match &condition.decides {
        Decides::Constraint(id) => Some((id.as_str(), condition.failed, condition.held + condition.failed)),
        _ => None,
    });
    let mut rows: Vec<(&str, usize, usize)> = of.collect();
    let (answers, broken) = simulation.constrained();
    if rows.len() > 1 {
        rows.push(("all", broken, answers));
    }
    let names = rows.iter().map(|(id, ..)| id.len()).max().unwrap_or_default();
    let line = |(id, broken, answers): &(&str, usize, usize), has_bar: bool| {
        let share = percent(*broken, *answers);
        let bar = if has_bar { format!("  {}", bar(*broken, *answers)) } else { String::new() };
        format!("{id:<names$}{bar}  {share:>4}  {} of {}", count(*broken), count(*answers))
    };
    fitting([true, false].map(|has_bar| rows.iter().map(|row| line(row, has_bar)).collect()), columns)
}

/// Gives all that no respondent ever met, each with its line.
fn never(simulation: &Simulation, positions: &Positions<'_>, columns: usize) -> Vec<String> {
    let dead = simulation.dead();
    if dead.is_empty() {
        return vec!["Nothing: every question, choice, row and jump was met.".to_owned()];
    }
    let line_of = |place: &Option<std::ops::Range<usize>>| {
        place.as_ref().map_or_else(String::new, |place| format!("line {}", positions.of(place.start).line))
    };
    let lines: Vec<String> = dead.iter().map(|dead| line_of(&dead.place)).collect();
    let numbers = lines.iter().map(String::len).max().unwrap_or_default();
    let room = columns.saturating_sub(numbers + 2);
    let one = |(dead, line): (&Dead, &String)| {
        let told = wrap(&told(&dead.what), room);
        let starts = std::iter::once(line.as_str()).chain(std::iter::repeat(""));
        told.iter().zip(starts).map(|(told, start)| format!("{start:<numbers$}  {told}")).collect::<Vec<_>>()
    };
    dead.iter().zip(&lines).flat_map(one).collect()
}

fn told(what: &What) -> String {
    match what {
        What::Question(id) => format!("{id} is never asked"),
        What::Option(id, code) => format!("{code} of {id} is never offered"),
        What::Jump { from, to: Target::Question(to) } => format!("the jump from {from} to {to} is never taken"),
        What::Jump { from, to: Target::End } => format!("the jump from {from} to the end is never taken"),
        What::Condition { decides, source, held, times } => {
            let of = match decides {
                Decides::Question(id) => format!("the condition of {id}"),
                Decides::Group(id) => format!("the condition of the group {id}"),
                Decides::Option(id, code) => format!("the condition of {code} of {id}"),
                Decides::Constraint(id) => format!("the constraint of {id}"),
                Decides::Jump(id) => format!("the condition of a jump from {id}"),
            };
            let outcome = if *held { "never fails" } else { "never holds" };
            format!("{of} {outcome}, asked {} times: {source}", count(*times))
        }
    }
}
