/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credstore.c - see credstore.h.  One generic credential for each kind and entry; its blob is
 * the record, encrypted.
 */
#include "credstore.h"

#include <stddef.h>
#include <stdlib.h>
#include <wincred.h>

#include "eap_data.h"
#include "protect.h"
#include "ras_wire.h"

#define RECORD_VERSION 1u
#define KEY_TEXT_MAX   1536

_Static_assert(sizeof(struct credstore_record) == 1344, "the same for all programs");

/* With the key behind it, a name in the store. */
static const WCHAR *const prefixes[] =
{
    [CREDSTORE_USER] = L"wineras:",
    [CREDSTORE_ALL_USERS] = L"wineras-all-users:",
    [CREDSTORE_KEY] = L"wineras-pre-shared-key:",
    [CREDSTORE_SERVER_KEY] = L"wineras-server-pre-shared-key:",
    [CREDSTORE_DDM_KEY] = L"wineras-ddm-pre-shared-key:",
};
_Static_assert(ARRAYSIZE(prefixes) == CREDSTORE_KINDS, "one for each kind");

#define TARGET_MAX (CREDSTORE_TARGET_MAX + 32)

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
    WCHAR text[KEY_TEXT_MAX + 1 + KEY_TEXT_MAX + 1], *p;
    uint64_t long_hash;

    memset(key, 0, sizeof(*key));
    if (!name[0]) return;
    _snwprintf(text, ARRAYSIZE(text), L"%.*s|%.*s", KEY_TEXT_MAX, phonebook, KEY_TEXT_MAX, name);
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

void credstore_key(struct credstore_key *key, const struct phonebook_record *record)
{
    memset(key, 0, sizeof(*key));
    if (!record) return;
    credstore_key_for(key, record->path, record->name);
    key->all_users = record->all_users;
}

DWORD credstore_find(struct credstore_key *key, const WCHAR *phonebook, const WCHAR *name)
{
    struct phonebook_record *record;
    DWORD error;

    if ((error = phonebook_read(phonebook, name, &record))) return phonebook_one_error(error);
    credstore_key(key, record);
    phonebook_record_free(record);
    return ERROR_SUCCESS;
}

static void make_target(WCHAR *target, const struct credstore_key *key, enum credstore_kind kind)
{
    _snwprintf(target, TARGET_MAX, L"%s%s", prefixes[kind], key->target);
}

void credstore_copy_text(WCHAR *dst, const WCHAR *src, size_t size)
{
    memset(dst, 0, size * sizeof(*dst));
    memcpy(dst, src, wcsnlen(src, size - 1) * sizeof(*dst));
}

void credstore_wipe(struct credstore_record *record)
{
    wire_wipe_memory(record, sizeof(*record));
}

static bool decrypt_record(const CREDENTIALW *credential, struct credstore_record *record)
{
    struct protect_data plain;
    bool good = false;

    if (!protect_decrypt(credential->TargetName, credential->CredentialBlob, credential->CredentialBlobSize, &plain) &&
        plain.size == sizeof(*record))
    {
        memcpy(record, plain.bytes, sizeof(*record));
        record->user[UNLEN] = record->password[PWLEN] = record->domain[DNLEN] = 0;
        record->callback_number[RAS_MaxCallbackNumber] = 0;
        good = record->version == RECORD_VERSION;
    }
    protect_free(&plain);
    return good;
}

bool credstore_read(const struct credstore_key *key, enum credstore_kind kind, struct credstore_record *record)
{
    CREDENTIALW *credential;
    WCHAR target[TARGET_MAX];
    bool found;

    memset(record, 0, sizeof(*record));
    make_target(target, key, kind);
    if (!key->target[0] || !CredReadW(target, CRED_TYPE_GENERIC, 0, &credential)) return false;
    if (!(found = decrypt_record(credential, record)))
    {
        WARN("%s is not a credential of ours, or its secret is lost.\n", debugstr_w(target));
        credstore_wipe(record);
    }
    CredFree(credential);
    return found;
}

