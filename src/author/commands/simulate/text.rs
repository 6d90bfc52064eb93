//! A simulation in words and bars, for people: at most 80 columns.

use super::Simulated;
use super::figures::{bar, count, percent, time};
use crate::author::lint::Positions;
use crate::author::simulate::{Decides, QuestionReach, Simulation, What};
use crate::developer::commands::escape;
use crate::screen::text::{cut, width, wrap};
use crate::survey::Target;

const COLUMNS: usize = 80;
/// The widest column of names.
const NAMES: usize = 34;

/// Writes what became of a survey.
pub(super) fn text(file: &Simulated) -> String {
    let simulation = &file.simulation;
    let positions = Positions::new(&file.source.text);
    let title = file.source.survey.title.get(&simulation.language);
    let mut lines = wrap(title, COLUMNS);
    lines.extend(wrap(&surroundings(file), COLUMNS));
    lines.push(String::new());
    lines.extend(spreads(simulation));
    lines.extend(section("Asked", asked(simulation)));
    lines.extend(section("Arms drawn", arms(simulation)));
    lines.extend(section("Answers that break a constraint", constraints(simulation)));
    lines.extend(section("Never met", never(simulation, &positions)));
    lines.iter().map(|line| escape(line.trim_end()) + "\n").collect()
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
    [String::new(), heading.to_owned()].into_iter().chain(lines.iter().map(|line| format!("  {line}"))).collect()
}

/// Gives how many questions are asked and how long that takes, beside the budget.
fn spreads(simulation: &Simulation) -> Vec<String> {
    let row = |name: &str, cells: [String; 5]| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>8}")).collect();
        format!("  {name:<9}{cells}")
    };
    let (lengths, seconds) = (&simulation.lengths, &simulation.seconds);
    let figures =
        |spread: &crate::author::simulate::Spread| [spread.least(), spread.at(10), spread.at(50), spread.at(90), spread.most()];
    let mut lines = vec![
        row("", ["min", "10%", "median", "90%", "max"].map(str::to_owned)),
        row("questions", figures(lengths).map(|questions| questions.to_string())),
        row("minutes", figures(seconds).map(time)),
        String::new(),
    ];
    lines.extend(verdict(simulation).into_iter().map(|line| format!("  {line}")));
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

/// Gives how many were asked each question, and offered each choice and row that not everyone is.
fn asked(simulation: &Simulation) -> Vec<String> {
    let codes = simulation.questions.iter().flat_map(conditional).map(|option| option.code.as_str().len() + 2);
    let ids = simulation.questions.iter().map(|question| question.id.as_str().len());
    let names = codes.chain(ids).max().unwrap_or_default().min(NAMES);
    let line = |name: &str, kind: &str, part: usize, whole: usize| {
        let name = cut(name, names);
        let gap = " ".repeat(names - width(&name));
        format!("{name}{gap}  {kind:<8}  {}  {:>4}", bar(part, whole), percent(part, whole))
    };
    let mut lines = Vec::new();
    for question in &simulation.questions {
        lines.push(line(question.id.as_str(), question.kind, question.asked, simulation.respondents));
        for option in conditional(question) {
            let drawn = line(&format!("  {}", option.code), "", option.offered, question.asked);
            lines.push(format!("{drawn} of those asked"));
        }
    }
    lines
}

fn conditional(question: &QuestionReach) -> impl Iterator<Item = &crate::author::simulate::OptionReach> {
    question.options.iter().filter(|option| option.is_conditional)
}

fn arms(simulation: &Simulation) -> Vec<String> {
    let all =
        || simulation.variants.iter().flat_map(|variant| variant.arms.iter().map(move |(arm, drawn)| (variant, arm, *drawn)));
    let name = |variant: &crate::survey::Name, arm: &crate::survey::Name| cut(&format!("{variant} {arm}"), NAMES);
    let names = all().map(|(variant, arm, _)| width(&name(&variant.id, arm))).max().unwrap_or_default();
    let line = |(variant, arm, drawn): (&crate::author::simulate::VariantReach, &crate::survey::Name, usize)| {
        let share = percent(drawn, simulation.respondents);
        format!("{:<names$}  {}  {share:>4}  {:>9}", name(&variant.id, arm), bar(drawn, simulation.respondents), count(drawn))
    };
    all().map(line).collect()
}

fn constraints(simulation: &Simulation) -> Vec<String> {
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
    let line = |(id, broken, answers): &(&str, usize, usize)| {
        let share = percent(*broken, *answers);
        format!("{id:<names$}  {}  {share:>4}  {} of {}", bar(*broken, *answers), count(*broken), count(*answers))
    };
    rows.iter().map(line).collect()
}

/// Gives all that no respondent ever met, each with its line.
fn never(simulation: &Simulation, positions: &Positions<'_>) -> Vec<String> {
    let dead = simulation.dead();
    if dead.is_empty() {
        return vec!["Nothing: every question, choice, row and jump was met.".to_owned()];
    }
    let line_of = |place: &Option<std::ops::Range<usize>>| {
        place.as_ref().map_or_else(String::new, |place| format!("line {}", positions.of(place.start).line))
    };
    let lines: Vec<String> = dead.iter().map(|dead| line_of(&dead.place)).collect();
    let numbers = lines.iter().map(String::len).max().unwrap_or_default();
    let room = COLUMNS - numbers - 4;
    let one = |(dead, line): (&crate::author::simulate::Dead, &String)| {
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
