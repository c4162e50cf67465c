/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial.c - dials an entry and tells each step.
 */
#include "rasdial.h"

#include <stdlib.h>

/* Shared with the handlers, which run in other threads. */
static HANDLE finished;
static DWORD final_error;
static volatile LONG is_cancelled;
static const RASDIALPARAMSW *dialled;

static BOOL WINAPI on_control(DWORD type)
{
    if (type != CTRL_C_EVENT && type != CTRL_BREAK_EVENT && type != CTRL_CLOSE_EVENT) return FALSE;
    InterlockedExchange(&is_cancelled, 1);
    SetEvent(finished);
    return TRUE;
}

static void tell_state(RASCONNSTATE state)
{
    switch (state)
    {
    case RASCS_ConnectDevice:
        print(dialled->szPhoneNumber[0] ? L"Dialing %ls ...\r\n" : L"Dialing ...\r\n", dialled->szPhoneNumber);
        break;
    case RASCS_AllDevicesConnected:
        print(L"The other side has answered.\r\n");
        break;
    case RASCS_Authenticate:
        print(L"Checking user name and password ...\r\n");
        break;
    case RASCS_Projected:
        print(L"Joining the network ...\r\n");
        break;
    case RASCS_Connected:
        print(L"Connected to %ls.\r\n", dialled->szEntryName);
        break;
    default:
        break;
    }
}

static DWORD WINAPI on_state(ULONG_PTR id, DWORD sub_entry, HRASCONN hrasconn, UINT msg, RASCONNSTATE state,
                             DWORD error, DWORD ext_error)
{
    (void)id;
    (void)sub_entry;
    (void)hrasconn;
    (void)msg;
    (void)ext_error;
    if (error)
    {
        final_error = error;
        SetEvent(finished);
        return 0;
    }
    tell_state(state);
    if (state == RASCS_Connected) SetEvent(finished);
    if (state == RASCS_Disconnected)
    {
        final_error = ERROR_DISCONNECTION;
        SetEvent(finished);
        return 0;
    }
    return 1;
}

static DWORD copy_word(WCHAR *target, size_t size, const WCHAR *word)
{
    if (!word) return 0;
    if (wcslen(word) >= size) return ERROR_INVALID_PARAMETER;
    wcscpy(target, word);
    return 0;
}

static DWORD fill_params(const struct request *request, RASDIALPARAMSW *params)
{
    BOOL has_password = FALSE;

    params->dwSize = sizeof(*params);
    if (copy_word(params->szEntryName, ARRAYSIZE(params->szEntryName), request->entry)) return ERROR_INVALID_PARAMETER;
    if (!request->user)
    {
        /* The saved name and password.  An entry that is unknown RasDial will name. */
        if (RasGetEntryDialParamsW(request->phonebook, params, &has_password))
            params->szUserName[0] = params->szPassword[0] = params->szDomain[0] = 0;
    }
    if (copy_word(params->szPhoneNumber, ARRAYSIZE(params->szPhoneNumber), request->phone) ||
        copy_word(params->szCallbackNumber, ARRAYSIZE(params->szCallbackNumber), request->callback) ||
        copy_word(params->szUserName, ARRAYSIZE(params->szUserName), request->user) ||
        copy_word(params->szDomain, ARRAYSIZE(params->szDomain), request->domain))
        return ERROR_INVALID_PARAMETER;
    if (!request->password) return 0;
    if (wcscmp(request->password, L"*"))
        return copy_word(params->szPassword, ARRAYSIZE(params->szPassword), request->password);
    return read_secret(L"Password: ", params->szPassword, ARRAYSIZE(params->szPassword)) ? 0
                                                                                         : ERROR_INVALID_PARAMETER;
}

DWORD dial(const struct request *request)
{
    RASDIALPARAMSW params = {0};
    RASDIALEXTENSIONS extensions = {0};
    HRASCONN hrasconn = NULL;
    DWORD error;

    if ((error = fill_params(request, &params))) goto done;
    extensions.dwSize = sizeof(extensions);
    if (request->use_prefix_suffix) extensions.dwfOptions = RDEOPT_UsePrefixSuffix;
    if (!(finished = CreateEventW(NULL, TRUE, FALSE, NULL)))
    {
        error = GetLastError();
        goto done;
    }
    dialled = &params;
    SetConsoleCtrlHandler(on_control, TRUE);
    error = RasDialW(&extensions, request->phonebook, &params, 2, on_state, &hrasconn);
    if (!error)
    {
        WaitForSingleObject(finished, INFINITE);
        error = is_cancelled ? ERROR_USER_DISCONNECTION : final_error;
    }
    if (error && hrasconn) hang_up(hrasconn);

done:
    SecureZeroMemory(params.szPassword, sizeof(params.szPassword));
    if (error) print_error(error);
    else print_done();
    return error;
}
