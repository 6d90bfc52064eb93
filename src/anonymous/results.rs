//! Published results: what a wave found, in the publisher's words and figures, and what is done about it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::encoding::{Digest, from_hex, shown, to_hex};
use super::signing::{PublicKey, Purpose, SigningKey};
use crate::survey::characters::strip;
use crate::survey::{Code, SurveyId};

/// The most bytes of signed results.
pub const MOST_BYTES: usize = 256 << 10;

/// Results as they travel: the document's JSON, byte for byte as it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// The document's JSON.
    pub document: String,
    /// Who signed it.
    pub publisher: PublicKey,
    /// The signature, in 128 hexadecimal digits.
    pub signature: String,
}

/// What a wave found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The survey's id.
    pub survey: String,
    /// What the wave is called.
    pub wave: String,
    /// A heading.
    pub title: String,
    /// A few sentences.
    pub summary: String,
    /// The figures, in order.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// What is done about it.
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What is measured.
    pub label: String,
    /// Its value, as it is shown.
    pub value: String,
    /// What to know about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Something that is done about what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// What it is.
    pub text: String,
    /// How far it is.
    pub state: State,
}

/// How far an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It will be done.
    Planned,
    /// It is being done.
    Doing,
    /// It is done.
    Done,
    /// It will not be done.
    Wont,
}

impl State {
    /// Says it, as readers are told.
    pub fn said(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Doing => "under way",
            Self::Done => "done",
            Self::Wont => "won't be done",
        }
    }
}

/// Why results are refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ResultsError {
    /// They are too long, or no results at all.
    #[error("it is not a document of results: {0}")]
    Form(String),
    /// Someone signed them who isn't trusted.
    #[error("it is signed by {0}, who is not a publisher trusted here")]
    Stranger(Box<PublicKey>),
    /// The signature doesn't hold for the document.
    #[error("its signature does not hold: it was changed after it was signed")]
    Signature,
    /// Its text isn't the one that its content has.
    #[error("its text is not in the one form that results have: it was written by hand, or by another version")]
    Text,
    /// Survey or wave have no name.
    #[error("`{0}` is not the name of a survey or a wave")]
    Name(String),
    /// A text is blank.
    #[error("its {0} is blank")]
    Blank(&'static str),
    /// A text holds characters that could drive a terminal.
    #[error("it holds characters that can't be shown")]
    Characters,
}

impl Results {
    /// Signs a document; its text is written once and stays as it is.
    ///
    /// # Errors
    /// [`ResultsError::Form`] when it can't be written, [`ResultsError::Characters`] when it can't be shown.
    pub fn sign(document: &Document, key: &SigningKey) -> Result<Self, ResultsError> {
        document.check()?;
        let document = document.written()?;
        let signature = to_hex(&key.sign(Purpose::Results, document.as_bytes()));
        Ok(Self { document, publisher: key.public(), signature })
    }

    /// Reads signed results; nothing of them is checked yet.
    ///
    /// # Errors
    /// [`ResultsError::Form`] when they are too long or something else.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ResultsError> {
        if bytes.len() > MOST_BYTES {
            return Err(ResultsError::Form(format!("it has more than {MOST_BYTES} bytes")));
        }
        serde_json::from_slice(bytes).map_err(|error| ResultsError::Form(shown(&error.to_string())))
    }

    /// Checks that one of the trusted publishers signed them, and gives the document.
    ///
    /// # Errors
    /// The first thing that doesn't hold.
    pub fn open(&self, trusted: &[PublicKey]) -> Result<Document, ResultsError> {
        if !trusted.contains(&self.publisher) {
            return Err(ResultsError::Stranger(Box::new(self.publisher)));
        }
        let signature = from_hex(&self.signature).ok_or(ResultsError::Signature)?;
        if !self.publisher.verifies(Purpose::Results, self.document.as_bytes(), &signature) {
            return Err(ResultsError::Signature);
        }
        let form = |error: serde_json::Error| ResultsError::Form(shown(&error.to_string()));
        let document: Document = serde_json::from_str(&self.document).map_err(form)?;
        document.check()?;
        if document.written()? == self.document { Ok(document) } else { Err(ResultsError::Text) }
    }

    /// Gives the SHA-256 of the document.
    pub fn hash(&self) -> Digest {
        Digest::of(&[self.document.as_bytes()])
    }
}

