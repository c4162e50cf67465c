/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_port.c - see script_port.h.  The manager sends bytes only when it is asked, so
 * that no more than one request's worth ever waits here.
 */
#include "rasapi32.h"

#include <stdlib.h>

#include "client.h"
#include "script_port.h"

/* Guarded by client_lock. */
struct script_port
{
    struct script_port *next;
    unsigned int refs;
    DWORD handle;
    DWORD error;     /* why it is of no use any more */
    bool asked;      /* the manager owes us bytes */
    CONDITION_VARIABLE changed;
    DWORD len;
    BYTE data[2 * SCRIPT_BUFFER_MAX]; /* bytes may come after a wait was given up */
};

static struct script_port *ports;

static struct script_port *find(DWORD handle)
{
    struct script_port *port;

    for (port = ports; port && port->handle != handle; port = port->next) {}
    return port;
}

static void unlink_port(struct script_port *port)
{
    struct script_port **link;

    for (link = &ports; *link; link = &(*link)->next)
    {
        if (*link != port) continue;
        *link = port->next;
        break;
    }
}

/* With client_lock held. */
static void release(struct script_port *port)
{
    if (--port->refs) return;
    wire_wipe_memory(port->data, sizeof(port->data));
    free(port);
}

static void set_error(struct script_port *port, DWORD error)
{
    if (!port->error) port->error = error;
    WakeAllConditionVariable(&port->changed);
}

DWORD script_port_open(DWORD handle, struct script_port **port)
{
    struct wire_msg msg;
    DWORD error;

    if (!(*port = calloc(1, sizeof(**port)))) return ERROR_NOT_ENOUGH_MEMORY;
    (*port)->refs = 1;
    (*port)->handle = handle;
    InitializeConditionVariable(&(*port)->changed);
    AcquireSRWLockExclusive(&client_lock);
    (*port)->next = ports;
    ports = *port;
    ReleaseSRWLockExclusive(&client_lock);
    wire_init(&msg, WIRE_port_open, 0);
    msg.u.port_open.handle = handle;
    if ((error = client_request(TRANSPORT_RUNNING, &msg, NULL, NULL))) script_port_close(*port);
    return error;
}

void script_port_close(struct script_port *port)
{
    AcquireSRWLockExclusive(&client_lock);
    unlink_port(port);
    set_error(port, ERROR_PORT_NOT_OPEN);
    release(port);
    ReleaseSRWLockExclusive(&client_lock);
}

struct script_port *script_port_find(DWORD handle)
{
    struct script_port *port;

    AcquireSRWLockExclusive(&client_lock);
    if ((port = find(handle))) port->refs++;
    ReleaseSRWLockExclusive(&client_lock);
    return port;
}

void script_port_release(struct script_port *port)
{
    AcquireSRWLockExclusive(&client_lock);
    release(port);
    ReleaseSRWLockExclusive(&client_lock);
}

void script_port_data(const struct wire_port_data *data)
{
    struct script_port *port = find(data->handle);
    DWORD len;

    if (!port) return;
    if (data->error)
    {
        set_error(port, data->error);
        return;
    }
    len = min(data->data_len, sizeof(port->data) - port->len);
    memcpy(port->data + port->len, data->data, len);
    port->len += len;
    port->asked = false;
    WakeAllConditionVariable(&port->changed);
}

void script_port_session_lost(void)
{
    struct script_port *port;

    for (port = ports; port; port = port->next) set_error(port, ERROR_DISCONNECTION);
}

/* The port's own error says more than that of the request that met it. */
static DWORD own_error(struct script_port *port, DWORD error)
{
    AcquireSRWLockExclusive(&client_lock);
    if (error && port->error) error = port->error;
    ReleaseSRWLockExclusive(&client_lock);
    return error;
}

DWORD script_port_send(struct script_port *port, const void *data, size_t len)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_port_send, 0);
    msg.u.port_send.handle = port->handle;
    msg.u.port_send.data_len = len;
    memcpy(msg.u.port_send.data, data, len);
    return own_error(port, client_request(TRANSPORT_RUNNING, &msg, NULL, NULL));
}

DWORD script_port_settings(struct script_port *port, DWORD parity, DWORD stop, DWORD bits)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_port_settings, 0);
    msg.u.port_settings.handle = port->handle;
    msg.u.port_settings.parity = parity;
    msg.u.port_settings.stop = stop;
    msg.u.port_settings.bits = bits;
    return own_error(port, client_request(TRANSPORT_RUNNING, &msg, NULL, NULL));
}

/* With client_lock held.  size 0: no more, thank you. */
static void ask(struct script_port *port, DWORD size)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_port_receive, 0);
    msg.u.port_receive.handle = port->handle;
    msg.u.port_receive.max = size;
    client_tell(&msg);
    port->asked = size != 0;
}

/* With client_lock held: until done, an error, or the time is over. */
static void sleep_until(struct script_port *port, bool for_data, DWORD timeout)
{
    DWORD start = GetTickCount(), waited = 0;

    while (!port->error && !(for_data && port->len) && waited < timeout)
    {
        SleepConditionVariableSRW(&port->changed, &client_lock, timeout == INFINITE ? INFINITE : timeout - waited, 0);
        if (timeout != INFINITE) waited = GetTickCount() - start;
    }
}

DWORD script_port_wait(struct script_port *port, DWORD size, DWORD timeout)
{
    DWORD error;

    AcquireSRWLockExclusive(&client_lock);
    if (!port->len && !port->error && !port->asked) ask(port, size);
    sleep_until(port, true, timeout);
    if (!port->len && !port->error) ask(port, 0);
    error = port->len ? ERROR_SUCCESS : port->error;
    ReleaseSRWLockExclusive(&client_lock);
    return error;
}

DWORD script_port_take(struct script_port *port, void *data, DWORD *size)
{
    DWORD error;

    AcquireSRWLockExclusive(&client_lock);
    error = port->len ? ERROR_SUCCESS : port->error;
    *size = min(*size, port->len);
    memcpy(data, port->data, *size);
    port->len -= *size;
    memmove(port->data, port->data + *size, port->len);
    ReleaseSRWLockExclusive(&client_lock);
    return error;
}

DWORD script_port_delay(struct script_port *port, DWORD timeout)
{
    DWORD error;

    AcquireSRWLockExclusive(&client_lock);
    sleep_until(port, false, timeout);
    error = port->error;
    ReleaseSRWLockExclusive(&client_lock);
    return error;
}
