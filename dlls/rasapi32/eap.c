/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * eap.c - what EAP asks the user for: RasGetEapUserIdentity before a dial,
 * RasInvokeEapUI in RASCS_InvokeEapUI.  pppd has the methods; each of them wants a
 * name, and most a password.
 *
 * The data of an identity is opaque to programs, who hand it to RasDial.  Here it
 * is the password, or 16 asterisks for the stored one.
 */
#include <stddef.h>

#include "credstore.h"
#include "dial.h"
#include "dialogs.h"
#include "handles.h"
#include "entry.h"

#define EAP_INFO_MAX   65536u
#define EAP_INFO_MAGIC 0x50414557u

#define IDENTITY_FLAGS (RASEAPF_NonInteractive | RASEAPF_Logon | RASEAPF_Preview)

struct eap_info
{
    DWORD magic;
    WCHAR password[PWLEN + 1];
};

/* ---- the dialog -------------------------------------------------------------------- */

static void init_dialog(HWND window, const struct dial_login *login)
{
    SetDlgItemTextW(window, IDC_ENTRY, login->entry);
    SetDlgItemTextW(window, IDC_USER, login->user);
    SendDlgItemMessageW(window, IDC_USER, EM_LIMITTEXT, UNLEN, 0);
    SendDlgItemMessageW(window, IDC_PASSWORD, EM_LIMITTEXT, PWLEN, 0);
    SetFocus(GetDlgItem(window, login->user[0] ? IDC_PASSWORD : IDC_USER));
}

static INT_PTR CALLBACK dialog_proc(HWND window, UINT msg, WPARAM wparam, LPARAM lparam)
{
    struct dial_login *login;

    switch (msg)
    {
        case WM_INITDIALOG:
            SetWindowLongPtrW(window, DWLP_USER, lparam);
            init_dialog(window, (struct dial_login *)lparam);
            return FALSE;
        case WM_COMMAND:
            if (LOWORD(wparam) != IDOK && LOWORD(wparam) != IDCANCEL) return FALSE;
            login = (struct dial_login *)GetWindowLongPtrW(window, DWLP_USER);
            if (LOWORD(wparam) == IDOK)
            {
                GetDlgItemTextW(window, IDC_USER, login->user, ARRAYSIZE(login->user));
                GetDlgItemTextW(window, IDC_PASSWORD, login->password, ARRAYSIZE(login->password));
            }
            SetDlgItemTextW(window, IDC_PASSWORD, L"");
            EndDialog(window, LOWORD(wparam));
            return TRUE;
    }
    return FALSE;
}

/* Ask the user.  0, ERROR_CANCELLED, or 703 where no window can be shown. */
static DWORD ask(HWND parent, struct dial_login *login)
{
    switch (DialogBoxParamW(rasapi32_instance, MAKEINTRESOURCEW(IDD_LOGIN), parent, dialog_proc, (LPARAM)login))
    {
        case IDOK: return ERROR_SUCCESS;
        case IDCANCEL: return ERROR_CANCELLED;
    }
    WARN("No dialog can be shown here.\n");
    return ERROR_INTERACTIVE_MODE;
}

/* ---- before a dial -------------------------------------------------------------------- */

static DWORD get_entry(const WCHAR *phonebook, const WCHAR *name, struct dial_login *login, struct credstore_key *key)
{
    struct phonebook_record *record;
    RASENTRYW properties;
    DWORD error;

    if ((error = phonebook_read(phonebook, name, &record))) return error;
    error = entry_get(record, &properties, NULL);
    if (!error && !(properties.dwfOptions & RASEO_RequireEAP)) error = ERROR_INVALID_FUNCTION_FOR_ENTRY;
    lstrcpynW(login->entry, record->name, ARRAYSIZE(login->entry));
    credstore_key(key, record);
    phonebook_record_free(record);
    return error;
}

/* What is saved, else what the user says.  RASEAPF_Preview shows what is saved, too. */
static DWORD get_login(const WCHAR *phonebook, const WCHAR *name, DWORD flags, HWND owner, struct dial_login *login)
{
    struct credstore_record record;
    struct credstore_key key;
    DWORD error;
    bool shared;

    if ((error = get_entry(phonebook, name, login, &key))) return error;
    if (credstore_read_for_dial(&key, &record, &shared))
    {
        wcscpy(login->user, record.user);
        if (record.has_password) wcscpy(login->password, L"****************");
    }
    credstore_wipe(&record);
    if (login->user[0] && !(flags & RASEAPF_Preview)) return ERROR_SUCCESS;
    if (flags & RASEAPF_NonInteractive) return login->user[0] ? ERROR_SUCCESS : ERROR_INTERACTIVE_MODE;
    return ask(owner, login);
}

/* The text is of the width of the identity. */
static void *make_identity(size_t info_offset, size_t size_offset, const struct dial_login *login)
{
    char *identity = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, info_offset + sizeof(struct eap_info));
    struct eap_info info = {.magic = EAP_INFO_MAGIC};

    if (!identity) return NULL;
    wcscpy(info.password, login->password);
    *(DWORD *)(identity + size_offset) = sizeof(info);
    memcpy(identity + info_offset, &info, sizeof(info));
    wire_wipe_memory(&info, sizeof(info));
    return identity;
}
#define MAKE_IDENTITY(type, login) make_identity(offsetof(type, pbEapInfo), offsetof(type, dwSizeofEapInfo), (login))

