/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credentials.c - RasGetCredentials, RasGetEntryDialParams and their Set functions, over
 * credstore.c.  A stored password is never given out: 16 asterisks stand for it, also
 * towards RasDial.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "credstore.h"
#include "dial.h"

#define PARTS       (RASCM_UserName | RASCM_Password | RASCM_Domain)
#define SHARED_KEYS (RASCM_PreSharedKey | RASCM_ServerPreSharedKey | RASCM_DDMPreSharedKey)
#define MASKS       (PARTS | RASCM_DefaultCreds | SHARED_KEYS)

/* dwSize without the members behind szDomain */
#define OLDEST_PARAMS ((DWORD)offsetof(RASDIALPARAMSW, dwSubEntry))

static const WCHAR asterisks[] = L"****************";

static DWORD find_key(const WCHAR *phonebook, const WCHAR *entry, struct credstore_key *key)
{
    return entry[0] ? credstore_find(key, phonebook, entry) : ERROR_CANNOT_FIND_PHONEBOOK_ENTRY;
}

/* ---- dial parameters ------------------------------------------------------------ */

/* Where the others say 87 for a pointer, these say 610, also for one that is none. */
static DWORD check_buffer(enum version_id id, const void *params)
{
    DWORD error;

    if (!params || IsBadReadPtr(params, sizeof(DWORD))) return ERROR_BUFFER_INVALID;
    if ((error = version_check(id, params))) return error;
    return IsBadReadPtr(params, *(const DWORD *)params) ? ERROR_BUFFER_INVALID : ERROR_SUCCESS;
}

static DWORD enter_params(const RASDIALPARAMSW *params, RASDIALPARAMSW *newest)
{
    DWORD error = check_buffer(VERSION_RASDIALPARAMSW, params);

    return error ? error : version_enter(VERSION_RASDIALPARAMSW, params, newest);
}

/* The oldest edition has no sub-entry and no callback id, which makes a difference to Set. */
static DWORD enter_params_a(const RASDIALPARAMSA *params, RASDIALPARAMSW *wide)
{
    DWORD error = check_buffer(VERSION_RASDIALPARAMSA, params);

    if (!error) error = aw_enter(VERSION_RASDIALPARAMSA, &aw_rasdialparams, params, wide);
    if (!error && params->dwSize <= offsetof(RASDIALPARAMSA, dwSubEntry)) wide->dwSize = OLDEST_PARAMS;
    return error;
}

