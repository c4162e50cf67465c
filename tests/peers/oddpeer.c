/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * oddpeer - a PPP peer that misbehaves in one chosen way, on standard input and
 * output: what pppd as a server never does.  No PPP implementation: it
 * acknowledges whatever it is asked for but the one thing that the mode names.
 *
 *   oddpeer MODE
 */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../plugin/mschap.h"
#include "../../plugin/peer_packets.h"

enum quirk
{
    LOOP,           /* sends back every byte */
    LCP_BAD_REJECT, /* rejects options that were never sent, for ever */
    LCP_THEN_MUTE,  /* answers once, then never again */
    LCP_TERMINATE,  /* Terminate-Request instead of an answer */
    AUTH_SUCCESS,   /* MS-CHAPv2 success without the proof */
    AUTH_FAILURE,   /* text as the failure message, then Terminate-Request */
    AUTH_TERMINATE, /* Terminate-Request with data as the answer */
    AUTH_MUTE,      /* no answer */
    IPCP_REJECT_ADDRESS,
    IPCP_ACK_ANY, /* also 0.0.0.0 */
    IPCP_MUTE,
    IPCP_TERMINATE,
    NETWORK_TERMINATE, /* LCP Terminate-Request in the network phase */
    CCP_REJECT,        /* rejects MPPE */
    CCP_MUTE,
    CCP_TERMINATE,
    CCP_STATEFUL, /* will have MPPE with state, or none */
    CCP_DEFLATE   /* agrees to what we want, and wants Deflate itself */
};

#define CHALLENGE "00112233445566778899AABBCCDDEEFF"
#define WINDOWS(high, low) "\0\0\0\0\x00\x3c\xcd\x74\0\0" high low

static const struct mode
{
    const char *name;
    uint16_t auth;     /* protocol asked for, 0 none */
    uint8_t algorithm; /* of CHAP, or the EAP type asked for */
    enum quirk quirk;
    const char *text;
    size_t len; /* of text, when it is data */
} modes[] = {
    {"loop", 0, 0, LOOP, NULL, 0},
    {"lcp-bad-reject", 0, 0, LCP_BAD_REJECT, NULL, 0},
    {"lcp-then-mute", 0, 0, LCP_THEN_MUTE, NULL, 0},
    {"lcp-terminate", 0, 0, LCP_TERMINATE, "go away", 7},
    {"unverified", PPP_PROTO_CHAP, 0x81, AUTH_SUCCESS, NULL, 0},
    {"hours", PPP_PROTO_CHAP, 0x81, AUTH_FAILURE, "E=646 R=0 C=" CHALLENGE " V=3 M=Not now", 0},
    {"disabled", PPP_PROTO_CHAP, 0x81, AUTH_FAILURE, "E=647 R=0 C=" CHALLENGE " V=3 M=", 0},
    {"expired", PPP_PROTO_CHAP, 0x81, AUTH_FAILURE, "E=648 R=0 C=" CHALLENGE " V=3 M=Password expired", 0},
    {"no-dialin", PPP_PROTO_CHAP, 0x80, AUTH_FAILURE, "E=649 R=0 V=2", 0},
    {"impossible-error", PPP_PROTO_CHAP, 0x81, AUTH_FAILURE, "E=0 R=0", 0},
    {"md5-failure", PPP_PROTO_CHAP, 5, AUTH_FAILURE, "E=648 is text here", 0},
    {"windows-691", PPP_PROTO_CHAP, 0x81, AUTH_TERMINATE, WINDOWS("\x02", "\xb3"), 12},
    {"pap-terminate", PPP_PROTO_PAP, 0, AUTH_TERMINATE, "", 0},
    {"chap-mute", PPP_PROTO_CHAP, 0x81, AUTH_MUTE, NULL, 0},
    {"pap-mute", PPP_PROTO_PAP, 0, AUTH_MUTE, NULL, 0},
    {"eap-no-dialin", PPP_PROTO_EAP, EAP_MSCHAP_V2, AUTH_FAILURE, "E=649 R=0 C=" CHALLENGE " V=3 M=No", 0},
    {"eap-mschap", PPP_PROTO_EAP, EAP_MSCHAP_V2, IPCP_ACK_ANY, "E=691 R=1 C=" CHALLENGE " V=3 M=Again", 0},
    {"eap-tls", PPP_PROTO_EAP, EAP_TLS, AUTH_FAILURE, NULL, 0},
    {"eap-unknown", PPP_PROTO_EAP, 99, AUTH_FAILURE, NULL, 0},
    {"reject-address", 0, 0, IPCP_REJECT_ADDRESS, NULL, 0},
    {"no-address", 0, 0, IPCP_ACK_ANY, NULL, 0},
    {"ipcp-mute", 0, 0, IPCP_MUTE, NULL, 0},
    {"ipcp-terminate", 0, 0, IPCP_TERMINATE, NULL, 0},
    {"windows-742", 0, 0, NETWORK_TERMINATE, WINDOWS("\x02", "\xe6"), 12},
    {"wants-mppe", 0, 0, NETWORK_TERMINATE, "MPPE required but peer refused", 30},
    {"no-mppe", PPP_PROTO_CHAP, 5, CCP_REJECT, NULL, 0},
    {"ccp-reject", PPP_PROTO_CHAP, 0x80, CCP_REJECT, NULL, 0},
    {"ccp-mute", PPP_PROTO_CHAP, 0x80, CCP_MUTE, NULL, 0},
    {"ccp-terminate", PPP_PROTO_CHAP, 0x80, CCP_TERMINATE, NULL, 0},
    {"ccp-stateful", PPP_PROTO_CHAP, 0x80, CCP_STATEFUL, "\x12\x06\0\0\0\x40", 6},
    {"ccp-deflate", PPP_PROTO_CHAP, 0x80, CCP_DEFLATE, "\x1a\x04\x78\0", 4},
    {NULL, 0, 0, LOOP, NULL, 0}
};

