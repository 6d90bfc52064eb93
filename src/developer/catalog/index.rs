//! What lists say of the surveys in the program, ready-made: reading it out of their texts would cost every start more than all
//! the rest. It never says anything that the texts don't; the catalog's tests compare the two.

use crate::survey::wave::Cadence;

/// What lists say of a survey in the program.
pub(super) struct Indexed {
    pub(super) version: u32,
    /// In the survey's own language, English, then in those of [`TRANSLATED`].
    pub(super) title: [&'static str; 3],
    pub(super) minutes: f64,
    pub(super) cadence: Cadence,
    pub(super) has_occasion: bool,
}

/// The languages of the titles beside the surveys' own.
pub(super) const TRANSLATED: [&str; 2] = ["de", "ja"];

/// The surveys in the program, in their order.
pub(super) const INDEX: &[Indexed] = &[
    Indexed {
        version: 2,
        title: ["Platform pulse", "Kurzumfrage zur Plattform", "プラットフォームに関する短いアンケート"],
        minutes: 0.7,
        cadence: Cadence::Quarterly,
        has_occasion: false,
    },
    Indexed {
        version: 3,
        title: ["Developer experience", "Arbeiten in der Softwareentwicklung", "開発者体験アンケート"],
        minutes: 4.1,
        cadence: Cadence::Yearly,
        has_occasion: false,
    },
    Indexed {
        version: 2,
        title: ["Using our platform, or not", "Unsere Plattform nutzen – oder nicht", "プラットフォームを使うとき・使わないとき"],
        minutes: 2.3,
        cadence: Cadence::Yearly,
        has_occasion: false,
    },
    Indexed {
        version: 1,
        title: [
            "How usable is the platform?",
            "Wie gut lässt sich die Plattform nutzen?",
            "プラットフォームの使いやすさについて",
        ],
        minutes: 1.5,
        cadence: Cadence::Yearly,
        has_occasion: false,
    },
    Indexed {
        version: 1,
        title: ["The developer portal", "Das Entwicklerportal", "開発者ポータルについて"],
        minutes: 1.9,
        cadence: Cadence::Quarterly,
        has_occasion: false,
    },
    Indexed {
        version: 1,
        title: [
            "Waiting, tickets and manual work",
            "Wartezeiten, Tickets und manuelle Arbeit",
            "待ち時間・チケット・手作業について",
        ],
        minutes: 2.1,
        cadence: Cadence::Quarterly,
        has_occasion: false,
    },
    Indexed {
        version: 1,
        title: ["From change to production", "Von der Änderung in die Produktion", "変更が本番環境に届くまで"],
        minutes: 1.7,
        cadence: Cadence::Quarterly,
        has_occasion: false,
    },
    Indexed {
        version: 1,
        title: ["Your time and the platform", "Ihre Zeit und die Plattform", "プラットフォームと作業時間について"],
        minutes: 2.3,
        cadence: Cadence::Quarterly,
        has_occasion: false,
    },
    Indexed {
        version: 1,
        title: [
            "You, your team and the platform",
            "Sie, Ihr Team und die Plattform",
            "チームでのプラットフォームの使い方について",
        ],
        minutes: 2.0,
        cadence: Cadence::Yearly,
        has_occasion: false,
    },
    Indexed {
        version: 1,
        title: ["The platform from both sides", "Die Plattform von beiden Seiten", "作る側と使う側から見たプラットフォーム"],
        minutes: 2.2,
        cadence: Cadence::Yearly,
        has_occasion: false,
    },
    Indexed {
        version: 1,
        title: ["The pilot and the platform", "Das Pilotprojekt und die Plattform", "プラットフォームの試験導入について"],
        minutes: 1.7,
        cadence: Cadence::Monthly,
        has_occasion: false,
    },
    Indexed {
        version: 1,
        title: ["You said, we did", "Was aus Ihren Rückmeldungen wurde", "皆さんの声と、その後の取り組みについて"],
        minutes: 2.3,
        cadence: Cadence::Quarterly,
        has_occasion: false,
    },
    Indexed {
        version: 2,
        title: ["Your first deployment", "Ihr erstes Deployment", "最初のデプロイについて"],
        minutes: 1.6,
        cadence: Cadence::Evergreen,
        has_occasion: true,
    },
    Indexed {
        version: 1,
        title: ["How did it go?", "Wie ist es gelaufen?", "今回の作業はいかがでしたか"],
        minutes: 0.3,
        cadence: Cadence::Evergreen,
        has_occasion: true,
    },
    Indexed {
        version: 1,
        title: ["After the incident", "Nach der Störung", "障害発生後のアンケート"],
        minutes: 1.0,
        cadence: Cadence::Evergreen,
        has_occasion: true,
    },
];
