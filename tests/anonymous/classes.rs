//! Whoever is invited, and however segments are laid out: the classes are a partition in which nobody stands alone.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use dxpulse::anonymous::classes::{Class, Hierarchy, SMALLEST, Values, overlapping, partition};
use dxpulse::survey::{Code, Kind, Name, Question, QuestionId, Segment, SegmentValue, Survey, SurveyId};
use proptest::prelude::*;

/// A survey's segments, and the people of a roster.
#[derive(Debug, Clone)]
struct Made {
    survey: Survey,
    people: Vec<Values>,
}

/// The values that there are, one letter each; the last two have no place in any survey.
const CODES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "x", "y"];

/// Makes up to three segments, the last of them a question about the respondent, and up to 60 people.
///
/// A value's parent may be any before it, so that there are deep trees, and values above others that somebody has.
fn rosters() -> impl Strategy<Value = Made> {
    let parent = |at: usize| {
        let before = proptest::option::weighted(0.6, 0..at.max(1));
        before.prop_map(move |parent| parent.filter(|parent| *parent < at))
    };
    let parents = (0..6).map(parent).collect::<Vec<_>>();
    // Few values are common and the others rare, as in an organisation.
    let value = prop_oneof![8 => 0..2_usize, 4 => 2..6_usize, 1 => 6..8_usize];
    let person = proptest::collection::vec(proptest::option::weighted(0.97, value), 3);
    let segments = proptest::collection::vec(parents, 0..3);
    (segments, any::<bool>(), proptest::collection::vec(person, 0..60)).prop_map(|(parents, is_asked, people)| {
        let names: Vec<String> =
            (0..parents.len()).map(|at| format!("segment_{at}")).chain(is_asked.then(|| "role".into())).collect();
        let person = |values: Vec<Option<usize>>| {
            let told = names.iter().zip(values).filter_map(|(name, value)| Some((name.clone(), CODES[value?].to_owned())));
            // What no segment of the survey has says nothing.
            told.chain([("badge".to_owned(), "one of a kind".to_owned())]).collect()
        };
        Made { survey: survey(&parents, is_asked), people: people.into_iter().map(person).collect() }
    })
}

fn survey(parents: &[Vec<Option<usize>>], is_asked: bool) -> Survey {
    let mut role = Question::new(QuestionId::new("role").unwrap(), "What do you do?", Kind::Boolean);
    role.demographic = is_asked;
    let mut survey = Survey::new(SurveyId::new("pulse").unwrap(), "Pulse", "en", vec![role]);
    let code = |at: usize| Code::new(CODES[at]).unwrap();
    survey.segments = parents
        .iter()
        .enumerate()
        .map(|(at, parents)| Segment {
            id: Name::new(&format!("segment_{at}")).unwrap(),
            label: None,
            values: parents
                .iter()
                .enumerate()
                .map(|(at, parent)| SegmentValue { code: code(at), label: "".into(), parent: parent.map(code) })
                .collect(),
        })
        .collect();
    survey.privacy.segments = survey.segments.iter().map(|segment| segment.id.clone()).collect();
    survey
}

/// Says whether a value is a node or under it, by going up step by step.
fn is_under(survey: &Survey, segment: &str, value: &str, node: &str) -> bool {
    let segment = survey.segments.iter().find(|known| known.id.as_str() == segment);
    let parents: BTreeMap<&str, &str> = segment
        .iter()
        .flat_map(|segment| &segment.values)
        .filter_map(|value| Some((value.code.as_str(), value.parent.as_ref()?.as_str())))
        .collect();
    std::iter::successors(Some(value), |at| parents.get(at).copied()).any(|above| above == node)
}

fn is_in(survey: &Survey, person: &Values, class: &Class) -> bool {
    class.nodes.iter().all(|(segment, node)| person.get(segment).is_some_and(|value| is_under(survey, segment, value, node)))
}

