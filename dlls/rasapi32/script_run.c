/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_run.c - runs .SCP files and sections of SWITCH.INF on the port of a paused
 * connection.  What is wrong with a script is told in device.log and in the trace, with
 * the number of its line and never with its text, which may have a password.
 */
#include "rasapi32.h"

#include <stdlib.h>

#include "client.h"
#include "dial.h"
#include "script.h"
#include "script_run.h"

#define FILE_SIZE_MAX (16 * SCRIPT_SOURCE_MAX)

struct script_plan *script_plan_copy(const struct script_plan *plan)
{
    struct script_plan *copy = malloc(sizeof(*copy));

    if (copy) *copy = *plan;
    return copy;
}

void script_plan_free(struct script_plan *plan)
{
    if (!plan) return;
    wire_wipe_memory(plan, sizeof(*plan));
    free(plan);
}

/* ---- files -------------------------------------------------------------------------- */

/* Where Windows has SWITCH.INF, device.log and scripts without a path.  False: too long. */
static bool ras_path(const WCHAR *name, WCHAR *path, UINT size)
{
    static const WCHAR folder[] = L"\\ras\\";
    UINT len = GetSystemDirectoryW(path, size);

    if (!len || len + wcslen(folder) + wcslen(name) >= size) return false;
    wcscpy(path + len, folder);
    wcscat(path, name);
    return true;
}

static bool is_scp(const WCHAR *name)
{
    size_t len = wcslen(name);

    return wcspbrk(name, L"\\/:") || (len > 4 && !_wcsicmp(name + len - 4, L".scp"));
}

static DWORD read_file(const WCHAR *path, char **text, DWORD *len)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD size, error = ERROR_FILE_COULD_NOT_BE_OPENED;

    if (file == INVALID_HANDLE_VALUE) return error;
    size = GetFileSize(file, NULL);
    if (size <= FILE_SIZE_MAX && (*text = malloc(size + 1)))
    {
        if (ReadFile(file, *text, size, len, NULL))
            error = ERROR_SUCCESS;
        else
            free(*text);
    }
    CloseHandle(file);
    return error;
}

/* A line in device.log, if it can be written. */
static void log_failure(const WCHAR *name, unsigned int line, DWORD error)
{
    char text[MAX_PATH * 3 + 64], narrow[MAX_PATH * 3];
    WCHAR path[MAX_PATH];
    DWORD written;
    HANDLE file;
    int len;

    WARN("Script %s, line %u: %s.\n", debugstr_w(name), line, debugstr_error(error));
    if (!ras_path(L"", path, ARRAYSIZE(path))) return;
    CreateDirectoryW(path, NULL);
    if (!ras_path(L"device.log", path, ARRAYSIZE(path))) return;
    file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return;
    if (!WideCharToMultiByte(CP_UTF8, 0, name, -1, narrow, sizeof(narrow), NULL, NULL)) narrow[0] = 0;
    len = snprintf(text, sizeof(text), "%s(%u): error %lu\r\n", narrow, line, error);
    WriteFile(file, text, len, &written, NULL);
    CloseHandle(file);
}

/* ---- loading -------------------------------------------------------------------------- */

/* As the script's bytes are: in the code page of programs. */
static bool narrow(const WCHAR *text, char *out, int size)
{
    return WideCharToMultiByte(CP_ACP, 0, text, -1, out, size, NULL, NULL) != 0;
}

/* [section], or the bare name. */
static bool section_name(const WCHAR *name, char *section, int size)
{
    size_t len;

    if (!narrow(name, section, size)) return false;
    len = strlen(section);
    if (section[0] != '[') return true;
    if (section[len - 1] == ']') len--;
    memmove(section, section + 1, len - 1);
    section[len - 1] = 0;
    return true;
}

static DWORD load(const struct script_plan *plan, const struct script_language *language, void *machine,
                  unsigned int *line)
{
    char user[SCRIPT_TEXT_MAX] = "", password[SCRIPT_TEXT_MAX] = "", section[SCRIPT_TEXT_MAX], *text;
    const struct script_login login = {user, password};
    bool is_file = language == &script_scp, has_path = wcspbrk(plan->name, L"\\/:") != NULL;
    DWORD error = ERROR_FILE_COULD_NOT_BE_OPENED, len;
    WCHAR path[MAX_PATH];

    if (is_file && has_path)
        wcscpy(path, plan->name);
    else if (!ras_path(is_file ? plan->name : L"switch.inf", path, ARRAYSIZE(path)))
        return error;
    if ((error = read_file(path, &text, &len))) return error;
    if (!narrow(plan->params.szUserName, user, sizeof(user)) ||
        (!dial_is_asterisks(plan->params.szPassword, 16) &&
         !narrow(plan->params.szPassword, password, sizeof(password))) ||
        !section_name(plan->name, section, sizeof(section)))
        error = ERROR_SCRIPT_SYNTAX;
    else if (is_file)
        error = scp_load(machine, text, len, &login, line);
    else
        error = inf_load(machine, text, len, section, &login, line);
    wire_wipe_memory(password, sizeof(password));
    wire_wipe_memory(text, len);
    free(text);
    return error;
}

