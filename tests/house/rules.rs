//! The rules of the house, each a function from the house to what breaks it.

use std::collections::{BTreeMap, BTreeSet};

use crate::house::{House, Source};
use crate::tokens::{Token, item_end, starts_with};

/// What each module may name besides itself; the longest matching name counts.
const LAYERS: &[(&str, &[&str])] = &[
    ("survey", &[]),
    ("response", &["survey"]),
    ("anonymous", &["survey", "response"]),
    ("report", &["survey::characters"]),
    ("screen", &["report::bug"]),
    ("statistics", &["survey::chance"]),
    ("disk", &[]),
    ("config", &["survey::nearest", "disk"]),
    ("author::lock", &["survey"]),
    ("author::diff", &["survey"]),
    ("developer", &["survey", "response", "anonymous", "report", "screen", "config", "disk"]),
    ("developer::phrases", &["survey", "response"]),
    ("developer::scrubbing", &[]),
    (
        "developer::answering",
        &["survey", "response", "anonymous", "screen::keymap", "screen::text", "developer::phrases", "developer::scrubbing"],
    ),
    ("developer::inbox", &["survey", "screen::keymap", "screen::text", "developer::phrases"]),
    ("developer::outbox", &["anonymous", "developer::store"]),
    ("developer::sync", &["survey", "anonymous", "developer::store", "developer::outbox"]),
    ("developer::spans", &["survey", "developer::phrases"]),
    ("developer::listing", &["survey", "screen::text", "developer::phrases", "developer::spans"]),
    ("developer::prompting", &["survey", "config", "developer::phrases", "developer::listing"]),
    ("developer::store", &["survey", "response", "anonymous", "config", "developer::prompting"]),
    ("developer::catalog", &["survey", "response", "anonymous", "config", "developer::store"]),
    ("developer::moving", &["developer::store", "developer::export"]),
    ("developer::export", &["survey", "response", "config", "developer::store", "developer::catalog"]),
    (
        "developer::faces",
        &[
            "survey",
            "response",
            "screen",
            "config",
            "developer::phrases",
            "developer::answering",
            "developer::inbox",
            "developer::listing",
            "developer::spans",
            "developer::store",
            "developer::catalog",
        ],
    ),
    ("author", &["survey", "response", "anonymous", "report", "screen", "config", "disk", "developer"]),
    ("author::lint", &["survey", "response", "anonymous", "author::lock", "author::simulate"]),
    ("author::results", &["survey", "anonymous::results"]),
    ("author::schema", &["survey", "author::lint"]),
    ("author::template", &["survey"]),
    ("author::simulate", &["survey", "response"]),
    ("author::graph", &["survey", "screen::text"]),
    ("collector", &["survey", "anonymous", "report", "disk"]),
    (
        "research",
        &["survey", "response", "anonymous", "report", "screen", "config", "statistics", "developer", "author::results"],
    ),
    ("research::data", &["survey", "response", "anonymous"]),
    ("research::example", &["survey::chance", "response"]),
    // No answers: what isn't in findings can't be shown.
    (
        "research::dashboard",
        &["survey::characters", "screen", "developer::answering", "developer::faces", "research::findings", "research::figures"],
    ),
    ("research::exports", &["survey", "response", "developer::export", "research::data"]),
    ("research::suppression", &["survey", "research::data"]),
    ("commands", &["report", "developer", "author"]),
];

/// Where time, chance, disk, environment and output have no place.
const PURE: [&str; 45] = [
    "survey",
    "response",
    "anonymous",
    "statistics",
    "collector::certificate",
    "collector::preparing",
    "collector::windows",
    "developer::phrases",
    "developer::answering",
    "developer::inbox",
    "developer::listing",
    "developer::prompting",
    "developer::scrubbing",
    "developer::spans",
    "developer::outbox",
    "developer::sync::plan",
    "developer::sync::schedule",
    "author::diff",
    "author::lint",
    "author::lock",
    "author::preview::content",
    "author::preview::file",
    "author::preview::keys",
    "author::preview::layout",
    "author::preview::questions",
    "author::preview::state",
    "author::preview::update",
    "author::preview::view",
    "author::results",
    "author::schema",
    "author::template",
    "author::simulate",
    "author::graph",
    "research::dashboard::content",
    "research::dashboard::keys",
    "research::dashboard::layout",
    "research::dashboard::state",
    "research::dashboard::update",
    "research::dashboard::view",
    "research::data",
    "research::example",
    "research::exports::coded",
    "research::exports::names",
    "research::exports::table",
    "research::suppression",
];

