//! A preview as it stands: the file, the respondent who tries it out, and what of the preview's own lies over that.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::file::{Source, Trouble};
use crate::developer::answering::{self, Ending, Event, Input, Outcome, Session};
use crate::developer::phrases::Phrases;
use crate::response::{Draft, Place};
use crate::survey::{Question, QuestionId, Survey};

/// The sizes that one key goes through; the first is the window's own.
const SIZES: [Size; 5] = [Size::Window, Size::Cells(40, 10), Size::Cells(80, 24), Size::Cells(120, 40), Size::Cells(200, 60)];

/// How large the survey's screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// As large as the window allows.
    Window,
    /// This many columns and rows.
    Cells(u16, u16),
}

/// What the author asked for when they started the preview.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Start {
    /// The language, as a BCP 47 tag; the survey's own without one.
    pub(crate) language: Option<String>,
    /// The question to begin with; the first without one.
    pub(crate) question: Option<QuestionId>,
    /// The columns and rows of the survey's screen; the window's without them.
    pub(crate) size: Option<(u16, u16)>,
    /// What decides orders and arms.
    pub(crate) seed: u64,
}

/// When a preview takes place: it knows no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The time that a response would have.
    pub(crate) now: DateTime<Utc>,
    /// Where date questions start, and what decides the wave.
    pub(crate) today: NaiveDate,
}

/// Someone who tries a survey out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trial {
    /// The survey as it was written.
    pub(crate) survey: Arc<Survey>,
    /// Where they are in it.
    pub(crate) session: Session,
}

/// A file that is no survey at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    /// What is wrong with it.
    pub(crate) trouble: Trouble,
    /// The first line that is shown, from 0.
    pub(crate) first: usize,
}

/// A page of the preview's own that lies over the survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Panel {
    /// The questions, with the place under the cursor.
    Questions(usize),
    /// What a submission would store, with the first line that is shown.
    Response(usize),
    /// The preview's keys, with the first line that is shown.
    Keys(usize),
}

/// A preview as it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Preview {
    /// The file's path, as it is shown.
    pub(crate) name: String,
    /// Columns and rows of the terminal.
    pub(crate) window: (u16, u16),
    /// What is wrong with the file at the moment.
    pub(crate) broken: Option<Broken>,
    /// Who tries it out; `None` until the file was a survey for the first time.
    pub(crate) trial: Option<Trial>,
    /// What lies over the survey.
    pub(crate) panel: Option<Panel>,
    /// How the respondent ended; `None` while they answer.
    pub(crate) end: Option<Outcome>,
    /// What just happened, until the next key.
    pub(crate) note: Option<String>,
    pub(super) moment: Moment,
    pub(super) start: Start,
    pub(super) sizes: Vec<Size>,
    pub(super) quiet_until_ms: u64,
}

impl Preview {
    /// Begins with what stands in the file.
    pub(crate) fn new(name: String, start: Start, moment: Moment, source: Source) -> Self {
        let mut sizes = SIZES.to_vec();
        if let Some((columns, rows)) = start.size {
            sizes.retain(|size| *size != Size::Cells(columns, rows));
            sizes.insert(0, Size::Cells(columns, rows));
        }
        let (window, quiet_until_ms) = ((80, 24), 0);
        let (broken, trial, panel, end, note) = (None, None, None, None, None);
        let mut preview = Self { name, window, broken, trial, panel, end, note, moment, start, sizes, quiet_until_ms };
        preview.read(source);
        preview.note = None;
        preview
    }

    /// Gives the size of the survey's screen.
    pub(crate) fn size(&self) -> Size {
        self.sizes[0]
    }

    /// Says whether the current question is one that something hides.
    pub(crate) fn shows_hidden(&self) -> bool {
        let here = |trial: &Trial| trial.session.question().is_some_and(|question| trial.hides(question));
        self.trial.as_ref().is_some_and(here)
    }

