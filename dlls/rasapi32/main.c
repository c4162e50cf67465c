/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * main.c - rasapi32.dll comes and goes.
 */
#include "rasapi32.h"

#include "client.h"
#include "phonebook.h"

HINSTANCE rasapi32_instance;

/* mingw-w64 calls it and declares it nowhere. */
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved);

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    if (reason == DLL_PROCESS_DETACH && reserved) client_process_ends();
    if (reason == DLL_PROCESS_DETACH && !reserved) phonebook_forget();
    if (reason == DLL_PROCESS_ATTACH)
    {
        rasapi32_instance = instance;
        DisableThreadLibraryCalls(instance);
        trace_init();
    }
    return TRUE;
}
