/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * statistics.c - the counters of connections and links.  Those of the scripted device are always
 * the same; sizes.c has every dwSize.
 */
#include "dialing.h"

#include <string.h>

static void test_errors(HRASCONN conn)
{
    HRASCONN bad = (HRASCONN)(ULONG_PTR)0x77;
    RAS_STATS stats = {.dwSize = sizeof(stats)};
    DWORD error;

    error = pRasGetConnectionStatistics(bad, &stats);
    ok_error(RasGetConnectionStatistics, error, ERROR_INVALID_HANDLE, "connection");
    error = pRasGetLinkStatistics(bad, 1, &stats);
    ok_error(RasGetLinkStatistics, error, ERROR_INVALID_HANDLE, "link");
    error = pRasClearConnectionStatistics(bad);
    ok_error(RasClearConnectionStatistics, error, ERROR_INVALID_HANDLE, "clear connection");
    error = pRasClearLinkStatistics(bad, 1);
    ok_error(RasClearLinkStatistics, error, ERROR_INVALID_HANDLE, "clear link");
    error = pRasGetConnectionStatistics(conn, NULL);
    ok_error(RasGetConnectionStatistics, error, (DWORD)E_INVALIDARG, "no buffer");
    error = pRasGetLinkStatistics(conn, 0, &stats);
    ok_error(RasGetLinkStatistics, error, (DWORD)E_INVALIDARG, "link 0");
    error = pRasClearLinkStatistics(conn, 0);
    ok_error(RasClearLinkStatistics, error, ERROR_INVALID_PARAMETER, "clear link 0");
    error = pRasClearLinkStatistics(conn, 2);
    ok_error(RasClearLinkStatistics, error, ERROR_INVALID_PARAMETER, "clear link 2");
}

/* The link is not up. */
static void test_early(void)
{
    RAS_STATS stats = {.dwSize = sizeof(stats)};
    HRASCONN conn = NULL;
    DWORD error;

    dial_number("slow", 2, NULL, &conn);
    error = pRasGetLinkStatistics(conn, 1, &stats);
    ok_error(RasGetLinkStatistics, error, ERROR_NO_CONNECTION);
    error = pRasClearLinkStatistics(conn, 1);
    ok_error(RasClearLinkStatistics, error, ERROR_NO_CONNECTION);
    hang_up(conn);
    wait_event(recorder.ended);
}

enum counted
{
    IN_FULL,
    CLEARED
};

/* What the scripted device counts. */
static void check_stats(const RAS_STATS *stats, enum counted counted)
{
    static const RAS_STATS full = {sizeof(full), 1001, 1002, 1003, 1004, 5, 0, 0, 6, 7, 8, 33, 25, 0, 0};
    static const RAS_STATS cleared = {sizeof(cleared)};
    RAS_STATS copy = *stats;

    ok(stats->dwConnectDuration < WAIT_MS, "duration %lu.\n", stats->dwConnectDuration);
    copy.dwConnectDuration = copy.dwBps = 0;
    ok(!memcmp(&copy, counted == IN_FULL ? &full : &cleared, sizeof(copy)),
       "sent %lu bytes, %lu frames, received %lu bytes, %lu frames.\n", stats->dwBytesXmited, stats->dwFramesXmited,
       stats->dwBytesRcved, stats->dwFramesRcved);
}

static void test_counters(HRASCONN conn, BOOL link)
{
    static struct guard guard;
    RAS_STATS *stats = guard_init(&guard);
    DWORD error, before;

    push_context("%s", link ? "link" : "connection");
    stats->dwSize = sizeof(*stats);
    error = pRasGetConnectionStatistics(conn, stats);
    ok_error(RasGetConnectionStatistics, error, ERROR_SUCCESS);
    guard_check(&guard, sizeof(*stats));
    check_stats(stats, IN_FULL);
    error = pRasGetLinkStatistics(conn, 1, stats);
    ok_error(RasGetLinkStatistics, error, ERROR_SUCCESS);
    check_stats(stats, IN_FULL);
    before = stats->dwConnectDuration;
    if (link)
    {
        error = pRasClearLinkStatistics(conn, 1);
        ok_error(RasClearLinkStatistics, error, ERROR_SUCCESS);
    }
    else
    {
        error = pRasClearConnectionStatistics(conn);
        ok_error(RasClearConnectionStatistics, error, ERROR_SUCCESS);
    }
    error = pRasGetConnectionStatistics(conn, stats);
    ok(!error, "cleared: got %lu.\n", error);
    check_stats(stats, CLEARED);
    uncertain ok(stats->dwConnectDuration >= before, "the duration is cleared, too.\n");
    uncertain ok(!stats->dwCompressionRatioIn && !stats->dwCompressionRatioOut, "ratios %lu, %lu.\n",
                 stats->dwCompressionRatioIn, stats->dwCompressionRatioOut);
    error = pRasGetLinkStatistics(conn, 1, stats);
    ok(!error, "cleared link: got %lu.\n", error);
    check_stats(stats, CLEARED);
    pop_context();
}

START_TEST(statistics)
{
    HRASCONN conn = NULL;
    DWORD error;
    BOOL link;

    if (!dialing_init()) return;
    if (!pRasGetConnectionStatistics || !pRasGetLinkStatistics || !pRasClearConnectionStatistics ||
        !pRasClearLinkStatistics)
    {
        win_skip("no statistics before Windows 2000.\n");
        dialing_cleanup();
        return;
    }
    test_early();
    for (link = FALSE; link <= TRUE; link++)
    {
        conn = NULL;
        error = dial_number("ok", NOTIFIER_SYNC, NULL, &conn);
        ok(!error, "got %lu.\n", error);
        test_errors(conn);
        test_counters(conn, link);
        hang_up(conn);
    }
    dialing_cleanup();
}
