"""Addresses of this room."""

from django.urls import path

from coulisses.pages.views import (
    house,
    house_rules,
    installed,
    machines,
    privacy,
    reported,
    reports,
    stage,
)

STAGE = "@<str:studio>/<str:project>/"
SHOWN = f"{STAGE}<int:position>/"

urlpatterns = [
    path("", house.board, name="board"),
    path("keys", house.keys, name="keys"),
    path("language", house.language, name="language"),
    path("privacy", privacy.privacy, name="privacy"),
    path("rules", house_rules.rules, name="house-rules"),
    path("contact", reports.contact, name="contact"),
    path("reports/<str:secret>", reports.receipt, name="receipt"),
    path("desk/letters/@<str:studio>/", reported.letters, name="letters"),
    path("desk/letters/@<str:studio>/<int:number>", reported.put_away),
    path("house/reports/", reported.listed, name="reported"),
    path("house/reports/<int:number>", reported.one, name="reported-one"),
    path("house/reports/<int:number>/shredding", reported.shred),
    path("house/reports/<int:number>/name", reported.unname),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("sw.js", installed.worker, name="worker"),
    path("offline", installed.offline, name="offline"),
    path("apple-touch-icon.png", installed.apple_icon, name="apple-icon"),
    path("favicon.ico", installed.favicon, name="favicon"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/tdmrep.json", machines.reservation, name="reservation"),
    path("@<str:studio>/", house.studio, name="studio"),
    path("@<str:studio>/<str:project>", stage.to_stage, name="to-stage"),
    path(STAGE, stage.stage, name="stage"),
    path(f"{STAGE}cues/", stage.cues, name="cues"),
    path(f"{STAGE}since/<int:position>", stage.since, name="since"),
    path(f"{STAGE}since/<int:position>/lines", stage.since_lines, name="since-lines"),
    path(f"{STAGE}cover/<str:variant>", stage.cover, name="cover"),
    path(f"{STAGE}report", reports.report, name="report-project"),
    path(f"{STAGE}<int:position>/report", reports.report, name="report"),
    path(f"{STAGE}<int:position>", stage.entry, name="entry"),
    path(f"{STAGE}<int:position>/shred", stage.shred, name="shred"),
    path(
        f"{SHOWN}picture/<int:index>/<str:side>/<str:variant>",
        stage.picture,
        name="picture",
    ),
    path(
        f"{SHOWN}text/<int:index>/<str:side>",
        stage.picture,
        {"variant": "text"},
        name="text",
    ),
    path(f"{STAGE}files/<path:path>", stage.file, name="file"),
    path(f"{STAGE}sittings/<int:first>", stage.one_sitting, name="sitting"),
]
