/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_codes.c - the documented return codes of RasDial, each from the ANSI and from the
 * Unicode function: what is wrong with the call, with the phone book or with the entry,
 * and, of a synchronous dial, with the connection.
 */
#include "dialing.h"

#include <string.h>

static char phonebook[MAX_PATH];

/* What RasDial is to be given; NULL is the test's own phone book, "" none. */
struct call
{
    const char *phonebook;
    const char *entry;
    const char *number;
    const char *callback;
    DWORD size; /* dwSize, 0: that of the newest edition */
    DWORD notifier_type;
    void *notifier;
};

static void widen(WCHAR *dst, const char *src, int size)
{
    MultiByteToWideChar(CP_ACP, 0, src ? src : "", -1, dst, size);
}

/* No login is given, so that a scripted server has nothing to refuse but by its number. */
static DWORD call_dial(BOOL wide, const struct call *call, HRASCONN *conn)
{
    const char *path = call->phonebook ? call->phonebook : phonebook;
    RASDIALPARAMSW params_w = {.dwSize = call->size ? call->size : sizeof(params_w)};
    RASDIALPARAMSA params = {.dwSize = call->size ? call->size : sizeof(params)};
    WCHAR path_w[MAX_PATH];

    widen(path_w, path, ARRAYSIZE(path_w));
    widen(params_w.szEntryName, call->entry, ARRAYSIZE(params_w.szEntryName));
    widen(params_w.szPhoneNumber, call->number, ARRAYSIZE(params_w.szPhoneNumber));
    widen(params_w.szCallbackNumber, call->callback, ARRAYSIZE(params_w.szCallbackNumber));
    if (call->entry) strcpy(params.szEntryName, call->entry);
    if (call->number) strcpy(params.szPhoneNumber, call->number);
    if (call->callback) strcpy(params.szCallbackNumber, call->callback);
    if (wide)
        return pRasDialW(NULL, path[0] ? path_w : NULL, &params_w, call->notifier_type, call->notifier, conn);
    return pRasDialA(NULL, path[0] ? path : NULL, &params, call->notifier_type, call->notifier, conn);
}

/* From the call itself: no connection was made. */
#define REFUSED(expected, ...)                                                                                         \
    do                                                                                                                 \
    {                                                                                                                  \
        struct call call_ = {__VA_ARGS__};                                                                             \
        HRASCONN conn_ = NULL;                                                                                         \
        DWORD error_;                                                                                                  \
        error_ = call_dial(TRUE, &call_, &conn_);                                                                      \
        ok_error(RasDialW, error_, expected);                                                                          \
        ok(!conn_, "W: handle %p.\n", conn_);                                                                          \
        error_ = call_dial(FALSE, &call_, &conn_);                                                                     \
        ok_error(RasDialA, error_, expected);                                                                          \
        ok(!conn_, "A: handle %p.\n", conn_);                                                                          \
    } while (0)

/* At the end of a synchronous dial: its handle is to be hung up. */
#define ENDED(expected, ...)                                                                                           \
    do                                                                                                                 \
    {                                                                                                                  \
        struct call call_ = {__VA_ARGS__};                                                                             \
        HRASCONN conn_ = NULL;                                                                                         \
        DWORD error_;                                                                                                  \
        error_ = call_dial(TRUE, &call_, &conn_);                                                                      \
        ok_error(RasDialW, error_, expected);                                                                          \
        ok(conn_ != NULL, "W: no handle.\n");                                                                          \
        if (conn_) hang_up(conn_);                                                                                     \
        conn_ = NULL;                                                                                                  \
        error_ = call_dial(FALSE, &call_, &conn_);                                                                     \
        ok_error(RasDialA, error_, expected);                                                                          \
        ok(conn_ != NULL, "A: no handle.\n");                                                                          \
        if (conn_) hang_up(conn_);                                                                                     \
    } while (0)

static void test_parameters(void)
{
    HRASCONN conn;
    DWORD error;

    error = pRasDialW(NULL, NULL, NULL, 0, NULL, &conn);
    ok_error(RasDialW, error, ERROR_INVALID_PARAMETER);
    error = pRasDialA(NULL, NULL, NULL, 0, NULL, &conn);
    ok_error(RasDialA, error, ERROR_INVALID_PARAMETER);
    uncertain REFUSED(ERROR_INVALID_PARAMETER, .number = "ok", .notifier_type = 3, .notifier = (void *)1);
    REFUSED(ERROR_INVALID_SIZE, .number = "ok", .size = 1);
    REFUSED(ERROR_INVALID_CALLBACK_NUMBER, .number = "ok", .callback = "1234x");
    uncertain REFUSED(ERROR_BAD_PHONE_NUMBER, .number = NULL);
}

/* A handle that was never given. */
static void test_handle(void)
{
    HRASCONN conn = (HRASCONN)(ULONG_PTR)0x7ffffff1;
    struct call call = {.number = "ok"};
    DWORD error;

    error = call_dial(TRUE, &call, &conn);
    uncertain ok_error(RasDialW, error, ERROR_INVALID_HANDLE);
    error = call_dial(FALSE, &call, &conn);
    uncertain ok_error(RasDialA, error, ERROR_INVALID_HANDLE);
}

static LONG notices;

