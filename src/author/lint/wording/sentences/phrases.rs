//! The phrases the rules know, as data: in lower case, with straight apostrophes, between semicolons.

/// The lists of phrases, by what they are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Absolute,
    FixedPair,
    Joining,
    Leading,
    Opening,
    Tag,
    Charged,
    Negation,
    TakenForGranted,
    Vague,
}

/// Every list with its phrases.
pub(super) const ALL: [(List, &str); 10] = [
    (List::Absolute, ABSOLUTE),
    (List::FixedPair, FIXED_PAIRS),
    (List::Joining, JOINING),
    (List::Leading, LEADING),
    (List::Opening, OPENING),
    (List::Tag, TAGS),
    (List::Charged, CHARGED),
    (List::Negation, NEGATION),
    (List::TakenForGranted, TAKEN_FOR_GRANTED),
    (List::Vague, VAGUE),
];

/// Claims without exception.
const ABSOLUTE: &str = "\
    all the time; any time; at all times; each and every; every last; every one of; every single; every time; \
    in all cases; in any case whatsoever; in every case; in every respect; in every way; no matter what; no one; \
    under all circumstances; under no circumstances; without exception; without fail";

/// Pairs that name one thing.
const FIXED_PAIRS: &str = "\
    again and again; and then some; back and forth; bits and pieces; black and white; by and large; ci and cd; \
    continuous integration and continuous delivery; continuous integration and continuous deployment; \
    continuous integration and delivery; continuous integration and deployment; copy and paste; cut and paste; \
    date and time; day and night; day and time; diversity and inclusion; do's and don'ts; dos and don'ts; drag and drop; \
    each and every; find and replace; first and foremost; first and last name; flesh and blood; here and now; \
    here and there; hit and miss; hours and minutes; identity and access management; in and out; input and output; \
    inputs and outputs; key and value; keys and values; learn and grow; less and less; line and branch; loud and clear; \
    monday and friday; month and year; more and more; name and email; name and version; nice and easy; now and again; \
    now and then; nuts and bolts; off and on; on and off; once and for all; one and only; one and the same; \
    out and about; over and above; over and over; part and parcel; peace and quiet; pick and choose; plug and play; \
    point and click; pros and cons; publish and subscribe; question and answer; questions and answers; read and write; \
    request and response; research and development; rise and fall; round and round; safe and sound; search and replace; \
    select and paste; sequence and timing; sign up and sign in; start and end; state and country; stop and go; \
    supply and demand; terms and conditions; through and through; time and again; time and date; time and place; \
    time and time again; town and country; trial and error; tried and tested; tried and true; up and down; \
    up and running; ups and downs; user name and password; username and password; wait and see; wear and tear; \
    week and month";

/// Words besides "and" that put two things into one question.
const JOINING: &str = "\
    and or; as well as; but also; in addition to; not only";

/// What suggests the answer, wherever it stands.
const LEADING: &str = "\
    all of us know; any reasonable; as everyone knows; as we all know; as you know; as you may know; as you surely know; \
    as you will know; can we agree; considering how; considering that; despite the fact that; do you agree it; \
    do you agree our; do you agree that; do you agree the; do you agree we; do you also think; do you not agree; \
    do you not find; do you not think; do you share the view; do you too; everybody knows; everyone agrees; \
    everyone knows; experts agree; experts recommend; experts say; given how; given that; goes without saying; \
    how can anyone; how could anyone; how excited are you; how grateful are you; how impressed; how much did you enjoy; \
    how much did you like; how much did you love; how much do you appreciate; how much do you dislike; \
    how much do you enjoy; how much do you hate; how much do you like; how much do you love; in view of the fact; \
    is it not true; it is clear that; it is obvious that; it is well known; knowing that; like most developers; \
    like most engineers; like most people; like most teams; like other teams; like your colleagues; needless to say; \
    no doubt; of course; research has shown; research shows; seeing that; studies have shown; studies show; surely; \
    undeniably; undoubtedly; we all know; we are sure; we believe that; we hope that; we hope you; we know that; \
    we know you; we think; would you agree; would you agree that; would you not agree; would you not say; \
    you have to admit; you must admit; you will agree; you would agree; you'll agree";

/// What suggests the answer when a sentence opens with it.
const OPENING: &str = "\
    admittedly; am i right; clearly; evidently; is it fair to say; isn't it; isn't it true; naturally; obviously; \
    shouldn't we; unquestionably; without doubt; without question";

/// What asks for a nod at the end of a sentence, after a comma.
const TAGS: &str = "\
    agreed; am i right; aren't they; aren't we; aren't you; can't it; can't we; can't you; correct; didn't it; didn't we; \
    didn't you; do you; do you not; does it not; doesn't it; don't they; don't we; don't you; eh; hasn't it; haven't we; \
    haven't you; is it not; isn't he; isn't it; isn't that so; no; right; shouldn't it; shouldn't we; shouldn't you; \
    wasn't it; weren't they; won't it; won't you; wouldn't it; wouldn't they; wouldn't you; yes";

/// What praises or blames.
const CHARGED: &str = "\
    a joy to; a pain; a pleasure to; at the mercy of; best in class; breath of fresh air; cutting edge; fed up; \
    forced to; forces you to; game changer; game changing; going through the motions; home grown mess; industry leading; \
    jump through hoops; lightning fast; made your life easier; makes your life easier; market leading; new and improved; \
    next generation; put up with; puts up with; red tape; second to none; sick of; spaghetti code; state of the art; \
    stuck with; tired of; victim of; world class; worth every";

/// Two negations that make one statement.
const NEGATION: &str = "\
    few would deny; hardly ever not; never without; no lack of; no shortage of; no small; nobody fails; not for nothing; \
    not without; nothing prevents; nothing stops";

/// What a question takes for granted.
const TAKEN_FOR_GRANTED: &str = "\
    cost you the most time; costs you the most time; drives you mad; get in your way; get on your nerves; \
    gets in your way; gets on your nerves; gives you trouble; got in your way; held you back; holding you back; \
    holds you back; keeping you from; keeps you from; kept you from; let you down; lets you down; makes you angry; \
    makes you unhappy; put you off; puts you off; stands in your way; stood in your way; wears you out";

/// Amounts that every reader takes differently.
const VAGUE: &str = "\
    a couple of; a few; a great many; a large number of; a lot of; a number of; a small number of; every now and then; \
    every once in a while; every so often; from time to time; good number of; hardly ever; in recent days; \
    in recent months; in recent times; in recent weeks; last couple of; last few; last several; lots of; \
    more or less regularly; most of the time; much of the time; now and again; now and then; of late; on a regular basis; \
    once in a while; past couple of; past few; past several; plenty of; recent past; some of the time; these days; \
    time and again";
