//! SUS, UMUX and UMUX-Lite: how usable a system is.
//!
//! The English words are those of Brooke (1996) and Finstad (2010); UMUX-Lite is the two positive items of UMUX (Lewis,
//! Utesch and Maher 2013). The German and Japanese words are dxpulse's own translations and have not been validated: use
//! them to compare with other waves of the same survey rather than with published norms.
//!
//! In German the object stands in the accusative everywhere, so that one form of its name fits every item.

use super::Statement;
use super::agreement::{negative, positive};

/// The ten items of the System Usability Scale, on five points.
pub(super) const SUS: &[Statement] = &[
    positive(
        5,
        [
            "I think that I would like to use {this system} frequently.",
            "Ich denke, dass ich {dieses System} gerne häufig nutzen würde.",
            "{このシステム}を頻繁に使いたいと思う。",
        ],
    ),
    negative(
        5,
        [
            "I found {the system} unnecessarily complex.",
            "Ich fand {das System} unnötig komplex.",
            "{このシステム}は不必要に複雑だと感じた。",
        ],
    ),
    positive(
        5,
        [
            "I thought {the system} was easy to use.",
            "Ich fand {das System} einfach zu benutzen.",
            "{このシステム}は使いやすいと思った。",
        ],
    ),
    negative(
        5,
        [
            "I think that I would need the support of a technical person to be able to use {this system}.",
            "Ich denke, dass ich die Hilfe einer technisch versierten Person brauchen würde, um {dieses System} benutzen zu können.",
            "{このシステム}を使えるようになるには、技術に詳しい人の助けが必要だと思う。",
        ],
    ),
    positive(
        5,
        [
            "I found the various functions in {this system} were well integrated.",
            "Ich fand die verschiedenen Funktionen gut in {dieses System} integriert.",
            "{このシステム}のさまざまな機能は、うまく統合されていると感じた。",
        ],
    ),
    negative(
        5,
        [
            "I thought there was too much inconsistency in {this system}.",
            "Ich fand {dieses System} in sich zu uneinheitlich.",
            "{このシステム}には一貫していないところが多すぎると思った。",
        ],
    ),
    positive(
        5,
        [
            "I would imagine that most people would learn to use {this system} very quickly.",
            "Ich kann mir vorstellen, dass die meisten Menschen sehr schnell lernen würden, {dieses System} zu benutzen.",
            "たいていの人は、{このシステム}の使い方をとても早く覚えるだろうと思う。",
        ],
    ),
    negative(
        5,
        [
            "I found {the system} very cumbersome to use.",
            "Ich fand {das System} sehr umständlich zu benutzen.",
            "{このシステム}を使うのはとても面倒だと感じた。",
        ],
    ),
    positive(
        5,
        [
            "I felt very confident using {the system}.",
            "Ich fühlte mich sehr sicher dabei, {das System} zu benutzen.",
            "{このシステム}を、とても自信を持って使えた。",
        ],
    ),
    negative(
        5,
        [
            "I needed to learn a lot of things before I could get going with {this system}.",
            "Ich musste vieles lernen, bevor ich {dieses System} richtig nutzen konnte.",
            "{このシステム}を使い始める前に、多くのことを覚える必要があった。",
        ],
    ),
];

const CAPABILITIES: Statement = positive(
    7,
    [
        "{This system}'s capabilities meet my requirements.",
        "Meine Anforderungen an {dieses System} werden durch die vorhandenen Funktionen erfüllt.",
        "{このシステム}の機能は、自分が必要とすることを満たしている。",
    ],
);

const EASE: Statement = positive(
    7,
    ["{This system} is easy to use.", "Es ist einfach, {dieses System} zu benutzen.", "{このシステム}は使いやすい。"],
);

/// The four items of the Usability Metric for User Experience, on seven points.
pub(super) const UMUX: &[Statement] = &[
    CAPABILITIES,
    negative(
        7,
        [
            "Using {this system} is a frustrating experience.",
            "Es ist eine frustrierende Erfahrung, {dieses System} zu benutzen.",
            "{このシステム}を使うのは、ストレスのたまる経験だ。",
        ],
    ),
    EASE,
    negative(
        7,
        [
            "I have to spend too much time correcting things with {this system}.",
            "Ich muss zu viel Zeit damit verbringen, Dinge zu korrigieren, wenn ich {dieses System} benutze.",
            "{このシステム}では、手直しに時間を取られすぎる。",
        ],
    ),
];

/// The two items of UMUX-Lite, on seven points.
pub(super) const UMUX_LITE: &[Statement] = &[CAPABILITIES, EASE];