const IMPURE: [&str; 15] = [
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "chrono::Utc::now",
    "chrono::Local",
    "Utc::now",
    "Local::now",
    "getrandom",
    "rustix",
    "directories",
];

const OUTPUT: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// The modules that may use a crate; no other may.
const OWNERS: &[(&str, &[&str])] = &[
    ("ratatui", &["screen", "developer::faces", "author::preview", "research::dashboard"]),
    ("crossterm", &["screen", "developer::faces"]),
    ("rusqlite", &["developer::store", "collector::store"]),
    ("rusqlite_migration", &["developer::store", "collector::store"]),
    ("postgres", &["collector::store"]),
    ("tokio_postgres_rustls", &["collector::store"]),
    ("rustls_native_certs", &["collector::store"]),
    ("clap", &["report", "developer::commands", "author::commands", "collector::commands", "research::commands", "commands"]),
    ("clap_complete", &["commands"]),
    ("cel", &["survey::condition", "survey::parse::logic"]),
    ("toml", &["survey::parse", "author::lock", "author::results", "config", "collector::settings", "research::sources"]),
    ("toml_edit", &["config"]),
    ("csv", &["research::facts", "research::sources", "developer::export", "collector::roster", "collector::commands::invite"]),
    ("axum", &["collector::server"]),
    ("hyper", &["collector::server"]),
    ("hyper_util", &["collector::server"]),
    ("utoipa", &["collector::server"]),
    ("utoipa_axum", &["collector::server"]),
    ("tower", &["collector::server"]),
    ("tokio", &["collector"]),
    ("tokio_rustls", &["collector::server"]),
    ("jsonwebtoken", &["collector::identity"]),
    ("blind_rsa_signatures", &["anonymous"]),
    ("ed25519_dalek", &["anonymous"]),
    ("statrs", &["statistics"]),
    ("reqwest", &["research::sources", "developer::sync", "collector::identity"]),
    ("arrow", &["research::exports::columnar", "research::exports::spss", "research::sources::columnar"]),
    ("parquet", &["research::exports::columnar", "research::sources::columnar"]),
    ("rust_xlsxwriter", &["research::exports::workbook"]),
    ("ambers", &["research::exports::spss"]),
    ("dta", &["research::exports::stata"]),
    ("ohttp", &["developer::sync", "collector"]),
    ("bhttp", &["developer::sync", "collector::server"]),
    ("leakguard", &["developer::scrubbing"]),
    ("age", &["developer::moving"]),
    ("hmac", &["anonymous"]),
];

/// The modules that may open network connections.
const CONNECTED: [&str; 1] = ["collector"];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 70;

/// A rule: its name, and what finds the places that break it.
pub(crate) type Rule = (&'static str, fn(&House) -> Vec<String>);

/// Every rule of the house.
pub(crate) const RULES: [Rule; 11] = [
    ("a module names only what lies below it", layers),
    ("siblings don't import one another in a circle", circles),
    ("pure modules know no clock, disk, environment, chance or output", purity),
    ("a heavy crate stays with its owners", owners),
    ("nothing opens a network connection", network),
    ("a file has at most 400 lines", files),
    ("a function has at most 70 lines", functions),
    ("a module opens with its purpose", openings),
    ("a file in a module's folder is a module", strays),
    ("nothing is ignored or left to do", leftovers),
    ("no path of one machine is named", machine_paths),
];

fn below(module: &str, prefix: &str) -> bool {
    module == prefix || module.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("::"))
}

