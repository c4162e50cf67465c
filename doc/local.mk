# SPDX-License-Identifier: LGPL-2.1-or-later
man_MANS += doc/rasmand.8 doc/wineras-devices.5 doc/wineras-phonebook.5 doc/wineras.1
EXTRA_DIST += $(man_MANS) doc/protocol.md doc/security.md README.md HACKING.md COPYING
