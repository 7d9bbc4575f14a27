"""The jail: what stays outside, what is limited, and that whatever goes wrong is one refusal in plain words."""

from __future__ import annotations

import io
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import BadFile
from app.rendering import jail
from app.rendering.jail import Refused, made, run
from app.rendering.preview import page_count
from app.rendering.verify import verified, verified_from_outside
from tests.hostile.bombs import BOMBS
from tests.rendering import seals

PRISONERS = "tests.hostile.prisoners"
SPARE = 3.0
"""Seconds to start and to end a process on a busy machine."""


def test_the_task_gets_data_and_arguments_and_answers(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert run(f"{PRISONERS}:echo", b"123", a=[1, {"b": None}]) == {"bytes": 3, "a": [1, {"b": None}]}
    assert run(f"{PRISONERS}:echo", path) == {"bytes": 5}


def test_it_knows_nothing_of_where_it_came_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANEXA_SEAL_PASSWORD", "x")
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(10)]
    for each in opened:
        os.set_inheritable(each, True)
    told = run(f"{PRISONERS}:surroundings", b"")
    assert isinstance(told, dict)
    assert set(told["environment"]) <= {"LC_CTYPE"}
    assert told["files"] <= 5
    assert told["inside"] == []
    assert told["folder"] != os.getcwd()
    assert not Path(str(told["folder"])).exists()
    for each in opened:
        os.close(each)


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_no_network_no_programs_no_files_of_the_machine(port: int, tmp_path: Path) -> None:
    secret = tmp_path / "secret.key"
    secret.write_bytes(b"x")
    assert run(f"{PRISONERS}:attempts", b"", port=port, secret=str(secret)) == []
    assert secret.read_bytes() == b"x"


def test_machine_code_has_no_network_where_the_system_lets_a_process_leave_it(port: int) -> None:
    left = subprocess.run(
        [sys.executable, "-c", "from app.rendering.jail.inside import leave_network; print(leave_network())"],
        capture_output=True, text=True, check=True, cwd=jail.ROOT,
    )  # fmt: skip
    connected = run(f"{PRISONERS}:connect_in_machine_code", b"", port=port)
    assert connected is (left.stdout.strip() == "False")


@pytest.mark.parametrize("task", ["crash", "leave", "long_answer", "nothing_json_knows", "raise_anything", "hoard", "no_such_task"])
def test_whatever_goes_wrong_is_one_refusal(task: str) -> None:
    with pytest.raises(Refused) as told:
        run(f"{PRISONERS}:{task}", b"data")
    assert isinstance(told.value, BadFile)
    assert str(told.value).startswith("No podemos abrir este archivo")
    assert told.value.status == 400


@pytest.mark.parametrize("task", ["hold", "sleep"])
def test_time_ends_even_what_never_gives_the_interpreter_back(task: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refused):
        run(f"{PRISONERS}:{task}", b"", wall=1)
    assert time.monotonic() - started < 1 + SPARE


