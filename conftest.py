"""Loads what every test needs to know about the machine; stands here because pytest wants plugins named at the top."""

pytest_plugins = ("tests.needs",)
