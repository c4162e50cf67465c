/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppd_mock.c - a pppd for tests of the plugin.  No time passes: timers run when
 * the test says so.
 */
#include "config.h"
#include "pppd_mock.h"
#include "../plugin/plugin.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TIMERS_MAX 8

struct mock mock;
static void (*timers[TIMERS_MAX])(void);

static void note(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void note(const char *format, ...)
{
    size_t len = strlen(mock.auth);
    va_list args;

    va_start(args, format);
    vsnprintf(mock.auth + len, sizeof(mock.auth) - len, format, args);
    va_end(args);
}

void mock_reset(void)
{
    memset(&mock, 0, sizeof(mock));
    memset(timers, 0, sizeof(timers));
    mock.watched_fd = -1;
}

unsigned int mock_timers(void)
{
    unsigned int i, n = 0;

    for (i = 0; i < TIMERS_MAX; i++) n += timers[i] != NULL;
    return n;
}

unsigned int mock_run_timers(void)
{
    void (*due[TIMERS_MAX])(void);
    unsigned int i, n = 0;

    memcpy(due, timers, sizeof(due));
    memset(timers, 0, sizeof(timers));
    for (i = 0; i < TIMERS_MAX; i++)
        if (due[i])
        {
            due[i]();
            n++;
        }
    return n;
}

const char *pppd_lacks(void)
{
    return NULL;
}

const char *pppd_family(void)
{
    return "mock";
}

void pppd_add_option(const char *name, const char *help, bool (*set)(const char *value))
{
    (void)name;
    (void)help;
    (void)set;
}

void pppd_add_flag(const char *name, const char *help, bool *flag, bool privileged)
{
    (void)privileged;
    (void)name;
    (void)help;
    (void)flag;
}

void pppd_add_text(const char *name, const char *help, char *text, size_t size)
{
    (void)name;
    (void)help;
    (void)text;
    (void)size;
}

int routes_add(const char *ifname, const struct route *route)
{
    char text[INET6_ADDRSTRLEN];

    inet_ntop(route->family, route->address, text, sizeof(text));
    note("route(%s,%s/%u,%u%s)", ifname, text, route->prefix, (unsigned int)route->metric,
         route->before ? ",before" : "");
    return mock.route_error;
}

bool keeper_start(const char *path, char **argv, void (*fn)(void))
{
    unsigned int i;

    note("resolver(%s", path);
    for (i = 3; argv[i]; i++) note(",%s", argv[i]);
    note(")");
    mock.keeper_fn = fn;
    return mock.can_keep;
}

void keeper_stop(void)
{
    mock.keeper_stops++;
}

void keeper_wait(void)
{
    keeper_stop();
}

void pppd_unset_script_value(const char *name)
{
    (void)name;
}

void routes_pin(int fd)
{
    note("pin(%d)", fd);
}

void pppd_set_handlers(const struct pppd_handlers *h)
{
    mock.handlers = h;
}

void pppd_start_timer(void (*fn)(void), unsigned int milliseconds)
{
    unsigned int i;

    (void)milliseconds;
    for (i = 0; i < TIMERS_MAX; i++)
        if (!timers[i])
        {
            timers[i] = fn;
            return;
        }
}

void pppd_stop_timer(void (*fn)(void))
{
    unsigned int i;

    for (i = 0; i < TIMERS_MAX; i++)
        if (timers[i] == fn) timers[i] = NULL;
}

bool pppd_watch_fd(int fd, void (*fn)(void))
{
    if (!mock.can_watch) return false;
    mock.watched_fd = fd;
    mock.watch_fn = fn;
    return true;
}

void pppd_unwatch_fd(int fd)
{
    if (mock.watched_fd == fd) mock.watched_fd = -1;
}

bool waiter_start(int fd, void (*fn)(void))
{
    (void)fd;
    if (!mock.can_wait) return false;
    mock.wait_fn = fn;
    return true;
}

void waiter_stop(void)
{
    void (*fn)(void) = mock.wait_fn;

    mock.wait_fn = NULL;
    if (fn) fn();
}

int pppd_status(void)
{
    return mock.status;
}

void pppd_set_user(const char *user)
{
    memcpy(mock.user, user, strlen(user) + 1);
}

void pppd_wipe_password(void)
{
    mock.password_wipes++;
}

void pppd_filter_auth(bool (*swallow)(uint16_t protocol))
{
    mock.swallow = swallow;
}

void pppd_auth_stop(uint16_t protocol)
{
    note("stop(%x)", protocol);
}

void pppd_auth_start(uint16_t protocol, uint32_t algorithm, const char *password)
{
    note("start(%x,%x,%s,%s)", protocol, (unsigned int)algorithm, mock.user, password);
}

void pppd_auth_input(uint16_t protocol, uint8_t *packet, size_t len)
{
    size_t i;

    note("input(%x,", protocol);
    for (i = 0; i < len; i++) note("%02x", packet[i]);
    note(")");
}

void pppd_send(uint16_t protocol, const uint8_t *packet, size_t len)
{
    note("send(%x,%02x,%02x,%zu)", protocol, packet[0], packet[1], len);
    memcpy(mock.packet, packet, len < sizeof(mock.packet) ? len : sizeof(mock.packet));
}

void pppd_take_mschap(void (*respond)(uint8_t *value, uint32_t algorithm, const uint8_t *challenge, const char *user),
                      bool (*check)(const uint8_t *message, size_t len))
{
    mock.respond = respond;
    mock.check = check;
}

void pppd_set_mppe_keys(uint32_t algorithm, const uint8_t *challenge, const uint8_t *hash_hash,
                        const uint8_t *nt_response, const uint8_t start_key[MSCHAP_KEY_SIZE])
{
    (void)start_key;
    (void)challenge;
    (void)nt_response;
    note("keys(%x,%02x%02x)", (unsigned int)algorithm, hash_hash[0], hash_hash[1]);
}

void pppd_offer_mppe(bool (*wanted)(void))
{
    mock.mppe_wanted = wanted;
}

void pppd_forget_mppe(void)
{
    mock.mppe_forgotten++;
}

void pppd_offer_callback(void (*input)(const uint8_t *packet, size_t len), void (*rejected)(void))
{
    mock.cbcp_input = input;
    mock.cbcp_rejected = rejected;
}

bool pppd_networks_wait(void)
{
    return mock.networks_wait;
}

void pppd_start_networks(void)
{
    mock.networks_wait = false;
    note("networks()");
}

void pppd_forget_networks(void)
{
    mock.networks_wait = false;
}

const char *pppd_script_value(const char *name)
{
    const struct mock_env *entry;

    for (entry = mock.env; entry && entry->name; entry++)
        if (!strcmp(entry->name, name)) return entry->value;
    return "";
}

void pppd_hang_up(void)
{
    mock.hang_ups++;
}

void pppd_warn(const char *text)
{
    (void)text;
}

void pppd_option_error(const char *text)
{
    (void)text;
}
