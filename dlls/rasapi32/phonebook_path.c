/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * phonebook_path.c - where phone books lie, and what an entry may be called.
 */
#include "phonebook_parts.h"

#include <wctype.h>

static const WCHAR first_file[] = L"rasphone.pbk";

/* A folder that the shell keeps in the registry, where SHGetFolderPath has it from: loading
 * shell32 for it would cost a program more than all the rest of a call. */
struct folder
{
    HKEY root;
    const WCHAR *value;
    const WCHAR *variable; /* where there is no such value */
};

static const struct folder user_folder = {HKEY_CURRENT_USER, L"AppData", L"APPDATA"};
static const struct folder all_users_folder = {HKEY_LOCAL_MACHINE, L"Common AppData", L"ProgramData"};

/* The folder of phone books, with a backslash at its end.  False: there is none. */
static bool phonebook_folder(const struct folder *folder, WCHAR *path, DWORD size)
{
    static const WCHAR key[] = L"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders";
    static const WCHAR below[] = L"\\Microsoft\\Network\\Connections\\Pbk\\";
    DWORD bytes = size * sizeof(*path), len;

    if (RegGetValueW(folder->root, key, folder->value, RRF_RT_REG_SZ, NULL, path, &bytes) || !path[0])
    {
        len = GetEnvironmentVariableW(folder->variable, path, size);
        if (!len || len >= size) return false;
    }
    len = wcslen(path);
    if (len + ARRAYSIZE(below) > size) return false;
    wcscpy(path + len, below);
    return true;
}

static bool is_below(const WCHAR *path, const WCHAR *folder)
{
    int len = wcslen(folder);

    return (int)wcslen(path) > len && CompareStringOrdinal(path, len, folder, len, TRUE) == CSTR_EQUAL;
}

static DWORD full_path(const WCHAR *phonebook, WCHAR *path)
{
    DWORD len = GetFullPathNameW(phonebook, PHONEBOOK_PATH_SIZE, path, NULL);

    return len && len < PHONEBOOK_PATH_SIZE ? ERROR_SUCCESS : ERROR_CANNOT_OPEN_PHONEBOOK;
}

static bool is_phonebook_file(const WIN32_FIND_DATAW *data)
{
    size_t len = wcslen(data->cFileName);

    /* A pattern also finds what has such a short name. */
    return !(data->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) && len > 4 &&
           !_wcsicmp(data->cFileName + len - 4, L".pbk") && _wcsicmp(data->cFileName, first_file);
}

static bool is_unreadable(DWORD error)
{
    return error == ERROR_CANNOT_OPEN_PHONEBOOK || error == ERROR_CANNOT_LOAD_PHONEBOOK;
}

static DWORD each_in_folder(const struct folder *folder, bool all_users, phonebook_file_fn *look, void *context)
{
    WCHAR path[PHONEBOOK_PATH_SIZE], *base;
    WIN32_FIND_DATAW data;
    HANDLE find;
    DWORD error;

    if (!phonebook_folder(folder, path, ARRAYSIZE(path) - MAX_PATH)) return ERROR_CANNOT_FIND_PHONEBOOK_ENTRY;
    base = path + wcslen(path);
    wcscpy(base, first_file);
    error = look(path, all_users, context);
    if (error != ERROR_CANNOT_FIND_PHONEBOOK_ENTRY && !is_unreadable(error)) return error;
    wcscpy(base, L"*.pbk");
    if ((find = FindFirstFileW(path, &data)) == INVALID_HANDLE_VALUE) return ERROR_CANNOT_FIND_PHONEBOOK_ENTRY;
    do
    {
        if (!is_phonebook_file(&data)) continue;
        wcscpy(base, data.cFileName);
        error = look(path, all_users, context);
    } while ((error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY || is_unreadable(error)) && FindNextFileW(find, &data));
    FindClose(find);
    return is_unreadable(error) ? ERROR_CANNOT_FIND_PHONEBOOK_ENTRY : error;
}

DWORD phonebook_each_file(const WCHAR *phonebook, phonebook_file_fn *look, void *context)
{
    WCHAR path[PHONEBOOK_PATH_SIZE], folder[PHONEBOOK_PATH_SIZE];
    bool all_users;
    DWORD error;

    if (!phonebook || !phonebook[0])
    {
        error = each_in_folder(&user_folder, false, look, context);
        if (error != ERROR_CANNOT_FIND_PHONEBOOK_ENTRY) return error;
        return each_in_folder(&all_users_folder, true, look, context);
    }
    if ((error = full_path(phonebook, path))) return error;
    all_users = phonebook_folder(&all_users_folder, folder, ARRAYSIZE(folder)) && is_below(path, folder);
    return look(path, all_users, context);
}

DWORD phonebook_path(const WCHAR *phonebook, WCHAR *path, DWORD size)
{
    WCHAR full[PHONEBOOK_PATH_SIZE];
    DWORD error;

    if (phonebook && phonebook[0])
    {
        if ((error = full_path(phonebook, full))) return error;
    }
    else
    {
        if (!phonebook_folder(&user_folder, full, ARRAYSIZE(full) - ARRAYSIZE(first_file)))
            return ERROR_CANNOT_OPEN_PHONEBOOK;
        wcscat(full, first_file);
    }
    if (wcslen(full) >= size) return ERROR_CANNOT_OPEN_PHONEBOOK;
    wcscpy(path, full);
    return ERROR_SUCCESS;
}

bool phonebook_name_is_valid(const WCHAR *name)
{
    size_t len = wcsnlen(name, RAS_MaxEntryName + 1), i;
    bool visible = false;

    if (!len || len > RAS_MaxEntryName || name[0] == '.') return false;
    for (i = 0; i < len; i++)
    {
        /* The last three would end the line of the name; so would a quote in other programs' files. */
        if (name[i] < ' ' || wcschr(L"|><?*\\/:\"]", name[i])) return false;
        if (!iswspace(name[i])) visible = true;
    }
    return visible;
}
