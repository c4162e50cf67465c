#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# doc/states.txt is what the table says.  To mend: tests/dump_states > doc/states.txt
tests/dump_states | diff -u "$srcdir/doc/states.txt" -
