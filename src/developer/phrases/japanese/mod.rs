//! The program's words in Japanese: polite in sentences, nouns in hints. What is typed as a word has its English form, which needs
//! no input method.

mod keys;
mod lines;
mod outbox;
mod prompting;

use chrono::Datelike;

use super::parts::{Answers, Farewells, Fields, Found, Inbox, Lists, Notices, Status, Surveys, Times};
use super::{Going, Phrases};
use crate::response::check::Problem;
use crate::response::{Misfit, Missing};

pub(super) static JAPANESE: Phrases = ALL;
/// The same on trial, where nothing is stored.
pub(super) static ON_TRIAL: Phrases =
    ALL.on_trial("◈ プレビュー", |tally| format!("{tally}。Enterで終了します。何も保存されません。"));
/// The same where answers go to a collector.
pub(super) static ANONYMOUS: Phrases = ALL.going(Going {
    place: "◈ 匿名",
    short: "◈ 匿名",
    help: "◈ 無作為に選んだ時刻に匿名で送信します。内容はすべて`dxpulse payload`で確認できます",
    spoken: "回答は、無作為に選んだ時刻に匿名で送信されます。",
    answered: "ありがとうございました。保存しました。後ほど匿名で送信します · dxpulse undo",
    warning: None,
    greeting: "組織が公開したアンケートの回答は匿名で送信され、それ以外はこのマシンに残ります。",
    closing: "組織が公開したアンケートの回答は匿名で送信されます。答えるアンケートの番号か、quit（終了）を入力してください。",
});
/// The same where fewer than ten are invited.
pub(super) static FEW: Phrases = ALL.going(Going {
    place: "! 対象者少数",
    short: "! 少数",
    help: "! 名前なしで送信しますが、対象者が10人未満のため、誰の回答か推測されるおそれがあります",
    spoken: "回答は名前なしで送信されます。",
    answered: "ありがとうございました。保存しました。後ほど名前なしで送信します（対象者は少数） · dxpulse undo",
    warning: Some("対象者が10人未満のため、誰の回答か推測されるおそれがあります。"),
    greeting: "組織が公開したアンケートの回答は名前なしで送信され、それ以外はこのマシンに残ります。",
    closing: "組織が公開したアンケートの回答は名前なしで送信されます。答えるアンケートの番号か、quit（終了）を入力してください。",
});
/// The same where answers go to an endpoint.
pub(super) static CONFIDENTIAL: Phrases = ALL.going(Going {
    place: "◈ 非公開",
    short: "◈ 非公開",
    help: "◈ 組織の受信先に送信します。送信者を調べないことは、運用者への信頼によります",
    spoken: "回答は組織の受信先に送信されます。",
    answered: "ありがとうございました。保存しました。後ほど組織の受信先へ送信します · dxpulse undo",
    warning: None,
    greeting: "回答は組織の受信先に送信されます。内容は`dxpulse payload`で確認できます。",
    closing: "回答は組織の受信先に送信されます。答えるアンケートの番号か、quit（終了）を入力してください。",
});

const ALL: Phrases = Phrases {
    language: "ja",
    yes_key: 'y',
    hints: keys::HINTS,
    helps: keys::HELPS,
    menu: keys::MENU,
    notices: NOTICES,
    status: STATUS,
    answers: ANSWERS,
    fields: FIELDS,
    lists: LISTS,
    found: FOUND,
    inbox: INBOX,
    words: lines::WORDS,
    lines: lines::LINES,
    times: TIMES,
    surveys: SURVEYS,
    outbox: outbox::OUTBOX,
    prompting: prompting::PROMPTING,
    farewells: FAREWELLS,
    warning: None,
};

