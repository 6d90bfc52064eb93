//! Intervals by other methods than the usual ones: what a report says they are is what they are.

use std::fs;

use dxpulse::statistics::{
    Balance, DifferenceInterval, Interval, Nps, NpsInterval, Proportion, Share, ShareInterval, effective, mover,
};
use serde_json::{Value, json};

use crate::report::{MAPPING, Place, item, report};

const CONFIDENCE: f64 = 0.95;

/// Every method that has a name, with how the method box calls it.
const METHODS: [(&str, &str); 7] = [
    ("tango", "Tango's score interval (1998)"),
    ("adjusted-wald", "the adjusted Wald interval (Rocks 2016)"),
    ("jeffreys", "Jeffreys' interval"),
    ("wilson", "Wilson's interval (1927)"),
    ("clopper-pearson", "the interval of Clopper and Pearson (1934)"),
    ("newcombe", "Newcombe's hybrid interval (1998)"),
    ("miettinen-nurminen", "the score interval of Miettinen and Nurminen (1985)"),
];

const OF_SCORES: [(&str, NpsInterval); 3] =
    [("tango", NpsInterval::Tango), ("adjusted-wald", NpsInterval::AdjustedWald), ("jeffreys", NpsInterval::Jeffreys)];

fn by(place: &Place, method: &str, more: &[&str]) -> Value {
    report(place, &[&["--draft", "--interval", method], more].concat())
}

fn interval(of: &Value) -> Interval {
    let end = |name: &str| of[name].as_f64().unwrap();
    Interval { low: end("low"), high: end("high") }
}

fn is_near(found: Interval, expected: Interval, by: f64) -> bool {
    (found.low - expected.low * by).abs() < 1e-9 * by && (found.high - expected.high * by).abs() < 1e-9 * by
}

/// Gives how many gave each point of the score in a wave.
fn nps(report: &Value) -> Nps {
    let bars = item(report, "nps")["values"].as_array().unwrap();
    let among = |from: usize, to: usize| bars[from..=to].iter().map(|bar| bar["count"].as_u64().unwrap()).sum();
    Nps { detractors: among(0, 6), passives: among(7, 8), promoters: among(9, 10) }
}

fn change<'r>(report: &'r Value, name: &str) -> &'r Value {
    report["changes"].as_array().unwrap().iter().find(|change| change["item"] == name).unwrap()
}

#[test]
fn the_method_that_was_asked_for_is_named_in_every_form() {
    let place = Place::new();
    assert_eq!(report(&place, &["--draft"])["methods"], json!({ "nps": "tango", "share": "wilson", "difference": "newcombe" }));
    for (method, called) in METHODS {
        let named = by(&place, method, &[])["methods"].as_object().unwrap().clone();
        assert!(named.values().any(|name| name == method), "{method}: {named:?}");
        for format in ["html", "markdown"] {
            let page = place.printed(&["report", "pulse.toml", "--draft", "--interval", method, "--format", format]);
            assert!(page.replace("&#39;", "'").contains(called), "{method}, {format}");
        }
    }
    let both = by(&place, "jeffreys", &["--interval", "clopper-pearson", "--interval", "adjusted-wald"]);
    assert_eq!(both["methods"], json!({ "nps": "adjusted-wald", "share": "clopper-pearson", "difference": "newcombe" }));
    assert!(place.refused(&["report", "pulse.toml", "--interval", "wald"]).contains("adjusted-wald"));
}

#[test]
fn scores_and_their_changes_have_the_interval_that_is_named() {
    let place = Place::new();
    let before = nps(&report(&place, &["--draft", "--wave", "2026-Q1"]));
    let mut seen = Vec::new();
    for (name, method) in OF_SCORES {
        let report = by(&place, name, &[]);
        let counts = nps(&report);
        let worth = Balance { n: effective::of_population(120.0, 200), ..counts.balance().unwrap() };
        let found = interval(&item(&report, "nps")["figure"]);
        assert!(is_near(found, worth.interval(method, CONFIDENCE).unwrap(), 100.0), "{name}: {found:?}");
        let expected = before.change_to(counts, method, CONFIDENCE).unwrap();
        let told = &change(&report, "nps")["difference"];
        assert!(is_near(interval(told), expected.interval, 100.0), "{name}: {told}");
        assert!((told["p"].as_f64().unwrap() - expected.p).abs() < 1e-12, "{name}: {told}");
        let [one, two] = [before, counts].map(|of| (of.score().unwrap(), of.interval(method, CONFIDENCE).unwrap()));
        assert!(is_near(interval(told), mover(one, two), 100.0), "{name}: {told}");
        let core = &report["by_group"].as_array().unwrap().iter().find(|by| by["item"] == "nps").unwrap()["groups"][0];
        seen.push((found, interval(told), interval(&core["figure"]), interval(&core["difference"])));
    }
    assert!(seen.windows(2).all(|pair| pair[0].0 != pair[1].0 && pair[0].2 != pair[1].2), "each is another: {seen:?}");
    assert!(seen.windows(2).all(|pair| pair[0].1 != pair[1].1 && pair[0].3 != pair[1].3), "each is another: {seen:?}");
}

