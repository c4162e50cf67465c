# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The machinery of the tests that need more than a compiler: a machine with kernel
# PPP, 32-bit Wine, peers.
EXTRA_DIST += tests/vm/run tests/vm/init

# the tool wineras
TESTS += tests/test_setup.sh
EXTRA_DIST += tests/test_setup.sh
