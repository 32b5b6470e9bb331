#!/bin/sh
# Resolve every extra for Python 3.11-3.13 on Linux, macOS and Windows: versions and hashes, no index address.
set -eu
compile() { "$UV" pip compile --quiet --generate-hashes --no-annotate --no-header "$@"; }
compile --universal --python-version 3.11 --all-extras pyproject.toml -o requirements.lock
compile --universal --python-version 3.11 requirements-browser.in -o requirements-browser.lock
echo "requirements.lock and requirements-browser.lock are up to date."
