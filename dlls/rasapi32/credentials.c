/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credentials.c - RasGetCredentials, RasGetEntryDialParams and their Set functions, over
 * credstore.c.  A stored password is never given out: 16 asterisks stand for it, also
 * towards RasDial.
 */
#include <stdlib.h>

#include "credstore.h"
#include "dial.h"

#define PARTS       (RASCM_UserName | RASCM_Password | RASCM_Domain)
#define SHARED_KEYS (RASCM_PreSharedKey | RASCM_ServerPreSharedKey | RASCM_DDMPreSharedKey)

static const WCHAR asterisks[] = L"****************";

/* An array of the program, which need not end with NUL. */
static void copy_text(WCHAR *dst, const WCHAR *src, size_t size)
{
    memset(dst, 0, size * sizeof(*dst));
    memcpy(dst, src, wcsnlen(src, size - 1) * sizeof(*dst));
}
#define COPY_TEXT(dst, src)                                                                                            \
    do                                                                                                                 \
    {                                                                                                                  \
        _Static_assert(sizeof(dst) == sizeof(src), "the same text");                                                   \
        copy_text((dst), (src), ARRAYSIZE(dst));                                                                       \
    } while (0)

static DWORD find_key(const WCHAR *phonebook, const WCHAR *entry, struct credstore_key *key)
{
    struct dial_entry found;
    DWORD error;

    if (!entry || !entry[0]) return ERROR_CANNOT_FIND_PHONEBOOK_ENTRY;
    if (!(error = dial_entry_find(phonebook, entry, &found))) credstore_key(key, &found);
    return error;
}

/* ---- dial parameters ------------------------------------------------------------ */

/* Where the others say 87 for a pointer, these say 610. */
static DWORD as_buffer_error(DWORD error)
{
    return error == ERROR_INVALID_PARAMETER ? ERROR_BUFFER_INVALID : error;
}

static DWORD enter_params(const RASDIALPARAMSW *params, RASDIALPARAMSW *newest)
{
    return as_buffer_error(version_enter(VERSION_RASDIALPARAMSW, params, newest));
}

static DWORD enter_params_a(const RASDIALPARAMSA *params, RASDIALPARAMSW *wide)
{
    return as_buffer_error(aw_enter(VERSION_RASDIALPARAMSA, &aw_rasdialparams, params, wide));
}

DWORD WINAPI RasGetEntryDialParamsW(LPCWSTR phonebook, LPRASDIALPARAMSW params, LPBOOL has_password)
{
    WCHAR name[RAS_MaxEntryName + 1];
    struct credstore_record record;
    struct credstore_key key;
    RASDIALPARAMSW newest;
    DWORD error;

    TRACE("phonebook %s, params %p, has_password %p.\n", debugstr_w(phonebook), params, has_password);
    if (!has_password) return ERROR_BUFFER_INVALID;
    if ((error = enter_params(params, &newest))) return error;
    COPY_TEXT(name, newest.szEntryName);
    if (!(error = find_key(phonebook, name, &key)))
    {
        credstore_read(&key, &record);
        newest.szPhoneNumber[0] = newest.szPassword[0] = 0;
        COPY_TEXT(newest.szCallbackNumber, record.callback_number);
        COPY_TEXT(newest.szUserName, record.user);
        COPY_TEXT(newest.szDomain, record.domain);
        if (record.has_password) wcscpy(newest.szPassword, asterisks);
        newest.dwSubEntry = record.sub_entry;
        newest.dwCallbackId = (ULONG_PTR)record.callback_id;
        *has_password = record.has_password != 0;
        version_leave(VERSION_RASDIALPARAMSW, &newest, params);
        credstore_wipe(&record);
    }
    wire_wipe_memory(&newest, sizeof(newest));
    return error;
}

