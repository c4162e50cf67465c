# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What an entry says of PPP, as the peer sees it.

entries settings
modem_entry plain 5550100 DataEncryption=0 SwCompression=0 IpHeaderCompression=0 LcpExtensions=0 ExcludedProtocols=11
modem_entry full 5550100 DataEncryption=8 SwCompression=1 IpHeaderCompression=1 LcpExtensions=1 ExcludedProtocols=3
modem_entry no-ipv4 5550107 ExcludedProtocols=3
modem_entry ipv6 5550107 ExcludedProtocols=7
modem_entry address 5550110 IpAssign=2 IpAddress=10.64.64.77
modem_entry refused-address 5550100 IpAssign=2 IpAddress=10.64.64.77 ExcludedProtocols=11
modem_entry servers 5550100 IpNameAssign=2 IpDnsAddress=192.0.2.53 IpDns2Address=192.0.2.54 IpWinsAddress=192.0.2.55 \
    IpWins2Address=0.0.0.0
modem_entry encrypted 5550106 DataEncryption=512
modem_entry encrypted-any 5550106 DataEncryption=256
modem_entry encrypted-default 5550106
modem_entry default 5550104
modem_entry not-encrypted 5550104 DataEncryption=256
modem_entry clear-password 5550101 DataEncryption=256
modem_entry eap 5550105 AuthRestrictions=128
modem_entry not-eap 5550104 AuthRestrictions=128
modem_entry idle 5550100 IdleDisconnectSeconds=2 ExcludedProtocols=11

expect_no_log()
{
    ! grep -q -e "$2" "$L/$1.log" || complain "$1.log has /$2/"
}

modem_up

# pppd speaks of CCP, and the manager rejects it as a protocol that it does not know.
scenario "settings: nothing that is not needed" && {
    dial_book plain
    expect_good_call
    expect_no_log pppd-modem 'rcvd \[IPCP ConfReq.*compress VJ'
    expect_no_log pppd-modem 'rcvd \[CCP ConfReq'
    expect_log pppd-modem 'rcvd \[LCP ProtRej .* 80 fd '
    expect_no_log pppd-modem 'rcvd \[LCP ConfReq.*<callback CBCP>'
    expect_no_log pppd-modem 'rcvd \[LCP ConfReq.*<mrru'
    expect_no_log pppd-modem 'rcvd \[IPV6CP ConfReq'
    result
}

scenario "settings: all that there is" && {
    dial_book full
    expect_good_call
    expect_log pppd-modem 'rcvd \[IPCP ConfReq.*compress VJ'
    expect_log pppd-modem 'rcvd \[CCP ConfReq.*deflate'
    expect_log pppd-modem 'rcvd \[LCP ConfReq.*<callback CBCP>'
    expect_log pppd-modem 'rcvd \[IPV6CP ConfReq'
    result
}

scenario "settings: the peer has no IPv4, but IPv6" && {
    dial_book no-ipv4 --no-ping
    expect_code 0
    expect_states $all_states
    expect_line '^Address , peer $'
    expect_log pppd-modem 'remote LL address fe80::'
    expect_nothing_left
    result
}

# There is no projection of IPv4: 731.
scenario "settings: IPv6 alone" && {
    dial_book ipv6 --no-ping
    expect_code 731
    expect_states $all_states
    expect_no_log pppd-modem 'rcvd \[IPCP ConfReq'
    expect_log pppd-modem 'remote LL address fe80::'
    expect_nothing_left
    result
}

scenario "settings: an address that the peer agrees to" && {
    dial_book address
    expect_code 0
    expect_line '^Address 10\.64\.64\.77, peer 10\.64\.64\.1$'
    expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
    expect_log pppd-modem 'rcvd \[IPCP ConfReq.*<addr 10\.64\.64\.77>'
    expect_log pppd-modem 'remote IP address 10\.64\.64\.77'
    expect_nothing_left
    result
}

scenario "settings: an address that the peer refuses" && {
    dial_book refused-address
    expect_code 735
    expect_log pppd-modem 'rcvd \[IPCP ConfReq.*<addr 10\.64\.64\.77>'
    expect_failed_status 735
    result
}

scenario "settings: name servers of the entry" && {
    dial_book servers --stay
    expect_code 0
    as $who wineras status --json > "$L/status.log" 2>&1 || complain "wineras status failed"
    expect_log status '"dns":\["192.0.2.53","192.0.2.54"\],"wins":\["192.0.2.55"\]'
    expect_no_log pppd-modem 'rcvd \[IPCP ConfReq.*ms-dns'
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup failed"
    expect_nothing_left
    result
}

# entry, error, what
while read -r name error what; do
    scenario "settings: $what" && {
        dial_book $name
        if [ $error = 0 ]; then
            expect_good_call
            case $name in encrypted*) expect_log pppd-modem 'MPPE 128-bit stateless compression enabled' ;; esac
        else
            expect_code $error
            expect_failed_status $error
        fi
        result
    }
done <<'EOT'
encrypted 0 strongest encryption, the peer has it
encrypted-any 0 encryption, the peer has it
encrypted-default 0 encryption if possible, the peer requires it
default 0 encryption if possible, the peer has none
not-encrypted 742 encryption, the peer has none
clear-password 919 encryption, and PAP would send the password in clear
eap 0 EAP alone, the peer wants it
not-eap 919 EAP alone, the peer wants MS-CHAPv2
EOT

scenario "settings: idle" && {
    dial_book idle --until-lost
    expect_line '^Lost: RASCS_Disconnected, error 828$'
    expect_nothing_left
    result
}
line_stop modem
