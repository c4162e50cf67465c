#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# packages.sh - install the packages of packages.debian that are missing.  Asks
# for nothing when none is; needs root or sudo when one is.
set -u

list=$(dirname "$(readlink -f "$0")")/../../packages.debian
missing=
for package in $(sed 's/#.*//' "$list"); do
    case $(dpkg-query -W -f '${Status} ' "$package" 2> /dev/null) in
    *" installed "*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo > /dev/null ||
        { echo "Please install, as root: apt-get install$missing" >&2; exit 1; }
    as_root=sudo
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
install()
{
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120 install $missing > "$log" 2>&1 < /dev/null
}

echo "Installing:$missing"
# Indexes may be missing or old: read them when it does not work at once, and again
# when that fails.
install && exit 0
for try in 1 2; do
    $as_root apt-get -qq update > /dev/null 2>&1 < /dev/null
    install && exit 0
done
cat "$log" >&2
exit 1
