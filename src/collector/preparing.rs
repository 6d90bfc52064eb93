//! From the roster and a survey to a manifest: classes, languages, keys and windows. The roster itself never leaves the collector.

use std::collections::BTreeMap;

use super::store::Invitee;
use super::windows::Windows;
use crate::anonymous::classes::{Hierarchy, SMALLEST, partition};
use crate::anonymous::manifest::{FORMAT, Keys, Relay, key_text};
use crate::anonymous::token::Key;
use crate::anonymous::{Class, Manifest, PublicKey};
use crate::survey::{Kind, Survey, language, nearest};

/// What is the same in every manifest of a collector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ground {
    /// The collector's address.
    pub(crate) url: String,
    /// What it signs receipts with.
    pub(crate) receipt_key: PublicKey,
    /// The relay before it.
    pub(crate) relay: Option<Relay>,
}

/// The people of a survey, who fit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invited {
    classes: Vec<Class>,
    languages: BTreeMap<String, u32>,
    count: u32,
}

/// One thing about the roster that doesn't fit the survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// What is wrong, as a lower-case fragment.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) remedy: String,
}

impl Invited {
    /// Parts the people of the roster into classes, where everyone has what the survey tells of people.
    pub(crate) fn of(survey: &Survey, people: &[Invitee]) -> Result<Self, Vec<Misfit>> {
        let misfits = misfits(survey, people);
        if !misfits.is_empty() {
            return Err(misfits);
        }
        let hierarchy = Hierarchy::of(survey);
        let values: Vec<_> = people.iter().map(|person| person.segments.clone()).collect();
        let classes = partition(&hierarchy, &values, SMALLEST);
        let languages = languages(survey, &hierarchy, &classes, people);
        Ok(Self { classes, languages, count: u32::try_from(people.len()).unwrap_or(u32::MAX) })
    }
}

/// Finds the segments that tell nothing although people differ in them: a value with few people drew all others into one class.
pub(crate) fn silent(survey: &Survey, invited: &Invited, people: &[Invitee]) -> Vec<String> {
    let differ = |segment: &str| people.windows(2).any(|pair| pair[0].segments.get(segment) != pair[1].segments.get(segment));
    let is_told = |segment: &str| invited.classes.iter().any(|class| class.nodes.contains_key(segment));
    Hierarchy::of(survey).segments().filter(|segment| differ(segment) && !is_told(segment)).map(str::to_owned).collect()
}

/// Writes the manifest of a wave.
pub(crate) fn manifest(
    ground: &Ground,
    (survey, source): (&Survey, &str),
    invited: &Invited,
    (windows, sequence): (&Windows, u64),
    [scores, comments]: [&Key; 2],
) -> Manifest {
    Manifest {
        format: FORMAT.to_owned(),
        collector: ground.url.clone(),
        receipt_key: ground.receipt_key,
        survey: survey.id.to_string(),
        wave: windows.name.clone(),
        sequence,
        issue_opens: windows.issue_opens,
        opens: windows.opens,
        closes: windows.closes,
        invited: invited.count,
        classes: invited.classes.clone(),
        languages: invited.languages.clone(),
        keys: Keys { scores: key_text(scores), comments: key_text(comments) },
        relay: ground.relay.clone(),
        source: source.to_owned(),
    }
}

/// Finds what the survey tells of people and the roster doesn't know.
fn misfits(survey: &Survey, people: &[Invitee]) -> Vec<Misfit> {
    let mut found = Vec::new();
    for segment in Hierarchy::of(survey).segments() {
        let known = known_values(survey, segment);
        let value = |person: &'_ Invitee| person.segments.get(segment).cloned();
        let lacking: Vec<_> = people.iter().filter(|person| value(person).is_none()).collect();
        if lacking.len() == people.len() {
            let columns = people.iter().flat_map(|person| person.segments.keys()).map(String::as_str);
            let guess = nearest::meant(segment, columns, &[]).map(|guess| format!("; {guess}")).unwrap_or_default();
            let message = format!("the roster has no column `{segment}`");
            found.push(Misfit { message, remedy: format!("add it, with a value for everyone{guess}") });
            continue;
        }
        for person in lacking {
            let message = format!("{} has no value for `{segment}`", person.contact);
            found.push(Misfit { message, remedy: "give everyone one, such as `other`".to_owned() });
        }
        let strange = people.iter().filter_map(value).filter(|value| known.as_ref().is_some_and(|known| !known.contains(value)));
        let strange: std::collections::BTreeSet<String> = strange.collect();
        for value in strange {
            let known = known.clone().unwrap_or_default();
            let guess = nearest::meant(&value, known.iter().map(String::as_str), &[]);
            let remedy = guess.unwrap_or_else(|| format!("the survey knows {}", known.join(", ")));
            found.push(Misfit { message: format!("`{value}` is no value of `{segment}`"), remedy });
        }
    }
    found
}

/// Gives the values that a survey knows of a segment or a demographic question; `None` where it knows any.
fn known_values(survey: &Survey, segment: &str) -> Option<Vec<String>> {
    if let Some(found) = survey.segments.iter().find(|one| one.id.as_str() == segment) {
        let codes: Vec<_> = found.values.iter().map(|value| value.code.to_string()).collect();
        return (!codes.is_empty()).then_some(codes);
    }
    let question = survey.asked().find(|question| question.id.as_str() == segment)?;
    match &question.kind {
        Kind::Single { choices } => Some(choices.iter().map(|choice| choice.code.to_string()).collect()),
        Kind::Boolean => Some(vec!["true".to_owned(), "false".to_owned()]),
        _ => None,
    }
}

