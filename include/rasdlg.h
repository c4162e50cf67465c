/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * rasdlg.h - the dialogs of the Remote Access Service: structures and functions
 * of rasdlg.dll.  Packed to 4 bytes on both widths, as in ras.h.
 */
#ifndef _RASDLG_H_
#define _RASDLG_H_

#include <ras.h>

#ifdef __cplusplus
extern "C"
{
#endif

#include <pshpack4.h>

/* RASPBDLG.dwFlags and the events of its callback */
#define RASPBDFLAG_PositionDlg      0x00000001
#define RASPBDFLAG_ForceCloseOnDial 0x00000002
#define RASPBDFLAG_NoUser           0x00000010
#define RASPBDFLAG_UpdateDefaults   0x80000000

#define RASPBDEVENT_AddEntry    1
#define RASPBDEVENT_EditEntry   2
#define RASPBDEVENT_RemoveEntry 3
#define RASPBDEVENT_DialEntry   4
#define RASPBDEVENT_EditGlobals 5
#define RASPBDEVENT_NoUser      6
#define RASPBDEVENT_NoUserEdit  7

/* RASENTRYDLG.dwFlags */
#define RASEDFLAG_PositionDlg        0x00000001
#define RASEDFLAG_NewEntry           0x00000002
#define RASEDFLAG_CloneEntry         0x00000004
#define RASEDFLAG_NoRename           0x00000008
#define RASEDFLAG_NewPhoneEntry      0x00000010
#define RASEDFLAG_NewTunnelEntry     0x00000020
#define RASEDFLAG_NewDirectEntry     0x00000040
#define RASEDFLAG_NewBroadbandEntry  0x00000080
#define RASEDFLAG_InternetEntry      0x00000100
#define RASEDFLAG_NAT                0x00000200
#define RASEDFLAG_IncomingConnection 0x00000400
#define RASEDFLAG_ShellOwned         0x40000000

/* RASDIALDLG.dwFlags, RASNOUSER.dwFlags */
#define RASDDFLAG_PositionDlg 0x00000001
#define RASDDFLAG_NoPrompt    0x00000002
#define RASDDFLAG_AoacRedial  0x00000004
#define RASDDFLAG_LinkFailure 0x80000000
#define RASNOUSER_SmartCard   0x00000001

typedef struct tagRASNOUSERA
{
    DWORD dwSize;
    DWORD dwFlags;
    DWORD dwTimeoutMs;
    CHAR szUserName[UNLEN + 1];
    CHAR szPassword[PWLEN + 1];
    CHAR szDomain[DNLEN + 1];
} RASNOUSERA, *LPRASNOUSERA;

typedef VOID(WINAPI *RASPBDLGFUNCA)(ULONG_PTR callback_id, DWORD event, LPSTR text, LPVOID data);

typedef struct tagRASPBDLGA
{
    DWORD dwSize;
    HWND hwndOwner;
    DWORD dwFlags;
    LONG xDlg;
    LONG yDlg;
    ULONG_PTR dwCallbackId;
    RASPBDLGFUNCA pCallback;
    DWORD dwError;
    ULONG_PTR reserved;
    ULONG_PTR reserved2;
} RASPBDLGA, *LPRASPBDLGA;

typedef struct tagRASENTRYDLGA
{
    DWORD dwSize;
    HWND hwndOwner;
    DWORD dwFlags;
    LONG xDlg;
    LONG yDlg;
    CHAR szEntry[RAS_MaxEntryName + 1];
    DWORD dwError;
    ULONG_PTR reserved;
    ULONG_PTR reserved2;
} RASENTRYDLGA, *LPRASENTRYDLGA;

typedef struct tagRASNOUSERW
{
    DWORD dwSize;
    DWORD dwFlags;
    DWORD dwTimeoutMs;
    WCHAR szUserName[UNLEN + 1];
    WCHAR szPassword[PWLEN + 1];
    WCHAR szDomain[DNLEN + 1];
} RASNOUSERW, *LPRASNOUSERW;

typedef VOID(WINAPI *RASPBDLGFUNCW)(ULONG_PTR callback_id, DWORD event, LPWSTR text, LPVOID data);

typedef struct tagRASPBDLGW
{
    DWORD dwSize;
    HWND hwndOwner;
    DWORD dwFlags;
    LONG xDlg;
    LONG yDlg;
    ULONG_PTR dwCallbackId;
    RASPBDLGFUNCW pCallback;
    DWORD dwError;
    ULONG_PTR reserved;
    ULONG_PTR reserved2;
} RASPBDLGW, *LPRASPBDLGW;

typedef struct tagRASENTRYDLGW
{
    DWORD dwSize;
    HWND hwndOwner;
    DWORD dwFlags;
    LONG xDlg;
    LONG yDlg;
    WCHAR szEntry[RAS_MaxEntryName + 1];
    DWORD dwError;
    ULONG_PTR reserved;
    ULONG_PTR reserved2;
} RASENTRYDLGW, *LPRASENTRYDLGW;

typedef struct tagRASDIALDLG
{
    DWORD dwSize;
    HWND hwndOwner;
    DWORD dwFlags;
    LONG xDlg;
    LONG yDlg;
    DWORD dwSubEntry;
    DWORD dwError;
    ULONG_PTR reserved;
    ULONG_PTR reserved2;
} RASDIALDLG, *LPRASDIALDLG;

/* NT 4 and 2000 only. */
typedef struct tagRASMONITORDLG
{
    DWORD dwSize;
    HWND hwndOwner;
    DWORD dwFlags;
    DWORD dwStartPage;
    LONG xDlg;
    LONG yDlg;
    DWORD dwError;
    ULONG_PTR reserved;
    ULONG_PTR reserved2;
} RASMONITORDLG, *LPRASMONITORDLG;

#include <poppack.h>

BOOL WINAPI RasPhonebookDlgA(LPSTR phonebook, LPSTR entry, LPRASPBDLGA info);
BOOL WINAPI RasEntryDlgA(LPSTR phonebook, LPSTR entry, LPRASENTRYDLGA info);
BOOL WINAPI RasDialDlgA(LPSTR phonebook, LPSTR entry, LPSTR number, LPRASDIALDLG info);
BOOL WINAPI RasMonitorDlgA(LPSTR device, LPRASMONITORDLG info);

BOOL WINAPI RasPhonebookDlgW(LPWSTR phonebook, LPWSTR entry, LPRASPBDLGW info);
BOOL WINAPI RasEntryDlgW(LPWSTR phonebook, LPWSTR entry, LPRASENTRYDLGW info);
BOOL WINAPI RasDialDlgW(LPWSTR phonebook, LPWSTR entry, LPWSTR number, LPRASDIALDLG info);
BOOL WINAPI RasMonitorDlgW(LPWSTR device, LPRASMONITORDLG info);

/* ---- the names without A or W: RAS_AW is that of ras.h ---- */

typedef RAS_AW(RASNOUSER) RASNOUSER, *LPRASNOUSER;
typedef RAS_AW(RASPBDLGFUNC) RASPBDLGFUNC;
typedef RAS_AW(RASPBDLG) RASPBDLG, *LPRASPBDLG;
typedef RAS_AW(RASENTRYDLG) RASENTRYDLG, *LPRASENTRYDLG;

#define RasPhonebookDlg RAS_AW(RasPhonebookDlg)
#define RasEntryDlg RAS_AW(RasEntryDlg)
#define RasDialDlg RAS_AW(RasDialDlg)
#define RasMonitorDlg RAS_AW(RasMonitorDlg)

#ifdef __cplusplus
}
#endif

#endif
