//! The keys a settings file may hold, and the environment variables that set them.

use super::environment::Environment;
use super::problem::Refusal;
use crate::survey::nearest;

/// A key of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The background the colours are chosen for.
    Theme,
    /// Whether to use colour.
    Colour,
    /// Whether to ask in plain lines.
    Accessible,
    /// The language to speak.
    Language,
    /// The folder of the user's own surveys.
    Surveys,
    /// The command that edits a text answer.
    Editor,
    /// The collector that invitations are for, where the organisation sets it.
    Collector,
    /// The publishers whose surveys are accepted, where the organisation sets them.
    Publishers,
    /// The endpoint that answers go to where there is no collector.
    Webhook,
    /// The file with the secret that is signed with for the endpoint.
    WebhookSecretFile,
    /// Whether own words go to the endpoint too.
    WebhookComments,
    /// Whether the user is never to be asked.
    OptOut,
    /// The surveys that are never to be asked.
    Muted,
    /// The hours in which nothing is asked.
    QuietHours,
    /// The programs during which nothing is asked.
    QuietPrograms,
    /// Whether others are watching.
    Presenting,
    /// Whether root is asked too.
    AskRoot,
}

/// A value before it is checked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    /// Text.
    Text(String),
    /// True or false.
    Switch(bool),
    /// Something no key takes, by its name in TOML.
    Other(&'static str),
}

impl Key {
    /// Every key, in the order of listings.
    pub const ALL: [Self; 17] = [
        Self::Theme,
        Self::Colour,
        Self::Accessible,
        Self::Language,
        Self::Surveys,
        Self::Editor,
        Self::Collector,
        Self::Publishers,
        Self::Webhook,
        Self::WebhookSecretFile,
        Self::WebhookComments,
        Self::OptOut,
        Self::Muted,
        Self::QuietHours,
        Self::QuietPrograms,
        Self::Presenting,
        Self::AskRoot,
    ];

    /// Gives the key as a settings file writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Colour => "colour",
            Self::Accessible => "accessible",
            Self::Language => "language",
            Self::Surveys => "surveys",
            Self::Editor => "editor",
            Self::Collector => "collector",
            Self::Publishers => "publishers",
            Self::Webhook => "webhook",
            Self::WebhookSecretFile => "webhook_secret_file",
            Self::WebhookComments => "webhook_comments",
            Self::OptOut => "opt_out",
            Self::Muted => "muted",
            Self::QuietHours => "quiet_hours",
            Self::QuietPrograms => "quiet_programs",
            Self::Presenting => "presenting",
            Self::AskRoot => "ask_root",
        }
    }

    /// Finds the key of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// Gives the environment variable made for this key.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::Theme => "DXPULSE_THEME",
            Self::Colour => "DXPULSE_COLOUR",
            Self::Accessible => "DXPULSE_ACCESSIBLE",
            Self::Language => "DXPULSE_LANGUAGE",
            Self::Surveys => "DXPULSE_SURVEYS",
            Self::Editor => "DXPULSE_EDITOR",
            Self::Collector => "DXPULSE_COLLECTOR",
            Self::Publishers => "DXPULSE_PUBLISHERS",
            Self::Webhook => "DXPULSE_WEBHOOK",
            Self::WebhookSecretFile => "DXPULSE_WEBHOOK_SECRET_FILE",
            Self::WebhookComments => "DXPULSE_WEBHOOK_COMMENTS",
            Self::OptOut => "DXPULSE_OPT_OUT",
            Self::Muted => "DXPULSE_MUTED",
            Self::QuietHours => "DXPULSE_QUIET_HOURS",
            Self::QuietPrograms => "DXPULSE_QUIET_PROGRAMS",
            Self::Presenting => "DXPULSE_PRESENTING",
            Self::AskRoot => "DXPULSE_ASK_ROOT",
        }
    }

    /// Says whether the key is true or false rather than text.
    pub(super) const fn is_switch(self) -> bool {
        matches!(self, Self::Accessible | Self::WebhookComments | Self::OptOut | Self::Presenting | Self::AskRoot)
    }

    /// Turns text from a variable, a flag or a command line into what a file would hold.
    pub(super) fn raw(self, text: &str) -> Raw {
        match text {
            "true" | "1" if self.is_switch() => Raw::Switch(true),
            "false" | "0" if self.is_switch() => Raw::Switch(false),
            _ => Raw::Text(text.to_owned()),
        }
    }

    /// Gives what the environment says about this key, and the variable that says it.
    ///
    /// `DO_NOT_TRACK` outdoes `DXPULSE_OPT_OUT`, since it always opts out; elsewhere our own variable is the more precise one.
    pub(super) fn in_environment(self, environment: &Environment) -> Option<(&'static str, Raw)> {
        let own = || environment.text(self.variable()).map(|text| (self.variable(), self.raw(&text)));
        let switch = |name, raw| environment.is_on(name).then_some((name, raw));
        match self {
            Self::Colour => own()
                .or_else(|| environment.get("NO_COLOR").map(|_| ("NO_COLOR", Raw::Text("never".to_owned()))))
                .or_else(|| switch("CLICOLOR_FORCE", Raw::Text("always".to_owned()))),
            Self::Accessible => own().or_else(|| switch("ACCESSIBLE", Raw::Switch(true))),
            Self::OptOut => switch("DO_NOT_TRACK", Raw::Switch(true)).or_else(own),
            _ => own(),
        }
    }
}

