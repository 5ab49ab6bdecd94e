"""Addresses of a project's face, its course and its review, below its desk."""

from django.urls import path

from coulisses.desk import course, face, review

urlpatterns = [
    path("face/", face.page),
    path("face/words", face.dress),
    path("face/undoing", face.undo),
    path("face/cover/", face.cover_page),
    path("face/cover/choice", face.choose_cover),
    path("end/", course.page),
    path("end/pause", course.pause),
    path("end/resumption", course.resume),
    path("end/curtain", course.finish),
    path("end/reopening", course.reopen),
    path("review/", review.page),
    path("review/<int:position>/strike", review.strike),
    path("review/names", review.names),
    path("review/curtain", review.curtain),
]
