/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credentials.c - the one name and password of this link.  pppd gets the
 * password each time it asks, not at all for MS-CHAP, and never keeps it; the only
 * lasting copy is here, in memory that is not swapped.
 */
#include "config.h"
#include "plugin.h"

#include <string.h>
#include <sys/mman.h>
#include <syslog.h>

#include "peer_packets.h"
#include "pppd_compat.h"

static bool are_set;
static char user[PPPD_NAME_SIZE];
static char secret[771 + 1];

const char *credentials_set(const struct wire_link_credentials *credentials)
{
    mlock(secret, sizeof(secret)); /* as good as it gets: failure changes nothing */
    if (WIRE_SET_TEXT(user, credentials->user) || WIRE_SET_TEXT(secret, credentials->password))
        return "name or password is too long";
    are_set = true;
    return NULL;
}

void credentials_apply(void)
{
    if (are_set) pppd_set_user(user);
}

bool credentials_are_set(void)
{
    return are_set;
}

const char *credentials_user(void)
{
    return user;
}

const char *credentials_secret(void)
{
    return secret;
}

const char *credentials_set_password(const char *password)
{
    return WIRE_SET_TEXT(secret, password) ? "the password is too long" : NULL;
}

bool credentials_password(char *password, uint32_t algorithm)
{
    if (!are_set) return false;
    /* responder.c answers, pppd need not know. */
    if (algorithm == CHAP_ALGORITHM_MSCHAP || algorithm == CHAP_ALGORITHM_MSCHAP_V2)
        password[0] = 0;
    else if (wire_set_text(password, PPPD_NAME_SIZE, secret))
    {
        wire_wipe_memory(password, PPPD_NAME_SIZE);
        session_log(LOG_ERR, "the password is longer than pppd can send");
        return false;
    }
    return true;
}

void credentials_wipe(void)
{
    are_set = false;
    wire_wipe_memory(secret, sizeof(secret));
    wire_wipe_memory(user, sizeof(user));
    pppd_wipe_password();
}
