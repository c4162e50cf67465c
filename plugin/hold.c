/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * hold.c - a refused authentication that waits for another name or password while
 * the link stays up.  pppd itself would close the link: it does not get to see the
 * refusal, its protocol is put to rest, and when the manager answers, it meets the
 * peer's challenge as if it were the first.
 *
 * MS-CHAP names the next challenge in its failure.  CHAP has to wait for a new one,
 * which few peers send: most close the link, some seconds decide.  PAP just asks
 * again.  What the peer does meanwhile ends the hold, never pppd.
 *
 * An expired password is MS-CHAP's other failure that waits: the answer is a packet
 * that changes it (RFC 2433 section 9, RFC 2759 section 7).
 *
 * A request of EAP for a name or password that is empty waits as well, once for each
 * of them: after that the empty one is what the user wants.
 */
#include "config.h"
#include "plugin.h"

#include <string.h>

#include "mschap.h"
#include "pppd_compat.h"

#define ERROR_EXPIRED 648u /* the peer then waits for a change, whatever R= says */
#define SETTLE_MS     2000u    /* in which a peer that goes on has sent a new challenge */
#define SECONDS_MAX   1000000u /* fits into milliseconds */
#define CHALLENGE_MAX 520u     /* a CHAP packet: header, value and name of 255 bytes */

static bool is_wanted;
static bool is_eap_wanted;
static uint32_t eap_asked; /* WIRE_EAP_* that were waited for */
static uint32_t limit_seconds;
static bool is_held;
static bool has_credentials; /* the answer waits for a challenge */
static uint32_t number;
static uint16_t protocol;
static uint32_t algorithm;
static uint8_t challenge[CHALLENGE_MAX]; /* to be answered */
static size_t challenge_len;
static uint8_t server[255]; /* name in the last challenge */
static size_t server_len;

void hold_configure(uint32_t hold, uint32_t seconds)
{
    is_wanted = (hold & WIRE_HOLD_AUTH_FAIL) != 0;
    is_eap_wanted = (hold & WIRE_HOLD_EAP) != 0;
    limit_seconds = seconds < SECONDS_MAX ? seconds : SECONDS_MAX;
}

static void over(void)
{
    hold_cancel();
    report_refused();
}

static void start_limit(unsigned int milliseconds)
{
    pppd_stop_timer(over);
    if (milliseconds) pppd_start_timer(over, milliseconds);
}

void hold_cancel(void)
{
    pppd_stop_timer(over);
    if (is_held) session_await(false);
    is_held = has_credentials = false;
    challenge_len = 0;
}

/* The challenge that MS-CHAP's failure implies, as a packet. */
static void make_challenge(uint8_t id, const struct mschap_failure *failure)
{
    size_t wanted = algorithm == CHAP_ALGORITHM_MSCHAP_V2 ? 16 : 8, len = 5 + wanted + server_len;

    challenge_len = 0;
    if ((!failure->retry && failure->error != ERROR_EXPIRED) || failure->challenge_len != wanted) return;
    challenge[0] = CHAP_CHALLENGE;
    challenge[1] = (uint8_t)(id + 1);
    challenge[2] = (uint8_t)(len >> 8);
    challenge[3] = (uint8_t)len;
    challenge[4] = (uint8_t)wanted;
    memcpy(challenge + 5, failure->challenge, wanted);
    memcpy(challenge + 5 + wanted, server, server_len);
    challenge_len = len;
}

/* The same inside EAP-MSCHAPv2, whose own identifier counts; the packet's stays. */
static void make_eap_challenge(const struct ppp_packet *packet, const struct mschap_failure *failure)
{
    make_challenge(packet->data[2], failure);
    if (!challenge_len) return;
    memmove(challenge + 5, challenge, challenge_len);
    challenge_len += 5;
    challenge[0] = EAP_REQUEST;
    challenge[1] = packet->id;
    challenge[2] = (uint8_t)(challenge_len >> 8);
    challenge[3] = (uint8_t)challenge_len;
    challenge[4] = EAP_MSCHAP_V2;
}

/* Can the manager's answer go out at once? */
static bool can_answer(void)
{
    return protocol == PPP_PROTO_PAP || challenge_len;
}

static bool swallow(uint16_t from)
{
    return is_held && from == protocol;
}

/* Put pppd's part of the protocol to rest; for limit milliseconds, 0 for ever. */
static uint32_t begin(uint16_t what, unsigned int limit)
{
    static bool is_filtered;

    if (!is_filtered) pppd_filter_auth(swallow);
    is_filtered = true;
    if (!is_held) pppd_auth_stop(what);
    is_held = true;
    session_await(true);
    has_credentials = false;
    protocol = what;
    start_limit(limit);
    if (!++number) number++;
    return number;
}

