/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dialog_dll.c - a rasdlg.dll whose dialog is answered by DIALOG_DLL_ANSWER in the
 * environment: "save", "cancel", or an error number.  DIALOG_DLL_CALL tells how it was called.
 */
#include <winsock2.h>
#include <windows.h>

#include <rasdlg.h>
#include <stdio.h>
#include <stdlib.h>

__declspec(dllexport) BOOL WINAPI RasEntryDlgW(LPWSTR phonebook, LPWSTR entry, LPRASENTRYDLGW info);
BOOL WINAPI RasEntryDlgW(LPWSTR phonebook, LPWSTR entry, LPRASENTRYDLGW info)
{
    WCHAR text[1024], answer[32] = L"";

    if (!phonebook) phonebook = (WCHAR *)L"(null)";
    if (!entry) entry = (WCHAR *)L"(null)";
    _snwprintf(text, ARRAYSIZE(text), L"%ls,%ls,%lu,%p,%lx", phonebook, entry, info->dwSize, (void *)info->hwndOwner,
               info->dwFlags);
    SetEnvironmentVariableW(L"DIALOG_DLL_CALL", text);
    GetEnvironmentVariableW(L"DIALOG_DLL_ANSWER", answer, ARRAYSIZE(answer));
    info->dwError = wcstoul(answer, NULL, 10);
    return !lstrcmpW(answer, L"save");
}
