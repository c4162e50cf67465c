# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Programs for Windows that the tests and the demonstration start.  rasping_gui
# is rasping as a program without console.
rasping_sources = tests/programs/rasping.c
rasping_libs = -lws2_32 -liphlpapi -luser32
rasping_exes = tests/programs/rasping.cross32.exe tests/programs/rasping.cross64.exe \
	tests/programs/rasping_gui.cross32.exe tests/programs/rasping_gui.cross64.exe
rasping_deps32 = $(rasping_sources:.c=.cross32.o) $(rascommon_cross32) dlls/rasapi32/rasapi32.cross32.dll
rasping_deps64 = $(rasping_sources:.c=.cross64.o) $(rascommon_cross64) dlls/rasapi32/rasapi32.cross64.dll

tests/programs/rasping.cross32.exe: $(rasping_deps32)
	$(V_PE)$(CROSSCC32) -static-libgcc -Wl,--enable-stdcall-fixup -o $@ $(rasping_deps32) $(rasping_libs)
tests/programs/rasping.cross64.exe: $(rasping_deps64)
	$(V_PE)$(CROSSCC64) -static-libgcc -o $@ $(rasping_deps64) $(rasping_libs)
tests/programs/rasping_gui.cross32.exe: $(rasping_deps32)
	$(V_PE)$(CROSSCC32) -mwindows -static-libgcc -Wl,--enable-stdcall-fixup -o $@ $(rasping_deps32) $(rasping_libs)
tests/programs/rasping_gui.cross64.exe: $(rasping_deps64)
	$(V_PE)$(CROSSCC64) -mwindows -static-libgcc -o $@ $(rasping_deps64) $(rasping_libs)

raslook_exes = tests/programs/raslook.cross32.exe tests/programs/raslook.cross64.exe
raslook_deps32 = tests/programs/raslook.cross32.o dlls/rasapi32/rasapi32.cross32.dll
raslook_deps64 = tests/programs/raslook.cross64.o dlls/rasapi32/rasapi32.cross64.dll

tests/programs/raslook.cross32.exe: $(raslook_deps32)
	$(V_PE)$(CROSSCC32) -static-libgcc -Wl,--enable-stdcall-fixup -o $@ $(raslook_deps32)
tests/programs/raslook.cross64.exe: $(raslook_deps64)
	$(V_PE)$(CROSSCC64) -static-libgcc -o $@ $(raslook_deps64)

# Watches connections and dials none.
raswatch_exes = tests/programs/raswatch.cross32.exe tests/programs/raswatch.cross64.exe
tests/programs/raswatch.cross32.exe: tests/programs/raswatch.cross32.o dlls/rasapi32/rasapi32.cross32.dll
	$(V_PE)$(CROSSCC32) -static-libgcc -Wl,--enable-stdcall-fixup -o $@ $^
tests/programs/raswatch.cross64.exe: tests/programs/raswatch.cross64.o dlls/rasapi32/rasapi32.cross64.dll
	$(V_PE)$(CROSSCC64) -static-libgcc -o $@ $^

# Tries what another user's program may do with a handle.
tests/programs/raspeek.cross64.exe: tests/programs/raspeek.cross64.o dlls/rasapi32/rasapi32.cross64.dll
	$(V_PE)$(CROSSCC64) -static-libgcc -o $@ $^

check_DATA += $(rasping_exes) $(raslook_exes) $(raswatch_exes) tests/programs/raspeek.cross64.exe
EXTRA_DIST += $(rasping_sources) tests/programs/raslook.c tests/programs/raswatch.c tests/programs/raspeek.c
