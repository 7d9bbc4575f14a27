"""One letter to a real mail server, or to a file."""

import stat
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from app.config import Settings
from app.mail import Letter, Refused, Unsent, message, send
from tests.mail_servers import Answers, certificate, free_port, knows, listening, through

LETTER = Letter("k7q2m9xb", "ana@example.org", "Su enlace · «ñandú»", "Señora Ana:\n\n" + "palabra " * 40 + "\n.\nFrom aquí\n", "es",
                datetime(2027, 4, 12, 9, 30, tzinfo=UTC))


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "instance").mkdir()
    return Settings(instance=tmp_path / "instance", generated=tmp_path / "generated")


def body(taken):
    return taken.get_body().get_content().replace("\r\n", "\n")


def test_a_letter_arrives_as_it_was_written(settings):
    answers = Answers()
    with listening(answers) as port:
        send(through(settings, port), LETTER)
    [taken] = answers.taken
    assert (taken["To"], taken["From"], taken["Subject"]) == (LETTER.to, "Anexa <anexa@example.org>", LETTER.subject)
    assert taken["Message-ID"] == "<k7q2m9xb@example.org>"
    assert taken["Date"].datetime == LETTER.at
    assert (taken["Content-Language"], taken["Auto-Submitted"]) == ("es", "auto-generated")
    assert body(taken) == LETTER.text
    assert not settings.mail.exists()


def test_without_a_server_a_letter_is_a_file_only_its_owner_reads(settings):
    send(settings, LETTER)
    send(settings, LETTER)
    [file] = settings.mail.iterdir()
    assert file.name == "20270412T093000-k7q2m9xb.eml"
    assert body(message_from_bytes(file.read_bytes(), policy=policy.default)) == LETTER.text
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(settings.mail.stat().st_mode)) == (0o600, 0o700)


def test_a_folder_that_cannot_be_written_is_said(settings):
    settings.mail.write_text("a file where the folder should be")
    with pytest.raises(Unsent, match="mail"):
        send(settings, LETTER)


@pytest.mark.parametrize(("answers", "said"), [
    (Answers(recipient="550 5.1.1 no such user"), "550 5.1.1 no such user"),
    (Answers(recipient="553 not here"), "553 not here"),
    (Answers(data="554 5.7.1 looks like spam"), "554 5.7.1 looks like spam"),
])
def test_what_the_server_refuses_for_good_is_refused_with_its_words(settings, answers, said):
    with listening(answers) as port, pytest.raises(Refused, match=said):
        send(through(settings, port), LETTER)
    assert answers.taken == []


@pytest.mark.parametrize("answers", [Answers(recipient="451 4.7.1 greylisted"), Answers(recipient="452 full"), Answers(data="421 busy")])
def test_what_the_server_puts_off_is_for_later(settings, answers):
    with listening(answers) as port, pytest.raises(Unsent) as unsent:
        send(through(settings, port), LETTER)
    assert not isinstance(unsent.value, Refused)
    assert str(unsent.value).split()[0] in ("451", "452", "421")


def test_a_server_that_is_not_there_is_for_later(settings):
    with pytest.raises(Unsent, match="ConnectionRefusedError") as unsent:
        send(through(settings, free_port()), LETTER)
    assert not isinstance(unsent.value, Refused)


def test_starttls_is_used_and_the_password_goes_inside_it(settings, tmp_path):
    ca, context = certificate(tmp_path)
    answers = Answers()
    with listening(answers, context, authenticator=knows(b"anexa", b"secreta"), auth_required=True, auth_require_tls=True) as port:
        send(through(settings, port, security="starttls", user="anexa", password="secreta", ca=ca), LETTER)
        with pytest.raises(Unsent, match="535"):
            send(through(settings, port, security="starttls", user="anexa", password="otra", ca=ca), LETTER)
    assert answers.over_tls == [True]


def test_tls_from_the_first_byte_is_spoken(settings, tmp_path):
    ca, context = certificate(tmp_path)
    answers = Answers()
    with listening(answers, at_once=context) as port:
        send(through(settings, port, security="tls", ca=ca), LETTER)
        with pytest.raises(Unsent, match="CERTIFICATE_VERIFY_FAILED"):
            send(through(settings, port, security="tls"), LETTER)
    assert [taken["To"] for taken in answers.taken] == [LETTER.to]


def test_a_certificate_nobody_vouches_for_gets_no_mail(settings, tmp_path):
    _ca, context = certificate(tmp_path)
    answers = Answers()
    with listening(answers, context) as port, pytest.raises(Unsent, match="CERTIFICATE_VERIFY_FAILED"):
        send(through(settings, port, security="starttls"), LETTER)
    assert answers.taken == []


def test_a_server_without_tls_gets_no_mail_that_should_be_secret(settings):
    answers = Answers()
    with listening(answers) as port, pytest.raises(Unsent):
        send(through(settings, port, security="starttls"), LETTER)
    assert answers.taken == []


@pytest.mark.parametrize(
    "to", ["ana@example.org\nBcc: otra@example.org", "ana", "ana@", "añá@example.org", "ana@example.org, otra@example.org", ""]
)
def test_an_address_that_is_none_is_refused_before_anybody_is_asked(settings, to):
    with pytest.raises(Refused):
        message(settings, Letter("x", to, "s", "t", "es", LETTER.at))


def test_a_subject_of_two_lines_is_refused(settings):
    with pytest.raises(Refused):
        message(settings, Letter("x", "ana@example.org", "s\nBcc: otra@example.org", "t", "es", LETTER.at))
