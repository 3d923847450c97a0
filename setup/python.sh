# shellcheck shell=bash
# The interpreter and the project's virtual environment .venv.

VENV=.venv

# choose_python: sets PYTHON to the first interpreter that is new enough. It is asked instead of
# trusted by name: version managers leave commands on the PATH that do not work.
choose_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11; do
        have_cmd "$candidate" || continue
        PYTHON=$("$candidate" -c 'import sys; print(sys.executable if sys.version_info >= (3, 11) else "")' \
            2>/dev/null) || continue
        [ -z "$PYTHON" ] || return 0
    done
    local seen='没有找到 python3'
    ! have_cmd python3 || seen="现有的 python3 是 $(python3 -V 2>&1)"
    fail 'Python' "执笔需要 Python 3.11 或更高版本；$seen。" \
        '请安装 Python 3.11、3.12 或 3.13（Debian 12、Ubuntu 24.04 及以后的版本自带合用的 python3），' \
        '确认 python3 -V 能显示版本，然后重新执行刚才的 make 命令。'
}

# venv_package: the Debian package that lets PYTHON make virtual environments, when it cannot yet.
venv_package() {
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null && return 0
    case ${PYTHON##*/} in
        python3 | python) printf 'python3-venv\n' ;;
        *) printf '%s-venv\n' "${PYTHON##*/}" ;;
    esac
}

digest() { cat -- "$@" | sha256sum | cut -d ' ' -f 1; }

# The stamps hold the version of the interpreter too: after an upgrade of the system's Python
# .venv/bin/python still starts, but no longer sees the packages of the old version.
venv_version() {
    "$VENV/bin/python" -c 'import sys
if sys.version_info >= (3, 11) and sys.prefix != sys.base_prefix:
    print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

runtime_stamp() { printf '%s %s\n' "$1" "$(digest requirements.lock)"; }
# The runtime lock is part of it: a changed runtime lock may have moved packages under the tests.
test_stamp() { printf '%s %s\n' "$1" "$(digest requirements.lock requirements-test.lock)"; }
# extra_stamp MODE VERSION. These locks are made under both others: what they add stands beside the tests' packages.
extra_stamp() {
    printf '%s %s\n' "$2" "$(digest requirements.lock requirements-test.lock "requirements-$1.lock")"
}

stamp_is() { [ -f "$VENV/$1" ] && [ "$(cat "$VENV/$1")" = "$2" ]; }

# venv_ready MODE: nothing to do? The test environment is a superset and serves plain make as well.
venv_ready() {
    local version
    version=$(venv_version)
    [ -n "$version" ] || return 1
    case $1 in
        test) stamp_is .stamp-test "$(test_stamp "$version")" ;;
        bench | cluster) stamp_is ".stamp-$1" "$(extra_stamp "$1" "$version")" ;;
        *) stamp_is .stamp-runtime "$(runtime_stamp "$version")" ;;
    esac
}

write_stamp() {
    printf '%s\n' "$2" >"$VENV/$1.part"
    mv "$VENV/$1.part" "$VENV/$1"
}

# ensure_venv MODE (needs PYTHON)
ensure_venv() {
    local mode=$1 lock=requirements.lock log version
    [ "$mode" = runtime ] || lock=requirements-$mode.lock
    log=$(log_for pip)
    if [ -z "$(venv_version)" ] || ! "$VENV/bin/python" -c 'import pip' 2>/dev/null; then
        say "建立 Python 环境 $VENV（$("$PYTHON" -V 2>&1)）"
        if ! "$PYTHON" -m venv --clear "$VENV" >>"$log" 2>&1; then
            show_log "$log"
            fail "Python 环境 $VENV" "不能建立虚拟环境，详见日志 $log。" \
                '请检查本文件夹是否可写、磁盘是否有空间；删除 .venv 文件夹后重新执行刚才的 make 命令。'
        fi
    fi
    version=$(venv_version)
    say "安装 Python 软件包（$lock，日志在 $log）"
    # --no-deps: the lock is complete, nothing outside it may come in. A personal "user" or "target"
    # setting of pip would put the packages elsewhere, hence the three variables.
    if ! env -u PIP_TARGET -u PIP_PREFIX PIP_USER=0 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
        "$VENV/bin/python" -m pip install --progress-bar off --require-hashes --no-deps -r "$lock" >>"$log" 2>&1 </dev/null; then
        show_log "$log"
        fail "Python 环境 $VENV" "按 $lock 安装 Python 软件包没有成功，详见日志 $log。" \
            '请检查网络、代理、pip 的镜像设置（pip config list）以及本文件夹的权限，然后重新执行刚才的 make 命令；' \
            '如果仍不成功，删除 .venv 文件夹再试。'
    fi
    # Written last, so that an interrupted installation is taken up again.
    write_stamp .stamp-runtime "$(runtime_stamp "$version")"
    case $mode in
        test) write_stamp .stamp-test "$(test_stamp "$version")" ;;
        bench | cluster) write_stamp ".stamp-$mode" "$(extra_stamp "$mode" "$version")" ;;
    esac
}
