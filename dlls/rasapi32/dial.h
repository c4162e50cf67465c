/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial.h - the dials of this process, from RasDial until the last notice.
 */
#ifndef RASAPI32_DIAL_H
#define RASAPI32_DIAL_H

#include <stdbool.h>

#include "credstore.h"
#include "dial_entry.h"
#include "rasapi32.h"
#include "ras_wire.h"
#include "script_run.h"

/* For the reader thread; with client_lock held. */
void dial_notice(const struct wire_notice *notice);
void dial_session_lost(void);

/* For RasHangUp, without client_lock: is the caller inside a handler of this
 * connection?  Then no notice follows the one that is being handled. */
bool dial_hangup_in_handler(DWORD handle);

/* What a dialog asks the user for.  Has a secret. */
struct dial_login
{
    WCHAR entry[RAS_MaxEntryName + 1];
    WCHAR user[UNLEN + 1];
    WCHAR password[PWLEN + 1];
};

/* For dialogs: the names of a dial of this process that is paused in state; and the user's
 * answer, which the resume takes.  False: there is no such dial. */
bool dial_get_login(DWORD handle, DWORD state, struct dial_login *login);
bool dial_set_login(DWORD handle, DWORD state, const struct dial_login *login);

/* What a dial needs after its request; free with dial_later_free(), which leaves it empty. */
struct dial_later
{
    struct credstore_key key;         /* of the entry */
    struct script_plan *script;       /* of the entry, or NULL */
    struct dial_promotion *promotion; /* or NULL */
};
void dial_later_free(struct dial_later *later);

/* Fill the request for a new connection from what the program gave and the entry; in params,
 * stand-ins are replaced by what is stored for it; and later, which is empty after an error.
 * Returns 0, 8, 87, 720, 731, 749, 751 or 919. */
DWORD dial_fill_request(struct wire_dial *dial, const RASDIALEXTENSIONS *ext, const struct dial_entry *entry,
                        RASDIALPARAMSW *params, bool synchronous, struct dial_later *later);

/* A further link of a dial with several: the one that entry is turned to.  0, 8 or 749. */
DWORD dial_fill_link(struct wire_dial_link *link, const RASDIALEXTENSIONS *ext, const struct dial_entry *entry,
                     const RASDIALPARAMSW *params);

/* 16 asterisks are the stored password, "*" the stored domain, and with empty_too neither name
 * nor password are the stored ones.  Nothing is stored: empty.  True: the password is the one for
 * all users. */
bool dial_take_stored(RASDIALPARAMSW *params, const struct credstore_key *key, bool empty_too);

/* The dial has succeeded with these: store them for the entry.  No name: they were not the user's. */
void dial_store_used(const struct credstore_key *key, const RASDIALPARAMSW *params);

/* The data of RasGetEapUserIdentity goes into params.  0 or 87. */
DWORD eap_take_info(const RASEAPINFO *given, RASDIALPARAMSW *params);

/* Resume a paused connection with the name and the password of params, which its script
 * gets if it is dialled again. */
DWORD dial_resume_with(DWORD handle, const RASDIALPARAMSW *params);

/* A text of the program as UTF-8; arrays of the API need not end with NUL.  False,
 * and an empty text, when it does not fit. */
bool dial_set_text(char *dst, size_t dst_size, const WCHAR *src, size_t src_len);
#define DIAL_SET_TEXT(dst, src) dial_set_text((dst), sizeof(dst), (src), ARRAYSIZE(src))

/* Are these the characters of a callback number, or is it "*" or empty? */
bool dial_is_callback_number(const WCHAR *number, size_t size);

/* len asterisks and nothing else. */
bool dial_is_asterisks(const WCHAR *text, size_t len);

/* What wire_dial and wire_resume have in common, after dial_take_stored(). */
#define DIAL_FILL_CREDENTIALS(to, params)                                                                              \
    do                                                                                                                 \
    {                                                                                                                  \
        DIAL_SET_TEXT((to)->user, (params)->szUserName);                                                               \
        DIAL_SET_TEXT((to)->callback_number, (params)->szCallbackNumber);                                              \
        DIAL_SET_TEXT((to)->password, (params)->szPassword);                                                           \
        DIAL_SET_TEXT((to)->domain, (params)->szDomain);                                                               \
    } while (0)

#endif
