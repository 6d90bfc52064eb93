//! What is shown of small organisations.

use proptest::prelude::*;

use super::*;

/// Makes a table of one wave, each class as `team/site` and how many gave each answer.
fn table(classes: &[(&str, &[u64])]) -> Table {
    let class = |(groups, counts): &(&str, &[u64])| Class {
        groups: ["w1"].into_iter().chain(groups.split('/')).map(str::to_owned).collect(),
        counts: counts.to_vec(),
    };
    Table {
        survey: "pulse".into(),
        question: "nps".into(),
        groupings: [WAVE, "team", "site"].map(str::to_owned).to_vec(),
        classes: classes.iter().map(class).collect(),
    }
}

fn cell(groups: &[(&str, &str)]) -> Cell {
    Cell::of([(WAVE, "w1")].into_iter().chain(groups.iter().copied()))
}

fn teams(teams: &[&str]) -> Vec<Cell> {
    [cell(&[])].into_iter().chain(teams.iter().map(|team| cell(&[("team", team)]))).collect()
}

/// Gives what becomes of cells, in order: `None` where one is shown.
fn reasons(table: &Table, cells: &[Cell], ledger: &Ledger) -> Vec<Option<Reason>> {
    let reason = |decision| match decision {
        Decision::Shown(_) => None,
        Decision::Hidden(reason) => Some(reason),
    };
    decide(table, cells, ledger, 5).unwrap().into_iter().map(reason).collect()
}

fn publish(table: &Table, cells: &[Cell], ledger: &mut Ledger) -> Vec<Option<Reason>> {
    let decisions = decide(table, cells, ledger, 5).unwrap();
    let reasons = reasons(table, cells, ledger);
    ledger.record(published(table, cells, &decisions));
    reasons
}

#[test]
fn a_small_group_is_hidden_and_the_next_smallest_with_it() {
    let table = table(&[("a/x", &[8, 7, 5]), ("b/x", &[4, 3, 3]), ("c/x", &[3, 2, 2]), ("d/x", &[1, 1, 1])]);
    let found = reasons(&table, &teams(&["a", "b", "c", "d"]), &Ledger::default());
    assert_eq!(found, [None, None, None, Some(Reason::Remainder), Some(Reason::TooFew)]);
    // Two small groups protect each other, as long as they are enough together.
    let two = self::table(&[("a/x", &[8, 7, 5]), ("b/x", &[1, 1, 1]), ("c/x", &[1, 1, 1])]);
    let few = Some(Reason::TooFew);
    assert_eq!(reasons(&two, &teams(&["a", "b", "c"]), &Ledger::default()), [None, None, few, few]);
}

#[test]
fn a_group_is_shown_with_exactly_as_many_as_the_threshold_and_never_below_the_floor() {
    let table = table(&[("a/x", &[3, 2, 0]), ("b/x", &[2, 2, 1]), ("c/x", &[1, 1, 0]), ("d/x", &[4, 4, 4])]);
    assert_eq!(reasons(&table, &teams(&["d"]), &Ledger::default()), [None, None]);
    let shown = |threshold| decide(&table, &[cell(&[("team", "c")])], &Ledger::default(), threshold).unwrap();
    assert_eq!(shown(0), [Decision::Hidden(Reason::TooFew)]);
    let only = [cell(&[("team", "a")])];
    assert_eq!(decide(&table, &only, &Ledger::default(), 5), Ok(vec![Decision::Shown(vec![3, 2, 0])]));
}

#[test]
fn another_grouping_of_the_same_people_is_held_against_what_was_published() {
    // Everyone but two of team a is at site x: whoever knows both, knows these two.
    let table = table(&[("a/x", &[5, 3, 2]), ("a/y", &[1, 0, 1]), ("b/y", &[3, 3, 3]), ("c/y", &[2, 2, 2])]);
    let mut ledger = Ledger::default();
    assert_eq!(publish(&table, &teams(&["a"]), &mut ledger), [None, None]);
    let sites = [cell(&[("site", "x")]), cell(&[("site", "y")])];
    assert_eq!(reasons(&table, &sites, &Ledger::default()), [None, None]);
    assert_eq!(reasons(&table, &sites, &ledger), [Some(Reason::Remainder), Some(Reason::Complementary)]);
}

