//! Where sealed answers are, in English.

use crate::developer::phrases::parts::Outbox;

pub(super) const OUTBOX: Outbox = Outbox {
    scores: "scores",
    comments: "comments",
    taking_back: |part| format!("taking back the {part}"),
    confidential: |part, endpoint| format!("{part}, confidential, for {endpoint}"),
    sealed: "saved here; it is sent once a token has come",
    untokened: |failure| format!("kept here; it can't be sent, since the collector issues no token for it: {failure}"),
    scheduled: |time| format!("saved here; sent with the first dxpulse after {time}"),
    retrying: |time, failure| format!("saved here; not sent yet ({failure}); tried again after {time}"),
    signed: "sent; the collector signed for it",
    signed_back: "taken back; the collector signed for it",
    listed: "sent, and found in the published list",
    listed_back: "taken back, and listed as taken back",
    listed_earlier: "kept here; an earlier version was sent and is in the published list; this one was not sent",
    listed_before: "kept here; it was taken back before, and is listed as taken back; this was not sent",
    delivered: "delivered: the webhook took it",
    delivered_back: "delivered: the webhook was told to take it back",
    unaddressed: "kept here; the setting `webhook` no longer has this address",
    unlisted: "sent and signed for, but MISSING from the published list: show the receipt (`dxpulse outbox --json`) to the \
               survey's owner",
    blocked: |failure| format!("kept here; refused: {failure}; `dxpulse sync` tries again"),
    overtaken: |failure| format!("kept here; refused: {failure}; a further `dxpulse edit` sends a newer version"),
    taken_back: "kept here; it can't be sent any more: it was taken back before, which is final in its wave",
    expired: "kept here; its wave closed before it could be sent",
    moved: |day| format!("moved to another machine on {day}, which sends it"),
    empty: "the outbox is empty: nothing waits to be sent, and nothing was",
    draft_again: |survey| {
        format!("your answer to {survey} is a draft again, and nothing of it was sent: `dxpulse take {survey}` goes on with it")
    },
    never_sent: |survey| format!("your answer to {survey} had not been sent, and will not be; it stays here"),
    only_here: |survey| format!("your answer to {survey} was not sent anywhere: it is only here"),
    back_already: |survey| format!("your answer to {survey} was taken back already"),
};
