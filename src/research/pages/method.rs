//! The method box: how each figure was worked out, in words.

use crate::research::figures::decimal;
use crate::research::findings::{Findings, Weighting};
use crate::statistics::{DifferenceInterval, Methods, NpsInterval, ShareInterval};

/// One line of the method box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) about: &'static str,
    pub(super) text: String,
}

/// Gives the method of these findings.
pub(super) fn lines(findings: &Findings) -> Vec<Line> {
    let line = |about, text: &str| Line { about, text: text.to_owned() };
    let smallest = findings.smallest_group;
    vec![
        line(
            "Net Promoter Score",
            &format!(
                "Percentage of 9 and 10 less percentage of 0 to 6; {}. NPS, Net Promoter and Net Promoter Score are registered trademarks of Bain & Company, NICE Systems and Fred Reichheld.",
                of_scores(findings.methods.nps)
            ),
        ),
        line("Shares", &of_shares(findings.methods)),
        line("Means", "Student's t; differences by Welch's test, with Hedges' g."),
        line(
            "Medians of scales",
            "As of grouped data: each point reaches half a point down and up, and within the middle one answers are spread evenly.",
        ),
        line(
            "Small groups compared",
            "Up to 30 answers the exact permutation test (Fisher 1935) decides along with the interval: far out, intervals of few answers are too narrow, and have no width where all gave the same.",
        ),
        line(
            "Groups",
            "Each is compared with all other groups shown, taken together: those hidden have no part in it. Of two arms the second is compared with the first.",
        ),
        line("Changes of scores", "MOVER of the intervals of both scores (Zou and Donner 2008); p inverts the interval."),
        line(
            "Slopes",
            "Of the share that is named there, not of the figure that is drawn: of a Net Promoter Score that of promoters (9 and 10), of a scale that at its better end. By least squares over the waves since the wording last changed, three or more, each with as much weight as it has answers; p of the Cochran–Armitage test (Armitage 1955). Every answer counts as one.",
        ),
        line(
            "Several comparisons",
            &format!(
                "p corrected by Benjamini and Hochberg (1995): the {} changes between waves are one family, all differences between groups of any segment another, and those of each variant one of their own. A difference counts as one where the corrected p is below .05; slopes and cross-tabulations are not corrected.",
                findings.changes.len()
            ),
        ),
        line("Missing answers", "Left out of every base; each kind is counted apart, and none is a zero."),
        line(
            "Populations",
            "Where the number of invited is known, the interval of a figure is about them, less those to whom the item wasn't shown (N in all): it narrows as n(N − 1)/(N − n), where n is the answers, or what weighted ones are worth, and has no width where that is all (a census). Differences and changes are about what lies behind the answers, and are not narrowed. Bounds are about the same N (Manski 1990).",
        ),
        line("Weights", &weights(findings)),
        line(
            "Drivers",
            "LMG shares of R² (Grömping 2006) and Johnson's relative weights (2000) over complete answers; intervals by draws over distinct answer patterns.",
        ),
        line(
            "Reliability",
            "Of each question with several rows on a scale, and of each instrument with several items: Cronbach's alpha with Feldt's interval (1965), and from three items on McDonald's omega (1999), over those who answered every item. Items of which less is better are turned round. Every answer counts as one.",
        ),
        line(
            "Small groups",
            &format!(
                "Nothing is shown of fewer than {smallest} answers, nor what would give them away by subtraction; own words from {} up, shuffled in the same way for the same words.",
                findings.smallest_comment_group
            ),
        ),
        line("Confidence", "95 % throughout."),
        line("All figures", &format!("SHA-256 {}", findings.hash)),
        line("Made by", concat!("dxpulse-research ", env!("CARGO_PKG_VERSION"))),
    ]
}

fn of_scores(method: NpsInterval) -> &'static str {
    match method {
        NpsInterval::Tango => "Tango's score interval (1998)",
        NpsInterval::AdjustedWald => "the adjusted Wald interval (Rocks 2016), which may reach past −100 and 100",
        NpsInterval::Jeffreys => "Jeffreys' interval (Brown, Cai and DasGupta 2001)",
    }
}

fn of_shares(methods: Methods) -> String {
    let own = match methods.share {
        ShareInterval::Wilson => "Wilson's interval (1927)",
        ShareInterval::ClopperPearson => {
            "the interval of Clopper and Pearson (1934), which is exact where every answer counts as one and it isn't known how many were invited, and else that of as many answers as they are worth (Korn and Graubard 1998)"
        }
    };
    let difference = match methods.difference {
        DifferenceInterval::Newcombe => "Newcombe's hybrid interval (1998), of both Wilson intervals",
        DifferenceInterval::MiettinenNurminen => "the score interval of Miettinen and Nurminen (1985)",
    };
    format!("Of those who answered; {own}. Differences by {difference}; p inverts the interval.")
}

fn weights(findings: &Findings) -> String {
    findings.weighting.map_or_else(
        || "Every answer counts as one.".to_owned(),
        |Weighting { effective_n, design_effect }| {
            let (worth, inflated) = (decimal(effective_n, 0), decimal(design_effect, 2));
            format!(
                "The answers are weighted, and are worth {worth} that count alike: the design effect is {inflated} (Kish 1965). Intervals are those of as many; counts are of answers."
            )
        },
    )
}
