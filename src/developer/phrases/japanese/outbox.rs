//! Where sealed answers are, in Japanese.

use crate::developer::phrases::parts::Outbox;

pub(super) const OUTBOX: Outbox = Outbox {
    scores: "回答",
    comments: "コメント",
    taking_back: |part| format!("{part}の取り消し"),
    confidential: |part, endpoint| format!("{part}（非公開、送信先 {endpoint}）"),
    sealed: "このマシンに保存済み。トークンが届き次第送信します",
    untokened: |failure| format!("このマシンに保管中。コレクターがトークンを発行しないため送信できません: {failure}"),
    scheduled: |time| format!("このマシンに保存済み。{time}以降、最初にdxpulseを実行したときに送信します"),
    retrying: |time, failure| format!("このマシンに保存済み。未送信（{failure}）。{time}以降に再試行します"),
    signed: "送信済み。コレクターの署名があります",
    signed_back: "取り消し済み。コレクターの署名があります",
    listed: "送信済み。公開された一覧にあります",
    listed_back: "取り消し済み。公開された一覧にもそう記載されています",
    listed_earlier: "このマシンに保管中。公開された一覧にあるのは以前に送信した版で、この版は送信されていません",
    listed_before: "このマシンに保管中。以前に取り消され、公開された一覧にもそう記載されています。これは送信されていません",
    delivered: "配信済み。Webhookが受け取りました",
    delivered_back: "配信済み。Webhookに取り消しを伝えました",
    unaddressed: "このマシンに保管中。設定`webhook`のアドレスが変わっています",
    unlisted: "送信済みで署名もありますが、公開された一覧にありません。受領証（`dxpulse outbox --json`）をアンケートの責任者に見せてください",
    blocked: |failure| format!("このマシンに保管中。拒否されました: {failure}。`dxpulse sync`で再試行します"),
    overtaken: |failure| {
        format!("このマシンに保管中。拒否されました: {failure}。もう一度`dxpulse edit`を実行すると新しい版を送信します")
    },
    taken_back: "このマシンに保管中。以前に取り消されたため、このウェーブではもう送信できません",
    expired: "このマシンに保管中。送信前にウェーブが終了しました",
    moved: |day| format!("{day}に別のマシンへ移動済み。そちらから送信されます"),
    empty: "送信待ちも送信済みもありません",
    draft_again: |survey| {
        format!("{survey}への回答は下書きに戻りました。何も送信されていません。`dxpulse take {survey}`で続けられます")
    },
    never_sent: |survey| format!("{survey}への回答は未送信のため、送信されません。このマシンに残ります"),
    only_here: |survey| format!("{survey}への回答はどこにも送信されていません。このマシンだけにあります"),
    back_already: |survey| format!("{survey}への回答はすでに取り消されています"),
};
