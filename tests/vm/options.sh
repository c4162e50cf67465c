# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced by plugin.sh: what an ordinary user of group dip can't make pppd do by way of
# wineras, whatever is on the command line, in ~/.ppprc, or behind the descriptor.
# shellcheck disable=SC2154 # of plugin.sh

forge=$BUILD/tests/peers/forgefd
privileged=$(sed -n 's/^PRIVILEGED("\(.*\)")$/\1/p' "$SRC/tests/pppd_privileged.def")
fixed=$(sed -n 's/^FIXED("\(.*\)")$/\1/p' "$SRC/tests/pppd_privileged.def")
so=$tmp/lib/wineras.so

# verdict NAME PROBLEM...: one result for many tries.
verdict()
{
    local name=$1

    shift
    [ $# = 0 ] && { ok "$name"; return; }
    printf '%s\n' "$@" > "$tmp/log"
    : > "$tmp/peer"
    not_ok "$name"
}

as_tester()
{
    setpriv --reuid=tester --regid=tester --init-groups env HOME=/home/tester timeout -k 5 30 "$@" < /dev/null > "$tmp/said" 2>&1
}

# An argument that each of pppd's kinds takes.
argument_of()
{
    case $1 in
    number) echo 1 ;;
    text | special) echo /tmp/x ;;
    esac
}

# ---- pppd's own list ------------------------------------------------------------------

