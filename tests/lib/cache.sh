# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced: where the tests keep what is slow to get or make.  Everything in it can
# be deleted at any time; it is never part of an installation.

# Root's is not in /root: tests as an ordinary user must be able to read it.
if [ -n "${WINERAS_TEST_CACHE:-}" ]; then
    test_cache=$WINERAS_TEST_CACHE
elif [ -n "${XDG_CACHE_HOME:-}" ]; then
    test_cache=$XDG_CACHE_HOME/wineras-tests
elif [ "$(id -u)" = 0 ]; then
    test_cache=/var/cache/wineras-tests
else
    test_cache=$HOME/.cache/wineras-tests
fi
mkdir -p "$test_cache" || exit 1
test_cache=$(realpath "$test_cache")
export WINERAS_TEST_CACHE=$test_cache
