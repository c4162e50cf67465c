/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * languages.c - RasGetErrorString and RasGetCountryInfo speak each language of
 * dlls/rasapi32/po, whose files are read here as well.  A gives what the code page of the process
 * has, and ? for the rest.
 *
 * With an argument, the name of such a file: the process was started in that language.
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
#include "po/en.def"
};
static const struct text de[] = {
#include "po/de.def"
};
static const struct text fr[] = {
#include "po/fr.def"
};
static const struct text ja[] = {
#include "po/ja.def"
};
static const struct text zh_CN[] = {
#include "po/zh_CN.def"
};

static const struct language
{
    const char *name;
    LANGID id;
    const struct text *texts;
    unsigned int count;
} languages[] = {
    {"en", MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_UK), en, ARRAYSIZE(en)},
    {"de", MAKELANGID(LANG_GERMAN, SUBLANG_GERMAN), de, ARRAYSIZE(de)},
    {"de", MAKELANGID(LANG_GERMAN, SUBLANG_GERMAN_AUSTRIAN), de, ARRAYSIZE(de)},
    {"fr", MAKELANGID(LANG_FRENCH, SUBLANG_FRENCH), fr, ARRAYSIZE(fr)},
    {"ja", MAKELANGID(LANG_JAPANESE, SUBLANG_JAPANESE_JAPAN), ja, ARRAYSIZE(ja)},
    {"zh_CN", MAKELANGID(LANG_CHINESE, SUBLANG_CHINESE_SIMPLIFIED), zh_CN, ARRAYSIZE(zh_CN)},
    /* Without a translation: English. */
    {"en", MAKELANGID(LANG_ICELANDIC, SUBLANG_ICELANDIC_ICELAND), en, ARRAYSIZE(en)},
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

/* Returns how many texts have a character that A cannot show. */
static unsigned int check_language(const struct language *language)
{
    unsigned int i, checked = 0, lossy = 0;
    char ansi[1024];
    WCHAR wide[512];

    push_context("%s %#x", language->name, language->id);
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
    pop_context();
    return lossy;
}

/* In the code page of the language nothing is lost. */
static void in_language(const char *name)
{
    unsigned int i, lossy;

    for (i = 0; i < ARRAYSIZE(languages) && strcmp(languages[i].name, name); i++) continue;
    ok(i < ARRAYSIZE(languages), "no language %s.\n", name);
    if (i == ARRAYSIZE(languages)) return;
    lossy = check_language(&languages[i]);
    ok(!lossy, "%s: %u texts are not in code page %u.\n", name, lossy, GetACP());
}

START_TEST(languages)
{
    LCID locale = GetThreadLocale();
    unsigned int i, lossy;

    if (!load_rasapi32()) return;
    if (!test_is_wine())
    {
        skip("Windows has texts of its own.\n");
        return;
    }
    if (test_argc)
    {
        in_language(test_argv[0]);
        return;
    }
    for (i = 0; i < ARRAYSIZE(languages); i++)
    {
        SetThreadLocale(MAKELCID(languages[i].id, SORT_DEFAULT));
        lossy = check_language(&languages[i]);
        if (GetACP() == 1252 && languages[i].id == MAKELANGID(LANG_JAPANESE, SUBLANG_JAPANESE_JAPAN))
            ok(lossy > RASBASEEND - RASBASE, "only %u texts with a character that is not in 1252.\n", lossy);
    }
    SetThreadLocale(locale);
}
