/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * saving.h - what the tests of stored credentials share: both twins of each function behind one
 * call, with the ANSI structures.  Texts are ASCII.
 */
#ifndef WINETEST_SAVING_H
#define WINETEST_SAVING_H

#include "ras_test.h"

#define ASTERISKS "****************"

/* The twin that a test has called: check_twin(wide, RasFoo, got, expected) is ok_error. */
#define check_twin(wide, function, got, expected)                                                                      \
    ok_error_of((wide) ? #function "W" : #function "A", (got), (expected))

/* NULL stays NULL, also for the structure. */
DWORD get_credentials(BOOL wide, const char *book, const char *entry, RASCREDENTIALSA *credentials);
DWORD set_credentials(BOOL wide, const char *book, const char *entry, RASCREDENTIALSA *credentials, BOOL clear);
DWORD get_params(BOOL wide, const char *book, RASDIALPARAMSA *params, BOOL *has_password);
DWORD set_params(BOOL wide, const char *book, RASDIALPARAMSA *params, BOOL remove_password);

/* Save these parts, or forget them, which must succeed. */
void save(const char *book, const char *entry, DWORD mask, const char *user, const char *password, const char *domain);
void forget(const char *book, const char *entry, DWORD mask);
#define PARTS       (RASCM_UserName | RASCM_Password | RASCM_Domain)
#define SHARED_KEYS (RASCM_PreSharedKey | RASCM_ServerPreSharedKey | RASCM_DDMPreSharedKey)

/* Which parts of mask are stored, and that their texts are these. */
#define check_stored(book, entry, mask, found, user, domain)                                                           \
    check_stored_(__FILE__, __LINE__, book, entry, mask, found, user, domain)
void check_stored_(const char *file, int line, const char *book, const char *entry, DWORD mask, DWORD found,
                   const char *user, const char *domain);

/* A phone book in the folder of all users, whose path goes into path (MAX_PATH).  FALSE: skip. */
BOOL write_all_users_phonebook(char *path, const char *entries);

/* Until stop_being_plain_user() the thread is of a user who is no administrator.  FALSE: skip. */
BOOL be_plain_user(void);
void stop_being_plain_user(void);

#endif