const NOTICES: Notices = Notices {
    required: "この質問には回答が必要です。保存していつでも終了できます",
    no_not_applicable: "この質問では「該当しない」を選べません。スキップはできます",
    no_prefer_not: "この質問では「回答しない」を選べません。スキップはできます",
    no_dont_know: "この質問では「わからない」を選べません。スキップはできます",
    first_question: "最初の質問です",
    too_fast: "入力が速すぎるため、回答として扱いませんでした",
    pasted: "ここでは貼り付けで回答できません",
    before_sending: |problem| format!("完了の前に：{problem}"),
    nothing_chosen: "まだ選ばれていません。Tabで未回答のまま進みます",
    nothing_chosen_in_row: "この行はまだ選ばれていません。Tabで残りを未回答のまま進みます",
    nothing_ranked: "まだ順位が付いていません。Tabで未回答のまま進みます",
    no_choice: "選べる項目がありません。Escで絞り込みを終えます",
    nothing_typed: "何も入力されていないため、選択を外しました",
    choices: |count| format!("選択肢は{count}個です"),
    to_rank: |count| format!("順位を付ける項目は{count}個です"),
    at_most: |most| format!("選べるのは{most}個までです。先に1つ取り消してください"),
    too_long: |excess| format!("長すぎるため、末尾の{excess}文字を除きました"),
    scale: |first, last| format!("{first}から{last}で答えてください"),
    scale_to_ten: |first, last| format!("{first}から{last}で答えてください（tは10）"),
    no_cursor: "先に項目へ移動してください",
    no_number: "数値ではありません。使えるのは数字、符号、小数点だけです",
    no_number_yet: "まだ数値になっていません",
    no_date: "日付は年-月-日で入力してください（例：2026-03-31）",
    only_date_digits: "年、月、日を数字だけで入力してください",
    text_kept: |reason| format!("入力した文章は残っています。{reason}"),
    not_saved: |reason| format!("保存できませんでした：{reason}"),
    leave_unsaved: |reason| format!("もう一度終了すると、保存せずに終わります。{reason}"),
    changed: |changes| format!("アンケートが変更されました。{changes}。ほかの回答は残っています"),
    asked_anew: |numbers| format!("再質問：{numbers}"),
    new: |numbers| format!("追加：{numbers}"),
    gone: |count| format!("削除：{count}件"),
};

const STATUS: Status = Status {
    progress: |number, asked, left| format!("{number}/{asked}問 · {left}"),
    left: |span| format!("残り{span}"),
    review: "確認",
    your_answer: |answer| format!("回答：{answer}"),
    saving: "… 保存中",
    not_saved: "✗ 未保存",
    saved: |replies| format!("✓ {replies}件保存済み"),
    saved_short: |replies| format!("✓ {replies}件保存"),
    stays_here: "◈ ローカルに保存",
    local: "◈ ローカル",
    leaves_here: "◈ 送信されます",
    leaves: "◈ 送信",
    more: |lines| format!("ほか{lines}行"),
    needs_answer: "回答が必要です。",
    asked_by: |owner| format!("実施：{owner}。"),
};

const ANSWERS: Answers = Answers {
    yes: "はい",
    no: "いいえ",
    yes_label: "はい",
    no_label: "いいえ",
    missing: |kind| match kind {
        Missing::Skipped => "スキップ",
        Missing::Unanswered => "未回答",
        Missing::NotShown => "表示なし",
        Missing::NotApplicable => "該当しない",
        Missing::PreferNotToSay => "回答しない",
        Missing::DontKnow => "わからない",
    },
    rows: |given, all| format!("{given}/{all}行"),
    problem: |problem| match *problem {
        Problem::Required => "回答が必要です".to_owned(),
        Problem::TooFew { least, chosen } => format!("{least}個以上選んでください（現在{chosen}個）"),
        Problem::TooMany { most, chosen } => format!("選べるのは{most}個までです（現在{chosen}個）"),
        Problem::PartlyRanked { ranked, all } => {
            format!("順位は{all}個中{ranked}個です。すべてに付けるか、質問をスキップしてください")
        }
        Problem::OpenRows { open, all } => format!("{all}行中{open}行に回答が必要です"),
        Problem::Broken(ref message) => message.clone(),
        Problem::TooMuch { characters } => format!("送信できる長さを{characters}文字超えています（すべての文章の合計）"),
        Problem::Unfinished => "入力が途中です".to_owned(),
    },
    misfit: |misfit| match misfit {
        Misfit::Point { first, last } => format!("{first}から{last}の整数ではありません"),
        Misfit::NoOwnWords => "自由記述の選択肢はありません".to_owned(),
        Misfit::BlankOwnWords => "自由記述の内容を入力してください".to_owned(),
        Misfit::Twice => "同じ選択肢が2回あります".to_owned(),
        Misfit::TooMany(most) => format!("選べるのは{most}個までです"),
        Misfit::NotAlone => "単独でだけ選べる選択肢が、ほかと一緒に選ばれています".to_owned(),
        Misfit::Blank => "空ではない文章を入力してください".to_owned(),
        Misfit::TooLong { most, given } => format!("{most}文字までです（入力は{given}文字）"),
        Misfit::TooManyDigits => "15桁以内の数値を入力してください".to_owned(),
        Misfit::NotWhole => "整数を入力してください".to_owned(),
        Misfit::TooPrecise(places) => format!("小数点以下は{places}桁までです"),
        Misfit::OutOfRange { least, most } => format!("{least}から{most}の数値を入力してください"),
        Misfit::TooSmall(least) => format!("{least}以上の数値を入力してください"),
        Misfit::TooGreat(most) => format!("{most}以下の数値を入力してください"),
        Misfit::TooEarly(first) => format!("{first}以降の日付を入力してください"),
        Misfit::TooLate(last) => format!("{last}以前の日付を入力してください"),
        Misfit::Shape(told) => told.clone(),
    },
};

