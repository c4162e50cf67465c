/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * notify.c - calls the program's handlers.  When and on which thread: dial.c.
 */
#include "rasapi32.h"

#include "notify.h"

/* Of user32, which only programs with a window need. */
static struct
{
    UINT (WINAPI *register_message)(const char *name);
    LRESULT (WINAPI *send_message)(HWND window, UINT msg, WPARAM wparam, LPARAM lparam);
    DWORD (WINAPI *window_thread)(HWND window, DWORD *process);
    BOOL (WINAPI *in_send_message)(void);
} user;

static BOOL CALLBACK load_user(INIT_ONCE *once, void *param, void **context)
{
    HMODULE module = LoadLibraryW(L"user32.dll");

    (void)once;
    (void)param;
    (void)context;
    if (!module) return FALSE;
    user.register_message = (void *)GetProcAddress(module, "RegisterWindowMessageA");
    user.send_message = (void *)GetProcAddress(module, "SendMessageW");
    user.window_thread = (void *)GetProcAddress(module, "GetWindowThreadProcessId");
    user.in_send_message = (void *)GetProcAddress(module, "InSendMessage");
    return user.register_message && user.send_message && user.window_thread && user.in_send_message;
}

static bool have_user(void)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

    return InitOnceExecuteOnce(&once, load_user, NULL, NULL);
}

bool notifier_type_is_valid(DWORD type)
{
    return type == NOTIFIER_FUNC || type == NOTIFIER_FUNC1 || type == NOTIFIER_FUNC2 || type == NOTIFIER_WINDOW;
}

/* Sent, not posted: the dial stands still until the window has seen it. */
static void notify_window(HWND window, const struct wire_notice *notice)
{
    UINT msg;

    if (!have_user()) return;
    if (!(msg = user.register_message(RASDIALEVENT))) msg = WM_RASDIALEVENT;
    user.send_message(window, msg, notice->state, notice->error);
}

bool notifier_call(const struct notifier *notifier, const struct wire_notice *notice)
{
    HRASCONN conn = (HRASCONN)(ULONG_PTR)notice->handle;
    RASCONNSTATE state = (RASCONNSTATE)notice->state;

    TRACE("Handle %#x, link %u: %s, %s.\n", notice->handle, notice->sub_entry, ras_state_name(notice->state),
          debugstr_error(notice->error));
    /* The others can't tell the links apart. */
    if (notifier->type != NOTIFIER_FUNC2 && (notice->flags & WIRE_NOTICE_OTHER_LINK)) return true;
    switch (notifier->type)
    {
        case NOTIFIER_FUNC:
            ((RASDIALFUNC)notifier->target)(WM_RASDIALEVENT, state, notice->error);
            return true;
        case NOTIFIER_FUNC1:
            ((RASDIALFUNC1)notifier->target)(conn, WM_RASDIALEVENT, state, notice->error, notice->ext_error);
            return true;
        case NOTIFIER_FUNC2:
            return ((RASDIALFUNC2)notifier->target)(notifier->callback_id, notice->sub_entry, conn, WM_RASDIALEVENT,
                                                    state, notice->error, notice->ext_error) != 0;
        default:
            notify_window(notifier->target, notice);
            return true;
    }
}

bool notifier_runs_here(const struct notifier *notifier, DWORD caller)
{
    DWORD self = GetCurrentThreadId();

    if (!caller) return false;
    if (notifier->type != NOTIFIER_WINDOW) return caller == self;
    return have_user() && user.window_thread(notifier->target, NULL) == self && user.in_send_message();
}
