//! A preview as it stands: the file, the respondent who tries it out, and what of the preview's own lies over that.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::file::{Source, Trouble};
use crate::developer::answering::{self, Ending, Event, Input, Outcome, Session};
use crate::developer::phrases::Phrases;
use crate::response::{Draft, Place};
use crate::survey::{Question, QuestionId, Survey, language};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Start {
    /// The language the respondent wants, as a BCP 47 tag.
    pub(crate) language: String,
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
    /// Whether the author has closed the list of its problems, and sees the survey as it was before.
    pub(crate) is_closed: bool,
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
    /// The language the respondent wants at the moment.
    pub(super) wanted: String,
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
        let wanted = start.language.clone();
        let mut preview = Self { name, window, broken, trial, panel, end, note, moment, start, wanted, sizes, quiet_until_ms };
        preview.read(source);
        preview.note = None;
        preview
    }

    /// Gives the size of the survey's screen.
    pub(crate) fn size(&self) -> Size {
        self.sizes[0]
    }

    /// Gives the languages that a respondent may want: those of the survey, its own first, and the one asked for where only the
    /// program speaks it.
    pub(super) fn languages(&self, survey: &Survey) -> Vec<String> {
        let asked = &self.start.language;
        let is_program_s = serving(survey, asked).is_none() && Phrases::of(asked) != Phrases::of(&survey.language);
        texts(survey).chain(is_program_s.then_some(asked.as_str())).map(str::to_owned).collect()
    }

    /// Gives the language of the respondent: that of the texts where these serve it, else the one they want.
    pub(crate) fn language<'p>(&'p self, survey: &'p Survey) -> &'p str {
        serving(survey, &self.wanted).unwrap_or(&self.wanted)
    }

    /// Gives the language of the texts where it isn't the one the respondent wants.
    pub(crate) fn other_texts(&self) -> Option<&str> {
        let trial = self.trial.as_ref().filter(|trial| serving(&trial.survey, &self.wanted).is_none())?;
        Some(&trial.session.draft().language)
    }

    /// Gives what is wrong with the file while the list of that is shown.
    pub(crate) fn open_problems(&self) -> Option<&Broken> {
        self.broken.as_ref().filter(|broken| !broken.is_closed)
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
                self.broken = Some(Broken { trouble, first: 0, is_closed: false });
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
        let draft = Draft { language: survey.language_for(&self.wanted).to_owned(), ..draft };
        let phrases = Phrases::of_trial(&self.wanted);
        let session = Session::new(&survey, draft, self.moment.today).speaking(phrases);
        let session = match place {
            Place::Question(id) if session.place_of(&id).is_none() => session.exposing(&id),
            _ => session,
        };
        self.trial = Some(Trial { survey, session });
    }

    /// Gives a draft without answers, at the beginning.
    pub(super) fn blank(&self, survey: &Survey) -> Draft {
        Draft::begin(survey, &self.wanted, self.start.seed, self.moment.now)
    }

    fn first_draft(&self, survey: &Survey) -> Draft {
        let blank = self.blank(survey);
        let wanted = self.start.question.as_ref().filter(|id| survey.question(id).is_some());
        Draft { place: wanted.map_or(blank.place, |id| Place::Question(id.clone())), ..blank }
    }
}

/// Gives the languages of a survey's texts, its own first.
fn texts(survey: &Survey) -> impl Iterator<Item = &str> + Clone {
    std::iter::once(&survey.language).chain(&survey.translations).map(String::as_str)
}

/// Gives the language of a survey's texts that serves who wants this one, if any does.
fn serving<'s>(survey: &'s Survey, wanted: &str) -> Option<&'s str> {
    language::choose(wanted, texts(survey))
}

impl Trial {
    /// Gives what would be kept if the respondent left now, what they are typing included.
    pub(crate) fn draft(&self) -> Draft {
        let left = Input { at_ms: 0, event: Event::Ended(Ending::HungUp) };
        answering::update(self.session.clone(), left).0.draft().clone()
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