impl Document {
    /// Checks that it names a survey and a wave, and that all of it can be shown.
    ///
    /// # Errors
    /// The first thing that doesn't hold.
    pub fn check(&self) -> Result<(), ResultsError> {
        let figures = self.figures.iter().flat_map(|figure| {
            [("label", &figure.label), ("value", &figure.value)].into_iter().chain(figure.note.iter().map(|note| ("note", note)))
        });
        let actions = self.actions.iter().map(|action| ("action", &action.text));
        for (name, text) in [("title", &self.title), ("summary", &self.summary)].into_iter().chain(figures).chain(actions) {
            if strip(text) != *text {
                return Err(ResultsError::Characters);
            }
            if text.trim().is_empty() {
                return Err(ResultsError::Blank(name));
            }
        }
        let named = |text: &String, is_name: bool| if is_name { Ok(()) } else { Err(ResultsError::Name(shown(text))) };
        named(&self.survey, SurveyId::new(&self.survey).is_some())?;
        named(&self.wave, Code::new(&self.wave).is_some())
    }

    /// Gives its one text.
    fn written(&self) -> Result<String, ResultsError> {
        serde_json::to_string_pretty(self).map_err(|error| ResultsError::Form(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(title: &str) -> Document {
        let figure = Figure { label: "eNPS".into(), value: "+12".into(), note: None };
        let action = Action { text: "Halve the time of builds".into(), state: State::Doing };
        let [survey, wave, summary] = ["pulse", "2026-Q4", "Builds are slow."].map(str::to_owned);
        Document { survey, wave, title: title.into(), summary, figures: vec![figure], actions: vec![action] }
    }

    #[test]
    fn results_hold_for_their_publisher_and_their_text_alone() {
        let (key, stranger) = (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]));
        let signed = Results::sign(&document("Pulse"), &key).unwrap();
        let read = Results::from_json(serde_json::json!(signed).to_string().as_bytes()).unwrap();
        assert_eq!(read.open(&[key.public()]), Ok(document("Pulse")));
        assert_eq!(read.open(&[stranger.public()]), Err(ResultsError::Stranger(Box::new(key.public()))));
        let changed = Results { document: read.document.replace("+12", "+99"), ..read };
        assert_eq!(changed.open(&[key.public()]), Err(ResultsError::Signature));
        assert_eq!(Results::sign(&document("Pulse\u{1b}[2J"), &key), Err(ResultsError::Characters));
        assert_eq!(Results::sign(&document(" "), &key), Err(ResultsError::Blank("title")));
        let elsewhere = Document { wave: "../2026-Q4".into(), ..document("Pulse") };
        assert_eq!(Results::sign(&elsewhere, &key), Err(ResultsError::Name("../2026-Q4".into())));
    }

    #[test]
    fn results_have_one_text() {
        let key = SigningKey::from_seed(&[1; 32]);
        let text = Results::sign(&document("Pulse"), &key).unwrap().document;
        let resigned = |document: String| {
            let signature = to_hex(&key.sign(Purpose::Results, document.as_bytes()));
            Results { document, publisher: key.public(), signature }.open(&[key.public()]).map(|_| ())
        };
        assert_eq!(resigned(text.clone()), Ok(()));
        assert_eq!(resigned(format!("{text}\n")), Err(ResultsError::Text));
        assert_eq!(resigned(text.replacen("\"figures\": [", "\"figures\": [ ", 1)), Err(ResultsError::Text));
        assert!(matches!(resigned(text.replacen('{', "{ \"title\": \"Other\",", 1)), Err(ResultsError::Form(_))));
    }
}
