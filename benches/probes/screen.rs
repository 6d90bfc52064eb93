//! The floor for the screen: SQLite opened and one row read, then ratatui drawing a question on events alone.
//!
//! It draws as many lines as a question of `dxpulse` has, ready-made: no survey, no state, no wrapping, no saving. With `bare` it
//! draws three of them.

use std::io::{self, Write};

use crossterm::event::{self, Event, KeyCode};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::style::Stylize;
use ratatui::text::{Line, Span};
use ratatui::{Frame, Terminal};
use rusqlite::Connection;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let database = std::env::args().nth(1).ok_or("which database?")?;
    let connection = Connection::open(database)?;
    let value: String = connection.query_row("SELECT value FROM entry WHERE name = ?1", ["row-5"], |row| row.get(0))?;
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen)?;
    let bare = std::env::args().nth(2).is_some_and(|how| how == "bare");
    let answered = answer(&value, if bare { BARE } else { WHOLE });
    execute!(io::stdout(), LeaveAlternateScreen)?;
    io::stdout().flush()?;
    disable_raw_mode()?;
    Ok(answered?)
}

/// The rows that are drawn.
const WHOLE: &[u16] = &[1, 4, 7, 8, 9, 21, 22];
const BARE: &[u16] = &[4, 7, 8];

fn answer(value: &str, rows: &[u16]) -> io::Result<()> {
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut point = 0_u8;
    loop {
        terminal.draw(|frame| draw(frame, value, point, rows))?;
        if let Event::Key(key) = event::read()? {
            point = match key.code {
                KeyCode::Left => point.saturating_sub(1),
                KeyCode::Right => (point + 1).min(10),
                KeyCode::Char('q') => return Ok(()),
                _ => point,
            };
        }
    }
}

fn draw(frame: &mut Frame, value: &str, point: u8, rows: &[u16]) {
    let shown = |number: u8| {
        let text = format!("  {number:2}  ");
        if number == point { Span::from(text).reversed() } else { Span::from(text) }
    };
    let ticks = |number: u8| Span::from(if number == point { "──╿───" } else { "──┴───" }).cyan();
    let lines = [
        (1, Line::from(format!("{:60}1 of 3 · 20 s left", "A probe of the screen")).dim()),
        (4, Line::from(format!("A question about {value}, as long as a question of a survey is")).bold()),
        (7, Line::from((0..=10).map(shown).collect::<Vec<_>>())),
        (8, Line::from((0..=10).map(ticks).collect::<Vec<_>>())),
        (9, Line::from(format!("{:58}extremely likely", "not at all likely")).dim()),
        (21, Line::from("─".repeat(76)).dim()),
        (22, Line::from(format!("{:62}nothing saved", "← → move · q quit · and more of the same")).dim()),
    ];
    let area = frame.area();
    for (row, line) in lines.into_iter().filter(|(row, _)| *row < area.height && rows.contains(row)) {
        frame.render_widget(line, Rect::new(2, row, area.width.saturating_sub(2), 1));
    }
}
