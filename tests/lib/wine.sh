# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced on this machine: a Wine for both widths and a fresh prefix of it, both in
# the cache.  The prefix is a pattern: copy it or put an overlay on it, never
# change it.  Sets wine_tree and wine_pattern.

wine_lib=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$wine_lib/cache.sh"

wine_ready()
{
    local key

    key=$({ dpkg-query -W -f '${Version}' libwine:amd64; cat "$wine_lib"/../wine/*; } | sha256sum | cut -c1-12)
    wine_tree=$test_cache/wine-$key/tree
    wine_pattern=$test_cache/wine-$key/prefix
    # Another checkout may be at it, or use one of another make: those stay.
    (
        flock 8
        [ ! -e "$test_cache/wine-$key/done" ] || exit 0
        rm -rf "$test_cache/wine-$key"
        mkdir -p "$test_cache/wine-$key"
        "$wine_lib/../wine/make32" "$wine_tree" 8>&- &&
            HOME=$test_cache/wine-$key "$wine_lib/../wine/prefix" "$wine_tree" "$wine_pattern" 8>&- \
                2> "$test_cache/prefix.log" || { cat "$test_cache/prefix.log" >&2; exit 1; }
        : > "$test_cache/wine-$key/done"
    ) 8> "$test_cache/wine.lock"
}
