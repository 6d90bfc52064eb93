//! The survey as the rest of the program sees it: parsed, complete and free of contradictions.
//!
//! Only [`crate::survey::parse`] makes one from text. Nothing here reads files or checks wording.

use unicode_width::UnicodeWidthChar;

use super::logic::groups_around;
use super::{
    Condition, Constraint, Group, Item, Jump, Kind, Length, Name, Privacy, QuestionId, Randomise, Segment, SurveyId, Text, Trend,
    Trigger, Variant, Waiver, Wave, Wording,
};

/// One survey: what is asked, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// The survey's name, the same in every version.
    pub id: SurveyId,
    /// The number the author raises with each change; 1 unless said.
    pub version: u32,
    /// The heading a respondent reads.
    pub title: Text,
    /// What a respondent reads before the first question.
    pub introduction: Option<Text>,
    /// Who asks.
    pub owner: Option<String>,
    /// The language of the texts, as a BCP 47 tag; `en` unless said.
    pub language: String,
    /// The other languages of the texts, in alphabetical order.
    pub translations: Vec<String>,
    /// The author's budget in minutes.
    pub minutes: Option<f64>,
    /// When it is asked again; without one, once for each version.
    pub wave: Option<Wave>,
    /// What protects the respondents.
    pub privacy: Privacy,
    /// What may be told about a respondent.
    pub segments: Vec<Segment>,
    /// In which situations it is asked.
    pub trigger: Option<Trigger>,
    /// The days after the first start in which it isn't asked; the program's own rule without one.
    pub grace_days: Option<u32>,
    /// Groups of questions that are shown or shuffled together.
    pub groups: Vec<Group>,
    /// What differs between respondents by chance.
    pub variants: Vec<Variant>,
    /// The rules of wording that the author waives for the whole survey.
    pub waivers: Vec<Waiver>,
    /// The questions, at least one of them not a note, at most 200.
    pub questions: Vec<Question>,
}

/// One question, or a note between questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The question's name, the same in every version.
    pub id: QuestionId,
    /// The question as the respondent reads it.
    pub text: Text,
    /// A line of explanation under the question.
    pub help: Option<Text>,
    /// Whether the response can't be sent off without an answer, or an allowed kind of missing.
    pub required: bool,
    /// The kinds of missing that the respondent may choose.
    pub allow: Allow,
    /// What kind of answer is asked for.
    pub kind: Kind,
    /// When it is asked; always without one.
    pub show_if: Option<Condition>,
    /// What an answer must hold to.
    pub constraint: Option<Constraint>,
    /// Where the respondent goes after it; the first that matches counts, else the next question.
    pub jumps: Vec<Jump>,
    /// The group it belongs to.
    pub group: Option<Name>,
    /// How the order of its choices, rows or points differs between respondents.
    pub randomise: Option<Randomise>,
    /// It keeps its place in a shuffled group.
    pub pin: bool,
    /// Its words for arms of a variant.
    pub wordings: Vec<Wording>,
    /// Whether its answer says who the respondent is.
    pub demographic: bool,
    /// What a change of it means for its trend.
    pub trend: Option<Trend>,
    /// The rules of wording that the author waives for it.
    pub waivers: Vec<Waiver>,
    /// The item of a named instrument that it is.
    pub item: Option<Item>,
}

/// The kinds of missing that a respondent may choose on a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allow {
    /// `n`: the question doesn't apply.
    pub not_applicable: bool,
    /// `p`: the respondent would rather not say.
    pub prefer_not_to_say: bool,
    /// `d`: the respondent doesn't know.
    pub dont_know: bool,
}

impl Survey {
    /// Makes a survey of questions in one language, without waves, segments or triggers.
    pub fn new(id: SurveyId, title: impl Into<Text>, language: impl Into<String>, questions: Vec<Question>) -> Self {
        Self {
            id,
            version: 1,
            title: title.into(),
            introduction: None,
            owner: None,
            language: language.into(),
            translations: Vec::new(),
            minutes: None,
            wave: None,
            privacy: Privacy::default(),
            segments: Vec::new(),
            trigger: None,
            grace_days: None,
            groups: Vec::new(),
            variants: Vec::new(),
            waivers: Vec::new(),
            questions,
        }
    }

    /// Says whether the way through the survey depends on answers, or a text takes one in.
    pub fn has_logic(&self) -> bool {
        let decides = |question: &Question| {
            question.show_if.is_some()
                || question.constraint.is_some()
                || !question.jumps.is_empty()
                || question.group.is_some()
                || question.hides_options()
                || question.has_pipes()
        };
        self.questions.iter().any(decides)
    }

    /// Finds a question by its id.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// Gives a group and those around it, the innermost first.
    pub fn groups_around(&self, innermost: Option<&Name>) -> Vec<&Group> {
        groups_around(&self.groups, innermost)
    }

    /// Says whether a question has a condition, or a group around it has.
    pub fn is_conditional(&self, question: &Question) -> bool {
        question.show_if.is_some() || self.groups_around(question.group.as_ref()).iter().any(|group| group.show_if.is_some())
    }

    /// Gives the languages beside its own in which some text of a question has words: an instrument brings words that nobody reads
    /// where the survey doesn't speak their language.
    pub fn translations_of<'s>(&'s self, question: &'s Question) -> impl Iterator<Item = &'s str> {
        let has_words = |language: &&str| {
            let mut words = question.texts().flat_map(|(_, text)| text.translations());
            words.any(|translation| translation.language.eq_ignore_ascii_case(language))
        };
        self.translations.iter().map(String::as_str).filter(has_words)
    }