fn is_everyone(classes: &[Class]) -> bool {
    matches!(classes, [class] if class.nodes.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn everyone_is_in_the_one_class_that_counted_them_and_no_class_is_small(made in rosters(), smallest in 1..15_u32) {
        let hierarchy = Hierarchy::of(&made.survey);
        let classes = partition(&hierarchy, &made.people, smallest);
        let mut counted: BTreeMap<&Class, u32> = classes.iter().map(|class| (class, 0)).collect();
        for person in &made.people {
            let placed = hierarchy.place(&classes, person);
            if let Some(class) = placed {
                prop_assert!(is_in(&made.survey, person, class));
                *counted.get_mut(class).unwrap() += 1;
            }
            let has_class = hierarchy.is_whole(person) || is_everyone(&classes);
            prop_assert_eq!(placed.is_some(), has_class, "{:?}", person);
            if hierarchy.is_whole(person) {
                prop_assert_eq!(classes.iter().filter(|class| is_in(&made.survey, person, class)).count(), 1);
            }
        }
        for (class, people) in counted {
            prop_assert_eq!(class.invited, people, "{}", class);
            prop_assert!(people >= smallest || is_everyone(&classes), "{} has {}", class, people);
        }
        prop_assert_eq!(classes.is_empty(), made.people.is_empty());
    }

    #[test]
    fn no_class_is_what_is_left_of_a_coarser_one(made in rosters(), smallest in 1..15_u32) {
        let hierarchy = Hierarchy::of(&made.survey);
        let classes = partition(&hierarchy, &made.people, smallest);
        for (at, class) in classes.iter().enumerate() {
            // Whoever is under the nodes that it names is in it: it never means "this, without its sibling".
            let under = made.people.iter().filter(|person| is_in(&made.survey, person, class) && hierarchy.is_whole(person));
            let counted = if is_everyone(&classes) { made.people.len() } else { under.count() };
            prop_assert_eq!(u32::try_from(counted).unwrap(), class.invited, "{}", class);
            prop_assert!(classes[..at].iter().all(|other| !hierarchy.overlap(&class.nodes, &other.nodes)));
        }
    }

    #[test]
    fn two_classes_that_share_a_combination_are_found(made in rosters(), lacks in proptest::collection::vec(any::<[bool; 3]>(), 12)) {
        let hierarchy = Hierarchy::of(&made.survey);
        let class = |(person, lacks): (&Values, &[bool; 3])| {
            let told = hierarchy.segments().zip(lacks).filter(|(_, lacks)| !**lacks);
            let nodes = told.filter_map(|(segment, _)| Some((segment.to_owned(), person.get(segment)?.clone()))).collect();
            Class { nodes, invited: 10 }
        };
        let classes: Vec<Class> = made.people.iter().zip(&lacks).map(class).collect();
        let share = |one: &Class, other: &Class| hierarchy.overlap(&one.nodes, &other.nodes);
        let are_apart = classes.iter().enumerate().all(|(at, class)| classes[..at].iter().all(|other| !share(class, other)));
        let found = overlapping(&hierarchy, &classes);
        prop_assert_eq!(found.is_none(), are_apart);
        prop_assert!(found.is_none_or(|(one, other)| share(one, other)));
    }

    #[test]
    fn who_asks_for_more_people_in_a_class_gets_a_coarsening(made in rosters(), smallest in 1..15_u32) {
        let hierarchy = Hierarchy::of(&made.survey);
        let (finer, coarser) = (partition(&hierarchy, &made.people, smallest), partition(&hierarchy, &made.people, smallest + 1));
        let mut went: BTreeMap<&Class, &Class> = BTreeMap::new();
        for person in made.people.iter().filter(|person| hierarchy.is_whole(person)) {
            let (before, after) = (hierarchy.place(&finer, person).unwrap(), hierarchy.place(&coarser, person).unwrap());
            prop_assert_eq!(*went.entry(before).or_insert(after), after, "{} is split", before);
            let is_above = |(segment, node): (&String, &String)| {
                before.nodes.get(segment).is_some_and(|value| is_under(&made.survey, segment, value, node))
            };
            prop_assert!(after.nodes.iter().all(is_above));
        }
    }

    #[test]
    fn the_order_of_the_roster_says_nothing(made in rosters(), smallest in 1..15_u32, turn in any::<prop::sample::Index>()) {
        let hierarchy = Hierarchy::of(&made.survey);
        let classes = partition(&hierarchy, &made.people, smallest);
        let mut turned = made.people.clone();
        turned.reverse();
        if !turned.is_empty() {
            let by = turn.index(turned.len());
            turned.rotate_left(by);
        }
        prop_assert_eq!(&partition(&hierarchy, &turned, smallest), &classes);
        prop_assert_eq!(partition(&hierarchy, &made.people, smallest), classes);
    }

    #[test]
    fn late_invitees_join_the_class_of_those_like_them(made in rosters(), smallest in 1..15_u32) {
        let hierarchy = Hierarchy::of(&made.survey);
        let (invited, late) = made.people.split_at(made.people.len() / 2);
        let classes = partition(&hierarchy, invited, smallest);
        for person in late {
            let class = hierarchy.place(&classes, person);
            prop_assert!(class.is_none_or(|class| is_in(&made.survey, person, class)), "a class says the truth");
            let is_like = |other: &&Values| hierarchy.segments().all(|segment| other.get(segment) == person.get(segment));
            if let Some(like) = invited.iter().find(is_like) {
                prop_assert_eq!(class, hierarchy.place(&classes, like));
                prop_assert_eq!(class.is_some(), hierarchy.is_whole(person) || is_everyone(&classes));
                if class.is_some() {
                    prop_assert_eq!(class, hierarchy.nearest(&classes, person), "those in a class are most like it");
                }
            }
            prop_assert_eq!(hierarchy.nearest(&classes, person).is_some(), !classes.is_empty());
        }
    }

    #[test]
    fn what_is_large_enough_stays_as_fine_as_it_is(made in rosters()) {
        let flat = Survey { segments: Vec::new(), ..made.survey.clone() };
        let hierarchy = Hierarchy::of(&flat);
        let whole: Vec<Values> = made.people.iter().filter(|person| hierarchy.is_whole(person)).cloned().collect();
        let ten_times: Vec<Values> = (0..10).flat_map(|_| whole.clone()).collect();
        let classes = partition(&hierarchy, &ten_times, SMALLEST);
        let finest: std::collections::BTreeSet<Values> = whole.iter().map(|person| {
            hierarchy.segments().map(|segment| (segment.to_owned(), person[segment].clone())).collect()
        }).collect();
        prop_assert_eq!(classes.iter().map(|class| class.nodes.clone()).collect::<std::collections::BTreeSet<_>>(), finest);
    }
}

#[test]
fn a_large_organisation_is_parted_while_one_waits() {
    let parents: Vec<Vec<Option<usize>>> = vec![vec![None, None, Some(0), Some(0), Some(1), Some(1)]; 6];
    let digit = |number: usize, place: usize| CODES[number / [1, 6, 36, 216, 1_296, 7_776, 46_656][place] % 6];
    let names: Vec<String> = (0..6).map(|at| format!("segment_{at}")).chain(["role".to_owned()]).collect();
    let person =
        |number: usize| names.iter().enumerate().map(|(at, name)| (name.clone(), digit(number * 7_919, at).to_owned())).collect();
    let people: Vec<Values> = (0..5_000).map(person).collect();
    let start = Instant::now();
    let classes = partition(&Hierarchy::of(&survey(&parents, true)), &people, SMALLEST);
    assert!(classes.len() > 100 && classes.iter().all(|class| class.invited >= SMALLEST), "{} classes", classes.len());
    // Without optimisation, and beside other tests.
    assert!(start.elapsed() < Duration::from_secs(60), "it took {:?}", start.elapsed());
}

#[test]
fn parents_in_a_circle_end_somewhere() {
    let survey = survey(&[vec![Some(1), Some(2), Some(0), Some(3), None, None]], false);
    let hierarchy = Hierarchy::of(&survey);
    let person = |code: &str| Values::from([("segment_0".to_owned(), code.to_owned())]);
    let people: Vec<Values> = ["a", "b", "c", "d", "e"].map(person).to_vec();
    for smallest in 1..7 {
        let classes = partition(&hierarchy, &people, smallest);
        assert_eq!(classes.iter().map(|class| class.invited).sum::<u32>(), 5);
    }
}
