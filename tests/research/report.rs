//! Reports by the real program: what they show, what they keep to themselves, and that the same answers give the same bytes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::RESEARCH;

pub(crate) const MAPPING: &str = r#"
table = "answers.csv"
survey = "pulse"
title = "Platform <pulse> & more"
wave = { column = "wave" }
waves = [
  { name = "2026-Q1", opens = 2026-01-10, invited = 200 },
  { name = "2026-Q2", opens = 2026-04-10, invited = 200 },
]

[segments]
team = { column = "team" }

[comments]
why = "why"

[[items]]
id = "nps"
type = "nps"
column = "score"
text = "How likely are you to recommend the platform?"

[[items]]
id = "ci"
type = "rating"
column = "ci"
text = "How easy is it to get a build through?"
missing = { "n/a" = "not_applicable" }

[[items]]
id = "barriers"
type = "multi"
column = "barriers"
codes = { "slow builds" = "builds", "no docs" = "docs" }
text = "What slowed you down?"
"#;

/// A folder with a table, its mapping, and a home.
pub(crate) struct Place(pub(crate) TempDir);

impl Place {
    /// Writes 120 answers in each of two waves; the score falls from one to the other, and a team has four answers.
    pub(crate) fn new() -> Self {
        let folder = TempDir::with_prefix("dxpulse-").unwrap();
        let mut table = "wave,team,score,ci,barriers,why\n".to_owned();
        for (wave, low) in [("2026-Q1", 40), ("2026-Q2", 85)] {
            for at in 0..120 {
                let score = if at < low { at % 7 } else { 7 + at % 4 };
                let team = ["core", "web", "data"][at % 3];
                let team = if at < 4 { "tiny" } else { team };
                let ci = if at % 10 == 0 { "n/a".to_owned() } else { (1 + at % 5).to_string() };
                let barriers = ["slow builds", "slow builds;no docs", ""][at % 3];
                let why = if at % 9 == 0 { format!("\"because, of <b>{at}</b>\"") } else { String::new() };
                writeln!(table, "{wave},{team},{score},{ci},{barriers},{why}").unwrap();
            }
        }
        fs::write(folder.path().join("answers.csv"), table).unwrap();
        fs::write(folder.path().join("pulse.toml"), MAPPING).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        Command::new(RESEARCH)
            .args(words)
            .current_dir(self.path())
            .env("DXPULSE_HOME", self.path().join("home"))
            .output()
            .unwrap()
    }

    pub(crate) fn printed(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(!output.status.success(), "{words:?} went well");
        String::from_utf8(output.stderr).unwrap()
    }
}

pub(crate) fn report(place: &Place, more: &[&str]) -> Value {
    serde_json::from_str(&place.printed(&[&["report", "pulse.toml", "--format", "json"], more].concat())).unwrap()
}

pub(crate) fn item<'r>(report: &'r Value, name: &str) -> &'r Value {
    report["items"].as_array().unwrap().iter().find(|item| item["name"] == name).unwrap()
}

#[test]
fn figures_stand_with_their_intervals_and_a_fall_of_the_score_is_called_a_change() {
    let report = report(&Place::new(), &[]);
    let nps = &item(&report, "nps")["figure"];
    // 85 of 120 gave 0 to 6; of the other 35, 17 gave 9 or 10.
    let counts = item(&report, "nps")["values"].as_array().unwrap();
    let among = |from: usize, to: usize| counts[from..=to].iter().map(|bar| bar["count"].as_f64().unwrap()).sum::<f64>();
    let score = 100.0 * (among(9, 10) - among(0, 6)) / 120.0;
    assert!((nps["value"].as_f64().unwrap() - score).abs() < 1e-9 && among(0, 6) == 85.0, "{nps}");
    assert!(nps["low"].as_f64().unwrap() < score && score < nps["high"].as_f64().unwrap());
    let change = report["changes"].as_array().unwrap().iter().find(|change| change["item"] == "nps").unwrap();
    assert!(change["is_change"] == true && change["difference"]["high"].as_f64().unwrap() < 0.0, "{change}");
    let still = report["changes"].as_array().unwrap().iter().find(|change| change["item"] == "ci").unwrap();
    assert!(still["is_change"] == false && still["difference"]["value"].as_f64().unwrap().abs() < 1e-9, "{still}");
    assert_eq!(item(&report, "ci")["absent"][0], serde_json::json!(["not_applicable", 12]));
    assert_eq!(report["funnel"]["rate"], 0.6);
}

