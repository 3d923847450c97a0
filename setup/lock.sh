#!/usr/bin/env bash
# Writes requirements.lock and those of the tests, the benchmarks and a cluster from pyproject.toml. Versions
# already locked stay unless UPGRADE=1. uv is used from a throwaway environment: the project does not depend on it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. setup/lib.sh
. setup/python.sh

choose_python
tmp=$(mktemp -d "${TMPDIR:-/tmp}/zhibi-lock.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
"$PYTHON" -m venv "$tmp"
"$tmp/bin/python" -m pip install --quiet uv

# --universal: one lock for every supported Python and platform. No index addresses: the lock must
# work with whatever mirror the reader's pip is set to.
compile() {
    "$tmp/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} "$@" pyproject.toml >/dev/null
}
compile -o requirements.lock
# Constrained by the runtime lock, so that the tests run with the very versions people use.
compile --extra test -c requirements.lock -o requirements-test.lock
# Constrained by both, so that these packages can stand beside the tests' in one .venv.
for extra in bench cluster; do
    compile --extra $extra -c requirements.lock -c requirements-test.lock -o requirements-$extra.lock
done
say '已更新 requirements.lock 和各个 requirements-*.lock。'
