//! The words the rules know, as data. American and British spellings stand side by side.

use super::classes::{
    ACTION, AUXILIARY, BLAME, CHARGED, COMPARATIVE, COMPLEMENT_TAKER, CONTRACTED, Class, DEGREE, DETERMINER, DIFFICULTY,
    DURATION, EVENT, EXAMPLE, FEELING, GAIN, HALF_SUBORDINATOR, HEAD, HEDGE, HYPOTHETICAL, JUDGEMENT, LIGHT_VERB, LIKING,
    MEETING, MOMENT, MONTH, NEGATIVE, NEGATOR, OBJECT, PAST, PEOPLE, PLURAL_MODIFIER, POSSESSIVE, PRAISE, PREPOSITION, PRESENT,
    PRESSING, PROBLEM, QUESTION_WORD, RATE, RECIPROCAL, RELATIVE, SPAN, STATE, SUBJECT, SUBORDINATOR, SUPERLATIVE, TRACKED,
    UNIVERSAL, UNIVERSAL_CLAIM, VAGUE, VAGUE_AMOUNT, VAGUE_LABEL, VERB,
};

/// The classes with their words.
pub(super) const GROUPS: &[(Class, &str)] = &[
    (DETERMINER, "the a an this that these those each every any some no either neither another both all such"),
    (DETERMINER | POSSESSIVE, "my your our their its his her whose"),
    (SUBJECT, "i you we they he she it i'm i've i'd you're you've you'd we're we've we'd they're they've it's"),
    (OBJECT, "me us them him yourself myself ourselves themselves"),
    (
        AUXILIARY,
        "is are was were be been being am do does did have has had having can could will would shall should may might must",
    ),
    (HYPOTHETICAL, "would should could might"),
    (
        AUXILIARY | CONTRACTED | NEGATOR,
        "don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't can't couldn't won't wouldn't shouldn't mustn't needn't",
    ),
    (AUXILIARY | NEGATOR, "cannot"),
    (NEGATOR, "not never"),
    (
        PREPOSITION,
        "of in on at to for with from by about into onto over under during between among through across per without within \
         against towards toward upon via than as like out up down off around behind beyond except inside outside",
    ),
    (QUESTION_WORD, "how what which who whom whose where why when whether"),
    (SUBORDINATOR, "when if because although though while whereas unless whenever whether wherever"),
    (HALF_SUBORDINATOR, "after before since until once as"),
    (
        DEGREE,
        "very too so quite rather really more most less least well just also even only still fairly highly extremely both \
         completely fully generally usually mostly clearly then easily often always equally",
    ),
    (
        JUDGEMENT,
        "fast slow quick reliable unreliable stable unstable easy hard difficult simple complex clear unclear useful useless \
         helpful unhelpful complete incomplete accurate inaccurate correct incorrect current up-to-date outdated timely responsive \
         unresponsive friendly polite kind constructive specific actionable concise consistent inconsistent secure insecure safe \
         unsafe intuitive efficient inefficient effective ineffective productive unproductive satisfied dissatisfied happy unhappy \
         confident comfortable motivated engaged valued supported informed connected trusted trustworthy transparent fair unfair \
         flexible scalable maintainable readable testable usable accessible available affordable understandable predictable \
         unpredictable fun enjoyable pleasant unpleasant interesting meaningful challenging stressful frustrating tedious boring \
         annoying painful smooth straightforward documented well-documented well-structured well-tested well-organised \
         well-organized modern clean robust resilient performant cheap expensive good bad great poor relevant irrelevant important \
         valuable necessary sufficient adequate appropriate realistic achievable discoverable searchable quickly slowly easily \
         reliably clearly safely securely efficiently effectively smoothly consistently accurately correctly promptly thoroughly \
         openly honestly respectfully confidently quietly poorly badly respected heard appreciated rested focused tired stressed \
         anxious inclusive fresh visible manageable sustainable organised organized repeatable tidy easy-to-use easy-to-find \
         sure proud welcome included trusting cumbersome clunky confusing overwhelming professional competent knowledgeable \
         approachable noisy flaky fragile brittle thorough honest",
    ),
    (
        VERB,
        "helps saves lets gives makes works takes needs gets keeps shows tells finds uses knows feels looks fits meets provides \
         offers allows enables respond responds goes comes runs leads brings covers catches finishes starts stops takes \
         give make take get keep tell find know feel meet provide allow enable learn understand choose become explain follow improve \
         use need want solve see say go come bring ask help work wait think believe hope expect agree trust save lose spend \
         gave made took got kept told found knew felt met learned understood chose became used needed wanted solved saw said went \
         came brought asked helped worked waited thought lost spent deployed merged reviewed released opened finished passed failed \
         deploy merge debug handle diagnose create write read reproduce roll locate discover maintain configure describe estimate \
         remember recall call seem appear remain exist happen occur arrive react deliver receive reach perform performs behave \
         behaves shortens explains follows improves solves",
    ),
    (
        COMPLEMENT_TAKER,
        "confident sure certain agree believe think feel say know trust clear likely true satisfied important aware worried find \
         disagree hope expect see tell convinced says feels knows believes thinks means mean sense show shows ensure so prefer",
    ),
    (LIGHT_VERB, "try go come stop sit pause wait stay went came"),
    (
        HEAD,
        "pipeline pipelines team teams process processes environment environments tool tools tooling system systems platform \
         platforms access rights permission permissions step steps stage stages phase phases workflow workflows setup settings job \
         jobs time times script scripts server servers service services cycle cycles culture practice practices guideline \
         guidelines policy policies rule rules request requests window plan plans budget infrastructure site role roles skill skills \
         task tasks work check checks suite suites result results data file files code stack framework frameworks language \
         languages version versions board channel channels area areas topic topics feature features change changes error errors key \
         keys branch branches cluster clusters machine machines strategy chain queue ticket tickets cost costs model meeting meetings \
         engineer engineers engineering department group groups organisation organization manager lead leads session sessions \
         procedure procedures methods method loop loops load loads format runs commands flow day days week event events stations \
         station licence license standards standard dashboard dashboards tests library libraries account accounts function functions \
         interview interviews agreement agreements center centre portal tracker trackers shortcut shortcuts operation operations \
         solution solutions history comments effort pattern patterns community testing activities activity rota schedule templates \
         template workers worker roadmap apps app services' teams' scores list lists menu buttons button bar bars page pages screen screens field fields form forms view views \
         panel panels tab tabs box boxes index engine engines option options capability capabilities functionality mode modes path paths \
         plugin plugins package packages program programme project projects training course courses exercise exercises response \
         responses report reports review reviews summary summaries graph graphs metrics alerts ticket notes examples cost matrix \
         boundaries layer layers interface interfaces protocol protocols endpoint endpoints",
    ),
    (
        PLURAL_MODIFIER,
        "sales operations analytics metrics devops ops systems communications logistics graphics business process access css",
    ),
    (
        PEOPLE,
        "team teams manager managers colleague colleagues developer developers engineer engineers people peers users teammates \
         programmers reviewers reviewer lead leads group department employees companies organisations organizations experts everyone \
         everybody coworkers co-workers",
    ),
    (
        FEELING,
        "satisfied dissatisfied happy unhappy confident productive comfortable trust motivated engaged valued stressed enjoy",
    ),
    (
        RECIPROCAL,
        "together other's same similar similarly different differ differs difference differences distinguish compare compared apart \
         consistent sync synchronised synchronized aligned balance interact integrate integrated share shares shared combine combined \
         alike match matches agree communicate collaborate cooperate coordinate versus separate separated mismatch align relationship \
         link linked switch switching trade-off compatible drift diverge",
    ),
    (
        EVENT,
        "deploys deployments builds incidents releases meetings interruptions alerts commits tickets outages bugs reviews rollbacks \
         failures pages merges requests hotfixes pull-requests retries escalations interviews handovers errors changes defects \
         regressions times pushes",
    ),
    (
        ACTION,
        "make do run deploy open merge review write attend lose spend get receive ship release close handle wait commit push create \
         fix report miss join cancel restart search ask raise submit approve debug roll retry encounter experience take visit read \
         publish resolve answer work send",
    ),
    (
        STATE,
        "own maintain have use know need want see manage support speak belong own prefer trust consider depend rely expect like",
    ),
    (
        SPAN,
        "day days week weeks month months quarter quarters year years sprint sprints hour hours shift iteration iterations morning \
         afternoon evening weekend fortnight release releases wave workday season semester night",
    ),
    (DURATION, "minutes hours days weeks months seconds time"),
    (
        MOMENT,
        "today yesterday tonight now currently daily weekly monthly yearly annually hourly overnight ever since during nightly",
    ),
    (MONTH, "january february march april may june july august september october november december q1 q2 q3 q4"),
    (
        CHARGED,
        "awesome amazing fantastic fabulous incredible wonderful brilliant superb stellar outstanding magnificent phenomenal \
         world-class best-in-class first-class cutting-edge state-of-the-art revolutionary groundbreaking ground-breaking \
         game-changing lightning-fast blazing-fast blazingly award-winning much-loved beloved hated dreaded infamous notorious \
         notoriously horrible horribly terrible terribly awful awfully horrendous atrocious disastrous ridiculous ridiculously \
         stupid crappy lousy pathetic outrageous outrageously bloated clunky cumbersome painful painfully archaic antiquated \
         burdensome bureaucratic pointless needless needlessly nightmare nightmares headache headaches frustrating infuriating \
         maddening insane insanely ugly messy unbearable unbearably exciting thrilling delightful marvellous marvelous splendid \
         impressive stunning unfortunately sadly luckily thankfully hopefully plagued bombarded suffer suffers suffered suffering \
         waste wastes wasted wasting hassle hassles so-called sluggish annoying irritating exhausting soul-destroying mind-numbing \
         excruciating tedious dreadful abysmal appalling overpriced hopeless hopelessly absurd absurdly silly dumb redundant-seeming",
    ),
    (
        PRAISE,
        "great excellent good powerful innovative modern robust intuitive user-friendly easy-to-use simple seamless effortless improved \
         enhanced upgraded better best superior convenient helpful friendly reliable fast lovely elegant smart popular successful sleek \
         smooth valuable generous hard-working hardworking talented dedicated rich unique advanced handy beautiful",
    ),
    (
        BLAME,
        "slow unreliable bad poor broken outdated complicated confusing inefficient inadequate buggy unstable weak chaotic clumsy \
         complex noisy flaky rigid strict excessive endless constant frequent unnecessary poorly badly overly long lengthy unclear",
    ),
    (UNIVERSAL, "always never invariably constantly forever perfectly"),
    (
        UNIVERSAL_CLAIM,
        "everyone everybody everything everywhere nobody no-one nothing all every none completely totally absolutely entirely \
         impossible perfect flawless flawlessly zero any-time whatever",
    ),
    (HEDGE, "almost nearly not mostly hardly scarcely virtually practically"),
    (
        NEGATIVE,
        "uncommon unlikely unhappy unable unclear unfair unhelpful unimportant uninteresting unnecessary unpleasant unproductive \
         unreasonable unreliable unsafe unsatisfied unsatisfactory unstable unsure unusual unusable unfamiliar unwilling unwelcome \
         unknown unreadable unavailable uncomfortable unexpected unpredictable unsupported untested unrealistic unsuitable unmanageable \
         unresponsive inaccurate inadequate incapable incomplete inconsistent inconvenient incorrect ineffective inefficient insecure \
         insufficient impossible impractical improbable irrelevant irregular dissatisfied dislike disagree disapprove disruptive \
         disorganised disorganized dissatisfying useless pointless hopeless needless meaningless without nothing nobody none nowhere \
         unproblematic unjustified undocumented unhelpfully infrequent infrequently uninformed",
    ),
    (
        NEGATIVE | DIFFICULTY,
        "difficult difficulty difficulties problem problems trouble troubles lack lacking lacks fail fails prevent prevents hinder hinders \
         deny avoid refuse oppose obstacle obstacles disrupt disrupts hard issues delay delays block blocks",
    ),
    (
        VAGUE,
        "often sometimes rarely seldom frequently regularly occasionally recently lately periodically infrequently oftentimes",
    ),
    (VAGUE_AMOUNT, "many several few numerous lots countless"),
    (VAGUE_LABEL, "often sometimes rarely seldom frequently regularly occasionally many few several lots"),
    (
        COMPARATIVE,
        "better easier faster simpler quicker smoother happier safer greater worse slower harder stronger cleaner clearer nicer",
    ),
    (SUPERLATIVE, "biggest main top greatest worst hardest key primary largest number-one most chief toughest major single"),
    (
        PROBLEM,
        "problem problems issue issues challenge challenges obstacle obstacles barrier barriers bottleneck bottlenecks frustration \
         frustrations annoyance annoyances difficulty difficulties blocker blockers weakness weaknesses shortcoming shortcomings drawback \
         drawbacks complaint complaints pain pains concern concerns disadvantage disadvantages struggle struggles hurdle hurdles trouble \
         troubles flaw flaws mistake mistakes strength strengths benefit benefits advantage advantages irritation irritations gripe gripes \
         grievance grievances friction frictions limitation limitations inefficiency inefficiencies hindrance hindrances delays distraction distractions",
    ),
    (TRACKED, "issue issues bug bugs error errors mistake mistakes concern concerns distraction distractions delays"),
    (
        PRESSING,
        "annoys annoyed annoy frustrates frustrated frustrate bothers bothered bother irritates irritated irritate confuses confused \
         hinders hindered blocks blocked prevents prevented stops stopped slows slowed delays delayed worries worried distracts distracted \
         demotivates demotivated discourages discouraged disappoints disappointed delights delighted impresses impressed excites \
         interrupts interrupted angers angered scares scared overwhelms overwhelmed upsets upset stresses tires frightens puzzles hampers \
         hampered",
    ),
    (
        GAIN,
        "improve improved improves help helped helps save saved saves simplify simplified simplifies reduced reduce reduces increased \
         increase increases boost boosted boosts accelerate accelerated accelerates speeded sped benefited benefit benefits streamlined \
         strengthened shortened",
    ),
    (RELATIVE, "that which who whose where"),
    (EXAMPLE, "such including e.g. i.e. namely for like"),
    (RATE, "per a an each every one"),
    (PRESENT, "this current coming next"),
    (PAST, "last past previous latest first recent preceding"),
    (LIKING, "like love dislike hate enjoy miss appreciate loathe admire despise"),
    (
        MEETING,
        "have face encounter experience run see meet hit notice find suffer had faced encountered experienced ran met noticed",
    ),
];
