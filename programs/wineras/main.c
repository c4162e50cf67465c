/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * main.c - wineras, the user's tool: finds the sub-command and its options.
 */
#include "wineras.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a command takes. */
enum
{
    TAKES_PREFIX = 1,
    TAKES_JSON = 2,
    TAKES_ALL = 4,
    TAKES_WORD = 8 /* exactly one, unless --all is given */
};

static const struct command
{
    const char *name;
    int (*run)(const struct options *options);
    unsigned int takes;
    const char *usage;
    const char *help;
} commands[] = {
    {"setup", cmd_setup, TAKES_PREFIX, "setup [--prefix DIR]", "make a Wine prefix use wineras"},
    {"remove", cmd_remove, TAKES_PREFIX, "remove [--prefix DIR]", "undo setup"},
    {"status", cmd_status, TAKES_JSON, "status [--json]", "list the connections"},
    {"devices", cmd_devices, TAKES_JSON, "devices [--json]", "list what can be dialled with"},
    {"hangup", cmd_hangup, TAKES_WORD | TAKES_ALL, "hangup HANDLE|ENTRY|--all", "end connections"},
    {"doctor", cmd_doctor, TAKES_PREFIX, "doctor [--prefix DIR]", "say what is missing, and how to mend it"},
};

enum
{
    OPTION_PREFIX = 256,
    OPTION_JSON,
    OPTION_ALL
};

static const struct option long_options[] = {
    {"prefix", required_argument, NULL, OPTION_PREFIX},
    {"json", no_argument, NULL, OPTION_JSON},
    {"all", no_argument, NULL, OPTION_ALL},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

static void usage(FILE *stream)
{
    size_t i;

    fputs("Usage: wineras COMMAND [OPTION]...\n", stream);
    for (i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        fprintf(stream, "  %-36s %s\n", commands[i].usage, commands[i].help);
    fputs("  --help, --version\nDIR is WINEPREFIX, else ~/.wine. See wineras(1).\n", stream);
}

static const struct command *find_command(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof(commands) / sizeof(*commands); i++)
    {
        if (!strcmp(commands[i].name, name)) return &commands[i];
    }
    return NULL;
}

static int misused(const struct command *command)
{
    fprintf(stderr, "Usage: wineras %s\n", command->usage);
    return STATUS_USAGE;
}

int main(int argc, char **argv)
{
    const struct command *command = NULL;
    struct options options = {0};
    unsigned int given = 0;
    int option, status;

    while ((option = getopt_long(argc, argv, "hV", long_options, NULL)) != -1)
    {
        switch (option)
        {
        case OPTION_PREFIX:
            options.prefix = optarg;
            given |= TAKES_PREFIX;
            break;
        case OPTION_JSON:
            options.json = true;
            given |= TAKES_JSON;
            break;
        case OPTION_ALL:
            options.all = true;
            given |= TAKES_ALL;
            break;
        case 'h':
            usage(stdout);
            return STATUS_DONE;
        case 'V':
            puts("wineras " PACKAGE_VERSION);
            return STATUS_DONE;
        default:
            usage(stderr);
            return STATUS_USAGE;
        }
    }
    if (optind == argc || !(command = find_command(argv[optind])))
    {
        usage(stderr);
        return STATUS_USAGE;
    }
    optind++;
    if (optind < argc && command->takes & TAKES_WORD && !options.all) options.argument = argv[optind++];
    if (optind < argc || given & ~command->takes) return misused(command);
    if (command->takes & TAKES_WORD && !options.all && !options.argument) return misused(command);
    status = command->run(&options);
    if (fflush(stdout) || ferror(stdout))
    {
        complain_errno("can't write to standard output");
        status = STATUS_FAILED;
    }
    return status;
}
