#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# doc/wineras-phonebook.5 tells of every key of a phone book and every member and flag of
# RASENTRY whether it is honoured or kept, and of a key what carries it, as the table
# of the DLL has it.  doc/wineras.1 names what the tool's JSON objects have.
set -u
cd "${srcdir:-$(dirname "$0")/..}" || exit 99
page=doc/wineras-phonebook.5
failures=0

fail()
{
    echo "$*"
    failures=$((failures + 1))
}

# "key word" for each word of the text below a key; its list may name several keys.
words=$(awk '
    /^\.It (Cm|Va) / {
        count = 0
        for (i = 3; i <= NF; i++) if ($i != ",") keys[++count] = $i
        next
    }
    /^\.(El|Sh|Ss)/ { count = 0 }
    {
        line = $0
        gsub(/[^A-Za-z0-9_]/, " ", line)
        n = split(line, word, " ")
        for (i = 1; i <= count; i++) for (j = 1; j <= n; j++) print keys[i], word[j]
    }' $page)

says()
{
    printf '%s\n' "$words" | grep -Eqx "$1 ($2)"
}

named()
{
    grep -Eq "^\.(It )?($1) (.* )?$2( |\$)" $page || fail "$2: not in $page"
}

keys=$(sed -n 's/^PBK_KEY([A-Z]*, \([A-Za-z0-9_]*\))$/\1/p' libs/rascommon/pbk_keys.def)
test "$(echo "$keys" | wc -l)" -gt 150 || fail "no table of keys"
for key in $keys; do
    says "$key" 'Honoured|Kept' || fail "$key: neither honoured nor kept"
done

members=$(awk '/^typedef struct RAS_AW\(tagRASENTRY\)/ { inside = 1 } /^}/ { inside = 0 }
    inside && /;/ { sub(/;.*/, ""); sub(/\[.*/, ""); print $NF }' include/ras_twins.h)
test "$(echo "$members" | wc -l)" -gt 50 || fail "no members of RASENTRY"
for member in $members; do named Va "$member"; done

flags=$(sed -n 's/^#define \(RASEO2\{0,1\}_[A-Za-z0-9]*\) .*/\1/p' include/ras.h)
test "$(echo "$flags" | wc -l)" -gt 60 || fail "no flags of RASENTRY"
for flag in $flags; do named Dv "$flag"; done

# What carries a key.
table=dlls/rasapi32/entry_keys.def
rows=$(grep -E '^(NUMBER|STRING|IPV4|IPV6|FLAG|MIRROR|BIT|SCRIPT)\(' $table |
    sed -e 's/^SCRIPT(\([A-Z0-9_]*\), /STRING(\1, "Name", /' \
        -e 's/^BIT(\([A-Z0-9_]*, "[A-Za-z0-9_]*"\), [^,]*, /FLAG(\1, /' \
        -e 's/, dwfOptions2\{0,1\}, /, /' \
        -e 's/^[A-Z0-9]*([A-Z0-9_]*, "\([A-Za-z0-9_]*\)", \([A-Za-z0-9_]*\)[,)].*/\1 \2/')
test "$(echo "$rows" | wc -l)" -gt 80 || fail "no rows in $table"
while read -r key carrier; do
    says "$key" "$carrier" && says "$key" 'Honoured|Kept' || fail "$key: not that of $carrier"
done <<EOF
$rows
EOF

# What "wineras status --json" and "wineras devices --json" print.
json=$(grep -Eoh -e '(json_member|print_servers)\("[a-z0-9_]+"' -e '\\"[a-z0-9_]+\\":' programs/wineras/cmd_status.c \
    programs/wineras/cmd_devices.c | sed -e 's/^[^"]*"//' -e 's/[\\"].*//')
test "$(echo "$json" | wc -l)" -gt 20 || fail "no members of JSON objects"
for member in $json; do
    grep -Eq "^\.Ql $member( [,.)]|$)" doc/wineras.1 || fail "$member: not in doc/wineras.1"
done

test $failures = 0 || exit 1
