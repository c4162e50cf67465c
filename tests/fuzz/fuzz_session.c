/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fuzz_session.c - an ordinary user's bytes on the socket of the plugin: packets,
 * each after two length bytes, before and after the link is made.
 * session.c is included, because each input needs a new session.
 */
#include "../../plugin/session.c"

#include <stdlib.h>

#include "../pppd_mock.h"
#include "fuzz.h"

static void forget_all(void)
{
    session_forget();
    configured = is_started = is_ended = is_mute = is_watched = is_signalled = false;
    log_lines = 0;
    mock_reset();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t config[] = {32, 0, 0, 0, WIRE_link_config, 0, 0, 0, 0, 0, 0, 0, WIRE_VERSION, 0, 0, 0,
                                     1,  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0};
    char password[PPPD_NAME_SIZE];
    int pair[2];
    size_t len;

    if (!size) return 0;
    mock_reset();
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair)) abort();
    if ((data[0] & 1) && send(pair[0], config, sizeof(config), MSG_DONTWAIT) != sizeof(config)) abort();
    data++;
    size--;
    while (size >= 2)
    {
        len = (size_t)(data[0] | data[1] << 8) % 8192;
        data += 2;
        size -= 2;
        if (len > size) len = size;
        if (send(pair[0], data, len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) break;
        data += len;
        size -= len;
    }
    if (!session_open(pair[1]))
    {
        report_start();
        mock.handlers->phase(PPPD_ESTABLISH);
        mock_run_timers();
        if (mock.handlers->has_password() && mock.handlers->get_password(password) &&
            !memchr(password, 0, sizeof(password)))
            abort();
        if (!memchr(mock.user, 0, sizeof(mock.user))) abort();
        mock.handlers->leaving(5);
    }
    close(pair[0]);
    forget_all();
    close(pair[1]);
    return 0;
}
