#!/usr/bin/env bash
# Installs what is missing: system packages, fonts, .venv. Does nothing, and needs neither root nor
# network, when all is there.   Usage: setup/setup.sh runtime|test|bench|cluster
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. setup/lib.sh
. setup/packages.sh
. setup/fonts.sh
. setup/python.sh
. setup/node.sh

mode=${1:-runtime}
packages=$RUNTIME_PACKAGES
case $mode in
    test) packages="$packages $TEST_PACKAGES" ;;
    bench) packages="$packages $BENCH_PACKAGES" ;;
esac

# Two makes at the same time must not write one .venv; the second waits and then finds all done.
lock_setup() {
    have_cmd flock && mkdir -p .cache 2>/dev/null || return 0
    { exec 9>.cache/setup.lock; } 2>/dev/null || return 0
    flock -n 9 || {
        say '另一个 make 正在准备环境，等它结束……'
        flock 9
    }
}

if ! venv_ready "$mode"; then
    lock_setup
    choose_python
    packages="$packages $(venv_package)"
fi
# shellcheck disable=SC2086  # the lists are words on purpose
ensure_packages $packages
ensure_fonts
venv_ready "$mode" || ensure_venv "$mode"
[ "$mode" != test ] || ensure_sdk
