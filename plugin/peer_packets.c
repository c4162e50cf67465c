/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * peer_packets.c - parsers of what peers send.  Every read is preceded by a
 * check of what is left.
 */
#include "peer_packets.h"

#include <string.h>

#include "ras_wire.h"

#define OPTION_LCP_MRU      1
#define OPTION_LCP_AUTH     3
#define OPTION_LCP_PFC      7
#define OPTION_LCP_ACFC     8
#define OPTION_LCP_MRRU     17
#define OPTION_LCP_SSHF     18
#define OPTION_CCP_OUI      0 /* a method that only some vendor knows */
#define OPTION_IPCP_COMPRESSION 2
#define OPTION_IPCP_ADDRESS 3
#define PPP_PROTO_VJ 0x002d

static uint16_t be16(const uint8_t *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

static uint32_t be32(const uint8_t *p)
{
    return (uint32_t)be16(p) << 16 | be16(p + 2);
}

bool ppp_packet_parse(struct ppp_packet *packet, const uint8_t *frame, size_t len)
{
    size_t total;

    if (len >= 2 && frame[0] == 0xff && frame[1] == 0x03)
    {
        frame += 2;
        len -= 2;
    }
    if (len < 6) return false;
    total = be16(frame + 4);
    if (total < 4 || total > len - 2) return false;
    packet->protocol = be16(frame);
    packet->code = frame[2];
    packet->id = frame[3];
    packet->data = frame + 6;
    packet->len = total - 4;
    return true;
}

/* The next option of a list: its type and its data.  false: the end, with
 * *rest zero only when the list ended as it should. */
static bool next_option(const uint8_t **options, size_t *rest, uint8_t *type, const uint8_t **data, size_t *data_len)
{
    size_t len;

    if (*rest < 2) return false;
    len = (*options)[1];
    if (len < 2 || len > *rest) return false;
    *type = (*options)[0];
    *data = *options + 2;
    *data_len = len - 2;
    *options += len;
    *rest -= len;
    return true;
}

bool lcp_settings_parse(struct lcp_settings *settings, const uint8_t *options, size_t len)
{
    struct lcp_settings found = {1500, 0, 0, 0, false};
    const uint8_t *data;
    size_t data_len;
    uint8_t type;

    while (next_option(&options, &len, &type, &data, &data_len))
    {
        if (type == OPTION_LCP_MRU && data_len == 2) found.mru = be16(data);
        if (type == OPTION_LCP_AUTH && data_len >= 2)
        {
            found.auth_protocol = be16(data);
            found.auth_data = data_len >= 3 ? data[2] : 0;
        }
        if (type == OPTION_LCP_PFC && !data_len) found.options |= WIRE_LCP_PFC;
        if (type == OPTION_LCP_ACFC && !data_len) found.options |= WIRE_LCP_ACFC;
        if (type == OPTION_LCP_SSHF && !data_len) found.options |= WIRE_LCP_SSHF;
        if (type == OPTION_LCP_MRRU && data_len == 2) found.multilink = true;
    }
    if (len) return false;
    *settings = found;
    return true;
}

bool ipcp_settings_parse(struct ipcp_settings *settings, const uint8_t *options, size_t len)
{
    struct ipcp_settings found = {false, 0, false};
    const uint8_t *data;
    size_t data_len;
    uint8_t type;

    while (next_option(&options, &len, &type, &data, &data_len))
        if (type == OPTION_IPCP_ADDRESS && data_len == 4)
        {
            found.has_address = true;
            found.address = be32(data);
        }
        else if (type == OPTION_IPCP_COMPRESSION && data_len >= 2)
            found.compresses = be16(data) == PPP_PROTO_VJ;
    if (len) return false;
    *settings = found;
    return true;
}

bool ccp_settings_parse(struct ccp_settings *settings, const uint8_t *options, size_t len)
{
    struct ccp_settings found = {0, 0};
    const uint8_t *data;
    size_t data_len;
    uint8_t type;

    while (next_option(&options, &len, &type, &data, &data_len))
    {
        if (found.method || type == OPTION_CCP_OUI) continue;
        found.method = type;
        if (type == WIRE_CCP_MPPE && data_len == 4) found.options = be32(data);
    }
    if (len) return false;
    *settings = found;
    return true;
}

bool prot_rej_parse(uint16_t *protocol, const uint8_t *data, size_t len)
{
    if (len < 2) return false;
    *protocol = be16(data);
    return true;
}

/* The errors of ras.h that come from the other side lie here; a peer must not
 * be able to report success, or a Windows error of this machine. */
bool is_ras_error(uint32_t error)
{
    return error > 600 && error < 1000;
}

bool term_req_error(uint32_t *error, const uint8_t *data, size_t len)
{
    static const uint8_t mark[4] = {0x00, 0x3c, 0xcd, 0x74};
    uint32_t value;

    if (len < 12 || memcmp(data + 4, mark, sizeof(mark))) return false;
    value = be32(data + 8);
    if (!is_ras_error(value)) return false;
    *error = value;
    return true;
}

/* Length of the UTF-8 character at p, 0 when it is none. */
static size_t utf8_length(const uint8_t *p, size_t len)
{
    size_t need, i;

    if (p[0] < 0x80) return 1;
    if (p[0] >= 0xc2 && p[0] <= 0xdf)
        need = 2;
    else if ((p[0] & 0xf0) == 0xe0)
        need = 3;
    else if (p[0] >= 0xf0 && p[0] <= 0xf4)
        need = 4;
    else
        return 0;
    if (need > len) return 0;
    for (i = 1; i < need; i++)
        if ((p[i] & 0xc0) != 0x80) return 0;
    /* Overlong forms, surrogates and what lies beyond Unicode. */
    if (p[0] == 0xe0 && p[1] < 0xa0) return 0;
    if (p[0] == 0xed && p[1] > 0x9f) return 0;
    if (p[0] == 0xf0 && p[1] < 0x90) return 0;
    if (p[0] == 0xf4 && p[1] > 0x8f) return 0;
    return need;
}

/* C0, DEL and C1; data is a whole character. */
static bool is_control(const uint8_t *data)
{
    return data[0] < 0x20 || data[0] == 0x7f || (data[0] == 0xc2 && data[1] < 0xa0);
}

void peer_text(char *text, size_t size, const uint8_t *data, size_t len)
{
    size_t out = 0, step;

    if (!size) return;
    while (len && out < size - 1)
    {
        step = utf8_length(data, len);
        if (step > size - 1 - out) break;
        if (!step || is_control(data))
            text[out++] = '?';
        else
        {
            memcpy(text + out, data, step);
            out += step;
        }
        if (!step) step = 1;
        data += step;
        len -= step;
    }
    text[out] = 0;
}

static int hex_digit(uint8_t c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Decimal number at the start of data; false without a digit or beyond 9 digits. */
static bool parse_number(uint32_t *number, const uint8_t *data, size_t len)
{
    uint32_t value = 0;
    size_t i;

    for (i = 0; i < len && data[i] >= '0' && data[i] <= '9'; i++)
    {
        if (i == 9) return false;
        value = value * 10 + (uint32_t)(data[i] - '0');
    }
    if (!i) return false;
    *number = value;
    return true;
}

static size_t parse_challenge(uint8_t challenge[16], const uint8_t *data, size_t len)
{
    size_t digits, i;

    for (digits = 0; digits < len && digits < 33 && hex_digit(data[digits]) >= 0; digits++) {}
    if (digits != 32 && digits != 16) return 0;
    for (i = 0; i < digits / 2; i++)
        challenge[i] = (uint8_t)(hex_digit(data[2 * i]) << 4 | hex_digit(data[2 * i + 1]));
    return digits / 2;
}

/* Fields are separated by blanks; M= is the last and takes the rest. */
void mschap_failure_parse(struct mschap_failure *failure, const uint8_t *data, size_t len)
{
    const uint8_t *whole = data, *value;
    size_t whole_len = len, value_len, field_len;
    uint32_t number;
    bool has_message = false;

    memset(failure, 0, sizeof(*failure));
    failure->error = 691;
    while (len)
    {
        if (*data == ' ')
        {
            data++;
            len--;
            continue;
        }
        if (len >= 2 && data[0] == 'M' && data[1] == '=')
        {
            peer_text(failure->message, sizeof(failure->message), data + 2, len - 2);
            has_message = true;
            break;
        }
        for (field_len = 0; field_len < len && data[field_len] != ' '; field_len++) {}
        if (field_len >= 2 && data[1] == '=')
        {
            value = data + 2;
            value_len = field_len - 2;
            switch (data[0])
            {
            case 'E':
                if (parse_number(&number, value, value_len) && is_ras_error(number)) failure->error = number;
                break;
            case 'R':
                failure->retry = value_len == 1 && value[0] == '1';
                break;
            case 'V':
                if (parse_number(&number, value, value_len)) failure->version = number;
                break;
            case 'C':
                failure->challenge_len = parse_challenge(failure->challenge, value, value_len);
                break;
            }
        }
        data += field_len;
        len -= field_len;
    }
    if (!has_message) peer_text(failure->message, sizeof(failure->message), whole, whole_len);
}

bool eap_request_parse(struct eap_request *request, const uint8_t *data, size_t len)
{
    struct eap_request found = {0, 0, NULL, 0};
    size_t total;

    if (!len) return false;
    found.type = data[0];
    found.message = data + 1;
    found.len = len - 1;
    if (found.type == EAP_MSCHAP_V2)
    {
        if (found.len < 4 || (total = be16(found.message + 2)) < 4 || total > found.len) return false;
        found.chap_code = found.message[0];
        found.message += 4;
        found.len = total - 4;
    }
    *request = found;
    return true;
}

void mschap_success_message(char *text, size_t size, const uint8_t *data, size_t len)
{
    size_t i = 0;

    if (len >= 2 && data[0] == 'S' && data[1] == '=')
    {
        while (i < len && (i < 1 || data[i - 1] != ' ' || data[i] != 'M' || i + 1 == len || data[i + 1] != '=')) i++;
        i = i < len ? i + 2 : len;
    }
    peer_text(text, size, data + i, len - i);
}

void pap_message(char *text, size_t size, const uint8_t *data, size_t len)
{
    size_t text_len;

    if (!size) return;
    text[0] = 0;
    if (!len) return;
    text_len = data[0];
    if (text_len > len - 1) text_len = len - 1;
    peer_text(text, size, data + 1, text_len);
}
