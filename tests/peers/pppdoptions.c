/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppdoptions.c - a plugin that prints the options of the pppd which loads it, and ends it:
 * "NAME KIND privileged|fixed|free", KIND being that of the argument: none, number, text or
 * special.  No header of pppd is needed; this part of its structures is the same in 2.4 and 2.5.
 *
 *   pppd plugin .../pppdoptions.so
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#define PRIVILEGED 0x1000u    /* OPT_PRIV: root's, and of files that only root writes */
#define FIXED      0x2000000u /* OPT_PRIVFIX: what root has set stays */

/* struct option of pppd.h */
struct pppd_option
{
    char *name;
    int type;
    void *address;
    char *description;
    unsigned int flags;
    void *address2;
    int upper_limit, lower_limit;
    const char *source;
    short int priority, winner;
};

/* struct channel and struct protent, as far as to their options */
struct pppd_channel
{
    struct pppd_option *options;
};
struct pppd_protocol
{
    unsigned short protocol;
    void (*calls[9])(void);
    unsigned char enabled;
    char *name, *data_name;
    struct pppd_option *options;
};

void plugin_init(void);

static void print(const struct pppd_option *option)
{
    static const char *const kinds[] = {"none", "special", "none", "number", "number", "text", "wild"};

    for (; option && option->name; option++)
        printf("%s %s %s\n", option->name, option->type >= 0 && option->type < 7 ? kinds[option->type] : "special",
               option->flags & PRIVILEGED ? "privileged" : option->flags & FIXED ? "fixed" : "free");
}

void plugin_init(void)
{
    static const char *const lists[] = {"general_options", "auth_options"};
    struct pppd_channel **channel = dlsym(RTLD_DEFAULT, "the_channel");
    struct pppd_protocol **protocol = dlsym(RTLD_DEFAULT, "protocols");
    unsigned int i;

    for (i = 0; i < sizeof(lists) / sizeof(*lists); i++) print(dlsym(RTLD_DEFAULT, lists[i]));
    if (channel && *channel) print((*channel)->options);
    for (; protocol && *protocol; protocol++) print((*protocol)->options);
    exit(fflush(stdout) != 0);
}
