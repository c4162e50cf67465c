/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * entry_dialog.c - RasCreatePhonebookEntry and RasEditPhonebookEntry, which are RasEntryDlg of
 * rasdlg.dll.  That DLL may be Wine's, which shows no dialog; then the answer is 120.
 */
#include "phonebook.h"

#include <rasdlg.h>

/* Wine's own function returns at once and leaves the structure as it is. */
#define NOT_ANSWERED ERROR_CALL_NOT_IMPLEMENTED

static DWORD show_dialog(HWND owner, const WCHAR *phonebook, const WCHAR *entry, DWORD flags)
{
    RASENTRYDLGW info = {.dwSize = sizeof(info), .hwndOwner = owner, .dwFlags = flags, .dwError = NOT_ANSWERED};
    BOOL(WINAPI *dialog)(LPWSTR, LPWSTR, LPRASENTRYDLGW);
    HMODULE rasdlg = LoadLibraryW(L"rasdlg.dll");
    BOOL done;

    dialog = rasdlg ? (void *)GetProcAddress(rasdlg, "RasEntryDlgW") : NULL;
    if (!dialog)
    {
        WARN("No RasEntryDlgW in rasdlg.dll.\n");
        if (rasdlg) FreeLibrary(rasdlg);
        return ERROR_CALL_NOT_IMPLEMENTED;
    }
    done = dialog((WCHAR *)phonebook, (WCHAR *)entry, &info);
    FreeLibrary(rasdlg);
    TRACE("RasEntryDlgW: %d, %s.\n", done, debugstr_error(info.dwError));
    return done ? ERROR_SUCCESS : info.dwError;
}

static bool see_nothing(const struct phonebook_name *entry, void *context)
{
    (void)entry;
    (void)context;
    return false;
}

DWORD WINAPI RasCreatePhonebookEntryW(HWND owner, LPCWSTR phonebook)
{
    DWORD error = ERROR_SUCCESS;

    TRACE("owner %p, phonebook %s.\n", owner, debugstr_w(phonebook));
    if (phonebook && phonebook[0]) error = phonebook_one_error(phonebook_enum(phonebook, see_nothing, NULL));
    if (!error) error = show_dialog(owner, phonebook, NULL, RASEDFLAG_NewEntry);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

DWORD WINAPI RasCreatePhonebookEntryA(HWND owner, LPCSTR phonebook)
{
    struct aw_texts texts;
    DWORD error;

    if (!(error = aw_texts_enter(&texts, phonebook, NULL, NULL)))
        error = RasCreatePhonebookEntryW(owner, texts.first);
    aw_texts_leave(&texts);
    return error;
}

DWORD WINAPI RasEditPhonebookEntryW(HWND owner, LPCWSTR phonebook, LPCWSTR entry)
{
    struct phonebook_record *record;
    DWORD error;

    TRACE("owner %p, phonebook %s, entry %s.\n", owner, debugstr_w(phonebook), debugstr_w(entry));
    if (!entry || IsBadStringPtrW(entry, RAS_MaxEntryName + 1)) return ERROR_BUFFER_INVALID;
    if (!(error = phonebook_one_error(phonebook_read(phonebook, entry, &record))))
    {
        phonebook_record_free(record);
        error = show_dialog(owner, phonebook, entry, 0);
    }
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

DWORD WINAPI RasEditPhonebookEntryA(HWND owner, LPCSTR phonebook, LPCSTR entry)
{
    struct aw_texts texts;
    DWORD error;

    if (entry && IsBadStringPtrA(entry, RAS_MaxEntryName + 1)) return ERROR_BUFFER_INVALID;
    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = RasEditPhonebookEntryW(owner, texts.first, texts.second);
    aw_texts_leave(&texts);
    return error;
}
