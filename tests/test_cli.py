"""The command line, as somebody types it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import jsonschema
import pytest

from app import cli
from app.config import Settings
from app.demo import CONNA, HERE, PEOPLE, load
from app.rendering.readback import text_of_pdf, text_of_word
from app.store import init, open_store
from app.web import create_app
from app.workflow import templates

ROOT = Path(__file__).parent.parent
REAL = HERE / "iat_slv_2021_1.json"
CODE = "IAT-SLV-CONNA-DPI-2021-1"


@pytest.fixture
def people(settings):
    """The units and people of the demonstration, without reports."""
    with open_store(settings) as store:
        next(load(store))


@pytest.fixture
def answers(tmp_path):
    def write(value):
        path = tmp_path / "respuestas.json"
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
        return path

    return write


def one_line(result, code):
    """What a refusal says; it is one line on stderr and nothing on stdout."""
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    return result.stderr.strip()


def test_forms_are_listed_with_their_rows_editions_and_references(run):
    result = run("forms")
    line = next(line for line in result.stdout.splitlines() if line.startswith("IAT "))
    assert line.startswith("IAT  Informe semestral de asistencia técnica")
    assert "filas de campos: 40" in line
    assert "ediciones: 2026-1" in line
    assert "referencias sin resolver: ninguna" in line


def test_the_schema_accepts_the_real_report(run):
    jsonschema.Draft202012Validator(json.loads(run("schema", "iat").stdout)).validate(json.loads(REAL.read_text()))


def test_a_report_is_filled_and_written_from_the_command_line(run, people, tmp_path):
    filled = run("fill", "IAT", REAL)
    assert filled.exit_code == 0, filled.output
    first, second = filled.stdout.splitlines()
    assert first.startswith(f"{CODE}/v1 · revisión 2 · ")
    assert second == "No falta nada."
    for document in (CODE, f"{CODE}/v1", first.rpartition(" ")[2]):
        written = run("render", document, "--as", "record", "--lang", "es", "--out", tmp_path / "out")
        assert written.stdout.splitlines() == [str(tmp_path / "out" / f"{CODE}_v1_es.pdf")]
    assert "Crecer Juntos" in text_of_pdf((tmp_path / "out" / f"{CODE}_v1_es.pdf").read_bytes())


def test_a_report_is_written_as_a_form_to_fill_and_as_a_filled_one(run, people, tmp_path):
    run("fill", "IAT", REAL)
    written = run("render", CODE, "--as", "fillable", "--as", "filled", "--lang", "es", "--out", tmp_path).stdout.splitlines()
    assert [Path(line).name for line in written] == [f"{CODE}_v1_es_rellenable.pdf", f"{CODE}_v1_es_formulario.pdf"]
    assert "Crecer Juntos" in text_of_pdf((tmp_path / f"{CODE}_v1_es_formulario.pdf").read_bytes())


def test_render_writes_both_files_in_both_languages_by_default(run, people, settings):
    run("fill", "IAT", REAL)
    names = sorted(Path(line).name for line in run("render", CODE).stdout.splitlines())
    assert names == sorted(f"{CODE}_v1_{language}.{ending}" for language in ("es", "pt") for ending in ("docx", "pdf"))
    assert "Relatório semestral" in text_of_word((settings.generated / f"{CODE}_v1_pt.docx").read_bytes())


def test_filling_again_changes_nothing(run, people):
    first, second = run("fill", "IAT", REAL).stdout, run("fill", "IAT", REAL).stdout
    assert first == second


def test_a_dossier_that_exists_is_completed_from_the_input(run, people):
    run("fill", "IAT", REAL)
    result = run("fill", "IAT", "-", "--dossier", CODE, input=json.dumps({"summary": "Un resumen más corto que el de antes."}))
    assert "revisión 3" in result.stdout


def test_what_is_missing_is_counted(run, people, answers):
    result = run("fill", "IAT", answers({"year": 2022, "semester": "1", "entries": [{"product": "x"}]}), "--unit", CONNA)
    assert result.stdout.splitlines()[1] == "Respuestas por completar: 6; se ven en la página de revisión."


def test_each_wrong_answer_is_named_with_its_path(run, people, answers):
    result = run("fill", "IAT", answers({"year": 2022, "semester": "1", "summary": 7, "nothing": 1}), "--unit", CONNA)
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert "IAT: El formulario no tiene ningún campo «nothing»." in lines
    assert "summary: «Resumen del semestre» es un texto." in lines
    assert lines[-1] == "No se guardó nada. Respuestas por corregir: 2."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"[" * 100_000 + b"]" * 100_000, "niveles"),
        (rb'{"a": "\udfff"}', "UTF-8"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"{", "línea 1"),
        (b"[]", "objeto"),
        (b" " * 3_000_000, "2 MB"),
    ],
)
def test_a_file_nobody_can_read_is_one_line(run, people, answers, data, why):
    said = one_line(run("fill", "IAT", answers(data)), 2)
    assert said.startswith("No se puede leer ")
    assert why in said


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("fill", "IAT", "no-esta.json"), 2, "No se puede leer no-esta.json"),
        (("fill", "IAT", "/"), 2, "No se puede leer /"),
        (("fill", "XYZ", REAL), 4, "No hay ningún formulario «XYZ». Los que hay: A1, A2"),
        (("fill", "IAT", REAL, "--unit", "NO"), 2, "No hay ninguna unidad «NO». Las que hay: "),
        (("fill", "IAT", REAL, "--as", "nadie@example.org"), 2, "No hay nadie con el correo «nadie@example.org»."),
        (("fill", "IAT", REAL, "--as", PEOPLE[3].email), 4, "No encontramos lo que busca."),
        (("fill", "IAT", REAL, "--dossier", "NO"), 4, "No hay ningún documento «NO»."),
        (("fill", "IAT"), 2, "Falta ANSWERS"),
        (("fill",), 2, "Falta FORM"),
        (("fill", "IAT", REAL, "--odd"), 2, "No existe la opción --odd"),
        (("render", "NO"), 4, "No hay ningún documento «NO»."),
        (("render", "IAT-SLV-CONNA-DPI-2020-2", "--as", "exe"), 2, "No se entiende --as: puede ser docx, record, fillable, filled."),
        (("render", "IAT-SLV-CONNA-DPI-2020-2", "--lang", "en"), 2, "No se entiende --lang: puede ser es, pt."),
        (("render", "IAT-SLV-CONNA-DPI-2020-2", "--out", "/dev/null/x"), 2, "No se puede escribir en /dev/null/x"),
        (("schema", "NO"), 4, "No hay ningún formulario «NO»."),
        (("serve", "--host", "0.0.0.0"), 78, "una demostración solo escucha en esta máquina"),
        (("serve", "--port", "0"), 2, "No se entiende --port."),
    ],
)
def test_what_cannot_be_done_is_one_line_and_an_exit_code(run, people, args, code, said):
    assert said in one_line(run(*args), code)


def test_a_report_without_its_semester_is_not_opened(run, people, answers):
    assert "year" in one_line(run("fill", "IAT", answers({"summary": "x"}), "--unit", CONNA), 2)


def test_init_makes_everything_once_and_overwrites_nothing(run, settings):
    before = {path: path.read_bytes() for path in settings.instance.glob("*.key")}
    assert run("init").stdout == "Todo estaba preparado.\n"
    assert {path: path.read_bytes() for path in settings.instance.glob("*.key")} == before


def test_audit_finds_a_changed_file_and_rebuild_corrects_nothing_that_is_right(run, people, settings):
    run("fill", "IAT", REAL)
    run("render", CODE, "--as", "record", "--lang", "es")
    assert (run("audit").stdout, run("rebuild").stdout) == ("Todo está en orden.\n", "Documentos corregidos: 0.\n")
    [stored] = [path for path in settings.files.rglob("*") if path.is_file()]
    stored.write_bytes(b"x")
    result = run("audit")
    assert result.exit_code == 9
    assert stored.name in result.stderr


def test_demo_data_is_only_for_a_demo(tmp_path):
    settings = Settings(instance=tmp_path / "i", generated=tmp_path / "g")
    init(settings)
    app = create_app(settings)
    cli.register(app)
    result = app.test_cli_runner().invoke(args=["demo"])
    assert one_line(result, 3) == "Los datos de demostración solo se cargan con ANEXA_DEMO=1."


def test_templates_are_drawn_once_and_one_changed_by_hand_is_never_written_over(run, tmp_path, monkeypatch):
    monkeypatch.setattr(templates, "FOLDER", tmp_path / "templates")
    monkeypatch.setattr(templates, "FORMS", {"IAT": templates.FORMS["IAT"]})
    for drawn in (templates.standing, templates.blanks):
        monkeypatch.setattr(drawn, "__defaults__", (tmp_path / "templates",))
    late = run("templates", "--check")
    assert (late.exit_code, late.stdout, late.stderr.count("dibújela con «make templates»")) == (1, "", 4)
    assert run("templates").stdout.count("dibujada de nuevo") == 4
    assert run("templates").stdout == run("templates", "--check").stdout == "Las plantillas están al día.\n"
    edited = tmp_path / "templates" / "IAT" / "2026-1" / "es" / "IAT.docx"
    edited.write_bytes(edited.read_bytes() + b"by hand")
    source = edited.with_name("SOURCE.md")
    source.write_text(re.sub("definition: .*", f"definition: {'0' * 64}", source.read_text()))
    result = run("templates")
    assert (result.exit_code, "cambiada a mano" in result.stdout) == (1, True)
    assert edited.read_bytes().endswith(b"by hand")


def environment(tmp_path):
    return {**os.environ, "ANEXA_INSTANCE": str(tmp_path / "instance"), "ANEXA_GENERATED": str(tmp_path / "generated"), "ANEXA_DEMO": "1"}


def flask(tmp_path, *args):
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *args]
    return subprocess.run(command, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=120, check=False)


def test_on_a_fresh_disk_the_commands_say_what_to_do_first(tmp_path):
    listed, filled = flask(tmp_path, "forms"), flask(tmp_path, "fill", "IAT", str(REAL))
    assert (listed.returncode, listed.stderr) == (0, "")
    assert filled.returncode == 78
    assert filled.stderr == "Revise la configuración: la base de datos no está preparada; use «flask --app wsgi init».\n"


@pytest.mark.usefixtures("people")
def test_serve_starts_page_and_worker_and_ends_both(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert _answer(f"http://127.0.0.1:{port}/") == 200
        assert "use --port con otro" in flask(tmp_path, "serve", "--port", str(port)).stderr
        children = _children(serving.pid)
        assert len(children) == 2
    finally:
        serving.send_signal(signal.SIGINT)
        told = serving.communicate(timeout=60)[0]
    assert serving.returncode == 0
    assert f"Anexa está en http://127.0.0.1:{port}" in told
    assert all(f"{role.given_names} {role.family_names}" in told for role in PEOPLE)
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []


def _answer(address, seconds=30):
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status
        except OSError:
            assert time.monotonic() < end, "nobody answers"
            time.sleep(0.1)


def _children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