/// Counts the languages that may be told: in every class, those who read one are many, and those whose language stays untold too.
fn languages(survey: &Survey, hierarchy: &Hierarchy, classes: &[Class], people: &[Invitee]) -> BTreeMap<String, u32> {
    let offered = || std::iter::once(survey.language.as_str()).chain(survey.translations.iter().map(String::as_str));
    let read = |person: &Invitee| {
        let wanted = person.language.as_deref()?;
        language::choose(wanted, offered().collect::<Vec<_>>()).map(str::to_owned)
    };
    let class = |person: &Invitee| hierarchy.place(classes, &person.segments).map(|class| class.nodes.clone());
    let told: Vec<_> = people.iter().map(|person| (class(person), read(person))).collect();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for language in told.iter().filter_map(|(_, language)| language.as_ref()) {
        *counts.entry(language.clone()).or_default() += 1;
    }
    loop {
        let mut cells: BTreeMap<_, u32> = BTreeMap::new();
        for (class, language) in &told {
            *cells.entry((class, language.as_ref().filter(|language| counts.contains_key(*language)))).or_default() += 1;
        }
        if cells.values().all(|count| *count >= SMALLEST) {
            return counts;
        }
        let Some(smallest) = counts.iter().min_by_key(|(_, count)| **count).map(|(language, _)| language.clone()) else {
            return counts;
        };
        counts.remove(&smallest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anonymous::classes::Values;
    use crate::survey::parse::parse;

    const SOURCE: &str = "id = \"pulse\"\ntitle = { en = \"Pulse\", de = \"Puls\" }\nlanguage = \"en\"\n\
        [privacy]\nsegments = [\"team\"]\n[[question]]\nid = \"nps\"\ntype = \"nps\"\n\
        text = { en = \"How likely?\", de = \"Wie sehr?\" }\n[[question]]\nid = \"tenure\"\ntype = \"single\"\ndemographic = true\n\
        text = { en = \"How long?\", de = \"Wie lange?\" }\nchoices = [\n\
        { code = \"new\", label = { en = \"New\", de = \"Neu\" } }, { code = \"old\", label = { en = \"Old\", de = \"Alt\" } }]\n";

    fn people(groups: &[(usize, &str, &str, &str)]) -> Vec<Invitee> {
        let one = |(count, team, tenure, language): &(usize, &str, &str, &str)| {
            let segments = [("team", *team), ("tenure", *tenure)].map(|(name, value)| (name.to_owned(), value.to_owned()));
            let segments: Values = segments.into_iter().filter(|(_, value)| !value.is_empty()).collect();
            let language = Some((*language).to_owned()).filter(|language| !language.is_empty());
            vec![Invitee { contact: "x".into(), segments, language }; *count]
        };
        groups.iter().flat_map(one).collect()
    }

    fn survey() -> Survey {
        parse(SOURCE).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    #[test]
    fn every_class_has_at_least_ten_and_all_are_counted() {
        let people = people(&[(12, "core", "new", ""), (11, "core", "old", ""), (3, "web", "new", ""), (8, "web", "old", "")]);
        let invited = Invited::of(&survey(), &people).unwrap();
        assert!(invited.classes.iter().all(|class| class.invited >= SMALLEST), "{:?}", invited.classes);
        assert_eq!(invited.classes.iter().map(|class| class.invited).sum::<u32>(), 34);
    }

    #[test]
    fn a_segment_that_a_small_value_draws_into_one_class_tells_nothing() {
        let silent = |groups: &[(usize, &str, &str, &str)]| {
            let people = people(groups);
            super::silent(&survey(), &Invited::of(&survey(), &people).unwrap(), &people)
        };
        assert_eq!(silent(&[(12, "core", "new", ""), (10, "web", "new", ""), (8, "data", "new", "")]), ["team"]);
        assert_eq!(silent(&[(12, "core", "new", ""), (10, "web", "new", "")]), Vec::<String>::new());
        assert_eq!(silent(&[(12, "core", "new", "")]), Vec::<String>::new());
    }

    #[test]
    fn a_language_is_told_only_where_every_group_it_makes_is_large() {
        let all = |groups: &[(usize, &str, &str, &str)]| Invited::of(&survey(), &people(groups)).unwrap().languages;
        let both = BTreeMap::from([("de".to_owned(), 11), ("en".to_owned(), 12)]);
        assert_eq!(all(&[(12, "core", "new", "en"), (11, "core", "new", "de-AT")]), both);
        assert_eq!(all(&[(12, "core", "new", "en"), (9, "core", "new", "de")]), BTreeMap::new());
        assert_eq!(all(&[(12, "core", "new", "en"), (3, "core", "new", "")]), BTreeMap::new());
        let split = [(10, "core", "new", "en"), (10, "web", "new", "en"), (6, "core", "new", "de"), (6, "web", "new", "de")];
        assert_eq!(all(&split), BTreeMap::new());
    }

    #[test]
    fn what_the_roster_lacks_is_told() {
        let told = |groups: &[(usize, &str, &str, &str)]| {
            let misfits = Invited::of(&survey(), &people(groups)).unwrap_err();
            misfits.into_iter().map(|misfit| misfit.message).collect::<Vec<_>>()
        };
        assert_eq!(told(&[(2, "core", "", "")]), ["the roster has no column `tenure`"]);
        assert_eq!(told(&[(2, "core", "new", ""), (1, "core", "", "")]), ["x has no value for `tenure`"]);
        assert_eq!(told(&[(2, "core", "nwe", "")]), ["`nwe` is no value of `tenure`"]);
    }
}
