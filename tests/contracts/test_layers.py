"""Imports go one way: the contracts of setup.cfg are kept."""

import subprocess
import sys
from pathlib import Path

from tests.contracts.tree import ROOT


def test_imports_go_one_way_and_renderers_know_no_kind():
    lint = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
