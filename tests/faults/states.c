/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * states.c - how a connection gets into each state, and stays there until something
 * breaks.  Most states are held by a program whose handler does not return; others by a
 * peer, a modem or a pppd that has stopped.  A modem is hung up for 2 s (FAILING_PORT, ENDING_PORT),
 * but at once when its peer hangs up meanwhile.
 * What is lost is dialled again at once, and the next time after a pause.
 */
#include "faults.h"

#define PAUSED WIRE_DIAL_PAUSED_STATES
#define BEFORE WIRE_DIAL_TERMINAL_BEFORE
#define AFTER  WIRE_DIAL_TERMINAL_AFTER

const struct conn_state_info conn_states[ST_COUNT] = {
#define STATE(name, published, timeout, holds, final) \
    [ST_##name] = {#name, RAS_STATE_##published, timeout, HOLDS_##holds, final},
    CONN_STATES(STATE)
#undef STATE
};

#define ROW(name, ...) [ST_##name] = {ST_##name, __VA_ARGS__}

const struct way ways[ST_COUNT] = {
    ROW(NEW, "left at once"),
    ROW(OPEN_PORT, "cable", "none", "OPEN_PORT"),
    ROW(OPENING, "modem", "none", "before OPENING"),
    ROW(PORT_OPENED, "cable", "none", "PORT_OPENED"),
    ROW(SWITCH_BEFORE, "cable", "none", "SWITCH_BEFORE", PAUSED | BEFORE),
    ROW(PAUSE_BEFORE, "cable", "none", "PAUSE_BEFORE", PAUSED | BEFORE),
    ROW(SWITCHED_BEFORE, "cable", "none", "PAUSE_BEFORE resume SWITCHED_BEFORE", PAUSED | BEFORE),
    ROW(CONNECT_DEVICE, "modem", "none", "CONNECT_DEVICE"),
    ROW(CONNECTING, "modem", "none", "CONNECTING", 0, "5550001"),
    ROW(NEXT_NUMBER, "hasty modem", "none", "NEXT_NUMBER", 0, "5550003", "5550100"),
    ROW(DEVICE_CONNECTED, "cable", "none", "DEVICE_CONNECTED"),
    ROW(SWITCH_AFTER, "cable", "none", "SWITCH_AFTER", PAUSED | AFTER),
    ROW(PAUSE_AFTER, "cable", "none", "PAUSE_AFTER", PAUSED | AFTER),
    ROW(ALL_CONNECTED, "cable", "none", "ALL_CONNECTED"),
    ROW(LCP, "cable", "silent", "LCP"),
    ROW(AUTHENTICATE, "cable", "mschap-v2", "AUTHENTICATE"),
    ROW(REFUSED, "cable", "retry-mschap-v2", "REFUSED", PAUSED, .password = "wrong"),
    ROW(REFUSED_DOWN, "cable", "retry-mschap-v2", "REFUSED drop !REFUSED_DOWN", PAUSED, .password = "wrong"),
    ROW(RETRY, "cable", "retry-mschap-v2", "RETRY", PAUSED, .password = "wrong"),
    ROW(RETRY_DOWN, "cable", "mschap-v2", "RETRY_DOWN", PAUSED, .password = "wrong"),
    ROW(EAP_NOTIFY, "cable", "eap", "EAP_NOTIFY", PAUSED, .password = ""),
    ROW(EAP_NOTIFY_DOWN, "cable", "eap", "EAP_NOTIFY drop !EAP_NOTIFY_DOWN", PAUSED, .password = ""),
    ROW(EAP_UI, "cable", "eap", "EAP_UI", PAUSED, .password = ""),
    ROW(EAP_UI_DOWN, "cable", "eap", "EAP_UI drop EAP_UI_DOWN", PAUSED, .password = ""),
    ROW(EAP_ANSWERED, "cable", "eap", "EAP_UI freeze resume EAP_ANSWERED", PAUSED, .password = ""),
    ROW(AUTH_RETRY, "cable", "retry-mschap-v2", "RETRY freeze resume AUTH_RETRY", PAUSED, .password = "wrong"),
    ROW(REDIAL, "modem", "mschap-v2", "RETRY_DOWN resume REDIAL", PAUSED, .password = "wrong"),
    ROW(REOPENING, "left at once: a tty that was just closed opens"),
    ROW(EXPIRED, "cable", "expired-1-mschap-v2", "EXPIRED", PAUSED),
    ROW(PASSWORD, "cable", "expired-1-mschap-v2", "PASSWORD", PAUSED),
    ROW(CHANGE_PASSWORD, "cable", "expired-1-mschap-v2", "PASSWORD freeze resume CHANGE_PASSWORD", PAUSED),
    ROW(AUTH_NOTIFY, "cable", "mschap-v2", "AUTH_NOTIFY"),
    ROW(AUTH_CALLBACK, "modem", "callback", "AUTH_CALLBACK", .callback = "5551"),
    ROW(CALLBACK_SENT, "modem", "callback", "AUTH_CALLBACK freeze CALLBACK_SENT", .callback = "5551"),
    ROW(CALLBACK_SET, "modem", "callback", "CALLBACK_SET", PAUSED, .callback = "*"),
    ROW(CALLBACK_GIVEN, "modem", "callback", "CALLBACK_SET freeze resume CALLBACK_GIVEN", PAUSED, .callback = "*"),
    ROW(PREPARE, "modem", "callback-frozen", "PREPARE", .callback = "5551"),
    ROW(PREPARED, "modem", "callback-frozen", "PREPARED", .callback = "5551"),
    ROW(PREPARE_DOWN, "modem", "callback", "PREPARE !PREPARE_DOWN", .callback = "5551"),
    ROW(RESET, "modem", "callback", "RESET", .callback = "5551"),
    ROW(RESETTING, "modem", "callback", "RESETTING", .callback = "5551"),
    ROW(AWAIT_CALL, "modem", "callback", "AWAIT_CALL", .callback = "5551"),
    ROW(AWAITING_CALL, "modem", "callback-never", "AWAITING_CALL", .callback = "5551"),
    ROW(CALLED, "modem", "callback", "CALLED", .callback = "5551"),
    ROW(REAUTHENTICATE, "modem", "callback", "REAUTHENTICATE", .callback = "5551"),
    ROW(AUTH_PROJECT, "cable", "mschap-v2", "AUTH_PROJECT"),
    ROW(AUTHENTICATED, "cable", "mschap-v2", "AUTHENTICATED"),
    ROW(PROJECTED, "cable", "mschap-v2", "PROJECTED"),
    ROW(CONNECTED, "cable", "mschap-v2", "CONNECTED"),
    ROW(LOST, "modem", "mschap-v2", "CONNECTED drop OPENING CONNECTED drop LOST", WIRE_DIAL_RECONNECT),
    ROW(BUNDLE, "its links are what is in a state"),
    ROW(FAILING_LINK, "cable", "mschap-v2", "CONNECTED freeze term FAILING_LINK"),
    ROW(FAILING_PORT, "modem", "mschap-v2", "CONNECTED freeze term FAILING_PORT"),
    ROW(FAILED, "cable", "mschap-v2", "FAILED", .password = "wrong"),
    ROW(ENDING_LINK, "cable", "mschap-v2", "CONNECTED freeze hangup ENDING_LINK"),
    ROW(ENDING_PORT, "modem", "mschap-v2", "CONNECTED freeze hangup ENDING_PORT"),
    ROW(GONE, "cable", "none", "DEVICE_CONNECTED others !GONE"),
};
