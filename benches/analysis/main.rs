//! How long figures take over ten million answers, and exports of a million responses, beside polars and DuckDB in the same run.
//!
//! `tests/bench analysis [counting | exporting | reading | reporting]`. Every figure is the processor time of the whole process, the median of
//! several turns; the peers run the same questions over the same answers, in a process of their own.

#[path = "../figures/figure.rs"]
mod figure;
#[path = "../ingest/processor.rs"]
mod processor;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

use dxpulse::research::cube::Cube;
use dxpulse::research::data::{Asked, Builder, Dataset, Level, Source, Value, Variable, VariableKind, Wave};
use dxpulse::research::exports::{Format, Style};
use dxpulse::research::findings::{Findings, Request};
use dxpulse::research::pages;
use dxpulse::research::sources::{Mapping, read_table};
use dxpulse::research::suppression::Ledger;
use dxpulse::statistics::{Nps, QuantileType, Scale};
use dxpulse::survey::Measure;
use figure::{Figure, Target};

/// How often each figure is taken.
const TURNS: usize = 5;

const WAVES: usize = 8;
const SEGMENTS: usize = 40;
const QUESTIONS: usize = 20;
const ANSWERS: usize = 10_000_000;
const RESPONSES: usize = 1_000_000;

/// A part of the figures, measured in a folder.
type Part = fn(&Path) -> io::Result<Vec<Figure>>;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    if !arguments.iter().any(|argument| argument == "--bench") {
        writeln!(out, "figures are measured by: tests/bench analysis")?;
        return Ok(ExitCode::SUCCESS);
    }
    let folder = tempfile::tempdir()?;
    let parts: [(&str, Part); 4] =
        [("counting", counting), ("exporting", exporting), ("reading", reading), ("reporting", reporting)];
    let is_named = |name: &str| arguments.iter().any(|argument| argument == name);
    let is_any_named = parts.iter().any(|(name, _)| is_named(name));
    let mut figures = Vec::new();
    for (_, part) in parts.iter().filter(|(name, _)| is_named(name) || !is_any_named) {
        figures.extend(part(folder.path())?);
    }
    let shown =
        if arguments.iter().any(|argument| argument == "--json") { figure::json(&figures) } else { figure::table(&figures) };
    out.write_all(shown.as_bytes())?;
    Ok(if figures.iter().all(Figure::is_met) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Counts ten million answers to one question, and half a million to twenty.
fn counting(folder: &Path) -> io::Result<Vec<Figure>> {
    let one = dataset(ANSWERS, 1);
    let many = dataset(ANSWERS / QUESTIONS, QUESTIONS);
    let peers = peers(folder, "counting")?;
    let (nps, segment) = (&one.variables[0], &one.groupings[0]);
    let ours = [
        median(|| scores(&Cube::of(&one, nps, Some(segment)), WAVES)),
        median(|| {
            many.variables.iter().map(|variable| scores(&Cube::of(&many, variable, Some(&many.groupings[0])), WAVES)).sum()
        }),
        median(|| {
            let cube = Cube::of(&one, nps, Some(segment));
            (0..cube.groups()).map(|group| (0..WAVES).map(|wave| cube.cell(wave, group).levels[10]).sum::<u64>() as f64).sum()
        }),
        median(|| quantiles(&Cube::of(&one, nps, Some(segment)), nps)),
    ];
    let names =
        ["NPS by wave and segment", "the same by question (6,400 groups)", "cross-tabulation", "5 quantiles in 320 groups"];
    Ok(beside(&names, &ours, &peers))
}

fn scores(cube: &Cube, waves: usize) -> f64 {
    let score = |wave: usize, group: usize| {
        let counts = cube.cell(wave, group).levels;
        let among = |range: std::ops::Range<usize>| counts[range].iter().sum();
        Nps { detractors: among(0..7), passives: among(7..9), promoters: among(9..11) }.score().unwrap_or_default()
    };
    (0..waves).flat_map(|wave| (0..cube.groups()).map(move |group| (wave, group))).map(|(wave, group)| score(wave, group)).sum()
}

fn quantiles(cube: &Cube, variable: &Variable) -> f64 {
    let points = variable.points();
    let cells = (0..WAVES).flat_map(|wave| (0..SEGMENTS).map(move |group| cube.cell(wave, group)));
    let of = |counts: dxpulse::research::cube::Counts| {
        let scale = Scale::of(points.iter().zip(counts.levels).filter_map(|(point, count)| Some(((*point)?, count))));
        [0.1, 0.25, 0.5, 0.75, 0.9].map(|at| scale.quantile(at, QuantileType::Linear).unwrap_or_default()).iter().sum::<f64>()
    };
    cells.map(of).sum()
}

/// Writes a million responses to twenty questions.
fn exporting(folder: &Path) -> io::Result<Vec<Figure>> {
    let all = dataset(RESPONSES, QUESTIONS);
    let write = |format: Format| {
        median(|| {
            let mut to = BufWriter::new(fs::File::create(folder.join("ours")).expect("a file can be written"));
            format.write(&all, Style::default(), &mut to, &mut |_| {}).expect("it can be written");
            0.0
        })
    };
    let before = from_now_on();
    let ours = [write(Format::Csv), write(Format::Parquet)];
    let (name, unit, grown) = ("memory that exporting adds", "MiB", most_mib() - before);
    let flat = Figure { name, unit, dxpulse: grown, beside: before, floor: "with the answers", target: Target::Most(64.0) };
    let peers = peers(folder, "exporting")?;
    Ok([beside(&["1 million × 20 as CSV", "1 million × 20 as Parquet"], &ours, &peers), vec![flat]].concat())
}

/// Counts one of twenty questions out of a Parquet file of a million responses.
fn reading(folder: &Path) -> io::Result<Vec<Figure>> {
    let mut file = BufWriter::new(fs::File::create(folder.join("answers.parquet"))?);
    let written = Format::Parquet.write(&dataset(RESPONSES, QUESTIONS), Style::default(), &mut file, &mut |_| {});
    written.map_err(io::Error::other)?;
    file.flush()?;
    let mapping = "table = \"answers.parquet\"\nsurvey = \"bench\"\nwave = { column = \"wave\" }\n[segments]\nsegment = { column = \"segment\" }\n";
    let file = folder.join("counted.toml");
    fs::write(&file, mapping.to_owned() + &item("nps", "q0"))?;
    let ours = median(|| {
        let all = mapped(&file);
        scores(&Cube::of(&all, &all.variables[0], Some(&all.groupings[0])), WAVES)
    });
    let peers = peers(folder, "reading")?;
    Ok(beside(&["NPS by wave and segment out of Parquet"], &[ours], &peers))
}

/// Reads a table by its mapping.
fn mapped(file: &Path) -> Dataset {
    let mut builder = Builder::new("bench", "", "en");
    let mapping = Mapping::read(file).expect("it is a mapping");
    read_table(file, (&mapping, None), &mut builder).expect("it can be read");
    builder.finish()
}

/// Gives an item of a mapping, which stands in the column of its name.
fn item(kind: &str, name: &str) -> String {
    format!("[[items]]\nid = \"{name}\"\ntype = \"{kind}\"\ncolumn = \"{name}\"\ntext = \"{name}\"\n")
}

/// Reads a table of a million responses to a score and nineteen satisfactions that go with it, and reports on it.
fn reporting(folder: &Path) -> io::Result<Vec<Figure>> {
    let mut table = BufWriter::new(fs::File::create(folder.join("answers.csv"))?);
    let mut chance = Chance(7);
    let names: Vec<String> = (1..QUESTIONS).map(|at| format!("q{at}")).collect();
    writeln!(table, "wave,segment,nps,{}", names.join(","))?;
    for _ in 0..RESPONSES {
        let mood = chance.below(5);
        write!(table, "2026-Q{},s{},{}", 1 + chance.below(4), chance.below(SEGMENTS), mood + chance.below(7))?;
        for _ in &names {
            write!(table, ",{}", 1 + mood.min(chance.below(8)).min(4))?;
        }
        writeln!(table)?;
    }
    table.flush()?;
    let items: String = names.iter().map(|name| item("csat", name)).collect();
    let items = item("nps", "nps") + &items;
    let mapping = format!(
        "table = \"answers.csv\"\nsurvey = \"bench\"\nwave = {{ column = \"wave\" }}\n[segments]\nsegment = {{ column = \"segment\" }}\n{items}"
    );
    fs::write(folder.join("bench.toml"), mapping)?;
    let file = folder.join("bench.toml");
    let reading = median(|| mapped(&file).len() as f64);
    let all = mapped(&file);
    let report = median(|| {
        let (findings, _) = Findings::of(&all, &Request::default(), &Ledger::default()).expect("there are findings");
        pages::html(&findings).len() as f64
    });
    let (unit, dxpulse) = ("ms", reading + report);
    let figure = |name, dxpulse, target| Figure { name, unit, dxpulse, beside: reading, floor: "reading", target };
    Ok(vec![
        figure("report over 1 million responses", report, Target::Shown),
        figure("the same with reading", dxpulse, Target::Ratio(3.0)),
    ])
}

/// Puts each figure beside both peers: level with polars, and ahead of DuckDB.
fn beside(names: &[&'static str], ours: &[f64], peers: &serde_json::Value) -> Vec<Figure> {
    let of = |peer: &str, at: usize| peers[peer][at].as_f64().unwrap_or(f64::NAN);
    let figure = |name, dxpulse, beside, floor, target| Figure { name, unit: "ms", dxpulse, beside, floor, target };
    let both = names.iter().zip(ours).enumerate().flat_map(|(at, (name, ours))| {
        [
            figure(*name, *ours, of("polars", at), "polars", Target::Ratio(1.0)),
            figure(*name, *ours, of("duckdb", at), "DuckDB", Target::Ratio(1.0)),
        ]
    });
    both.collect()
}

/// Runs the peers on the same task, in the folder.
fn peers(folder: &Path, task: &str) -> io::Result<serde_json::Value> {
    let python = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/bench/bin/python");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/analysis/peers.py");
    let output = Command::new(python).args([script, task]).current_dir(folder).output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    serde_json::from_slice(&output.stdout).map_err(io::Error::other)
}

/// How long a task is repeated, so that the clock's ticks don't matter.
const LONG_ENOUGH: f64 = 300.0;

/// Gives the processor time of a task in milliseconds, the median of several turns.
fn median(task: impl Fn() -> f64) -> f64 {
    let turn = |_| {
        let (before, mut times) = (processor_ms(), 0.0);
        while processor_ms() - before < LONG_ENOUGH {
            std::hint::black_box(task());
            times += 1.0;
        }
        (processor_ms() - before) / times
    };
    let mut taken: Vec<f64> = (0..=TURNS).map(turn).skip(1).collect();
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}

/// Counts the most memory from now on, and gives what there is.
fn from_now_on() -> f64 {
    fs::write("/proc/self/clear_refs", "5").expect("the peak of one's own memory can be set back");
    most_mib()
}

/// Gives the most memory this process has had since then.
fn most_mib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
    most.unwrap_or_default() / 1024.0
}

