/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * arguments.c - the command line of rasdial.exe.
 */
#include "rasdial.h"

/* Is the word "/name:value"?  Then the value, else NULL. */
static const WCHAR *option_value(const WCHAR *word, const WCHAR *name)
{
    size_t len = wcslen(name);

    return !_wcsnicmp(word + 1, name, len) && word[len + 1] == ':' ? word + len + 2 : NULL;
}

static bool parse_option(const WCHAR *word, struct request *request)
{
    const WCHAR *value;

    if (!_wcsicmp(word + 1, L"disconnect") || !_wcsicmp(word + 1, L"d")) request->is_disconnect = true;
    else if (!_wcsicmp(word + 1, L"prefixsuffix")) request->use_prefix_suffix = true;
    else if (!wcscmp(word + 1, L"?")) request->is_help = true;
    else if ((value = option_value(word, L"domain"))) request->domain = value;
    else if ((value = option_value(word, L"phone"))) request->phone = value;
    else if ((value = option_value(word, L"callback"))) request->callback = value;
    else if ((value = option_value(word, L"phonebook"))) request->phonebook = value;
    else return false;
    return true;
}

bool parse_arguments(int argc, WCHAR **argv, struct request *request)
{
    const WCHAR **words[] = {&request->entry, &request->user, &request->password};
    size_t count = 0;
    int i;

    memset(request, 0, sizeof(*request));
    for (i = 1; i < argc; i++)
    {
        if (argv[i][0] == '/')
        {
            if (!parse_option(argv[i], request)) return false;
        }
        else if (count < ARRAYSIZE(words)) *words[count++] = argv[i];
        else return false;
    }
    if (request->is_help) return true;
    if (request->is_disconnect) return count <= 1;
    /* Options say how to dial an entry. */
    return request->entry || argc == 1;
}
