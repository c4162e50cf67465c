/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_entry.c - what RasDial takes from an entry: the number by the rules of dialling, the
 * alternate numbers and which of them is first the next time, the link and its device.
 */
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

#define LOCATIONS "Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Locations"

static char phonebook[MAX_PATH];

/* Dial until the end; what the connection then shows goes into status. */
static DWORD dial_to_end(const char *entry, const char *number, DWORD sub_entry, RASCONNSTATUSA *status)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .dwSubEntry = sub_entry};
    HRASCONN conn = NULL;
    DWORD error, status_error;

    strcpy(params.szEntryName, entry);
    strcpy(params.szPhoneNumber, number);
    error = pRasDialA(NULL, phonebook, &params, 0, NULL, &conn);
    memset(status, 0, sizeof(*status));
    status->dwSize = sizeof(*status);
    if (!conn) return error;
    status_error = pRasGetConnectStatusA(conn, status);
    ok(!status_error, "status: got %lu.\n", status_error);
    hang_up(conn);
    return error;
}

static void check_dialled(int line, const char *entry, const char *number, const char *dialled, DWORD expected)
{
    RASCONNSTATUSA status;
    DWORD error = dial_to_end(entry, number, 0, &status);

    test_ok(__FILE__, line, error == expected, "%s: got %lu, not %lu.\n", entry, error, expected);
    test_ok(__FILE__, line, !strcmp(status.szPhoneNumber, dialled), "%s: dialled %s, not %s.\n", entry,
            status.szPhoneNumber, dialled);
}
#define CHECK_DIALLED(entry, number, dialled, error) check_dialled(__LINE__, entry, number, dialled, error)

/* ---- the rules of dialling ------------------------------------------------------------- */

static void set_location(DWORD country, const char *area_code)
{
    HKEY key;
    DWORD id = 77;

    RegCreateKeyExA(HKEY_CURRENT_USER, LOCATIONS "\\Location77", 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL);
    RegSetValueExA(key, "Country", 0, REG_DWORD, (BYTE *)&country, sizeof(country));
    RegSetValueExA(key, "AreaCode", 0, REG_SZ, (const BYTE *)area_code, strlen(area_code) + 1);
    RegCloseKey(key);
    RegCreateKeyExA(HKEY_CURRENT_USER, LOCATIONS, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL);
    RegSetValueExA(key, "CurrentID", 0, REG_DWORD, (BYTE *)&id, sizeof(id));
    RegCloseKey(key);
}

static void remove_location(void)
{
    RegDeleteKeyA(HKEY_CURRENT_USER, LOCATIONS "\\Location77");
    RegDeleteKeyA(HKEY_CURRENT_USER, LOCATIONS);
}

/* Nobody answers at such numbers. */
static void test_rules(void)
{
    CHECK_DIALLED("no rules", "", "555-0100", ERROR_NO_ANSWER);
    uncertain CHECK_DIALLED("seattle", "", "2065550100", ERROR_NO_ANSWER);
    set_location(1, "425");
    uncertain CHECK_DIALLED("seattle", "", "2065550100", ERROR_NO_ANSWER);
    uncertain CHECK_DIALLED("berlin", "", "+4930123456", ERROR_NO_ANSWER);
    /* Its code by its ID; the rules are those of telephones. */
    uncertain CHECK_DIALLED("berlin id", "", "+4930123456", ERROR_NO_ANSWER);
    CHECK_DIALLED("no phone", "", "123456", ERROR_NO_ANSWER);
    set_location(1, "206");
    uncertain CHECK_DIALLED("seattle", "", "5550100", ERROR_NO_ANSWER);
    set_location(49, "30");
    uncertain CHECK_DIALLED("berlin", "", "123456", ERROR_NO_ANSWER);
    uncertain CHECK_DIALLED("seattle", "", "+12065550100", ERROR_NO_ANSWER);
    /* The program's number goes before it all. */
    CHECK_DIALLED("seattle", "123", "123", ERROR_NO_ANSWER);
    remove_location();
}

/* ---- alternates ------------------------------------------------------------------------ */

static void read_file(char *text, size_t size)
{
    FILE *file = fopen(phonebook, "rb");

    text[file ? fread(text, 1, size - 1, file) : 0] = 0;
    if (file) fclose(file);
}

