/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credstore.c - see credstore.h.  One generic credential an entry, whose blob is the record.
 */
#include "credstore.h"

#include <stddef.h>
#include <stdlib.h>
#include <wincred.h>

#include "ras_wire.h"

#define RECORD_VERSION 1u
#define KEY_TEXT_MAX   1536

_Static_assert(sizeof(struct credstore_record) == 1344, "the same for all programs");
_Static_assert(sizeof(struct credstore_record) <= CRED_MAX_CREDENTIAL_BLOB_SIZE ||
                   CRED_MAX_CREDENTIAL_BLOB_SIZE == 512, "Windows takes 2560 bytes since Vista");

/* FNV-1a; tells long names apart, no secret depends on it. */
static uint64_t hash(const WCHAR *text)
{
    uint64_t value = 0xcbf29ce484222325u;

    for (; *text; text++)
    {
        value = (value ^ (*text & 0xff)) * 0x100000001b3u;
        value = (value ^ (*text >> 8)) * 0x100000001b3u;
    }
    return value;
}

/* Names of entries and files do not depend on the case of letters. */
void credstore_key_for(struct credstore_key *key, const WCHAR *phonebook, const WCHAR *name)
{
    static const WCHAR prefix[] = L"wineras:";
    WCHAR text[ARRAYSIZE(prefix) + KEY_TEXT_MAX + 1 + KEY_TEXT_MAX], *p;
    uint64_t long_hash;

    memset(key, 0, sizeof(*key));
    if (!name[0]) return;
    _snwprintf(text, ARRAYSIZE(text), L"%s%.*s|%.*s", prefix, KEY_TEXT_MAX, phonebook, KEY_TEXT_MAX, name);
    CharLowerW(text);
    for (p = text; *p; p++)
        if (*p == '\\') *p = '/';
    if (wcslen(text) <= CREDSTORE_TARGET_MAX)
    {
        wcscpy(key->target, text);
        return;
    }
    long_hash = hash(text);
    text[CREDSTORE_TARGET_MAX - 20] = 0;
    _snwprintf(key->target, ARRAYSIZE(key->target), L"%s#%08x%08x", text, (unsigned int)(long_hash >> 32),
               (unsigned int)long_hash);
}

void credstore_key(struct credstore_key *key, const struct dial_entry *entry)
{
    WCHAR phonebook[ARRAYSIZE(entry->phonebook)], name[ARRAYSIZE(entry->name)];

    MultiByteToWideChar(CP_UTF8, 0, entry->phonebook, -1, phonebook, ARRAYSIZE(phonebook));
    MultiByteToWideChar(CP_UTF8, 0, entry->name, -1, name, ARRAYSIZE(name));
    credstore_key_for(key, phonebook, name);
}

void credstore_wipe(struct credstore_record *record)
{
    wire_wipe_memory(record, sizeof(*record));
}

bool credstore_read(const struct credstore_key *key, struct credstore_record *record)
{
    CREDENTIALW *credential;
    bool found = false;

    memset(record, 0, sizeof(*record));
    if (!key->target[0] || !CredReadW(key->target, CRED_TYPE_GENERIC, 0, &credential)) return false;
    if (credential->CredentialBlobSize == sizeof(*record))
    {
        memcpy(record, credential->CredentialBlob, sizeof(*record));
        found = record->version == RECORD_VERSION;
        record->user[UNLEN] = record->password[PWLEN] = record->domain[DNLEN] = 0;
        record->callback_number[RAS_MaxCallbackNumber] = 0;
    }
    if (!found)
    {
        WARN("%s is not a credential of ours.\n", debugstr_w(key->target));
        credstore_wipe(record);
    }
    wire_wipe_memory(credential->CredentialBlob, credential->CredentialBlobSize);
    CredFree(credential);
    return found;
}

static bool is_empty(const struct credstore_record *record)
{
    return !record->has_password && !record->user[0] && !record->domain[0] && !record->callback_number[0] &&
           !record->sub_entry && !record->callback_id;
}

DWORD credstore_remove(const struct credstore_key *key)
{
    DWORD error = ERROR_SUCCESS;

    if (!CredDeleteW(key->target, CRED_TYPE_GENERIC, 0)) error = GetLastError();
    return error == ERROR_NOT_FOUND ? ERROR_SUCCESS : error;
}

DWORD credstore_write(const struct credstore_key *key, struct credstore_record *record)
{
    CREDENTIALW credential = {.Type = CRED_TYPE_GENERIC, .Persist = CRED_PERSIST_LOCAL_MACHINE};
    DWORD error = ERROR_SUCCESS;

    if (is_empty(record)) return credstore_remove(key);
    record->version = RECORD_VERSION;
    credential.TargetName = (WCHAR *)key->target;
    credential.UserName = record->user;
    credential.CredentialBlob = (BYTE *)record;
    credential.CredentialBlobSize = sizeof(*record);
    if (!CredWriteW(&credential, 0)) error = GetLastError();
    if (error) WARN("%s cannot be stored: %s.\n", debugstr_w(key->target), debugstr_error(error));
    return error;
}

DWORD credstore_rename(const struct credstore_key *old_key, const struct credstore_key *new_key)
{
    struct credstore_record record;
    DWORD error;

    if (!wcscmp(old_key->target, new_key->target)) return ERROR_SUCCESS;
    credstore_read(old_key, &record);
    if (!(error = credstore_write(new_key, &record))) error = credstore_remove(old_key);
    credstore_wipe(&record);
    return error;
}

DWORD credstore_replace_password(const struct credstore_key *key, const WCHAR *password)
{
    struct credstore_record record;
    DWORD error = ERROR_SUCCESS;

    if (wcslen(password) > PWLEN) return ERROR_INVALID_PARAMETER;
    if (credstore_read(key, &record) && record.has_password)
    {
        SecureZeroMemory(record.password, sizeof(record.password));
        wcscpy(record.password, password);
        error = credstore_write(key, &record);
    }
    credstore_wipe(&record);
    return error;
}
