"""The Word templates in the repository are those the forms would draw today, or were changed by hand since."""

from app.workflow import templates


def test_no_template_is_behind_its_form():
    assert [str(found.path) for found in templates.standing() if found.standing not in {"current", "kept"}] == []