DWORD WINAPI RasGetEntryDialParamsW(LPCWSTR phonebook, LPRASDIALPARAMSW params, LPBOOL has_password)
{
    WCHAR name[RAS_MaxEntryName + 1];
    struct credstore_record record;
    struct credstore_key key;
    RASDIALPARAMSW newest;
    DWORD error;

    TRACE("phonebook %s, params %p, has_password %p.\n", debugstr_w(phonebook), params, has_password);
    if (!has_password || IsBadWritePtr(has_password, sizeof(*has_password))) return ERROR_BUFFER_INVALID;
    if ((error = enter_params(params, &newest))) return error;
    CREDSTORE_COPY_TEXT(name, newest.szEntryName);
    if (!(error = find_key(phonebook, name, &key)))
    {
        credstore_read(&key, CREDSTORE_USER, &record);
        newest.szPhoneNumber[0] = newest.szPassword[0] = 0;
        CREDSTORE_COPY_TEXT(newest.szCallbackNumber, record.callback_number);
        CREDSTORE_COPY_TEXT(newest.szUserName, record.user);
        CREDSTORE_COPY_TEXT(newest.szDomain, record.domain);
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
    if (!error) wide.dwSize = sizeof(wide);
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
        CREDSTORE_COPY_TEXT(record->password, params->szPassword);
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
    CREDSTORE_COPY_TEXT(name, newest.szEntryName);
    if (!(error = find_key(phonebook, name, &key)))
    {
        credstore_read(&key, CREDSTORE_USER, &record);
        if (newest.szCallbackNumber[0]) CREDSTORE_COPY_TEXT(record.callback_number, newest.szCallbackNumber);
        if (newest.szUserName[0]) CREDSTORE_COPY_TEXT(record.user, newest.szUserName);
        if (newest.szDomain[0] && !dial_is_asterisks(newest.szDomain, 1))
            CREDSTORE_COPY_TEXT(record.domain, newest.szDomain);
        set_password(&record, &newest, remove_password);
        if (params->dwSize > OLDEST_PARAMS)
        {
            record.sub_entry = newest.dwSubEntry;
            record.callback_id = newest.dwCallbackId;
        }
        error = credstore_write(&key, CREDSTORE_USER, &record);
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

/* Pre-shared keys, each a record of its own. */
static const struct
{
    DWORD mask;
    enum credstore_kind kind;
} shared_keys[] =
{
    {RASCM_PreSharedKey, CREDSTORE_KEY},
    {RASCM_ServerPreSharedKey, CREDSTORE_SERVER_KEY},
    {RASCM_DDMPreSharedKey, CREDSTORE_DDM_KEY},
};

static enum credstore_kind whose(DWORD mask)
{
    return mask & RASCM_DefaultCreds ? CREDSTORE_ALL_USERS : CREDSTORE_USER;
}

/* The parts that are stored; *any: those wanted, or others beside them. */
static DWORD stored_parts(const struct credstore_key *key, DWORD wanted, struct credstore_record *record, bool *any)
{
    struct credstore_record shared_key;
    DWORD found = 0;
    size_t i;

    *any = false;
    memset(record, 0, sizeof(*record));
    if (wanted & (PARTS | RASCM_DefaultCreds)) *any = credstore_read(key, whose(wanted), record);
    if (record->user[0]) found |= RASCM_UserName;
    if (record->has_password) found |= RASCM_Password;
    if (record->domain[0]) found |= RASCM_Domain;
    *any = found != 0;
    if (*any) found |= RASCM_DefaultCreds;
    for (i = 0; i < ARRAYSIZE(shared_keys); i++)
    {
        if (!(wanted & shared_keys[i].mask)) continue;
        if (credstore_read(key, shared_keys[i].kind, &shared_key)) found |= shared_keys[i].mask;
        credstore_wipe(&shared_key);
    }
    if (found & SHARED_KEYS) *any = true;
    return found & wanted;
}

DWORD WINAPI RasGetCredentialsW(LPCWSTR phonebook, LPCWSTR entry, LPRASCREDENTIALSW credentials)
{
    struct credstore_record record;
    RASCREDENTIALSW newest;
    struct credstore_key key;
    DWORD error, found;
    bool any;

    TRACE("phonebook %s, entry %s, credentials %p.\n", debugstr_w(phonebook), debugstr_w(entry), credentials);
    if (!entry) return ERROR_INVALID_PARAMETER;
    if ((error = version_enter(VERSION_RASCREDENTIALSW, credentials, &newest))) return error;
    if (newest.dwMask & ~MASKS) return ERROR_INVALID_PARAMETER;
    if ((error = find_key(phonebook, entry, &key))) return error;
    found = stored_parts(&key, newest.dwMask, &record, &any);
    if (any || !newest.dwMask)
    {
        memset(&newest, 0, sizeof(newest));
        newest.dwMask = found;
        if (found & RASCM_UserName) CREDSTORE_COPY_TEXT(newest.szUserName, record.user);
        if (found & (RASCM_Password | SHARED_KEYS)) wcscpy(newest.szPassword, asterisks);
        if (found & RASCM_Domain) CREDSTORE_COPY_TEXT(newest.szDomain, record.domain);
        version_leave(VERSION_RASCREDENTIALSW, &newest, credentials);
    }
    else
        error = ERROR_FILE_NOT_FOUND;
    credstore_wipe(&record);
    return error;
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

static bool is_administrator(void)
{
    BYTE sid[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof(sid);
    BOOL member = FALSE;

    return CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid, &size) &&
           CheckTokenMembership(NULL, sid, &member) && member;
}

/* One text cannot be two secrets. */
static bool is_ambiguous(DWORD mask)
{
    DWORD secrets = mask & (RASCM_Password | SHARED_KEYS);

    return (secrets & (secrets - 1)) != 0;
}

static DWORD check_access(const struct credstore_key *key, DWORD mask)
{
    if ((mask & RASCM_DefaultCreds) && !key->all_users) return ERROR_ACCESS_DENIED;
    return (mask & SHARED_KEYS) && !is_administrator() ? ERROR_ACCESS_DENIED : ERROR_SUCCESS;
}

static void set_secret(struct credstore_record *record, const WCHAR *password, BOOL clear)
{
    if (dial_is_asterisks(password, 16)) return;
    credstore_copy_text(record->password, password, ARRAYSIZE(record->password));
    record->has_password = !clear;
}

static DWORD set_parts(const struct credstore_key *key, DWORD mask, const RASCREDENTIALSW *values, BOOL clear)
{
    struct credstore_record record;
    DWORD error;

    credstore_read(key, whose(mask), &record);
    if (mask & RASCM_UserName) CREDSTORE_COPY_TEXT(record.user, values->szUserName);
    if ((mask & RASCM_Domain) && !dial_is_asterisks(values->szDomain, 1))
        CREDSTORE_COPY_TEXT(record.domain, values->szDomain);
    if (mask & RASCM_Password) set_secret(&record, values->szPassword, clear);
    error = credstore_write(key, whose(mask), &record);
    credstore_wipe(&record);
    return error;
}

static DWORD set_shared_key(const struct credstore_key *key, enum credstore_kind kind, const WCHAR *value, BOOL clear)
{
    struct credstore_record record;
    DWORD error;

    credstore_read(key, kind, &record);
    set_secret(&record, value, clear);
    error = credstore_write(key, kind, &record);
    credstore_wipe(&record);
    return error;
}

/* With clear the parts of the mask go, whatever the members say. */
static DWORD set_credentials(const struct credstore_key *key, const RASCREDENTIALSW *given, BOOL clear)
{
    static const RASCREDENTIALSW none;
    const RASCREDENTIALSW *values = clear ? &none : given;
    DWORD error = ERROR_SUCCESS;
    size_t i;

    if (given->dwMask & PARTS) error = set_parts(key, given->dwMask, values, clear);
    for (i = 0; i < ARRAYSIZE(shared_keys) && !error; i++)
        if (given->dwMask & shared_keys[i].mask)
            error = set_shared_key(key, shared_keys[i].kind, values->szPassword, clear);
    return error;
}

DWORD WINAPI RasSetCredentialsW(LPCWSTR phonebook, LPCWSTR entry, LPRASCREDENTIALSW credentials, BOOL clear)
{
    RASCREDENTIALSW newest;
    struct credstore_key key;
    DWORD error;

    TRACE("phonebook %s, entry %s, credentials %p, clear %d.\n", debugstr_w(phonebook), debugstr_w(entry), credentials,
          clear);
    if (!entry) return ERROR_INVALID_PARAMETER;
    if ((error = version_enter(VERSION_RASCREDENTIALSW, credentials, &newest))) return error;
    if ((newest.dwMask & ~MASKS) || (!clear && is_ambiguous(newest.dwMask))) error = ERROR_INVALID_PARAMETER;
    if (!error) error = find_key(phonebook, entry, &key);
    if (error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY) error = ERROR_INVALID_PARAMETER;
    if (!error) error = check_access(&key, newest.dwMask);
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
