#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# pppserver.sh [PROFILE] - the far end of a line: pppd as a server on its standard
# input.  Without PROFILE the dialled number names it.  To be run in the peer's
# name spaces, see guest.sh.
#
#   none pap chap mschap mschap-v2 eap   what the server demands
#   retry-pap retry-chap retry-mschap-v2  the same, with another try on the same link
#   expired-N-mschap-v2, -mschap  the password has expired, see retry-expired of retryserver.c
#   error-N  MS-CHAPv2 fails with this error
#   callback callback-preset callback-none
#            MS-CHAPv2, then call back: the caller's choice, at a number it knows, never
#   callback-never callback-impatient callback-frozen
#            the same; agrees and does not call; ends the link when there is no answer for 3 s;
#            agrees and stands still
#   eap-hasty  EAP, and gives up after some seconds
#   mppe     MS-CHAPv2 and encryption
#   noip     no IPv4
#   multilink multilink-mppe  MS-CHAPv2 and bundles of links; and encryption
#   wish     no authentication, and the caller chooses its address
#   login    a prompt for name and password, then no further authentication
#   silent   connected, but nobody speaks
#
# PEER_ADDRESSES: ours:theirs; PEER_OPTIONS: more of pppd's.
profile=${1:-$HAYES_NUMBER}
case $profile in
5550100) profile=none ;;
5550101) profile=pap ;;
5550102) profile=chap ;;
5550103) profile=mschap ;;
5550104) profile=mschap-v2 ;;
5550105) profile=eap ;;
5550106) profile=mppe ;;
5550107) profile=noip ;;
5550108) profile=silent ;;
5550109) profile=retry-mschap-v2 ;;
5550110) profile=wish ;;
5550111) profile=multilink ;;
5550112) profile=multilink-mppe ;;
5550120) profile=callback ;;
5550121) profile=callback-preset ;;
5550122) profile=callback-none ;;
5550123) profile=callback-never ;;
5550124) profile=callback-impatient ;;
5550132) profile=login ;;
esac

# ask PROMPT: the line that comes, in $answer.
ask()
{
    printf '%s' "$1"
    IFS= read -r answer || exit 1
}

# As terminal servers do it.  The tty is raw: what comes ends with CR.
log_in()
{
    stty icrnl
    printf '\r\nWelcome to the peer\r\n\r\n'
    while :; do
        ask 'login: '
        name=$answer
        ask 'Password: '
        # Not as an argument: a test looks for passwords in all command lines.
        printf '"%s" * "%s" *\n' "$name" "$answer" | grep -q -F -x -f - /etc/ppp/chap-secrets && break
        printf '\r\nLogin incorrect\r\n'
    done
    printf '\r\nPPP from 10.64.64.1\r\n'
    stty -icrnl
}

case $profile in
none) auth=noauth ;;
login) log_in; auth=noauth ;;
pap|chap|mschap|mschap-v2|eap) auth="auth require-$profile" ;;
expired-*)
    profile=${profile#expired-}
    auth="auth require-${profile#*-} plugin $BUILD/tests/peers/retryserver.so retry-expired ${profile%%-*}"
    ;;
error-*) auth="auth require-mschap-v2 plugin $BUILD/tests/peers/retryserver.so retry-error ${profile#error-}" ;;
eap-hasty) auth="auth require-eap eap-restart 1 eap-max-sreq 3" ;;
retry-*) auth="auth require-${profile#retry-} plugin $BUILD/tests/peers/retryserver.so retry-rounds 3" ;;
callback*)
    case $profile in
    callback-preset) offers=3 ;;
    callback-none) offers=1 ;;
    callback-never) offers="12 callback-never" ;;
    callback-frozen) offers="12 callback-freeze" ;;
    callback-impatient) offers="12 callback-patience 3" ;;
    *) offers=12 ;;
    esac
    auth="auth require-mschap-v2 plugin $BUILD/tests/peers/cbcpserver.so callback-offers $offers"
    ;;
mppe) auth="auth require-mschap-v2 require-mppe-128" ;;
multilink) auth="auth require-mschap-v2 mp" ;;
multilink-mppe) auth="auth require-mschap-v2 mp require-mppe-128" ;;
wish) auth="noauth ipcp-accept-remote"; PEER_ADDRESSES=10.64.64.1: ;;
noip) auth="noauth noip ipv6 ::1,::2" ;;
silent) exec cat > /dev/null ;;
*) echo "pppserver: no profile $profile" >&2; exit 2 ;;
esac
exec /usr/sbin/pppd nodetach local $auth ${PEER_ADDRESSES:-10.64.64.1:10.64.64.2} ms-dns 10.64.64.53 name peer \
    nodefaultroute noproxyarp debug logfile "${PEER_LOG:-/dev/null}" ${PEER_OPTIONS:-}
