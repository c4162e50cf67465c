/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_custom.c - the custom script DLL that the registry names, and the functions
 * that it gets: buffers, bytes of the port, the port's settings.
 */
#include "rasapi32.h"

#include <stdlib.h>

#include "client.h"
#include "script_run.h"

#define BUFFERS_MAX 64 /* at a time, of all scripts in this process */

static SRWLOCK buffers_lock = SRWLOCK_INIT;
static BYTE *buffers[BUFFERS_MAX];

/* With buffers_lock held. */
static int find_buffer(const BYTE *buffer)
{
    int i;

    for (i = 0; i < BUFFERS_MAX && buffers[i] != buffer; i++) {}
    return i < BUFFERS_MAX ? i : -1;
}

static bool is_buffer(const BYTE *buffer)
{
    bool found;

    AcquireSRWLockShared(&buffers_lock);
    found = buffer && find_buffer(buffer) >= 0;
    ReleaseSRWLockShared(&buffers_lock);
    return found;
}

/* All have the same size, whatever is asked for. */
static DWORD WINAPI get_buffer(PBYTE *buffer, PDWORD size)
{
    DWORD error = ERROR_OUT_OF_BUFFERS;
    int i;

    if (!buffer || !size) return ERROR_INVALID_PARAMETER;
    AcquireSRWLockExclusive(&buffers_lock);
    if ((i = find_buffer(NULL)) >= 0 && (buffers[i] = calloc(1, SCRIPT_BUFFER_MAX)))
    {
        *buffer = buffers[i];
        *size = min(*size, SCRIPT_BUFFER_MAX);
        error = ERROR_SUCCESS;
    }
    ReleaseSRWLockExclusive(&buffers_lock);
    return error;
}

static DWORD WINAPI free_buffer(PBYTE buffer)
{
    DWORD error = ERROR_BUFFER_INVALID;
    int i;

    if (!buffer) return error;
    AcquireSRWLockExclusive(&buffers_lock);
    if ((i = find_buffer(buffer)) >= 0)
    {
        wire_wipe_memory(buffer, SCRIPT_BUFFER_MAX);
        free(buffer);
        buffers[i] = NULL;
        error = ERROR_SUCCESS;
    }
    ReleaseSRWLockExclusive(&buffers_lock);
    return error;
}

static struct script_port *find_port(HANDLE port)
{
    return script_port_find((DWORD)(ULONG_PTR)port);
}

static DWORD WINAPI send_buffer(HANDLE handle, PBYTE buffer, DWORD size)
{
    struct script_port *port;
    DWORD error;

    if (!(port = find_port(handle))) return ERROR_INVALID_PORT_HANDLE;
    if (is_buffer(buffer) && size <= SCRIPT_BUFFER_MAX)
        error = script_port_send(port, buffer, size);
    else
        error = ERROR_BUFFER_INVALID;
    script_port_release(port);
    return error;
}

/* A receive that has begun; its event is set when there is something to retrieve. */
struct receive
{
    struct script_port *port;
    HANDLE event;
    DWORD size, timeout;
};

static DWORD WINAPI receiver(void *context)
{
    struct receive *receive = context;

    script_port_wait(receive->port, receive->size, receive->timeout);
    if (receive->event)
    {
        SetEvent(receive->event);
        CloseHandle(receive->event);
    }
    script_port_release(receive->port);
    free(receive);
    return 0;
}

static DWORD start_receive(struct script_port *port, DWORD size, DWORD timeout, HANDLE event)
{
    struct receive *receive;
    HANDLE thread;

    if (!(receive = calloc(1, sizeof(*receive)))) goto release;
    receive->port = port;
    receive->size = size;
    receive->timeout = timeout;
    /* The DLL may close its own at any time. */
    if (event && !DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &receive->event, 0, FALSE,
                                  DUPLICATE_SAME_ACCESS))
    {
        free(receive);
        script_port_release(port);
        return ERROR_INVALID_HANDLE;
    }
    if (!(thread = CreateThread(NULL, 0, receiver, receive, 0, NULL))) goto close;
    CloseHandle(thread);
    return ERROR_SUCCESS;

close:
    if (receive->event) CloseHandle(receive->event);
    free(receive);
release:
    script_port_release(port);
    return ERROR_NOT_ENOUGH_MEMORY;
}

static DWORD WINAPI receive_buffer(HANDLE handle, PBYTE buffer, PDWORD size, DWORD timeout, HANDLE event)
{
    struct script_port *port;

    if (!(port = find_port(handle))) return ERROR_INVALID_PORT_HANDLE;
    if (is_buffer(buffer) && size) return start_receive(port, min(*size, SCRIPT_BUFFER_MAX), timeout, event);
    script_port_release(port);
    return ERROR_BUFFER_INVALID;
}

/* No bytes without an error: the time of the receive was over. */
static DWORD WINAPI retrieve_buffer(HANDLE handle, PBYTE buffer, PDWORD size)
{
    struct script_port *port;
    DWORD error = ERROR_BUFFER_INVALID;

    if (!(port = find_port(handle))) return ERROR_INVALID_PORT_HANDLE;
    if (is_buffer(buffer) && size)
    {
        *size = SCRIPT_BUFFER_MAX;
        error = script_port_take(port, buffer, size);
    }
    script_port_release(port);
    return error;
}

static DWORD WINAPI set_comm_settings(HANDLE handle, RASCOMMSETTINGS *settings, PVOID reserved)
{
    struct script_port *port;
    DWORD error;

    (void)reserved;
    if (!settings) return ERROR_INVALID_PARAMETER;
    if (settings->dwSize != sizeof(*settings)) return ERROR_INVALID_SIZE;
    if (!(port = find_port(handle))) return ERROR_INVALID_PORT_HANDLE;
    error = script_port_settings(port, settings->bParity, settings->bStop, settings->bByteSize);
    script_port_release(port);
    return error;
}

/* The DLL's path as the registry has it, variables replaced. */
static DWORD find_dll(WCHAR *path, DWORD size)
{
    static const WCHAR key[] = L"System\\CurrentControlSet\\Services\\Rasman\\Parameters";
    DWORD bytes = size * sizeof(*path);

    /* Of this type are values whose variables have been replaced, too. */
    return RegGetValueW(HKEY_LOCAL_MACHINE, key, L"CustomScriptDllPath", RRF_RT_REG_SZ, NULL, path, &bytes);
}

DWORD script_run_custom(DWORD handle, struct script_plan *plan)
{
    RASCUSTOMSCRIPTEXTENSIONS extensions = {sizeof(extensions), set_comm_settings};
    RasCustomScriptExecuteFn execute;
    WCHAR path[MAX_PATH];
    HMODULE module;
    DWORD error;

    if ((error = find_dll(path, ARRAYSIZE(path))))
    {
        WARN("No CustomScriptDllPath, %s.\n", debugstr_error(error));
        return error;
    }
    if (!(module = LoadLibraryW(path)))
    {
        error = GetLastError();
        WARN("%s can't be loaded, %s.\n", debugstr_w(path), debugstr_error(error));
        return error;
    }
    if (!(execute = (void *)GetProcAddress(module, "RasCustomScriptExecute")))
        error = ERROR_PROC_NOT_FOUND;
    else
        error = execute((HANDLE)(ULONG_PTR)handle, plan->phonebook, plan->params.szEntryName, get_buffer, free_buffer,
                        send_buffer, receive_buffer, retrieve_buffer, plan->owner, &plan->params, &extensions);
    FreeLibrary(module);
    return error;
}
