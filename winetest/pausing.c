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

/* ---- what holds in every paused state ---------------------------------------------- */

static void check_wrong_resumes(RASCONNSTATE state, dial_paused_fn *dial)
{
    HRASCONN conn, handle;
    DWORD error;

    conn = dial(2, wait_in_pause);
    handle = conn;
    error = resume_as(&handle, GOOD_PASSWORD, 1, 0, NULL);
    uncertain ok(error == ERROR_INVALID_SIZE, "dwSize 1: got %lu.\n", error);
    handle = (HRASCONN)0x12345678;
    error = resume_as(&handle, GOOD_PASSWORD, sizeof(RASDIALPARAMSA), 0, NULL);
    uncertain ok(error == ERROR_INVALID_HANDLE, "wrong handle: got %lu.\n", error);
    check_paused(conn, state);
    /* From another thread, while the handler runs; a second one comes too late. */
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    error = resume(conn, "wrong");
    uncertain ok(error == ERROR_DIAL_ALREADY_IN_PROGRESS, "second: got %lu.\n", error);
    SetEvent(pause_go_on);
    wait_event(recorder.ended);
    check_end(RASCS_Connected, ERROR_SUCCESS);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_PARAMETER, "connected: got %lu.\n", error);
    wait_state(conn, RASCS_Connected);
    hang_up(conn);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_HANDLE, "hung up: got %lu.\n", error);
}

static void check_handlers(RASCONNSTATE state, dial_paused_fn *dial)
{
    static const DWORD kinds[] = {0, 1, 2, NOTIFIER_WINDOW};
    HRASCONN conn;
    unsigned int i;
    DWORD error;

    for (i = 0; i < ARRAYSIZE(kinds); i++)
    {
        push_context("notifier %#lx", kinds[i]);
        conn = dial(kinds[i], resume_in_pause);
        uncertain ok(pause_in_hook == ERROR_DIAL_ALREADY_IN_PROGRESS, "in the handler: got %lu.\n", pause_in_hook);
        check_paused(conn, state);
        recorder.hook = signal_pause;
        error = resume(conn, GOOD_PASSWORD);
        ok(!error, "got %lu.\n", error);
        wait_event(recorder.ended);
        check_end(RASCS_Connected, ERROR_SUCCESS);
        hang_up(conn);

        conn = dial(kinds[i], hangup_in_pause);
        ok(!pause_in_hook, "RasHangUp in the handler: got %lu.\n", pause_in_hook);
        wait_gone(conn);
        check_end(state, ERROR_SUCCESS);
        pop_context();
    }
}

/* Another notifier, or none: the first one stays, and the call does not wait. */
static void check_other_notifier(dial_paused_fn *dial)
{
    HRASCONN conn, handle;
    unsigned int i;
    DWORD error;

    for (i = 0; i < 2; i++)
    {
        handle = conn = dial(2, signal_pause);
        error = resume_as(&handle, GOOD_PASSWORD, sizeof(RASDIALPARAMSA), NOTIFIER_WINDOW, i ? NULL : recorder.window);
        uncertain ok(!error, "%u: got %lu.\n", i, error);
        ok(handle == conn, "%u: handle %p, expected %p.\n", i, handle, conn);
        wait_event(recorder.ended);
        check_end(RASCS_Connected, ERROR_SUCCESS);
        ok(recorder.notices[recorder.count - 1].conn == conn, "%u: the window got the notice.\n", i);
        hang_up(conn);
    }
}

static void check_other_process(RASCONNSTATE state, dial_paused_fn *dial)
{
    char argument[32];
    HRASCONN conn;
    DWORD code;

    conn = dial(2, signal_pause);
    snprintf(argument, sizeof(argument), "%lu", (unsigned long)(ULONG_PTR)conn);
    code = run_child("paused", argument);
    uncertain ok(code == ERROR_INVALID_HANDLE, "another process: got %lu.\n", code);
    check_paused(conn, state);
    hang_up(conn);
    wait_event(recorder.ended);
    uncertain check_end(RASCS_Disconnected, ERROR_SUCCESS);
}

void check_pause_edges(RASCONNSTATE state, dial_paused_fn *dial)
{
    push_context("state %#x", state);
    check_wrong_resumes(state, dial);
    check_handlers(state, dial);
    check_other_notifier(dial);
    check_other_process(state, dial);
    pop_context();
}

DWORD pause_child(const char *argument)
{
    DWORD handle;

    if (strcmp(argument, "leave")) return resume((HRASCONN)(ULONG_PTR)strtoul(argument, NULL, 10), GOOD_PASSWORD);
    handle = (DWORD)(ULONG_PTR)dial_paused("retry", signal_pause);
    /* wineserver (8.0) may keep a socket until its own end when the program ends inside a send: let
     * the notice be acknowledged, of which nothing tells. */
    Sleep(1000);
    return handle;
}