fn is_root(module: &str) -> bool {
    module.is_empty() || below(module, "main") || below(module, "bin")
}

fn layers(house: &House) -> Vec<String> {
    let mut found = Vec::new();
    for (module, source) in house.modules() {
        let module = module.join("::");
        if is_root(&module) {
            continue;
        }
        let row = LAYERS.iter().filter(|(prefix, _)| below(&module, prefix)).max_by_key(|(prefix, _)| prefix.len());
        let Some((own, allowed)) = row else {
            found.push(format!("{}: {module} has no row in the table of layers", source.file));
            continue;
        };
        for path in &source.paths.named {
            let Some(target) = house.definer(&path.names).map(|target| target.join("::")).filter(|t| !t.is_empty()) else {
                continue;
            };
            // A wing's own face carries its shared words, so every module of the wing may name it.
            let face = own.split("::").next() == Some(target.as_str());
            if !face && !below(&target, own) && !allowed.iter().any(|prefix| below(&target, prefix)) {
                found.push(format!("{}:{}: {module} names {target}", source.file, path.line));
            }
        }
    }
    found
}

fn circles(house: &House) -> Vec<String> {
    let mut imports: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (module, source) in house.modules().filter(|(module, _)| !is_root(&module.join("::"))) {
        for target in source.paths.named.iter().filter_map(|path| house.definer(&path.names)) {
            let shared = module.iter().zip(&target).take_while(|(here, there)| here == there).count();
            if shared < module.len() && shared < target.len() {
                imports.entry(module[..=shared].to_vec()).or_default().insert(target[..=shared].to_vec());
            }
        }
    }
    let circle = |start: &Vec<String>| {
        let way = way_back(&imports, start)?;
        (way.iter().min() == Some(start)).then(|| way.iter().map(|m| m.join("::")).collect::<Vec<_>>().join(" -> "))
    };
    imports.keys().filter_map(circle).collect()
}

/// Gives a shortest way from a module through its imports back to itself.
fn way_back(imports: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>, start: &Vec<String>) -> Option<Vec<Vec<String>>> {
    let mut ways = vec![vec![start.clone()]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in &ways {
            for next in imports.get(way.last()?).into_iter().flatten() {
                let onward = [&way[..], std::slice::from_ref(next)].concat();
                if next == start {
                    return Some(onward);
                }
                if seen.insert(next.clone()) {
                    longer.push(onward);
                }
            }
        }
        ways = longer;
    }
    None
}

fn reaches(names: &[String], forbidden: &str) -> bool {
    let path = names.join("::");
    let everything_of = |parent: &str| forbidden.starts_with(&format!("{parent}::"));
    below(&path, forbidden) || path.strip_suffix("::*").is_some_and(everything_of)
}

fn purity(house: &House) -> Vec<String> {
    let mut found = Vec::new();
    for (module, source) in house.modules() {
        if !PURE.iter().any(|pure| below(&module.join("::"), pure)) {
            continue;
        }
        for path in source.paths.named.iter().filter(|path| IMPURE.iter().any(|impure| reaches(&path.names, impure))) {
            found.push(format!("{}:{}: {}", source.file, path.line, path.names.join("::")));
        }
        for pair in source.product.windows(2).filter(|pair| OUTPUT.contains(&pair[0].text.as_str()) && pair[1].text == "!") {
            found.push(format!("{}:{}: {}!", source.file, pair[0].line, pair[0].text));
        }
    }
    found
}

fn owners(house: &House) -> Vec<String> {
    let mut found = Vec::new();
    for (module, source) in house.modules() {
        let module = module.join("::");
        for path in &source.paths.named {
            let owned = OWNERS.iter().find(|(name, _)| path.names[0] == *name);
            if let Some((name, _)) = owned.filter(|(_, owners)| !owners.iter().any(|owner| below(&module, owner))) {
                found.push(format!("{}:{}: {name}", source.file, path.line));
            }
        }
    }
    found
}