/// Gives the processor time this process has used.
fn processor_ms() -> f64 {
    processor::time_of("self").expect("a process can read its own time").as_secs_f64() * 1e3
}

/// Makes answers to so many NPS questions.
fn dataset(responses: usize, questions: usize) -> Dataset {
    let mut builder = Builder::new("bench", "Bench", "en");
    let wave = |at: usize| Wave {
        name: format!("w{at}"),
        opens: None,
        closes: None,
        invited: None,
        classes: Vec::new(),
        is_open: false,
    };
    let waves: Vec<u16> = (0..WAVES).map(|at| builder.wave(wave(at))).collect();
    let levels: Vec<Level> =
        (0..=10).map(|point| Level { code: point.to_string(), label: String::new(), point: Some(point) }).collect();
    let kind = VariableKind::Scale { measure: Measure::Nps, higher_is_better: true };
    let mut variables = Vec::new();
    for at in 0..questions {
        let variable = Variable { levels: levels.clone(), ..Variable::new(format!("q{at}"), kind) };
        let place = builder.variable(variable).expect("eleven levels are few");
        waves.iter().for_each(|wave| builder.asks(*wave, place, Asked { hash: String::new(), continues: true }));
        variables.push(place);
    }
    let segment = builder.grouping("segment", Source::Segment);
    let names: Vec<String> = (0..SEGMENTS).map(|at| format!("s{at}")).collect();
    let mut chance = Chance(1);
    for _ in 0..responses {
        builder.begin(waves[chance.below(WAVES)]);
        builder.group(segment, &names[chance.below(SEGMENTS)]).expect("forty groups are few");
        for variable in &variables {
            builder.set(*variable, Value::Level(u8::try_from(chance.below(11)).expect("eleven levels")));
        }
    }
    builder.finish()
}

/// Numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % many
    }
}
