//! Raw TLX: how much load a task was.
//!
//! The English words are those of NASA's rating sheet (Hart and Staveland 1988), answered as numbers and without weights
//! as in Hart (2006). Performance runs from perfect to failure, so that a high number is a high load on all six. The
//! German and Japanese words are dxpulse's own translations and have not been validated.

use super::{AnsweredWith, Statement, Words};

const LOAD: AnsweredWith = AnsweredWith::Percent {
    help: [
        "From 0, very low, to 100, very high.",
        "Von 0, sehr gering, bis 100, sehr hoch.",
        "0(非常に低い)から100(非常に高い)まで。",
    ],
};

const PERFORMANCE: AnsweredWith = AnsweredWith::Percent {
    help: ["From 0, perfect, to 100, failure.", "Von 0, perfekt, bis 100, gescheitert.", "0(完璧)から100(失敗)まで。"],
};

/// The six subscales of the Task Load Index, from 0 to 100.
pub(super) const TLX: &[Statement] = &[
    subscale(
        "mental_demand",
        LOAD,
        [
            "How mentally demanding was the task?",
            "Wie hoch waren die geistigen Anforderungen der Aufgabe?",
            "この作業は、精神的にどの程度の負担でしたか。",
        ],
    ),
    subscale(
        "physical_demand",
        LOAD,
        [
            "How physically demanding was the task?",
            "Wie hoch waren die körperlichen Anforderungen der Aufgabe?",
            "この作業は、身体的にどの程度の負担でしたか。",
        ],
    ),
    subscale(
        "temporal_demand",
        LOAD,
        [
            "How hurried or rushed was the pace of the task?",
            "Wie eilig oder gehetzt war das Tempo der Aufgabe?",
            "この作業のペースは、どの程度せわしなく、急かされるものでしたか。",
        ],
    ),
    subscale(
        "performance",
        PERFORMANCE,
        [
            "How successful were you in accomplishing what you were asked to do?",
            "Wie erfolgreich haben Sie das erreicht, was von Ihnen verlangt war?",
            "求められたことを、どの程度うまく成し遂げられましたか。",
        ],
    ),
    subscale(
        "effort",
        LOAD,
        [
            "How hard did you have to work to accomplish your level of performance?",
            "Wie sehr mussten Sie sich anstrengen, um diese Leistung zu erreichen?",
            "その成果を上げるために、どの程度努力しなければなりませんでしたか。",
        ],
    ),
    subscale(
        "frustration",
        LOAD,
        [
            "How insecure, discouraged, irritated, stressed, and annoyed were you?",
            "Wie verunsichert, entmutigt, gereizt, gestresst und verärgert waren Sie?",
            "不安、落胆、いらだち、ストレス、腹立たしさを、どの程度感じましたか。",
        ],
    ),
];

const fn subscale(name: &'static str, answered_with: AnsweredWith, text: Words) -> Statement {
    Statement { name, text, answered_with }
}
