# shellcheck shell=bash
# Microsoft's Open XML SDK as a program, from npm. Only one check of the tests needs it, and that check
# is skipped where it is missing: no failure here stops anything.

NODE_DIR=.cache/node

sdk_ready() {
    cmp -s setup/node/package-lock.json "$NODE_DIR/package-lock.json" && [ -e "$NODE_DIR/.complete" ]
}

ensure_sdk() {
    local log
    ! sdk_ready || return 0
    if ! have_cmd npm; then
        say '提示：没有 npm，Open XML SDK 的检查这次跳过（其余检查照常）。'
        return 0
    fi
    log=$(log_for npm)
    say "安装 Open XML SDK 检查程序（约 80 MB，日志在 $log）"
    # ci: the very versions and digests of the lock; --ignore-scripts: a download runs nothing.
    if rm -rf "$NODE_DIR" && mkdir -p "$NODE_DIR" &&
        cp setup/node/package.json setup/node/package-lock.json "$NODE_DIR" &&
        (cd "$NODE_DIR" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1) >>"$log" 2>&1 </dev/null; then
        : >"$NODE_DIR/.complete"
    else
        say "提示：没有装上，Open XML SDK 的检查这次跳过（其余检查照常），原因见日志 $log。"
    fi
}
