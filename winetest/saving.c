/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * saving.c - see saving.h.
 */
#include "saving.h"

#include <stdlib.h>
#include <string.h>

#include "dialing.h"

static const WCHAR *widen(const char *text, WCHAR *buffer, int size)
{
    if (!text) return NULL;
    MultiByteToWideChar(CP_ACP, 0, text, -1, buffer, size);
    return buffer;
}
#define WIDEN(text, buffer) widen((text), (buffer), ARRAYSIZE(buffer))
#define NARROW(dst, src) WideCharToMultiByte(CP_ACP, 0, (src), -1, (dst), sizeof(dst), NULL, NULL)

static void widen_credentials(const RASCREDENTIALSA *ansi, RASCREDENTIALSW *wide)
{
    memset(wide, 0, sizeof(*wide));
    wide->dwSize = ansi->dwSize == sizeof(*ansi) ? sizeof(*wide) : ansi->dwSize;
    wide->dwMask = ansi->dwMask;
    WIDEN(ansi->szUserName, wide->szUserName);
    WIDEN(ansi->szPassword, wide->szPassword);
    WIDEN(ansi->szDomain, wide->szDomain);
}

DWORD get_credentials(BOOL wide, const char *book, const char *entry, RASCREDENTIALSA *credentials)
{
    WCHAR book_w[MAX_PATH], entry_w[300];
    RASCREDENTIALSW copy;
    DWORD error;

    if (!wide) return pRasGetCredentialsA(book, entry, credentials);
    if (!credentials) return pRasGetCredentialsW(WIDEN(book, book_w), WIDEN(entry, entry_w), NULL);
    widen_credentials(credentials, &copy);
    error = pRasGetCredentialsW(WIDEN(book, book_w), WIDEN(entry, entry_w), &copy);
    credentials->dwMask = copy.dwMask;
    NARROW(credentials->szUserName, copy.szUserName);
    NARROW(credentials->szPassword, copy.szPassword);
    NARROW(credentials->szDomain, copy.szDomain);
    return error;
}

DWORD set_credentials(BOOL wide, const char *book, const char *entry, RASCREDENTIALSA *credentials, BOOL clear)
{
    WCHAR book_w[MAX_PATH], entry_w[300];
    RASCREDENTIALSW copy;

    if (!wide) return pRasSetCredentialsA(book, entry, credentials, clear);
    if (credentials) widen_credentials(credentials, &copy);
    return pRasSetCredentialsW(WIDEN(book, book_w), WIDEN(entry, entry_w), credentials ? &copy : NULL, clear);
}

static void widen_params(const RASDIALPARAMSA *ansi, RASDIALPARAMSW *wide)
{
    memset(wide, 0, sizeof(*wide));
    wide->dwSize = ansi->dwSize == sizeof(*ansi) ? sizeof(*wide) : ansi->dwSize;
    WIDEN(ansi->szEntryName, wide->szEntryName);
    WIDEN(ansi->szPhoneNumber, wide->szPhoneNumber);
    WIDEN(ansi->szCallbackNumber, wide->szCallbackNumber);
    WIDEN(ansi->szUserName, wide->szUserName);
    WIDEN(ansi->szPassword, wide->szPassword);
    WIDEN(ansi->szDomain, wide->szDomain);
    wide->dwSubEntry = ansi->dwSubEntry;
    wide->dwCallbackId = ansi->dwCallbackId;
}

static void narrow_params(const RASDIALPARAMSW *wide, RASDIALPARAMSA *ansi)
{
    NARROW(ansi->szPhoneNumber, wide->szPhoneNumber);
    NARROW(ansi->szCallbackNumber, wide->szCallbackNumber);
    NARROW(ansi->szUserName, wide->szUserName);
    NARROW(ansi->szPassword, wide->szPassword);
    NARROW(ansi->szDomain, wide->szDomain);
    ansi->dwSubEntry = wide->dwSubEntry;
    ansi->dwCallbackId = wide->dwCallbackId;
}

DWORD get_params(BOOL wide, const char *book, RASDIALPARAMSA *params, BOOL *has_password)
{
    WCHAR book_w[MAX_PATH];
    RASDIALPARAMSW copy;
    DWORD error;

    if (!wide) return pRasGetEntryDialParamsA(book, params, has_password);
    if (!params) return pRasGetEntryDialParamsW(WIDEN(book, book_w), NULL, has_password);
    widen_params(params, &copy);
    error = pRasGetEntryDialParamsW(WIDEN(book, book_w), &copy, has_password);
    narrow_params(&copy, params);
    return error;
}

