/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * client.c - the session with the manager: hello, requests and their answers, the
 * reader thread.  Knows nothing of what the messages mean to the program.
 */
#include "rasapi32.h"

#include <stdlib.h>
#include <string.h>
#include <winternl.h>

#include "client.h"
#include "dial.h"
#include "script_port.h"
#include "watch.h"

/* The manager never works long on a request.  One that is silent for this long
 * hangs, and must not make every program hang with it. */
#define ANSWER_TIMEOUT_MS 20000

/* Managers that leave just before a request; more than one is as good as impossible. */
#define LEAVING_MAX 5

/* Inside: the manager has left before it read the request, the next one will. */
#define ERROR_MANAGER_LEFT 0xffffffff

BOOLEAN WINAPI RtlDllShutdownInProgress(void);

struct session
{
    struct transport *stream;
    bool left;  /* the manager said that it leaves */
    size_t len; /* bytes in buf */
    char buf[2 * WIRE_MESSAGE_MAX];
};

/* A request that waits; lives on the stack of its thread. */
struct request
{
    struct request *next;
    struct session *session;
    uint32_t serial;
    client_answer_fn *answer;
    void *context;
    bool done;
    DWORD error;
};

SRWLOCK client_lock = SRWLOCK_INIT;

/* Held while a session is being opened, before client_lock. */
static SRWLOCK open_lock = SRWLOCK_INIT;

/* Guarded by client_lock. */
static CONDITION_VARIABLE answered = CONDITION_VARIABLE_INIT;
static struct session *current;
static struct request *requests;
static uint32_t last_serial;

/* Take the first message out of the buffer.  False: it is not complete, or
 * *malformed. */
static bool session_decode(struct session *session, struct wire_msg *msg, bool *malformed)
{
    int len = wire_decode(msg, session->buf, session->len, WIRE_MANAGER);

    *malformed = len < 0;
    if (len <= 0) return false;
    session->len -= len;
    memmove(session->buf, session->buf + len, session->len);
    return true;
}

/* Wait for the next message. */
static bool session_receive(struct session *session, struct wire_msg *msg, DWORD timeout)
{
    bool malformed;
    size_t got;

    while (!session_decode(session, msg, &malformed))
    {
        if (malformed)
        {
            WARN("The manager sent nonsense.\n");
            return false;
        }
        got = transport_receive(session->stream, session->buf + session->len, sizeof(session->buf) - session->len,
                                timeout);
        if (!got) return false;
        session->len += got;
    }
    return true;
}

/* With client_lock held, or alone with the session. */
static bool session_send(struct session *session, const struct wire_msg *msg)
{
    unsigned char buf[WIRE_MESSAGE_MAX];
    size_t len = wire_encode(msg, buf, sizeof(buf));
    char line[512];
    bool sent;

    if (TRACE_ON(raswire)) WIRE("-> %s.\n", wire_dump(msg, line, sizeof(line)));
    sent = len && transport_send(session->stream, buf, len);
    wire_wipe_memory(buf, len);
    return sent;
}

/* Answers that other answers to the same request follow. */
static bool more_follows(const struct wire_msg *msg)
{
    return msg->type == WIRE_connection || msg->type == WIRE_device;
}

static void give_answer(struct session *session, const struct wire_msg *msg)
{
    struct request *request;

    for (request = requests; request; request = request->next)
        if (request->session == session && request->serial == msg->serial && !request->done) break;
    if (!request) return; /* its thread has stopped waiting */
    if (msg->type == WIRE_result)
        request->error = msg->u.result.error;
    else if (request->answer)
        request->answer(msg, request->context);
    request->done = !more_follows(msg);
    if (request->done) WakeAllConditionVariable(&answered);
}

