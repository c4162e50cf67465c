/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * properties_shared.c - see properties.h.
 */
#include "properties.h"

#include "books.h"

#include <stdio.h>
#include <string.h>

char book[MAX_PATH];
WCHAR book_w[MAX_PATH];

const DWORD rasentry_sizes_a[] = {1768, 1796, 2088, 2884, 2924, 2948, 3476, 3480};
const DWORD rasentry_sizes_w[] = {3468, 3496, 4048, 5616, 5656, 5680, 6720, 6724};

BOOL properties_init(void)
{
    char folder[MAX_PATH];

    if (!load_rasapi32()) return FALSE;
    if (!pRasGetEntryPropertiesW || !pRasSetEntryPropertiesW)
    {
        win_skip("no RasGetEntryPropertiesW.\n");
        return FALSE;
    }
    GetTempPathA(ARRAYSIZE(folder), folder);
    GetLongPathNameA(folder, folder, ARRAYSIZE(folder));
    snprintf(book, sizeof(book), "%sras_test_properties.pbk", folder);
    MultiByteToWideChar(CP_ACP, 0, book, -1, book_w, ARRAYSIZE(book_w));
    DeleteFileA(book);
    return TRUE;
}

void properties_cleanup(void)
{
    DeleteFileA(book);
}

DWORD read_book(char *text)
{
    FILE *file = fopen(book, "rb");
    size_t len = 0;

    if (file)
    {
        len = fread(text, 1, BOOK_MAX - 1, file);
        fclose(file);
    }
    text[len] = 0;
    return (DWORD)len;
}

void write_book(const char *text)
{
    FILE *file;

    DeleteFileA(book);
    if (!text) return;
    file = fopen(book, "wb");
    ok(file && fwrite(text, 1, strlen(text), file) == strlen(text), "%s: not written.\n", book);
    if (file) fclose(file);
}

void lock_book(BOOL all_users, char *path)
{
    static const char text[] = "[One]\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Test Modem\r\n\r\n"
                               "DEVICE=modem\r\nPhoneNumber=1\r\n";
    char *next;

    strcpy(path, book);
    if (all_users)
    {
        GetEnvironmentVariableA("ProgramData", path, MAX_PATH);
        next = path + strlen(path);
        strcat(path, "\\Microsoft\\Network\\Connections\\Pbk\\ras_test.pbk");
        for (next++; (next = strchr(next, '\\')); *next++ = '\\')
        {
            *next = 0;
            CreateDirectoryA(path, NULL);
        }
    }
    book_write(path, text, sizeof(text) - 1);
    SetFileAttributesA(path, FILE_ATTRIBUTE_READONLY);
}

void unlock_book(const char *path)
{
    SetFileAttributesA(path, FILE_ATTRIBUTE_NORMAL);
    DeleteFileA(path);
}

/* The line that starts with this, from text on; NULL when another entry comes first. */
static const char *find_line(const char *text, const char *start)
{
    size_t len = strlen(start);

    for (; *text; text++)
    {
        if (!strncmp(text, start, len)) return text;
        if (*text == '[') return NULL;
        if (!(text = strchr(text, '\n'))) return NULL;
    }
    return NULL;
}

static BOOL is_group(const char *line)
{
    return !strncmp(line, "NETCOMPONENTS=", 14) || !strncmp(line, "MEDIA=", 6) || !strncmp(line, "DEVICE=", 7);
}

