"""Programs of the system some tests need: a test marked `browser`, `verapdf` or `poppler` is skipped
without them, one line for each; with CI=true such a skip is a failure.
"""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

ADVICE = {
    "browser": "Chromium (apt-get install chromium libatomic1)",
    "verapdf": "a JRE with JAXB (apt-get install default-jre-headless libjaxb-java)",
    "poppler": "poppler (apt-get install poppler-utils)",
}


def present(need: str) -> bool:
    """Whether this machine has what tests with that marker need."""
    if need == "browser":
        return shutil.which("chromium") is not None
    if need == "verapdf":
        return shutil.which("java") is not None and Path("/usr/share/java/jaxb-api.jar").exists()
    return shutil.which("pdftoppm") is not None


def lacking(item: pytest.Item) -> str | None:
    """What the test needs and the machine lacks, in words."""
    for need, advice in ADVICE.items():
        if item.get_closest_marker(need) and not present(need):
            return f"needs {advice}"
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    reason = lacking(item)
    if reason and os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; with CI=true nothing is skipped", pytrace=False)
    if reason:
        pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} skipped: {reason.removeprefix('Skipped: ')}")
