#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# test_languages.sh - each file of dlls/rasapi32/po has a text for every RAS error that
# RasGetErrorString knows and for every country, once each and in order, and no other; no text
# is empty or longer than the 511 characters that programs leave room for.
set -u
cd "${srcdir:-$(dirname "$0")/..}" || exit 99
po=dlls/rasapi32/po
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
failures=0
# Characters are counted, not bytes.
LC_ALL=C.UTF-8
export LC_ALL

fail()
{
    echo "FAIL: $*"
    failures=$((failures + 1))
}

# "ERROR_TEXT 600" for each row of a language.
rows()
{
    sed -n 's/^\(ERROR_TEXT\|COUNTRY_NAME\)(\([0-9]*\), ".*")$/\1 \2/p; s/^LOGIN(.*)$/LOGIN/p' "$1"
}

# What a language must have.
wanted()
{
    echo LOGIN
    sed -n 's/^ERR(\([678][0-9]*\),.*/ERROR_TEXT \1/p' include/ras_errors.def
    sed -n 's/^COUNTRY(\([0-9]*\),.*/COUNTRY_NAME \1/p' include/ras_countries.def
}

# check FILE: tells what is wrong.
check()
{
    rows "$1" > "$dir/rows"
    cmp -s "$dir/wanted" "$dir/rows" || diff "$dir/wanted" "$dir/rows" | sed -n 's/^< /missing: /p; s/^> /too many: /p'
    iconv -f UTF-8 -t UTF-8 "$1" > /dev/null 2>&1 || echo "not UTF-8"
    # Comments, LOGIN, texts and empty lines are all there is.
    sed -e '1,/\*\//d' "$1" | grep -nvE '^(((ERROR_TEXT|COUNTRY_NAME)\([0-9]+, "[^"\\]+"|LOGIN\("[^)]*)\))?$' | grep -v LOGIN |
        sed 's/^/not a row: /'
    sed -n 's/^[A-Z_]*([0-9]*, "\(.*\)")$/\1/p' "$1" | grep -E '^.{512}' | sed 's/^/too long: /' | cut -c1-80
}

wanted > "$dir/wanted"
count=$(wc -l < "$dir/wanted")
[ "$count" -gt 500 ] || fail "only $count rows wanted"

languages=0
for file in "$po"/*.def; do
    [ "$file" != "$po/en.def" ] || continue
    languages=$((languages + 1))
    found=$(check "$file")
    [ -z "$found" ] || fail "$file: $found"
    grep -q "po/$(basename "$file")\"" dlls/rasapi32/rasapi32.rc || fail "$file: not in rasapi32.rc"
    grep -q "$file" dlls/rasapi32/local.mk || fail "$file: not in local.mk"
    grep -q "po/$(basename "$file")\"" winetest/languages.c || fail "$file: not in winetest/languages.c"
    grep -q "^$(basename "$file" .def) [a-z]*_[A-Z]* [a-z]*_[A-Z]*\$" winetest/run || fail "$file: no locale in winetest/run"
done
[ $languages -ge 4 ] || fail "only $languages languages"

# English stands in the tables.
sed -n 's/^ERR([0-9]*, [A-Z0-9_]*, "\(.*\)")$/\1/p; s/^COUNTRY(.*, "[A-Z]*", "\(.*\)")$/\1/p' \
    include/ras_errors.def include/ras_countries.def > "$dir/english"
[ "$(wc -l < "$dir/english")" -ge $((count - 1)) ] || fail "English lacks texts"
grep -nE '^.{512}|^$' "$dir/english" && fail "English: too long or empty"

# The checks see what they are for.
broken()
{
    what=$1
    shift
    sed "$@" "$po/de.def" > "$dir/broken.def"
    ! cmp -s "$po/de.def" "$dir/broken.def" || fail "nothing was broken: $what"
    check "$dir/broken.def" | grep -q "^$what" || fail "not noticed: $what"
}
broken 'missing: ERROR_TEXT 676' -e '/^ERROR_TEXT(676,/d'
broken 'missing: COUNTRY_NAME 81' -e '/^COUNTRY_NAME(81,/d'
broken 'too many: ERROR_TEXT 876' -e '$aERROR_TEXT(876, "Neu.")'
broken 'too many: ERROR_TEXT 676' -e '/^ERROR_TEXT(676,/p'
broken 'not a row: .*ERROR_TEXT(676' -e 's/^\(ERROR_TEXT(676, \).*/\1"")/'
broken 'too long: Ä' -e "s/^\(ERROR_TEXT(676, \).*/\1\"$(printf '%512s' | sed 's/ /Ä/g')\")/"
# 511 characters, though more bytes, are allowed.
sed "s/^\(ERROR_TEXT(676, \).*/\1\"$(printf '%511s' | sed 's/ /Ä/g')\")/" "$po/de.def" > "$dir/long.def"
[ -z "$(check "$dir/long.def")" ] || fail "511 characters are refused"

[ $failures = 0 ]
