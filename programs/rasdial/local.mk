# SPDX-License-Identifier: LGPL-2.1-or-later
#
# rasdial.exe, twice.  It imports rasapi32.dll by the toolchain's import library:
# only that has the decorated names of 32-bit code.
rasdial_sources = programs/rasdial/arguments.c programs/rasdial/connections.c programs/rasdial/console.c \
	programs/rasdial/dial.c programs/rasdial/main.c
rasdial_objects32 = $(rasdial_sources:.c=.cross32.o)
rasdial_objects64 = $(rasdial_sources:.c=.cross64.o)

programs/rasdial/rasdial.cross32.exe: $(rasdial_objects32)
	$(V_PE)$(CROSSCC32) -municode -static-libgcc -o $@ $(rasdial_objects32) -lrasapi32
programs/rasdial/rasdial.cross64.exe: $(rasdial_objects64)
	$(V_PE)$(CROSSCC64) -municode -static-libgcc -o $@ $(rasdial_objects64) -lrasapi32

pe32_files += programs/rasdial/rasdial.cross32.exe
pe64_files += programs/rasdial/rasdial.cross64.exe
EXTRA_DIST += $(rasdial_sources) programs/rasdial/rasdial.h
