"""Settings, clock and errors: what the environment says, and what is said when it makes no sense."""

import os
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app import clock, errors
from app.config import Settings, Smtp, load, make_keys
from app.errors import BadSettings, Told

NO_FILE = Path("there-is-no-such.env")
MAIL = {"SMTP_HOST": "smtp.example.org", "SMTP_FROM": "Anexa <anexa@example.org>"}


@pytest.fixture(autouse=True)
def running_clock():
    yield
    clock.stop(None)


def read(**said):
    return load({f"ANEXA_{name}": value for name, value in said.items()}, NO_FILE)


def test_without_a_word_the_settings_are_those_of_one_machine():
    assert read() == Settings()
    assert Settings() == Settings(
        instance=Path("instance"), generated=Path("generated"), demo=False, base_url="http://127.0.0.1:5000",
        hosts=("127.0.0.1", "localhost"), locale="es", clock=None, proxies=0, smtp=None, sender="Anexa <anexa@anexa.invalid>",
    )


def test_all_settings_are_read(tmp_path):
    settings = read(INSTANCE=str(tmp_path / "i"), GENERATED=str(tmp_path / "g"), BASE_URL="https://anexa.example.org/", LOCALE="pt_BR",
                    HOSTS="anexa.example.org, otra.example.org", DEMO="0")
    assert (settings.instance, settings.generated, settings.locale) == (tmp_path / "i", tmp_path / "g", "pt_BR")
    assert (settings.base_url, settings.hosts) == ("https://anexa.example.org", ("anexa.example.org", "otra.example.org"))
    assert (settings.database, settings.files) == (tmp_path / "i" / "anexa.db", tmp_path / "g" / "files")


def test_the_host_of_the_base_address_is_always_answered_to():
    assert read(BASE_URL="https://anexa.example.org").hosts == ("anexa.example.org",)


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_a_mail_server_has_the_port_of_its_security(security, port):
    assert read(**MAIL).smtp == Smtp("smtp.example.org", 587, "starttls")
    assert read(**MAIL, SMTP_SECURITY=security).smtp == Smtp("smtp.example.org", port, security)
    assert read(**MAIL, SMTP_SECURITY=security, SMTP_PORT="2525").smtp.port == 2525


def test_a_mail_password_shows_nowhere():
    settings = read(**MAIL, SMTP_USER="anexa", SMTP_PASSWORD="muy secreta", SMTP_CA="ca.pem")
    assert (settings.smtp.user, settings.smtp.password, settings.smtp.ca) == ("anexa", "muy secreta", Path("ca.pem"))
    assert "muy secreta" not in repr(settings)
    assert hash(settings) == hash(settings)


def test_a_file_is_read_and_the_environment_wins(tmp_path):
    env = tmp_path / ".env"
    env.write_text("ANEXA_LOCALE=en\nANEXA_DEMO=1\nOTHER=x\n")
    assert load({}, env).locale == "en"
    assert load({"ANEXA_LOCALE": "pt_BR"}, env) == Settings(locale="pt_BR", demo=True)


def test_the_settings_of_others_are_left_alone():
    assert load({"PATH": "/bin", "FLASK_APP": "wsgi"}, NO_FILE) == Settings()


@pytest.mark.parametrize("written", ["1", "true", "sí", "SI", "Yes"])
def test_yes_is_understood_in_several_spellings(written):
    assert read(DEMO=written).demo is True


@pytest.mark.parametrize(("said", "named"), [
    ({"DEMO": "quizás"}, "ANEXA_DEMO"),
    ({"LOCALE": "fr"}, "ANEXA_LOCALE"),
    ({"BASE_URL": "anexa.example.org"}, "ANEXA_BASE_URL"),
    ({"BASE_URL": "ftp://anexa.example.org"}, "ANEXA_BASE_URL"),
    ({"BASE_URL": "https://anexa.example.org/?x=1"}, "ANEXA_BASE_URL"),
    ({"HOSTS": "anexa.example.org:80"}, "ANEXA_HOSTS"),
    ({"HOSTS": "*"}, "ANEXA_HOSTS"),
    ({"DMEO": "1"}, "ANEXA_DMEO"),
    ({"CLOCK": "2021-07-05T09:00:00+00:00"}, "ANEXA_CLOCK"),
    ({"CLOCK": "ayer", "DEMO": "1"}, "ANEXA_CLOCK"),
    ({"CLOCK": "2021-07-05T09:00:00", "DEMO": "1"}, "ANEXA_CLOCK"),
    ({"PROXIES": "uno"}, "ANEXA_PROXIES"),
    ({"PROXIES": "-1"}, "ANEXA_PROXIES"),
    ({"SMTP_PORT": "25"}, "ANEXA_SMTP_HOST"),
    ({**MAIL, "SMTP_HOST": "smtp.example.org:25"}, "ANEXA_SMTP_HOST"),
    ({**MAIL, "SMTP_PORT": "70000"}, "ANEXA_SMTP_PORT"),
    ({**MAIL, "SMTP_SECURITY": "ssl"}, "ANEXA_SMTP_SECURITY"),
    ({**MAIL, "SMTP_USER": "anexa"}, "ANEXA_SMTP_USER"),
    ({**MAIL, "SMTP_USER": "anexa", "SMTP_PASSWORD": "x", "SMTP_SECURITY": "none"}, "ANEXA_SMTP_SECURITY"),
    ({"SMTP_HOST": "smtp.example.org"}, "ANEXA_SMTP_FROM"),
    ({**MAIL, "SMTP_FROM": "nadie"}, "ANEXA_SMTP_FROM"),
    ({**MAIL, "SMTP_FROM": "a@example.org\nBcc: b@example.org"}, "ANEXA_SMTP_FROM"),
])
def test_a_setting_that_makes_no_sense_is_named(said, named):
    with pytest.raises(BadSettings, match=named):
        read(**said)