fn network(house: &House) -> Vec<String> {
    let named = |source: &Source| {
        let found = source.paths.named.iter().filter(|path| reaches(&path.names, "std::net"));
        found.map(|path| format!("{}:{}: {}", source.file, path.line, path.names.join("::"))).collect::<Vec<_>>()
    };
    let is_apart = |module: &[String]| !CONNECTED.iter().any(|connected| below(&module.join("::"), connected));
    house.modules().filter(|(module, _)| is_apart(module)).flat_map(|(_, source)| named(source)).collect()
}

fn files(house: &House) -> Vec<String> {
    let lengths = house.sources.iter().map(|source| (&source.file, source.text.lines().count()));
    lengths.filter(|(_, lines)| *lines > LONGEST_FILE).map(|(file, lines)| format!("{file}: {lines} lines")).collect()
}

fn functions(house: &House) -> Vec<String> {
    let mut found = Vec::new();
    for source in &house.sources {
        let tokens = &source.tokens;
        for (at, pair) in tokens.windows(2).enumerate().filter(|(_, pair)| pair[0].text == "fn" && pair[1].is_word()) {
            let last = item_end(tokens, at).saturating_sub(1);
            let lines = tokens[last].line - pair[0].line + 1;
            if lines > LONGEST_FUNCTION {
                found.push(format!("{}:{}: {} has {lines} lines", source.file, pair[0].line, pair[1].text));
            }
        }
    }
    found
}

fn openings(house: &House) -> Vec<String> {
    let silent = house.sources.iter().filter(|source| !source.text.starts_with("//!"));
    silent.map(|source| source.file.clone()).collect()
}

/// Finds files that no face of their folder declares: they aren't compiled, and their tests never run.
fn strays(house: &House) -> Vec<String> {
    let mut declared: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in &house.sources {
        if let Some((folder, "mod.rs" | "main.rs" | "lib.rs")) = source.file.rsplit_once('/') {
            let pairs = source.tokens.windows(2).filter(|pair| pair[0].text == "mod");
            declared.entry(folder).or_default().extend(pairs.map(|pair| pair[1].text.as_str()));
        }
    }
    let is_stray = |file: &str| {
        let Some((folder, name)) = file.trim_end_matches("/mod.rs").rsplit_once('/') else { return false };
        let name = name.trim_end_matches(".rs");
        !["main", "lib"].contains(&name) && declared.get(folder).is_some_and(|names| !names.contains(name))
    };
    let is_borrowed = |file: &str| {
        let path = format!("#[path = \"..{}\"]", file.trim_start_matches("tests"));
        house.sources.iter().any(|source| source.text.contains(&path))
    };
    let files = house.sources.iter().map(|source| &source.file);
    files.filter(|file| is_stray(file) && !is_borrowed(file)).cloned().collect()
}

fn leftovers(house: &House) -> Vec<String> {
    let marks: [&[&str]; 3] = [&["#", "[", "ignore"], &["todo", "!"], &["unimplemented", "!"]];
    let marked = |tokens: &[Token]| marks.iter().any(|mark| starts_with(tokens, mark));
    let mut found = Vec::new();
    for source in &house.sources {
        let places = (0..source.tokens.len()).filter(|at| marked(&source.tokens[*at..]));
        found.extend(places.map(|at| format!("{}:{}", source.file, source.tokens[at].line)));
    }
    found
}

fn machine_paths(house: &House) -> Vec<String> {
    let places = ["tmp/", "root/", "work/"].map(|folder| format!("/{folder}"));
    let starts_here = |line: &str, at: usize| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-}*~)/".contains(c))
    };
    let names_one =
        |line: &str| places.iter().any(|place| line.match_indices(place.as_str()).any(|(at, _)| starts_here(line, at)));
    let mut found = Vec::new();
    for (file, text) in &house.texts {
        let lines = text.lines().enumerate().filter(|(_, line)| names_one(line));
        found.extend(lines.map(|(number, line)| format!("{file}:{}: {}", number + 1, line.trim())));
    }
    found
}
