# SPDX-License-Identifier: LGPL-2.1-or-later
#
# "make bench" prints what is measured beside what is wanted, and fails when that is not reached.
noinst_PROGRAMS += tests/bench/timeit
tests_bench_timeit_SOURCES = tests/bench/timeit.c
noinst_PROGRAMS += tests/bench/flow
tests_bench_flow_SOURCES = tests/bench/flow.c

check_PROGRAMS += tests/bench/connbench
tests_bench_connbench_SOURCES = tests/bench/connbench.c tests/session.c tests/session.h
tests_bench_connbench_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_bench_connbench_LDADD = libs/rascommon/librascommon.a

tests/bench/rasbench.cross64.exe: tests/bench/rasbench.cross64.o $(rascommon_cross64) dlls/rasapi32/rasapi32.cross64.dll
	$(V_PE)$(CROSSCC64) -static-libgcc -o $@ $^ -lws2_32

tests/bench/pbkbench.cross64.exe: tests/bench/pbkbench.cross64.o dlls/rasapi32/rasapi32.cross64.dll
	$(V_PE)$(CROSSCC64) -static-libgcc -municode -o $@ $^

check_DATA += tests/bench/rasbench.cross64.exe tests/bench/pbkbench.cross64.exe
EXTRA_DIST += tests/bench/rasbench.c tests/bench/pbkbench.c tests/bench/run tests/bench/guest tests/bench/link tests/bench/scale \
	tests/bench/stay.sh tests/bench/networkmanager.sh tests/bench/verdict.sh

.PHONY: bench
bench: all tests/bench/rasbench.cross64.exe tests/bench/pbkbench.cross64.exe $(check_PROGRAMS) $(check_DATA)
	BUILD=$(abs_builddir) $(top_srcdir)/tests/bench/run
