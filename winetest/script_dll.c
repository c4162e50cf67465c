/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_dll.c - a custom script DLL as a third party would write it.  What it does
 * depends on the name of the user; SCRIPT_DLL_RESULT in the environment tells the test
 * what it found, "good" or the line of what was wrong.
 */
#include <winsock2.h>
#include <windows.h>

#include <ras.h>
#include <raserror.h>
#include <stdio.h>
#include <string.h>

#define WAIT_MS 30000

static struct
{
    HANDLE port;
    PFNRASGETBUFFER get;
    PFNRASFREEBUFFER free;
    PFNRASSENDBUFFER send;
    PFNRASRECEIVEBUFFER receive;
    PFNRASRETRIEVEBUFFER retrieve;
} ras;

static void result(const char *text)
{
    SetEnvironmentVariableA("SCRIPT_DLL_RESULT", text);
}

#define REQUIRE(condition)                                                                                             \
    do                                                                                                                 \
    {                                                                                                                  \
        char line_[32];                                                                                                \
        if (condition) break;                                                                                          \
        snprintf(line_, sizeof(line_), "line %d", __LINE__);                                                           \
        result(line_);                                                                                                 \
        return ERROR_GEN_FAILURE;                                                                                      \
    } while (0)

/* Receive until the text has come, some bytes at a time. */
static DWORD wait_for(const char *text)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
    char seen[256] = "";
    DWORD error, size;
    BYTE *buffer;

    do
    {
        size = 5;
        if ((error = ras.get(&buffer, &size))) break;
        if (!(error = ras.receive(ras.port, buffer, &size, WAIT_MS, event)))
        {
            WaitForSingleObject(event, WAIT_MS);
            error = ras.retrieve(ras.port, buffer, &size);
        }
        if (!error && strlen(seen) + size < sizeof(seen))
        {
            buffer[size] = 0;
            strcat(seen, (char *)buffer);
        }
        ras.free(buffer);
    } while (!error && !strstr(seen, text));
    CloseHandle(event);
    return error;
}

static DWORD say(const char *text)
{
    DWORD size = 1500, error;
    BYTE *buffer;

    if ((error = ras.get(&buffer, &size))) return error;
    memcpy(buffer, text, strlen(text));
    error = ras.send(ras.port, buffer, strlen(text));
    ras.free(buffer);
    return error;
}

static DWORD log_in(RASDIALPARAMSW *params, RASCUSTOMSCRIPTEXTENSIONS *extensions)
{
    RASCOMMSETTINGS settings = {.dwSize = sizeof(settings), .bParity = EVENPARITY, .bStop = ONESTOPBIT, .bByteSize = 7};

    REQUIRE(extensions->dwSize == sizeof(*extensions));
    REQUIRE(!extensions->pfnRasSetCommSettings(ras.port, &settings, NULL));
    REQUIRE(!wait_for("login: "));
    REQUIRE(!say("alice\r"));
    REQUIRE(!wait_for("Password: "));
    REQUIRE(!say("open sesame\r"));
    REQUIRE(!wait_for("PPP"));
    REQUIRE(!lstrcmpW(params->szPassword, L"not that one"));
    lstrcpyW(params->szPassword, L"open sesame");
    result("good");
    return 0;
}

static DWORD try_wrong(RASCUSTOMSCRIPTEXTENSIONS *extensions)
{
    RASCOMMSETTINGS settings = {.dwSize = 1};
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
    BYTE stranger[16], *buffer, *more[1024];
    DWORD size = 100000, count;

    REQUIRE(!ras.get(&buffer, &size));
    REQUIRE(size == 1500);
    REQUIRE(ras.send(ras.port, stranger, 1) == ERROR_BUFFER_INVALID);
    REQUIRE(ras.send((HANDLE)0x7ffffff1, buffer, 1) == ERROR_INVALID_PORT_HANDLE);
    REQUIRE(ras.receive(ras.port, stranger, &size, 0, event) == ERROR_BUFFER_INVALID);
    REQUIRE(ras.receive((HANDLE)0x7ffffff1, buffer, &size, 0, event) == ERROR_INVALID_PORT_HANDLE);
    REQUIRE(ras.retrieve(ras.port, stranger, &size) == ERROR_BUFFER_INVALID);
    REQUIRE(ras.retrieve((HANDLE)0x7ffffff1, buffer, &size) == ERROR_INVALID_PORT_HANDLE);
    REQUIRE(extensions->pfnRasSetCommSettings(ras.port, &settings, NULL) == ERROR_INVALID_SIZE);
    settings.dwSize = sizeof(settings);
    REQUIRE(extensions->pfnRasSetCommSettings((HANDLE)0x7ffffff1, &settings, NULL) == ERROR_INVALID_PORT_HANDLE);
    /* Nothing comes: the event tells that the time is over. */
    size = 1500;
    REQUIRE(!ras.receive(ras.port, buffer, &size, 10, event));
    REQUIRE(!WaitForSingleObject(event, WAIT_MS));
    REQUIRE(!ras.retrieve(ras.port, buffer, &size));
    REQUIRE(!size);
    REQUIRE(!ras.free(buffer));
    REQUIRE(ras.free(buffer) == ERROR_BUFFER_INVALID);
    REQUIRE(ras.free(stranger) == ERROR_BUFFER_INVALID);
    for (count = 0; count < ARRAYSIZE(more) && !ras.get(&more[count], &size); count++) {}
    REQUIRE(count && count < ARRAYSIZE(more));
    REQUIRE(ras.get(&buffer, &size) == ERROR_OUT_OF_BUFFERS);
    while (count--) REQUIRE(!ras.free(more[count]));
    CloseHandle(event);
    result("good");
    return 1234;
}

/* Until the program hangs up. */
static DWORD try_loss(void)
{
    DWORD error;

    result("waits");
    error = wait_for("never");
    REQUIRE(error);
    result("good");
    return error;
}

__declspec(dllexport) DWORD WINAPI RasCustomScriptExecute(HANDLE port, LPCWSTR phonebook, LPCWSTR entry,
                                                          PFNRASGETBUFFER get_buffer, PFNRASFREEBUFFER free_buffer,
                                                          PFNRASSENDBUFFER send_buffer,
                                                          PFNRASRECEIVEBUFFER receive_buffer,
                                                          PFNRASRETRIEVEBUFFER retrieve_buffer, HWND owner,
                                                          RASDIALPARAMSW *params, PVOID extensions);

DWORD WINAPI RasCustomScriptExecute(HANDLE port, LPCWSTR phonebook, LPCWSTR entry, PFNRASGETBUFFER get_buffer,
                                    PFNRASFREEBUFFER free_buffer, PFNRASSENDBUFFER send_buffer,
                                    PFNRASRECEIVEBUFFER receive_buffer, PFNRASRETRIEVEBUFFER retrieve_buffer,
                                    HWND owner, RASDIALPARAMSW *params, PVOID extensions)
{
    (void)owner;
    ras.port = port;
    ras.get = get_buffer;
    ras.free = free_buffer;
    ras.send = send_buffer;
    ras.receive = receive_buffer;
    ras.retrieve = retrieve_buffer;
    REQUIRE(phonebook && wcsstr(phonebook, L"ras_test"));
    REQUIRE(entry && !wcsncmp(entry, L"custom", 6));
    if (!lstrcmpW(params->szUserName, L"wrong")) return try_wrong(extensions);
    if (!lstrcmpW(params->szUserName, L"loss")) return try_loss();
    return log_in(params, extensions);
}
