"""Every registered form as a fillable PDF, empty and full: what is printed, what is read back, what the standards say."""

import io
import subprocess

import pikepdf
import pytest

from app.rendering.fillable.reading import read
from app.workflow.resolving import shown_leaves
from forms import FORMS, samples
from forms.kinds import File, Signature
from forms.values import EMPTY, ORDER, rows_of
from tests.contracts.specimen import SPECIMEN
from tests.rendering import paper_forms
from tests.rendering.paper_forms import flat, live, pictured_text
from tests.verapdf import broken_rules

every_form = pytest.mark.parametrize("form", [*FORMS.values(), SPECIMEN], ids=lambda form: form.code)
SETS = {"empty": lambda form: {}, "least": samples.minimal, "most": lambda form: shortened(samples.maximal(form))}
every_set = pytest.mark.parametrize("answers", SETS.values(), ids=SETS)
ROWS = 6


def shortened(answers):
    """Tables of at most six rows: enough to overflow every paper form, few enough to be drawn in a second."""
    return {key: value[:ROWS] if rows_of(value) else value for key, value in answers.items()}


def expected(form, answers):
    """The leaves a page shows, those read through too; files and signatures are added online."""
    shown = shown_leaves(form, answers, paper_forms.DOSSIER)
    typed = {path.pdf: value for path, value in shown.items() if value not in EMPTY and not path.pdf.endswith(ORDER)}
    return {path: value for path, value in typed.items() if not isinstance(form.field(path), File | Signature)}


@every_form
@every_set
def test_a_form_read_back_says_what_was_put_in(form, answers):
    given = answers(form)
    sent = read(live(form, given))
    assert sent.about == paper_forms.ABOUT
    assert sent.differing == ()
    assert paper_forms.answered(form, sent, given) == expected(form, given)


@every_form
def test_equal_answers_make_equal_bytes(form):
    given = shortened(samples.maximal(form))
    assert live(form, given) == live(form, given)
    assert flat(form, given) == flat(form, given)


@every_form
@pytest.mark.parametrize("how", [live, flat])
def test_every_answer_is_printed_whole(form, how):
    given = shortened(samples.maximal(form))
    told = pictured_text(how(form, given))
    texts = {path: value for path, value in expected(form, given).items() if isinstance(value, str) and len(value) > 60}
    assert [path for path, value in texts.items() if not printed(value, told)] == []


def printed(value, told):
    """Every word of an answer, in pieces where it goes on elsewhere."""
    return all(word in told for word in value.split())


@every_form
@pytest.mark.verapdf
@pytest.mark.parametrize("how", [live, flat])
@pytest.mark.parametrize("made", [lambda form: {}, lambda form: shortened(samples.maximal(form))], ids=["empty", "most"])
def test_a_form_is_accessible_and_archivable(form, how, made):
    pdf = how(form, made(form))
    assert broken_rules(pdf, "PDFUA_1") == []
    assert broken_rules(pdf, "PDFA_3_A") == []


@every_form
def test_nothing_in_a_form_acts(form):
    with pikepdf.open(io.BytesIO(live(form, {}))) as pdf:
        keys = {key for each in pdf.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream) for key in each.keys()}  # noqa: SIM118
        assert keys.isdisjoint({"/JS", "/JavaScript", "/AA", "/OpenAction", "/NeedAppearances", "/XFA", "/EF"})
        assert "/NeedAppearances" not in pdf.Root.AcroForm


@every_form
def test_every_field_has_a_tooltip_and_its_place_on_the_page(form):
    with pikepdf.open(io.BytesIO(live(form, {}))) as pdf:
        for page in pdf.pages:
            _, _, width, height = (float(side) for side in page.MediaBox)
            for widget in page.get("/Annots", ()):
                left, bottom, right, top = (float(side) for side in widget.Rect)
                assert str(widget.TU)
                assert right <= 0 or (0 < left < right < width and 0 < bottom < top < height)
            assert page.Tabs == "/S"


@every_form
def test_no_two_fields_overlap(form):
    with pikepdf.open(io.BytesIO(live(form, {}))) as pdf:
        for page in pdf.pages:
            places = [[float(side) for side in each.Rect] for each in page.get("/Annots", ()) if float(each.Rect[2]) > 0]
            assert [(a, b) for n, a in enumerate(places) for b in places[:n] if overlap(a, b)] == []


def overlap(a, b):
    return a[0] < b[2] - 0.01 and b[0] < a[2] - 0.01 and a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01


@every_form
def test_no_field_is_left_in_a_flat_form(form):
    with pikepdf.open(io.BytesIO(flat(form, samples.minimal(form)))) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not any("/Annots" in page for page in pdf.pages)


@pytest.mark.poppler
@every_form
def test_poppler_reads_the_same_letters(form, tmp_path):
    given = samples.minimal(form)
    path = tmp_path / "flat.pdf"
    path.write_bytes(flat(form, given))
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    texts = [value for value in expected(form, given).values() if isinstance(value, str) and " " in value]
    assert [value for value in texts if not all(word in told for word in value.split())] == []
