# shellcheck shell=bash
# System packages: what is needed, what is missing, how to install it.

# The reasons for each package are in docs/dependencies.md. Read by setup.sh.
# shellcheck disable=SC2034
RUNTIME_PACKAGES='libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-liberation fontconfig'
# shellcheck disable=SC2034
BENCH_PACKAGES='pandoc libreoffice-writer-nogui'
# shellcheck disable=SC2034
TEST_PACKAGES='poppler-utils pandoc libreoffice-writer-nogui strace faketime qpdf'

has_library() { PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep -F "$1" >/dev/null; }

has_font() { fc-list "$1" file 2>/dev/null | grep . >/dev/null; }

# usable PACKAGE: is its content there although dpkg does not list it under this name? This serves
# systems without dpkg, programs installed by hand, and the full LibreOffice, with which the -nogui
# packages conflict.
usable() {
    case $1 in
        libpangoft2-1.0-0) has_library libpangoft2-1.0.so.0 ;;
        libharfbuzz-subset0) has_library libharfbuzz-subset.so.0 ;;
        fonts-noto-cjk)
            has_font 'Noto Serif CJK SC:bold' && has_font 'Noto Sans CJK SC:bold' &&
                has_font 'Noto Serif CJK SC:regular'
            ;;
        fonts-liberation) has_font 'Liberation Serif' && has_font 'Liberation Sans' ;;
        fontconfig) have_cmd fc-cache && have_cmd fc-list && have_cmd fc-match ;;
        poppler-utils) have_cmd pdftotext && have_cmd pdftoppm && have_cmd pdffonts && have_cmd pdfinfo ;;
        # On Debian a bare soffice may lack Writer, so there only the writer packages count.
        libreoffice-writer-nogui) ! have_cmd dpkg-query && have_cmd soffice ;;
        python3*-venv) false ;;
        *) have_cmd "$1" ;;
    esac
}

# missing_packages NAMES...: prints those that are neither installed nor otherwise usable.
missing_packages() {
    local name query=() installed=
    for name in "$@"; do
        query+=("$name" "${name}t64")
        [ "$name" != libreoffice-writer-nogui ] || query+=(libreoffice-writer)
    done
    if have_cmd dpkg-query; then
        # dpkg-query complains about names it does not know; only the answers matter.
        installed=$(dpkg-query -W -f '${Package}=${db:Status-Status}\n' "${query[@]}" 2>/dev/null) || true
    fi
    for name in "$@"; do
        case $'\n'$installed$'\n' in
            *$'\n'"$name=installed"$'\n'* | *$'\n'"${name}t64=installed"$'\n'*) continue ;;
        esac
        if [ "$name" = libreoffice-writer-nogui ]; then
            case $'\n'$installed$'\n' in *$'\n'libreoffice-writer=installed$'\n'*) continue ;; esac
        fi
        usable "$name" || printf '%s\n' "$name"
    done
}

apt_knows() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -Eq '^  Candidate: [^(]'; }

# Debian 13 and Ubuntu 24.04 renamed some libraries to NAMEt64.
apt_name() {
    if ! apt_knows "$1" && apt_knows "${1}t64"; then
        printf '%s\n' "${1}t64"
    else
        printf '%s\n' "$1"
    fi
}

admin_command() {
    local sudo=
    ! have_cmd sudo || sudo='sudo '
    printf '%sapt-get update && %sapt-get install -y --no-install-recommends %s\n' "$sudo" "$sudo" "$*"
}

# ensure_packages NAMES...
ensure_packages() {
    local missing names=() name log
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    if ! have_cmd apt-get; then
        fail '系统软件包' "缺少 ${missing[*]}；本机没有 apt-get，不能自动安装。" \
            '请管理员用本机的包管理器安装以上软件包（上面是 Debian/Ubuntu 的包名），然后重新执行刚才的 make 命令。' \
            "在 Debian/Ubuntu 上的命令是：$(admin_command "${missing[@]}")"
    fi
    if ! is_root; then
        fail '系统软件包' "缺少 ${missing[*]}；当前用户不是 root，不能自动安装。" \
            '请管理员执行下面的命令，然后重新执行刚才的 make 命令：' \
            "$(admin_command "${missing[@]}")"
    fi
    log=$(log_for apt)
    say "安装系统软件包：${missing[*]}（需要几分钟，日志在 $log）"
    # A broken third-party source makes update fail while the needed packages can still be had.
    apt_quiet "$log" update || say '提示：apt-get update 没有完全成功，用现有的软件包清单继续。'
    for name in "${missing[@]}"; do names+=("$(apt_name "$name")"); done
    # --no-remove: never take away somebody's software to make room for ours.
    if ! apt_quiet "$log" install -y --no-install-recommends --no-remove "${names[@]}"; then
        show_log "$log"
        fail '系统软件包' "安装 ${names[*]} 没有成功，详见日志 $log。" \
            '请检查网络和软件源，手工执行下面的命令排除问题，然后重新执行刚才的 make 命令：' \
            "$(admin_command "${names[@]}")"
    fi
}
