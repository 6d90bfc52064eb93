//! What makes every prompt inappropriate, whatever the survey.

use chrono::{DateTime, TimeZone, Utc};

use crate::config::QuietHours;

/// Variables that a machine sets where nobody sits at the terminal.
const AUTOMATION: [&str; 8] =
    ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "BUILD_BUILDID"];

/// Variables of whoever builds an image.
const IMAGE_BUILDS: [&str; 3] = ["BUILDAH_ISOLATION", "KANIKO_DIR", "BUILDKIT_SANDBOX_HOSTNAME"];

/// Variables that git sets for its hooks.
const GIT_HOOKS: [&str; 2] = ["GIT_EXEC_PATH", "GIT_INDEX_FILE"];

/// Variables that package managers set for scripts of a package.
const PACKAGE_SCRIPTS: [&str; 1] = ["npm_lifecycle_event"];

/// What is around a prompt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Where the opt-out comes from that is in force.
    pub opted_out: Option<String>,
    /// The variable that tells of automation, an image's build, a hook or a script, and which of them.
    pub variable: Option<(Silence, &'static str)>,
    /// Whether there is no terminal on both ends.
    pub no_terminal: bool,
    /// Whether the superuser is at work.
    pub is_root: bool,
    /// Whether the developer said that others are watching.
    pub is_presenting: bool,
    /// The program that runs and during which nobody is asked.
    pub quiet_program: Option<String>,
    /// The hours in which nobody is asked.
    pub quiet_hours: Option<QuietHours>,
    /// Whether a setting is wrong, which may be the one that forbids it.
    pub is_misconfigured: bool,
    /// Whether nothing can be taken down.
    pub is_unwritable: bool,
    /// Whether a survey is being answered.
    pub is_answering: bool,
    /// Whether something was typed ahead.
    pub is_typing: bool,
}

/// Why nobody is asked anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// The developer, or whoever set up the machine, opted out.
    OptedOut,
    /// A machine is at work.
    Automation,
    /// An image is being built.
    ImageBuild,
    /// A hook of git runs.
    GitHook,
    /// A script of a package runs.
    PackageScript,
    /// There is no terminal on both ends.
    NoTerminal,
    /// The superuser is at work.
    Root,
    /// Others are watching.
    Presenting,
    /// A program runs during which nobody is asked.
    QuietProgram,
    /// It is one of the quiet hours.
    QuietHours {
        /// Their end.
        until: DateTime<Utc>,
    },
    /// A setting is wrong.
    Misconfigured,
    /// Nothing can be taken down.
    Unwritable,
    /// A survey is being answered.
    Answering,
    /// Something was typed ahead.
    Typing,
    /// The developer wants to be left alone for a while.
    Snoozed {
        /// The end of it.
        until: DateTime<Utc>,
    },
    /// The clock was set back.
    ClockSetBack,
}

impl Surroundings {
    /// Finds what the variables tell, each an argument: `None` or an empty text where it isn't set.
    pub fn told_by(variable: impl Fn(&str) -> Option<String>) -> Option<(Silence, &'static str)> {
        let is_set = |name: &str| variable(name).is_some_and(|value| !["", "0", "false"].contains(&value.as_str()));
        let groups = [
            (Silence::Automation, &AUTOMATION[..]),
            (Silence::ImageBuild, &IMAGE_BUILDS),
            (Silence::GitHook, &GIT_HOOKS),
            (Silence::PackageScript, &PACKAGE_SCRIPTS),
        ];
        groups.into_iter().find_map(|(silence, names)| Some((silence, *names.iter().find(|name| is_set(name))?)))
    }

    /// Gives why nobody is asked anything until somebody changes that.
    pub fn forbidden(&self) -> Option<Silence> {
        let cases = [
            (self.opted_out.is_some(), Silence::OptedOut),
            (self.is_misconfigured, Silence::Misconfigured),
            (self.is_unwritable, Silence::Unwritable),
        ];
        cases.into_iter().find(|(is_so, _)| *is_so).map(|(_, silence)| silence)
    }

    /// Gives why nobody is asked anything, whatever survey it is.
    pub fn silence<Z: TimeZone>(&self, now: &DateTime<Z>) -> Option<Silence> {
        let quiet = self.quiet_hours.and_then(|hours| hours.end_at(now));
        let cases = [
            (self.opted_out.is_some(), Silence::OptedOut),
            (self.no_terminal, Silence::NoTerminal),
            (self.is_root, Silence::Root),
            (self.is_presenting, Silence::Presenting),
            (self.quiet_program.is_some(), Silence::QuietProgram),
            (self.is_misconfigured, Silence::Misconfigured),
            (self.is_unwritable, Silence::Unwritable),
            (self.is_answering, Silence::Answering),
            (self.is_typing, Silence::Typing),
        ];
        let told = self.variable.map(|(silence, _)| silence);
        let case = cases.into_iter().find(|(is_so, _)| *is_so).map(|(_, silence)| silence);
        told.or(case).or(quiet.map(|until| Silence::QuietHours { until }))
    }
}

impl Silence {
    /// Gives its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::OptedOut => "opted_out",
            Self::Automation => "automation",
            Self::ImageBuild => "image_build",
            Self::GitHook => "git_hook",
            Self::PackageScript => "package_script",
            Self::NoTerminal => "no_terminal",
            Self::Root => "root",
            Self::Presenting => "presenting",
            Self::QuietProgram => "quiet_program",
            Self::QuietHours { .. } => "quiet_hours",
            Self::Misconfigured => "unreadable_configuration",
            Self::Unwritable => "state_not_writable",
            Self::Answering => "answering",
            Self::Typing => "typing",
            Self::Snoozed { .. } => "snoozed",
            Self::ClockSetBack => "clock_set_back",
        }
    }

    /// Gives when it ends, where that is known.
    pub fn until(self) -> Option<DateTime<Utc>> {
        match self {
            Self::QuietHours { until } | Self::Snoozed { until } => Some(until),
            _ => None,
        }
    }
}
