//! What Japanese says in plain lines, and the words it understands there.

use crate::developer::phrases::parts::{Lines, Word, Words};

pub(super) const WORDS: Words = Words {
    next: Word { shown: "next（次へ）", typed: &["次へ", "つぎ"] },
    back: Word { shown: "back（戻る）", typed: &["戻る", "もどる"] },
    skip: Word { shown: "skip（スキップ）", typed: &["スキップ"] },
    not_applicable: Word { shown: "na（該当しない）", typed: &["該当しない", "該当なし"] },
    prefer_not: Word { shown: "prefer（回答しない）", typed: &["回答しない"] },
    dont_know: Word { shown: "unknown（わからない）", typed: &["わからない", "分からない"] },
    review: Word { shown: "review（確認）", typed: &["確認"] },
    quit: Word { shown: "quit（終了）", typed: &["終了"] },
    decline: Word { shown: "decline（辞退）", typed: &["辞退"] },
    help: Word { shown: "help（ヘルプ）", typed: &["ヘルプ", "？"] },
    submit: Word { shown: "submit（完了）", typed: &["完了"] },
    replace: Word { shown: "replace（置き換え）", typed: &["置き換え", "置換"] },
    keep: Word { shown: "keep（そのまま）", typed: &["そのまま"] },
    mend: Word { shown: "edit（修正）", typed: &["修正"] },
    yes: &["はい"],
    no: &["いいえ"],
    own_words: &["その他:", "その他："],
    between: "、",
};

pub(super) const LINES: Lines = Lines {
    asked_by: |owner| format!("実施：{owner}"),
    opening: |count, long| format!("質問は{count}問、{long}です。回答を入力してEnterを押してください。"),
    leaves_here: "回答は送信するとこのマシンから出ます。",
    question: |number, all| format!("質問 {number}/{all}"),
    required_question: |number, all| format!("質問 {number}/{all}、回答が必要"),
    row: |row, all, label| format!("行 {row}/{all}：{label}"),
    alone: "（単独でだけ選べます）",
    own_words: "。自由記述は other: に続けて入力します",
    scale: |first, last| format!("{first}から{last}の数字を入力してください"),
    yes_or_no: "yes（はい）かno（いいえ）を入力してください",
    single: |count| match count {
        1 => "1を入力してください".to_owned(),
        count => format!("1から{count}の番号を入力してください"),
    },
    multi: |example, bounds| format!("{example}を入力してください（{bounds}）"),
    exactly: |count| format!("ちょうど{count}個"),
    at_least: |least| format!("{least}個以上"),
    at_most: |most| format!("{most}個まで"),
    some: |least, most| format!("{least}から{most}個"),
    any: "いくつでも",
    number_such_as: |number| format!("{number}のような番号"),
    numbers_such_as: |numbers| format!("{numbers}のような番号"),
    numbers: "番号",
    ranking: |example| format!("すべての番号を、望ましい順に {example} のように入力してください"),
    short_text: "回答を入力してください",
    long_text: "回答を入力してください（ピリオドだけの行で終わります）",
    number: |unit, range| match unit {
        "" => format!("{range}数値を入力してください"),
        unit => format!("{range}数値（{unit}）を入力してください"),
    },
    from_to: |least, most| format!("{least}から{most}の"),
    or_more: |least| format!("{least}以上の"),
    or_less: |most| format!("{most}以下の"),
    date: "2026-03-31のような日付を入力してください",
    note: "Enterで次へ進みます",
    ways: |invitation, words| format!("{invitation}。ほかに：{words}"),
    help: |invitation, mark, may_skip| {
        let skip = if may_skip { format!("{mark}skipは質問を飛ばします。") } else { String::new() };
        format!(
            "{invitation}。または次の言葉を入力できます。{skip}{mark}nextは今の内容のまま進みます。{mark}backは前の質問に戻り、回答は\
             残ります。{mark}reviewは回答の一覧です。{mark}quitは回答を保存して終了します。{mark}declineは回答を削除して終了します。"
        )
    },
    stands_for: |mark, word, meaning| format!("{mark}{word}は「{meaning}」です。"),
    help_review: "submitは回答を保存します。質問の番号でその質問に移ります。backは最後の質問に戻ります。quitは回答を保存して終了します。\
                  declineは回答を削除して終了します。",
    so_far: |answer, mark| format!("これまでの回答：{answer}。{mark}nextでそのまま進みます。"),
    unfinished: |text| format!("前に入力した途中の内容：{text}"),
    review: "回答の確認",
    no_answer: "回答なし",
    to_do: |problem| format!("（未完了：{problem}）"),
    review_ways: "submit（完了）か、変更する質問の番号を入力してください。ほかに：back（戻る）、quit（終了）、help（ヘルプ）",
    declining: "辞退すると、これまでの回答は削除されます。辞退するにはもう一度入力してください。quitでは回答が残ります。",
    dropping: "変更は破棄され、以前の回答はそのまま残ります。破棄するにはもう一度入力してください。quitでは変更が残ります。",
    your_answer: |answer| format!("回答：{answer}"),
    other: |words| format!("自由記述：{words}"),
    sentence: |text| format!("{text}。"),
    nothing_typed: |ways, mark| format!("入力がないため、何も変わっていません。{ways}。{mark}nextでそのまま進みます。"),
    no_answer_here: |problem, ways| format!("この質問の回答ではありません：{problem}。{ways}。"),
    not_taken: |word, ways| format!("この質問では{word}を使えません。{ways}。"),
    meant: |word, purpose| {
        format!("コマンドのつもりでしたか？{purpose}/{word}を、この言葉で答えるには引用符を付けて\"{word}\"を入力してください。")
    },
    only_questions: |count| match count {
        1 => "質問は1だけです。".to_owned(),
        count => format!("質問は1から{count}までです。"),
    },
    at_review: "submit（完了）か、変更する質問の番号を入力してください。ほかに：back（戻る）、quit（終了）、help（ヘルプ）。",
    to_go_on: "次へ進むには",
    to_go_back: "戻るには",
    to_skip: "スキップするには",
    for_the_review: "確認するには",
    to_leave: "終了するには",
    to_decline: "辞退するには",
    for_it: "使うには",
    expected_yes_or_no: "yes（はい）でもno（いいえ）でもありません",
    expected_one: "番号が1つではありません",
    expected_own_words: "この選択肢には自由記述が必要です（例：other: 理由）",
    expected_digits: "数字ではありません（小数点はピリオド）",
    expected_date: "年-月-日ではありません（例：2026-03-31）",
    expected_whole: "整数ではありません",
    expected_numbers: |count| match count {
        1 => "1ではありません".to_owned(),
        count => format!("1から{count}の番号ではありません"),
    },
};