/* The lines that an entry of the phone book has. */
static void check_lines(int line, const char *name, const char *expected)
{
    char text[16384], section[64], *lines, *end;

    read_file(text, sizeof(text));
    snprintf(section, sizeof(section), "[%s]\r\n", name);
    lines = strstr(text, section);
    test_ok(__FILE__, line, lines != NULL, "no entry %s.\n", name);
    if (!lines) return;
    lines += strlen(section);
    if ((end = strstr(lines, "\r\n["))) end[2] = 0;
    test_ok(__FILE__, line, !strcmp(lines, expected), "%s: got\n%s.\n", name, lines);
}
#define CHECK_LINES(name, expected) check_lines(__LINE__, name, expected)

#define NUMBERS(name, general, device, ...)                                                                            \
    "[" name "]\r\nEncoding=1\r\n" general "Type=1\r\n\r\nMEDIA=serial\r\nPort=\r\nDevice=\r\n\r\nDEVICE=modem\r\n"    \
    __VA_ARGS__ device "\r\n"
#define BUSY   "PhoneNumber=busy\r\nAreaCode=\r\nCountryCode=1\r\nUseDialingRules=0\r\nComment=one\r\n"
#define VOICE  "PhoneNumber=voice\r\nAreaCode=206\r\nCountryCode=49\r\nUseDialingRules=0\r\nComment=two\r\n"
#define GOOD                                                                                                           \
    "PhoneNumber=o-k\r\nAreaCode=\r\nCountryCode=0\r\nUseDialingRules=1\r\nComment=three\r\nFriendlyName=x\r\n"
#define LAST   "PhoneNumber=no-carrier\r\n"
#define PROMOTE "LastSelectedPhone=0\r\nPromoteAlternates=1\r\nTryNextAlternateOnFail=1\r\nHwFlowControl=1\r\n"

/* Each number until one answers, in the order of the entry. */
static void test_alternates(void)
{
    CHECK_DIALLED("alternates", "", "ok", ERROR_SUCCESS);
    CHECK_DIALLED("no next", "", "busy", ERROR_LINE_BUSY);
    CHECK_DIALLED("none good", "", "no-carrier", ERROR_NO_CARRIER);
    /* They are those of the entry's number. */
    CHECK_DIALLED("alternates", "voice", "voice", ERROR_VOICE_ANSWER);
    /* Unless it is wanted, their order stays. */
    CHECK_LINES("alternates", strchr(NUMBERS("", "", "", BUSY VOICE GOOD LAST), '\n') + 1);
}

/* The number that worked becomes the first, with all that the file says of it. */
static void test_promotion(void)
{
    const char *const promoted = strchr(NUMBERS("", "", PROMOTE, GOOD BUSY VOICE LAST), '\n') + 1;
    HRASCONN conn = NULL;

    /* Not when none works, or the program has its own. */
    CHECK_DIALLED("promote", "ok", "ok", ERROR_SUCCESS);
    CHECK_DIALLED("promote none", "", "no-carrier", ERROR_NO_CARRIER);
    CHECK_LINES("promote", strchr(NUMBERS("", "", PROMOTE, BUSY VOICE GOOD LAST), '\n') + 1);
    CHECK_LINES("promote none", strchr(NUMBERS("", "", PROMOTE, BUSY LAST), '\n') + 1);
    CHECK_DIALLED("promote", "", "ok", ERROR_SUCCESS);
    CHECK_LINES("promote", promoted);
    CHECK_DIALLED("promote", "", "ok", ERROR_SUCCESS);
    CHECK_LINES("promote", promoted);
    /* An asynchronous dial does it before its program hears of the end. */
    ok(!dial_book_entry(phonebook, "promote later", "", "", 2, NULL, 0, &conn), "cannot dial.\n");
    wait_event(recorder.ended);
    CHECK_LINES("promote later", promoted);
    hang_up(conn);
}

/* ---- links ----------------------------------------------------------------------------- */