DWORD WINAPI RasGetEntryDialParamsA(LPCSTR phonebook, LPRASDIALPARAMSA params, LPBOOL has_password)
{
    struct aw_texts texts;
    RASDIALPARAMSW wide;
    DWORD error;

    if ((error = enter_params_a(params, &wide))) return error;
    if (!(error = aw_texts_enter(&texts, phonebook, NULL, NULL)))
        error = RasGetEntryDialParamsW(texts.first, &wide, has_password);
    if (!error) aw_leave(VERSION_RASDIALPARAMSA, &aw_rasdialparams, &wide, params);
    aw_texts_leave(&texts);
    wire_wipe_memory(&wide, sizeof(wide));
    return error;
}

static void set_password(struct credstore_record *record, const RASDIALPARAMSW *params, BOOL remove)
{
    if (remove)
    {
        wire_wipe_memory(record->password, sizeof(record->password));
        record->has_password = FALSE;
    }
    else if (params->szUserName[0] && !dial_is_asterisks(params->szPassword, 16))
    {
        COPY_TEXT(record->password, params->szPassword);
        record->has_password = TRUE;
    }
}

DWORD WINAPI RasSetEntryDialParamsW(LPCWSTR phonebook, LPRASDIALPARAMSW params, BOOL remove_password)
{
    WCHAR name[RAS_MaxEntryName + 1];
    struct credstore_record record;
    struct credstore_key key;
    RASDIALPARAMSW newest;
    DWORD error;

    TRACE("phonebook %s, params %p, remove_password %d.\n", debugstr_w(phonebook), params, remove_password);
    if ((error = enter_params(params, &newest))) return error;
    COPY_TEXT(name, newest.szEntryName);
    if (!(error = find_key(phonebook, name, &key)))
    {
        credstore_read(&key, &record);
        if (newest.szCallbackNumber[0]) COPY_TEXT(record.callback_number, newest.szCallbackNumber);
        if (newest.szUserName[0]) COPY_TEXT(record.user, newest.szUserName);
        if (newest.szDomain[0] && !dial_is_asterisks(newest.szDomain, 1)) COPY_TEXT(record.domain, newest.szDomain);
        set_password(&record, &newest, remove_password);
        record.sub_entry = newest.dwSubEntry;
        record.callback_id = newest.dwCallbackId;
        error = credstore_write(&key, &record);
        credstore_wipe(&record);
    }
    wire_wipe_memory(&newest, sizeof(newest));
    return error;
}

DWORD WINAPI RasSetEntryDialParamsA(LPCSTR phonebook, LPRASDIALPARAMSA params, BOOL remove_password)
{
    struct aw_texts texts;
    RASDIALPARAMSW wide;
    DWORD error;

    if ((error = enter_params_a(params, &wide))) return error;
    if (!(error = aw_texts_enter(&texts, phonebook, NULL, NULL)))
        error = RasSetEntryDialParamsW(texts.first, &wide, remove_password);
    aw_texts_leave(&texts);
    wire_wipe_memory(&wide, sizeof(wide));
    return error;
}

/* ---- credentials ------------------------------------------------------------------ */

DWORD WINAPI RasGetCredentialsW(LPCWSTR phonebook, LPCWSTR entry, LPRASCREDENTIALSW credentials)
{
    struct credstore_record record;
    RASCREDENTIALSW newest;
    struct credstore_key key;
    DWORD error, found = 0;

    TRACE("phonebook %s, entry %s, credentials %p.\n", debugstr_w(phonebook), debugstr_w(entry), credentials);
    if ((error = version_enter(VERSION_RASCREDENTIALSW, credentials, &newest))) return error;
    if ((error = find_key(phonebook, entry, &key))) return error;
    if (newest.dwMask & (RASCM_DefaultCreds | SHARED_KEYS))
        FIXME("Credentials of all users and pre-shared keys are not implemented: none found.\n");
    credstore_read(&key, &record);
    if (record.user[0]) found |= RASCM_UserName;
    if (record.has_password) found |= RASCM_Password;
    if (record.domain[0]) found |= RASCM_Domain;
    if (!found && newest.dwMask)
    {
        credstore_wipe(&record);
        return ERROR_FILE_NOT_FOUND;
    }
    found &= newest.dwMask & (newest.dwMask & (RASCM_DefaultCreds | SHARED_KEYS) ? 0 : PARTS);
    memset(newest.szUserName, 0, sizeof(newest.szUserName));
    memset(newest.szPassword, 0, sizeof(newest.szPassword));
    memset(newest.szDomain, 0, sizeof(newest.szDomain));
    if (found & RASCM_UserName) COPY_TEXT(newest.szUserName, record.user);
    if (found & RASCM_Password) wcscpy(newest.szPassword, asterisks);
    if (found & RASCM_Domain) COPY_TEXT(newest.szDomain, record.domain);
    newest.dwMask = found;
    version_leave(VERSION_RASCREDENTIALSW, &newest, credentials);
    credstore_wipe(&record);
    return ERROR_SUCCESS;
}

