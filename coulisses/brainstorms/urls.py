"""Addresses of brainstorms: the wall where all take part, and what stands beside it."""

from django.urls import path

from coulisses.brainstorms import (
    calling_desk,
    calling_views,
    console_views,
    export_views,
    practice_views,
    replay_views,
    screen_views,
    settle_views,
    table_views,
    wall_views,
    watch_views,
)

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    # The wall
    path(f"{STAGE}wall/", wall_views.wall),
    path(f"{STAGE}wall/podium", wall_views.podium),
    path(f"{STAGE}wall/mask/", wall_views.mask),
    path(f"{STAGE}wall/ideas", wall_views.throw),
    path(f"{STAGE}wall/ideas/<int:position>/", wall_views.idea),
    path(f"{STAGE}wall/ideas/<int:position>/taking-back", wall_views.taking_back),
    path(f"{STAGE}wall/ideas/<int:position>/picture/<str:variant>", wall_views.picture),
    path(f"{STAGE}wall/<int:position>/dots", wall_views.dots),
    # The big screen
    path(f"{STAGE}wall/screen/", screen_views.screen),
    # The host
    path(f"desk/{STAGE}wall/", console_views.console),
    path(f"desk/{STAGE}wall/phase", console_views.phase),
    path(f"desk/{STAGE}wall/clock", console_views.clock),
    path(f"desk/{STAGE}wall/screen", console_views.screen),
    path(f"desk/{STAGE}wall/doors", console_views.doors),
    path(f"desk/{STAGE}wall/waiting/", console_views.looks),
    path(f"desk/{STAGE}wall/waiting/<int:held>", console_views.refusal),
    path(f"desk/{STAGE}wall/ideas/<int:position>", console_views.idea),
    path(f"desk/{STAGE}wall/settle/", settle_views.settle),
    path(f"desk/{STAGE}wall/settle/<int:position>", settle_views.fate),
    path(f"desk/{STAGE}wall/closing", settle_views.close),
    path(f"desk/{STAGE}wall/watchers/", watch_views.watchers),
    path(f"desk/{STAGE}wall/watchers/<str:viewer>/end", watch_views.ended),
    path(f"desk/{STAGE}wall/watch/", watch_views.watch),
    path(f"desk/{STAGE}wall/watch/<int:position>", watch_views.veto),
    path(f"desk/{STAGE}wall/practice/", practice_views.practice),
    path(f"desk/{STAGE}wall/practice/crowd", practice_views.crowd),
    path(f"desk/{STAGE}wall/practice/end", practice_views.end),
    # How it is called
    path("desk/@<str:studio>/brainstorms/", calling_desk.brainstorms, name="brainstorms"),
    path("desk/@<str:studio>/brainstorms/new", calling_desk.new),
    path(f"desk/{STAGE}wall/call", calling_desk.one),
    path(f"desk/{STAGE}wall/calling", calling_desk.call),
    path(f"desk/{STAGE}wall/calling-off", calling_desk.call_off),
    path(f"{STAGE}wall/coming", calling_views.come),
    path(f"{STAGE}wall/come.ics", calling_views.calendar),
    path(f"{STAGE}wall/code.svg", calling_views.code),
    path(f"{STAGE}wall/in", calling_views.door),
    # The table, and what stays of it all
    path(f"{STAGE}wall/table/", table_views.table),
    path(f"{STAGE}wall/export/", export_views.exports),
    path(f"{STAGE}wall/export/<str:form>", export_views.export),
    path(f"{STAGE}wall/replay/", replay_views.replay),
    path(f"{STAGE}wall/replay/steps", replay_views.steps),
]
