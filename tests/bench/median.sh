# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced by the benchmark.

# The median of the numbers of standard input, one a line.
median()
{
    sort -n | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}
