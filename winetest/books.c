/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * books.c - see books.h.
 */
#include "books.h"

#include <stdlib.h>
#include <string.h>

static const WCHAR *widen(const char *text, WCHAR *wide, int size)
{
    if (!text) return NULL;
    if (!MultiByteToWideChar(CP_ACP, 0, text, -1, wide, size)) wide[0] = 0;
    return wide;
}
#define WIDEN(text, wide) widen(text, wide, ARRAYSIZE(wide))

DWORD rename_entry(BOOL wide, const char *book, const char *name, const char *new_name)
{
    WCHAR book_w[MAX_PATH], name_w[512], new_name_w[512];

    if (!wide) return pRasRenameEntryA(book, name, new_name);
    return pRasRenameEntryW(WIDEN(book, book_w), WIDEN(name, name_w), WIDEN(new_name, new_name_w));
}

DWORD delete_entry(BOOL wide, const char *book, const char *name)
{
    WCHAR book_w[MAX_PATH], name_w[512];

    return wide ? pRasDeleteEntryW(WIDEN(book, book_w), WIDEN(name, name_w)) : pRasDeleteEntryA(book, name);
}

DWORD validate_name(BOOL wide, const char *book, const char *name)
{
    WCHAR book_w[MAX_PATH], name_w[512];

    return wide ? pRasValidateEntryNameW(WIDEN(book, book_w), WIDEN(name, name_w))
                : pRasValidateEntryNameA(book, name);
}

DWORD enum_entries(BOOL wide, const char *book, void *array, DWORD *size, DWORD *count)
{
    WCHAR book_w[MAX_PATH];

    return wide ? pRasEnumEntriesW(NULL, WIDEN(book, book_w), array, size, count)
                : pRasEnumEntriesA(NULL, book, array, size, count);
}

void book_path(char *path, const char *name)
{
    GetTempPathA(MAX_PATH, path);
    strcat(path, name);
}

void make_folders(const char *path)
{
    char folder[MAX_PATH];
    const char *end;

    for (end = strchr(path, '\\'); end; end = strchr(end + 1, '\\'))
    {
        memcpy(folder, path, end - path);
        folder[end - path] = 0;
        CreateDirectoryA(folder, NULL);
    }
    CreateDirectoryA(path, NULL);
}

void book_write(const char *path, const void *text, DWORD len)
{
    HANDLE file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written = 0;

    ok(file != INVALID_HANDLE_VALUE, "%s: error %lu.\n", path, GetLastError());
    if (len) ok(WriteFile(file, text, len, &written, NULL) && written == len, "error %lu.\n", GetLastError());
    CloseHandle(file);
}

char *book_read(const char *path, DWORD *len)
{
    HANDLE file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    char *text = NULL;
    DWORD got = 0;

    *len = 0;
    if (file == INVALID_HANDLE_VALUE) return NULL;
    *len = GetFileSize(file, NULL);
    if ((text = malloc(*len + 1)) && (!ReadFile(file, text, *len, &got, NULL) || got != *len))
    {
        free(text);
        text = NULL;
    }
    if (text) text[got] = 0;
    CloseHandle(file);
    return text;
}

void book_check_(const char *file, int line, const char *path, const void *text, DWORD len)
{
    DWORD got_len;
    char *got = book_read(path, &got_len);

    test_ok(file, line, got != NULL, "%s: cannot be read.\n", path);
    if (!got) return;
    test_ok(file, line, got_len == len && !memcmp(got, text, len), "%s: %lu bytes, not %lu:\n%s", path, got_len, len,
            got_len < 2000 ? got : "too many to show");
    free(got);
}

void book_names(const char *path, char *names, size_t size)
{
    RASENTRYNAMEA *entries = NULL;
    DWORD bytes = 0, count = 0, error, i;

    names[0] = 0;
    error = pRasEnumEntriesA(NULL, path, NULL, &bytes, &count);
    ok(!error || error == ERROR_BUFFER_TOO_SMALL, "%s: got %lu.\n", path, error);
    if (error != ERROR_BUFFER_TOO_SMALL || !(entries = calloc(1, bytes))) return;
    entries->dwSize = sizeof(*entries);
    error = pRasEnumEntriesA(NULL, path, entries, &bytes, &count);
    ok(!error, "%s: got %lu.\n", path, error);
    for (i = 0; !error && i < count; i++)
    {
        if (strlen(names) + strlen(entries[i].szEntryName) + 2 > size) break;
        strcat(names, entries[i].szEntryName);
        strcat(names, "\n");
    }
    free(entries);
}