#[test]
fn a_team_of_four_is_not_shown_nor_what_would_give_it_away() {
    let place = Place::new();
    let report = report(&place, &[]);
    let by = report["by_group"].as_array().unwrap().iter().find(|by| by["item"] == "nps").unwrap();
    let shown: Vec<&str> = by["groups"].as_array().unwrap().iter().map(|group| group["code"].as_str().unwrap()).collect();
    assert!(!shown.contains(&"tiny") && shown.len() == 2, "all less the others would be the small one: {shown:?}");
    assert_eq!(by["hidden"], 2);
    for format in ["html", "markdown", "json"] {
        let page = place.printed(&["report", "pulse.toml", "--format", format]);
        assert!(!page.contains("tiny"), "{format}");
        assert!(format == "json" || page.contains("those hidden have no part in it"), "{format}");
    }
}

#[test]
fn where_every_group_is_hidden_that_is_said_with_why() {
    let place = Place::new();
    let table = fs::read_to_string(place.path().join("answers.csv")).unwrap();
    let rows = table
        .lines()
        .enumerate()
        .map(|(at, line)| format!("{line},{}\n", if at == 0 { "squad".to_owned() } else { format!("s{}", at / 4) }));
    fs::write(place.path().join("answers.csv"), rows.collect::<String>()).unwrap();
    let segments = "[segments]\nsquad = { column = \"squad\" }\n";
    fs::write(place.path().join("pulse.toml"), MAPPING.replace("[segments]\n", segments)).unwrap();
    for more in [&["--by", "squad"][..], &[]] {
        let words = [&["report", "pulse.toml", "--draft"], more].concat();
        let with = |format: &str| place.printed(&[&words[..], &["--format", format]].concat());
        assert_eq!(serde_json::from_str::<Value>(&with("json")).unwrap()["hidden_groupings"], serde_json::json!(["squad"]));
        for format in ["html", "markdown"] {
            assert!(with(format).contains("By squad, every group is hidden: fewer than two have 5 answers or more"), "{format}");
        }
    }
    let by_team = report(&place, &["--draft", "--by", "team"]);
    assert_eq!(by_team["hidden_groupings"], serde_json::json!([]), "of teams there is something to show");
}

#[test]
fn what_was_published_before_keeps_others_from_being_shown() {
    let place = Place::new();
    report(&place, &[]);
    // Of the answers that came to a team since it was shown, fewer than five would come out by subtraction.
    let mut table = fs::read_to_string(place.path().join("answers.csv")).unwrap();
    table.push_str("2026-Q2,core,10,5,,\n2026-Q2,core,10,5,,\n");
    fs::write(place.path().join("answers.csv"), table).unwrap();
    let after = report(&place, &[]);
    assert!(item(&after, "nps")["n"].is_null(), "two answers more: {}", item(&after, "nps"));
    assert!(item(&report(&place, &["--draft"]), "nps")["n"] == 122, "a draft that nobody sees knows no ledger");
}

#[test]
fn the_same_answers_give_the_same_bytes_in_whatever_order_they_come() {
    let (place, other) = (Place::new(), Place::new());
    let table = fs::read_to_string(other.path().join("answers.csv")).unwrap();
    let (header, rows) = table.split_once('\n').unwrap();
    let turned: Vec<&str> = rows.lines().rev().collect();
    fs::write(other.path().join("answers.csv"), format!("{header}\n{}\n", turned.join("\n"))).unwrap();
    for format in ["html", "markdown", "json"] {
        let words = ["report", "pulse.toml", "--format", format];
        let first = place.printed(&words);
        assert_eq!(first, place.printed(&words), "{format}");
        assert_eq!(first, other.printed(&words), "{format}, turned");
    }
}

