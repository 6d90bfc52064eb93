//! Every rule of being asked, its boundaries included, as tables of cases.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use super::occasion::matches;
use super::*;
use crate::config::QuietHours;
use crate::developer::listing::State;
use crate::survey::trigger::ExitStatus;
use crate::survey::{SurveyId, Trigger};

fn at(text: &str) -> DateTime<Utc> {
    let text = if text.contains('T') { format!("{text}Z") } else { format!("{text}T00:00:00Z") };
    text.parse().unwrap()
}

/// A survey in its quarter, and someone who has had dxpulse for long and was never asked.
struct Case {
    id: SurveyId,
    trigger: Option<Trigger>,
    grace_days: Option<u32>,
    span: Option<Span>,
    state: State,
    settled_at: Option<DateTime<Utc>>,
    is_muted: bool,
    is_bundled: bool,
    memory: Memory,
    settled: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
}

fn case() -> Case {
    let mut memory = Memory::begin(at("2026-01-01"));
    let turn = Turn {
        wave: "2026-Q2".to_owned(),
        met: at("2026-04-01"),
        draw: 0.25,
        day: 0.0,
        uses: 0,
        has_failed: false,
        prompts: vec![],
    };
    memory.turns.insert("pulse".to_owned(), turn);
    Case {
        id: SurveyId::new("pulse").unwrap(),
        trigger: None,
        grace_days: None,
        span: Some(Span { opens: at("2026-04-01"), closes: at("2026-07-01"), is_evergreen: false }),
        state: State::Open,
        settled_at: None,
        is_muted: false,
        is_bundled: false,
        memory,
        settled: None,
        now: at("2026-06-01"),
    }
}

impl Case {
    fn candidate(&self) -> Candidate<'_> {
        Candidate {
            id: &self.id,
            wave: "2026-Q2".to_owned(),
            trigger: self.trigger.as_ref(),
            grace_days: self.grace_days,
            span: self.span,
            state: self.state.clone(),
            reopens: self.span.map(|span| span.closes),
            settled_at: self.settled_at,
            is_muted: self.is_muted,
            is_bundled: self.is_bundled,
        }
    }

    fn turn(&mut self) -> &mut Turn {
        self.memory.turns.get_mut("pulse").unwrap()
    }

    fn asked(&self) -> &'static str {
        window(&self.candidate(), &self.memory, self.settled, self.now).map_or_else(Reason::name, |()| "yes")
    }

    fn asked_after(&self, occasion: Occasion<'_>) -> bool {
        decide(&self.candidate(), &self.memory, &here(occasion), self.settled, self.now).is_ok()
    }
}

fn here(occasion: Occasion<'_>) -> Situation<'_> {
    Situation { occasion, directory: "/home/ann/work/shop", home: "/home/ann", repository: Some("github.com/acme/shop") }
}

fn trigger() -> Trigger {
    Trigger { commands: vec!["deployctl *".to_owned()], ..Trigger::default() }
}

fn command(line: &str, succeeded: bool, seconds: u32) -> Occasion<'_> {
    Occasion::Command { line, succeeded, seconds }
}

type Change = fn(&mut Case);

