//! Letters of other alphabets in the 26 of English, as people write them where they have no others.

/// What stands for a letter, and the letters it stands for, small ones only.
const LETTERS: &[(&str, &str)] = &[
    ("a", "àáâãåāăąαάа"),
    ("ae", "äæ"),
    ("b", "βб"),
    ("c", "çćĉċč"),
    ("ch", "чχ"),
    ("d", "ďđðδд"),
    ("e", "èéêëēĕėęěεέеёэ"),
    ("f", "φф"),
    ("g", "ĝğġģγгґ"),
    ("h", "ĥħх"),
    ("i", "ìíîïĩīĭįıηήιίϊΐиії"),
    ("j", "ĵй"),
    ("k", "ķκк"),
    ("l", "ĺļľłλл"),
    ("m", "μм"),
    ("n", "ñńņňνн"),
    ("o", "òóôõøōŏőοόωώо"),
    ("oe", "öœ"),
    ("p", "πп"),
    ("ps", "ψ"),
    ("r", "ŕŗřρр"),
    ("s", "śŝşšșσςс"),
    ("sh", "ш"),
    ("shch", "щ"),
    ("ss", "ß"),
    ("t", "ţťțτт"),
    ("th", "þθ"),
    ("ts", "ц"),
    ("u", "ùúûũūŭůűųу"),
    ("ue", "ü"),
    ("v", "в"),
    ("w", "ŵ"),
    ("x", "ξ"),
    ("y", "ýÿŷυύϋΰы"),
    ("ya", "я"),
    ("ye", "є"),
    ("yu", "ю"),
    ("z", "źżžζз"),
    ("zh", "ж"),
];

/// Gives a letter in Latin ones, small; what has none there, such as an accent of its own or a sign without sound, becomes nothing or
/// stays as it is.
pub fn latin(letter: char) -> String {
    let letter = match letter {
        // Full-width forms stand in the same order as the plain ones.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{0300}'..='\u{036F}' | 'ъ' | 'ь' | 'Ъ' | 'Ь' => return String::new(),
        _ => letter,
    };
    let small: String = letter.to_lowercase().collect();
    let plain = LETTERS.iter().find(|(_, letters)| small.chars().all(|letter| letters.contains(letter)));
    plain.map_or(small, |(plain, _)| (*plain).to_owned())
}
