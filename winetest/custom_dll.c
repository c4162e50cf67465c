/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * custom_dll.c - a custom dialer as a third party would write it.  What it does depends
 * on the name of the user; CUSTOM_DLL_* in the environment tells the test what it was given.
 */
#include <winsock2.h>
#include <windows.h>

#include <ras.h>
#include <raserror.h>
#include <stdio.h>
#include <string.h>

#define OWN_HANDLE ((HRASCONN)(ULONG_PTR)0x1234567)

typedef DWORD(WINAPI *dial_fn)(LPRASDIALEXTENSIONS ext, LPCWSTR phonebook, LPRASDIALPARAMSW params, DWORD type,
                               LPVOID notifier, LPHRASCONN conn);
typedef DWORD(WINAPI *hang_up_fn)(HRASCONN conn);

static void *rasapi32(const char *name)
{
    return (void *)GetProcAddress(GetModuleHandleW(L"rasapi32.dll"), name);
}

/* With the option that keeps RasDial from calling us again. */
static DWORD pass_on(LPRASDIALEXTENSIONS ext, LPCWSTR phonebook, RASDIALPARAMSW *params, DWORD type, LPVOID notifier,
                     LPHRASCONN conn)
{
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions)};
    dial_fn dial = (dial_fn)rasapi32("RasDialW");

    if (ext) extensions.dwfOptions = ext->dwfOptions;
    extensions.dwfOptions |= RDEOPT_CustomDial;
    return dial(&extensions, phonebook, params, type, notifier, conn);
}

__declspec(dllexport) DWORD WINAPI RasCustomDial(HINSTANCE dll, LPRASDIALEXTENSIONS ext, LPCWSTR phonebook,
                                                 RASDIALPARAMSW *params, DWORD type, LPVOID notifier,
                                                 LPHRASCONN conn, DWORD flags);
DWORD WINAPI RasCustomDial(HINSTANCE dll, LPRASDIALEXTENSIONS ext, LPCWSTR phonebook, RASDIALPARAMSW *params,
                           DWORD type, LPVOID notifier, LPHRASCONN conn, DWORD flags)
{
    WCHAR text[1024], *user = params->szUserName;

    _snwprintf(text, ARRAYSIZE(text), L"%d %p %ls %lu %ls %lx %p %p %p %lx",
               GetProcAddress(dll, "RasCustomDial") != NULL, ext, phonebook ? phonebook : L"(null)", params->dwSize,
               params->szEntryName, type, notifier, conn, *conn, flags);
    SetEnvironmentVariableW(L"CUSTOM_DLL_DIAL", text);
    if (!wcscmp(user, L"pass on")) return pass_on(ext, phonebook, params, type, notifier, conn);
    if (!wcscmp(user, L"own")) *conn = OWN_HANDLE;
    return wcscmp(user, L"own") ? 1234 : 0;
}

__declspec(dllexport) DWORD WINAPI RasCustomHangUp(HRASCONN conn);
DWORD WINAPI RasCustomHangUp(HRASCONN conn)
{
    hang_up_fn hang_up = (hang_up_fn)rasapi32("RasHangUpW");
    WCHAR text[32];

    _snwprintf(text, ARRAYSIZE(text), L"%p", conn);
    SetEnvironmentVariableW(L"CUSTOM_DLL_HANG_UP", text);
    if (conn != OWN_HANDLE) return hang_up(conn);
    return GetEnvironmentVariableW(L"CUSTOM_DLL_FAILS", text, ARRAYSIZE(text)) ? ERROR_HANGUP_FAILED : 0;
}

__declspec(dllexport) DWORD WINAPI RasCustomDeleteEntryNotify(LPCWSTR phonebook, LPCWSTR entry, DWORD flags);
DWORD WINAPI RasCustomDeleteEntryNotify(LPCWSTR phonebook, LPCWSTR entry, DWORD flags)
{
    WCHAR text[1024];

    _snwprintf(text, ARRAYSIZE(text), L"%ls %ls %lx", phonebook, entry, flags);
    SetEnvironmentVariableW(L"CUSTOM_DLL_DELETED", text);
    return 0;
}
