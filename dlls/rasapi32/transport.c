/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * transport.c - reaches the manager through a loopback TCP pair.
 *
 * Wine has no Unix sockets and can't hand a pipe to a native program, but it
 * hands over a connected socket.  So the DLL makes a pair of its own and starts
 * "rasmand --attach" with one end as standard input: that process becomes the
 * manager, or passes the socket on to the manager that runs.  The listener is closed at
 * once, and the accepted end must be our own, so no other process can take part.
 */
#include "rasapi32.h"

#include <stdlib.h>

#include "native_process.h"
#include "transport.h"

/* How long a peer may leave its end unread. */
#define SEND_TIMEOUT_MS 15000
/* Strangers that may reach the listener before our own connection does. */
#define STRANGERS_MAX 16

struct transport
{
    SOCKET socket;
};

DWORD transport_folder(const WCHAR *variable, WCHAR *path, DWORD size)
{
    static const WCHAR nt_prefix[] = L"\\??\\";
    const size_t nt_len = ARRAYSIZE(nt_prefix) - 1;
    DWORD len = GetEnvironmentVariableW(variable, path, size);

    if (len <= nt_len || len >= size || wcsncmp(path, nt_prefix, nt_len)) return 0;
    path[1] = '\\'; /* \??\ of NT is \\?\ of Win32 */
    return len;
}

/* The manager's socket file as a path for Win32: in $XDG_RUNTIME_DIR, else below
 * the home directory, as rasmand itself looks for it.  Wine keeps the user's Unix
 * environment, but gives HOME as an NT path under a name of its own.  Returns how many folders
 * lead to it, or 0. */
static unsigned int manager_socket_path(WCHAR *path, size_t size)
{
    static const WCHAR unix_root[] = L"\\\\?\\unix";
    static const WCHAR in_runtime[] = L"/wineras/manager";
    static const WCHAR in_home[] = L"\\.cache\\wineras\\manager";
    const size_t root_len = ARRAYSIZE(unix_root) - 1;
    WCHAR *end;
    DWORD len;

    wcscpy(path, unix_root);
    end = path + root_len;
    len = GetEnvironmentVariableW(L"XDG_RUNTIME_DIR", end, size - root_len);
    if (len && len < size - root_len - ARRAYSIZE(in_runtime) && *end == '/')
    {
        wcscpy(end + len, in_runtime);
        return 2;
    }
    if (!(len = transport_folder(L"WINEHOMEDIR", path, size - ARRAYSIZE(in_home)))) return 0;
    wcscpy(path + len, in_home);
    return 3;
}

unsigned int transport_folders(WCHAR paths[TRANSPORT_FOLDERS_MAX][TRANSPORT_PATH_SIZE])
{
    WCHAR path[TRANSPORT_PATH_SIZE], *end;
    unsigned int count = manager_socket_path(path, ARRAYSIZE(path)), i;

    for (i = count; i--;)
    {
        for (end = path + wcslen(path) - 1; *end != '/' && *end != '\\'; end--) {}
        *end = 0;
        wcscpy(paths[i], path);
    }
    return count;
}

bool transport_manager_runs(void)
{
    WCHAR path[TRANSPORT_PATH_SIZE];

    /* Without a known place only an attach can tell. */
    if (!manager_socket_path(path, ARRAYSIZE(path))) return true;
    if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES) return true;
    /* Wine 8 finds a socket, but has no attributes for one. */
    return GetLastError() != ERROR_FILE_NOT_FOUND && GetLastError() != ERROR_PATH_NOT_FOUND;
}

/* Wine's server opens files for its programs, so this is the server itself.  The number comes first. */
uint32_t transport_server(void)
{
    DWORD got = 0;
    char text[32];
    HANDLE file = CreateFileW(L"\\\\?\\unix/proc/self/stat", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              OPEN_EXISTING, 0, NULL);

    if (file == INVALID_HANDLE_VALUE) return 0;
    if (!ReadFile(file, text, sizeof(text) - 1, &got, NULL)) got = 0;
    CloseHandle(file);
    text[got] = 0;
    return strtoul(text, NULL, 10);
}

static bool start_winsock(void)
{
    static LONG started;
    WSADATA data;

    if (InterlockedCompareExchange(&started, 1, 0)) return true;
    if (!WSAStartup(MAKEWORD(2, 2), &data)) return true;
    InterlockedExchange(&started, 0);
    return false;
}

/* Sockets must not be inherited: a copy in another program would hide that this
 * program, or the manager, is gone. */
static SOCKET make_socket(void)
{
    return WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
}

