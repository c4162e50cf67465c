#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# lint.sh - what a script can check of the style: SPDX lines, blanks, tabs, widths
# and sizes of all source files, and the man pages.
set -u
cd "${srcdir:-$(dirname "$0")/..}" || exit 99
failures=0

fail()
{
    echo "$*"
    failures=$((failures + 1))
}

# Of a clone the tracked files, of an unpacked archive all that it has and was not built.
files=
if test -e .git && command -v git >/dev/null; then
    files=$(git ls-files 2>/dev/null)
fi
if test -z "$files"; then
    files=$(find . -path ./build-aux -prune -o -path ./autom4te.cache -prune -o -path ./.git -prune -o \
        -type f -print | sed 's,^\./,,' |
        grep -Ev -e '^(Makefile(\.in)?|aclocal\.m4|configure|config\.(log|status)|include/(config\.h(\.in)?|stamp-h1))~?$' \
            -e '^(build|_build|wineras-[0-9])' -e '\.(log|trs|Po)$' -e '\.dirstamp$')
fi
test -n "$files" || { echo "no files"; exit 99; }

checked=0
for file in $files; do
    test -f "$file" || continue
    case $file in
    *.c | *.h | *.def | *.rc | *.mk | *.sh | *.m4 | *.am | *.ac | *.md | *.in | *.[158] | .ci/* | tests/*) ;;
    *) continue ;;
    esac
    # data of tests may be anything
    case $file in
    */data/* | */vectors/* | */corpus/*) continue ;;
    esac
    grep -Iq . "$file" || continue
    checked=$((checked + 1))
    head -n 5 "$file" | grep -q 'SPDX-License-Identifier: LGPL-2\.1-or-later' || fail "$file: no SPDX line"
    grep -nE '[[:blank:]]+$' "$file" | sed "s,^,$file: blank at the end: ," | grep . && failures=$((failures + 1))
    case $file in
    *.c | *.h | *.def | *.rc | *.sh)
        grep -n "$(printf '\t')" "$file" | sed "s,^,$file: tab: ," | grep . && failures=$((failures + 1))
        lines=$(wc -l <"$file")
        case $file in
        *.def) ;;
        *) test "$lines" -le 800 || fail "$file: $lines lines" ;;
        esac
        ;;
    esac
    case $file in
    *.c | *.h)
        awk -v file="$file" 'length($0) > 120 { print file ": " FNR ": " length($0) " columns"; bad = 1 } END { exit bad }' \
            "$file" || failures=$((failures + 1))
        ;;
    esac
done
test $checked -gt 20 || fail "only $checked files"

# Whoever sets a variable finds it in a manual.  What Wine itself sets is none of them.
for name in $(grep -rhoE '(getenv\(|GetEnvironmentVariable[AW]\(L?)"[A-Z_]+"' programs libs plugin dlls |
    sed 's/.*("\{0,1\}L\{0,1\}"\{0,1\}//; s/"$//' | sort -u); do
    case $name in WINEHOMEDIR) continue ;; esac
    grep -q "^\.It Ev.*\<$name\>" doc/*.[158] || fail "$name: in no manual"
done

# The manuals that these name are not all installed where they are checked.
if command -v mandoc >/dev/null; then
    mandoc -Tlint doc/*.[158] 2>&1 | grep -v -e 'referenced manual not found' -e 'outdated mandoc.db' && failures=$((failures + 1))
fi

test $failures = 0 || exit 1