#[test]
fn each_rule_has_its_boundary() {
    let prompted = |case: &mut Case, days: &[&str]| case.turn().prompts = days.iter().map(|day| at(day)).collect();
    let cases: &[(&str, Change, &str)] = &[
        ("nothing against it", |_| {}, "yes"),
        ("comes with the program", |case| case.is_bundled = true, "bundled"),
        ("begun", |case| case.state = State::Draft { answered: 1, asked: 3, saved_at: case.now }, "begun"),
        ("answered in its wave", |case| case.state = State::Answered(case.now), "settled"),
        ("declined in its wave", |case| case.state = State::Declined(case.now), "settled"),
        ("between waves", |case| case.state = State::Closed { closed_on: None, opens_on: None }, "closed"),
        ("muted", |case| case.is_muted = true, "muted"),
        ("exactly the grace", |case| case.memory.since = at("2026-05-18"), "new"),
        ("the grace and a second", |case| case.memory.since = at("2026-05-17T23:59:59"), "yes"),
        ("a grace that the survey lowers", |case| (case.memory.since, case.grace_days) = (at("2026-05-30"), Some(2)), "new"),
        ("that and a second", |case| (case.memory.since, case.grace_days) = (at("2026-05-29T23:59:59"), Some(2)), "yes"),
        ("no grace at all", |case| (case.memory.since, case.grace_days) = (case.now, Some(0)), "yes"),
        (
            "a grace that the survey would raise",
            |case| (case.memory.since, case.grace_days) = (at("2026-05-17"), Some(60)),
            "yes",
        ),
        ("exactly 14 days after an answer to another", |case| case.settled = Some(at("2026-05-18")), "recent"),
        ("a second more", |case| case.settled = Some(at("2026-05-17T23:59:59")), "yes"),
        ("snoozed", |case| case.memory.snoozed_until = Some(at("2026-06-01T00:00:01")), "snoozed"),
        ("the end of the snooze", |case| case.memory.snoozed_until = Some(case.now), "yes"),
        ("drawn just so", |case| case.trigger = Some(Trigger { sample: Some(0.250_001), ..trigger() }), "yes"),
        ("a draw of exactly the share", |case| case.trigger = Some(Trigger { sample: Some(0.25), ..trigger() }), "not_drawn"),
        ("none", |case| (case.trigger, case.turn().draw) = (Some(Trigger { sample: Some(0.0), ..trigger() }), 0.0), "not_drawn"),
        (
            "all",
            |case| (case.trigger, case.turn().draw) = (Some(Trigger { sample: Some(1.0), ..trigger() }), 1.0_f64.next_down()),
            "yes",
        ),
    ];
    for (name, change, expected) in cases {
        let mut case = case();
        change(&mut case);
        assert_eq!(case.asked(), *expected, "{name}");
    }
    let dismissals: &[(&[&str], &str, &str)] = &[
        (&["2026-05-18"], "2026-06-01", "cooling"),
        (&["2026-05-18"], "2026-06-01T00:00:01", "yes"),
        (&["2026-03-01", "2026-03-20"], "2026-06-18", "cooling"),
        (&["2026-03-01", "2026-03-20"], "2026-06-18T00:00:01", "yes"),
        (&["2025-01-01", "2025-02-01", "2025-06-01", "2025-10-01", "2026-02-01"], "2026-06-20", "given_up"),
        (&["2025-02-01", "2025-06-01", "2025-10-01", "2026-02-01"], "2026-06-20", "yes"),
    ];
    for (days, now, expected) in dismissals {
        let mut case = case();
        prompted(&mut case, days);
        case.now = at(now);
        assert_eq!(case.asked(), *expected, "{days:?} at {now}");
    }
}

#[test]
fn an_answer_begins_the_count_of_dismissals_anew() {
    let mut case = case();
    case.turn().prompts = ["2025-01-01", "2025-02-01", "2025-06-01", "2025-10-01", "2026-02-01"].map(at).to_vec();
    case.settled_at = Some(at("2025-10-02"));
    assert_eq!(case.asked(), "yes", "only one of the five came after it, and 14 days have gone by");
}

#[test]
fn an_author_can_make_a_survey_rarer_and_never_more_frequent() {
    let cases = [
        // (cooldown_days, most_prompts, prompts, answer)
        (Some(60), None, vec!["2026-04-02"], "cooling"),
        (Some(60), None, vec!["2026-04-01"], "yes"),
        (Some(0), None, vec!["2026-05-20"], "cooling"),
        (None, Some(1), vec!["2026-04-01"], "given_up"),
        (None, Some(2), vec!["2026-04-01"], "yes"),
        (None, Some(100), vec!["2025-01-01", "2025-02-01", "2025-06-01", "2025-10-01", "2026-02-01"], "given_up"),
    ];
    for (cooldown_days, most_prompts, prompts, expected) in cases {
        let mut case = case();
        case.trigger = Some(Trigger { cooldown_days, most_prompts, ..trigger() });
        case.turn().prompts = prompts.iter().map(|day| at(day)).collect();
        // One second more than 60 days after the first of April.
        case.now = at("2026-05-31T00:00:01");
        assert_eq!(case.asked(), expected, "{cooldown_days:?} {most_prompts:?} {prompts:?}");
    }
}

