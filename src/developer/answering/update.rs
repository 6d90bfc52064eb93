//! One input at a time: where the respondent goes, and what the face must do.

use super::guard::Verdict;
use super::menu::Reaction;
use super::session::Step;
use super::typing::PAUSE_MS;
use super::{Command, Context, Effect, Ending, Event, Focus, Input, Outcome, Overlay, Saving, Session, Typing};
use super::{entry, keys, list, matrix, menu, ranking, reading, scale};
use crate::response::{Cell, Missing, Place, Reply};
use crate::screen::keymap::{Key, KeyCode};
use crate::survey::Kind;

/// Takes one input and gives the session after it, with what the face must do.
///
/// Whenever the draft changed, saving it comes before anything else. What is being typed is saved once nothing more comes, and isn't called
/// saved before.
pub fn update(session: Session, input: Input) -> (Session, Vec<Effect>) {
    let (draft, typed, is_woken) = (session.draft.clone(), session.typed(), input.event == Event::Woken);
    let (mut session, mut effects) = take(session, input);
    let leaves = effects.iter().any(|effect| matches!(effect, Effect::Leave(outcome) if *outcome != Outcome::Answered));
    let keeps = !effects.contains(&Effect::Decline);
    let is_unsaved = is_woken && session.saving == Saving::Underway;
    if keeps && (session.draft != draft || is_unsaved || (leaves && session.saving == Saving::Failed)) {
        session.saving = Saving::Underway;
        effects.insert(0, Effect::Save);
    } else if session.draft.place == draft.place && typed.is_some() && session.typed().is_some_and(|now| Some(now) != typed) {
        session.saving = Saving::Underway;
        effects.push(Effect::Wake(PAUSE_MS));
    }
    (session, effects)
}

fn take(mut session: Session, Input { at_ms, event }: Input) -> (Session, Vec<Effect>) {
    let effects = match event {
        Event::Key(key) => return take_key(session, key, at_ms),
        Event::Woken => {
            session.keep_typed();
            session.guard.release()
        }
        Event::Shown => {
            session.guard.shown(at_ms);
            Vec::new()
        }
        Event::Paste(text) => {
            if !session.guard.is_quiet(at_ms) {
                paste(&mut session, &text);
            }
            Vec::new()
        }
        // A face without keys has asked for itself whether to decline.
        Event::Command(Command::Decline) => vec![Effect::Decline, Effect::Leave(Outcome::Declined)],
        Event::Command(command) => {
            session.notice = None;
            obey(&mut session, command)
        }
        Event::Reply(reply) => give(&mut session, reply),
        Event::RowReply(cell) => {
            session.notice = None;
            let step = matrix::give(&mut session, cell);
            follow(&mut session, step)
        }
        Event::Edited(text) => {
            entry::edited(&mut session, &text);
            Vec::new()
        }
        Event::EditFailed(reason) => {
            session.notice = Some((session.phrases.notices.text_kept)(&reason));
            Vec::new()
        }
        Event::Saved => {
            session.saving = Saving::Saved;
            Vec::new()
        }
        Event::SaveFailed(reason) => {
            session.saving = Saving::Failed;
            session.notice = Some(reason);
            Vec::new()
        }
        Event::Submitted => vec![Effect::Leave(Outcome::Answered)],
        Event::TimedOut => leave(&mut session, Outcome::TimedOut),
        Event::Ended(ending) => leave(&mut session, Outcome::Ended(ending)),
    };
    (session, effects)
}

fn take_key(mut session: Session, key: Key, at_ms: u64) -> (Session, Vec<Effect>) {
    if key.ctrl && key.code == KeyCode::Char('c') {
        let effects = obey(&mut session, Command::Interrupt);
        return (session, effects);
    }
    let (is_typed, types) = (key.printable().is_some(), session.context().is_typing());
    let mut guard = std::mem::take(&mut session.guard);
    let verdict = guard.judge(at_ms, is_typed, types, || session.clone());
    session.guard = guard;
    match verdict {
        Verdict::Pass if session.guard.is_holding() => {}
        Verdict::Pass => return press(session, key, at_ms),
        Verdict::Drop => {}
        Verdict::Restore(before) => return (restored(*before, session), Vec::new()),
    }
    (session, Vec::new())
}

fn press(mut session: Session, key: Key, at_ms: u64) -> (Session, Vec<Effect>) {
    let context = session.context();
    let Some(command) = keys::command(context, key) else { return (session, Vec::new()) };
    if context == Context::Review && command == Command::Confirm && session.guard.is_bounce(at_ms) {
        return (session, Vec::new());
    }
    session.notice = None;
    let effects = obey(&mut session, command);
    if context != Context::Review && command == Command::Confirm && session.draft.place == Place::Review {
        session.guard.reviewed(at_ms);
    }
    let can_be_a_burst = key.printable().is_some() && !context.is_typing();
    let effects = if can_be_a_burst { session.guard.hold(effects) } else { effects };
    (session, effects)
}

