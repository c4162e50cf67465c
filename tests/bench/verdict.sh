# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced by the benchmark: what is measured beside what it must not go over.

# The median of the numbers of standard input, one a line.
median()
{
    sort -n | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

# verdict TEXT MEASURED BOUND UNIT [at-least]: the bound is the most that is good, or the least.
# Fails when it is broken; bench_broken counts those.
bench_broken=0
verdict()
{
    awk -v text="$1" -v measured="$2" -v bound="$3" -v unit="${4:+ $4}" -v least="${5:-}" 'BEGIN {
        good = measured != "" && (least ? measured + 0 >= bound + 0 : measured + 0 <= bound + 0)
        printf "%sok - %s: measured %s%s, %s %s%s\n", good ? "" : "not ", text, measured == "" ? "nothing" : measured, unit,
            least ? "at least" : "at most", bound, unit
        exit !good }' || bench_broken=$((bench_broken + 1))
}

ratio()
{
    awk -v a="$1" -v b="$2" 'BEGIN { if (b + 0 > 0) printf "%.3f", a / b }'
}

# verdict_notices FILE UNIT TEXT: all changes of state beside the round trips of the bare socket.  Of
# Connected everybody who watches hears, so it also tells how busy the machine's processors are.
verdict_notices()
{
    local echo changes connected

    echo=$(sed -n 's/^echo //p' "$1" | median)
    changes=$(sed -n 's/^\(notice\|connected\) //p' "$1" | median)
    connected=$(sed -n 's/^connected //p' "$1" | median)
    echo "# 100 programs watch; medians: round trip of the bare socket $echo $2, to the next notice $changes $2;" \
        "to that of Connected alone, of which all of them hear, $connected $2"
    verdict "$3, beside the round trip of its socket" "$(ratio "$changes" "$echo")" 2 ""
}