#[test]
fn comments_stand_in_the_same_shuffled_order_everywhere() {
    let place = Place::new();
    let texts = |said: &str| -> Vec<String> {
        let said = said.replace("&#60;", "<").replace("&#62;", ">");
        let parts = said.split("because, of ").skip(1);
        parts.map(|rest| rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect()).collect()
    };
    let exported = place.printed(&["export", "pulse.toml", "--comments"]);
    let exported = texts(exported.split_once("2026-Q2,").unwrap().1);
    assert!(exported.len() == 14 && !exported.is_sorted(), "{exported:?}");
    for format in ["html", "markdown", "json"] {
        assert_eq!(texts(&place.printed(&["report", "pulse.toml", "--draft", "--format", format])), exported, "{format}");
    }
}

#[test]
fn the_page_needs_nothing_else_and_runs_nothing() {
    let page = Place::new().printed(&["report", "pulse.toml"]);
    for never in ["<script", "http://", "https://", "url(", "@import", "of <b>"] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("Platform &#60;pulse&#62; &#38; more") || page.contains("Platform &lt;pulse&gt; &amp; more"));
    assert!(page.contains("&#60;b&#62;") || page.contains("&lt;b&gt;"), "own words are words");
    let pictures = page.matches("<svg").count();
    assert!(pictures > 3 && pictures == page.matches("role=\"img\"").count() && pictures == page.matches("<title>").count() - 1);
    assert_eq!(page.matches("<figure").count(), page.matches("<summary>Table").count(), "each picture has its table");
}

#[test]
fn mistakes_are_told_with_their_place_and_without_answers() {
    let place = Place::new();
    fs::write(place.path().join("answers.csv"), "wave,team,score,ci,barriers,why\n2026-Q1,core,eleven,6,,\n").unwrap();
    let told = place.refused(&["report", "pulse.toml"]);
    assert!(told.contains("row 2, column \"score\" is none of 0, 1") && told.contains("column \"ci\""), "{told}");
    assert!(!told.contains("eleven"), "{told}");
    fs::write(place.path().join("pulse.toml"), MAPPING.replace("column = \"score\"", "column = \"scores\"")).unwrap();
    assert!(place.refused(&["report", "pulse.toml"]).contains("no column \"scores\"; did you mean \"score\"?"));
    fs::write(place.path().join("pulse.toml"), MAPPING.replace("type = \"nps\"", "type = \"npz\"")).unwrap();
    assert!(place.refused(&["report", "pulse.toml"]).contains("npz"));
    assert!(place.refused(&["report", "nowhere.csv"]).contains("nowhere.csv"));
    let place = Place::new();
    assert!(
        place.refused(&["report", "pulse.toml", "--by", "tribe"]).contains("nothing is grouped by \"tribe\"; there are team")
    );
    assert!(place.refused(&["report", "pulse.toml", "--wave", "2031-Q1"]).contains("there are 2026-Q1, 2026-Q2"));
}

#[test]
fn the_scorecard_takes_facts_and_ranks_by_no_logins() {
    let place = Place::new();
    let facts = "wave,metric,value,of\n2026-Q2,adoption,106,200\n2026-Q2,first_deployment_days,3.5,\n2026-Q2,logins,9000,\n";
    fs::write(place.path().join("facts.csv"), facts).unwrap();
    let report = report(&place, &["--facts", "facts.csv"]);
    let card = &report["scorecard"];
    assert_eq!((&card["primary"][0]["now"]["value"], &card["primary"][1]["now"]), (&Value::from(0.53), &Value::from(3.5)));
    assert_eq!((&card["left_out"][0], &card["primary"][3]["now"]), (&Value::from("logins"), &Value::Null));
    assert!(place.printed(&["report", "pulse.toml", "--facts", "facts.csv"]).contains("no data"), "never a zero");
    fs::write(place.path().join("facts.csv"), "wave,metric,value,of\n2026-Q2,adoption,300,200\n").unwrap();
    assert!(place.refused(&["report", "pulse.toml", "--facts", "facts.csv"]).contains("row 2"));
}