    /// Takes what stands in the file now.
    pub(super) fn read(&mut self, source: Source) {
        let survey = match source {
            Source::Broken(trouble) => {
                self.broken = Some(Broken { trouble, first: 0 });
                return;
            }
            Source::Sound(survey) => Arc::from(survey),
        };
        self.broken = None;
        self.note = Some("read again".to_owned());
        let draft = match &self.trial {
            None => self.first_draft(&survey),
            Some(trial) => {
                let draft = trial.carried_over(&survey);
                let lost = trial.draft().replies.len().saturating_sub(draft.replies.len());
                if lost > 0 {
                    self.note = Some(format!("read again; {lost} of the answers no longer fit"));
                }
                draft
            }
        };
        self.try_out(survey, draft);
    }

    /// Goes on with a draft, at its place even where something hides it.
    pub(super) fn try_out(&mut self, survey: Arc<Survey>, draft: Draft) {
        let place = draft.place.clone();
        let session = spoken(Session::new(&survey, draft, self.moment.today));
        let session = match place {
            Place::Question(id) if session.place_of(&id).is_none() => session.exposing(&id),
            _ => session,
        };
        self.trial = Some(Trial { survey, session });
    }

    /// Gives a draft without answers, at the beginning.
    pub(super) fn blank(&self, survey: &Survey) -> Draft {
        let language = self.start.language.as_deref().unwrap_or(&survey.language);
        Draft::begin(survey, language, self.start.seed, self.moment.now)
    }

    fn first_draft(&self, survey: &Survey) -> Draft {
        let blank = self.blank(survey);
        let wanted = self.start.question.as_ref().filter(|id| survey.question(id).is_some());
        Draft { place: wanted.map_or(blank.place, |id| Place::Question(id.clone())), ..blank }
    }
}

impl Trial {
    /// Gives what would be kept if the respondent left now, what they are typing included.
    pub(crate) fn draft(&self) -> Draft {
        let left = Input { at_ms: 0, event: Event::Ended(Ending::HungUp) };
        answering::update(self.session.clone(), left).0.draft().clone()
    }

    /// Gives the languages of the survey, its own first.
    pub(crate) fn languages(&self) -> Vec<&str> {
        std::iter::once(&self.survey.language).chain(&self.survey.translations).map(String::as_str).collect()
    }

    /// Says whether chance decides anything in this survey.
    pub(crate) fn has_chance(&self) -> bool {
        let Survey { variants, groups, questions, .. } = &*self.survey;
        let has_orders = groups.iter().any(|group| group.is_shuffled) || questions.iter().any(|it| it.randomise.is_some());
        !variants.is_empty() || has_orders
    }

    /// Says whether something hides a question at the moment.
    pub(crate) fn hides(&self, question: &Question) -> bool {
        let (presented, flow) = self.session.draft().presented(&self.survey);
        flow.position(&presented, &question.id).is_none()
    }

    /// Gives the draft for a survey that was changed: whatever answer still fits its question is kept, and the place.
    fn carried_over(&self, survey: &Survey) -> Draft {
        let draft = self.draft();
        let fresh = Draft::begin(survey, &draft.language, draft.seed, draft.started_at);
        let place = self.nearest(&draft.place, survey).unwrap_or_else(|| fresh.place.clone());
        // Stored with the questions as they are now, so that a question with another wording keeps its answer.
        let stored = Draft { questions: Arc::clone(&fresh.questions), ..draft }.to_json(&self.survey);
        let (kept, _) = Draft::from_json(survey, &stored).unwrap_or((fresh, Default::default()));
        Draft { place, ..kept }
    }

    /// Gives a place in a changed survey: the same question, else the first after it that is still there, else one before it.
    fn nearest(&self, place: &Place, survey: &Survey) -> Option<Place> {
        let Place::Question(here) = place else { return Some(Place::Review) };
        let ids: Vec<&QuestionId> = self.survey.questions.iter().map(|question| &question.id).collect();
        let at = ids.iter().position(|id| *id == here).unwrap_or(0);
        let mut near = ids[at..].iter().chain(ids[..at].iter().rev());
        near.find(|id| survey.question(id).is_some()).map(|id| Place::Question((*id).clone()))
    }
}

/// Gives a session that speaks with the respondent in the language of its texts, and doesn't claim to save anything.
fn spoken(session: Session) -> Session {
    let phrases = Phrases::of_trial(&session.draft().language);
    session.speaking(phrases)
}