bool credstore_read_for_dial(const struct credstore_key *key, struct credstore_record *record, bool *shared)
{
    bool found = credstore_read(key, CREDSTORE_USER, record);

    *shared = false;
    if (record->user[0] || record->has_password || !key->all_users) return found;
    *shared = credstore_read(key, CREDSTORE_ALL_USERS, record);
    return *shared;
}

static bool is_empty(const struct credstore_record *record)
{
    return !record->has_password && !record->user[0] && !record->domain[0] && !record->callback_number[0] &&
           !record->sub_entry && !record->callback_id;
}

static DWORD remove_kind(const struct credstore_key *key, enum credstore_kind kind)
{
    WCHAR target[TARGET_MAX];
    DWORD error = ERROR_SUCCESS;

    make_target(target, key, kind);
    if (!CredDeleteW(target, CRED_TYPE_GENERIC, 0)) error = GetLastError();
    return error == ERROR_NOT_FOUND ? ERROR_SUCCESS : error;
}

DWORD credstore_write(const struct credstore_key *key, enum credstore_kind kind, struct credstore_record *record)
{
    CREDENTIALW credential = {.Type = CRED_TYPE_GENERIC, .Persist = CRED_PERSIST_LOCAL_MACHINE};
    struct protect_data encrypted;
    WCHAR target[TARGET_MAX];
    DWORD error;

    if (is_empty(record)) return remove_kind(key, kind);
    make_target(target, key, kind);
    record->version = RECORD_VERSION;
    if (!(error = protect_encrypt(target, record, sizeof(*record), &encrypted)))
    {
        credential.TargetName = target;
        credential.UserName = record->user;
        credential.CredentialBlob = encrypted.bytes;
        credential.CredentialBlobSize = encrypted.size;
        if (!CredWriteW(&credential, 0)) error = GetLastError();
    }
    protect_free(&encrypted);
    if (error) WARN("%s cannot be stored: %s.\n", debugstr_w(target), debugstr_error(error));
    return error;
}

DWORD credstore_remove(const struct credstore_key *key)
{
    DWORD error = ERROR_SUCCESS;
    enum credstore_kind kind;

    for (kind = 0; kind < CREDSTORE_KINDS && !error; kind++) error = remove_kind(key, kind);
    return error ? error : eap_data_remove(key->target);
}

static DWORD rename_kind(const struct credstore_key *old_key, const struct credstore_key *new_key,
                         enum credstore_kind kind)
{
    struct credstore_record record;
    DWORD error;

    credstore_read(old_key, kind, &record);
    if (!(error = credstore_write(new_key, kind, &record))) error = remove_kind(old_key, kind);
    credstore_wipe(&record);
    return error;
}

DWORD credstore_rename(const struct credstore_key *old_key, const struct credstore_key *new_key)
{
    DWORD error = ERROR_SUCCESS;
    enum credstore_kind kind;

    if (!wcscmp(old_key->target, new_key->target)) return ERROR_SUCCESS;
    for (kind = 0; kind < CREDSTORE_KINDS && !error; kind++) error = rename_kind(old_key, new_key, kind);
    return error ? error : eap_data_rename(old_key->target, new_key->target);
}

DWORD credstore_replace_password(const struct credstore_key *key, const WCHAR *password)
{
    struct credstore_record record;
    DWORD error = ERROR_SUCCESS;

    if (wcslen(password) > PWLEN) return ERROR_INVALID_PARAMETER;
    if (credstore_read(key, CREDSTORE_USER, &record) && record.has_password)
    {
        SecureZeroMemory(record.password, sizeof(record.password));
        wcscpy(record.password, password);
        error = credstore_write(key, CREDSTORE_USER, &record);
    }
    credstore_wipe(&record);
    return error;
}
