//! The codes of all problems: the one list of them, which explanations and reports stand on.

/// The code of every problem the parser can report, in alphabetical order.
pub const CODES: &[&str] = &[
    "case-clash",
    "duplicate-code",
    "duplicate-id",
    "duplicate-key",
    "duplicate-label",
    "duplicate-value",
    "empty-text",
    "hidden-character",
    "invalid-code",
    "invalid-date",
    "invalid-id",
    "invalid-language",
    "key-of-another-type",
    "label-count",
    "labels-and-anchors",
    "line-break",
    "mark-not-allowed",
    "max-below-min",
    "misplaced-key",
    "missing-key",
    "missing-translation",
    "no-middle",
    "no-questions",
    "out-of-range",
    "reserved-id",
    "second-other",
    "syntax",
    "text-too-long",
    "too-deep",
    "too-few-choices",
    "too-few-rows",
    "too-large",
    "too-many-choices",
    "too-many-decimals",
    "too-many-points",
    "too-many-questions",
    "too-many-rows",
    "unknown-key",
    "unknown-type",
    "unknown-value",
    "wrong-type",
];

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn codes_stand_in_order_and_once() {
        assert!(CODES.is_sorted_by(|one, next| one < next));
    }
}
