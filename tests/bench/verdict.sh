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

# What is started with this isn't interrupted by what else runs on the machine, where that is allowed:
# then two times that belong together meet the same machine.
undisturbed()
{
    if chrt -r 1 true 2> /dev/null; then chrt -r 1 "$@"; else "$@"; fi
}

# Of each dial in the file "ECHO NOTICE": its median round trip and its median time to a notice.
dials()
{
    awk '
        function put(list, count, value,    i) {
            for (i = count; i && list[i] > value; i--) list[i + 1] = list[i]
            list[i + 1] = value
        }
        function median(list, count) {
            return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
        }
        function finish() {
            if (echoes && notices) print median(echo, echoes), median(notice, notices)
            echoes = notices = 0
        }
        $1 == "dial" { finish() }
        $1 == "echo" { put(echo, echoes++, $2 + 0) }
        $1 == "notice" || $1 == "connected" { put(notice, notices++, $2 + 0) }
        END { finish() }' "$1"
}

# verdict_notices FILE UNIT TEXT: changes of state beside the round trips of the bare socket, which
# were measured between them; each dial is compared with itself, so what slows the machine down for a
# while slows both.  Of Connected everybody who watches hears, so it also tells how busy the machine's
# processors are.
verdict_notices()
{
    local echo changes connected ratios

    echo=$(sed -n 's/^echo //p' "$1" | median)
    changes=$(sed -n 's/^\(notice\|connected\) //p' "$1" | median)
    connected=$(sed -n 's/^connected //p' "$1" | median)
    ratios=$(dials "$1" | awk '{ printf "%.3f\n", $2 / $1 }')
    echo "# 100 programs watch; medians: round trip of the bare socket $echo $2, to the next notice $changes $2;" \
        "to that of Connected alone, of which all of them hear, $connected $2"
    verdict "$3, beside the round trip of its socket, median of $(wc -l <<< "$ratios") dials" "$(median <<< "$ratios")" 2 ""
}
