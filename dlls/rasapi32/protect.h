/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * protect.h - encrypts what is kept in the registry for the user.
 *
 * Wine writes the registry into files that other users of the machine may be able to read; its
 * credential store encrypts with a key that lies beside it, and its CryptProtectData with one that
 * follows from the user's name.  So there is a random secret as well, in a file for the user alone.
 */
#ifndef RASAPI32_PROTECT_H
#define RASAPI32_PROTECT_H

#include <windows.h>

struct protect_data
{
    BYTE *bytes;
    DWORD size;
};

/* purpose: what the data is for; it can be decrypted with the same one alone.  0 or an error of
 * Windows; protect_free(), which wipes, is for the result, also after a failure. */
DWORD protect_encrypt(const WCHAR *purpose, const void *bytes, DWORD size, struct protect_data *encrypted);
DWORD protect_decrypt(const WCHAR *purpose, const void *bytes, DWORD size, struct protect_data *plain);
void protect_free(struct protect_data *data);

#endif
