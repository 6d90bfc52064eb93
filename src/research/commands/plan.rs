//! `dxpulse-research plan`: how many answers a wave needs, before anybody is asked.

use std::fmt::Write as _;

use super::{Exit, Failure};
use crate::report::output;
use crate::research::figures::{decimal, percent};
use crate::statistics::{Balance, Detection, Proportion};

const DETAILS: &str = "\
Give what you want to know: the width of an interval (--width), or a change that is to be detected (--change). Of scores in points, -100 \
to 100; of shares in percent.

The cost is in prompts: whoever is asked spends one of the few that the rules against fatigue leave them, one in 14 days.";

/// The days between two prompts to one person.
const DAYS_BETWEEN: f64 = 14.0;

/// The days of a quarter.
const QUARTER: f64 = 365.2425 / 4.0;

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(crate) struct Arguments {
    /// Plan for a Net Promoter Score around this one
    #[arg(long, value_name = "POINTS", allow_negative_numbers = true, required_unless_present = "share", conflicts_with = "share",
        value_parser = clap::value_parser!(i8).range(-100..=100))]
    nps: Option<i8>,
    /// Plan for a share around this one, in percent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    share: Option<u8>,
    /// The passives among the answers to an NPS question, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 30, value_parser = clap::value_parser!(u8).range(0..=100))]
    passives: u8,
    /// How wide the interval may be
    #[arg(long, value_name = "POINTS", required_unless_present = "change", conflicts_with = "change", value_parser = clap::value_parser!(u8).range(1..=200))]
    width: Option<u8>,
    /// The change from one wave to the next that is to be detected
    #[arg(long, value_name = "POINTS", allow_negative_numbers = true, value_parser = clap::value_parser!(i16).range(-200..=200))]
    change: Option<i16>,
    /// How likely the change is to be detected where it is there, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 80, value_parser = clap::value_parser!(u8).range(50..=99))]
    power: u8,
    /// How many developers can be invited
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    invited: Option<u64>,
    /// How many of those invited answer, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 50, value_parser = clap::value_parser!(u8).range(1..=100))]
    rate: u8,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let needed = needed(arguments)?;
    let rate = f64::from(arguments.rate) / 100.0;
    let most = arguments.invited.map(|invited| invited as f64 * rate);
    let Some(answers) = needed else {
        return Err(Failure::new("no number of answers is enough").hint("ask for a wider interval or a greater change"));
    };
    let invitations = (answers as f64 / rate).ceil();
    let is_enough = most.is_none_or(|most| answers as f64 <= most);
    let a_quarter = QUARTER / DAYS_BETWEEN;
    if arguments.json {
        output::print_json(&serde_json::json!({
            "answers": answers, "invitations": invitations, "response_rate": rate, "is_enough": is_enough,
            "prompts": invitations, "prompts_each_a_quarter": a_quarter,
        }))?;
        return Ok(Exit::SUCCESS);
    }
    let mut text =
        format!("{answers} answers are needed{}.\n", if arguments.change.is_some() { " in each of both waves" } else { "" });
    let _ = writeln!(text, "Where {} answer, {invitations} are to be invited.", percent(rate));
    let _ = writeln!(
        text,
        "Cost: {invitations} prompts, one for each of them, of about {} that one in 14 days leaves each in a quarter.",
        decimal(a_quarter, 1)
    );
    if let (false, Some(most)) = (is_enough, most) {
        let _ = writeln!(
            text,
            "That is more than the {} answers to expect: ask for less, or take two waves together.",
            decimal(most.floor(), 0)
        );
    }
    output::print(&text)?;
    Ok(Exit::SUCCESS)
}

/// Gives the fewest answers that are enough.
fn needed(arguments: &Arguments) -> Result<Option<u64>, Failure> {
    let wanted = Detection { confidence: 0.95, power: f64::from(arguments.power) / 100.0 };
    let change = arguments.change.map(|points| f64::from(points) / 100.0);
    let width = arguments.width.map(|points| f64::from(points) / 100.0);
    let outside = |what: &str| {
        Failure::usage(format!("there is no such {what}"))
            .hint("its parts, also after the change, are from 0 to 100 percent; --passives says how many are neither")
    };
    if let Some(share) = arguments.share {
        let share = f64::from(share) / 100.0;
        let now = Proportion { share, n: 0.0 };
        return Ok(match (width, change) {
            (Some(width), _) => now.answers_for_width(width, wanted.confidence, arguments.invited),
            (None, Some(change)) => {
                let later = Some(share + change).filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| outside("share"))?;
                now.answers_for_change(Proportion { share: later, n: 0.0 }, wanted)
            }
            (None, None) => None,
        });
    }
    let score = f64::from(arguments.nps.unwrap_or(0)) / 100.0;
    let balance = |score: f64| {
        let decided = 1.0 - f64::from(arguments.passives) / 100.0;
        let balance = Balance { detractors: (decided - score) / 2.0, promoters: f64::midpoint(decided, score), n: 0.0 };
        (balance.detractors >= 0.0 && balance.promoters >= 0.0)
            .then_some(balance)
            .ok_or_else(|| outside(&format!("score with {} % passives", arguments.passives)))
    };
    let now = balance(score)?;
    Ok(match (width, change) {
        (Some(width), _) => now.answers_for_width(width, wanted.confidence, arguments.invited),
        (None, Some(change)) => now.answers_for_change(balance(score + change)?, wanted),
        (None, None) => None,
    })
}
