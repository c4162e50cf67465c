/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * arrival.c - see arrival.h.
 *
 * The manager makes its folder when it comes, and removes it when it leaves.  A folder tells what is
 * made in it, but not that it is removed itself, so those above it are watched as well.
 */
#include "rasapi32.h"

#include "arrival.h"
#include "transport.h"

static HANDLE notices[TRANSPORT_FOLDERS_MAX];

static void disarm_from(unsigned int first)
{
    unsigned int i;

    for (i = first; i < TRANSPORT_FOLDERS_MAX; i++)
    {
        if (notices[i]) FindCloseChangeNotification(notices[i]);
        notices[i] = NULL;
    }
}

/* The outer one first: then the inner one can't be made without a sign. */
void arrival_arm(void)
{
    static WCHAR paths[TRANSPORT_FOLDERS_MAX][TRANSPORT_PATH_SIZE];
    unsigned int count = transport_folders(paths), i;
    HANDLE notice;

    if (!count) WARN("No place for a manager's socket is known.\n");
    for (i = 0; i < count; i++)
    {
        if (notices[i]) continue;
        notice = FindFirstChangeNotificationW(paths[i], FALSE,
                                              FILE_NOTIFY_CHANGE_FILE_NAME | FILE_NOTIFY_CHANGE_DIR_NAME);
        if (notice == INVALID_HANDLE_VALUE)
        {
            if (!i) WARN("%s cannot be watched, error %lu.\n", debugstr_w(paths[i]), GetLastError());
            break;
        }
        notices[i] = notice;
    }
}

bool arrival_wait(HANDLE wake)
{
    HANDLE handles[1 + TRANSPORT_FOLDERS_MAX] = {wake};
    unsigned int places[1 + TRANSPORT_FOLDERS_MAX] = {0}, count = 1, i;
    DWORD found;

    for (i = 0; i < TRANSPORT_FOLDERS_MAX; i++)
    {
        if (!notices[i]) continue;
        places[count] = i;
        handles[count++] = notices[i];
    }
    found = WaitForMultipleObjects(count, handles, FALSE, INFINITE) - WAIT_OBJECT_0;
    if (!found || found >= count) return false;
    /* What lies in it may be another folder of the same name now. */
    disarm_from(places[found] + 1);
    if (!FindNextChangeNotification(notices[places[found]])) disarm_from(places[found]);
    return true;
}

void arrival_disarm(void)
{
    disarm_from(0);
}
