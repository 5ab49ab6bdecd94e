"""Every address of brainstorms that is read, and what a hall and its host send, with who asks.

Whoever adds an address adds it here: a test says so.
"""

STAGE = {"studio": "atelier", "project": "night"}
WALL = "@<str:studio>/<str:project>/wall/"
API = "/api/v1/projects/{studio}/{project}/brainstorm"
# Asked by whom, in which phase; where it is read from, narrowed by what.
PAGES = {
    WALL: [
        *(("guest", phase, "") for phase in ("throw", "vote")),
        ("passer", "vote", "?before={middle}"),
        ("passer", "gather", "?family={family}"),
        ("passer", "settle", "?as=list"),
        ("guest", "throw", "?on={idea}"),
    ],
    f"{WALL}podium": [("passer", "settle", "")],
    f"{WALL}mask/": [("masked", "settle", "")],
    f"{WALL}ideas/<int:position>/": [("passer", "throw", "")],
    f"{WALL}ideas/<int:position>/taking-back": [("guest", "throw", "")],
    f"{WALL}screen/": [("passer", phase, "") for phase in ("throw", "gather", "settle", "ended")],
    f"{WALL}in": [("passer", "throw", "")],
    f"{WALL}code.svg": [("host", "throw", "")],
    f"{WALL}come.ics": [("passer", "called", "")],
    f"{WALL}table/": [
        ("host", "gather", ""),
        ("host", "gather", "?family={family}&before={middle}"),
    ],
    f"{WALL}export/": [("host", "vote", "")],
    f"{WALL}replay/": [("passer", "settle", "?after={middle}")],
    f"{WALL}replay/steps": [("passer", "settle", "?after={middle}")],
    f"desk/{WALL}": [("host", "throw", ""), ("host", "vote", "")],
    f"desk/{WALL}settle/": [("host", "settle", ""), ("host", "settle", "?after=2-{middle}")],
    f"desk/{WALL}watchers/": [("host", "throw", "")],
    f"desk/{WALL}call": [("host", "called", ""), ("host", "throw", "")],
    "desk/@<str:studio>/brainstorms/": [("host", "throw", "")],
    "desk/@<str:studio>/brainstorms/new": [("host", "throw", ""), ("host", "throw", "?like=night")],
}
READ = {
    API: [("passer", "throw", ""), ("host", "vote", "")],
    f"{API}/ideas": [
        ("passer", "throw", ""),
        ("host", "vote", "?limit=100&order=dots"),
        ("passer", "vote", "?family={family}"),
        ("passer", "vote", "?after={middle}"),
    ],
    f"{API}/ideas/{{position}}": [("host", "throw", "")],
    f"{API}/families": [("passer", "throw", ""), ("passer", "throw", "?limit=100")],
    f"{API}/purse": [("host", "vote", "")],
    f"{API}/plan": [("host", "throw", "")],
    f"{API}/proposals": [("host", "gather", "")],
}
# What a crowd sends, and a host meanwhile: by whom, in which phase, with what.
ACTS = {
    f"{WALL}ideas": [("guest", "throw", {"words": "One more", "on": "{idea}"})],
    f"{WALL}<int:position>/dots": [("guest", "vote", {"undo": "1"}), ("guest", "vote", {})],
    f"desk/{WALL}phase": [("host", "throw", {"phase": "gather"})],
    f"desk/{WALL}clock": [("host", "throw", {"act": "stop"})],
    f"desk/{WALL}screen": [("host", "throw", {"show": "idea", "idea": "{idea}"})],
    f"desk/{WALL}waiting/": [("host", "throw", {"held": "{held}"})],
    f"desk/{WALL}ideas/<int:position>": [("host", "throw", {"act": "hide", "reason": "No"})],
    f"desk/{WALL}settle/<int:position>": [("host", "settle", {"act": "keep", "words": "Yes"})],
    f"{WALL}table/": [("host", "gather", {"act": "move", "family": "{family}", "idea": "{idea}"})],
}