"$pppd" plugin "$BUILD/tests/peers/pppdoptions.so" > "$tmp/options" 2> "$tmp/said"
problems=()
[ "$(wc -l < "$tmp/options")" -gt 200 ] || problems+=("$(wc -l < "$tmp/options") options only: $(cat "$tmp/said")")
while read -r name rest; do
    class=${rest##* }
    case $class/$name in
    privileged/*) list=$privileged ;;
    fixed/device) continue ;;
    fixed/*) list=$fixed ;;
    *) continue ;;
    esac
    grep -q -x -F -e "$name" <<< "$list" || problems+=("pppd_privileged.def lacks $name, which is $class")
done < "$tmp/options"
verdict "privileged options are all known" ${problems[@]+"${problems[@]}"}

if [ "$pppd" = /usr/sbin/pppd ]; then

# ---- the user's own ways to options ------------------------------------------------------

# refused ARGUMENT...: by pppd, for the option, before all else.
refused()
{
    local status

    as_tester "$pppd" "$@"
    status=$?
    [ $status = 2 ] && grep -q "requires root privilege" "$tmp/said" ||
        problems+=("$*: status $status, $(tail -n 1 "$tmp/said")")
}
had=$(awk '$NF == "privileged" { print $1, $2 }' "$tmp/options")
problems=()
while read -r name kind; do
    # shellcheck disable=SC2046 # none or one
    refused call wineras "$name" $(argument_of "$kind")
done <<< "$had"
refused noauth call wineras # whatever comes first
# What the plugin adds for root.
refused call wineras wineras-routes
refused call wineras wineras-resolver /tmp/x
verdict "privileged options on the command line" ${problems[@]+"${problems[@]}"}

problems=()
while read -r name kind; do
    echo "$name $(argument_of "$kind")" > /home/tester/.ppprc
    refused call wineras
    mv /home/tester/.ppprc "$tmp/user-file"
    chmod 644 "$tmp/user-file"
    refused call wineras file "$tmp/user-file"
done <<< "$had"
verdict "privileged options in ~/.ppprc and in a file" ${problems[@]+"${problems[@]}"}

# Texts that look like options or like two of them are one argument to pppd.
problems=()
for text in "-plugin" "--plugin" "plugin $so" "plugin=$so" $'plugin\n'"$so" "'plugin' $so" '"plugin"' ' plugin' 'PLUGIN'; do
    as_tester "$pppd" call wineras "$text" "$so"
    [ $? = 2 ] && grep -q "unrecognized option" "$tmp/said" || problems+=("$text: $(tail -n 1 "$tmp/said")")
done
verdict "texts that are no options" ${problems[@]+"${problems[@]}"}

# The peers file is one of names, not of paths; files are read and written as the user.
echo "plugin $so" > "$tmp/evil"
chmod 644 "$tmp/evil"
install -m 600 /dev/null /etc/ppp/root-only
problems=()
for call in "$tmp/evil" "../../$tmp/evil" "wineras/../../../$tmp/evil" . .. ''; do
    as_tester "$pppd" call "$call" call wineras
    case $? in 1 | 2) ;; *) problems+=("call $call: $(tail -n 1 "$tmp/said")") ;; esac
done
as_tester "$pppd" call wineras file /etc/ppp/root-only
[ $? = 2 ] || problems+=("a file of root's alone: $(tail -n 1 "$tmp/said")")
for file in logfile record; do
    as_tester "$pppd" call wineras $file /etc/ppp/evil nodetach pty "exec sleep 0.1"
    [ ! -e /etc/ppp/evil ] || problems+=("$file writes as root")
    rm -f /etc/ppp/evil
done
rm -f /etc/ppp/root-only
verdict "files and calls" ${problems[@]+"${problems[@]}"}

# Programs run with the user's rights.
problems=()
mkdir -m 777 "$tmp/ids"
for option in pty connect init disconnect welcome; do
    id="sh -c 'id -ru > $tmp/ids/$option; id -u >> $tmp/ids/$option; id -G >> $tmp/ids/$option'"
    if [ $option = pty ]; then
        as_tester "$pppd" call wineras pty "$id" nodetach
    else
        "$drive" -U tester -c "$tmp/none" -t 20 -a lcp_up=term -s "exec $server" -- "$pppd" call wineras \
            wineras-fd @FD@ local nocrtscts noipv6 "$option" "$id" lcp-restart 1 lcp-max-configure 2 > "$tmp/said" 2>&1
    fi
    [ -s "$tmp/ids/$option" ] || problems+=("$option did not run")
    grep -q -w 0 "$tmp/ids/$option" && problems+=("$option runs as root: $(tr '\n' ' ' < "$tmp/ids/$option")")
done
verdict "programs that a user names" ${problems[@]+"${problems[@]}"}

# ---- the plugin's own option ---------------------------------------------------------------

problems=()
as_tester "$pppd" wineras-fd 3
[ $? = 2 ] && grep -q "unrecognized option" "$tmp/said" || problems+=("without the peers file: $(tail -n 1 "$tmp/said")")
as_tester "$pppd" plugin "$so" wineras-fd 3
[ $? = 2 ] && grep -q "requires root privilege" "$tmp/said" || problems+=("plugin: $(tail -n 1 "$tmp/said")")
for fd in 0 1 2 3 7 1023 -1 '' 3x ' 3 4' $'3\n4' 0x3 4294967299 99999999999999999999 wineras-fd /dev/fd/3; do
    as_tester "$pppd" call wineras wineras-fd "$fd"
    [ $? = 2 ] && grep -q "wineras: wineras-fd: " "$tmp/said" || problems+=("number $fd: $(tail -n 1 "$tmp/said")")
done
verdict "numbers that are no socket" ${problems[@]+"${problems[@]}"}

problems=()
forged()
{
    local status

    "$forge" -U tester "$1" "$pppd" call wineras wineras-fd @FD@ nodetach notty < /dev/null > "$tmp/said" 2>&1
    status=$?
    [ $status = 2 ] && grep -q "wineras-fd: $2" "$tmp/said" ||
        problems+=("$1: status $status, $(tail -n 1 "$tmp/said"), not '$2'")
}
forged pipe "not a local socket"
forged file "not a local socket"
forged inet "not a local socket"
forged stream "not a packet socket"
forged datagram "not a packet socket"
forged foreign "the socket belongs to another user"
forged mute "no configuration in the socket"
forged gone "the manager is gone"
forged version "the manager has another version"
forged garbage "a malformed message"
forged long "a message is too long"
forged late "credentials before the configuration"
forged twice "a second configuration"
"$forge" -U tester good "$pppd" call wineras wineras-fd @FD@ wineras-fd @FD@ nodetach notty < /dev/null > "$tmp/said" 2>&1
[ $? = 2 ] && grep -q "option given twice" "$tmp/said" || problems+=("twice: $(tail -n 1 "$tmp/said")")
verdict "descriptors that are not the manager's" ${problems[@]+"${problems[@]}"}

fi

# Root's own pppd with the plugin and without its option is a pppd as any other.
problems=()
timeout -k 5 30 "$pppd" plugin "$so" noauth dryrun nodetach notty < /dev/null > "$tmp/said" 2>&1 ||
    problems+=("status $?: $(tail -n 1 "$tmp/said")")
verdict "the plugin without its option" ${problems[@]+"${problems[@]}"}
