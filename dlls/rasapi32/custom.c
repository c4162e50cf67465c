/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * custom.c - see custom.h.  Which connections are of a dialer is kept in the process; of those
 * that others have dialled the entry tells it.
 */
#include "custom.h"

#include <stdlib.h>

#include "client.h"
#include "entry.h"
#include "handles.h"

/* A handle that a dialer has given. */
struct custom_conn
{
    struct custom_conn *next;
    HRASCONN conn;
    HMODULE module;
    bool hangs_up; /* the dialer is doing it: its own RasHangUp is a plain one */
};

static SRWLOCK conns_lock = SRWLOCK_INIT;
static struct custom_conn *conns;

/* ---- the DLL ----------------------------------------------------------------------- */

static bool expand(const WCHAR *text, WCHAR path[MAX_PATH])
{
    DWORD len = ExpandEnvironmentStringsW(text, path, MAX_PATH);

    return len && len <= MAX_PATH;
}

/* Is the path in the registry's list of dialers? */
static bool is_registered(const WCHAR *path)
{
    static const WCHAR key[] = L"System\\CurrentControlSet\\Services\\Rasman\\Parameters";
    WCHAR expanded[MAX_PATH], *list, *p;
    bool found = false;
    DWORD size = 0;

    if (RegGetValueW(HKEY_LOCAL_MACHINE, key, L"CustomDLL", RRF_RT_REG_MULTI_SZ, NULL, NULL, &size)) return false;
    if (!(list = calloc(1, size + 2 * sizeof(*list)))) return false;
    if (!RegGetValueW(HKEY_LOCAL_MACHINE, key, L"CustomDLL", RRF_RT_REG_MULTI_SZ, NULL, list, &size))
        for (p = list; *p && !found; p += wcslen(p) + 1)
            found = expand(p, expanded) && CompareStringOrdinal(expanded, -1, path, -1, TRUE) == CSTR_EQUAL;
    free(list);
    return found;
}

static bool is_full_path(const WCHAR *path)
{
    return (path[0] && path[1] == ':' && path[2] == '\\') || (path[0] == '\\' && path[1] == '\\');
}

/* NULL: there is none that may be loaded. */
static HMODULE load(const WCHAR *dll)
{
    WCHAR path[MAX_PATH];
    HMODULE module = NULL;

    if (!expand(dll, path) || !is_registered(path))
        WARN("%s is not in the list of custom dialers.\n", debugstr_w(dll));
    else if (is_full_path(path))
        module = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    else if (!wcspbrk(path, L"\\/:"))
        module = LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    else
        WARN("%s is neither a full path nor a name.\n", debugstr_w(dll));
    TRACE("%s is %p.\n", debugstr_w(dll), module);
    return module;
}

/* ---- connections ------------------------------------------------------------------------ */

/* With conns_lock held. */
static struct custom_conn *find(HRASCONN conn)
{
    struct custom_conn *p;

    for (p = conns; p && p->conn != conn; p = p->next) {}
    return p;
}

static HMODULE find_module(HRASCONN conn)
{
    struct custom_conn *found;
    HMODULE module = NULL;

    AcquireSRWLockShared(&conns_lock);
    if ((found = find(conn))) module = found->module;
    ReleaseSRWLockShared(&conns_lock);
    return module;
}

static void remember(HRASCONN conn, HMODULE module)
{
    struct custom_conn *new;

    AcquireSRWLockExclusive(&conns_lock);
    if (!find(conn) && (new = calloc(1, sizeof(*new))))
    {
        new->conn = conn;
        new->module = module;
        new->next = conns;
        conns = new;
    }
    ReleaseSRWLockExclusive(&conns_lock);
}

static void forget(HRASCONN conn)
{
    struct custom_conn **link, *found;

    AcquireSRWLockExclusive(&conns_lock);
    for (link = &conns; (found = *link); link = &found->next)
    {
        if (found->conn != conn) continue;
        *link = found->next;
        free(found);
        break;
    }
    ReleaseSRWLockExclusive(&conns_lock);
}

/* ---- dialling --------------------------------------------------------------------------- */

