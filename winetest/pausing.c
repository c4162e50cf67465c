/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pausing.c - see pausing.h.
 */
#include "pausing.h"

#include <stdlib.h>
#include <string.h>

HANDLE paused, pause_go_on;
DWORD pause_in_hook;
HRASCONN pause_conn;

BOOL pausing_init(void)
{
    if (!dialing_init()) return FALSE;
    paused = CreateEventA(NULL, FALSE, FALSE, NULL);
    pause_go_on = CreateEventA(NULL, TRUE, FALSE, NULL);
    return TRUE;
}

void pausing_cleanup(void)
{
    CloseHandle(paused);
    CloseHandle(pause_go_on);
    dialing_cleanup();
}

DWORD resume_as(HRASCONN *conn, const char *password, DWORD size, DWORD type, void *notifier)
{
    RASDIALPARAMSA params = {.dwSize = size};

    strcpy(params.szUserName, "user");
    strcpy(params.szPassword, password);
    return pRasDialA(NULL, NULL, &params, type, notifier, conn);
}

DWORD resume(HRASCONN conn, const char *password)
{
    HRASCONN handle = conn;
    DWORD error = resume_as(&handle, password, sizeof(RASDIALPARAMSA), 0, NULL);

    ok(handle == conn, "handle %p, expected %p.\n", handle, conn);
    return error;
}

DWORD signal_pause(const struct notice *notice)
{
    if (notice->state & RASCS_PAUSED) SetEvent(paused);
    return 1;
}

DWORD wait_in_pause(const struct notice *notice)
{
    if (!(notice->state & RASCS_PAUSED)) return 1;
    SetEvent(paused);
    WaitForSingleObject(pause_go_on, WAIT_MS);
    return 1;
}

DWORD resume_in_pause(const struct notice *notice)
{
    if (!(notice->state & RASCS_PAUSED)) return 1;
    pause_in_hook = resume(notice->conn ? notice->conn : pause_conn, GOOD_PASSWORD);
    SetEvent(paused);
    return 1;
}

DWORD hangup_in_pause(const struct notice *notice)
{
    if (!(notice->state & RASCS_PAUSED)) return 1;
    pause_in_hook = pRasHangUpA(notice->conn ? notice->conn : pause_conn);
    SetEvent(paused);
    return 1;
}

HRASCONN dial_paused_by(DWORD notifier_type, const char *number, DWORD (*hook)(const struct notice *notice))
{
    DWORD error;

    ResetEvent(paused);
    ResetEvent(pause_go_on);
    pause_conn = NULL;
    error = dial_number_options(number, notifier_type, hook, RDEOPT_PausedStates, &pause_conn);
    ok(!error && pause_conn, "%s: got %lu, handle %p.\n", number, error, pause_conn);
    wait_event(paused);
    return pause_conn;
}

HRASCONN dial_paused(const char *number, DWORD (*hook)(const struct notice *notice))
{
    return dial_paused_by(2, number, hook);
}

void check_states_(const char *file, int line, const RASCONNSTATE *states, unsigned int count)
{
    unsigned int i;

    test_ok(file, line, recorder.count == count, "%u notices, expected %u.\n", recorder.count, count);
    for (i = 0; i < count && i < recorder.count; i++)
    {
        test_ok(file, line, recorder.notices[i].state == states[i], "%u: state %#x, expected %#x.\n", i,
                recorder.notices[i].state, states[i]);
        test_ok(file, line, !recorder.notices[i].error, "%u: error %lu.\n", i, recorder.notices[i].error);
    }
}

void check_paused_(const char *file, int line, HRASCONN conn, RASCONNSTATE state)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    DWORD error = pRasGetConnectStatusA(conn, &status);

    test_ok(file, line, !error && status.rasconnstate == state, "got %lu, state %#x.\n", error, status.rasconnstate);
    uncertain test_ok(file, line, !status.dwError, "error %lu.\n", status.dwError);
}

void check_end_(const char *file, int line, RASCONNSTATE state, DWORD error)
{
    const struct notice *last = &recorder.notices[recorder.count ? recorder.count - 1 : 0];

    test_ok(file, line, last->state == state && last->error == error, "state %#x, error %lu, expected %#x, %lu.\n",
            last->state, last->error, state, error);
}
