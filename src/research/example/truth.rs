//! What is true of the example. A report is judged by what it finds of this, and by what it claims besides.
//!
//! | what is true | how large it is |
//! |---|---|
//! | an outage before the fifth wave lowers the score of everyone, for good | one point out of ten, of every second developer two |
//! | the second variant of the golden path is easier, in the last wave | one point out of seven for three in four |
//! | speed and reliability move the score | a point for each point |
//! | the team `payments` gives lower scores in every wave | three points out of ten |
//! | nothing else makes a difference | whoever answers or leaves something out does so by chance |

/// Teams and how many developers each has: the smallest can never be shown alone.
pub const TEAMS: [(&str, usize); 12] = [
    ("storefront", 96),
    ("search", 72),
    ("payments", 56),
    ("logistics", 44),
    ("identity", 36),
    ("mobile", 28),
    ("data", 22),
    ("risk", 16),
    ("support", 12),
    ("billing", 8),
    ("research", 6),
    ("security", 4),
];

/// The team that is worse off.
pub const WORSE: &str = "payments";

/// How many points a developer of the worse team gives less.
pub const LESS: u8 = 3;

/// The waves, a quarter each.
pub const WAVES: [&str; 6] = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"];

/// The first wave after the outage, by its place.
pub const OUTAGE: usize = 4;

/// The wave in which the golden path has two variants, by its place: the first that asks for its ease.
pub const EXPERIMENT: usize = 5;

/// The variants of the golden path; the second is the new one.
pub const ARMS: [&str; 2] = ["current", "guided"];

/// What is rated from 1 to 5; the first two move the score.
pub const RATED: [&str; 5] = ["speed", "reliability", "documentation", "support", "flexibility"];

/// How many of those rated move the score.
pub const DRIVERS: usize = 2;

/// How likely each rating from 1 to 5 is, in hundredths.
pub const RATINGS: [usize; 5] = [6, 14, 25, 35, 20];

/// How often the platform is used, and how likely each is, in hundredths.
pub const ADOPTION: [(&str, usize); 4] = [("daily", 30), ("weekly", 30), ("rarely", 25), ("never", 15)];

/// What keeps developers from the platform, and how many in a hundred each keeps.
pub const BARRIERS: [(&str, usize); 5] = [("load", 35), ("flexibility", 25), ("trust", 20), ("workflow", 15), ("value", 10)];

/// In how many parts chance divides what moves the score besides: the sum of two throws.
pub const THROW: u8 = 5;

/// Gives what someone answers from 0 to 10 who rated speed and reliability so, with two throws of 0 to 4, and so many points lost.
pub fn score(drivers: [u8; DRIVERS], throws: [u8; 2], lost: u8) -> u8 {
    let given = drivers.iter().chain(&throws).sum::<u8>();
    // Two throws of 2 make a point more than the ratings alone.
    given.saturating_sub(3 + lost).min(10)
}

/// Gives the points that the outage takes in a wave, each with its likelihood.
fn lost(wave: usize) -> &'static [(u8, f64)] {
    if wave < OUTAGE { &[(0, 1.0)] } else { &[(1, 0.5), (2, 0.5)] }
}

/// Gives the Net Promoter Score in a wave, of a team or of everyone, that endlessly many such developers would give: -100 to 100.
pub fn nps(wave: usize, team: Option<&str>) -> f64 {
    let worse = |team: &str| if team == WORSE { LESS } else { 0 };
    let all: usize = TEAMS.iter().map(|(_, people)| people).sum();
    let of = |(name, people): &(&str, usize)| *people as f64 / all as f64 * balance(wave, worse(name));
    100.0 * team.map_or_else(|| TEAMS.iter().map(of).sum(), |team| balance(wave, worse(team)))
}

/// Gives how much likelier a promoter is than a detractor, over everything that can be drawn.
fn balance(wave: usize, worse: u8) -> f64 {
    let ratings = || (1..).zip(RATINGS);
    let throws = || (0..THROW).flat_map(|one| (0..THROW).map(move |other| [one, other]));
    let mut balance = 0.0;
    for ((speed, one), (reliability, two)) in ratings().flat_map(|one| ratings().map(move |two| (one, two))) {
        for (throws, (points, likely)) in throws().flat_map(|throws| lost(wave).iter().map(move |lost| (throws, lost))) {
            let class = match score([speed, reliability], throws, points + worse) {
                0..=6 => -1.0,
                7 | 8 => 0.0,
                _ => 1.0,
            };
            balance += class * likely * (one * two) as f64 / 1e4 / f64::from(THROW * THROW);
        }
    }
    balance
}

/// Gives the mean of a rating.
pub fn rating() -> f64 {
    (1_u8..).zip(RATINGS).map(|(point, likely)| f64::from(point) * likely as f64 / 100.0).sum()
}

/// How much easier the second variant is on average.
pub const EASIER: f64 = 0.75;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_likely_adds_up() {
        assert_eq!(TEAMS.iter().map(|(_, people)| people).sum::<usize>(), 400);
        assert_eq!((RATINGS.iter().sum::<usize>(), ADOPTION.iter().map(|(_, likely)| likely).sum::<usize>()), (100, 100));
        assert!(lost(0).iter().chain(lost(OUTAGE)).map(|(_, likely)| likely).sum::<f64>() == 2.0);
    }

    #[test]
    fn the_score_falls_with_the_outage_and_is_lower_in_one_team() {
        assert!((0..5).all(|wave| (nps(wave + 1, None) < nps(wave, None)) == (wave + 1 == OUTAGE)));
        assert!(nps(0, Some(WORSE)) < nps(0, Some("search")) && nps(0, Some("data")) == nps(0, Some("search")));
    }
}
