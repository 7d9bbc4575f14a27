"""The organisation's seal: its keys, and how it is put on a file made here."""

from app.rendering.seal.keys import Sealer, demo_certificate, known, load
from app.rendering.seal.sealing import sealed

__all__ = ["Sealer", "demo_certificate", "known", "load", "sealed"]
