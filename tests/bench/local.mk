# SPDX-License-Identifier: LGPL-2.1-or-later
#
# "make bench" prints ratios; it is no test and has no verdict.
noinst_PROGRAMS += tests/bench/timeit
tests_bench_timeit_SOURCES = tests/bench/timeit.c

tests/bench/rasbench.cross64.exe: tests/bench/rasbench.cross64.o dlls/rasapi32/rasapi32.cross64.dll
	$(V_PE)$(CROSSCC64) -static-libgcc -o $@ $^

tests/bench/pbkbench.cross64.exe: tests/bench/pbkbench.cross64.o dlls/rasapi32/rasapi32.cross64.dll
	$(V_PE)$(CROSSCC64) -static-libgcc -municode -o $@ $^

check_DATA += tests/bench/rasbench.cross64.exe tests/bench/pbkbench.cross64.exe
EXTRA_DIST += tests/bench/rasbench.c tests/bench/pbkbench.c tests/bench/run tests/bench/guest tests/bench/median.sh

.PHONY: bench
bench: all tests/bench/rasbench.cross64.exe tests/bench/pbkbench.cross64.exe $(check_PROGRAMS) $(check_DATA)
	BUILD=$(abs_builddir) $(top_srcdir)/tests/bench/run
