//! What a person reads off the answering screen: where they are, and what the program says it has saved.

/// Gives the question's number and how many there are, from `2 of 9` in the first rows, or `2/9` on a narrow screen.
pub(crate) fn place(text: &str) -> Option<(usize, usize)> {
    text.lines().take(3).find_map(|line| {
        let line = line.replace(" of ", "/");
        let pair = |word: &str| word.split_once('/').and_then(|(at, all)| Some((at.parse().ok()?, all.parse().ok()?)));
        line.split_whitespace().find_map(pair)
    })
}

/// Gives how many replies the status line calls saved: `✓ 3 replies saved`, or `✓ 3 saved` on a narrow screen.
pub(crate) fn saved(text: &str) -> Option<usize> {
    text.lines().rev().find_map(|line| {
        let status = line.trim_end().strip_suffix(" saved")?;
        status.rsplit_once("✓ ")?.1.split(' ').next()?.parse().ok()
    })
}