/// Goes back to before a burst; what is durable stays known.
fn restored(before: Session, Session { saving, guard, .. }: Session) -> Session {
    let notice = Some(before.phrases.notices.too_fast.to_owned());
    Session { notice, saving, guard, ..before }
}

/// Carries out a command, whoever asked for it.
fn obey(session: &mut Session, command: Command) -> Vec<Effect> {
    let command = match session.overlay.map(|overlay| menu::react(session, overlay, command)) {
        Some(Reaction::Effects(effects)) => return effects,
        Some(Reaction::Below(below)) => below,
        None => command,
    };
    let decides = session.asks_about_words();
    session.overlay = None;
    match command {
        Command::Next => go_on(session),
        Command::Back => {
            back(session);
            Vec::new()
        }
        Command::Skip => settle(session, Missing::Skipped),
        Command::NotApplicable => settle(session, Missing::NotApplicable),
        Command::PreferNotToSay => settle(session, Missing::PreferNotToSay),
        Command::DontKnow => settle(session, Missing::DontKnow),
        Command::Review => {
            go_to(session, Place::Review);
            Vec::new()
        }
        Command::GoTo(position) => {
            visit(session, position);
            Vec::new()
        }
        Command::Submit => submit(session),
        Command::ReplaceWords | Command::KeepWords | Command::MendWords if decides => decide(session, command),
        Command::SaveAndLeave => leave(session, Outcome::SavedForLater),
        Command::Interrupt => leave(session, Outcome::Ended(Ending::Interrupted)),
        Command::Menu => over(session, Overlay::Menu(0)),
        Command::Help => over(session, Overlay::Help(0)),
        Command::Decline => over(session, Overlay::Decline),
        Command::Redraw => vec![Effect::Redraw],
        Command::Suspend => vec![Effect::Suspend],
        command => answer(session, command),
    }
}

/// Gives a command to what has the focus.
fn answer(session: &mut Session, command: Command) -> Vec<Effect> {
    let step = match session.context() {
        Context::Scale | Context::WideScale | Context::Boolean => scale::obey(session, command),
        Context::Single | Context::Multi | Context::Other | Context::Filter => list::obey(session, command),
        Context::Ranking => ranking::obey(session, command),
        Context::Matrix => matrix::obey(session, command),
        Context::ShortText | Context::LongText | Context::Steps => entry::obey(session, command),
        Context::Note => reading::obey(session, command),
        Context::Review => return review(session, command),
        Context::Menu | Context::Help | Context::Decline | Context::Words => Step::Stay,
    };
    follow(session, step)
}

fn follow(session: &mut Session, step: Step) -> Vec<Effect> {
    match step {
        Step::Stay => Vec::new(),
        Step::Advance if session.broken().is_some() => {
            session.notice = session.broken().map(str::to_owned);
            Vec::new()
        }
        Step::Advance if session.too_much_here().is_some() => {
            session.notice = session.too_much_here().map(|problem| (session.phrases.answers.problem)(&problem));
            Vec::new()
        }
        Step::Advance => advance(session),
        Step::Edit(text) => vec![Effect::Edit(text)],
    }
}

fn review(session: &mut Session, command: Command) -> Vec<Effect> {
    let asked: Vec<usize> = session.asked().map(|(place, _)| place).collect();
    let Some(last) = asked.len().checked_sub(1) else {
        return if command == Command::Confirm { submit(session) } else { Vec::new() };
    };
    session.focus.cursor = match (command, session.focus.cursor) {
        (Command::Confirm, None) => return submit(session),
        (Command::Confirm, Some(at)) => {
            session.from_review = Some(session.flow.clone());
            visit(session, asked[at.min(last)]);
            return Vec::new();
        }
        (Command::Up, None) | (Command::Last, _) => Some(last),
        (Command::Up, Some(at)) => at.checked_sub(1),
        (Command::Down, None) | (Command::First, _) => Some(0),
        (Command::Down, Some(at)) => (at < last).then_some(at + 1),
        (_, cursor) => cursor,
    };
    Vec::new()
}

/// Gives the whole reply to the current question and goes on, or says why not.
fn give(session: &mut Session, reply: Reply) -> Vec<Effect> {
    session.notice = None;
    let Some(question) = session.question() else { return Vec::new() };
    if let Some(problem) = crate::response::check::problem(question, Some(&reply)) {
        session.notice = Some((session.phrases.answers.problem)(&problem));
        return Vec::new();
    }
    session.focus.typing = Typing::Nothing;
    session.set(Some(reply));
    follow(session, Step::Advance)
}