static DWORD call_dial(HMODULE module, const struct custom_call *call)
{
    RasCustomDialFn dial = (void *)GetProcAddress(module, "RasCustomDial");
    DWORD error;

    if (!dial) return ERROR_CANNOT_DO_CUSTOMDIAL;
    error = dial(module, call->ext, call->phonebook, call->params, call->notifier_type, call->notifier, call->conn,
                 call->flags);
    TRACE("The dialer %p says %s, handle %p.\n", module, debugstr_error(error), *call->conn);
    if (*call->conn) remember(*call->conn, module);
    return error;
}

DWORD custom_dial(const WCHAR *dll, const struct custom_call *call)
{
    HMODULE module = load(dll);

    return module ? call_dial(module, call) : ERROR_CANNOT_DO_CUSTOMDIAL;
}

bool custom_resume(const struct custom_call *call, DWORD *error)
{
    HMODULE module = find_module(*call->conn);

    if (module) *error = call_dial(module, call);
    return module != NULL;
}

/* ---- hanging up ------------------------------------------------------------------------- */

struct search
{
    DWORD handle;
    WCHAR entry[RAS_MaxEntryName + 1];
    WCHAR phonebook[sizeof(((struct wire_connection *)0)->phonebook)];
};

static void take_connection(const struct wire_msg *answer, void *context)
{
    const struct wire_connection *connection = &answer->u.connection;
    struct search *search = context;

    if (answer->type != WIRE_connection || connection->handle != search->handle) return;
    GET_TEXT(search->entry, connection->entry);
    GET_TEXT(search->phonebook, connection->phonebook);
}

/* The dialer of a connection of another process; NULL for others and for those without one. */
static HMODULE find_foreign(HRASCONN conn)
{
    struct search search = {.handle = handle_value(conn)};
    struct phonebook_record *record;
    HMODULE module = NULL;
    RASENTRYW properties;
    struct wire_msg msg;
    bool own;

    if (!search.handle) return NULL;
    AcquireSRWLockShared(&client_lock);
    own = handle_is_dialed(search.handle);
    ReleaseSRWLockShared(&client_lock);
    if (own) return NULL;
    wire_init(&msg, WIRE_enum_connections, 0);
    if (client_request(TRANSPORT_RUNNING, &msg, take_connection, &search)) return NULL;
    if (!search.entry[0] || phonebook_read(search.phonebook, search.entry, &record)) return NULL;
    if (!entry_get(record, &properties, NULL) && properties.szCustomDialDll[0])
        module = load(properties.szCustomDialDll);
    phonebook_record_free(record);
    return module;
}

/* While the dialer hangs up, the RasHangUp of the handle is a plain one.  False: it was so already. */
static bool set_hangs_up(HRASCONN conn, bool hangs_up)
{
    struct custom_conn *found;
    bool changed;

    AcquireSRWLockExclusive(&conns_lock);
    changed = (found = find(conn)) && found->hangs_up != hangs_up;
    if (changed) found->hangs_up = hangs_up;
    ReleaseSRWLockExclusive(&conns_lock);
    return changed;
}

bool custom_hang_up(HRASCONN conn, DWORD *error)
{
    HMODULE module = find_module(conn);
    RasCustomHangUpFn hang_up;

    if (!module && (module = find_foreign(conn))) remember(conn, module);
    if (!module || !set_hangs_up(conn, true)) return false;
    if (!(hang_up = (void *)GetProcAddress(module, "RasCustomHangUp")))
    {
        forget(conn);
        return false;
    }
    *error = hang_up(conn);
    TRACE("The dialer %p says %s.\n", module, debugstr_error(*error));
    if (*error)
        set_hangs_up(conn, false); /* it may be tried again */
    else
        forget(conn);
    return true;
}

DWORD custom_flags(const RASENTRYW *properties, bool all_users)
{
    return (all_users ? RCD_AllUsers : RCD_SingleUser) | (properties->dwfOptions & RASEO_RequireEAP ? RCD_Eap : 0);
}

/* ---- entries --------------------------------------------------------------------------- */

void custom_delete_notify(const WCHAR *dll, const WCHAR *path, const WCHAR *name, DWORD flags)
{
    RasCustomDeleteEntryNotifyFn notify;
    HMODULE module;

    if (!dll[0] || !(module = load(dll))) return;
    if ((notify = (void *)GetProcAddress(module, "RasCustomDeleteEntryNotify"))) notify(path, name, flags);
}