static void dispatch(struct session *session, const struct wire_msg *msg)
{
    char line[512];

    if (TRACE_ON(raswire)) WIRE("<- %s.\n", wire_dump(msg, line, sizeof(line)));
    AcquireSRWLockExclusive(&client_lock);
    if (msg->serial)
        give_answer(session, msg);
    else if (msg->type == WIRE_notice)
        dial_notice(&msg->u.notice);
    else if (msg->type == WIRE_port_data)
        script_port_data(&msg->u.port_data);
    else if (msg->type == WIRE_change)
        watch_change(&msg->u.change);
    else if (msg->type == WIRE_watching)
        watch_told(&msg->u.watching);
    else if (msg->type == WIRE_leaving)
        session->left = true;
    else
        WARN("Unexpected message %s.\n", wire_name(msg->type));
    ReleaseSRWLockExclusive(&client_lock);
}

/* The manager has left, or is lost; its connections are gone in either case. */
static void session_over(struct session *session)
{
    struct request *request;

    AcquireSRWLockExclusive(&client_lock);
    if (current == session) current = NULL;
    for (request = requests; request; request = request->next)
    {
        if (request->session != session || request->done) continue;
        request->error = session->left ? ERROR_MANAGER_LEFT : ERROR_SERVICE_NOT_ACTIVE;
        request->done = true;
    }
    WakeAllConditionVariable(&answered);
    dial_session_lost();
    script_port_session_lost();
    watch_session_over(session->left);
    ReleaseSRWLockExclusive(&client_lock);
}

static DWORD WINAPI reader(void *context)
{
    struct session *session = context;
    struct wire_msg msg;

    while (!session->left && session_receive(session, &msg, INFINITE)) dispatch(session, &msg);
    TRACE("The manager %s.\n", session->left ? "leaves" : "is lost");
    session_over(session);
    transport_close(session->stream);
    free(session);
    return 0;
}

/* The program's name, for the manager's log. */
static void fill_program(char *name, size_t size)
{
    WCHAR path[MAX_PATH];
    const WCHAR *base;

    if (!GetModuleFileNameW(NULL, path, ARRAYSIZE(path))) path[0] = 0;
    path[ARRAYSIZE(path) - 1] = 0;
    base = wcsrchr(path, '\\');
    if (!WideCharToMultiByte(CP_UTF8, 0, base ? base + 1 : path, -1, name, size, NULL, NULL)) name[0] = 0;
}

/* Exchange hellos.  *nobody: the stream ended before the manager said anything. */
static bool say_hello(struct session *session, bool *nobody)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_hello, 0);
    msg.u.hello.magic = WIRE_MAGIC;
    msg.u.hello.version = WIRE_VERSION;
    fill_program(msg.u.hello.program, sizeof(msg.u.hello.program));
    *nobody = true;
    if (!session_send(session, &msg)) return false;
    if (!session_receive(session, &msg, ANSWER_TIMEOUT_MS)) return false;
    /* It was told to leave in this moment. */
    if (msg.type == WIRE_leaving) session->left = true;
    *nobody = session->left;
    if (*nobody) return false;
    if (msg.type == WIRE_result)
    {
        WARN("The manager can't be reached.\n");
        return false;
    }
    if (msg.type != WIRE_hello || msg.u.hello.magic != WIRE_MAGIC || msg.u.hello.version != WIRE_VERSION)
    {
        ERR("The manager speaks another version than this DLL; run \"wineras setup\" anew.\n");
        return false;
    }
    wire_init(&msg, WIRE_server, 0);
    msg.u.server.process = transport_server();
    return !msg.u.server.process || session_send(session, &msg);
}

/* Open a session.  With open_lock held. */
static DWORD session_open(enum transport_mode mode)
{
    struct session *session;
    HMODULE self;
    HANDLE thread;
    bool nobody = false;
    DWORD error;

    if (!(session = malloc(sizeof(*session)))) return ERROR_NOT_ENOUGH_MEMORY;
    session->left = false;
    session->len = 0;
    if ((error = transport_open(mode, &session->stream))) goto free_session;
    if (!say_hello(session, &nobody))
    {
        error = session->left ? ERROR_MANAGER_LEFT : ERROR_RASMAN_CANNOT_INITIALIZE;
        goto close_stream;
    }
    /* Threads of ours will run in this DLL until the process ends. */
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)reader,
                       &self);
    AcquireSRWLockExclusive(&client_lock);
    if (!(thread = CreateThread(NULL, 0, reader, session, 0, NULL)))
    {
        ReleaseSRWLockExclusive(&client_lock);
        error = ERROR_NOT_ENOUGH_MEMORY;
        goto close_stream;
    }
    CloseHandle(thread);
    current = session;
    watch_session_open();
    ReleaseSRWLockExclusive(&client_lock);
    return ERROR_SUCCESS;

