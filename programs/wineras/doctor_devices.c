/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * doctor_devices.c - examines devices.conf and the rights to the devices.
 */
#include "wineras.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rasmand.h"

static void examine_device(struct doctor *doctor, const struct device *device)
{
    struct stat st;
    char *mend;

    if (!device->path[0])
    {
        doctor_good(doctor, "Device: %s (%s).", device->name, device->transport->type);
    }
    else if (stat(device->path, &st))
    {
        doctor_problem(doctor, "plug it in, or mend its path in devices.conf.", "Device: %s: %s: %s.", device->name,
                       device->path, strerror(errno));
    }
    else if (access(device->path, R_OK | W_OK))
    {
        mend = doctor_join_group(st.st_gid);
        doctor_problem(doctor, mend, "Device: %s: you may not use %s.", device->name, device->path);
        free(mend);
    }
    else
    {
        doctor_good(doctor, "Device: %s (%s, %s).", device->name, device->transport->type, device->path);
    }
}

void doctor_devices(struct doctor *doctor)
{
    char *sys = doctor_path(doctor, "/sys/class/tty"), *dev = doctor_path(doctor, "/dev");
    struct device *list = devices_load_from(NULL, sys, dev), *device;

    if (device_warnings)
        doctor_problem(doctor, "correct the lines named above; see wineras-devices(5).",
                       "devices.conf: it has mistakes.");
    for (device = list; device && !device->path[0]; device = device->next) continue;
    if (!device)
        doctor_note(doctor, "There is no modem or serial line; devices.conf can name one, see wineras-devices(5).");
    for (device = list; device; device = device->next) examine_device(doctor, device);
    devices_free(list);
    free(dev);
    free(sys);
}
