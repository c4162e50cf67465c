/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fuzz_main.c - where the compiler has no libFuzzer: runs a target on each file
 * of a folder and on changed copies of them.  No coverage guides it.
 *
 *   TARGET -runs=N -max_total_time=SECONDS FOLDER
 */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fuzz.h"

#define FILES_MAX 256
#define SIZE_MAX_ 4096u

static struct
{
    uint8_t data[SIZE_MAX_];
    size_t len;
} files[FILES_MAX];
static unsigned int file_count;
static uint32_t random_state = 1;

static uint32_t next_random(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % below;
}

static void load(const char *folder)
{
    struct dirent *entry;
    char path[4096];
    DIR *dir = opendir(folder);
    FILE *f;

    if (!dir) return;
    while (file_count < FILES_MAX && (entry = readdir(dir)))
    {
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || !(f = fopen(path, "rb"))) continue;
        files[file_count].len = fread(files[file_count].data, 1, SIZE_MAX_, f);
        file_count++;
        fclose(f);
    }
    closedir(dir);
}

static size_t change(uint8_t *data, size_t len)
{
    unsigned int n = 1 + next_random(8);
    size_t at, from;

    while (n--)
    {
        at = len ? next_random((uint32_t)len) : 0;
        switch (next_random(5))
        {
        case 0: if (len) data[at] = (uint8_t)next_random(256); break;
        case 1: if (len) data[at] ^= (uint8_t)(1u << next_random(8)); break;
        case 2: len = at; break;
        case 3:
            if (len == SIZE_MAX_) break;
            memmove(data + at + 1, data + at, len - at);
            data[at] = (uint8_t)next_random(256);
            len++;
            break;
        case 4: /* repeat a part at the end */
            from = at;
            for (; from < len && len < SIZE_MAX_ && next_random(16); from++) data[len++] = data[from];
            break;
        }
    }
    return len;
}

int main(int argc, char **argv)
{
    static uint8_t data[SIZE_MAX_];
    unsigned long runs = 10000, done;
    long seconds = 10;
    time_t start = time(NULL);
    size_t len;
    int i;

    for (i = 1; i < argc; i++)
    {
        if (!strncmp(argv[i], "-runs=", 6))
            runs = strtoul(argv[i] + 6, NULL, 10);
        else if (!strncmp(argv[i], "-max_total_time=", 16))
            seconds = strtol(argv[i] + 16, NULL, 10);
        else if (argv[i][0] != '-')
            load(argv[i]);
    }
    if (!file_count) return 2;
    for (done = 0; done < file_count; done++) LLVMFuzzerTestOneInput(files[done].data, files[done].len);
    for (; done < runs && time(NULL) - start < seconds; done++)
    {
        i = (int)next_random(file_count);
        len = files[i].len;
        memcpy(data, files[i].data, len);
        len = change(data, len);
        LLVMFuzzerTestOneInput(data, len);
    }
    printf("%lu runs\n", done);
    return 0;
}