#[test]
fn markdown_has_every_part_and_what_all_invited_could_have_said() {
    let place = Place::new();
    fs::write(place.path().join("facts.csv"), "wave,metric,value,of\n2026-Q2,adoption,106,200\n").unwrap();
    let page = place.printed(&["report", "pulse.toml", "--facts", "facts.csv", "--format", "markdown"]);
    let parts = [
        "Where people stopped",
        "Figures",
        "over time",
        "Changes",
        "by team",
        "Drivers",
        "crossed with team",
        "In their own words",
        "Scorecard",
        "Method",
    ];
    for part in parts {
        assert!(page.lines().any(|line| line.starts_with("## ") && line.contains(part)), "{part}\n{page}");
    }
    // 120 of 200 answered: the other 80 could all have been detractors or promoters.
    let report = report(&place, &[]);
    let nps = item(&report, "nps");
    let (score, bounds) = (nps["figure"]["value"].as_f64().unwrap(), nps["bounds"].as_array().unwrap());
    let [low, high] = [0, 1].map(|at| bounds[at].as_f64().unwrap());
    assert!((low - (score * 0.6 - 40.0)).abs() < 1e-9 && (high - (score * 0.6 + 40.0)).abs() < 1e-9, "{nps}");
    let figures = page.split("## Figures").nth(1).unwrap();
    let row = figures.lines().find(|line| line.starts_with("| How likely")).unwrap();
    let signed = |value: f64| format!("{}{}", if value.round() < 0.0 { "−" } else { "+" }, value.abs().round());
    let told = format!("{} to {}", signed(low), signed(high));
    assert!(row.contains(&told), "{row}: {told}");
    assert!(place.printed(&["report", "pulse.toml", "--draft"]).contains("had everyone invited answered"));
}

#[test]
fn answers_can_be_weighted_to_what_the_organisation_is_made_of() {
    let place = Place::new();
    let write = |rows: &str| fs::write(place.path().join("people.csv"), format!("wave,segment,group,people\n{rows}")).unwrap();
    let table = fs::read_to_string(place.path().join("answers.csv")).unwrap();
    let refused = |rows: &str| {
        write(rows);
        place.refused(&["show", "pulse.toml", "--margins", "people.csv"])
    };
    let small = refused(",team,core,100\n,team,web,50\n,team,data,40\n,team,tiny,10\n");
    assert!(small.contains("2026-Q1: too few of team tiny answered to stand for it"), "{small}");
    let table = table.replace(",tiny,", ",core,");
    fs::write(place.path().join("answers.csv"), &table).unwrap();
    let of_every_wave = ",team,core,100\n,team,web,50\n,team,data,40\n";
    write(&format!("{of_every_wave}2026-Q2,team,core,60\n2026-Q2,team,web,100\n2026-Q2,team,data,40\n"));
    let report = report(&place, &["--margins", "people.csv", "--draft"]);
    let of = |team: &str, score: &dyn Fn(u32) -> bool| {
        let rows = table.lines().filter(|line| line.starts_with(&format!("2026-Q2,{team},")));
        rows.filter(|line| score(line.split(',').nth(2).unwrap().parse().unwrap())).count() as f64
    };
    let margins = [("core", 60.0), ("web", 100.0), ("data", 40.0)];
    let balance = |team: &str| of(team, &|score| score > 8) - of(team, &|score| score < 7);
    let expected: f64 = margins.iter().map(|(team, people)| balance(team) / of(team, &|_| true) * people / 2.0).sum();
    let figure = item(&report, "nps")["figure"]["value"].as_f64().unwrap();
    assert!((figure - expected).abs() < 1e-9, "{figure}, expected {expected}");
    let squares: f64 = margins.iter().map(|(team, people)| (people / 200.0).powi(2) / of(team, &|_| true)).sum();
    let effective = report["weighting"]["effective_n"].as_f64().unwrap();
    assert!((effective - 1.0 / squares).abs() < 1e-6, "{effective}");
    let page = place.printed(&["report", "pulse.toml", "--margins", "people.csv", "--draft", "--format", "markdown"]);
    assert!(page.contains(&format!("are worth {}", effective.round())), "{page}");
    assert!(refused(",role,core,100\n").contains("no segment \"role\""));
    assert!(refused("2031-Q1,team,core,100\n").contains("no wave \"2031-Q1\""));
    assert!(refused(",team,core,-1\n").contains("row 2: people is no number from 0 up"));
    assert!(refused(",team,core,1\n,team,core,2\n").contains("row 3: this group was told before"));
    let missing = refused(",team,core,100\n,team,web,50\n,team,ops,40\n");
    for told in ["too few of team ops answered", "answers of team data, which has no people", "help"] {
        assert!(missing.contains(told), "{told}\n{missing}");
    }
}