/* Accept until the peer is the socket bound to port. */
static SOCKET accept_own(SOCKET listener, u_short port)
{
    struct sockaddr_in peer;
    SOCKET accepted;
    unsigned int i;
    int len;

    for (i = 0; i < STRANGERS_MAX; i++)
    {
        len = sizeof(peer);
        if ((accepted = accept(listener, (struct sockaddr *)&peer, &len)) == INVALID_SOCKET) break;
        SetHandleInformation((HANDLE)accepted, HANDLE_FLAG_INHERIT, 0);
        if (peer.sin_port == port && peer.sin_addr.s_addr == htonl(INADDR_LOOPBACK)) return accepted;
        closesocket(accepted);
    }
    return INVALID_SOCKET;
}

static bool make_pair(SOCKET *ours, SOCKET *theirs)
{
    SOCKET listener, near_end = INVALID_SOCKET;
    struct sockaddr_in addr = {.sin_family = AF_INET};
    int len = sizeof(addr);

    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if ((listener = make_socket()) == INVALID_SOCKET) return false;
    if (bind(listener, (const struct sockaddr *)&addr, len) || listen(listener, STRANGERS_MAX)) goto close_listener;
    if (getsockname(listener, (struct sockaddr *)&addr, &len)) goto close_listener;
    if ((near_end = make_socket()) == INVALID_SOCKET) goto close_listener;
    if (connect(near_end, (const struct sockaddr *)&addr, len)) goto close_near_end;
    if (getsockname(near_end, (struct sockaddr *)&addr, &len)) goto close_near_end;
    if ((*theirs = accept_own(listener, addr.sin_port)) == INVALID_SOCKET) goto close_near_end;
    *ours = near_end;
    closesocket(listener);
    return true;

close_near_end:
    closesocket(near_end);
close_listener:
    closesocket(listener);
    return false;
}

/* The manager's program as a path for Win32. */
static bool manager_program(WCHAR *path, size_t size)
{
    static const WCHAR unix_root[] = L"\\\\?\\unix";
    const size_t root_len = ARRAYSIZE(unix_root) - 1;
    DWORD len;

    wcscpy(path, unix_root);
    len = GetEnvironmentVariableW(L"WINERAS_RASMAND", path + root_len, size - root_len);
    if (len) return len < size - root_len;
    return MultiByteToWideChar(CP_UTF8, 0, RASMAND_PATH, -1, path + root_len, size - root_len) != 0;
}

/* Start "rasmand --attach" with the socket as its standard input and output. */
static bool start_manager(SOCKET theirs, enum transport_mode mode)
{
    const WCHAR *command = mode == TRANSPORT_START ? L"rasmand --attach" : L"rasmand --attach-running";
    WCHAR program[2 * MAX_PATH];

    if (!manager_program(program, ARRAYSIZE(program))) return false;
    if (native_process_start(program, command, (HANDLE)theirs)) return true;
    WARN("Can't start %s, error %lu.\n", debugstr_w(program), GetLastError());
    return false;
}

DWORD transport_open(enum transport_mode mode, struct transport **stream)
{
    DWORD timeout = SEND_TIMEOUT_MS;
    struct transport *made;
    SOCKET theirs;
    BOOL on = TRUE;
    bool started;

    if (!(made = malloc(sizeof(*made)))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!start_winsock() || !make_pair(&made->socket, &theirs))
    {
        WARN("No socket pair, error %d.\n", WSAGetLastError());
        goto free_stream;
    }
    setsockopt(made->socket, IPPROTO_TCP, TCP_NODELAY, (const char *)&on, sizeof(on));
    setsockopt(theirs, IPPROTO_TCP, TCP_NODELAY, (const char *)&on, sizeof(on));
    setsockopt(made->socket, SOL_SOCKET, SO_SNDTIMEO, (const char *)&timeout, sizeof(timeout));
    started = start_manager(theirs, mode);
    closesocket(theirs);
    if (!started) goto close_socket;
    *stream = made;
    return ERROR_SUCCESS;

close_socket:
    closesocket(made->socket);
free_stream:
    free(made);
    return ERROR_RASMAN_CANNOT_INITIALIZE;
}

bool transport_send(struct transport *stream, const void *buf, size_t len)
{
    const char *next = buf;
    int sent;

    for (; len; next += sent, len -= sent)
        if ((sent = send(stream->socket, next, len, 0)) <= 0) return false;
    return true;
}

size_t transport_receive(struct transport *stream, void *buf, size_t size, DWORD timeout)
{
    struct timeval time;
    fd_set set;
    int got;

    if (timeout != INFINITE)
    {
        time.tv_sec = timeout / 1000;
        time.tv_usec = timeout % 1000 * 1000;
        FD_ZERO(&set);
        FD_SET(stream->socket, &set);
        if (select(0, &set, NULL, NULL, &time) <= 0) return 0;
    }
    got = recv(stream->socket, buf, size, 0);
    return got > 0 ? got : 0;
}

void transport_shutdown(struct transport *stream)
{
    shutdown(stream->socket, SD_BOTH);
}

void transport_close(struct transport *stream)
{
    closesocket(stream->socket);
    free(stream);
}
