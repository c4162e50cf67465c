/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * eap_data.c - RasGetEapUserData and RasSetEapUserData: what the authentication of an entry
 * keeps for a user, whose meaning is its own.  In the user's registry, encrypted, a value for
 * each entry.
 */
#include "eap_data.h"

#include <stdbool.h>
#include <stdlib.h>

#include "credstore.h"
#include "protect.h"

static const WCHAR key_name[] = L"Software\\wineras\\EAP User Data";

/* ---- the registry ------------------------------------------------------------------------ */

/* Take the place of a token's user; *before is for stop_impersonation().  NULL: the caller is
 * that already. */
static DWORD impersonate(HANDLE token, HANDLE *before)
{
    *before = NULL;
    if (!token) return ERROR_SUCCESS;
    OpenThreadToken(GetCurrentThread(), TOKEN_IMPERSONATE, TRUE, before);
    if (ImpersonateLoggedOnUser(token)) return ERROR_SUCCESS;
    WARN("Token %p: %s.\n", token, debugstr_error(GetLastError()));
    if (*before) CloseHandle(*before);
    return (DWORD)E_INVALIDARG;
}

static void stop_impersonation(HANDLE token, HANDLE before)
{
    if (token) SetThreadToken(NULL, before);
    if (before) CloseHandle(before);
}

static DWORD open_key(bool create, HKEY *key)
{
    DWORD error;
    HKEY user;

    if ((error = RegOpenCurrentUser(KEY_READ | KEY_WRITE, &user))) return error;
    if (create)
        error = RegCreateKeyExW(user, key_name, 0, NULL, 0, KEY_READ | KEY_WRITE, NULL, key, NULL);
    else
        error = RegOpenKeyExW(user, key_name, 0, KEY_READ | KEY_WRITE, key);
    RegCloseKey(user);
    return error;
}

/* As it is stored; the caller frees it.  2: there is none. */
static DWORD read_value(HKEY key, const WCHAR *target, BYTE **bytes, DWORD *size)
{
    DWORD error, type;

    *bytes = NULL;
    *size = 0;
    if ((error = RegQueryValueExW(key, target, NULL, &type, NULL, size))) return error;
    if (type != REG_BINARY || !*size) return ERROR_FILE_NOT_FOUND;
    if (!(*bytes = malloc(*size))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(error = RegQueryValueExW(key, target, NULL, &type, *bytes, size))) return ERROR_SUCCESS;
    free(*bytes);
    *bytes = NULL;
    return error;
}

/* Nothing is stored: no bytes. */
static DWORD load(const WCHAR *target, struct protect_data *data)
{
    BYTE *bytes;
    DWORD error, size;
    HKEY key;

    memset(data, 0, sizeof(*data));
    if (!(error = open_key(false, &key)))
    {
        if (!(error = read_value(key, target, &bytes, &size)))
        {
            error = protect_decrypt(target, bytes, size, data);
            if (error) WARN("%s cannot be decrypted: %s.\n", debugstr_w(target), debugstr_error(error));
            if (error) error = ERROR_FILE_NOT_FOUND;
            free(bytes);
        }
        RegCloseKey(key);
    }
    return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
}

static DWORD store(const WCHAR *target, const BYTE *bytes, DWORD size)
{
    struct protect_data encrypted;
    DWORD error;
    HKEY key;

    if (!size) return eap_data_remove(target);
    error = protect_encrypt(target, bytes, size, &encrypted);
    if (!error && !(error = open_key(true, &key)))
    {
        error = RegSetValueExW(key, target, 0, REG_BINARY, encrypted.bytes, encrypted.size);
        RegCloseKey(key);
    }
    protect_free(&encrypted);
    return error;
}

DWORD eap_data_remove(const WCHAR *target)
{
    DWORD error;
    HKEY key;

    if (!(error = open_key(false, &key)))
    {
        error = RegDeleteValueW(key, target);
        RegCloseKey(key);
    }
    return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
}

DWORD eap_data_rename(const WCHAR *old_target, const WCHAR *new_target)
{
    struct protect_data data;
    DWORD error;

    error = load(old_target, &data);
    if (!error) error = store(new_target, data.bytes, data.size);
    if (!error) error = eap_data_remove(old_target);
    protect_free(&data);
    return error;
}

/* ---- the functions -------------------------------------------------------------------------- */

/***********************************************************************
 *      RasGetEapUserData
 *
 * Nothing stored: 0, and no bytes.
 */
DWORD WINAPI RasGetEapUserDataW(HANDLE token, LPCWSTR phonebook, LPCWSTR entry, BYTE *data, DWORD *size)
{
    struct protect_data stored = {0};
    struct credstore_key key;
    HANDLE before;
    DWORD error;

    TRACE("token %p, phonebook %s, entry %s, data %p, size %p.\n", token, debugstr_w(phonebook), debugstr_w(entry),
          data, size);
    if (!entry || !size || (*size && !data)) return (DWORD)E_INVALIDARG;
    if ((error = impersonate(token, &before))) return error;
    if (!(error = credstore_find(&key, phonebook, entry)) && !(error = load(key.target, &stored)))
    {
        if (*size < stored.size) error = ERROR_BUFFER_TOO_SMALL;
        if (!error && stored.size) memcpy(data, stored.bytes, stored.size);
        *size = stored.size;
    }
    protect_free(&stored);
    stop_impersonation(token, before);
    return error;
}

DWORD WINAPI RasGetEapUserDataA(HANDLE token, LPCSTR phonebook, LPCSTR entry, BYTE *data, DWORD *size)
{
    struct aw_texts texts;
    DWORD error;

    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = RasGetEapUserDataW(token, texts.first, texts.second, data, size);
    aw_texts_leave(&texts);
    return error;
}

/***********************************************************************
 *      RasSetEapUserData
 *
 * No bytes: what is stored goes.
 */
DWORD WINAPI RasSetEapUserDataW(HANDLE token, LPCWSTR phonebook, LPCWSTR entry, BYTE *data, DWORD size)
{
    struct credstore_key key;
    HANDLE before;
    DWORD error;

    TRACE("token %p, phonebook %s, entry %s, data %p, size %lu.\n", token, debugstr_w(phonebook), debugstr_w(entry),
          data, size);
    if (!entry || (size && !data)) return (DWORD)E_INVALIDARG;
    if ((error = impersonate(token, &before))) return error;
    if (!(error = credstore_find(&key, phonebook, entry))) error = store(key.target, data, size);
    stop_impersonation(token, before);
    return error;
}

DWORD WINAPI RasSetEapUserDataA(HANDLE token, LPCSTR phonebook, LPCSTR entry, BYTE *data, DWORD size)
{
    struct aw_texts texts;
    DWORD error;

    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = RasSetEapUserDataW(token, texts.first, texts.second, data, size);
    aw_texts_leave(&texts);
    return error;
}
