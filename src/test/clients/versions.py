"""Which clients these are: the tests' claims name them."""

from importlib.metadata import version

for name in ("openai", "mcp", "schemathesis"):
    print(name, version(name))