const FIELDS: Fields = Fields {
    from_to: |least, most| format!("{least}から{most}"),
    or_more: |least| format!("{least}以上"),
    up_to: |most| format!("{most}以下"),
    or_later: |first| format!("{first}以降"),
    or_earlier: |last| format!("{last}以前"),
    any_number: "数値",
    any_day: "日付は自由",
    date: |range| format!("年-月-日、{range}（→で今日の日付）"),
    type_answer: "回答を入力",
    type_answer_or_edit: "回答を入力（ctrl-oでエディターを開く）",
    used: |used, most| format!("{used}/{most}文字"),
    weekdays: ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"],
};

const LISTS: Lists = Lists {
    type_it: |label| format!("{label}（入力）"),
    found: |count| format!("{count}件"),
    choose_exactly: |count| format!("{count}個選んでEnter"),
    choose_at_least: |least| format!("{least}個以上選んでEnter"),
    choose_up_to: |most| format!("{most}個まで選んでEnter"),
    choose_between: |least, most| format!("{least}から{most}個選んでEnter"),
    choose_any: "いくつでも選んでEnter",
    first_preference: |left| format!("1番目に選ぶ項目の番号を押してください（残り{left}個）"),
    next_preference: |left| format!("次に選ぶ項目の番号を押してください（残り{left}個）"),
    all_ranked: "すべてに順位が付きました。Enterで次へ、番号で付け直し",
    row: |row, all| format!("{row}/{all}"),
    answered: |count| format!("回答{count}件"),
    missing: |count, kind| format!("{kind}{count}件"),
    between: "、",
    complete: |tally| format!("{tally}。Enterで回答を保存します。"),
    incomplete: |count| format!("完了の前に確認が必要な質問が{count}問あります。"),
};

const FOUND: Found = Found {
    heading: |count| format!("個人や秘密がわかりそうな言葉が{count}か所あります。まだ送信していません。"),
    no_promise: "確認の手助けです。すべてを見つけるものではありません。",
    would_become: |number, words, word| format!("質問{number}：{words} は {word} になります。"),
    ways: "置き換えて送信するにはreplace（置き換え）、書いたまま送信するにはkeep（そのまま）、修正するにはedit（修正）を入力してください。\
           ほかに：back（戻る）、quit（終了）、help（ヘルプ）",
    help: "replace（置き換え）は、括弧の言葉に置き換えて送信します。keep（そのまま）は、書いたまま送信します。edit（修正）は、最初の該当する\
           回答に移動します。back（戻る）は、送信せずに戻ります。quit（終了）は、回答を保存して終了します。",
};

