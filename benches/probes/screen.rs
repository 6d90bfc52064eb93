//! The floor for the screen: SQLite opened and one row read, then ratatui drawing a scale on events alone.

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
    let answered = answer(&value);
    execute!(io::stdout(), LeaveAlternateScreen)?;
    io::stdout().flush()?;
    disable_raw_mode()?;
    Ok(answered?)
}

fn answer(value: &str) -> io::Result<()> {
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut point = 0_u8;
    loop {
        terminal.draw(|frame| draw(frame, value, point))?;
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

fn draw(frame: &mut Frame, value: &str, point: u8) {
    let shown = |number: u8| {
        let text = format!("  {number}  ");
        if number == point { Span::from(text).reversed() } else { Span::from(text) }
    };
    let scale = Line::from((0..=10).map(shown).collect::<Vec<_>>());
    let lines = [Line::from(format!("A question about {value}")).bold(), scale, Line::from("← → move   q quits").dim()];
    let width = frame.area().width;
    for (row, line) in (1..).step_by(3).zip(lines) {
        frame.render_widget(line, Rect::new(2, row, width - 2, 1));
    }
}
