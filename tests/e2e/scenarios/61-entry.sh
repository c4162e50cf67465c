# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Programs that make their entry by RasSetEntryProperties and dial it: what the
# entry says holds on the line.

cat > $G/entry-plan <<'EOP'
5550001 busy
5550002 no-carrier
* connect
EOP

entry_modem()
{
    line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/entry-plan
}

# dial_entry OPTION...: by an entry for the modem.
dial_entry()
{
    dial --device "E2E Modem" --properties --user alice "$@"
}

entry_modem
for width in 64 32; do
    scenario "entry: made by RasSetEntryProperties" && {
        dial_entry --number 5550104
        expect_good_call
        expect_log modem '^\* dial 5550104$'
        result
    }
done
width=64

scenario "entry: an area code" && {
    dial_entry --number "01-04" --area-code 555
    expect_good_call
    expect_log modem '^\* dial 5550104$'
    result
}

scenario "entry: the first number is busy, the other one answers" && {
    dial_entry --number 5550001 --alternate 5550104
    expect_code 0
    expect_log modem '^\* dial 5550001$'
    expect_log modem '^\* dial 5550104$'
    expect_line '^Address 10\.64\.64\.2, peer 10\.64\.64\.1$'
    expect_nothing_left
    result
}

scenario "entry: neither number answers" && {
    dial_entry --number 5550001 --alternate 5550002
    expect_code 679
    expect_failed_status 679
    result
}

# number of the peer, RASEO_* flags, dwEncryptionType, error
while read -r number options encryption error what; do
    scenario "entry: $what" && {
        dial_entry --number $number --options $options --encryption $encryption
        if [ $error = 0 ]; then
            expect_good_call
        else
            expect_code $error
            expect_failed_status $error
        fi
        result
    }
done <<'EOT'
5550101 00040210 3 0 RequirePAP, the peer wants PAP
5550101 00000610 3 919 RequireEncryptedPw, the peer wants PAP
5550102 00000610 3 0 RequireEncryptedPw, the peer wants CHAP
5550102 00000a10 3 919 RequireMsEncryptedPw, the peer wants CHAP
5550104 00000a10 3 0 RequireMsEncryptedPw, the peer wants MS-CHAPv2
5550103 20000210 3 919 RequireMsCHAP2, the peer wants the first MS-CHAP
5550106 20001a10 1 0 RequireDataEncryption, the peer has it
5550106 20000210 0 741 no encryption, the peer wants it
EOT
line_stop modem

scenario "entry: a serial cable" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2
    dial --device "E2E Cable" --type SERIAL --properties --user alice
    expect_good_call
    line_stop cable
    result
}
