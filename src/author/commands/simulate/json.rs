//! A simulation for scripts: one JSON object, whose shape the help of the command tells. Nothing is rounded.

use std::ops::Range;

use serde_json::{Value, json};

use super::{Arguments, Simulated};
use crate::author::lint::report::{Failed, failures, file, safe_json};
use crate::author::lint::{Checked, Positions};
use crate::author::simulate::{Decides, QuestionReach, Simulation, What};
use crate::survey::Target;

/// Writes what became of every file.
pub(super) fn json(arguments: &Arguments, files: &[Result<Simulated, Checked>], unread: &[Failed]) -> String {
    safe_json(&json!({
        "respondents": arguments.respondents,
        "seed": arguments.seed,
        "files": files.iter().map(one).collect::<Vec<_>>(),
        "failures": failures(unread),
    }))
}

fn one(outcome: &Result<Simulated, Checked>) -> Value {
    match outcome {
        Ok(simulated) => {
            let simulation = simulation(simulated);
            json!({ "path": simulated.source.path, "unreadable": false, "findings": [], "simulation": simulation })
        }
        Err(checked) => {
            let mut value = file(checked);
            value["simulation"] = Value::Null;
            value
        }
    }
}

fn simulation(Simulated { source, simulation }: &Simulated) -> Value {
    let positions = Positions::new(&source.text);
    let lines = |place: &Option<Range<usize>>| place.as_ref().map(|place| line(&positions, place));
    let (lengths, seconds) = (&simulation.lengths, &simulation.seconds);
    let minutes = |seconds: u32| f64::from(seconds) / 60.0;
    let (answers, broken) = simulation.constrained();
    json!({
        "id": source.survey.id.as_str(),
        "title": source.survey.title.get(&simulation.language),
        "language": simulation.language,
        "budget": budget(simulation),
        "questions_asked": {
            "min": lengths.least(), "p10": lengths.at(10), "median": lengths.at(50), "p90": lengths.at(90), "max": lengths.most(),
        },
        "minutes": {
            "min": minutes(seconds.least()), "p10": minutes(seconds.at(10)), "median": minutes(seconds.at(50)),
            "p90": minutes(seconds.at(90)), "max": minutes(seconds.most()),
        },
        "questions": simulation.questions.iter().map(|it| question(it, simulation, &lines)).collect::<Vec<_>>(),
        "conditions": conditions(simulation, &positions),
        "jumps": simulation.jumps.iter().map(|jump| json!({
            "from": jump.from.as_str(), "to": target(&jump.to), "line": line(&positions, &jump.place), "taken": jump.taken,
        })).collect::<Vec<_>>(),
        "variants": variants(simulation),
        "constraints": { "answers": answers, "broken": broken, "share": share(broken, answers) },
        "never": simulation.dead().iter().map(|dead| with_line(what(&dead.what), lines(&dead.place))).collect::<Vec<_>>(),
    })
}

fn budget(simulation: &Simulation) -> Value {
    let (Some(minutes), Some(over)) = (simulation.budget_minutes, simulation.over_budget()) else { return Value::Null };
    json!({
        "minutes": minutes,
        "over": over,
        "over_share": share(over, simulation.respondents),
        "within": simulation.is_within_budget(),
    })
}

/// Gives the line of a place.
type Lines<'a> = dyn Fn(&Option<Range<usize>>) -> Option<usize> + 'a;

fn question(question: &QuestionReach, simulation: &Simulation, lines: &Lines<'_>) -> Value {
    let options = question.options.iter().map(|option| {
        let share = share(option.offered, question.asked);
        json!({ "code": option.code.as_str(), "line": lines(&option.place), "offered": option.offered, "share": share })
    });
    json!({
        "id": question.id.as_str(),
        "type": question.kind,
        "line": lines(&question.place),
        "asked": question.asked,
        "share": share(question.asked, simulation.respondents),
        "options": options.collect::<Vec<_>>(),
    })
}

fn conditions(simulation: &Simulation, positions: &Positions<'_>) -> Vec<Value> {
    let one = |it: &crate::author::simulate::ConditionReach| {
        let [kind, question, group, code] = decides(&it.decides);
        json!({
            "line": line(positions, &it.place), "decides": kind, "question": question, "group": group, "code": code,
            "source": it.source, "held": it.held, "failed": it.failed,
        })
    };
    simulation.conditions.iter().map(one).collect()
}

fn variants(simulation: &Simulation) -> Vec<Value> {
    let one = |variant: &crate::author::simulate::VariantReach| {
        let arms = variant
            .arms
            .iter()
            .map(|(arm, drawn)| json!({ "id": arm.as_str(), "drawn": drawn, "share": share(*drawn, simulation.respondents) }));
        json!({ "id": variant.id.as_str(), "arms": arms.collect::<Vec<_>>() })
    };
    simulation.variants.iter().map(one).collect()
}

/// Gives what a condition decides about, and the question, group and code that it is about.
fn decides(decides: &Decides) -> [Option<&str>; 4] {
    match decides {
        Decides::Question(id) => [Some("question"), Some(id.as_str()), None, None],
        Decides::Group(name) => [Some("group"), None, Some(name.as_str()), None],
        Decides::Option(id, code) => [Some("option"), Some(id.as_str()), None, Some(code.as_str())],
        Decides::Constraint(id) => [Some("constraint"), Some(id.as_str()), None, None],
        Decides::Jump(id) => [Some("jump"), Some(id.as_str()), None, None],
    }
}

fn what(what: &What) -> Value {
    match what {
        What::Question(id) => json!({ "what": "question", "question": id.as_str() }),
        What::Option(id, code) => json!({ "what": "option", "question": id.as_str(), "code": code.as_str() }),
        What::Jump { from, to } => json!({ "what": "jump", "question": from.as_str(), "to": target(to) }),
        What::Condition { decides: of, source, held, .. } => {
            let [kind, question, group, code] = decides(of);
            json!({
                "what": "condition", "decides": kind, "question": question, "group": group, "code": code,
                "source": source, "held": held,
            })
        }
    }
}

fn with_line(value: Value, line: Option<usize>) -> Value {
    let mut whole = json!({ "line": line });
    if let (Value::Object(whole), Value::Object(value)) = (&mut whole, value) {
        whole.extend(value);
    }
    whole
}

fn target(target: &Target) -> Option<&str> {
    match target {
        Target::Question(id) => Some(id.as_str()),
        Target::End => None,
    }
}

fn line(positions: &Positions<'_>, place: &Range<usize>) -> usize {
    positions.of(place.start).line
}

/// Gives a share from 0 to 1; `None` of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of at most a few hundred million")]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
