/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credstore.h - what the user has saved for a phone book entry: name, password, domain,
 * and the dial parameters that go with them.  Kept by Windows' credential manager, for this
 * user alone; without a word of it in the phone book.
 */
#ifndef RASAPI32_CREDSTORE_H
#define RASAPI32_CREDSTORE_H

#include <stdbool.h>
#include <stdint.h>

#include "phonebook.h"
#include "rasapi32.h"

#define CREDSTORE_TARGET_MAX 200

/* What is kept for an entry, each apart from the others. */
enum credstore_kind
{
    CREDSTORE_USER,           /* the user's own name, password, domain and dial parameters */
    CREDSTORE_ALL_USERS,      /* name, password and domain for those who have none of their own */
    CREDSTORE_KEY,            /* pre-shared keys, as passwords: of the client, as L2TP wants it, */
    CREDSTORE_SERVER_KEY,     /* of a server, */
    CREDSTORE_DDM_KEY,        /* and of demand-dial routing */
    CREDSTORE_KINDS
};

/* Names an entry of a phone book in the store; empty: no entry. */
struct credstore_key
{
    WCHAR target[CREDSTORE_TARGET_MAX + 1];
    bool all_users; /* the entry's, by its file */
};

/* Has a secret: credstore_wipe() after use.  Programs of both widths share it. */
struct credstore_record
{
    uint32_t version;
    uint32_t has_password;
    uint32_t sub_entry;
    uint32_t reserved;
    uint64_t callback_id;
    WCHAR user[UNLEN + 1];
    WCHAR password[PWLEN + 1];
    WCHAR domain[DNLEN + 1];
    WCHAR callback_number[RAS_MaxCallbackNumber + 1];
};

/* record NULL: no entry. */
void credstore_key(struct credstore_key *key, const struct phonebook_record *record);

/* The same of an entry that phonebook_read() finds; with its errors, by phonebook_one_error(). */
DWORD credstore_find(struct credstore_key *key, const WCHAR *phonebook, const WCHAR *name);

/* The same of a file, by its full path, and the name of an entry. */
void credstore_key_for(struct credstore_key *key, const WCHAR *phonebook, const WCHAR *name);

/* False, and an empty record, when nothing is stored. */
bool credstore_read(const struct credstore_key *key, enum credstore_kind kind, struct credstore_record *record);

/* What a dial uses: the user's own, else, for an entry of all users, that for all of them (*shared). */
bool credstore_read_for_dial(const struct credstore_key *key, struct credstore_record *record, bool *shared);

/* Store; a record that says nothing is removed.  0 or an error of Windows. */
DWORD credstore_write(const struct credstore_key *key, enum credstore_kind kind, struct credstore_record *record);

void credstore_wipe(struct credstore_record *record);

/* Between a member of a record and an array of the program, which need not end with NUL; the rest of
 * dst, which has size characters, becomes zero. */
void credstore_copy_text(WCHAR *dst, const WCHAR *src, size_t size);
#define CREDSTORE_COPY_TEXT(dst, src)                                                                                  \
    do                                                                                                                 \
    {                                                                                                                  \
        _Static_assert(sizeof(dst) == sizeof(src), "the same text");                                                   \
        credstore_copy_text((dst), (src), ARRAYSIZE(dst));                                                             \
    } while (0)

/* For those who rename or delete an entry: all that is stored for it goes along, or goes.
 * What was stored under the new name is lost.  0, also when nothing is stored, or an error of Windows. */
DWORD credstore_rename(const struct credstore_key *old_key, const struct credstore_key *new_key);
DWORD credstore_remove(const struct credstore_key *key);

/* The server has taken another password: replace the stored one.  Does nothing when none is
 * stored for the entry. */
DWORD credstore_replace_password(const struct credstore_key *key, const WCHAR *password);

#endif
