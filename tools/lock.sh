#!/bin/sh
# Resolve every extra for Python 3.11-3.13 on Linux, macOS and Windows: versions and hashes, no index address.
set -eu
compile() { "$UV" pip compile --quiet --generate-hashes --no-annotate --no-header --universal --python-version 3.11 "$@"; }
compile --all-extras pyproject.toml -o requirements.lock
compile requirements-browser.in -o requirements-browser.lock
compile --constraints requirements.lock --extra classroom pyproject.toml deploy/jupyterhub/requirements.in -o deploy/jupyterhub/requirements.txt
compile --constraints requirements.lock --extra classroom pyproject.toml deploy/kubernetes/requirements.in -o deploy/kubernetes/requirements.txt
compile --constraints requirements.lock pyproject.toml requirements-bench.in -o requirements-bench.lock
compile requirements-release.in -o requirements-release.lock
echo "requirements.lock, requirements-browser.lock, requirements-bench.lock, requirements-release.lock and the two hubs' requirements.txt are up to date."