static void check_device(int line, const char *entry, DWORD sub_entry, const char *device)
{
    RASCONNSTATUSA status;
    DWORD error = dial_to_end(entry, "", sub_entry, &status);

    test_ok(__FILE__, line, !error, "%s, %lu: got %lu.\n", entry, sub_entry, error);
    test_ok(__FILE__, line, !strcmp(status.szDeviceName, device), "%s, %lu: device %s, not %s.\n", entry, sub_entry,
            status.szDeviceName, device);
}
#define CHECK_DEVICE(entry, sub_entry, device) check_device(__LINE__, entry, sub_entry, device)

#define LINK(device, number) \
    "MEDIA=serial\r\nPort=\r\nDevice=" device "\r\n\r\nDEVICE=modem\r\nPhoneNumber=" number "\r\n\r\n"

static void test_links(void)
{
    HRASCONN conn = NULL;

    CHECK_DEVICE("links", 0, "Test Modem");
    CHECK_DEVICE("links", 1, "Test Modem");
    CHECK_DEVICE("links", 2, "Second Modem");
    CHECK_DEVICE("links", 3, "Test Modem");
    CHECK_DEVICE("links", 0xffffffff, "Test Modem");
    /* All are to be dialled: the program's choice has no meaning. */
    CHECK_DEVICE("all links", 2, "Test Modem");
    /* One whose device is in use is passed over. */
    ok(!dial_book_entry(phonebook, "first", "", "", NOTIFIER_SYNC, NULL, 0, &conn), "cannot dial.\n");
    CHECK_DEVICE("links", 1, "Second Modem");
    hang_up(conn);
    /* A device that is not there stands for any of its type. */
    CHECK_DEVICE("gone", 0, "Test Modem");
}

/* The device that worked last, if it is still there. */
static void test_preferred(void)
{
    CHECK_DEVICE("preferred", 0, "Second Modem");
    CHECK_DEVICE("preferred gone", 0, "Test Modem");
}

static void write_entries(void)
{
    write_phonebook(phonebook,
                    NUMBERS("no rules", "", "", "PhoneNumber=555-0100\r\nAreaCode=206\r\nCountryCode=1\r\n")
                    NUMBERS("seattle", "", "",
                            "PhoneNumber=555-0100\r\nAreaCode=206\r\nCountryCode=1\r\nUseDialingRules=1\r\n")
                    NUMBERS("berlin", "", "",
                            "PhoneNumber=12 34 56\r\nAreaCode=30\r\nCountryCode=49\r\nUseDialingRules=1\r\n")
                    NUMBERS("berlin id", "", "",
                            "PhoneNumber=12 34 56\r\nAreaCode=30\r\nCountryID=49\r\nUseDialingRules=1\r\n")
                    NUMBERS("no phone", "Type=3\r\n", "",
                            "PhoneNumber=123456\r\nAreaCode=30\r\nCountryCode=49\r\nUseDialingRules=1\r\n")
                    NUMBERS("alternates", "", "", BUSY VOICE GOOD LAST)
                    NUMBERS("no next", "", "TryNextAlternateOnFail=0\r\n", BUSY GOOD)
                    NUMBERS("none good", "", "", BUSY VOICE LAST)
                    NUMBERS("promote", "", PROMOTE, BUSY VOICE GOOD LAST)
                    NUMBERS("promote none", "", PROMOTE, BUSY LAST)
                    NUMBERS("promote later", "", PROMOTE, BUSY VOICE GOOD LAST)
                    "[links]\r\nDialMode=0\r\n\r\n" LINK("Test Modem", "ok") LINK("Second Modem", "ok")
                    "[all links]\r\nDialMode=1\r\n\r\n" LINK("Test Modem", "ok") LINK("Second Modem", "ok")
                    "[first]\r\n\r\n" LINK("Test Modem", "ok")
                    "[gone]\r\n\r\n" LINK("No Modem", "ok")
                    "[preferred]\r\nPreferredDevice=Second Modem\r\n\r\n" LINK("Test Modem", "ok")
                    "[preferred gone]\r\nPreferredDevice=No Modem\r\n\r\n" LINK("Test Modem", "ok"));
}

START_TEST(dial_entry)
{
    if (!dialing_init()) return;
    write_entries();
    test_rules();
    test_alternates();
    test_promotion();
    test_links();
    test_preferred();
    DeleteFileA(phonebook);
    dialing_cleanup();
}