DWORD set_params(BOOL wide, const char *book, RASDIALPARAMSA *params, BOOL remove_password)
{
    WCHAR book_w[MAX_PATH];
    RASDIALPARAMSW copy;

    if (!wide) return pRasSetEntryDialParamsA(book, params, remove_password);
    if (params) widen_params(params, &copy);
    return pRasSetEntryDialParamsW(WIDEN(book, book_w), params ? &copy : NULL, remove_password);
}

static void set(const char *book, const char *entry, RASCREDENTIALSA *credentials, BOOL clear)
{
    DWORD error;

    credentials->dwSize = sizeof(*credentials);
    error = pRasSetCredentialsA(book, entry, credentials, clear);
    ok(!error, "%s, mask %#lx: got %lu.\n", entry, credentials->dwMask, error);
}

void save(const char *book, const char *entry, DWORD mask, const char *user, const char *password, const char *domain)
{
    RASCREDENTIALSA credentials = {.dwMask = mask};

    strcpy(credentials.szUserName, user);
    strcpy(credentials.szPassword, password);
    strcpy(credentials.szDomain, domain);
    set(book, entry, &credentials, FALSE);
}

void forget(const char *book, const char *entry, DWORD mask)
{
    RASCREDENTIALSA credentials = {.dwMask = mask};

    set(book, entry, &credentials, TRUE);
}

void check_stored_(const char *file, int line, const char *book, const char *entry, DWORD mask, DWORD found,
                   const char *user, const char *domain)
{
    DWORD secrets = found & (RASCM_Password | SHARED_KEYS), error;
    RASCREDENTIALSA credentials;
    BOOL wide;

    for (wide = FALSE; wide <= TRUE; wide++)
    {
        push_context("%c", wide ? 'W' : 'A');
        memset(&credentials, 'x', sizeof(credentials));
        credentials.szUserName[UNLEN] = credentials.szPassword[PWLEN] = credentials.szDomain[DNLEN] = 0;
        credentials.dwSize = sizeof(credentials);
        credentials.dwMask = mask;
        error = get_credentials(wide, book, entry, &credentials);
        test_ok(file, line, !error && credentials.dwMask == found, "got %lu, mask %#lx of %#lx.\n", error,
                credentials.dwMask, mask);
        test_ok(file, line, !strcmp(credentials.szUserName, user), "user name %s.\n", credentials.szUserName);
        test_ok(file, line, !strcmp(credentials.szPassword, secrets ? ASTERISKS : ""), "password %s.\n",
                credentials.szPassword);
        test_ok(file, line, !strcmp(credentials.szDomain, domain), "domain %s.\n", credentials.szDomain);
        pop_context();
    }
}

BOOL write_all_users_phonebook(char *path, const char *entries)
{
    static const char *const folders[] = {"Microsoft", "Network", "Connections", "Pbk"};
    char temporary[MAX_PATH];
    unsigned int i;
    BOOL done;

    if (!GetEnvironmentVariableA("ProgramData", path, MAX_PATH / 2))
    {
        skip("no folder of all users.\n");
        return FALSE;
    }
    for (i = 0; i < ARRAYSIZE(folders); i++)
    {
        strcat(path, "\\");
        strcat(path, folders[i]);
        CreateDirectoryA(path, NULL);
    }
    strcat(path, "\\ras_test.pbk");
    write_phonebook(temporary, entries);
    done = CopyFileA(temporary, path, FALSE);
    DeleteFileA(temporary);
    if (!done) skip("%s cannot be written.\n", path);
    return done;
}

BOOL be_plain_user(void)
{
    BYTE sid[SECURITY_MAX_SID_SIZE];
    SID_AND_ATTRIBUTES administrators = {.Sid = sid};
    HANDLE process, restricted = NULL;
    DWORD size = sizeof(sid);
    BOOL done;

    CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid, &size);
    OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &process);
    done = CreateRestrictedToken(process, 0, 1, &administrators, 0, NULL, 0, NULL, &restricted) &&
           ImpersonateLoggedOnUser(restricted);
    if (!done) skip("no restricted token, error %lu.\n", GetLastError());
    if (restricted) CloseHandle(restricted);
    CloseHandle(process);
    return done;
}

void stop_being_plain_user(void)
{
    RevertToSelf();
}
