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
    uncertain CHECK_STATES(good);
    hang_up(conn);

    /* One that the server does not take. */
    conn = dial_paused("password-expired", signal_pause);
    error = resume(conn, "too simple");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain check_end(RASCS_AuthNotify, ERROR_CHANGING_PASSWORD);
    ok(recorder.notices[recorder.count - 2].state == RASCS_AuthNotify, "state %#x before the end.\n",
       recorder.notices[recorder.count - 2].state);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_HANDLE, "failed: got %lu.\n", error);
    hang_up(conn);
}

static HRASCONN dial_expired(DWORD notifier_type, DWORD (*hook)(const struct notice *notice))
{
    return dial_paused_by(notifier_type, "password-expired", hook);
}

static void test_end(void)
{
    HRASCONN conn = NULL;
    DWORD error;

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
    uncertain check_end(RASCS_AuthNotify, ERROR_PASSWD_EXPIRED);
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
    uncertain check_end(RASCS_Connected, ERROR_SUCCESS);
    error = set_old_password(conn, L"old");
    uncertain ok(error == ERROR_INVALID_HANDLE, "connected: got %lu.\n", error);
    hang_up(conn);
}

START_TEST(paused_password)
{
    if (!pausing_init()) return;
    test_change();
    check_pause_edges(RASCS_PasswordExpired, dial_expired);
    test_end();
    test_old_password();
    pausing_cleanup();
}
