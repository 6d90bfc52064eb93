//! Where sealed answers are, in German.

use crate::developer::phrases::parts::Outbox;

pub(super) const OUTBOX: Outbox = Outbox {
    scores: "Antworten",
    comments: "Kommentare",
    taking_back: |part| format!("{part} werden zurückgenommen"),
    confidential: |part, endpoint| format!("{part}, vertraulich, für {endpoint}"),
    sealed: "hier gespeichert; wird gesendet, sobald ein Token da ist",
    untokened: |failure| format!("hier aufbewahrt; kann nicht gesendet werden, da der Collector kein Token ausstellt: {failure}"),
    scheduled: |time| format!("hier gespeichert; geht mit dem ersten dxpulse nach {time} hinaus"),
    retrying: |time, failure| format!("hier gespeichert; noch nicht gesendet ({failure}); nächster Versuch nach {time}"),
    signed: "gesendet; der Collector hat den Empfang unterschrieben",
    signed_back: "zurückgenommen; der Collector hat es unterschrieben",
    listed: "gesendet und in der veröffentlichten Liste gefunden",
    listed_back: "zurückgenommen und so in der veröffentlichten Liste",
    listed_earlier: "hier aufbewahrt; eine frühere Fassung wurde gesendet und steht in der veröffentlichten Liste, diese nicht",
    listed_before: "hier aufbewahrt; zuvor zurückgenommen und so in der veröffentlichten Liste; dies wurde nicht gesendet",
    delivered: "zugestellt: der Webhook hat es angenommen",
    delivered_back: "zugestellt: dem Webhook wurde gesagt, dass es zurückgenommen ist",
    unaddressed: "hier aufbewahrt; die Einstellung `webhook` hat diese Adresse nicht mehr",
    unlisted: "gesendet und unterschrieben, FEHLT aber in der veröffentlichten Liste: zeigen Sie die Quittung \
               (`dxpulse outbox --json`) dem Verantwortlichen der Umfrage",
    blocked: |failure| format!("hier aufbewahrt; abgelehnt: {failure}; `dxpulse sync` versucht es noch einmal"),
    overtaken: |failure| format!("hier aufbewahrt; abgelehnt: {failure}; ein weiteres `dxpulse edit` sendet eine neuere Fassung"),
    taken_back: "hier aufbewahrt; kann nicht mehr gesendet werden: zuvor zurückgenommen, und das gilt für die ganze Welle",
    expired: "hier aufbewahrt; die Welle schloss, bevor gesendet werden konnte",
    moved: |day| format!("am {day} auf einen anderen Rechner umgezogen, der es sendet"),
    empty: "der Ausgang ist leer: nichts wartet darauf, gesendet zu werden, und nichts wurde gesendet",
    draft_again: |survey| {
        format!(
            "Ihre Antwort auf {survey} ist wieder ein Entwurf, nichts davon wurde gesendet: weiter mit `dxpulse take {survey}`"
        )
    },
    never_sent: |survey| format!("Ihre Antwort auf {survey} war noch nicht gesendet und wird es auch nicht; sie bleibt hier"),
    only_here: |survey| format!("Ihre Antwort auf {survey} wurde nirgendwohin gesendet: sie ist nur hier"),
    back_already: |survey| format!("Ihre Antwort auf {survey} ist schon zurückgenommen"),
};