/// Refuses a name that is no key, with the nearest one.
pub fn unknown_key(name: &str) -> Refusal {
    let names = Key::ALL.map(Key::name);
    let help = nearest::meant(name, names, &[]).unwrap_or_else(|| format!("the keys are {}", nearest::listed(&names, "and")));
    Refusal { message: format!("unknown key `{name}`"), help }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_recognised_and_strangers_are_not() {
        for (name, nearest_key) in [("thme", "theme"), ("color", "colour"), ("opt-out", "opt_out"), ("Editor", "editor")] {
            assert_eq!(unknown_key(name).help, format!("did you mean `{nearest_key}`?"), "{name}");
        }
        assert_eq!(
            unknown_key("zzz").help,
            "the keys are theme, colour, accessible, language, surveys, editor, collector, publishers, webhook, webhook_secret_file, \
             webhook_comments, opt_out, muted, quiet_hours, quiet_programs, presenting and ask_root"
        );
    }

    #[test]
    fn each_convention_of_the_environment_sets_its_key() {
        let never = || Raw::Text("never".to_owned());
        type Case<'a> = (Key, &'a [(&'a str, &'a str)], Option<(&'a str, Raw)>);
        let cases: [Case<'_>; 12] = [
            (Key::Colour, &[("NO_COLOR", "0")], Some(("NO_COLOR", never()))),
            (Key::Colour, &[("NO_COLOR", "")], None),
            (Key::Colour, &[("CLICOLOR_FORCE", "1")], Some(("CLICOLOR_FORCE", Raw::Text("always".to_owned())))),
            (Key::Colour, &[("CLICOLOR_FORCE", "0")], None),
            (Key::Colour, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], Some(("NO_COLOR", never()))),
            (
                Key::Colour,
                &[("NO_COLOR", "1"), ("DXPULSE_COLOUR", "auto")],
                Some(("DXPULSE_COLOUR", Raw::Text("auto".to_owned()))),
            ),
            (Key::Accessible, &[("ACCESSIBLE", "yes")], Some(("ACCESSIBLE", Raw::Switch(true)))),
            (Key::Accessible, &[("ACCESSIBLE", "0")], None),
            (
                Key::Accessible,
                &[("ACCESSIBLE", "1"), ("DXPULSE_ACCESSIBLE", "false")],
                Some(("DXPULSE_ACCESSIBLE", Raw::Switch(false))),
            ),
            (Key::OptOut, &[("DO_NOT_TRACK", "1"), ("DXPULSE_OPT_OUT", "false")], Some(("DO_NOT_TRACK", Raw::Switch(true)))),
            (Key::OptOut, &[("DO_NOT_TRACK", "0"), ("DXPULSE_OPT_OUT", "1")], Some(("DXPULSE_OPT_OUT", Raw::Switch(true)))),
            (Key::Theme, &[("DXPULSE_THEME", "")], None),
        ];
        for (key, variables, expected) in cases {
            let mut environment = Environment::default();
            for pair in variables {
                environment = environment.with(pair.0, pair.1);
            }
            assert_eq!(key.in_environment(&environment), expected, "{variables:?}");
        }
    }
}