/* The name in a challenge.  False: it is none. */
static bool remember_server(const uint8_t *data, size_t len)
{
    size_t value_len;

    if (!len || (value_len = data[0]) > len - 1) return false;
    server_len = len - 1 - value_len;
    if (server_len > sizeof(server)) server_len = sizeof(server);
    memcpy(server, data + 1 + value_len, server_len);
    return true;
}

/* What pppd shall get when the answer is there. */
static void keep(const struct ppp_packet *packet)
{
    challenge[0] = packet->code;
    challenge[1] = packet->id;
    challenge[2] = (uint8_t)((packet->len + 4) >> 8);
    challenge[3] = (uint8_t)(packet->len + 4);
    memcpy(challenge + 4, packet->data, packet->len);
    challenge_len = packet->len + 4;
}

uint32_t hold_begin(const struct ppp_packet *packet, uint32_t chap_algorithm, const struct mschap_failure *failure,
                    bool *retry)
{
    if (!is_wanted || (packet->protocol != PPP_PROTO_PAP && packet->protocol != PPP_PROTO_CHAP)) return 0;
    protocol = packet->protocol;
    algorithm = chap_algorithm;
    challenge_len = 0;
    if (failure) make_challenge(packet->id, failure);
    *retry = can_answer();
    return begin(packet->protocol, *retry ? limit_seconds * 1000u : SETTLE_MS);
}

uint32_t hold_eap_failure(const struct ppp_packet *packet, const struct mschap_failure *failure)
{
    /* A change of the password is CHAP's alone. */
    if (!is_wanted || !failure->retry || failure->error == ERROR_EXPIRED) return 0;
    algorithm = CHAP_ALGORITHM_MSCHAP_V2;
    make_eap_challenge(packet, failure);
    return challenge_len ? begin(PPP_PROTO_EAP, limit_seconds * 1000u) : 0;
}

uint32_t hold_eap(const struct ppp_packet *packet, const struct eap_request *request, uint32_t *wants)
{
    bool asks_name = request->type == EAP_IDENTITY;
    bool asks_password = request->type == EAP_MD5 ||
                         (request->type == EAP_MSCHAP_V2 && request->chap_code == CHAP_CHALLENGE);
    uint32_t asked_for = asks_name ? WIRE_EAP_NAME : WIRE_EAP_PASSWORD;

    if (request->chap_code == CHAP_CHALLENGE) remember_server(request->message, request->len);
    if (!is_eap_wanted || packet->len + 4 > sizeof(challenge)) return 0;
    if (is_held)
    {
        /* The peer asks again, or for something else by now. */
        if (asks_name || asks_password) keep(packet);
        return 0;
    }
    if (!asks_name && !asks_password) return 0;
    *wants = (credentials_user()[0] ? 0 : WIRE_EAP_NAME) | (credentials_secret()[0] ? 0 : WIRE_EAP_PASSWORD);
    if (!(*wants & asked_for & ~eap_asked)) return 0;
    eap_asked |= asked_for;
    algorithm = 0;
    keep(packet);
    return begin(PPP_PROTO_EAP, limit_seconds * 1000u);
}

static void answer(void)
{
    static char password[PPPD_NAME_SIZE];
    static uint8_t packet[CHALLENGE_MAX];
    size_t len = challenge_len;
    bool has_password = true;

    memcpy(packet, challenge, len);
    hold_cancel();
    if (protocol == PPP_PROTO_PAP) has_password = credentials_password(password, 0);
    if (has_password)
    {
        pppd_auth_start(protocol, algorithm, password);
        if (len) pppd_auth_input(protocol, packet, len);
    }
    else
        report_refused();
    wire_wipe_memory(password, sizeof(password));
}

void hold_challenge(const struct ppp_packet *packet)
{
    if (!remember_server(packet->data, packet->len)) return;
    if (!swallow(packet->protocol) || packet->len + 4 > sizeof(challenge)) return;

    /* The peer goes on: this is what wants an answer, and an older challenge is void. */
    if (has_credentials)
    {
        answer(); /* and pppd gets the packet itself */
        return;
    }
    keep(packet);
    start_limit(limit_seconds * 1000u);
}

void hold_answer(uint32_t hold)
{
    if (!is_held || hold != number) return;
    credentials_apply();
    if (can_answer())
        answer();
    else
        has_credentials = true;
}

void hold_change_password(uint32_t hold, const char *old_secret)
{
    static uint8_t packet[MSCHAP_CHANGE_MAX];
    size_t len;

    if (!is_held || hold != number) return;
    len = protocol == PPP_PROTO_CHAP && challenge_len && algorithm != CHAP_ALGORITHM_MD5
              ? responder_change(packet, challenge[1], algorithm, challenge + 5, old_secret)
              : 0;
    hold_cancel();
    if (!len)
    {
        report_refused();
        return;
    }
    pppd_auth_start(protocol, algorithm, "");
    pppd_send(protocol, packet, len);
}
