/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * callback.c - the peer offers to call back.  CBCP comes between authentication and
 * network protocols; pppd's own is faulty and on its way out, so this one takes its
 * place.  The manager is asked which kind it shall be and answers when it likes; then
 * the peer's Ack either lets the network protocols begin or ends the link.
 */
#include "config.h"
#include "plugin.h"

#include <string.h>

#include "cbcp_packets.h"
#include "pppd_compat.h"

#define RESEND_MS   3000u
#define SECONDS_MAX 1000000u /* fits into milliseconds */

static uint32_t limit_seconds;
static bool is_asked;    /* the manager has heard of the Request */
static bool is_answered; /* the Response is out, no Ack has come */
static uint32_t number;  /* of the question */
static uint8_t request_id;
static uint32_t chosen;  /* WIRE_CALLBACK_* */
static uint8_t response[CBCP_RESPONSE_MAX];
static size_t response_len;

static void resend(void)
{
    pppd_send(PPP_PROTO_CBCP, response, response_len);
    pppd_start_timer(resend, RESEND_MS);
}

static void nobody_answered(void)
{
    callback_cancel();
    report_hang_up("no answer about the call back");
}

static void forget(void)
{
    pppd_stop_timer(resend);
    pppd_stop_timer(nobody_answered);
    if (is_asked && !is_answered) session_await(false);
    is_asked = is_answered = false;
}

void callback_cancel(void)
{
    forget();
    pppd_forget_networks();
}

bool callback_is_open(void)
{
    return pppd_networks_wait();
}

void callback_skip(void)
{
    if (!callback_is_open() || is_asked) return;
    pppd_start_networks();
    report_network();
}

static void requested(const struct cbcp_packet *packet)
{
    request_id = packet->id;
    if (is_answered)
    {
        /* Ours was lost. */
        response[1] = packet->id;
        pppd_stop_timer(resend);
        resend();
        return;
    }
    if (is_asked) return;
    is_asked = true;
    session_await(true);
    if (!++number) number++;
    if (limit_seconds) pppd_start_timer(nobody_answered, limit_seconds * 1000u);
    report_callback_asked(number, packet->types);
}

static void acknowledged(const struct cbcp_packet *packet)
{
    if (!is_answered || !(packet->types & 1u << chosen)) return;
    forget();
    if (chosen == WIRE_CALLBACK_NONE)
    {
        pppd_start_networks();
        report_network();
        return;
    }
    report_callback_agreed(chosen);
}

static void received(const uint8_t *data, size_t len)
{
    struct cbcp_packet packet;

    if (!callback_is_open() || !cbcp_parse(&packet, data, len)) return;
    if (packet.code == CBCP_REQUEST) requested(&packet);
    if (packet.code == CBCP_ACK) acknowledged(&packet);
}

void callback_configure(uint32_t hold, uint32_t seconds)
{
    limit_seconds = seconds < SECONDS_MAX ? seconds : SECONDS_MAX;
    if (hold & WIRE_HOLD_CALLBACK) pppd_offer_callback(received, callback_skip);
}

const char *callback_answer(const struct wire_link_callback *answer)
{
    uint8_t delay = answer->delay < 255 ? (uint8_t)answer->delay : 255;

    if (!is_asked || is_answered || answer->hold != number) return NULL; /* that is over */
    if (!(response_len = cbcp_build_response(response, request_id, answer->type, delay, answer->number)))
        return "no such call back";
    pppd_stop_timer(nobody_answered);
    session_await(false);
    chosen = answer->type;
    is_answered = true;
    resend();
    return NULL;
}