#[test]
fn small_groups_that_are_few_together_are_no_less_hidden_than_one() {
    // All of teams a and b are at site x, with two of c and one of e: site x less both teams are these three.
    let table = table(&[
        ("a/x", &[2, 4, 4]),
        ("b/x", &[1, 4, 5]),
        ("c/x", &[1, 1, 0]),
        ("c/y", &[4, 4, 4]),
        ("e/x", &[0, 0, 1]),
        ("e/y", &[3, 3, 4]),
    ]);
    let sites = [cell(&[("site", "x")]), cell(&[("site", "y")])];
    let cells = [teams(&["a", "b", "c", "e"]), sites.to_vec()].concat();
    assert!(reasons(&table, &sites, &Ledger::default()).iter().all(Option::is_none), "without teams, sites tell nothing");
    let found = reasons(&table, &cells, &Ledger::default());
    assert!(found.contains(&Some(Reason::Complementary)), "{found:?}");
    // What was told before can't be taken back, and hides nothing more.
    let mut ledger = Ledger::default();
    ledger.record(published(&table, &cells, &cells.iter().map(|_| Decision::Shown(Vec::new())).collect::<Vec<_>>()));
    assert!(reasons(&table, &cells, &ledger).iter().all(Option::is_none));
}

#[test]
fn answers_that_only_one_pair_of_margins_allows_are_counted_as_known() {
    // Each answer was given once: both margins together say who gave it.
    let one = |at: usize| -> Vec<u64> { (0..10).map(|place| u64::from(place == at || place == at + 1)).collect() };
    let answers: Vec<Vec<u64>> = (0..4).map(|at| one(2 * at)).collect();
    let mut rows: Vec<(&str, &[u64])> =
        ["a/x", "a/y", "b/x", "b/y"].into_iter().zip(&answers).map(|(name, counts)| (name, counts.as_slice())).collect();
    let (more, rest) = ([0, 0, 0, 0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    rows.extend([("a/x", &more[..]), ("b/y", &rest[..])]);
    let table = table(&rows);
    let cells = [cell(&[]), cell(&[("team", "a")]), cell(&[("team", "b")]), cell(&[("site", "x")]), cell(&[("site", "y")])];
    let hidden = Some(Reason::Complementary);
    assert_eq!(reasons(&table, &cells, &Ledger::default()), [None, hidden, hidden, None, None]);
    // Of answers that many gave, they say nothing.
    let alike = ["a/x", "a/y", "b/x", "b/y"].map(|name| (name, &[2_u64, 1, 0][..]));
    assert_eq!(reasons(&self::table(&alike), &cells, &Ledger::default()), [None; 5]);
}

#[test]
fn a_group_within_people_who_all_say_the_same_is_no_secret_only_where_it_surely_is_there() {
    let table = table(&[("a/x", &[7, 0, 0]), ("a/y", &[3, 0, 0]), ("b/y", &[2, 3, 4]), ("b/x", &[1, 1, 3])]);
    // Nobody knows how many of team a are at which site.
    assert_eq!(reasons(&table, &teams(&["a", "b"]), &Ledger::default()), [None, None, None]);
}

#[test]
fn what_grew_since_it_was_published_is_shown_again_when_enough_came_but_no_part_of_it() {
    let (before, few, enough) = ([4, 3, 3], [5, 3, 4], [6, 5, 4]);
    let mut ledger = Ledger::default();
    let of = |counts: &[u64; 3]| table(&[("a/x", counts), ("b/x", &[3, 3, 3])]);
    assert_eq!(publish(&of(&before), &teams(&[]), &mut ledger), [None]);
    assert_eq!(reasons(&of(&few), &teams(&["a"]), &ledger), [Some(Reason::Changed); 2]);
    assert_eq!(reasons(&of(&enough), &teams(&["a"]), &ledger), [None, Some(Reason::Changed)]);
    assert_eq!(reasons(&of(&[9, 9, 2]), &teams(&[]), &ledger), [Some(Reason::Changed)]);
    // What was shown of groups may be shown again only where it didn't change, or grew enough.
    let mut ledger = Ledger::default();
    assert_eq!(publish(&of(&before), &teams(&["a", "b"]), &mut ledger), [None; 3]);
    assert_eq!(reasons(&of(&enough), &teams(&["a", "b"]), &ledger), [Some(Reason::Changed), Some(Reason::Changed), None]);
    let only_b = Ledger { published: ledger.published.drain(2..).collect(), ..Ledger::default() };
    assert_eq!(reasons(&of(&enough), &teams(&["a", "b"]), &only_b), [None; 3]);
}

#[test]
fn a_ledger_reads_what_it_wrote_and_takes_nothing_twice() {
    let (table, mut ledger) = (table(&[("a/x", &[3, 2, 4])]), Ledger::default());
    publish(&table, &teams(&["a"]), &mut ledger);
    let text = serde_json::to_string(&ledger).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"published":[{"survey":"pulse","question":"nps","cell":{"wave":"w1"},"counts":[3,2,4]},"#,
            r#"{"survey":"pulse","question":"nps","cell":{"team":"a","wave":"w1"},"counts":[3,2,4]}]}"#
        )
    );
    publish(&table, &teams(&["a"]), &mut ledger);
    assert_eq!(serde_json::from_str::<Ledger>(&text).unwrap(), ledger);
    let unknown = Cell::of([("role", "dev")]);
    assert_eq!(decide(&table, std::slice::from_ref(&unknown), &ledger, 5), Err(Unknown(unknown)));
}

fn any_table() -> impl Strategy<Value = Table> {
    prop::collection::vec((0_u8..4, 0_u8..3, 0_usize..3), 8..60).prop_map(|people| {
        let mut classes = BTreeMap::<String, Vec<u64>>::new();
        for (team, site, answer) in people {
            classes.entry(format!("{team}/{site}")).or_insert_with(|| vec![0; 3])[answer] += 1;
        }
        table(&classes.iter().map(|(groups, counts)| (groups.as_str(), counts.as_slice())).collect::<Vec<_>>())
    })
}

fn all_cells() -> Vec<Cell> {
    let names: Vec<String> = (0..4).map(|at| at.to_string()).collect();
    let team = names.iter().map(|team| cell(&[("team", team)]));
    let site = names[..3].iter().map(|site| cell(&[("site", site)]));
    let both = names.iter().flat_map(|team| names[..3].iter().map(move |site| cell(&[("team", team), ("site", site)])));
    [cell(&[])].into_iter().chain(team).chain(site).chain(both).collect()
}

/// Gives rows with which every sum and difference of some rows can be made, each with the column it begins with.
fn echelon(rows: impl Iterator<Item = Vec<f64>>) -> Vec<(usize, Vec<f64>)> {
    rows.fold(Vec::new(), |mut span, row| {
        let row = left_of(row, &span);
        if let Some(first) = row.iter().position(|value| value.abs() > 1e-6) {
            let begin = row[first];
            span.push((first, row.into_iter().map(|value| value / begin).collect()));
        }
        span
    })
}

/// Gives what sums and differences of other rows leave of a row.
fn left_of(mut row: Vec<f64>, span: &[(usize, Vec<f64>)]) -> Vec<f64> {
    for (first, other) in span {
        let by = row[*first];
        row.iter_mut().zip(other).for_each(|(value, other)| *value -= by * other);
    }
    row
}

fn small_table() -> impl Strategy<Value = Table> {
    let counts = prop::collection::vec(0_u64..4, 2);
    prop::collection::vec(counts, 6).prop_map(|counts| {
        let names = ["0/0", "0/1", "1/0", "1/1", "2/0", "2/1"];
        table(&names.iter().copied().zip(counts.iter().map(Vec::as_slice)).collect::<Vec<_>>())
    })
}

/// Goes through all counts of an answer that come to the same sums, and gives the least and the greatest of some members in them.
fn range_of(members: &Members, sums: &[(Members, u64)], counts: &mut Vec<u64>, width: usize) -> Option<(u64, u64)> {
    let of = |members: &Members, counts: &[u64]| -> u64 { members.iter().filter_map(|at| counts.get(*at as usize)).sum() };
    if sums.iter().any(|(of_sum, sum)| {
        let so_far = of(of_sum, counts);
        let is_complete = of_sum.last().is_some_and(|last| (*last as usize) < counts.len());
        so_far > *sum || is_complete && so_far != *sum
    }) {
        return None;
    }
    if counts.len() == width {
        let n = of(members, counts);
        return Some((n, n));
    }
    let at = counts.len() as u32;
    let most = sums.iter().filter(|(members, _)| members.contains(&at)).map(|(_, sum)| *sum).min().unwrap_or(9);
    let mut found: Option<(u64, u64)> = None;
    for next in 0..=most {
        counts.push(next);
        if let Some((least, greatest)) = range_of(members, sums, counts, width) {
            found = Some(found.map_or((least, greatest), |(low, high)| (low.min(least), high.max(greatest))));
        }
        counts.pop();
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_small_group_is_known_to_whoever_goes_through_every_world(table in small_table()) {
        let cells: Vec<Cell> = all_cells().into_iter().filter(|cell| cell.0.len() < 3).collect();
        let decisions = decide(&table, &cells, &Ledger::default(), 5).unwrap();
        let shown: Vec<Members> =
            published(&table, &cells, &decisions).iter().map(|one| table.members(&one.cell).unwrap()).collect();
        let small = cells.iter().chain(&all_cells()).filter_map(|cell| table.members(cell)).filter(|members| (1..5).contains(&table.n(members))).collect::<Vec<_>>();
        for members in small {
            let is_known = (0..table.levels()).all(|level| {
                let of = |members: &Members| members.iter().map(|at| table.classes[*at as usize].counts[level]).sum::<u64>();
                let sums: Vec<(Members, u64)> = shown.iter().map(|shown| (shown.clone(), of(shown))).collect();
                range_of(&members, &sums, &mut Vec::new(), table.classes.len()).is_some_and(|(least, greatest)| least == greatest)
            });
            prop_assert!(!is_known, "{members:?} is known: {shown:?} {:?}", table.classes);
        }
    }

    #[test]
    fn no_shown_cell_and_no_difference_of_two_nested_ones_has_too_few(table in any_table()) {
        let cells = all_cells();
        let decisions = decide(&table, &cells, &Ledger::default(), 5).unwrap();
        let shown: Vec<Members> =
            published(&table, &cells, &decisions).iter().map(|one| table.members(&one.cell).unwrap()).collect();
        for one in &shown {
            prop_assert!(table.n(one) >= 5);
            for other in shown.iter().filter(|other| is_part(other, one)) {
                prop_assert!(!(1..5).contains(&(table.n(one) - table.n(other))));
            }
        }
    }

    #[test]
    fn nothing_shown_adds_up_to_a_few_of_whatever_groups(table in any_table()) {
        let cells: Vec<Cell> = all_cells().into_iter().filter(|cell| cell.0.len() < 3).collect();
        let decisions = decide(&table, &cells, &Ledger::default(), 5).unwrap();
        let rows = published(&table, &cells, &decisions).into_iter().map(|one| {
            let members = table.members(&one.cell).unwrap();
            (0..table.classes.len() as u32).map(|at| f64::from(u8::from(members.contains(&at)))).collect::<Vec<f64>>()
        });
        let span = echelon(rows);
        for chosen in 1_u32..1 << table.classes.len() {
            let members: Members = (0..table.classes.len() as u32).filter(|at| chosen >> at & 1 == 1).collect();
            if table.n(&members) < 5 {
                let row = (0..table.classes.len()).map(|at| f64::from(chosen >> at & 1)).collect();
                prop_assert!(left_of(row, &span).iter().any(|value| value.abs() > 1e-6), "{members:?} follows from what is shown");
            }
        }
    }

    #[test]
    fn what_was_published_stays_so_and_order_changes_nothing(table in any_table(), turn in 0_usize..20) {
        let (cells, mut ledger) = (all_cells(), Ledger::default());
        let first = reasons(&table, &cells, &ledger);
        let mut turned = cells.clone();
        turned.rotate_left(turn);
        let mut again = reasons(&table, &turned, &ledger);
        again.rotate_right(turn);
        prop_assert_eq!(&first, &again);
        publish(&table, &cells, &mut ledger);
        let after = reasons(&table, &cells, &ledger);
        for (before, after) in first.iter().zip(after) {
            prop_assert!(before.is_some() || after.is_none(), "{:?} became {:?}", before, after);
        }
    }
}
