#!/usr/bin/env bash
# Plants faults (mutants) into the rooms that pyproject.toml names under [tool.mutmut], one at a time, runs the
# tests against each, and prints per module how many the tests found.
# Usage: setup/mutants.sh [PATTERN...], as in setup/mutants.sh 'zhibi.output.names*'
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. setup/lib.sh

# Not in the locked test set: it is run by hand only, and nothing that is shipped depends on it.
MUTMUT=mutmut==3.8.1

if ! .venv/bin/python -m pip freeze 2>/dev/null | grep -qx "$MUTMUT"; then
    say "安装 $MUTMUT ……"
    .venv/bin/python -m pip install --quiet "$MUTMUT" ||
        fail '变异测试' "$MUTMUT 安装没有成功。" '请检查网络和 pip 的源，再执行 make mutants。'
fi

# CI=true: the laws look at the same cases every time, so that a survivor survives the next run too.
log=$(log_for mutants)
say "放错并逐个运行测试，日志在 $log ……"
if ! CI=true .venv/bin/mutmut run --max-children "${JOBS:-2}" "$@" >"$log" 2>&1; then
    show_log "$log"
    fail '变异测试' '没有放错的程序就没有通过测试，或 mutmut 自己出错。' '请先让 make test 通过，再执行 make mutants。'
fi

# Faults that make the program hang are found by the time limit; those that no test reaches are not found.
say '模块                            查出  超时  漏过  没测  比例'
.venv/bin/mutmut results --all true | awk -F': ' '
    / (killed|timeout|survived|no tests)$/ {
        module = $1
        sub(/^ +/, "", module)
        sub(/\.x[^.]*$/, "", module)
        count[module, $2]++
        modules[module] = 1
    }
    function row(name, killed, late, left, none,    all) {
        all = killed + late + left + none
        return sprintf("%-32s%4d  %4d  %4d  %4d  %3d%%", name, killed, late, left, none, 100 * (killed + late) / all)
    }
    END {
        for (module in modules) {
            k = count[module, "killed"]; t = count[module, "timeout"]
            s = count[module, "survived"]; n = count[module, "no tests"]
            print row(module, k, t, s, n) | "sort"
            K += k; T += t; S += s; N += n
        }
        close("sort")
        if (K + T + S + N) print row("合计", K, T, S, N)
    }'
say '漏过的逐个看：.venv/bin/mutmut results；.venv/bin/mutmut show 名称'
