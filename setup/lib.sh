# shellcheck shell=bash
# Shared helpers of the set-up scripts. Sourced by bash, never run by itself.
# Messages are for the person at the terminal (Chinese); tool output goes to logs.

# English tool output keeps the log searches below independent of the locale.
# C.UTF-8 instead of C: file names of the project may hold Chinese.
LOG_LOCALE=C.UTF-8

say() { printf '%s\n' "$*"; }

# fail 位置 原因 办法...   Every failure says where, what and how to fix, and ends with 2.
fail() {
    local where=$1 what=$2
    shift 2
    {
        printf '出错位置：%s\n' "$where"
        printf '  原因：%s\n' "$what"
        printf '  办法：'
        printf '%s\n        ' "$@" | sed '$d'
    } >&2
    exit 2
}

# log_for NAME: path of a log under .cache/, or a temporary file when that is not writable
# (for example when root ran make in this folder before).
log_for() {
    local file=.cache/$1.log
    if mkdir -p .cache 2>/dev/null && : 2>/dev/null >"$file"; then
        printf '%s\n' "$file"
    else
        mktemp "${TMPDIR:-/tmp}/zhibi-$1.XXXXXX"
    fi
}

show_log() {
    printf -- '---- 日志 %s 的最后几行 ----\n' "$1" >&2
    tail -n 15 "$1" >&2
    printf -- '----\n' >&2
}

is_root() { [ "$(id -u)" -eq 0 ]; }

have_cmd() { command -v "$1" >/dev/null 2>&1; }

# apt_quiet LOG ARGS...: apt-get without questions. DPkg::Lock::Timeout covers dpkg's own lock;
# the locks of the package lists and of the download folder are not waited for by apt, hence the loop.
apt_quiet() {
    local log=$1 deadline=$((SECONDS + 600)) mark told=
    shift
    while :; do
        mark=$(wc -l <"$log")
        if LC_ALL=$LOG_LOCALE DEBIAN_FRONTEND=noninteractive \
            apt-get -o DPkg::Lock::Timeout=600 "$@" >>"$log" 2>&1 </dev/null; then
            return 0
        fi
        if [ "$SECONDS" -ge "$deadline" ] ||
            ! tail -n "+$((mark + 1))" "$log" | grep -Eq 'is held by process|Resource temporarily unavailable'; then
            return 1
        fi
        [ -n "$told" ] || say '另一个 apt 正在运行，等它结束（最多 10 分钟）……'
        told=1
        sleep 5
    done
}
