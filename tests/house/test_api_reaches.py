"""What pages do, programs do: each address that takes a POST has a route, or a reason for none."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from coulisses.api.urls import api
from tools import reference
from tools.places import ROOT

GUIDE = ROOT / "docs" / "guide" / "api.md"
# A line of the guide's list: addresses in marks of code, then why programs don't need them.
LINE = re.compile(r"^- ((?:`/[^`]*`(?:, )?)+): \S", re.MULTILINE)
API = "/api/v1"
STUDIO, PROJECT = "/studios/{studio}", "/projects/{studio}/{project}"

AT_A_STUDIO = {  # below /desk/@<studio>/
    "": f"PATCH {STUDIO}",
    "order": f"POST {PROJECT}/shift",
    "address/": f"PUT {STUDIO}/address",
    "address/old": f"DELETE {STUDIO}/address/{{old}}",
    "brainstorms/new": f"POST {STUDIO}/brainstorms",
    "tokens/": f"POST {STUDIO}/tokens",
    "tokens/revocation": f"DELETE {STUDIO}/tokens/{{token}}",
    "team/": f"POST {STUDIO}/invitations",
    "team/<number>/": f"PATCH {STUDIO}/team/{{number}}",
    "team/<number>/handover": f"POST {STUDIO}/team/{{number}}/handover",
    "team/<number>/parting": f"DELETE {STUDIO}/team/{{number}}",
    "team/invitations/<number>/revocation": f"DELETE {STUDIO}/invitations/{{number}}",
}
AT_A_DESK = {  # below /desk/@<studio>/<project>/; routes below a project's
    "address/": "PUT /address",
    "address/old": "DELETE /address/{old}",
    "cheers/": "PUT /cheers/words",
    "credits/": "POST /credits",
    "credits/<number>/": "DELETE /credits/lines/{number}",
    "decisions/<position>/answer": "POST /decisions/{position}/answer",
    "decisions/<position>/end": "POST /decisions/{position}/closing",
    "decisions/<position>/withdrawal": "POST /decisions/{position}/withdrawal",
    "decisions/new/": "POST /decisions",
    "end/curtain": "POST /final-curtain",
    "end/pause": "POST /pause",
    "end/reopening": "POST /reopening",
    "end/resumption": "POST /resumption",
    "export/": "POST /exports",
    "export/<parcel>/removal": "DELETE /exports/{export}",
    "face/cover/choice": "PUT /cover",
    "face/undoing": "PATCH ",  # a program says again what it read before
    "face/words": "PATCH ",
    "guests/": "PUT /terms",
    "guests/<voice>/verified": "POST /guests/{voice}/verification",
    "guests/code": "PUT /join-code",
    "manners/": "PUT /manners",
    "manners/appeals/<measure>": "POST /manners/appeals/{number}/answer",
    "manners/resting/<voice>": "DELETE /resting/{voice}",
    "manners/waiting/<held>": "POST /manners/held/{number}/release",
    "review/<position>/strike": "PUT /rehearsal/{position}",
    "review/curtain": "POST /curtain",
    "review/names": "PUT /names",
    "sessions/<number>/": "PUT /sessions/{number}",
    "sessions/<number>/calling-off": "POST /sessions/{number}/calling-off",
    "sessions/announced": "POST /sessions/announcement",
    "sessions/running": "POST /sessions",
    "sessions/running/end": "POST /sessions/ending",
    "sessions/running/people": "POST /sessions/joining",
    "sessions/running/words": "POST /sessions/noting",
    "tell/": "POST /drafts",
    "tell/<draft_id>/": "PUT /drafts/{draft}",
    "tell/<draft_id>/release": "POST /drafts/{draft}/release",
    "tell/<draft_id>/removal": "DELETE /drafts/{draft}",
    "tell/<draft_id>/restoration": "POST /drafts/{draft}/restoration",
    "tell/<draft_id>/return": "POST /drafts/{draft}/return",
    "tell/<draft_id>/telling": "POST /drafts/{draft}/telling",
    "tell/<draft_id>/withdrawal": "POST /drafts/{draft}/withdrawal",
    "tray/dropping": "DELETE /waiting/{waiting_id}",
    "tray/hold": "POST /waiting/hold",
    "tray/pins": "POST /pins",
    "tray/recovery": "POST /waiting/recovery",
    "tray/release": "POST /waiting/{waiting_id}/release",
    "tray/sentence": "POST /sentences",
    "tray/taking-back": "POST /entries/{position}/taking-back",
    "tray/title": "POST /sittings",
    "tray/unfolding": "POST /entries/{position}/unfolding",
    "tray/unpinning": "DELETE /pins/{position}",
    "voices/answers": "POST /entries/{position}/voices",
    "voices/places": "POST /places-held",
    "viewers/": "POST /viewers",
    "viewers/<viewer>/revocation": "DELETE /viewers/{viewer}",
    "wall/call": "PUT /brainstorm/plan",
    "wall/calling": "POST /brainstorm/calling",
    "wall/calling-off": "POST /brainstorm/calling-off",
    "wall/clock": "POST /brainstorm/extension",
    "wall/closing": "POST /brainstorm/closing",
    "wall/doors": "PATCH /brainstorm/doors",
    "wall/ideas/<position>": "PUT /brainstorm/ideas/{position}/hiding",
    "wall/phase": "POST /brainstorm/phase",
    "wall/screen": "PUT /brainstorm/screen",
    "wall/settle/<position>": "PUT /brainstorm/ideas/{position}/fate",
    "wall/waiting/": "POST /manners/held/{number}/release",
    "wall/waiting/<held>": "POST /manners/held/{number}/refusal",
    "webhooks/": "POST /webhooks",
    "webhooks/<webhook>/pause": "POST /webhooks/{webhook}/pause",
    "webhooks/<webhook>/removal": "DELETE /webhooks/{webhook}",
    "webhooks/<webhook>/resumption": "POST /webhooks/{webhook}/resumption",
    "webhooks/<webhook>/secret": "POST /webhooks/{webhook}/secret",
    "webhooks/<webhook>/test": "POST /webhooks/{webhook}/test",
}
ON_A_STAGE = {  # below /@<studio>/<project>/; routes below a project's
    "<position>/amendment": "PATCH /entries/{position}",
    "<position>/ballot": "PUT /decisions/{position}/ballot",
    "<position>/came-from": "POST /entries/{position}/sources",
    "<position>/cheers": "PUT /entries/{position}/cheers/{key}",
    "<position>/closing": "PUT /entries/{position}/closing",
    "leads/<said>/taking-back": "DELETE /doubts/leads/{lead}",
    "<position>/leads/": "POST /doubts/{position}/leads",
    "<position>/leads/<lead>/developments": "POST /doubts/{position}/leads/{lead}/developments",
    "<position>/lesson": "POST /entries/{position}/lesson",
    "<position>/say": "POST /entries/{position}/voices",
    "<position>/shows": "PUT /decisions/{position}/shown",
    "<position>/settles": "POST /doubts/{position}/life",
    "<position>/leads/<lead>/answer": "POST /doubts/{position}/leads/{lead}/answer",
    "<position>/life": "POST /doubts/{position}/life",
    "<position>/pin": "POST /pins",
    "<position>/shredding": "POST /entries/{position}/shredding",
    "<position>/taking-back": "POST /entries/{position}/taking-back",
    "<position>/unfolding": "POST /entries/{position}/unfolding",
    "credits/mine": "PUT /credits/mine",
    "hooks/close": "DELETE /hooks/{hook_id}",
    "hooks/open": "POST /hooks",
    "names": "PUT /names",
    "originals/choice": "PUT /originals",
    "reels": "POST /reels",
    "said/<said>/amendment": "PATCH /voices/{word}",
    "said/<said>/hiding": "PUT /voices/{word}/hiding",
    "said/<said>/place": "POST /places-held",
    "said/<said>/person": "POST /guests/{voice}/verification",
    "said/<said>/taking-back": "DELETE /voices/{word}",
    "sittings/<first>/title": "POST /sittings",
    "wall/<position>/dots": "POST /brainstorm/ideas/{position}/dots",
    "wall/ideas": "POST /brainstorm/ideas",
    "wall/ideas/<position>/taking-back": "DELETE /brainstorm/ideas/{position}",
    "wall/mask/": "POST /brainstorm/unmasking",
    "wall/table/": "POST /brainstorm/gathering",
}
ELSEWHERE = {
    "/@<studio>/<project>/<position>/report": "POST /reports",
    "/@<studio>/<project>/follow": "PUT /following/{studio}/{project}",
    "/@<studio>/<project>/report": "POST /reports",
    "/desk/letters/@<studio>/<number>": f"POST {STUDIO}/letters/{{number}}/putting-away",
    "/desk/new/": "POST /studios",
    "/notices/<notice>/mute": "PUT /notices/{number}/mute",
    "/notices/<notice>/read": "PUT /notices/{number}/read",
    "/notices/choice/": "PUT /notices/choice",
    "/notices/muted/<muted>/end": "DELETE /notices/muted/{number}",
    "/notices/read": "PUT /notices/read",
    "/share/": f"POST {PROJECT}/drafts",
}


def reached() -> dict[str, str]:
    """Return the addresses of pages that have a route, with it: method and path."""
    below = [("/desk/@<studio>/<project>/", AT_A_DESK), ("/@<studio>/<project>/", ON_A_STAGE)]
    found = ELSEWHERE | {f"/desk/@<studio>/{end}": route for end, route in AT_A_STUDIO.items()}
    for start, routes in below:
        for end, route in routes.items():
            method, _blank, path = route.partition(" ")
            found[start + end] = f"{method} {PROJECT}{path}"
    return found


def methods(view: Any) -> list[str] | None:
    """Return which methods a view lets in, None where it says nothing of that."""
    while view is not None:
        code, cells = getattr(view, "__code__", None), getattr(view, "__closure__", None) or ()
        kept = dict(zip(code.co_freevars if code else (), cells, strict=False))
        if "request_method_list" in kept:
            return list(kept["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return None


@cache
def acts() -> list[str]:
    """Return the addresses that take a POST, or may."""
    every = ((f"/{address}", methods(view)) for address, view in reference._every_view())
    return [address for address, let_in in every if let_in is None or "POST" in let_in]


def spared() -> Iterator[str]:
    """Yield the addresses that the guide gives a reason for; `…` stands for whatever follows."""
    said = GUIDE.read_text().partition("## What has no route, and why\n")[2].partition("\n## ")[0]
    for line in LINE.finditer(said):
        yield from re.findall(r"`([^`]*)`", line[1])


def fits(address: str, spelled: str) -> bool:
    """Return whether an address is the one that is spelled, or below it where `…` ends that."""
    return address.startswith(spelled[:-1]) if spelled.endswith("…") else address == spelled


def test_what_a_page_does_has_a_route_or_a_reason_in_the_guide():
    known = reached()
    open_ends = [
        one for one in acts() if one not in known and not any(fits(one, each) for each in spared())
    ]
    assert open_ends == [], "add a route, or a reason to “What has no route, and why” in the guide"


def test_no_reason_and_no_route_is_of_a_page_that_is_gone():
    assert len(list(spared())) > 5 and len(acts()) > 100
    assert [each for each in spared() if not any(fits(one, each) for one in acts())] == []
    assert sorted(set(reached()) - set(acts())) == []
    assert [one for one in reached() if any(fits(one, each) for each in spared())] == []


def test_the_routes_are_there():
    there = {
        f"{method.upper()} {path.removeprefix(API)}"
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method in operations
    }
    assert sorted(set(reached().values()) - there) == []