DWORD WINAPI RasGetCredentialsA(LPCSTR phonebook, LPCSTR entry, LPRASCREDENTIALSA credentials)
{
    struct aw_texts texts;
    RASCREDENTIALSW wide;
    DWORD error;

    if ((error = aw_enter(VERSION_RASCREDENTIALSA, &aw_rascredentials, credentials, &wide))) return error;
    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = RasGetCredentialsW(texts.first, texts.second, &wide);
    if (!error) aw_leave(VERSION_RASCREDENTIALSA, &aw_rascredentials, &wide, credentials);
    aw_texts_leave(&texts);
    wire_wipe_memory(&wide, sizeof(wide));
    return error;
}

/* With clear the parts of the mask go, whatever the members say. */
static DWORD set_credentials(const struct credstore_key *key, const RASCREDENTIALSW *given, BOOL clear)
{
    static const RASCREDENTIALSW none;
    const RASCREDENTIALSW *from = clear ? &none : given;
    struct credstore_record record;
    DWORD error;

    credstore_read(key, &record);
    if (given->dwMask & RASCM_UserName) COPY_TEXT(record.user, from->szUserName);
    if (given->dwMask & RASCM_Domain) COPY_TEXT(record.domain, from->szDomain);
    if ((given->dwMask & RASCM_Password) && !dial_is_asterisks(from->szPassword, 16))
    {
        COPY_TEXT(record.password, from->szPassword);
        record.has_password = !clear;
    }
    error = credstore_write(key, &record);
    credstore_wipe(&record);
    return error;
}

DWORD WINAPI RasSetCredentialsW(LPCWSTR phonebook, LPCWSTR entry, LPRASCREDENTIALSW credentials, BOOL clear)
{
    RASCREDENTIALSW newest;
    struct credstore_key key;
    DWORD error;

    TRACE("phonebook %s, entry %s, credentials %p, clear %d.\n", debugstr_w(phonebook), debugstr_w(entry), credentials,
          clear);
    if ((error = version_enter(VERSION_RASCREDENTIALSW, credentials, &newest))) return error;
    error = find_key(phonebook, entry, &key);
    if (error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY) error = ERROR_INVALID_PARAMETER;
    if (!error && (newest.dwMask & ~(PARTS | RASCM_DefaultCreds | SHARED_KEYS))) error = ERROR_INVALID_PARAMETER;
    if (!error && (newest.dwMask & (RASCM_DefaultCreds | SHARED_KEYS)))
    {
        FIXME("Credentials of all users and pre-shared keys are not implemented.\n");
        error = ERROR_ACCESS_DENIED;
    }
    if (!error) error = set_credentials(&key, &newest, clear);
    wire_wipe_memory(&newest, sizeof(newest));
    return error;
}

DWORD WINAPI RasSetCredentialsA(LPCSTR phonebook, LPCSTR entry, LPRASCREDENTIALSA credentials, BOOL clear)
{
    struct aw_texts texts;
    RASCREDENTIALSW wide;
    DWORD error;

    if ((error = aw_enter(VERSION_RASCREDENTIALSA, &aw_rascredentials, credentials, &wide))) return error;
    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = RasSetCredentialsW(texts.first, texts.second, &wide, clear);
    aw_texts_leave(&texts);
    wire_wipe_memory(&wide, sizeof(wide));
    return error;
}