#[test]
fn nothing_is_asked_for_fourteen_days_after_a_prompt_of_any_survey() {
    let mut case = case();
    let other = Turn { prompts: vec![at("2026-05-18")], ..case.turn().clone() };
    case.memory.turns.insert("other".to_owned(), other);
    assert_eq!(case.asked(), "recent");
    case.now += TimeDelta::seconds(1);
    assert_eq!(case.asked(), "yes");
}

#[test]
fn people_without_an_occasion_are_asked_on_different_days_of_the_wave() {
    let mut case = case();
    case.turn().day = 0.5;
    case.now = at("2026-04-07T23:59:59");
    assert_eq!(case.asked(), "not_yet");
    case.now = at("2026-04-08");
    assert_eq!(case.asked(), "yes", "half of fourteen days");
    case.span = Some(Span { opens: at("2026-04-07"), closes: at("2026-04-09"), is_evergreen: false });
    assert_eq!(case.asked(), "yes", "of a wave of two days, the first is spread over");
    case.trigger = Some(trigger());
    case.span = Some(Span { opens: at("2026-04-08"), closes: at("2026-07-01"), is_evergreen: false });
    assert_eq!(case.asked(), "yes", "a command comes to everybody at a time of their own");
}

#[test]
fn a_survey_waits_for_its_occasion() {
    let long = Trigger { min_duration_s: 30, exit_status: ExitStatus::Failure, ..trigger() };
    let event = Trigger { events: vec!["deploy.finished".to_owned()], ..Trigger::default() };
    let place = Trigger { directories: vec!["~/work/*".to_owned()], ..Trigger::default() };
    let elsewhere = Trigger { directories: vec!["/srv/*".to_owned()], ..Trigger::default() };
    let repository = Trigger { repositories: vec!["github.com/acme/*".to_owned()], ..trigger() };
    let cases = [
        (trigger(), command("deployctl up prod", true, 0), true),
        (trigger(), command("  deployctl up prod\n", true, 0), true),
        (trigger(), command("deployctl", true, 0), false),
        (trigger(), command("echo deployctl up", true, 0), false),
        (trigger(), Occasion::Prompt, false),
        (long.clone(), command("deployctl up", false, 30), true),
        (long.clone(), command("deployctl up", false, 29), false),
        (long, command("deployctl up", true, 30), false),
        (Trigger { exit_status: ExitStatus::Success, ..trigger() }, command("deployctl up", false, 0), false),
        (event.clone(), Occasion::Event("deploy.finished"), true),
        (event.clone(), Occasion::Event("deploy.failed"), false),
        (event, Occasion::Prompt, false),
        (place, Occasion::Prompt, true),
        (elsewhere, Occasion::Prompt, false),
        (repository, command("deployctl up", true, 0), true),
        (Trigger { repositories: vec!["github.com/other/*".to_owned()], ..trigger() }, command("deployctl up", true, 0), false),
    ];
    for (trigger, occasion, expected) in cases {
        let case = Case { trigger: Some(trigger.clone()), ..case() };
        assert_eq!(case.asked_after(occasion), expected, "{trigger:?} {occasion:?}");
    }
    assert!(case().asked_after(Occasion::Prompt), "a survey without an occasion is asked at any prompt");
}

#[test]
fn uses_are_counted_and_a_first_success_comes_after_failures() {
    let third = Trigger { nth_use: Some(3), exit_status: ExitStatus::Success, ..trigger() };
    let first = Trigger { first_success: true, ..trigger() };
    let (good, bad) = (command("deployctl up", true, 5), command("deployctl up", false, 5));
    type Series<'a> = (Trigger, &'a [Occasion<'a>], &'a [bool]);
    let cases: [Series<'_>; 3] = [
        (third, &[good, bad, good, good, good], &[false, false, false, true, true]),
        (first.clone(), &[good, bad, bad, command("ls", true, 0), good, good], &[false, false, false, false, true, false]),
        (first, &[bad, command("deployctl down", true, 0)], &[false, true]),
    ];
    for (trigger, occasions, expected) in cases {
        let mut case = Case { trigger: Some(trigger), ..case() };
        for (occasion, expected) in occasions.iter().zip(expected) {
            let mut memory = case.memory.clone();
            memory.count(&case.candidate(), &here(*occasion));
            case.memory = memory.clone();
            assert_eq!(case.asked_after(*occasion), *expected, "{occasion:?} of {occasions:?}");
            memory.ended(&case.candidate(), &here(*occasion));
            case.memory = memory;
        }
    }
}