static const struct mode *mode;
static unsigned int lcp_answers;
static uint8_t next_id = 1;
static uint8_t mschap_id = 7; /* inside EAP */

/* ---- frames ------------------------------------------------------------------- */

static uint16_t fcs_add(uint16_t fcs, uint8_t byte)
{
    int bit;

    fcs ^= byte;
    for (bit = 0; bit < 8; bit++) fcs = (uint16_t)(fcs & 1 ? fcs >> 1 ^ 0x8408 : fcs >> 1);
    return fcs;
}

static size_t put_escaped(uint8_t *out, uint8_t byte)
{
    if (byte >= 0x20 && byte != 0x7d && byte != 0x7e)
    {
        out[0] = byte;
        return 1;
    }
    out[0] = 0x7d;
    out[1] = byte ^ 0x20;
    return 2;
}

static void send_packet(uint16_t protocol, uint8_t code, uint8_t id, const void *data, size_t len)
{
    uint8_t frame[1600], out[4000];
    uint16_t fcs = 0xffff;
    size_t i, n = 0;

    if (len > 1500) return;
    frame[0] = 0xff;
    frame[1] = 0x03;
    frame[2] = (uint8_t)(protocol >> 8);
    frame[3] = (uint8_t)protocol;
    frame[4] = code;
    frame[5] = id;
    frame[6] = (uint8_t)((len + 4) >> 8);
    frame[7] = (uint8_t)(len + 4);
    memcpy(frame + 8, data, len);
    len += 8;
    for (i = 0; i < len; i++) fcs = fcs_add(fcs, frame[i]);
    fcs ^= 0xffff;
    frame[len++] = (uint8_t)fcs;
    frame[len++] = (uint8_t)(fcs >> 8);
    out[n++] = 0x7e;
    for (i = 0; i < len; i++) n += put_escaped(out + n, frame[i]);
    out[n++] = 0x7e;
    if (write(1, out, n) != (ssize_t)n) _exit(1);
}

static void terminate(uint16_t protocol, const char *text, size_t len)
{
    send_packet(protocol, CP_TERM_REQ, next_id++, text, len);
}

/* ---- protocols ------------------------------------------------------------------- */

static void lcp_request(void)
{
    uint8_t auth[5] = {3, 4, (uint8_t)(mode->auth >> 8), (uint8_t)mode->auth, mode->algorithm};

    auth[1] = mode->auth == PPP_PROTO_CHAP ? 5 : 4;
    send_packet(PPP_PROTO_LCP, CP_CONF_REQ, next_id++, auth, mode->auth ? auth[1] : 0u);
}

static void network_up(void)
{
    static const uint8_t address[] = {3, 6, 10, 9, 0, 1};

    if (mode->quirk == IPCP_MUTE) return;
    if (mode->quirk == IPCP_TERMINATE)
        terminate(PPP_PROTO_IPCP, "", 0);
    else if (mode->quirk == NETWORK_TERMINATE)
        terminate(PPP_PROTO_LCP, mode->text, mode->len);
    else
        send_packet(PPP_PROTO_IPCP, CP_CONF_REQ, next_id++, address, sizeof(address));
}

static void eap_request(uint8_t type, const void *data, size_t len)
{
    uint8_t request[600] = {type};

    memcpy(request + 1, data, len);
    send_packet(PPP_PROTO_EAP, EAP_REQUEST, next_id++, request, len + 1);
}

/* The response to the challenge in the first request, or to that in the failure, for the
 * user's password: the proof of it, else NULL. */
