/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * unix_path.c - see unix_path.h.  Wine's kernel32 translates, by functions that only Wine has.
 */
#include "rasapi32.h"

#include "unix_path.h"

static void *wine_function(const char *name)
{
    return (void *)GetProcAddress(GetModuleHandleW(L"kernel32.dll"), name);
}

void unix_path_of(const WCHAR *path, char *unix_path, size_t size)
{
    char *(CDECL *get_unix_file_name)(const WCHAR *) = wine_function("wine_get_unix_file_name");
    char *found = get_unix_file_name ? get_unix_file_name(path) : NULL;

    unix_path[0] = 0;
    if (!found) return;
    if (strlen(found) < size) strcpy(unix_path, found);
    HeapFree(GetProcessHeap(), 0, found);
}

bool unix_path_to_dos(const char *unix_path, WCHAR *path, size_t size)
{
    WCHAR *(CDECL *get_dos_file_name)(const char *) = wine_function("wine_get_dos_file_name");
    WCHAR *found = get_dos_file_name ? get_dos_file_name(unix_path) : NULL;
    bool fits = found && wcslen(found) < size;

    if (fits) wcscpy(path, found);
    if (found) HeapFree(GetProcessHeap(), 0, found);
    return fits;
}

/* Where the drives of a prefix are is its name. */
uint64_t unix_path_prefix(void)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    char drive[MAX_PATH * 4];
    const char *next;

    unix_path_of(L"C:\\", drive, sizeof(drive));
    if (!drive[0]) return 0;
    for (next = drive; *next; next++) hash = (hash ^ (unsigned char)*next) * 0x100000001b3u;
    return hash;
}
