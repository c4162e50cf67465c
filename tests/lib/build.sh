# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced: building in a folder of its own.  SRC is set.

# build_in FOLDER LOG [CONFIGURE-OPTION...]: everything, with the programs of the
# tests.  Says nothing unless it fails.
build_in()
{
    local dir=$1 log=$2

    shift 2
    mkdir -p "$dir"
    {
        [ -x "$SRC/configure" ] && [ "$SRC/configure" -nt "$SRC/configure.ac" ] ||
            (cd "$SRC" && autoreconf -fi) || return 1
        [ -e "$dir/Makefile" ] || (cd "$dir" && "$SRC/configure" -q "$@") || return 1
        make -s -j"$(nproc)" -C "$dir" &&
            make -s -j"$(nproc)" -C "$dir" check TESTS=
    } > "$log" 2>&1 < /dev/null && return
    tail -n 60 "$log"
    return 1
}
