# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The devices that all scenarios use, for both users.

mkdir -p /usr/local/etc/wineras /etc/wineras
cat > /etc/wineras/devices.conf <<EOC
[E2E Modem]
type = modem
path = $G/tty-modem
speed = 115200
answer-timeout = 5s

[E2E Cable]
type = serial
path = $G/tty-cable
speed = 115200

[E2E TCP]
type = tcp
EOC
cp /etc/wineras/devices.conf /usr/local/etc/wineras/
