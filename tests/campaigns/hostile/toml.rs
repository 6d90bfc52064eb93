//! Survey files that are too large, too deep or too many, that name what they may not, and mutations of sound ones.

use std::time::Duration;

use dxpulse::developer::catalog::BUNDLED;
use serde_json::Value;

use super::mutations::mutated;
use super::programs::{bounded, judged, judged_with};
use super::text::written;
use crate::support::{Home, Random};
use crate::trials::{Plan, Verdict, guarded};

/// From here on a campaign without a fault counts.
const JUDGED_FROM: u64 = 1000;

const HEAD: &str = "id = \"hostile\"\ntitle = \"Hostile\"\n";
const QUESTION: &str = "[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How likely?\"\n";

/// A file, and whether it must be refused.
struct Made {
    text: Vec<u8>,
    what: String,
    is_refused: bool,
}

pub(crate) fn part(plan: &Plan) -> Verdict {
    plan.carry_out_on(4, JUDGED_FROM, 1, |seed| {
        let made = made(seed, &mut Random::new(seed));
        guarded(|| trial(&made).map_err(|what| format!("{}: {what}", made.what)))
    })
}

fn trial(made: &Made) -> Result<(), String> {
    let home = Home::new();
    let file = written(&home, "surveys/hostile.toml", &made.text)?;
    let start = std::time::Instant::now();
    let report = judged(bounded(&home, ["survey", "lint", "--format", "json"]).arg(&file))?;
    judged(bounded(&home, ["survey", "lint"]).arg(&file))?;
    let taken = judged_with(bounded(&home, ["take", "--answers", "-"]).arg(&file), b"{}")?;
    judged(&mut bounded(&home, ["list", "--json"]))?;
    if start.elapsed() > Duration::from_secs(20) {
        return Err(format!("four commands took {:?}", start.elapsed()));
    }
    if made.is_refused && (report.status.success() || taken.status.success()) {
        return Err("it is not refused".to_owned());
    }
    let is_told = is_placed(&report.stdout) || report.stdout.is_empty();
    // A file that is no text has no place to name.
    if !report.status.success() && !is_told && std::str::from_utf8(&made.text).is_ok() {
        return Err(format!("no finding has a place: {}", String::from_utf8_lossy(&report.stdout)));
    }
    Ok(())
}

fn is_placed(report: &[u8]) -> bool {
    let report: Value = serde_json::from_slice(report).unwrap_or_default();
    let findings = report["files"].as_array().into_iter().flatten().filter_map(|file| file["findings"].as_array()).flatten();
    findings.into_iter().any(|finding| finding["line"].as_u64().is_some_and(|line| line > 0))
}

/// Makes a file: of each kind by turns, and half of all by mutation.
fn made(seed: u64, random: &mut Random) -> Made {
    if seed.is_multiple_of(2) {
        let source = random.pick(BUNDLED).1;
        return Made { text: mutated(source.as_bytes(), random), what: "a mutation".to_owned(), is_refused: false };
    }
    let many = usize::try_from(random.within(300..60_000)).expect("it fits");
    let kinds = refused(many, random);
    let at = usize::try_from(seed / 2).expect("it fits") % kinds.len();
    let (what, body) = &kinds[at];
    let text = if body.starts_with("id =") { body.clone() } else { format!("{HEAD}{body}\n{QUESTION}") };
    Made { text: text.into_bytes(), what: format!("{what}, {many}"), is_refused: true }
}

/// Gives one of each kind of file that must be refused.
fn refused(many: usize, random: &mut Random) -> Vec<(&'static str, String)> {
    let nested = |open: &str, close: &str| format!("x = {}1{}", open.repeat(many), close.repeat(many));
    let questions: String = (0..201 + many % 300).map(|at| QUESTION.replace("\"q\"", &format!("\"q{at}\""))).collect();
    let ids = ["../x", "..", "/etc/passwd", "a/b", "A", "-a", "a\\u0000", "", "a b", "a.toml", "a%2fb", "ａ"];
    let words = ["true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import"];
    let id = random.pick(&ids);
    let asked = |id: &str| format!("{QUESTION}[[question]]\nid = \"{id}\"\ntype = \"nps\"\ntext = \"Again?\"\n");
    let condition = |text: &str| format!("{QUESTION}show_if = \"{text}\"\n[x]\n");
    vec![
        ("too large by comments", format!("{HEAD}{}{QUESTION}", "# a comment that says nothing\n".repeat(9000 + many))),
        ("too large by one text", format!("{HEAD}introduction = \"{}\"\n{QUESTION}", "a".repeat((256 << 10) + many))),
        ("too large by spaces", format!("{HEAD}{}{QUESTION}", " \n".repeat((128 << 10) + many))),
        ("deep arrays", nested("[", "]")),
        ("deep arrays without an end", nested("[", "")),
        ("deep tables", nested("{ a = ", " }")),
        ("deep tables without an end", nested("{ a = ", "")),
        ("a long dotted key", format!("x{} = 1", ".a".repeat(many))),
        ("a long dotted table", format!("[x{}]", ".a".repeat(many))),
        ("many tables", (0..many / 4).map(|at| format!("[t{at}]\n")).collect()),
        ("many keys", (0..many / 4).map(|at| format!("k{at} = 1\n")).collect()),
        ("one key many times", "title = \"again\"\n".repeat(many / 4)),
        ("too many questions", format!("{HEAD}{questions}")),
        ("the id of a survey", format!("id = \"{id}\"\ntitle = \"Hostile\"\n{QUESTION}")),
        ("a long id", format!("id = \"{}\"\ntitle = \"Hostile\"\n{QUESTION}", "a".repeat(many))),
        ("the id of a question", format!("{HEAD}{}", asked(id))),
        ("a reserved word", format!("{HEAD}{}", asked(random.pick(&words)))),
        ("a long condition", format!("{HEAD}{}", condition(&"q > 1 && ".repeat(many / 10)))),
        ("a deep condition", format!("{HEAD}{}", condition(&"(".repeat(many.min(900))))),
        ("a condition of lists", format!("{HEAD}{}", condition(&format!("q in [{}]", "[".repeat(many.min(900)))))),
        ("a long number", format!("x = {}", "9".repeat(many))),
        ("a long date", format!("x = 2026-01-01T00:00:00.{}Z", "9".repeat(many))),
        (
            "many choices",
            format!("[[question]]\nid = \"c\"\ntype = \"single\"\ntext = \"?\"\nchoices = [{}]", "\"a\",".repeat(many / 2)),
        ),
        (
            "many languages",
            format!("introduction = {{ {} }}", (0..many / 8).map(|at| format!("l{at} = \"x\", ")).collect::<String>()),
        ),
        ("no end of a text", format!("introduction = \"\"\"{}", "a\n".repeat(many))),
        ("nothing but marks", "[{=\"'#,.".repeat(many / 4)),
        ("zero bytes", "\0".repeat(many)),
    ]
}