#[test]
fn a_pattern_stands_for_itself_but_for_its_stars() {
    let cases = [
        ("deployctl *", "deployctl up", true),
        ("deployctl*", "deployctl", true),
        ("*apply*", "kubectl apply -f x", true),
        ("a*b*c", "aXbYbZc", true),
        ("a*b*c", "acb", false),
        ("a*a", "a", false),
        ("[x] ? $HOME", "[x] ? $HOME", true),
        ("?", "x", false),
        ("ü*", "über", true),
        ("", "", true),
        ("*", "", true),
    ];
    for (pattern, text, expected) in cases {
        assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
    }
}

#[test]
fn a_draw_is_drawn_once_for_a_survey_and_wave() {
    let mut case = case();
    case.memory.turns.clear();
    let mut draws = [0.1, 0.2, 0.3, 0.4].into_iter();
    let mut memory = case.memory.clone();
    memory.meet(&[case.candidate()], case.now, || draws.next().unwrap());
    for _ in 0..20 {
        memory.meet(&[case.candidate()], case.now, || unreachable!("drawn again"));
    }
    memory.prompted("pulse", case.now);
    let next = Candidate { wave: "2026-Q3".to_owned(), ..case.candidate() };
    memory.meet(&[next], case.now + TimeDelta::days(40), || draws.next().unwrap());
    let turn = &memory.turns["pulse"];
    assert_eq!((turn.draw, turn.day, &turn.prompts[..]), (0.3, 0.4, &[case.now][..]), "prompts are remembered from wave to wave");
}

#[test]
fn who_closes_soonest_is_asked_first_and_evergreens_last() {
    let span = |closes: &str, is_evergreen| Some(Span { opens: at("2026-04-01"), closes: at(closes), is_evergreen });
    let of = |id: &str, span| Case { id: SurveyId::new(id).unwrap(), span, ..case() };
    let cases = [
        of("never", None),
        of("green", span("2026-06-02", true)),
        of("late", span("2026-09-01", false)),
        of("soon", span("2026-07-01", false)),
    ];
    let candidates: Vec<Candidate<'_>> = cases.iter().map(Case::candidate).collect();
    assert_eq!(first_to_ask(candidates.iter()).unwrap().id.as_str(), "soon");
    assert_eq!(first_to_ask(candidates[..3].iter()).unwrap().id.as_str(), "late");
}