static VOID WINAPI count_notice(UINT msg, RASCONNSTATE state, DWORD error)
{
    (void)msg;
    (void)state;
    (void)error;
    InterlockedIncrement(&notices);
}

/* With a handler, too, what is wrong with the entry is told by the call. */
static void test_asynchronous(void)
{
    uncertain REFUSED(ERROR_CANNOT_OPEN_PHONEBOOK, .phonebook = "C:\\no such folder\\no.pbk", .entry = "plain",
                      .notifier = count_notice);
    uncertain REFUSED(ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, .entry = "no entry of this name", .notifier = count_notice);
    uncertain ok(!notices, "%ld notices.\n", notices);
}

static void test_phonebooks(void)
{
    char folder[MAX_PATH];

    GetTempPathA(sizeof(folder), folder);
    uncertain REFUSED(ERROR_CANNOT_OPEN_PHONEBOOK, .phonebook = folder, .entry = "plain");
    REFUSED(ERROR_CANNOT_OPEN_PHONEBOOK, .phonebook = "C:\\no such folder\\no.pbk", .entry = "plain");
    /* No file that can be read to its end. */
    uncertain REFUSED(ERROR_CANNOT_LOAD_PHONEBOOK, .phonebook = "NUL", .entry = "plain");
    REFUSED(ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, .entry = "no entry of this name");
    REFUSED(ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, .phonebook = "", .entry = "no entry of this name");
    REFUSED(ERROR_CORRUPT_PHONEBOOK, .entry = "no device");
}

/* Entries that cannot be dialled here. */
static void test_entries(void)
{
    REFUSED(ERROR_CANNOT_DO_CUSTOMDIAL, .entry = "dialer");
    uncertain REFUSED(ERROR_PPP_NO_PROTOCOLS_CONFIGURED, .entry = "no protocol");
    uncertain REFUSED(ERROR_PROTOCOL_NOT_CONFIGURED, .entry = "slip");
    uncertain REFUSED(ERROR_PEER_REFUSED_AUTH, .entry = "spap");
    uncertain ENDED(ERROR_INTERACTIVE_MODE, .entry = "script");
}

static void test_ends(void)
{
    ENDED(ERROR_SUCCESS, .entry = "plain");
    ENDED(ERROR_SUCCESS, .entry = "PLAIN");
    ENDED(ERROR_SUCCESS, .number = "ok");
    ENDED(ERROR_LINE_BUSY, .entry = "busy");
    ENDED(ERROR_AUTHENTICATION_FAILURE, .number = "bad-auth");
    ENDED(ERROR_PASSWD_EXPIRED, .number = "password-expired");
    uncertain ENDED(ERROR_BAD_CALLBACK_NUMBER, .number = "callback", .callback = "*");
    ENDED(ERROR_DEVICETYPE_DOES_NOT_EXIST, .entry = "no such type");
}

/* The same entry, while it is being dialled. */
static void test_already(void)
{
    HRASCONN conn = NULL;

    ok(!dial_book_entry(phonebook, "slow", "", "", 2, NULL, 0, &conn), "cannot dial.\n");
    wait_state(conn, RASCS_ConnectDevice);
    REFUSED(ERROR_DIAL_ALREADY_IN_PROGRESS, .entry = "slow");
    hang_up(conn);
    wait_event(recorder.ended);
}

/* In a process of its own, whose manager cannot be had. */
static void child(void)
{
    if (!load_rasapi32()) return;
    SetEnvironmentVariableA("XDG_RUNTIME_DIR", "/nonexistent");
    SetEnvironmentVariableA("WINERAS_RASMAND", "/nonexistent/rasmand");
    REFUSED(ERROR_RASMAN_CANNOT_INITIALIZE, .phonebook = "", .number = "ok");
}

static void write_entries(void)
{
    write_phonebook(phonebook,
                    PHONEBOOK_TEXT("plain", "ok", "")
                    PHONEBOOK_TEXT("busy", "busy", "")
                    PHONEBOOK_TEXT("slow", "slow", "")
                    PHONEBOOK_TEXT("dialer", "ok", "CustomRasDialDll=C:\\no such folder\\no.dll\r\n")
                    PHONEBOOK_TEXT("no protocol", "ok", "ExcludedProtocols=15\r\n")
                    PHONEBOOK_TEXT("slip", "ok", "BaseProtocol=2\r\n")
                    PHONEBOOK_TEXT("spap", "ok", "AuthRestrictions=16\r\n")
                    PHONEBOOK_TEXT("script", "ok", "")
                    "DEVICE=switch\r\nTerminal=0\r\nName=c:\\no.scp\r\nScript=1\r\n\r\n"
                    "[no such type]\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=\r\nDevice=\r\n\r\nDEVICE=nonsense\r\n"
                    "PhoneNumber=ok\r\n\r\n"
                    "[no device]\r\nType=1\r\n\r\n");
}

START_TEST(dial_codes)
{
    if (test_argc)
    {
        child();
        return;
    }
    if (!dialing_init()) return;
    write_entries();
    test_parameters();
    test_handle();
    test_phonebooks();
    test_asynchronous();
    test_entries();
    test_ends();
    test_already();
    ok(!run_child("dial_codes", "child"), "the child failed.\n");
    DeleteFileA(phonebook);
    dialing_cleanup();
}
