/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_events.c - the events of conn_fsm.c by their names, for logs and doc/states.txt.
 */
#include "conn.h"

const char *conn_event_name(enum conn_event event)
{
    static const char *const names[] = {
#define EVENT(name) [EV_##name] = #name
        EVENT(DIAL), EVENT(PORT_FREE), EVENT(PORT_OPENED), EVENT(PORT_FAILED), EVENT(INTERACTIVE), EVENT(DEVICE_UP),
        EVENT(DEVICE_FAILED), EVENT(NEXT_NUMBER), EVENT(LCP_UP), EVENT(AUTHENTICATE), EVENT(AUTH_OK),
        EVENT(AUTH_FAILED),
        EVENT(AUTH_HELD), EVENT(AUTH_EXPIRED), EVENT(AUTH_LOST), EVENT(EAP_WANTED), EVENT(RESUME),
        EVENT(CALLBACK_ASKED), EVENT(CALLBACK_DECIDED), EVENT(CALLBACK_OPEN), EVENT(CALLBACK_AGREED),
        EVENT(DEVICE_READY), EVENT(NETWORK), EVENT(IP_UP), EVENT(BUNDLE), EVENT(LINKS_UP),
        EVENT(LINK_DOWN), EVENT(LINK_GONE), EVENT(PORT_CLOSED),
        EVENT(HANGUP), EVENT(CLIENT_LOST), EVENT(NOTICE_DONE), EVENT(TIME_OUT)
#undef EVENT
    };
    _Static_assert(sizeof(names) / sizeof(*names) == EV_COUNT, "every event has a name");

    return event < EV_COUNT ? names[event] : "unknown";
}
