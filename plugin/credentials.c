/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credentials.c - the one name and password of this link.  pppd gets the
 * password each time it asks and never keeps it; the only lasting copy is here, in
 * memory that is not swapped.
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

/* pppd makes each byte a UTF-16 unit for MS-CHAP, which is right for Latin-1. */
static bool to_latin1(char *out, size_t size, const char *utf8)
{
    size_t n = 0;

    for (; *utf8; utf8++)
    {
        unsigned char c = (unsigned char)*utf8;

        if (c >= 0x80)
        {
            if ((c != 0xc2 && c != 0xc3) || ((unsigned char)utf8[1] & 0xc0) != 0x80) return false;
            c = (unsigned char)((c & 3) << 6 | ((unsigned char)utf8[1] & 0x3f));
            utf8++;
        }
        if (n + 1 >= size) return false;
        out[n++] = (char)c;
    }
    out[n] = 0;
    return true;
}

bool credentials_password(char *password, uint32_t algorithm)
{
    bool done;

    if (!are_set) return false;
    if (algorithm == CHAP_ALGORITHM_MSCHAP || algorithm == CHAP_ALGORITHM_MSCHAP_V2)
        done = to_latin1(password, PPPD_NAME_SIZE, secret);
    else
        done = !wire_set_text(password, PPPD_NAME_SIZE, secret);
    if (done) return true;
    wire_wipe_memory(password, PPPD_NAME_SIZE);
    session_log(LOG_ERR, "the password has more or other characters than pppd can send");
    return false;
}

void credentials_wipe(void)
{
    are_set = false;
    wire_wipe_memory(secret, sizeof(secret));
    wire_wipe_memory(user, sizeof(user));
    pppd_wipe_password();
}