static const char *check_mschap(const uint8_t *value, const char *name)
{
    static const uint8_t second[16] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                       0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};
    const uint8_t *challenge = mschap_id == 7 ? (const uint8_t *)"0123456789abcdef" : second;
    uint8_t right[MSCHAP_RESPONSE_SIZE];
    static char proof[MSCHAP_PROOF_SIZE + 1];
    struct mschap_password password;

    mschap_password_set(&password, "open sesame");
    mschap_response(right, CHAP_ALGORITHM_MSCHAP_V2, challenge, value, name, &password);
    mschap_proof(proof, right, challenge, name, &password);
    return memcmp(right, value, sizeof(right)) ? NULL : proof;
}

/* A message of EAP-MSCHAPv2. */
static void eap_mschap(uint8_t code, const char *text)
{
    uint8_t message[200] = {code, mschap_id};
    size_t len = strlen(text) + 4;

    message[3] = (uint8_t)len;
    memcpy(message + 4, text, len - 4);
    eap_request(EAP_MSCHAP_V2, message, len);
}

static void eap_mschap_response(const struct ppp_packet *p)
{
    const char *proof = NULL;
    char name[100] = "";

    if (p->len < 6 + MSCHAP_RESPONSE_SIZE || p->data[2] != mschap_id) return;
    memcpy(name, p->data + 6 + MSCHAP_RESPONSE_SIZE, p->len - 6 - MSCHAP_RESPONSE_SIZE < sizeof(name)
                                                         ? p->len - 6 - MSCHAP_RESPONSE_SIZE : sizeof(name) - 1);
    if (mode->quirk != AUTH_FAILURE) proof = check_mschap(p->data + 6, name);
    eap_mschap(proof ? CHAP_SUCCESS : CHAP_FAILURE, proof ? proof : mode->text);
    mschap_id++;
}

static void eap(const struct ppp_packet *p)
{
    static const char challenge[] = "\x01\x07\x00\x1c\x10" "0123456789abcdef" "oddpeer", start[] = "\x20";

    if (p->code != EAP_RESPONSE || !p->len) return;
    if (p->data[0] == EAP_IDENTITY)
    {
        if (mode->algorithm == EAP_MSCHAP_V2)
            eap_request(EAP_MSCHAP_V2, challenge, sizeof(challenge) - 1);
        else
            eap_request(mode->algorithm, start, 1);
    }
    else if (p->data[0] == EAP_MSCHAP_V2 && p->len > 1 && p->data[1] == CHAP_RESPONSE)
        eap_mschap_response(p);
    else if (p->data[0] == EAP_MSCHAP_V2 && p->len > 1 && p->data[1] == CHAP_SUCCESS)
    {
        send_packet(PPP_PROTO_EAP, EAP_FAILURE - 1, (uint8_t)(next_id - 1), "", 0);
        network_up();
    }
    else
    {
        send_packet(PPP_PROTO_EAP, EAP_FAILURE, (uint8_t)(next_id - 1), "", 0);
        terminate(PPP_PROTO_LCP, "Authentication failed", 21);
    }
}

static void lcp(const struct ppp_packet *p)
{
    static const uint8_t never_sent[] = {99, 4, 1, 2};
    static const char challenge[] = "\x10" "0123456789abcdef" "oddpeer";

    switch (p->code)
    {
    case CP_CONF_REQ:
        lcp_answers++;
        if (mode->quirk == LCP_THEN_MUTE && lcp_answers > 1) return;
        if (mode->quirk == LCP_TERMINATE)
            terminate(PPP_PROTO_LCP, mode->text, mode->len);
        else if (mode->quirk == LCP_BAD_REJECT || mode->quirk == LCP_THEN_MUTE)
            send_packet(PPP_PROTO_LCP, CP_CONF_REJ, p->id, never_sent, sizeof(never_sent));
        else
        {
            lcp_request();
            send_packet(PPP_PROTO_LCP, CP_CONF_ACK, p->id, p->data, p->len);
        }
        break;
    case CP_CONF_ACK: /* of our request: LCP is open, for this peer's purposes */
        if (mode->auth == PPP_PROTO_CHAP)
            send_packet(PPP_PROTO_CHAP, 1, next_id++, challenge, sizeof(challenge) - 1);
        else if (mode->auth == PPP_PROTO_EAP)
            eap_request(EAP_IDENTITY, "", 0);
        else if (!mode->auth)
            network_up();
        break;
    case CP_TERM_REQ: send_packet(PPP_PROTO_LCP, CP_TERM_REQ + 1, p->id, "", 0); break;
    case 9: send_packet(PPP_PROTO_LCP, 10, p->id, "\0\0\0\0", 4); break; /* echo */
    }
}