const char *book_key(const char *entry, const char *group, const char *key)
{
    static char text[BOOK_MAX], value[1024];
    char start[300], *next;
    const char *line;

    read_book(text);
    snprintf(start, sizeof(start), "[%s]\r\n", entry);
    if (!(line = strstr(text, start))) return "(no entry)";
    line += strlen(start);
    while (group)
    {
        snprintf(start, sizeof(start), "%s", group);
        if ((next = strchr(start, '>'))) *next = 0;
        group = next ? strchr(group, '>') + 1 : NULL;
        strcat(start, "\r\n");
        if (!(line = find_line(line, start))) return "(no group)";
        line += strlen(start);
    }
    for (; *line && *line != '[' && !is_group(line); line++)
    {
        if (!strncmp(line, key, strlen(key)) && line[strlen(key)] == '=')
        {
            line += strlen(key) + 1;
            snprintf(value, sizeof(value), "%.*s", (int)strcspn(line, "\r\n"), line);
            return value;
        }
        if (!(line = strchr(line, '\n'))) break;
    }
    return "(none)";
}

void check_key_(const char *file, int line, const char *entry, const char *group, const char *key,
                const char *expected)
{
    const char *value = book_key(entry, group, key);

    test_ok(file, line, !strcmp(value, expected), "%s%s%s=%s, not %s.\n", group ? group : "", group ? ">" : "", key,
            value, expected);
}

void fill_entry_a(RASENTRYA *entry, DWORD size)
{
    memset(entry, 0, sizeof(*entry));
    entry->dwSize = size;
    strcpy(entry->szLocalPhoneNumber, "5550100");
    strcpy(entry->szDeviceType, "modem");
    strcpy(entry->szDeviceName, "Test Modem");
    entry->dwFramingProtocol = RASFP_Ppp;
    entry->dwfNetProtocols = RASNP_Ip;
    if (size < 2088) return;
    entry->dwType = RASET_Phone;
    entry->dwEncryptionType = ET_Optional;
}

void fill_entry_w(RASENTRYW *entry, DWORD size)
{
    memset(entry, 0, sizeof(*entry));
    entry->dwSize = size;
    lstrcpyW(entry->szLocalPhoneNumber, L"5550100");
    lstrcpyW(entry->szDeviceType, L"modem");
    lstrcpyW(entry->szDeviceName, L"Test Modem");
    entry->dwFramingProtocol = RASFP_Ppp;
    entry->dwfNetProtocols = RASNP_Ip;
    if (size < 4048) return;
    entry->dwType = RASET_Phone;
    entry->dwEncryptionType = ET_Optional;
}

void get_entry_w_(const char *file, int line, const WCHAR *name, RASENTRYW *entry)
{
    static union
    {
        RASENTRYW entry;
        char room[GUARD_MAX];
    } buffer;
    DWORD size = sizeof(buffer), error;

    memset(&buffer, 0xa5, sizeof(buffer));
    buffer.entry.dwSize = sizeof(*entry);
    error = pRasGetEntryPropertiesW(book_w, name, &buffer.entry, &size, NULL, NULL);
    if (!test_ok_error(file, line, "RasGetEntryPropertiesW", error, ERROR_SUCCESS, "get"))
        memset(&buffer, 0, sizeof(buffer));
    *entry = buffer.entry;
    entry->dwAlternateOffset = 0;
}

void set_entry_w_(const char *file, int line, const WCHAR *name, RASENTRYW *entry)
{
    DWORD error = pRasSetEntryPropertiesW(book_w, name, entry, entry->dwSize, NULL, 0);

    test_ok_error(file, line, "RasSetEntryPropertiesW", error, ERROR_SUCCESS, "set");
}

void get_entry_a(const char *name, RASENTRYA *entry)
{
    DWORD size = sizeof(*entry), error;

    memset(entry, 0xa5, sizeof(*entry));
    entry->dwSize = sizeof(*entry);
    error = pRasGetEntryPropertiesA(book, name, entry, &size, NULL, NULL);
    ok_error(RasGetEntryPropertiesA, error, ERROR_SUCCESS);
}

void set_entry_a(const char *name, RASENTRYA *entry)
{
    DWORD error = pRasSetEntryPropertiesA(book, name, entry, entry->dwSize, NULL, 0);

    ok_error(RasSetEntryPropertiesA, error, ERROR_SUCCESS);
}
