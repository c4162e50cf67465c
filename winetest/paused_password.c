/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * paused_password.c - RASCS_PasswordExpired: the new password by a second RasDial, the
 * old one from the attempt or by RasSetOldPassword.
 */
#include "pausing.h"

#define BEGINNING UNTIL_AUTH_NOTIFY, RASCS_PasswordExpired

static void test_change(void)
{
    static const RASCONNSTATE good[] = {BEGINNING, RASCS_AuthChangePassword, RASCS_AuthNotify, UNTIL_CONNECTED};
    HRASCONN conn;
    DWORD error;

    conn = dial_paused("password-expired", signal_pause);
    check_paused(conn, RASCS_PasswordExpired);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_STATES(good);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_PARAMETER, "connected: got %lu.\n", error);
    hang_up(conn);

    /* One that the server does not take. */
    conn = dial_paused("password-expired", signal_pause);
    error = resume(conn, "too simple");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    check_end(RASCS_AuthNotify, ERROR_CHANGING_PASSWORD);
    ok(recorder.notices[recorder.count - 2].state == RASCS_AuthNotify, "state %#x before the end.\n",
       recorder.notices[recorder.count - 2].state);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_HANDLE, "failed: got %lu.\n", error);
    hang_up(conn);
}

static void test_wrong_resume(void)
{
    HRASCONN conn, handle;
    DWORD error;

    conn = dial_paused("password-expired", wait_in_pause);
    handle = conn;
    error = resume_as(&handle, GOOD_PASSWORD, 1, 0, NULL);
    ok(error == ERROR_INVALID_SIZE, "dwSize 1: got %lu.\n", error);
    handle = (HRASCONN)0x12345678;
    error = resume_as(&handle, GOOD_PASSWORD, sizeof(RASDIALPARAMSA), 0, NULL);
    uncertain ok(error == ERROR_INVALID_HANDLE, "wrong handle: got %lu.\n", error);
    check_paused(conn, RASCS_PasswordExpired);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    error = resume(conn, "another");
    uncertain ok(error == ERROR_DIAL_ALREADY_IN_PROGRESS, "second: got %lu.\n", error);
    SetEvent(pause_go_on);
    wait_event(recorder.ended);
    check_end(RASCS_Connected, ERROR_SUCCESS);
    hang_up(conn);

    conn = dial_paused("password-expired", resume_in_pause);
    uncertain ok(pause_in_hook == ERROR_DIAL_ALREADY_IN_PROGRESS, "in the handler: got %lu.\n", pause_in_hook);
    check_paused(conn, RASCS_PasswordExpired);
    hang_up(conn);
}

static void test_end(void)
{
    static const RASCONNSTATE in_handler[] = {BEGINNING};
    static const RASCONNSTATE outside[] = {BEGINNING, RASCS_Disconnected};
    HRASCONN conn = NULL;
    DWORD error;

    conn = dial_paused("password-expired", hangup_in_pause);
    ok(!pause_in_hook, "got %lu.\n", pause_in_hook);
    wait_gone(conn);
    CHECK_STATES(in_handler);

    conn = dial_paused("password-expired", signal_pause);
    hang_up(conn);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(outside);

    /* The server does not wait. */
    conn = dial_paused("password-expired-drop", signal_pause);
    wait_event(recorder.ended);
    uncertain check_end(RASCS_AuthNotify, ERROR_REMOTE_DISCONNECTION);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_HANDLE, "got %lu.\n", error);
    hang_up(conn);

    /* Not wanted, or nobody there to be asked. */
    conn = NULL;
    error = dial_number_options("password-expired", 2, NULL, 0, &conn);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    check_end(RASCS_AuthNotify, ERROR_PASSWD_EXPIRED);
    hang_up(conn);
    conn = NULL;
    error = dial_number_options("password-expired", NOTIFIER_SYNC, NULL, RDEOPT_PausedStates, &conn);
    uncertain ok(error == ERROR_PASSWD_EXPIRED, "synchronous: got %lu.\n", error);
    hang_up(conn);
}

static void test_old_password(void)
{
    DWORD(WINAPI *set_old_password)(HRASCONN, const WCHAR *) = (void *)GetProcAddress(rasapi32, "RasSetOldPassword");
    HRASCONN conn;
    DWORD error;

    if (!set_old_password)
    {
        win_skip("no RasSetOldPassword.\n");
        return;
    }
    error = set_old_password((HRASCONN)0x12345678, L"old");
    uncertain ok(error == ERROR_INVALID_HANDLE, "got %lu.\n", error);
    conn = dial_paused("password-expired", signal_pause);
    error = set_old_password(conn, NULL);
    uncertain ok(error == ERROR_INVALID_PARAMETER, "NULL: got %lu.\n", error);
    error = set_old_password(conn, L"old");
    uncertain ok(!error, "got %lu.\n", error);
    check_paused(conn, RASCS_PasswordExpired);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    check_end(RASCS_Connected, ERROR_SUCCESS);
    error = set_old_password(conn, L"old");
    uncertain ok(error == ERROR_INVALID_HANDLE, "connected: got %lu.\n", error);
    hang_up(conn);
}

START_TEST(paused_password)
{
    if (!pausing_init()) return;
    test_change();
    test_wrong_resume();
    test_end();
    test_old_password();
    pausing_cleanup();
}
