# SPDX-License-Identifier: LGPL-2.1-or-later
#
# rasmand: the Remote Access Connection Manager.
rasmand_sources = \
	programs/rasmand/devices.c \
	programs/rasmand/port.c \
	programs/rasmand/rasmand.h \
	programs/rasmand/transports/table.c
