"""Serves an installation to the browser tests: python -m tests.browser.serve FOLDER PORT."""

import sys
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from app.web import create_app
from tests.web.site import settings_in


class Quiet(WSGIRequestHandler):
    def log(self, type, message, *args):
        """The tests say what matters."""


def main(folder: str, port: str) -> None:
    settings = settings_in(Path(folder), base_url=f"http://127.0.0.1:{port}")
    make_server("127.0.0.1", int(port), create_app(settings), threaded=True, request_handler=Quiet).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