DWORD WINAPI RasGetEapUserIdentityW(LPCWSTR phonebook, LPCWSTR entry, DWORD flags, HWND owner,
                                    LPRASEAPUSERIDENTITYW *identity)
{
    struct dial_login login = {{0}};
    DWORD error;

    TRACE("phonebook %s, entry %s, flags %#lx, owner %p, identity %p.\n", debugstr_w(phonebook), debugstr_w(entry),
          flags, owner, identity);
    if (!identity || !entry || (flags & ~IDENTITY_FLAGS)) return (DWORD)E_INVALIDARG;
    *identity = NULL;
    error = get_login(phonebook, entry, flags, owner, &login);
    if (!error && !(*identity = MAKE_IDENTITY(RASEAPUSERIDENTITYW, &login))) error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error) wcscpy((*identity)->szUserName, login.user);
    wire_wipe_memory(&login, sizeof(login));
    return error;
}

DWORD WINAPI RasGetEapUserIdentityA(LPCSTR phonebook, LPCSTR entry, DWORD flags, HWND owner,
                                    LPRASEAPUSERIDENTITYA *identity)
{
    WCHAR *phonebook_w = NULL, *entry_w = NULL;
    LPRASEAPUSERIDENTITYW wide = NULL;
    struct dial_login login = {{0}};
    DWORD error = ERROR_NOT_ENOUGH_MEMORY;

    if (!identity) return (DWORD)E_INVALIDARG;
    *identity = NULL;
    if (aw_dup(phonebook, &phonebook_w) && aw_dup(entry, &entry_w))
        error = RasGetEapUserIdentityW(phonebook_w, entry_w, flags, owner, &wide);
    if (!error)
    {
        wcscpy(login.password, ((struct eap_info *)wide->pbEapInfo)->password);
        if ((*identity = MAKE_IDENTITY(RASEAPUSERIDENTITYA, &login)))
            WideCharToMultiByte(CP_ACP, 0, wide->szUserName, -1, (*identity)->szUserName,
                                ARRAYSIZE((*identity)->szUserName) - 1, NULL, NULL);
        else
            error = ERROR_NOT_ENOUGH_MEMORY;
    }
    RasFreeEapUserIdentityW(wide);
    aw_free(phonebook_w);
    aw_free(entry_w);
    wire_wipe_memory(&login, sizeof(login));
    return error;
}

/***********************************************************************
 *      RasFreeEapUserIdentityW
 *
 * NULL is harmless.
 */
void WINAPI RasFreeEapUserIdentityW(LPRASEAPUSERIDENTITYW identity)
{
    TRACE("identity %p.\n", identity);
    if (!identity) return;
    wire_wipe_memory(identity, HeapSize(GetProcessHeap(), 0, identity));
    HeapFree(GetProcessHeap(), 0, identity);
}

/***********************************************************************
 *      RasFreeEapUserIdentityA
 */
void WINAPI RasFreeEapUserIdentityA(LPRASEAPUSERIDENTITYA identity)
{
    RasFreeEapUserIdentityW((LPRASEAPUSERIDENTITYW)identity);
}

DWORD eap_take_info(const RASEAPINFO *given, RASDIALPARAMSW *params)
{
    struct eap_info info;

    if (!given->dwSizeofEapInfo) return ERROR_SUCCESS;
    if (!given->pbEapInfo || given->dwSizeofEapInfo > EAP_INFO_MAX) return ERROR_INVALID_PARAMETER;
    if (given->dwSizeofEapInfo != sizeof(info) || *(const DWORD UNALIGNED *)given->pbEapInfo != EAP_INFO_MAGIC)
    {
        WARN("The EAP data is not from RasGetEapUserIdentity: ignored.\n");
        return ERROR_SUCCESS;
    }
    if (params->szPassword[0]) return ERROR_SUCCESS;
    memcpy(&info, given->pbEapInfo, sizeof(info));
    info.password[PWLEN] = 0;
    wcscpy(params->szPassword, info.password);
    wire_wipe_memory(&info, sizeof(info));
    return ERROR_SUCCESS;
}

/* ---- in the pause ------------------------------------------------------------------------ */

/***********************************************************************
 *      RasInvokeEapUI
 *
 * What the user says goes into the next RasDial with this handle, which need not name it.
 */
DWORD WINAPI RasInvokeEapUI(HRASCONN conn, DWORD sub_entry, LPRASDIALEXTENSIONS extensions, HWND owner)
{
    struct dial_login login = {{0}};
    DWORD error;

    TRACE("conn %p, sub_entry %lu, extensions %p, owner %p.\n", conn, sub_entry, extensions, owner);
    if (!handle_value(conn)) return ERROR_INVALID_HANDLE;
    if ((error = version_check(VERSION_RASDIALEXTENSIONS, extensions))) return error;
    if (!dial_get_login(handle_value(conn), RASCS_InvokeEapUI, &login)) return ERROR_INVALID_HANDLE;
    if (!(error = ask(owner, &login)) && !dial_set_login(handle_value(conn), RASCS_InvokeEapUI, &login))
        error = ERROR_INVALID_HANDLE; /* hung up meanwhile */
    wire_wipe_memory(&login, sizeof(login));
    return error;
}