const INBOX: Inbox = Inbox {
    title: "一覧",
    greeting: [
        "開発環境の使い心地を、1つの答えに1つのキーで伝える短いアンケートです。",
        "データはこのマシンから出ません。\"dxpulse forget\"で回答を削除できます。",
        "自動では起動しません。DO_NOT_TRACK=1で、今後の質問をすべて止められます。",
    ],
    known: "あなたを特定できる情報：なし",
    known_of: |list| format!("あなたについての情報：{list}。"),
    class_alone: "回答が示すのは10人以上のクラスまでです。",
    open: "未回答",
    done: "完了",
    closed: "期間外",
    none: "アンケートがありません。アンケートのTOMLファイルをsurveysフォルダーに置いてください。",
    on_request: |count| format!("ほかに{count}件、随時回答できます：dxpulse list"),
    choose: "選択",
    open_it: "開く",
    leave: "終了",
    help: "ヘルプ",
    help_move: "移動",
    help_open: "答える、または再開する",
    help_number: "その番号に答える",
    help_leave: "終了",
    help_help: "ヘルプを開く、閉じる",
    draft: |replied, asked, saved| format!("{replied}/{asked}問、{saved}に保存"),
    draft_until: |replied, asked, until| format!("{replied}/{asked}問、{until}"),
    answered: |on| format!("{on} 回答"),
    declined: |on| format!("{on} 辞退"),
    again: |on, id| format!("{on}に回答済みです。もう一度答えるには：dxpulse take {id} --again"),
    is_closed: |id, when| format!("{id}は期間外です：{when}"),
    unreadable: |count| format!("! 読み込めないアンケートが{count}件あります：dxpulse list"),
    lost_draft: |id, name, why| format!("! {id}の途中の回答を再開できません：{name} {why}"),
    thanks: "✓ ありがとうございました。回答はこのマシンに保存されました",
    was_declined: "– 辞退しました",
    line_draft: |replied, asked, saved| format!("回答の途中、{replied}/{asked}問、{saved}に保存"),
    line_open: |length| format!("未回答、{length}"),
    line_answered: |on| format!("{on}に回答"),
    line_declined: |on| format!("{on}に辞退"),
    line_closed: |when| format!("期間外、{when}"),
    line_closing: "データはこのマシンから出ません。答えるアンケートの番号か、quit（終了）を入力してください。",
    line_number: |count| match count {
        1 => "1か、quit（終了）を入力してください".to_owned(),
        count => format!("1から{count}の番号か、quit（終了）を入力してください"),
    },
    line_again: |id| format!("回答済みです。もう一度答えるには：dxpulse take {id} --again"),
    line_is_closed: |when| format!("期間外です：{when}"),
};

const TIMES: Times = Times {
    seconds: |count| format!("{count}秒"),
    minutes: |count| format!("{count}分"),
    about: |span| format!("約{span}"),
    just_now: "1分以内",
    minutes_ago: |count| format!("{count}分前"),
    hours_ago: |count| format!("{count}時間前"),
    days_ago: |count| format!("{count}日前"),
    on_day: str::to_owned,
    date: |day, has_year| {
        let year = if has_year { format!("{}年", day.year()) } else { String::new() };
        format!("{year}{}月{}日", day.month(), day.day())
    },
    until: |day| format!("{day}まで"),
    until_today: "今日まで",
};

const SURVEYS: Surveys = Surveys {
    open: "未回答",
    draft: "回答の途中",
    answered: "回答済み",
    declined: "辞退",
    closed: "期間外",
    on_request: "随時",
    progress: |answered, asked, saved| format!("{answered}/{asked}問に回答、{saved}に保存"),
    in_file: |path| format!("ファイル：{path}"),
    opens: |day| format!("{day}から"),
    closed_on: |day| format!("{day}に終了"),
    is_closed: "期間外",
    not_in_folder: "（ファイルがsurveysフォルダーにありません）",
    file_gone: "（ファイルがありません）",
    file_unreadable: "（ファイルを読み込めません）",
    other_survey: |id| format!("（ファイルは今、アンケート{id}です）"),
    take_one: |name| format!("答えるには `dxpulse take {name}`"),
    take_next: |name| format!("再開するには `dxpulse take {name}`"),
    nothing_open: "未回答のアンケートはありません。`dxpulse history` で回答の履歴を見られます",
    nothing_answered: "まだ回答がありません。`dxpulse list` で未回答のアンケートを見られます",
    was_answered: "回答",
    was_taken_back: "取り消し",
    was_declined: "辞退",
};

const FAREWELLS: Farewells = Farewells {
    answered: "ありがとうございました。このマシンに保存し、何も送信していません",
    declined: "辞退しました。再びお尋ねすることはありません",
    declined_wave: "辞退しました。今回は再びお尋ねしません",
    dropped: "変更を破棄しました。以前の回答はそのまま残っています",
    leaves: "このマシンから送信されるのは以上がすべてです。`dxpulse payload`でいつでも確認できます",
    untouched: |name| format!("まだ回答がありません。始めるには：dxpulse take {name}"),
    kept: |count, name| format!("{count}件の回答を保存しました。再開するには：dxpulse take {name}"),
    comfort: "これまでの回答は保存されています。もう一度起動すると、続きから再開できます",
};