    /// Gives the questions that take an answer, in order.
    pub fn asked(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.kind != Kind::Note)
    }

    /// Gives the minutes a respondent needs: the author's budget, else the sum of [`Question::seconds`].
    pub fn minutes(&self) -> f64 {
        let seconds: u32 = self.questions.iter().map(Question::seconds).sum();
        self.minutes.unwrap_or(f64::from(seconds) / 60.0)
    }
}

impl Question {
    /// Makes a question that is always asked, in its place, and needs no answer.
    pub fn new(id: QuestionId, text: impl Into<Text>, kind: Kind) -> Self {
        Self {
            id,
            text: text.into(),
            help: None,
            required: false,
            allow: Allow::default(),
            kind,
            show_if: None,
            constraint: None,
            jumps: Vec::new(),
            group: None,
            randomise: None,
            pin: false,
            wordings: Vec::new(),
            demographic: false,
            trend: None,
            waivers: Vec::new(),
            item: None,
        }
    }

    /// Says whether a respondent may leave it out; a note asks for nothing.
    pub fn may_be_skipped(&self) -> bool {
        self.kind != Kind::Note && !self.required
    }

    /// Says whether some of its choices or rows are shown only under a condition.
    pub(crate) fn hides_options(&self) -> bool {
        self.kind.options().any(|option| option.show_if.is_some())
    }

    /// Says whether a text of the question takes an earlier answer in.
    pub(crate) fn has_pipes(&self) -> bool {
        let is_brace = |byte: u8| matches!(byte, b'{' | b'}');
        self.texts().any(|(part, text)| part.takes_answers() && text.bytes().any(is_brace))
    }

    /// Shows every text of this respondent that can take an earlier answer in.
    pub(crate) fn piped_mut(&mut self, see: &mut impl FnMut(&mut Text)) {
        see(&mut self.text);
        self.help.iter_mut().for_each(&mut *see);
        match &mut self.kind {
            Kind::Single { choices } | Kind::Multi { choices, .. } | Kind::Ranking { choices } => {
                choices.iter_mut().for_each(|choice| see(&mut choice.label));
            }
            Kind::Matrix { rows, .. } => rows.iter_mut().for_each(|row| see(&mut row.label)),
            _ => {}
        }
    }

    /// Estimates the seconds an answer takes: reading at 4 words a second, then a time by type.
    ///
    /// Where words aren't parted by white space, as in Japanese, two wide characters count as one.
    pub fn seconds(&self) -> u32 {
        let reading = (words(&self.text) + self.help.as_deref().map_or(0, words)).div_ceil(4);
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        let answering = match &self.kind {
            Kind::Scale { .. } => 3,
            Kind::Boolean => 2,
            Kind::Single { choices } => 2 + count(choices.len()),
            Kind::Multi { choices, .. } => 4 + count(choices.len()),
            Kind::Ranking { choices } => 5 * count(choices.len()),
            Kind::Matrix { rows, .. } => 5 * count(rows.len()),
            Kind::Text { length: Length::Short, .. } => 12,
            Kind::Text { length: Length::Long, .. } => 30,
            Kind::Number { .. } | Kind::Date { .. } => 6,
            Kind::Note => 1,
        };
        reading + answering
    }
}

fn words(text: &str) -> u32 {
    let is_wide = |c: &char| c.width() == Some(2);
    let parted = text.split(|c: char| c.is_whitespace() || is_wide(&c)).filter(|word| !word.is_empty()).count();
    u32::try_from(parted + text.chars().filter(is_wide).count().div_ceil(2)).unwrap_or(u32::MAX)
}

/// Gives minutes as whole seconds, those of a day at most.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a survey's length")]
pub fn seconds(minutes: f64) -> u32 {
    (minutes * 60.0).round().clamp(0.0, 24.0 * 3600.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_as_long_to_read_in_one_script_as_in_another() {
        let seconds = |text: &str| Question::new(QuestionId::new("q").unwrap(), text, Kind::Note).seconds();
        assert_eq!(seconds("How easy was it to find out why a build failed in the last seven days?"), 5);
        assert_eq!(seconds("過去7日間に、ビルドが失敗した理由を調べるのはどのくらい簡単でしたか。"), 6);
        assert_eq!(seconds("过去"), 2);
    }

    #[test]
    fn the_groups_around_a_question_end_where_they_close_a_circle() {
        let name = |text| Name::new(text).unwrap();
        let group = |id, around| Group {
            id: name(id),
            show_if: None,
            group: Some(name(around)),
            is_shuffled: false,
            place: (0..0).into(),
        };
        let mut question = Question::new(QuestionId::new("asked").unwrap(), "Why?", Kind::Boolean);
        question.group = Some(name("a"));
        let survey = Survey::new(SurveyId::new("pulse").unwrap(), "Pulse", "en", vec![question]);
        let survey = Survey { groups: vec![group("a", "b"), group("b", "a")], ..survey };
        let around = survey.groups_around(Some(&name("a"))).into_iter().map(|group| group.id.as_str());
        assert_eq!(around.collect::<Vec<_>>(), ["a", "b"]);
        assert!(!survey.is_conditional(&survey.questions[0]));
    }
}