#[test]
fn a_plan_is_enough_for_the_interval_that_was_asked_for() {
    let place = Place::new();
    let plan: Value =
        serde_json::from_str(&place.printed(&["plan", "--share", "50", "--width", "20", "--rate", "50", "--json"])).unwrap();
    // Wilson's interval of half of 92 is .399 to .601, of half of 93 just within .2.
    assert_eq!((plan["answers"].as_u64(), plan["invitations"].as_f64()), (Some(93), Some(186.0)));
    let told = place.printed(&["plan", "--nps", "20", "--change", "-30", "--invited", "60"]);
    assert!(told.contains("answers are needed") && told.contains("prompts"), "{told}");
    assert!(place.refused(&["plan", "--nps", "90", "--width", "10"]).contains("passives"));
}

#[test]
fn a_browser_shows_the_page_on_a_phone_and_on_a_desk_without_anything_cut() {
    let place = Place::new();
    let page = place.printed(&["report", "pulse.toml"]);
    let measure = "<script>addEventListener('load', () => { document.documentElement.dataset.found = JSON.stringify({
        wide: document.documentElement.scrollWidth - innerWidth,
        small: Math.min(...[...document.querySelectorAll('svg text')].map(text => {
          const svg = text.ownerSVGElement; return parseFloat(getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width / 420; })),
        outside: [...document.querySelectorAll('svg text')].filter(text => { const box = text.getBoundingClientRect();
          return box.right > innerWidth + 1 || box.left < -1; }).length }); });</script></body>";
    fs::write(place.path().join("measured.html"), page.replace("</body>", measure)).unwrap();
    for width in [500, 1280] {
        let url = format!("file://{}", place.path().join("measured.html").display());
        let size = format!("--window-size={width},900");
        let flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=2000", &size, &url];
        let output = Command::new("chromium").args(flags).env("HOME", place.path()).output().unwrap();
        let dom = String::from_utf8_lossy(&output.stdout).into_owned();
        let found = dom.split("data-found=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("the page was measured");
        let found: Value = serde_json::from_str(&found.replace("&quot;", "\"")).unwrap();
        assert!(found["wide"].as_i64().unwrap() <= 0 && found["outside"] == 0, "{width}: {found}");
        assert!(found["small"].as_f64().unwrap() >= 10.0, "{width}: {found}");
    }
}

#[test]
fn results_to_begin_with_can_be_signed_as_they_are_and_their_actions_come_back() {
    let place = Place::new();
    let draft = place.printed(&["report", "pulse.toml", "--format", "results"]);
    let document = dxpulse::author::results::from_toml(&draft).unwrap();
    assert_eq!((document.survey.as_str(), document.wave.as_str()), ("pulse", "2026-Q2"));
    assert!(document.summary.starts_with("120 of 200 answered") && document.figures.len() >= 2, "{draft}");
    fs::write(place.path().join("results.toml"), draft.replace("Say here what you do about it", "A cache for builds")).unwrap();
    let page = place.printed(&["report", "pulse.toml", "--actions", "results.toml"]);
    assert!(page.contains("You said, we did") && page.contains("A cache for builds"));
}