/* ---- running ---------------------------------------------------------------------------- */

/* When the wait of a number began. */
struct wait
{
    unsigned int number;
    DWORD start;
};

static DWORD receive(struct script_port *port, const struct script_step *step, struct wait *wait, int *input)
{
    DWORD timeout = step->timeout, waited, size = 1, error;
    BYTE byte;

    if (wait->number != step->wait)
    {
        wait->number = step->wait;
        wait->start = GetTickCount();
    }
    if (timeout != SCRIPT_FOREVER)
    {
        waited = GetTickCount() - wait->start;
        timeout = waited < timeout ? timeout - waited : 0;
    }
    /* A byte a time: what comes after the last one that the script wants is PPP's. */
    if (!(error = script_port_wait(port, 1, timeout == SCRIPT_FOREVER ? INFINITE : timeout)))
        error = script_port_take(port, &byte, &size);
    if (!error && size) *input = byte;
    return error;
}

static DWORD do_step(struct script_port *port, const struct script_step *step, struct wait *wait, int *input)
{
    *input = SCRIPT_NO_INPUT;
    switch (step->kind)
    {
        case SCRIPT_SEND:
            return script_port_send(port, step->data, step->len);
        case SCRIPT_RECEIVE:
            return receive(port, step, wait, input);
        case SCRIPT_DELAY:
            return script_port_delay(port, step->timeout);
        case SCRIPT_SETTINGS:
            return script_port_settings(port, step->parity, step->stop, step->bits);
        case SCRIPT_ADDRESS:
            FIXME("set ipaddr is not implemented.\n");
            return ERROR_CALL_NOT_IMPLEMENTED;
        default:
            return ERROR_SUCCESS;
    }
}

static DWORD run(struct script_port *port, const struct script_language *language, void *machine, unsigned int *line)
{
    struct script_step step;
    struct wait wait = {0};
    DWORD error = ERROR_SUCCESS;
    int input;

    language->start(machine, &step);
    while (step.kind != SCRIPT_END && !(error = do_step(port, &step, &wait, &input)))
        language->next(machine, input, &step);
    *line = step.line;
    if (!error) error = step.error;
    wire_wipe_memory(&step, sizeof(step));
    return error;
}

static DWORD run_file(struct script_port *port, const struct script_plan *plan)
{
    const struct script_language *language = is_scp(plan->name) ? &script_scp : &script_inf;
    unsigned int line = 0;
    void *machine;
    DWORD error;

    if (!(machine = malloc(language->size()))) return ERROR_NOT_ENOUGH_MEMORY;
    error = load(plan, language, machine, &line);
    if (!error) error = run(port, language, machine, &line);
    if (error && error != ERROR_PORT_NOT_OPEN) log_failure(plan->name, line, error);
    wire_wipe_memory(machine, language->size());
    free(machine);
    return error;
}

static void tell_done(DWORD handle, DWORD error)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_script_done, 0);
    msg.u.script_done.handle = handle;
    msg.u.script_done.error = error;
    client_request(TRANSPORT_RUNNING, &msg, NULL, NULL);
}

void script_run(DWORD handle, struct script_plan *plan)
{
    struct script_port *port;
    DWORD error;

    TRACE("Handle %#lx: script %s%s.\n", handle, debugstr_w(plan->name), plan->custom ? ", custom" : "");
    if (!(error = script_port_open(handle, &port)))
    {
        error = plan->custom ? script_run_custom(handle, plan) : run_file(port, plan);
        script_port_close(port);
    }
    TRACE("Handle %#lx: %s.\n", handle, debugstr_error(error));
    /* The pause is over already: the program has resumed or hung up, or the line is lost. */
    if (error == ERROR_PORT_NOT_OPEN) return;
    /* A script that halts wants the user, and the entry wants to ask him. */
    if (error == ERROR_INTERACTIVE_MODE && plan->terminal_after) return;
    if (error)
        tell_done(handle, error);
    else if (plan->custom && !plan->terminal_after)
        dial_resume_with(handle, &plan->params);
    else if (!plan->terminal_after)
        tell_done(handle, ERROR_SUCCESS);
}
