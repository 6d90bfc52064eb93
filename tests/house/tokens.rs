//! Rust source as a list of words and signs with their lines, without comments and without the text of literals.

/// A word, a sign or an opaque literal, and the line it stands on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    /// The word or the sign; `"` for every string or character literal.
    pub(crate) text: String,
    /// Counted from 1.
    pub(crate) line: usize,
}

impl Token {
    /// Says whether it is a word: an identifier, a keyword or a number.
    pub(crate) fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    }
}

struct Reader<'a> {
    characters: Vec<char>,
    at: usize,
    line: usize,
    tokens: &'a mut Vec<Token>,
}

/// Reads source into tokens; `::` is one sign, lifetimes are left out.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut reader = Reader { characters: source.chars().collect(), at: 0, line: 1, tokens: &mut tokens };
    while reader.at < reader.characters.len() {
        reader.step();
    }
    tokens
}

/// Gives the tokens without items marked `#[cfg(test)]`, and the names of the modules declared so.
pub(crate) fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut modules, mut at) = (Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        if starts_with(&tokens[at..], &["#", "[", "cfg", "(", "test", ")", "]"]) {
            let end = item_end(tokens, at + 7);
            let item = &tokens[at + 7..end];
            if let Some(module) = item.iter().position(|t| t.text == "mod").filter(|_| item.last().is_some_and(|t| t.text == ";"))
            {
                modules.push(item[module + 1].text.clone());
            }
            at = end;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    (kept, modules)
}

/// Says whether the tokens begin with these words and signs.
pub(crate) fn starts_with(tokens: &[Token], texts: &[&str]) -> bool {
    tokens.len() >= texts.len() && tokens.iter().zip(texts).all(|(token, text)| token.text == *text)
}

/// Gives the place after the item that starts at `from`: after its `;`, or after its closing brace.
pub(crate) fn item_end(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0i32;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" => depth -= 1,
            "}" if depth == 1 => return at + 1,
            "}" => depth -= 1,
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> char {
        self.characters.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn push(&mut self, text: String) {
        self.tokens.push(Token { text, line: self.line });
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.skip_while(|c| c != '\n'),
            ('/', '*') => self.skip_block_comment(),
            ('"', _) => self.string(),
            ('\'', _) => self.quote(),
            (':', ':') => self.sign("::"),
            (c, _) if c.is_alphanumeric() || c == '_' => self.word(),
            (c, _) if c.is_whitespace() => self.advance(1),
            (c, _) => self.sign(&c.to_string()),
        }
    }

    fn advance(&mut self, count: usize) {
        for _ in 0..count {
            self.line += usize::from(self.peek(0) == '\n');
            self.at += 1;
        }
    }

    fn skip_while(&mut self, go_on: impl Fn(char) -> bool) {
        while self.at < self.characters.len() && go_on(self.peek(0)) {
            self.advance(1);
        }
    }

    fn sign(&mut self, sign: &str) {
        self.push(sign.to_owned());
        self.advance(sign.chars().count());
    }

    fn word(&mut self) {
        let start = self.at;
        self.skip_while(|c| c.is_alphanumeric() || c == '_');
        let word: String = self.characters[start..self.at].iter().collect();
        let hashes = self.characters[self.at..].iter().take_while(|c| **c == '#').count();
        let quoted = self.peek(hashes) == '"';
        match word.as_str() {
            "r" | "br" | "cr" if quoted => self.raw_string(hashes),
            "b" | "c" if hashes == 0 && quoted => self.string(),
            "b" if self.peek(0) == '\'' => self.quote(),
            "r" if hashes == 1 => self.advance(1),
            _ => self.push(word),
        }
    }

    fn string(&mut self) {
        self.push("\"".to_owned());
        self.advance(1);
        while self.at < self.characters.len() && self.peek(0) != '"' {
            self.advance(if self.peek(0) == '\\' { 2 } else { 1 });
        }
        self.advance(1);
    }

    fn raw_string(&mut self, hashes: usize) {
        self.push("\"".to_owned());
        self.advance(hashes + 1);
        let closes = |reader: &Self| reader.peek(0) == '"' && (1..=hashes).all(|ahead| reader.peek(ahead) == '#');
        while self.at < self.characters.len() && !closes(self) {
            self.advance(1);
        }
        self.advance(hashes + 1);
    }

    fn quote(&mut self) {
        if self.peek(1) == '\\' {
            self.advance(3);
            self.skip_while(|c| c != '\'');
            self.advance(1);
        } else if self.peek(2) == '\'' {
            self.advance(3);
        } else {
            self.advance(1);
            return self.skip_while(|c| c.is_alphanumeric() || c == '_');
        }
        self.push("\"".to_owned());
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.characters.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.advance(1);
                    continue;
                }
            }
            self.advance(2);
            if depth == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> String {
        tokens(source).iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_literals_hide_what_they_hold() {
        for (source, expected) in [
            ("a::b // std::fs\n/* x /* y */ z */ c", "a :: b c"),
            (r##"let x = r#"std::fs " "#; b"\"q" 'c' '\'' '\u{1b}' end"##, "let x = \" ; \" \" \" \" end"),
            ("fn f<'a>(x: &'a str) {}", "fn f < > ( x : & str ) { }"),
            ("r#type br\"x\" b'x'", "type \" \""),
        ] {
            assert_eq!(texts(source), expected, "{source}");
        }
    }

    #[test]
    fn lines_are_counted_through_literals_and_comments() {
        let lines: Vec<_> = tokens("a\n\"x\ny\"\n/*\n*/ b").iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 2, 5]);
    }

    #[test]
    fn items_for_tests_are_left_out() {
        let source = "a; #[cfg(test)] mod cases; #[cfg(test)] mod tests { fn x() { y } } #[cfg(test)] use b::{c, d}; e";
        let (kept, modules) = without_tests(&tokens(source));
        let kept: Vec<_> = kept.iter().map(|token| token.text.as_str()).filter(|text| *text != ";").collect();
        assert_eq!((kept, modules), (vec!["a", "e"], vec!["cases".to_owned()]));
    }
}
