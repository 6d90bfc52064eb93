//! What things look like: a few named styles of the terminal's own sixteen colours, so that the user's palette is kept.
//!
//! Colour never carries a meaning alone: every state has a glyph or an attribute beside it.

use ratatui::style::{Color, Modifier, Style};

/// The named styles of every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    accent: Option<Color>,
    good: Option<Color>,
    warning: Option<Color>,
    faint: Option<Color>,
}

/// What is known of the terminal's background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    /// Nothing: colours that read on both.
    #[default]
    Unknown,
    /// Dark.
    Dark,
    /// Light.
    Light,
}

impl Theme {
    /// Gives the styles without any colour: bold, dim, underlined and reversed stay.
    pub const fn plain() -> Self {
        Self { accent: None, good: None, warning: None, faint: None }
    }

    /// Gives the styles for a background.
    pub const fn coloured(background: Background) -> Self {
        let (accent, good, warning) = match background {
            Background::Dark => (Color::LightCyan, Color::LightGreen, Color::LightYellow),
            Background::Light => (Color::Blue, Color::Green, Color::Red),
            Background::Unknown => (Color::Cyan, Color::Green, Color::Magenta),
        };
        Self { accent: Some(accent), good: Some(good), warning: Some(warning), faint: None }
    }

    /// Gives the style of the question: the brightest thing on the screen.
    pub fn question(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Gives the style of text to read.
    pub fn text(&self) -> Style {
        Style::new()
    }

    /// Gives the style of what may be overlooked.
    pub fn faint(&self) -> Style {
        tinted(self.faint).add_modifier(Modifier::DIM)
    }

    /// Gives the style of the one accent.
    pub fn accent(&self) -> Style {
        tinted(self.accent)
    }

    /// Gives the style of what was chosen.
    pub fn chosen(&self) -> Style {
        tinted(self.accent).add_modifier(Modifier::BOLD)
    }

    /// Gives the style of what is under the cursor.
    pub fn cursor(&self) -> Style {
        tinted(self.accent).add_modifier(Modifier::REVERSED)
    }

    /// Gives the style of what went well.
    pub fn good(&self) -> Style {
        tinted(self.good)
    }

    /// Gives the style of what wants attention.
    pub fn warning(&self) -> Style {
        tinted(self.warning).add_modifier(Modifier::BOLD)
    }
}

fn tinted(colour: Option<Color>) -> Style {
    colour.map_or(Style::new(), |colour| Style::new().fg(colour))
}

/// Reads the background from `COLORFGBG`, which some terminals set to `foreground;background`.
pub fn background(colorfgbg: &str) -> Background {
    match colorfgbg.rsplit(';').next().and_then(|number| number.parse::<u8>().ok()) {
        Some(7 | 15) => Background::Light,
        Some(0..=8) => Background::Dark,
        _ => Background::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_is_read_where_the_terminal_tells_it() {
        let cases = [
            ("15;0", Background::Dark),
            ("0;15", Background::Light),
            ("0;default;7", Background::Light),
            ("", Background::Unknown),
        ];
        for (text, expected) in cases {
            assert_eq!(background(text), expected, "{text:?}");
        }
    }

    #[test]
    fn without_colour_the_attributes_stay() {
        let theme = Theme::plain();
        for style in [theme.question(), theme.chosen(), theme.cursor(), theme.warning(), theme.faint()] {
            assert!(style.fg.is_none() && !style.add_modifier.is_empty());
        }
    }
}