static void auth(const struct ppp_packet *p)
{
    static const char success[] = "S=0000000000000000000000000000000000000000 M=Welcome";
    bool pap = p->protocol == PPP_PROTO_PAP;

    if (p->code != (pap ? PAP_REQUEST : CHAP_RESPONSE)) return;
    switch (mode->quirk)
    {
    case AUTH_SUCCESS: send_packet(p->protocol, CHAP_SUCCESS, p->id, success, sizeof(success) - 1); break;
    case AUTH_FAILURE:
        send_packet(p->protocol, CHAP_FAILURE, p->id, mode->text, strlen(mode->text));
        terminate(PPP_PROTO_LCP, "Authentication failed", 21);
        break;
    case AUTH_TERMINATE: terminate(PPP_PROTO_LCP, mode->text, mode->len); break;
    case AUTH_MUTE: break;
    default:
        send_packet(p->protocol, pap ? PAP_ACK : CHAP_SUCCESS, p->id, "", 0);
        network_up();
        break;
    }
}

static void ipcp(const struct ppp_packet *p)
{
    struct ipcp_settings settings;
    static const uint8_t zero[] = {3, 6, 0, 0, 0, 0};

    if (p->code == CP_TERM_REQ) send_packet(PPP_PROTO_IPCP, CP_TERM_REQ + 1, p->id, "", 0);
    if (p->code != CP_CONF_REQ || mode->quirk == IPCP_MUTE || mode->quirk == IPCP_TERMINATE ||
        mode->quirk == NETWORK_TERMINATE)
        return;
    if (mode->quirk == IPCP_REJECT_ADDRESS && ipcp_settings_parse(&settings, p->data, p->len) && settings.has_address)
        send_packet(PPP_PROTO_IPCP, CP_CONF_REJ, p->id, zero, sizeof(zero));
    else
        send_packet(PPP_PROTO_IPCP, CP_CONF_ACK, p->id, p->data, p->len);
}

static void ccp_request(const struct ppp_packet *p)
{
    uint8_t answer = CP_CONF_ACK;
    bool asks = false;

    switch (mode->quirk)
    {
    case CCP_MUTE: return;
    case CCP_TERMINATE: terminate(PPP_PROTO_CCP, "no", 2); return;
    case CCP_DEFLATE: asks = p->len != 0; break;
    case CCP_STATEFUL: asks = p->len && p->data[0] == mode->text[0]; break;
    default: answer = p->len ? CP_CONF_REJ : CP_CONF_ACK; break;
    }
    if (asks && mode->quirk == CCP_STATEFUL)
        send_packet(PPP_PROTO_CCP, CP_CONF_NAK, p->id, mode->text, mode->len);
    else
        send_packet(PPP_PROTO_CCP, answer, p->id, p->data, p->len);
    if (asks) send_packet(PPP_PROTO_CCP, CP_CONF_REQ, next_id++, mode->text, mode->len);
}

static void handle(const uint8_t *frame, size_t len)
{
    struct ppp_packet p;

    if (len < 4 || !ppp_packet_parse(&p, frame, len - 2)) return;
    switch (p.protocol)
    {
    case PPP_PROTO_LCP: lcp(&p); break;
    case PPP_PROTO_CHAP:
    case PPP_PROTO_PAP: auth(&p); break;
    case PPP_PROTO_EAP: eap(&p); break;
    case PPP_PROTO_IPCP: ipcp(&p); break;
    case PPP_PROTO_CCP:
        if (p.code == CP_CONF_REQ) ccp_request(&p);
        if (p.code == CP_CONF_REJ) send_packet(PPP_PROTO_CCP, CP_CONF_REQ, next_id++, "", 0);
        break;
    }
}

int main(int argc, char **argv)
{
    uint8_t in[2048], frame[2048];
    size_t len = 0;
    bool escaped = false;
    ssize_t n, i;

    for (mode = modes; mode->name && (argc != 2 || strcmp(mode->name, argv[1])); mode++) {}
    if (!mode->name)
    {
        for (mode = modes; mode->name; mode++) fprintf(stderr, "%s\n", mode->name);
        return 2;
    }
    while ((n = read(0, in, sizeof(in))) > 0)
    {
        if (mode->quirk == LOOP)
        {
            if (write(1, in, (size_t)n) != n) return 1;
            continue;
        }
        for (i = 0; i < n; i++)
            if (in[i] == 0x7e)
            {
                if (len) handle(frame, len);
                len = 0;
                escaped = false;
            }
            else if (in[i] == 0x7d)
                escaped = true;
            else if (len < sizeof(frame))
            {
                frame[len++] = escaped ? in[i] ^ 0x20 : in[i];
                escaped = false;
            }
    }
    return 0;
}
