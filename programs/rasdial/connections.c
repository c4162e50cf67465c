/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * connections.c - the connections that there are: listed, and hung up.
 */
#include "rasdial.h"

#include <stdlib.h>

#define HANG_UP_LOOKS 600 /* a tenth of a second each */

void print_error(DWORD error)
{
    WCHAR text[512];

    if (!RasGetErrorStringW(error, text, ARRAYSIZE(text))) print(L"Remote Access error %lu - %ls\r\n", error, text);
    else if (FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK,
                            NULL, error, 0, text, ARRAYSIZE(text), NULL))
        print(L"Error %lu - %ls\r\n", error, text);
    else print(L"Error %lu.\r\n", error);
}

void print_done(void)
{
    print(L"Command completed successfully.\r\n");
}

/* All connections, for the caller to free. */
static DWORD get_connections(RASCONNW **list, DWORD *count)
{
    DWORD size = sizeof(RASCONNW), error;

    *list = NULL;
    do
    {
        RASCONNW *bigger = realloc(*list, size);

        if (!bigger)
        {
            free(*list);
            *list = NULL;
            return ERROR_NOT_ENOUGH_MEMORY;
        }
        *list = bigger;
        memset(*list, 0, size);
        (*list)->dwSize = sizeof(RASCONNW);
        *count = 0;
        error = RasEnumConnectionsW(*list, &size, count);
    } while (error == ERROR_BUFFER_TOO_SMALL);
    if (error)
    {
        free(*list);
        *list = NULL;
    }
    return error;
}

DWORD list_connections(void)
{
    RASCONNW *list;
    DWORD count, i, error;

    if ((error = get_connections(&list, &count)))
    {
        print_error(error);
        return error;
    }
    print(count ? L"Connected to\r\n" : L"No connections\r\n");
    for (i = 0; i < count; i++) print(L"%ls\r\n", list[i].szEntryName);
    print_done();
    free(list);
    return 0;
}

DWORD hang_up(HRASCONN hrasconn)
{
    RASCONNSTATUSW status;
    unsigned int looks = HANG_UP_LOOKS;
    DWORD error;

    if ((error = RasHangUpW(hrasconn))) return error == ERROR_INVALID_HANDLE ? 0 : error;
    /* It returns before the line is down. */
    do
    {
        status.dwSize = sizeof(status);
        if (RasGetConnectStatusW(hrasconn, &status) == ERROR_INVALID_HANDLE) return 0;
        Sleep(100);
    } while (--looks);
    return ERROR_HANGUP_FAILED;
}

DWORD disconnect(const WCHAR *entry)
{
    RASCONNW *list;
    DWORD count, i, error;
    bool has_any = false;

    if ((error = get_connections(&list, &count)))
    {
        print_error(error);
        return error;
    }
    for (i = 0; i < count && !error; i++)
    {
        if (entry && _wcsicmp(entry, list[i].szEntryName)) continue;
        has_any = true;
        error = hang_up(list[i].hrasconn);
    }
    free(list);
    if (error)
    {
        print_error(error);
        return error;
    }
    if (!has_any) print(L"No connections\r\n");
    print_done();
    return 0;
}