def alive(process: int) -> bool:
    """A process nobody has buried yet has no command line."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes() != b""
    except (FileNotFoundError, ProcessLookupError):
        return False


def soon(question: Callable[[], object], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not question():
        time.sleep(0.05)
    return bool(question())


def test_a_prisoner_does_not_outlive_who_asked() -> None:
    script = f"from app.rendering.jail import run; run('{PRISONERS}:sleep', b'', wall=60)"
    asking = subprocess.Popen([sys.executable, "-c", script], cwd=jail.ROOT, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{asking.pid}/task/{asking.pid}/children")
    assert soon(lambda: children.read_text().strip())
    prisoner = int(children.read_text())
    assert soon(lambda: "(sleeping)" in Path(f"/proc/{prisoner}/status").read_text() and limited(prisoner))
    asking.kill()
    asking.wait()
    assert soon(lambda: not alive(prisoner))


def limited(process: int) -> bool:
    """Whether its walls stand."""
    return "NoNewPrivs:\t1" in Path(f"/proc/{process}/status").read_text()


def test_what_a_library_prints_is_not_taken_for_the_answer() -> None:
    assert run(f"{PRISONERS}:chatter", b"") == "the answer"


def test_memory_is_limited_and_may_be_narrower() -> None:
    assert run(f"{PRISONERS}:echo", bytes(50 << 20)) == {"bytes": 50 << 20}
    with pytest.raises(Refused):
        run(f"{PRISONERS}:echo", bytes(50 << 20), memory=64 << 20)


# ── tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sealed_file_is_judged_the_same_inside_and_outside(tmp_path: Path) -> None:
    own, done = seals.sealer("P-256").certificates, seals.finished("P-256")
    path = tmp_path / "sealed.pdf"
    path.write_bytes(done)
    assert verified_from_outside(path, [own]) == verified_from_outside(done, [own]) == verified(done, [own])
    assert verified_from_outside(done + b"x", [own]) == verified(done + b"x", [own])


def test_a_record_is_inspected() -> None:
    pdf = seals.finished("P-256")
    assert run("inspect", pdf) == {
        "encrypted": False, "version": "1.7", "pages": page_count(pdf), "damaged": False, "fields": 1, "signatures": 1,
        "active": ["embedded_files"],
    }  # fmt: skip


def acting(pdf: pikepdf.Pdf) -> dict[str, Callable[[], object]]:
    """What makes each thing that is named."""
    name, text = pikepdf.Name, pikepdf.String
    page, root = pdf.pages[0].obj, pdf.Root
    script = pikepdf.Dictionary(S=name.JavaScript, JS=text("x"))
    return {
        "javascript": lambda: root.Names.__setattr__("JavaScript", pikepdf.Dictionary(Names=[text("a"), script])),
        "launch": lambda: page.__setattr__("Annots", [pikepdf.Dictionary(A=pikepdf.Dictionary(S=name.Launch, F=text("a.exe")))]),
        "submit_form": lambda: page.__setattr__("Annots", [pikepdf.Dictionary(A=pikepdf.Dictionary(S=name.SubmitForm))]),
        "xfa": lambda: root.AcroForm.__setattr__("XFA", pdf.make_stream(b"<xdp/>")),
        "open_action": lambda: root.__setattr__("OpenAction", pikepdf.Dictionary(S=name.GoTo)),
        "additional_actions": lambda: page.__setattr__("AA", pikepdf.Dictionary(O=pikepdf.Dictionary(S=name.GoTo))),
    }


@pytest.mark.parametrize("found", ["javascript", "launch", "submit_form", "xfa", "open_action", "additional_actions"])
def test_what_acts_in_a_file_is_named(found: str, tmp_path: Path) -> None:
    path = tmp_path / "active.pdf"
    with pikepdf.open(io.BytesIO(seals.plain())) as pdf:
        acting(pdf)[found]()
        pdf.save(path)
    told = run("inspect", path)
    assert isinstance(told, dict)
    assert told["active"] == sorted({"embedded_files", found})


def test_a_file_with_a_password_is_said_to_have_one() -> None:
    assert run("inspect", BOMBS["a password"]()) == {"encrypted": True}


# ── hostile files ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("task", ["verify", "inspect"])
def test_a_hostile_file_ends_in_an_answer_or_a_refusal_in_time(task: str, name: str) -> None:
    data = BOMBS[name]()
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, time.monotonic()
    try:
        told = run(task, data, **({"known": []} if task == "verify" else {}))
    except Refused:
        told = None
    assert time.monotonic() - started < jail.WALL + SPARE
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(before, jail.MEMORY // 1024)
    assert told is None or isinstance(told, dict)
    assert told is None or told.get("state") in (None, "altered", "foreign", "unreadable")


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A real sealed file with bytes changed, cut out, doubled or moved."""
    data = bytearray(seals.finished("P-256"))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data) - 2))
        length = draw(st.integers(1, 400))
        piece = bytes(data[at : at + length])
        match draw(st.sampled_from(["change", "cut", "double", "move", "noise"])):
            case "change":
                data[at] ^= draw(st.integers(1, 255))
            case "cut":
                del data[at : at + length]
            case "double":
                data[at:at] = piece
            case "move":
                del data[at : at + length]
                to = draw(st.integers(0, len(data)))
                data[to:to] = piece
            case _:
                data[at : at + length] = draw(st.binary(min_size=0, max_size=60))
    return bytes(data)


def judged(data: bytes) -> None:
    """Same bytes: whole. Others: not whole, or refused; nothing else ever."""
    try:
        verdict = verified_from_outside(data, [seals.sealer("P-256").certificates])
    except Refused:
        return
    assert verdict.whole is (data == seals.finished("P-256"))


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=12, deadline=None, suppress_health_check=QUIET, database=None)
@given(mutations())
def test_a_mutated_file_is_never_whole_and_never_breaks_anything(data: bytes) -> None:
    judged(data)


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=QUIET, database=None)
@given(mutations())
def test_two_hundred_mutated_files_are_never_whole_and_never_break_anything(data: bytes) -> None:
    judged(data)


def test_what_a_task_makes_comes_out_as_a_file_of_its_own_and_no_longer_than_allowed(tmp_path: Path) -> None:
    path = tmp_path / "made"
    with path.open("wb") as out:
        made(f"{PRISONERS}:bytes_of", b"", out, count=3 << 20)
    assert path.read_bytes() == b"x" * (3 << 20)
    with path.open("wb") as out, pytest.raises(Refused):
        made(f"{PRISONERS}:bytes_of", b"", out, most=1000, count=1001)