/// Makes the current question missing in this way and goes on, or says why that can't be.
fn settle(session: &mut Session, missing: Missing) -> Vec<Effect> {
    let Some(question) = session.question() else { return Vec::new() };
    let (allow, notices) = (question.allow, &session.phrases.notices);
    let refusal = match missing {
        _ if question.kind == Kind::Note => return go_on(session),
        Missing::Skipped if question.required => Some(notices.required),
        Missing::NotApplicable if !allow.not_applicable => Some(notices.no_not_applicable),
        Missing::PreferNotToSay if !allow.prefer_not_to_say => Some(notices.no_prefer_not),
        Missing::DontKnow if !allow.dont_know => Some(notices.no_dont_know),
        _ => None,
    };
    if let Some(refusal) = refusal {
        session.notice = Some(refusal.to_owned());
        return Vec::new();
    }
    if session.context() == Context::Matrix {
        let step = matrix::give(session, Cell::Missing(missing));
        return follow(session, step);
    }
    session.focus = Focus::default();
    session.set(Some(Reply::Missing(missing)));
    advance(session)
}

/// Goes on with what is there.
fn go_on(session: &mut Session) -> Vec<Effect> {
    session.park();
    advance(session)
}

/// Goes to the next question, to the review, or, where a single question is asked and nothing must be known before, sends off.
fn advance(session: &mut Session) -> Vec<Effect> {
    let next = session.position() + 1;
    if let Some(before) = session.from_review.clone() {
        let place = session.brought_up(&before).map_or(Place::Review, |question| Place::Question(question.id.clone()));
        session.show(place);
    } else if let Some(question) = session.question_at(next) {
        let place = Place::Question(question.id.clone());
        session.show(place);
    } else if session.asked().count() > 1 || session.phrases.warning.is_some() {
        session.show(Place::Review);
    } else {
        return submit(session);
    }
    Vec::new()
}

fn back(session: &mut Session) {
    if session.context() == Context::Matrix && session.focus.row > 0 {
        session.focus.row -= 1;
        session.focus.cursor = matrix::point_of_row(session);
        return;
    }
    match session.position() {
        0 => session.notice = Some(session.phrases.notices.first_question.to_owned()),
        position => {
            session.from_review = None;
            visit(session, position - 1);
        }
    }
}

fn visit(session: &mut Session, position: usize) {
    if let Some(question) = session.question_at(position) {
        let place = Place::Question(question.id.clone());
        go_to(session, place);
    }
}

/// Keeps what was typed and goes to a place.
fn go_to(session: &mut Session, place: Place) {
    session.park();
    session.show(place);
}

fn over(session: &mut Session, overlay: Overlay) -> Vec<Effect> {
    session.overlay = Some(overlay);
    Vec::new()
}

fn leave(session: &mut Session, outcome: Outcome) -> Vec<Effect> {
    session.park();
    session.overlay = None;
    vec![Effect::Leave(outcome)]
}

fn submit(session: &mut Session) -> Vec<Effect> {
    let Some((id, problem)) = session.problems().into_iter().next() else {
        return if session.found().is_empty() { vec![Effect::Submit] } else { over(session, Overlay::Words(0)) };
    };
    session.show(Place::Question(id));
    session.from_review = (session.asked().count() > 1).then(|| session.flow.clone());
    let problem = (session.phrases.answers.problem)(&problem);
    session.notice = Some((session.phrases.notices.before_sending)(&problem));
    Vec::new()
}

/// Does with the words that may tell too much what the respondent wants.
fn decide(session: &mut Session, command: Command) -> Vec<Effect> {
    match command {
        Command::ReplaceWords => {
            session.replace_found();
            submit(session)
        }
        Command::MendWords => {
            session.mend_found();
            Vec::new()
        }
        _ => vec![Effect::Submit],
    }
}

fn paste(session: &mut Session, text: &str) {
    session.notice = None;
    if !session.context().is_typing() {
        session.notice = Some(session.phrases.notices.pasted.to_owned());
        return;
    }
    entry::insert(session, text);
}

impl Session {
    /// Shows a place with the focus where it belongs.
    pub(super) fn show(&mut self, place: Place) {
        if place == Place::Review {
            self.from_review = None;
        }
        let moved_on = self.exposed.take_if(|id| place != Place::Question(id.clone())).is_some();
        self.draft.place = place;
        if moved_on {
            // What followed from an answer that doesn't count isn't on the way any more.
            self.walk();
            self.settle_place();
        }
        self.overlay = None;
        self.focus = self.focus_of_place();
    }

    /// Gives the focus a place starts with: on the answer that is there, on nothing where there is none.
    pub(super) fn focus_of_place(&self) -> Focus {
        let Some(question) = self.question() else { return Focus::default() };
        match question.kind {
            Kind::Scale { .. } | Kind::Boolean => scale::focus(self),
            Kind::Single { .. } => list::focus(self),
            Kind::Matrix { .. } => matrix::focus(self),
            Kind::Text { .. } | Kind::Number { .. } | Kind::Date { .. } => entry::focus(self),
            Kind::Multi { .. } | Kind::Ranking { .. } | Kind::Note => Focus::default(),
        }
    }

    /// Keeps what is under edit, without judging it.
    pub(super) fn park(&mut self) {
        match self.focus.typing {
            Typing::Answer => entry::park(self),
            Typing::Other => list::park(self),
            Typing::Nothing | Typing::Filter => scale::park(self),
        }
    }
}
