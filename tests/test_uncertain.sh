#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Each "test: function" of doc/uncertain.md is there, and the function has a check with the
# prefix uncertain.  Those of pausing.c are called by several tests.
set -u
cd "${srcdir:-$(dirname "$0")/..}" || exit 99
failures=0

fail()
{
    echo "doc/uncertain.md: $*"
    failures=$((failures + 1))
}

has_mark()
{
    awk -v name="$2" '
        /^[A-Za-z]/ { inside = index($0, name "(") > 0 && $0 !~ /;$/ }
        /^}/ { inside = 0 }
        inside && /(^| )uncertain / { found = 1 }
        END { exit !found }' "winetest/$1.c"
}

rows=$(sed -n '/^## Without a test/q; /^| .*[^-]|$/p' doc/uncertain.md | grep -v '^| Question |')
test "$(echo "$rows" | wc -l)" -gt 60 || fail "no rows"
echo "$rows" | grep -v '`[a-z_]*: [A-Za-z0-9_]*` |$' && fail "rows that name no test"
for pair in $(echo "$rows" | grep -o '`[a-z_]*: [A-Za-z0-9_]*`' | tr -d '` ' | sort -u); do
    test=${pair%:*} function=${pair#*:}
    test "$test" = pausing || grep -qx "TEST($test)" winetest/tests.def || fail "$test is no test"
    has_mark "$test" "$function" || fail "$test: no guess in $function"
done
test $failures = 0 || exit 1