#[test]
fn shares_and_their_differences_have_the_interval_that_is_named() {
    let place = Place::new();
    fs::write(place.path().join("facts.csv"), "wave,metric,value,of\n2026-Q2,adoption,106,200\n").unwrap();
    let [usual, other] = ["wilson", "clopper-pearson"].map(|method| by(&place, method, &["--facts", "facts.csv"]));
    let docs = |report: &Value| interval(&item(report, "barriers.docs")["figure"]);
    let worth = Proportion { share: 0.5, n: effective::of_population(80.0, 200) };
    assert!(is_near(docs(&usual), worth.interval(ShareInterval::Wilson, CONFIDENCE).unwrap(), 1.0));
    assert!(is_near(docs(&other), worth.interval(ShareInterval::ClopperPearson, CONFIDENCE).unwrap(), 1.0));
    for figure in ["/items/1/top/share", "/scorecard/primary/0/now"] {
        let [usual, other] = [&usual, &other].map(|report| interval(report.pointer(figure).unwrap()));
        assert!(other.low < usual.low && usual.high < other.high, "{figure}: {usual:?} {other:?}");
    }
    let [one, two] = [&usual, &other].map(|report| &change(report, "barriers.docs")["difference"]);
    assert_eq!(one, two, "a difference has a method of its own");
    let share = Share { count: 40, n: 80 };
    for (name, method) in
        [("newcombe", DifferenceInterval::Newcombe), ("miettinen-nurminen", DifferenceInterval::MiettinenNurminen)]
    {
        let told = change(&by(&place, name, &[]), "barriers.docs")["difference"].clone();
        let expected = share.change_to(share, method, CONFIDENCE).unwrap();
        assert!(is_near(interval(&told), expected.interval, 1.0) && told["p"] == expected.p, "{name}: {told}");
    }
}

#[test]
fn whatever_the_method_p_and_the_interval_never_disagree() {
    let place = Place::new();
    for (method, _) in METHODS {
        let report = by(&place, method, &[]);
        let groups = report["by_group"].as_array().unwrap().iter().flat_map(|by| by["groups"].as_array().unwrap());
        let all = report["changes"].as_array().unwrap().iter().chain(groups).map(|one| &one["difference"]);
        let told: Vec<&Value> = all.filter(|difference| !difference.is_null()).collect();
        assert!(told.len() > 6, "{}", told.len());
        for difference in told {
            let is_sure = !interval(difference).holds(0.0);
            assert_eq!(is_sure, difference["p"].as_f64().unwrap() < 0.05, "{method}: {difference}");
        }
    }
}

#[test]
fn weighted_answers_have_the_interval_of_what_they_are_worth_and_a_census_none() {
    let place = Place::new();
    let table = fs::read_to_string(place.path().join("answers.csv")).unwrap().replace(",tiny,", ",core,").replace(",n/a,", ",3,");
    fs::write(place.path().join("answers.csv"), table).unwrap();
    fs::write(place.path().join("people.csv"), "segment,group,people\nteam,core,100\nteam,web,60\nteam,data,40\n").unwrap();
    let weighted = |method: &str| by(&place, method, &["--margins", "people.csv"]);
    let usual = weighted("tango");
    let n = usual["weighting"]["effective_n"].as_f64().unwrap();
    let score = item(&usual, "nps")["figure"]["value"].as_f64().unwrap() / 100.0;
    let bars = item(&usual, "nps")["values"].as_array().unwrap();
    let promoters: f64 = bars[9..].iter().map(|bar| bar["share"].as_f64().unwrap()).sum();
    let balance = Balance { detractors: promoters - score, promoters, n: effective::of_population(n, 200) };
    for (name, method) in OF_SCORES {
        let found = interval(&item(&weighted(name), "nps")["figure"]);
        assert!(is_near(found, balance.interval(method, CONFIDENCE).unwrap(), 100.0), "{name}: {found:?}");
    }
    let exact = interval(&item(&weighted("clopper-pearson"), "barriers.docs")["figure"]);
    let docs = &item(&usual, "barriers.docs")["figure"];
    // Wilson's lower end lies so far from the share that it says how much the answers are worth.
    let (share, low) = (docs["value"].as_f64().unwrap(), docs["low"].as_f64().unwrap());
    let n = 1.959_963_984_540_054_f64.powi(2) * low * (1.0 - low) / (share - low).powi(2);
    let expected = Proportion { share, n }.interval(ShareInterval::ClopperPearson, CONFIDENCE).unwrap();
    assert!(is_near(exact, expected, 1.0), "{exact:?}, expected {expected:?}");
    fs::write(place.path().join("pulse.toml"), MAPPING.replace("invited = 200", "invited = 120")).unwrap();
    for (method, _) in METHODS {
        let report = by(&place, method, &[]);
        for figure in [&item(&report, "nps")["figure"], &item(&report, "ci")["top"]["share"]] {
            assert!(figure["is_census"] == true && figure["low"] == figure["high"], "{method}: {figure}");
        }
    }
}
