//! Counts in words.

/// Says how many there are of something that has these names, one and several.
pub(crate) fn counted(count: usize, [one, several]: [&str; 2]) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_several() {
        let told = [0, 1, 2].map(|count| counted(count, ["person", "people"]));
        assert_eq!(told, ["0 people", "1 person", "2 people"]);
    }
}
