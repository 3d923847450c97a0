# shellcheck shell=bash
# The 仿宋 and 楷体 faces. Debian ships them only inside texlive-lang-chinese, which would bring
# some 280 MB of TeX: the .deb is downloaded and the two files are taken out of it.

FONT_PACKAGE=texlive-lang-chinese
FONT_FILES='FandolFang-Regular.otf FandolKai-Regular.otf'
SYSTEM_FONT_DIR=/usr/local/share/fonts/zhibi

# ~ instead of $HOME: bash finds the home folder even where HOME is not set.
user_font_dir() {
    local home=~
    printf '%s\n' "${XDG_DATA_HOME:-$home/.local/share}/fonts/zhibi"
}

fonts_in() {
    local file
    for file in $FONT_FILES; do [ -s "$1/$file" ] || return 1; done
}

# fetch_deb LOG: the package into the current folder. When the lists are missing or out of date,
# they are refreshed once: the system's own by root, a private copy by everybody else.
fetch_deb() {
    local log=$1 private
    apt_quiet "$log" download "$FONT_PACKAGE" && return 0
    if is_root; then
        apt_quiet "$log" update || true
        apt_quiet "$log" download "$FONT_PACKAGE"
    else
        mkdir -p lists/partial cache/archives/partial
        private=(-o "Dir::State::Lists=$PWD/lists" -o "Dir::Cache=$PWD/cache")
        apt_quiet "$log" "${private[@]}" update || true
        apt_quiet "$log" "${private[@]}" download "$FONT_PACKAGE"
    fi
}

# install_fonts LOG DIR: in a subshell (see below), so that cd and the traps end with it.
install_fonts() (
    set -euo pipefail
    log=$1 dir=$2
    tmp=$(mktemp -d "${TMPDIR:-/tmp}/zhibi-fonts.XXXXXX")
    trap 'rm -rf "$tmp"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    case $log in /*) ;; *) log=$PWD/$log ;; esac
    cd "$tmp"
    fetch_deb "$log" || exit 1
    mkdir out
    patterns=()
    for file in $FONT_FILES; do patterns+=("*/$file"); done
    # Only the wanted files are unpacked, not the 100 MB and more of the whole package.
    dpkg-deb --fsys-tarfile ./"$FONT_PACKAGE"_*.deb 2>>"$log" |
        tar -x -C out --wildcards "${patterns[@]}" 2>>"$log" || exit 1
    for file in $FONT_FILES; do
        found=$(find out -type f -name "$file" | head -n 1)
        if [ -z "$found" ]; then
            echo "$file: not in $FONT_PACKAGE" >>"$log"
            exit 1
        fi
        # Copy beside, then rename: an interrupted run leaves no half font behind.
        install -m 644 "$found" "$dir/.$file.part" 2>>"$log" || exit 1
        mv "$dir/.$file.part" "$dir/$file"
    done
)

ensure_fonts() {
    local dir log tool
    dir=$(user_font_dir)
    ! fonts_in "$SYSTEM_FONT_DIR" || return 0
    ! fonts_in "$dir" || return 0
    ! is_root || dir=$SYSTEM_FONT_DIR
    for tool in apt-get dpkg-deb; do
        if ! have_cmd "$tool"; then
            fail '仿宋、楷体字体' "缺少字体文件 ${FONT_FILES// /、}；本机没有 $tool，不能自动下载（这一步只支持 Debian/Ubuntu）。" \
                "请从 Debian 软件包 $FONT_PACKAGE 或 CTAN 的 fandol 字体包中取出这两个文件，放到 $dir ，" \
                "执行 fc-cache -f '$dir'，然后重新执行刚才的 make 命令。"
        fi
    done
    if ! mkdir -p "$dir" 2>/dev/null || [ ! -w "$dir" ]; then
        fail '仿宋、楷体字体' "不能写入字体文件夹 $dir 。" \
            '请检查该文件夹的权限，或用环境变量 XDG_DATA_HOME 另指一个可写的位置，' \
            "或者请管理员（root）执行一次 make，把字体装到 $SYSTEM_FONT_DIR 。"
    fi
    log=$(log_for fonts)
    say "下载仿宋、楷体字体（约 50 MB，只留下两个字体文件，放到 $dir，日志在 $log）"
    if ! install_fonts "$log" "$dir"; then
        show_log "$log"
        fail '仿宋、楷体字体' "没有得到字体文件 ${FONT_FILES// /、}，详见日志 $log。" \
            "请检查网络、磁盘空间和软件源（需要软件包 $FONT_PACKAGE，可用 apt-cache policy $FONT_PACKAGE 查看）；" \
            '必要时请管理员执行 apt-get update，然后重新执行刚才的 make 命令。'
    fi
    fc-cache -f "$dir" >>"$log" 2>&1 || say "提示：fc-cache -f '$dir' 没有成功，新字体可能要稍后才能用上。"
}
