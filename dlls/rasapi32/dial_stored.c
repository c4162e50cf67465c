/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_stored.c - a dial and what is stored for its entry: what stands for it, and what is
 * stored when the dial has succeeded.
 */
#include "dial.h"

bool dial_is_asterisks(const WCHAR *text, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++)
        if (text[i] != '*') return false;
    return !text[len];
}

bool dial_take_stored(RASDIALPARAMSW *params, const struct credstore_key *key, bool empty_too)
{
    bool password = dial_is_asterisks(params->szPassword, 16), domain = dial_is_asterisks(params->szDomain, 1);
    struct credstore_record record;
    bool shared;

    if (empty_too && !params->szUserName[0] && !params->szPassword[0]) password = true;
    if (!password && !domain) return false;
    credstore_read_for_dial(key, &record, &shared);
    if (password)
    {
        if (!params->szUserName[0])
        {
            wcscpy(params->szUserName, record.user);
            if (!params->szDomain[0]) domain = true;
        }
        wcscpy(params->szPassword, record.password);
    }
    if (domain) wcscpy(params->szDomain, record.domain);
    credstore_wipe(&record);
    return shared && password;
}

/* Passwords are kept for those who want it: in the place of one that is kept already. */
void dial_store_used(const struct credstore_key *key, const RASDIALPARAMSW *params)
{
    struct credstore_record record, before;

    if (!key->target[0]) return;
    credstore_read(key, CREDSTORE_USER, &record);
    before = record;
    if (params->szUserName[0])
    {
        CREDSTORE_COPY_TEXT(record.user, params->szUserName);
        CREDSTORE_COPY_TEXT(record.domain, params->szDomain);
        if (record.has_password) CREDSTORE_COPY_TEXT(record.password, params->szPassword);
    }
    if (!dial_is_asterisks(params->szCallbackNumber, 1))
        CREDSTORE_COPY_TEXT(record.callback_number, params->szCallbackNumber);
    if (memcmp(&record, &before, sizeof(record))) credstore_write(key, CREDSTORE_USER, &record);
    credstore_wipe(&record);
    credstore_wipe(&before);
}