@pytest.mark.parametrize("said", [{"HOSTS": "anexa.example.org"}, {"BASE_URL": "https://anexa.example.org"}])
def test_a_demo_is_refused_beyond_this_machine(said):
    with pytest.raises(BadSettings, match="ANEXA_DEMO"):
        read(DEMO="1", **said)
    assert read(**said).demo is False


def test_a_demo_may_stop_the_clock():
    settings = read(DEMO="1", CLOCK="2021-07-05T09:00:00-06:00")
    assert clock.now() == settings.clock == datetime(2021, 7, 5, 15, 0, tzinfo=UTC)
    assert clock.today() == date(2021, 7, 5)
    clock.stop(None)
    read(DEMO="1")
    assert clock.now() > datetime(2021, 7, 6, tzinfo=UTC)


def test_the_clock_runs_in_utc_and_stands_inside_a_block():
    moment = datetime(2021, 1, 1, tzinfo=UTC)
    with clock.stopped(moment):
        assert clock.now() == moment
    assert clock.now().tzinfo is UTC
    assert clock.now() != moment


def test_written_moments_sort_like_time_and_come_back():
    moments = [datetime(2021, 7, 5, 9, 0, 0, micro, tzinfo=UTC) for micro in (0, 1, 999_999)] + [datetime(2021, 7, 5, 9, 0, 1, tzinfo=UTC)]
    texts = [clock.written(moment) for moment in moments]
    assert texts == sorted(texts)
    assert {len(text) for text in texts} == {32}
    assert [clock.read(text) for text in texts] == moments


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path):
    settings = Settings(instance=tmp_path / "instance")
    made = make_keys(settings)
    assert [path.name for path in made] == ["secret.key", "encryption.key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    keys = (settings.secret_key, settings.encryption_key)
    assert make_keys(settings) == ()
    assert (settings.secret_key, settings.encryption_key) == keys
    assert keys[0] != keys[1]
    assert {len(key) for key in keys} == {32}
    assert sorted(os.listdir(settings.instance)) == ["encryption.key", "secret.key"]


def test_one_missing_key_is_made_and_the_other_left(tmp_path):
    settings = Settings(instance=tmp_path)
    make_keys(settings)
    encryption = settings.encryption_key
    (tmp_path / "secret.key").unlink()
    assert [path.name for path in make_keys(settings)] == ["secret.key"]
    assert settings.encryption_key == encryption


@pytest.mark.parametrize("content", [None, b"", b"corta", b"!" * 44, b"QUJD"])
def test_a_key_that_is_missing_or_broken_is_told_with_its_file(tmp_path, content):
    if content is not None:
        (tmp_path / "secret.key").write_bytes(content)
    with pytest.raises(BadSettings, match=r"secret\.key"):
        _ = Settings(instance=tmp_path).secret_key


def all_errors():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Told)]
    return [pytest.param(kind, id=kind.__name__) for kind in kinds]


@pytest.mark.parametrize("kind", all_errors())
def test_every_error_has_a_sentence_a_status_and_an_exit_code(kind):
    assert kind.message.endswith((".", "}."))
    assert "error" not in kind.message.lower()
    assert 400 <= kind.status < 600
    assert 0 < kind.exit_code < 126


def test_an_error_says_its_sentence_with_its_places_filled():
    assert str(errors.TooMany(40)) == "Hubo muchos intentos seguidos. Espere 40 segundos y vuelva a intentarlo."
    assert str(errors.AlreadyThere("d1", "IAT-1")) == "Ya existe IAT-1. Ábralo para seguir con él."
    assert str(errors.Invalid("Otra frase.")) == "Otra frase."
    assert errors.Invalid().message == errors.Invalid.message
