# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What PPP has agreed on and what the kernel has counted, as another program reads it: raslook.

# entry NAME [KEY=VALUE...]: in a phone book file, with the cable.
negotiated_entry()
{
    local name=$1

    shift
    printf '%s\n' "[$name]" Encoding=1 Type=1 "$@" "" MEDIA=rastapi Port= "Device=E2E Cable" "" DEVICE=null \
        PhoneNumber= "" >> $G/negotiated.pbk
}
: > $G/negotiated.pbk
chmod 644 $G/negotiated.pbk
negotiated_entry encrypted DataEncryption=256 SwCompression=0
negotiated_entry compressed DataEncryption=0 SwCompression=1 IpHeaderCompression=1
negotiated_entry eap DataEncryption=0 SwCompression=1 AuthRestrictions=128
negotiated_entry plain DataEncryption=0 SwCompression=0 IpHeaderCompression=0 AuthRestrictions=$((8 + 16 + 32 + 64 + 128 + 512))

# negotiated ENTRY PROFILE [option of the peer's pppd...]: dial, and look.
negotiated()
{
    local entry=$1 profile=$2

    shift 2
    export PEER_OPTIONS=$*
    line_start cable "$(id -u $who)" cable $G/tty-cable "$profile"
    dial --phonebook "Z:${G//\//\\}\\negotiated.pbk" --entry $entry --user alice --stay --no-ping
    expect_code ${dial_code:-0}
    as $who wineras status --json > "$L/status.log" 2>&1 || complain "wineras status failed"
    # Data that is well compressed.  The kernel may drop a packet while CCP opens.
    [ "$profile" = noip ] || ping -q -c 15 -i 0.1 -W 10 -s 1000 -p 00 10.64.64.1 > "$L/ping.log" ||
        complain "the peer does not answer"
    [ -z "${noise:-}" ] || "$noise"
    wine "$BUILD/tests/programs/raslook.cross$width.exe" > "$out" 2> "$L/wine.log" < /dev/null
    expect_line '^Exit code 0$'
    expect_line '^All: 0, .*, the same$'
    expect_line '^(Connection|Link): 0, sent [1-9].* bps 115200, some time$'
    expect_line '^Cleared: 0$'
    expect_line '^Counted anew$'
    unset PEER_OPTIONS
}

negotiated_end()
{
    expect_nothing_left
    line_stop cable
    result
}

# A frame with a wrong check sum, as a bad line makes it: TIOCSTI puts it where pppd's bytes come from.
broken_frames()
{
    perl -e 'open(my $tty, "+<", $ARGV[0]) or die $!;
        for my $byte (0x7e, 0xff, 0x7d, 0x23, 0, 0x21, 0x45, 0x41, 0x42, 0x43, 0x44, 0x45, 0x7e) {
            ioctl($tty, 0x5412, my $copy = chr($byte)) or die $!;
        }' "$(readlink -f $G/tty-cable)" || complain "no noise"
    # The kernel counts it when the next good one comes.
    ping -q -c 1 -W 10 10.64.64.1 > "$L/ping.log" || complain "the peer does not answer after the noise"
}

for width in 64 32; do
    scenario "negotiated: MS-CHAPv2 and MPPE" && {
        negotiated encrypted mppe
        expect_line '^LCP: 0, error 0, options 0x3, server.s 0x3, bundled 0, multilink 0$'
        expect_line '^Authentication: 0xc223 0x81 0, server.s 0 0 0, reply <Access granted>$'
        expect_line '^CCP: 0, error 0, 0 0x42, server.s 0 0x42$'
        # It does not get smaller by that.
        expect_line '^Connection: 0, sent [1-9][0-9]{4} in [1-9][0-9], received [1-9][0-9]{4} in .* errors 0 0 0 0 0 0, ratios 0 0, '
        negotiated_end
    }
done
width=64

scenario "negotiated: MPPE of 40 bit" && {
    negotiated encrypted mschap-v2 require-mppe-40 nomppe-128
    expect_line '^CCP: 0, error 0, 0 0x22, server.s 0 0x22$'
    negotiated_end
}

scenario "negotiated: PAP, Deflate and VJ" && {
    negotiated compressed pap
    expect_line '^IPv4: 0, error 0, <10\.64\.64\.2> <10\.64\.64\.1>, options 0x1, server.s 0x1$'
    expect_line '^Authentication: 0xc023 0 0, server.s 0 0 0, reply <Login ok>$'
    expect_line '^CCP: 0, error 0, 0 0x1, server.s 0 0x1$'
    expect_line '^Connection: .* ratios [1-9][0-9]? [1-9][0-9]?, '
    negotiated_end
}

scenario "negotiated: CHAP and compression one way" && {
    negotiated compressed chap deflate 15,0 nobsdcomp
    expect_line '^Authentication: 0xc223 0x5 0, server.s 0 0 0, reply <Access granted>$'
    expect_line '^CCP: 0, error 0, 0 0x1, server.s 0 0$'
    expect_line '^Connection: .* ratios 0 [1-9][0-9]?, '
    negotiated_end
}

# CCP is unknown to the peer; a frame is broken.
scenario "negotiated: EAP, a small MRU and little else" && {
    noise=broken_frames
    negotiated eap eap mru 600 noccp nopcomp noaccomp
    noise=
    expect_line '^LCP: 0, error 0, options 0, server.s 0, '
    expect_line '^Authentication: 0xc227 0 4, server.s 0 0 0, reply <>$'
    expect_line '^CCP: 0, error 733, 0 0, server.s 0 0$'
    expect_line '^Connection: .* errors [1-9] 0 0 0 0 0, ratios 0 0, '
    expect_log status '"mru":1500,"peer_mru":600,'
    negotiated_end
}

scenario "negotiated: MS-CHAP, and no CCP is wanted" && {
    negotiated plain mschap
    expect_line '^IPv4: 0, error 0, <10\.64\.64\.2> <10\.64\.64\.1>, options 0, server.s 0$'
    expect_line '^Authentication: 0xc223 0x80 0, server.s 0 0 0, '
    expect_line '^CCP: 731, '
    expect_line '^IPv6: 0, error '
    negotiated_end
}

scenario "negotiated: IPv6, and the peer has no IPv4" && {
    negotiated plain noip
    expect_line '^IPv4: 0, error 733, '
    expect_line '^IPv6: 0, error 0, [0-9a-f]{15}[2-9a-f] 0000000000000001$'
    expect_line '^Authentication: 0 0 0, server.s 0 0 0, reply <>$'
    negotiated_end
}
