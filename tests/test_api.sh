#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# doc/api.md names every documented function and a test for each code of winetest/api.def.  That
# those tests get these codes is seen by winetest/run.  To mend: see HACKING.md.
set -u
"$srcdir/winetest/api" "$srcdir/doc/api.md" > test_api.$$ && diff -u "$srcdir/doc/api.md" test_api.$$
status=$?
rm -f test_api.$$
exit $status