#[test]
fn each_of_the_surroundings_is_a_reason_for_silence() {
    let noon: DateTime<FixedOffset> = "2026-06-01T12:00:00+02:00".parse().unwrap();
    let quiet = |hours: &str| Surroundings { quiet_hours: QuietHours::parse(hours), ..Surroundings::default() };
    let cases = [
        (Surroundings::default(), None),
        (Surroundings { opted_out: Some("DO_NOT_TRACK".to_owned()), ..Surroundings::default() }, Some("opted_out")),
        (Surroundings { no_terminal: true, ..Surroundings::default() }, Some("no_terminal")),
        (Surroundings { is_root: true, ..Surroundings::default() }, Some("root")),
        (Surroundings { is_presenting: true, ..Surroundings::default() }, Some("presenting")),
        (Surroundings { quiet_program: Some("obs".to_owned()), ..Surroundings::default() }, Some("quiet_program")),
        (Surroundings { is_misconfigured: true, ..Surroundings::default() }, Some("unreadable_configuration")),
        (Surroundings { is_unwritable: true, ..Surroundings::default() }, Some("state_not_writable")),
        (Surroundings { is_answering: true, ..Surroundings::default() }, Some("answering")),
        (Surroundings { is_typing: true, ..Surroundings::default() }, Some("typing")),
        (quiet("11:00-12:00"), None),
        (quiet("12:00-13:00"), Some("quiet_hours")),
        (quiet("22:00-07:00"), None),
        (quiet("13:00-12:01"), Some("quiet_hours")),
    ];
    for (surroundings, expected) in cases {
        assert_eq!(surroundings.silence(&noon).map(Silence::name), expected, "{surroundings:?}");
    }
    assert_eq!(quiet("12:00-13:00").silence(&noon).unwrap().until(), Some(at("2026-06-01T11:00:00")));
    assert_eq!(quiet("10:00-07:00").silence(&noon).unwrap().until(), Some(at("2026-06-02T05:00:00")));
    assert_eq!(QuietHours::parse("25:00-07:00"), None);
    assert_eq!(QuietHours::parse("07:00-07:00"), None);
    let variables = [
        ("CI", "true", "automation"),
        ("GIT_INDEX_FILE", ".git/index", "git_hook"),
        ("npm_lifecycle_event", "x", "package_script"),
    ];
    for (name, value, expected) in variables {
        let told = |set: &str| Surroundings::told_by(|variable| (variable == name).then(|| set.to_owned()));
        assert_eq!(told(value).map(|(silence, variable)| (silence.name(), variable)), Some((expected, name)));
        assert_eq!((told("").is_none(), told("false").is_none()), (true, true));
    }
}

#[test]
fn a_clock_that_was_set_back_is_noticed() {
    let mut memory = case().memory;
    memory.latest = at("2026-06-01");
    assert!(!memory.is_ahead_of(at("2026-06-01")));
    assert!(memory.is_ahead_of(at("2026-05-31T23:59:59")));
    memory.prompted("pulse", at("2026-08-01"));
    assert!(memory.is_ahead_of(at("2026-07-01")), "a prompt that is yet to come");
}

#[test]
fn the_due_file_says_when_a_shell_need_start_it() {
    let mut case = case();
    let due_of = |case: &Case| due(&[case.candidate()], &case.memory, case.settled, None, case.now).text(9);
    let now = case.now.timestamp();
    let closes = at("2026-07-01").timestamp();
    let look = now + 86_400;
    let begins = |case: &Case, times: String, entry: String| {
        let begin = format!("dxpulse 2 {times} 9\n{entry}\n");
        assert!(due_of(case).starts_with(&begin), "{begin}{}", due_of(case));
    };
    begins(&case, format!("{now} 999999999999999"), format!("{now} {closes} prompt"));
    case.trigger = Some(Trigger { min_duration_s: 30, ..trigger() });
    begins(&case, format!("{look} {now}"), format!("{now} {closes} command any 30 deployctl *"));
    case.turn().prompts = vec![at("2026-05-25")];
    let from = at("2026-06-08T00:00:01").timestamp(); // Once it has cooled down.
    begins(&case, format!("{look} {from}"), format!("{from} {closes} command any 30 deployctl *"));
    case.trigger = Some(Trigger { sample: Some(0.1), ..trigger() });
    assert!(!due_of(&case).contains("command"), "who isn't in the sample is left alone until the next wave");
    assert!(due_of(&case).contains(&format!("\n{look} ")), "and it is looked again every day");
    case.now = at("2026-06-30T18:00:00");
    assert!(due_of(&case).contains(&format!("\n{closes} ")), "or when the wave comes");
    case.now = at("2026-06-01");
    case.trigger = Some(Trigger { events: vec!["deploy.finished".to_owned()], ..Trigger::default() });
    case.turn().prompts.clear();
    assert!(!due_of(&case).contains("prompt"));
    let mut memory = case.memory.clone();
    memory.hear("deploy.finished", case.now);
    case.memory = memory;
    begins(&case, format!("{now} 999999999999999"), format!("{now} {} prompt", now + 600)); // It waits for the next prompt.
    case.is_muted = true;
    assert!(!due_of(&case).contains("prompt"));
}
