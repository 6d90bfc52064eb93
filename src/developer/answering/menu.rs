//! The small menu, the help and the question whether to decline: they lie over the question and destroy nothing.

use std::fmt;

use super::scale::moved;
use super::{Command, Context, Effect, Outcome, Overlay, Session, keys, reading};

/// What a command comes to while something lies over the question.
pub(super) enum Reaction {
    /// The face must do this.
    Effects(Vec<Effect>),
    /// The command is for the question below.
    Below(Command),
}

/// Takes a command to what lies over the question.
pub(super) fn react(session: &mut Session, overlay: Overlay, command: Command) -> Reaction {
    let is_move = matches!(command, Command::Up | Command::Down | Command::First | Command::Last);
    match (overlay, command) {
        (_, Command::Redraw) => return Reaction::Effects(vec![Effect::Redraw]),
        (_, Command::Suspend) => return Reaction::Effects(vec![Effect::Suspend]),
        (_, Command::Interrupt) => return Reaction::Below(command),
        (_, Command::Close) => session.overlay = None,
        (Overlay::Menu(at), command) if is_move => {
            session.overlay = Some(Overlay::Menu(moved(Some(at), command, session.menu().len() - 1)));
        }
        (Overlay::Words(_), Command::ReplaceWords | Command::KeepWords | Command::MendWords | Command::SaveAndLeave) => {
            return Reaction::Below(command);
        }
        (Overlay::Words(line), command) => session.overlay = Some(Overlay::Words(reading::moved(session, line, command))),
        (Overlay::Help(line), command) => session.overlay = Some(Overlay::Help(reading::moved(session, line, command))),
        (Overlay::Menu(at), Command::Confirm) => {
            if let Some((command, _)) = session.menu().get(at) {
                return Reaction::Below(*command);
            }
        }
        (Overlay::Menu(_), command) if session.menu().iter().any(|(listed, _)| *listed == command) => {
            return Reaction::Below(command);
        }
        (Overlay::Decline, Command::Decline) => {
            return Reaction::Effects(vec![Effect::Decline, Effect::Leave(Outcome::Declined)]);
        }
        _ => {}
    }
    Reaction::Effects(Vec::new())
}

/// A hint of the hint bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The command the key stands for.
    pub command: Command,
    /// The key, or what keys do alike, such as `1–5`.
    pub key: String,
    /// What it does.
    pub does: &'static str,
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key, self.does)
    }
}

impl Session {
    /// Gives what the menu offers here: the command and its line.
    pub fn menu(&self) -> Vec<(Command, &'static str)> {
        let menu = &self.phrases.menu;
        let mut lines = vec![(Command::Close, menu.go_on), (Command::SaveAndLeave, menu.leave)];
        if let Some(question) = self.question() {
            let allow = question.allow;
            let kinds = [
                (question.may_be_skipped(), Command::Skip, menu.skip),
                (allow.not_applicable, Command::NotApplicable, menu.not_applicable),
                (allow.prefer_not_to_say, Command::PreferNotToSay, menu.prefer_not),
                (allow.dont_know, Command::DontKnow, menu.dont_know),
                (matches!(self.context_below(), Context::ShortText | Context::LongText), Command::Editor, menu.editor),
                (true, Command::Review, menu.review),
            ];
            lines.extend(kinds.into_iter().filter(|(offered, ..)| *offered).map(|(_, command, line)| (command, line)));
        }
        let decline = if self.changes() { menu.drop } else { menu.decline };
        lines.extend([(Command::Decline, decline), (Command::Help, menu.help)]);
        lines
    }

    /// Gives the lines of the help: the keys, and what they do here.
    pub fn help(&self) -> Vec<(String, &'static str)> {
        let offered = |binding: &&keys::Binding| self.offers(binding.command());
        let shown = |binding: &keys::Binding| (binding.keys_shown(self.phrases).join(" "), binding.help(self.phrases));
        keys::bound(self.context_below()).filter(offered).map(shown).collect()
    }

    /// Gives the hint bar, the most useful first.
    pub fn hints(&self) -> Vec<Hint> {
        let hints = &self.phrases.hints;
        let shown = |binding: &keys::Binding| {
            let moves_nothing = binding.command() == Command::Down && self.line().is_some() && !self.is_longer();
            let does = binding.hint(self.phrases).filter(|_| self.offers(binding.command()) && !moves_nothing)?;
            let key = match binding.command() {
                Command::Digit(_) if self.focus.one_waits => "⏎".to_owned(),
                Command::Digit(_) => self.digits(),
                Command::Right => "←→".to_owned(),
                Command::Down => "↑↓".to_owned(),
                _ => binding.keys_shown(self.phrases).swap_remove(0),
            };
            let does = match (self.context(), binding.command(), self.focus.cursor) {
                (_, Command::Digit(_), _) if self.focus.one_waits => hints.one_waits,
                (Context::Decline, Command::Decline, _) if self.changes() => hints.drop,
                (Context::Review, Command::Confirm, Some(_)) => hints.change,
                (Context::Review, Command::Confirm, None) if !self.problems().is_empty() => hints.mend,
                _ => does,
            };
            Some(Hint { command: binding.command(), key, does })
        };
        keys::bound(self.context()).filter_map(shown).collect()
    }

    /// Gives the digits that mean something here, such as `1–5`.
    fn digits(&self) -> String {
        use crate::survey::Kind;
        let listed = |count: usize| match count {
            1 => "1".to_owned(),
            2..=9 => format!("1–{count}"),
            _ => "0–9".to_owned(),
        };
        match self.question().map(|question| &question.kind) {
            Some(Kind::Scale { scale, .. } | Kind::Matrix { scale, .. }) => format!("{}–{}", scale.first, scale.last.min(9)),
            Some(kind) => listed(kind.choices().len()),
            None => String::new(),
        }
    }

    /// Says whether a command does anything on the current question.
    fn offers(&self, command: Command) -> bool {
        let Some(question) = self.question() else { return !of_questions(command) };
        match command {
            Command::Skip => question.may_be_skipped(),
            Command::NotApplicable => question.allow.not_applicable,
            Command::PreferNotToSay => question.allow.prefer_not_to_say,
            Command::DontKnow => question.allow.dont_know,
            Command::Filter => question.kind.choices().len() > 5,
            Command::Back => self.position() > 0,
            Command::Review => self.asked().count() > 1,
            _ => true,
        }
    }
}

/// Says whether a command means nothing without a question.
fn of_questions(command: Command) -> bool {
    let kinds = [Command::Skip, Command::NotApplicable, Command::PreferNotToSay, Command::DontKnow];
    kinds.contains(&command) || matches!(command, Command::Editor | Command::Review)
}
