"""Every address of the house. Doors and features each bring their own."""

from django.urls import include, path

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    path("api/v1/", include("coulisses.api.urls")),
    path("share/", include("coulisses.moments.sharing_urls")),
    path(f"desk/{STAGE}", include("coulisses.sessions.desk_urls")),
    path("", include("coulisses.brainstorms.urls")),  # its list stands where a project's desk would
    path("desk/", include("coulisses.desk.urls")),
    path("account/", include("coulisses.accounts.mine_urls")),
    path("account/", include("coulisses.accounts.urls")),
    path("", include("coulisses.accounts.entrance_urls")),
    path("house/letters/", include("coulisses.mail.urls")),
    path("mail/", include("coulisses.mail.bounce_urls")),
    path(f"desk/{STAGE}tell/", include("coulisses.moments.desk_urls")),
    path("house/", include("coulisses.host.urls")),
    path("", include("coulisses.desk.links_urls")),
    path(STAGE, include("coulisses.moments.urls")),
    path(STAGE, include("coulisses.pins.urls")),
    path(STAGE, include("coulisses.sittings.urls")),
    path(STAGE, include("coulisses.sessions.urls")),
    path(STAGE, include("coulisses.capture.urls")),
    path(STAGE, include("coulisses.proof.urls")),
    path("", include("coulisses.feeds.urls")),
    path("", include("coulisses.search.urls")),
    path("", include("coulisses.embeds.urls")),
    path("", include("coulisses.webhooks.urls")),
    path("", include("coulisses.following.urls")),
    path("", include("coulisses.transfers.urls")),
    path("", include("coulisses.visits.urls")),
    path("", include("coulisses.voices.urls")),
    path("", include("coulisses.cheers.urls")),
    path("", include("coulisses.doubts.urls")),
    path("", include("coulisses.decisions.urls")),
    path("", include("coulisses.guests.urls")),
    path("", include("coulisses.manners.urls")),
    path("", include("coulisses.credits.urls")),
    path("", include("coulisses.notices.urls")),
    path("", include("coulisses.pages.urls")),
]

handler400 = "coulisses.site.middleware.bad_request"
handler403 = "coulisses.site.middleware.forbidden"
handler404 = "coulisses.site.middleware.not_found"
handler500 = "coulisses.site.middleware.server_error"
