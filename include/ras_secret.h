/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * ras_secret.h - PREFIX/.wineras/secret: random bytes with which the DLL encrypts what programs
 * store.  Made by "wineras setup" or by the DLL, read by the DLL.
 */
#ifndef RAS_SECRET_H
#define RAS_SECRET_H

#define RAS_SECRET_SIZE 32u

#endif
