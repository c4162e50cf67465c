/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * languages.c - RasGetErrorString and RasGetCountryInfo speak each language of
 * dlls/rasapi32/po, whose files are read here as well.  A gives what the code page of the process
 * has, and ? for the rest.
 *
 * The language is that of the user; with an argument, the name of such a file, it must be this one.
 */
#include "ras_test.h"

#include <string.h>

#define COUNTRY_BIT 0x80000000 /* a row that names a country */

struct text
{
    DWORD id;
    const char *utf8;
};

#define LOGIN(title, user, password, ok, cancel)
#define ERROR_TEXT(code, text) {code, text},
#define COUNTRY_NAME(id, name) {COUNTRY_BIT | (id), name},
static const struct text en[] = {
#include "../dlls/rasapi32/po/en.def"
};
static const struct text de[] = {
#include "../dlls/rasapi32/po/de.def"
};
static const struct text fr[] = {
#include "../dlls/rasapi32/po/fr.def"
};
static const struct text ja[] = {
#include "../dlls/rasapi32/po/ja.def"
};
static const struct text zh_CN[] = {
#include "../dlls/rasapi32/po/zh_CN.def"
};

static const struct language
{
    const char *name;
    WORD primary;
    UINT code_page;
    const struct text *texts;
    unsigned int count;
} languages[] = {
    {"en", LANG_ENGLISH, 1252, en, ARRAYSIZE(en)}, /* also where there is no translation */
    {"de", LANG_GERMAN, 1252, de, ARRAYSIZE(de)},
    {"fr", LANG_FRENCH, 1252, fr, ARRAYSIZE(fr)},
    {"ja", LANG_JAPANESE, 932, ja, ARRAYSIZE(ja)},
    {"zh_CN", LANG_CHINESE, 936, zh_CN, ARRAYSIZE(zh_CN)},
};

/* What A makes of a text. */
static void to_ansi(const char *utf8, WCHAR *wide, char *ansi)
{
    MultiByteToWideChar(CP_UTF8, 0, utf8, -1, wide, 512);
    WideCharToMultiByte(CP_ACP, 0, wide, -1, ansi, 1024, NULL, NULL);
}

static void check_error_text(DWORD code, const WCHAR *wide, const char *ansi)
{
    WCHAR got[512];
    char got_a[1024];
    DWORD error = pRasGetErrorStringW(code, got, ARRAYSIZE(got));

    ok(!error && !lstrcmpW(got, wide), "error %lu: got %lu.\n", code, error);
    error = pRasGetErrorStringA(code, got_a, sizeof(got_a));
    ok(!error && !strcmp(got_a, ansi), "error %lu, A: got %lu, %s.\n", code, error, error ? "" : got_a);
}

static void check_country_name(DWORD id, const WCHAR *wide, const char *ansi)
{
    union
    {
        RASCTRYINFO info;
        BYTE bytes[512];
    } got = {.info = {.dwSize = sizeof(got.info), .dwCountryID = id}};
    DWORD size = sizeof(got), error = pRasGetCountryInfoW(&got.info, &size);

    ok(!error && !lstrcmpW((WCHAR *)(got.bytes + got.info.dwCountryNameOffset), wide), "country %lu: got %lu.\n", id,
       error);
    size = sizeof(got);
    error = pRasGetCountryInfoA(&got.info, &size);
    ok(!error && !strcmp((char *)got.bytes + got.info.dwCountryNameOffset, ansi), "country %lu, A: got %lu.\n", id,
       error);
}

static void check_language(const struct language *language)
{
    unsigned int i, checked = 0, lossy = 0;
    char ansi[1024];
    WCHAR wide[512];

    for (i = 0; i < language->count; i++)
    {
        to_ansi(language->texts[i].utf8, wide, ansi);
        if (strchr(ansi, '?')) lossy++;
        if (language->texts[i].id & COUNTRY_BIT)
            check_country_name(language->texts[i].id & ~COUNTRY_BIT, wide, ansi);
        else if (language->texts[i].id <= RASBASEEND)
            check_error_text(language->texts[i].id, wide, ansi);
        else
            continue; /* texts of the MPR administration functions */
        checked++;
    }
    ok(checked > RASBASEEND - RASBASE + 200, "only %u texts.\n", checked);
    /* Latin letters may lose their accents elsewhere, which is not seen here. */
    if (GetACP() == language->code_page)
        ok(!lossy, "%u texts are not in the code page.\n", lossy);
    else if (GetACP() == 1252)
        ok(lossy > RASBASEEND - RASBASE, "only %u texts are not in the code page.\n", lossy);
}

START_TEST(languages)
{
    LANGID id = GetUserDefaultUILanguage();
    unsigned int i;

    if (!load_rasapi32()) return;
    if (!test_is_wine())
    {
        skip("Windows has texts of its own.\n");
        return;
    }
    for (i = ARRAYSIZE(languages) - 1; i && languages[i].primary != PRIMARYLANGID(id); i--) continue;
    if (id == MAKELANGID(LANG_CHINESE, SUBLANG_CHINESE_TRADITIONAL)) i = 0;
    if (test_argc) ok(!strcmp(languages[i].name, test_argv[0]), "the language is %s (%#x).\n", languages[i].name, id);
    push_context("%s, code page %u", languages[i].name, GetACP());
    check_language(&languages[i]);
    pop_context();
}
