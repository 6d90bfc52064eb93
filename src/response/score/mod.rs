//! Scores: what the answers to a standard question or instrument come to.
//!
//! Nothing is rounded here, and nothing is weighted or suppressed. A score without answers is `None`, never 0. A value off
//! the scale is no answer.
//!
//! Of many respondents: [`nps`], [`csat_top2`], [`csat_mean`], [`ces_top3`], [`ces_mean`], [`seq`]. Of one respondent:
//! [`sus`], [`umux`], [`umux_lite`], [`raw_tlx`], and by the survey's own names [`scores`].

mod instruments;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

pub use instruments::{scores, with_scores};

/// Gives the Net Promoter Score, −100 to 100: the share of 9 and 10 minus the share of 0 to 6, in percentage points.
///
/// Blanks are left out of the base, as in Reichheld (2003), where 7 and 8 are passive and count in the base alone.
pub fn nps(answers: &[Option<u8>]) -> Option<f64> {
    mean(on_scale(answers, 0..=10).map(|answer| match answer {
        9.. => 100.0,
        7..=8 => 0.0,
        _ => -100.0,
    }))
}

/// Gives customer satisfaction as the share of 4 and 5 among 1 to 5 (top-2-box), 0 to 100; blanks are left out.
pub fn csat_top2(answers: &[Option<u8>]) -> Option<f64> {
    share(answers, 1..=5, 4)
}

/// Gives customer satisfaction as the mean of 1 to 5; blanks are left out.
pub fn csat_mean(answers: &[Option<u8>]) -> Option<f64> {
    mean(on_scale(answers, 1..=5).map(f64::from))
}

/// Gives the Customer Effort Score 2.0 as the share of 5, 6 and 7 among 1 to 7 (top-3-box), 0 to 100; blanks are left out.
pub fn ces_top3(answers: &[Option<u8>]) -> Option<f64> {
    share(answers, 1..=7, 5)
}

/// Gives the Customer Effort Score 2.0 as the mean of 1 to 7; blanks are left out.
pub fn ces_mean(answers: &[Option<u8>]) -> Option<f64> {
    mean(on_scale(answers, 1..=7).map(f64::from))
}

/// Gives the Single Ease Question as the mean of 1, very difficult, to 7, very easy (Sauro and Dumas 2009); blanks are left out.
pub fn seq(answers: &[Option<u8>]) -> Option<f64> {
    mean(on_scale(answers, 1..=7).map(f64::from))
}

/// Gives the System Usability Scale, 0 to 100, of the ten items in their order, each 1 to 5 (Brooke 1996).
///
/// An odd item contributes its answer minus 1, an even one 5 minus its answer; the score is the sum times 2.5. Without
/// one of the items it is the sum of the nine contributions times 100/36 (Lewis and Sauro 2017); without more, missing.
pub fn sus(items: &[Option<u8>; 10]) -> Option<f64> {
    let contributions = contributions(items, 5);
    match contributions.len() {
        10 => Some(percentage(&contributions, 40.0)),
        9 => Some(percentage(&contributions, 36.0)),
        _ => None,
    }
}

/// Gives the Usability Metric for User Experience, 0 to 100, of the four items in their order, each 1 to 7 (Finstad 2010).
///
/// An odd item contributes its answer minus 1, an even one 7 minus its answer; the score is the sum divided by 24, times
/// 100. Without one of the items it is missing.
pub fn umux(items: &[Option<u8>; 4]) -> Option<f64> {
    let contributions = contributions(items, 7);
    (contributions.len() == items.len()).then(|| percentage(&contributions, 24.0))
}

/// Gives UMUX-Lite, 0 to 100, of its two items, each 1 to 7 (Lewis, Utesch and Maher 2013).
///
/// It is the sum of both minus 2, times 100/12, without the regression that predicts SUS from it. Without one of the items it is missing.
pub fn umux_lite(items: &[Option<u8>; 2]) -> Option<f64> {
    let contributions: Vec<u8> = on_scale(items, 1..=7).map(|answer| answer - 1).collect();
    (contributions.len() == items.len()).then(|| percentage(&contributions, 12.0))
}

/// Gives the Raw Task Load Index, 0 to 100: the mean of the subscales that the survey asks, each 0 to 100 (Hart 2006).
///
/// Performance runs from perfect to failure as in the original, so it isn't reversed. The subscales are those the author
/// declared; without an answer to one of them the score is missing.
pub fn raw_tlx(subscales: &[Option<f64>]) -> Option<f64> {
    let answered: Vec<f64> = subscales.iter().flatten().copied().filter(|answer| (0.0..=100.0).contains(answer)).collect();
    mean(answered.iter().copied()).filter(|_| answered.len() == subscales.len())
}

fn on_scale(answers: &[Option<u8>], scale: RangeInclusive<u8>) -> impl Iterator<Item = u8> {
    answers.iter().flatten().copied().filter(move |answer| scale.contains(answer))
}

/// Gives the share of answers from `least` up, in percent.
fn share(answers: &[Option<u8>], scale: RangeInclusive<u8>, least: u8) -> Option<f64> {
    mean(on_scale(answers, scale).map(|answer| if answer >= least { 100.0 } else { 0.0 }))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// Gives how much each answered item of an alternating instrument speaks for the system: odd ones rise, even ones fall.
fn contributions(items: &[Option<u8>], last: u8) -> Vec<u8> {
    let contribution = |(at, item): (usize, &Option<u8>)| {
        let answer = item.filter(|answer| (1..=last).contains(answer))?;
        Some(if at.is_multiple_of(2) { answer - 1 } else { last - answer })
    };
    items.iter().enumerate().filter_map(contribution).collect()
}

/// Gives a sum of contributions as a percentage of the greatest sum there could be.
fn percentage(contributions: &[u8], most: f64) -> f64 {
    contributions.iter().copied().map(f64::from).sum::<f64>() * 100.0 / most
}
