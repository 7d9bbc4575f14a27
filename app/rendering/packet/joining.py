"""Records one after another in one file, with nothing else: for what is read once and never kept."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf

from app.rendering.packet.binding import Binding

OWN_DATA = ("/Names", "/AF", "/Outlines")
"""What the first record says of itself alone."""


def joined(records: Sequence[bytes]) -> bytes:
    """The pages and structure of one or more records, in order; none of their attachments."""
    first, *rest = records
    binding = Binding.of(first)
    root = binding.file.Root
    for key in OWN_DATA:
        if key in root:
            del root[key]
    spoken = list(root.StructTreeRoot.K.K.as_list())
    pages = [page.obj for page in binding.file.pages]
    for record in rest:
        with pikepdf.open(io.BytesIO(record)) as source:
            more, element, _ = binding.add(source)
            element.S = pikepdf.Name.Part
            pages += more
            spoken.append(element)
            binding.pages(pages)
    binding.structure(spoken)
    binding.pages(pages)
    return binding.saved()