close_stream:
    transport_close(session->stream);
free_session:
    free(session);
    if (mode == TRANSPORT_RUNNING && nobody && error != ERROR_MANAGER_LEFT) return ERROR_SERVICE_NOT_ACTIVE;
    return error;
}

/* Have a session, or an error. */
static DWORD session_need(enum transport_mode mode)
{
    DWORD error = ERROR_SUCCESS;
    bool have;

    AcquireSRWLockExclusive(&open_lock);
    AcquireSRWLockExclusive(&client_lock);
    have = current != NULL;
    ReleaseSRWLockExclusive(&client_lock);
    if (!have) error = session_open(mode);
    ReleaseSRWLockExclusive(&open_lock);
    return error;
}

static void unlink_request(struct request *request)
{
    struct request **link;

    for (link = &requests; *link != request; link = &(*link)->next) {}
    *link = request->next;
}

/* Send and wait; with client_lock held and a session. */
static DWORD exchange(struct request *request, struct wire_msg *msg)
{
    DWORD start = GetTickCount(), waited = 0;

    if (!++last_serial) last_serial++;
    msg->serial = request->serial = last_serial;
    request->session = current;
    request->done = false;
    request->error = ERROR_SUCCESS;
    request->next = requests;
    requests = request;
    if (!session_send(request->session, msg)) transport_shutdown(request->session->stream);
    while (!request->done && waited < ANSWER_TIMEOUT_MS)
    {
        SleepConditionVariableSRW(&answered, &client_lock, ANSWER_TIMEOUT_MS - waited, 0);
        waited = GetTickCount() - start;
    }
    if (!request->done)
    {
        WARN("The manager does not answer.\n");
        request->error = ERROR_RASMAN_CANNOT_INITIALIZE; /* there is one: nothing is known to be gone */
        if (current == request->session) transport_shutdown(current->stream);
    }
    unlink_request(request);
    return request->error;
}

/* With client_lock held; it may be left for a while. */
static DWORD try_request(enum transport_mode mode, struct request *request, struct wire_msg *msg)
{
    DWORD error = ERROR_SERVICE_NOT_ACTIVE;

    if (!current)
    {
        ReleaseSRWLockExclusive(&client_lock);
        if (mode == TRANSPORT_START || transport_manager_runs()) error = session_need(mode);
        AcquireSRWLockExclusive(&client_lock);
        if (error) return error;
        if (!current) return ERROR_SERVICE_NOT_ACTIVE;
    }
    return exchange(request, msg);
}

DWORD client_request(enum transport_mode mode, struct wire_msg *msg, client_answer_fn *answer, void *context)
{
    struct request request = {.answer = answer, .context = context};
    DWORD error = ERROR_SERVICE_NOT_ACTIVE;
    unsigned int i;

    if (RtlDllShutdownInProgress()) /* the reader thread is gone already */
    {
        wire_wipe(msg);
        return error;
    }
    AcquireSRWLockExclusive(&client_lock);
    for (i = 0; i < LEAVING_MAX; i++)
        if ((error = try_request(mode, &request, msg)) != ERROR_MANAGER_LEFT) break;
    ReleaseSRWLockExclusive(&client_lock);
    wire_wipe(msg);
    return error == ERROR_MANAGER_LEFT ? ERROR_SERVICE_NOT_ACTIVE : error;
}

bool client_is_open(void)
{
    return current != NULL;
}

DWORD client_attach(void)
{
    DWORD error = session_need(TRANSPORT_RUNNING);

    return error == ERROR_MANAGER_LEFT ? ERROR_SERVICE_NOT_ACTIVE : error;
}

void client_process_ends(void)
{
    if (current) transport_shutdown(current->stream);
}

void client_tell(struct wire_msg *msg)
{
    if (current && !session_send(current, msg)) transport_shutdown(current->stream);
    wire_wipe(msg);
}
