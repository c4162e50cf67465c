/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_pbk_entry.c - changing the entries of phone books (libs/rascommon/pbk_entry.c).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "pbk_fixture.h"

/* The library gets its memory here; after so many times there is none. */
static unsigned int memory_left = ~0u;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static bool has_memory(void)
{
    if (memory_left && memory_left != ~0u) memory_left--;
    return memory_left != 0;
}

void *__wrap_malloc(size_t size)
{
    return has_memory() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return has_memory() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *memory, size_t size)
{
    return has_memory() ? __real_realloc(memory, size) : NULL;
}

/* Keys, in any order. */

static const struct
{
    const char *before, *key, *value, *after;
} places[] =
{
    {"", "Type", "1", "Type=1\r\n"},
    {"Encoding=1\r\nAutoLogon=0\r\n", "Type", "2", "Encoding=1\r\nType=2\r\nAutoLogon=0\r\n"},
    {"Encoding=1\nAutoLogon=0\n", "Type", "2", "Encoding=1\nType=2\r\nAutoLogon=0\n"},
    {"\r\nAutoLogon=0\r\n", "Type", "2", "\r\nType=2\r\nAutoLogon=0\r\n"},
    {"Encoding=1\r\nForeign=x\r\nAutoLogon=0\r\n", "Type", "2", "Encoding=1\r\nType=2\r\nForeign=x\r\nAutoLogon=0\r\n"},
    /* an order of their own: below the nearest */
    {"AutoLogon=0\r\nEncoding=1\r\nPBVersion=1\r\nGuid=\r\n", "Type", "2",
     "AutoLogon=0\r\nEncoding=1\r\nPBVersion=1\r\nType=2\r\nGuid=\r\n"},
    /* foreign ones to the end */
    {"Encoding=1\r\nType=1\r\n\r\n", "Mine", "a=b", "Encoding=1\r\nType=1\r\nMine=a=b\r\n\r\n"},
    {"Encoding=1\r\n\r\nMEDIA=serial\r\n", "Mine", "", "Encoding=1\r\nMine=\r\n\r\nMEDIA=serial\r\n"},
    {"MEDIA=serial\r\n", "Type", "1", "Type=1\r\nMEDIA=serial\r\n"},
    {"NETCOMPONENTS=\r\n", "Type", "1", "Type=1\r\nNETCOMPONENTS=\r\n"},
    {"; no line\r\nMEDIA=serial\r\n", "Mine", "1", "Mine=1\r\n; no line\r\nMEDIA=serial\r\n"},
    /* the last line has no end */
    {"Encoding=1", "Type", "1", "Encoding=1\r\nType=1\r\n"},
    {"Encoding=1\r", "Type", "1", "Encoding=1\r\nType=1\r\n"},
    {"Type=1", "Type", "2", "Type=2"},
    {"Type=1\n", "Type", "22", "Type=22\n"},
    /* the first of several; its spelling stays */
    {"type=1\r\nTYPE=3\r\n", "Type", "2", "type=2\r\nTYPE=3\r\n"},
    {"=1\r\n[Type]=1\r\nType=\r\n", "Type", "2", "=1\r\n[Type]=1\r\nType=2\r\n"},
    /* below several lines of one key */
    {"CustomAuthKey=13\r\nCustomAuthData=00\r\nCustomAuthData=11\r\n", "AuthRestrictions", "128",
     "CustomAuthKey=13\r\nCustomAuthData=00\r\nCustomAuthData=11\r\nAuthRestrictions=128\r\n"},
    /* of another kind of group elsewhere, here just a key */
    {"Type=1\r\n", "PhoneNumber", "1", "Type=1\r\nPhoneNumber=1\r\n"},
};

START_TEST(test_places)
{
    struct pbk_entry *entry = parse(places[_i].before);

    ck_assert(set(entry, general, places[_i].key, places[_i].value));
    ck_assert(pbk_entry_changed(entry));
    assert_get(entry, general, places[_i].key, places[_i].value);
    assert_text(entry, places[_i].after);
    pbk_entry_free(entry);
}
END_TEST

static const char entry_text[] =
    "Type=1\r\nOdd\r\nForeign=1\r\n"
    "\r\nNETCOMPONENTS=\r\nms_server=1\r\n"
    "\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Modem\r\nDeviceX=2\r\n"
    "\r\nDEVICE=switch\r\nScript=0\r\n"
    "\r\nDEVICE=modem\r\nPhoneNumber=1\r\nCountryID=7\r\nPhoneNumber=2\r\nForeign=3\r\nLastSelectedPhone=1\r\n"
    "Foreign=4\r\nPhoneNumber=3\r\nSpeaker=1\r\n"
    "\r\nMEDIA=isdn\r\n\r\nDEVICE=isdn\r\nPhoneNumber=5\r\n\r\n";

START_TEST(test_get)
{
    struct pbk_entry *entry = parse(entry_text);
    struct pbk_span value;
    uint32_t n = 55;

    ck_assert_uint_eq(pbk_entry_links(entry), 2);
    ck_assert_uint_eq(pbk_entry_devices(entry, 0), 2);
    ck_assert_uint_eq(pbk_entry_devices(entry, 1), 1);
    ck_assert_uint_eq(pbk_entry_devices(entry, 2), 0);
    ck_assert_uint_eq(pbk_entry_numbers(entry, 0, 0), 0);
    ck_assert_uint_eq(pbk_entry_numbers(entry, 0, 1), 3);
    ck_assert_uint_eq(pbk_entry_numbers(entry, 0, 2), 0);
    ck_assert_uint_eq(pbk_entry_numbers(entry, 2, 0), 0);
    ck_assert_uint_eq(pbk_entry_devices(entry, ~0u), 0);
    assert_get(entry, general, "type", "1");
    assert_get(entry, general, "Odd", NULL);
    assert_get(entry, general, "Foreign", "1");
    assert_get(entry, general, "Port", NULL);
    assert_get(entry, net, "NetComponents", "");
    assert_get(entry, net, "MS_SERVER", "1");
    assert_get(entry, net, "ms_msclient", NULL);
    assert_get(entry, media(0), "MEDIA", "serial");
    assert_get(entry, media(0), "Media", NULL);
    assert_get(entry, media(0), "Device", "Modem");
    assert_get(entry, media(0), "DEVICE", NULL);
    assert_get(entry, media(0), "device", NULL);
    assert_get(entry, media(1), "Port", NULL);
    assert_get(entry, media(2), "MEDIA", NULL);
    assert_get(entry, device(0, 0), "DEVICE", "switch");
    assert_get(entry, device(0, 1), "DEVICE", "modem");
    assert_get(entry, device(0, 1), "Foreign", "4");
    assert_get(entry, device(0, 1), "lastselectedphone", "1");
    assert_get(entry, device(0, 1), "Speaker", "1");
    assert_get(entry, device(0, 1), "PhoneNumber", NULL);
    assert_get(entry, device(0, 1), "CountryID", NULL);
    assert_get(entry, device(0, 2), "DEVICE", NULL);
    assert_get(entry, number(0, 1, 0), "PhoneNumber", "1");
    assert_get(entry, number(0, 1, 0), "CountryID", "7");
    assert_get(entry, number(0, 1, 1), "PhoneNumber", "2");
    assert_get(entry, number(0, 1, 1), "CountryID", NULL);
    assert_get(entry, number(0, 1, 1), "Foreign", "3");
    assert_get(entry, number(0, 1, 1), "LastSelectedPhone", NULL);
    assert_get(entry, number(0, 1, 2), "PhoneNumber", "3");
    assert_get(entry, number(0, 1, 2), "Speaker", NULL);
    assert_get(entry, number(0, 1, 3), "PhoneNumber", NULL);
    assert_get(entry, number(1, 0, 0), "PhoneNumber", "5");
    ck_assert(!pbk_entry_get_number(entry, &net, "ms_msclient", &n));
    ck_assert(!pbk_entry_get_number(entry, &net, "NETCOMPONENTS", &n));
    ck_assert_uint_eq(n, 55);
    ck_assert(pbk_entry_get_number(entry, &general, "Foreign", &n));
    ck_assert_uint_eq(n, 1);
    pbk_entry_free(entry);

    entry = parse("Rule=a\r\nType=1\r\nRULE=b\r\nRule=\r\nRule");
    ck_assert(pbk_entry_get_index(entry, &general, "Rule", 1, &value) && pbk_equal(&value, "b"));
    ck_assert(pbk_entry_get_index(entry, &general, "Rule", 2, &value) && !value.len);
    ck_assert(!pbk_entry_get_index(entry, &general, "Rule", 3, &value) && !value.len);
    ck_assert(!pbk_entry_get_index(entry, &general, "Rule", ~0u, &value) && !value.len);
    pbk_entry_free(entry);
}
END_TEST

/* Groups that are in no good order are kept, and those that count are found. */
START_TEST(test_odd_order)
{
    static const char text[] =
        "Type=1\nDEVICE=lost\nPhoneNumber=0\nNETCOMPONENTS=1\nDEVICE=lost\nPhoneNumber=0\nMEDIA=serial\nAreaCode=1\n"
        "Media=x\nDEVICE=modem\nAreaCode=2\nPhoneNumber=7\nNETCOMPONENTS=2\nms_server=1\n"
        "DEVICE=lost\nMEDIA=isdn\ndevice=x\n";
    struct pbk_entry *entry = parse(text);

    ck_assert_uint_eq(pbk_entry_links(entry), 2);
    ck_assert_uint_eq(pbk_entry_devices(entry, 0), 1);
    ck_assert_uint_eq(pbk_entry_devices(entry, 1), 0);
    assert_get(entry, net, "NETCOMPONENTS", "1");
    assert_get(entry, net, "ms_server", NULL);
    assert_get(entry, media(0), "MEDIA", "serial");
    assert_get(entry, media(0), "Media", "x");
    assert_get(entry, media(0), "media", NULL);
    assert_get(entry, media(1), "device", "x");
    assert_get(entry, media(1), "Device", NULL);
    assert_get(entry, device(0, 0), "DEVICE", "modem");
    assert_get(entry, device(0, 0), "AreaCode", "2");
    assert_get(entry, number(0, 0, 0), "AreaCode", NULL);
    assert_get(entry, number(0, 0, 0), "PhoneNumber", "7");
    ck_assert(!set(entry, device(0, 1), "DEVICE", "modem"));
    ck_assert(!pbk_entry_changed(entry));
    ck_assert(add(entry, media(0), "x25"));
    ck_assert(pbk_entry_remove_group(entry, &(struct pbk_group){PBK_MEDIA, 0, 0, 0}));
    assert_get(entry, media(0), "MEDIA", "serial");
    assert_text(entry, text);
    pbk_entry_free(entry);
}
END_TEST

START_TEST(test_set_in_groups)
{
    struct pbk_entry *entry = parse(entry_text);

    ck_assert(set(entry, net, "ms_msclient", "0"));
    ck_assert(set(entry, media(0), "ConnectBPS", "9600"));
    ck_assert(set(entry, media(1), "Device", "Card"));
    ck_assert(set(entry, media(1), "Port", "ISDN1"));
    ck_assert(set(entry, media(1), "MEDIA", "serial"));
    ck_assert(set(entry, device(0, 0), "Terminal", "1"));
    ck_assert(set(entry, device(0, 1), "PromoteAlternates", "1"));
    ck_assert(set(entry, device(0, 1), "MdmProtocol", "0"));
    ck_assert(set(entry, device(0, 1), "Foreign", "44"));
    ck_assert(set(entry, device(1, 0), "LineType", "1"));
    ck_assert(set(entry, device(1, 0), "LastSelectedPhone", "0"));
    ck_assert(set(entry, device(1, 0), "Foreign", "5"));
    ck_assert(set(entry, number(0, 1, 0), "AreaCode", "89"));
    ck_assert(set(entry, number(0, 1, 0), "Mine", "89"));
    ck_assert(set(entry, number(0, 1, 1), "Comment", "home"));
    ck_assert(set(entry, number(0, 1, 2), "PhoneNumber", "33"));
    ck_assert(set(entry, number(1, 0, 0), "CountryID", "1"));
    assert_text(entry,
        "Type=1\r\nOdd\r\nForeign=1\r\n"
        "\r\nNETCOMPONENTS=\r\nms_msclient=0\r\nms_server=1\r\n"
        "\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Modem\r\nConnectBPS=9600\r\nDeviceX=2\r\n"
        "\r\nDEVICE=switch\r\nTerminal=1\r\nScript=0\r\n"
        "\r\nDEVICE=modem\r\nPhoneNumber=1\r\nAreaCode=89\r\nCountryID=7\r\nMine=89\r\nPhoneNumber=2\r\n"
        "Comment=home\r\nForeign=3\r\nLastSelectedPhone=1\r\nPromoteAlternates=1\r\nForeign=44\r\nPhoneNumber=33\r\n"
        "Speaker=1\r\nMdmProtocol=0\r\n"
        "\r\nMEDIA=serial\r\nPort=ISDN1\r\nDevice=Card\r\n"
        "\r\nDEVICE=isdn\r\nPhoneNumber=5\r\nCountryID=1\r\nLastSelectedPhone=0\r\nLineType=1\r\nForeign=5\r\n\r\n");
    pbk_entry_free(entry);
}
END_TEST

static const struct
{
    enum pbk_group_kind kind;
    const char *key, *value;
    size_t len;
} refused[] =
{
    {PBK_GENERAL, "Type", "1\r", 2}, {PBK_GENERAL, "Type", "\n", 1}, {PBK_GENERAL, "New", "a\0b", 3},
    {PBK_GENERAL, "", "1", 1}, {PBK_GENERAL, "a=b", "1", 1}, {PBK_GENERAL, "a\nb", "1", 1}, {PBK_GENERAL, "[a", "]", 1},
    {PBK_GENERAL, "MEDIA", "serial", 6}, {PBK_GENERAL, "DEVICE", "modem", 5}, {PBK_GENERAL, "NetComponents", "", 0},
    {PBK_MEDIA, "DEVICE", "modem", 5}, {PBK_NETCOMPONENTS, "MEDIA", "serial", 6}, {PBK_DEVICE, "PhoneNumber", "1", 1},
    {PBK_DEVICE, "AreaCode", "1", 1}, {PBK_NUMBER, "Speaker", "1", 1}, {PBK_NUMBER, "DEVICE", "modem", 5},
    {PBK_GROUP_KINDS, "Type", "1", 1},
};

START_TEST(test_refused)
{
    struct pbk_entry *entry = parse(entry_text);
    struct pbk_group group = {refused[_i].kind, 0, refused[_i].kind >= PBK_DEVICE, 0};

    ck_assert(!pbk_entry_set(entry, &group, refused[_i].key, refused[_i].value, refused[_i].len));
    ck_assert(!pbk_entry_changed(entry));
    assert_text(entry, entry_text);
    pbk_entry_free(entry);
}
END_TEST

START_TEST(test_numbers)
{
    struct pbk_entry *entry = parse("A=-1\r\nB=007\r\nC=x\r\nD=5\r\n");

    ck_assert(pbk_entry_set_number(entry, &general, "A", 0xffffffff));
    ck_assert(pbk_entry_set_number(entry, &general, "B", 7));
    ck_assert(!pbk_entry_changed(entry));
    ck_assert(pbk_entry_set_number(entry, &general, "C", 0));
    ck_assert(pbk_entry_set_number(entry, &general, "D", 0xfffffffe));
    ck_assert(pbk_entry_set_number(entry, &general, "E", 10));
    assert_text(entry, "A=-1\r\nB=007\r\nC=0\r\nD=4294967294\r\nE=10\r\n");
    pbk_entry_free(entry);
}
END_TEST

START_TEST(test_remove)
{
    struct pbk_entry *entry = parse("A=1\r\nB=2\r\na=3\r\n"
                                    "\r\nMEDIA=x\r\nA=4\r\n\r\nDEVICE=y\r\nPhoneNumber=1\r\nA=5\r\nSpeaker=1\r\nA=6");
    struct pbk_group group = device(0, 0);

    pbk_entry_remove(entry, &general, "None");
    pbk_entry_remove(entry, &net, "A");
    group.kind = PBK_NUMBER;
    pbk_entry_remove(entry, &group, "PhoneNumber");
    group.kind = PBK_MEDIA;
    pbk_entry_remove(entry, &group, "MEDIA");
    ck_assert(!pbk_entry_changed(entry));
    pbk_entry_remove(entry, &general, "A");
    ck_assert(pbk_entry_changed(entry));
    assert_text(entry, "B=2\r\n\r\nMEDIA=x\r\nA=4\r\n\r\nDEVICE=y\r\nPhoneNumber=1\r\nA=5\r\nSpeaker=1\r\nA=6");
    group.kind = PBK_NUMBER;
    pbk_entry_remove(entry, &group, "A");
    assert_text(entry, "B=2\r\n\r\nMEDIA=x\r\nA=4\r\n\r\nDEVICE=y\r\nPhoneNumber=1\r\nSpeaker=1\r\nA=6");
    group.kind = PBK_DEVICE;
    pbk_entry_remove(entry, &group, "a");
    assert_text(entry, "B=2\r\n\r\nMEDIA=x\r\nA=4\r\n\r\nDEVICE=y\r\nPhoneNumber=1\r\nSpeaker=1\r\n");
    pbk_entry_free(entry);
}
END_TEST

/* Blobs. */

#define HEX64(x) x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x \
                 x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x

START_TEST(test_blob)
{
    struct pbk_entry *entry = parse("CustomAuthKey=13\r\ncustomAuthData=01aB\r\nAuthRestrictions=128\r\n"
                                    "CustomAuthData=\r\nCustomAuthData=Ff0\r\nCustomAuthData=2\r\n");
    uint8_t data[200], expected[] = {0x01, 0xab, 0xff, 0x02};
    size_t len = 77;

    ck_assert(pbk_entry_get_blob(entry, &general, "CustomAuthData", NULL, 0, &len));
    ck_assert_uint_eq(len, 4);
    memset(data, 0x55, sizeof(data));
    ck_assert(!pbk_entry_get_blob(entry, &general, "CustomAuthData", data, 3, &len));
    ck_assert_uint_eq(len, 4);
    ck_assert_uint_eq(data[0], 0x55);
    ck_assert(pbk_entry_get_blob(entry, &general, "CustomAuthData", data, 4, &len));
    ck_assert_mem_eq(data, expected, 4);
    ck_assert_uint_eq(data[4], 0x55);
    ck_assert(pbk_entry_set_blob(entry, &general, "CustomAuthData", data, 4));
    ck_assert(!pbk_entry_changed(entry));
    memset(data, 0xc5, sizeof(data));
    ck_assert(pbk_entry_set_blob(entry, &general, "CustomAuthData", data, 129));
    ck_assert(pbk_entry_changed(entry));
    assert_text(entry, "CustomAuthKey=13\r\nCustomAuthData=" HEX64("C5") "\r\nCustomAuthData=" HEX64("C5") "\r\n"
                       "CustomAuthData=C5\r\nAuthRestrictions=128\r\n");
    memset(data, 0, sizeof(data));
    ck_assert(pbk_entry_get_blob(entry, &general, "CustomAuthData", data, sizeof(data), &len));
    ck_assert_uint_eq(len, 129);
    ck_assert_uint_eq(data[128], 0xc5);
    ck_assert(pbk_entry_set_blob(entry, &general, "CustomAuthData", data, 64));
    assert_text(entry, "CustomAuthKey=13\r\nCustomAuthData=" HEX64("C5") "\r\nAuthRestrictions=128\r\n");
    ck_assert(pbk_entry_set_blob(entry, &general, "CustomAuthData", NULL, 0));
    assert_text(entry, "CustomAuthKey=13\r\nAuthRestrictions=128\r\n");
    ck_assert(pbk_entry_get_blob(entry, &general, "CustomAuthData", data, sizeof(data), &len));
    ck_assert_uint_eq(len, 0);
    ck_assert(pbk_entry_set_blob(entry, &general, "CustomAuthData", expected, 4));
    assert_text(entry, "CustomAuthKey=13\r\nCustomAuthData=01ABFF02\r\nAuthRestrictions=128\r\n");
    pbk_entry_free(entry);
}
END_TEST

START_TEST(test_blob_bad)
{
    static const char text[] = "A=0\r\nB=0g\r\nC=0011\r\nC=1\r\n\r\nMEDIA=12";
    struct pbk_entry *entry = parse(text);
    struct pbk_group link = media(0);
    size_t len = 5;

    ck_assert(!pbk_entry_get_blob(entry, &general, "A", NULL, 0, &len));
    ck_assert_uint_eq(len, 0);
    ck_assert(!pbk_entry_get_blob(entry, &general, "B", NULL, 0, &len));
    ck_assert(!pbk_entry_get_blob(entry, &general, "C", NULL, 0, &len));
    ck_assert(pbk_entry_get_blob(entry, &net, "C", NULL, 0, &len));
    ck_assert(!pbk_entry_set_blob(entry, &net, "C", NULL, 0));
    ck_assert(!pbk_entry_set_blob(entry, &link, "MEDIA", NULL, 0));
    ck_assert(!pbk_entry_set_blob(entry, &general, "MEDIA", (const uint8_t *)"", 1));
    ck_assert(!pbk_entry_changed(entry));
    ck_assert(pbk_entry_set_blob(entry, &general, "C", (const uint8_t *)"1", 1));
    ck_assert(pbk_entry_set_blob(entry, &general, "A", NULL, 0));
    assert_text(entry, "B=0g\r\nC=31\r\n\r\nMEDIA=12");
    pbk_entry_free(entry);
}
END_TEST

/* Groups. */

START_TEST(test_build)
{
    struct pbk_entry *entry = pbk_entry_parse(NULL, 0);

    ck_assert_ptr_nonnull(entry);
    assert_text(entry, "");
    ck_assert(!pbk_entry_remove_group(entry, &general) && !pbk_entry_remove_group(entry, &net));
    ck_assert(!add(entry, device(0, 0), "modem") && !add(entry, number(0, 0, 0), "1") && !add(entry, general, ""));
    ck_assert(!add(entry, media(0), "a\nb") && !pbk_entry_add_group(entry, &net, "\0", 1));
    ck_assert(!pbk_entry_changed(entry));
    ck_assert(add(entry, media(9), "serial"));
    assert_text(entry, "MEDIA=serial\r\n");
    ck_assert(set(entry, general, "Type", "1"));
    ck_assert(add(entry, net, ""));
    ck_assert(!add(entry, net, ""));
    ck_assert(set(entry, net, "ms_server", "0"));
    ck_assert(add(entry, device(0, 0), "modem"));
    ck_assert(add(entry, number(0, 0, 0), "2"));
    ck_assert(set(entry, device(0, 0), "Speaker", "1"));
    ck_assert(add(entry, number(0, 0, 0), "1"));
    ck_assert(add(entry, number(0, 0, 9), ""));
    ck_assert(set(entry, number(0, 0, 1), "AreaCode", "30"));
    ck_assert(add(entry, device(0, 0), "switch"));
    ck_assert(add(entry, device(0, ~0u), "pad"));
    ck_assert(add(entry, media(0), "isdn"));
    ck_assert(set(entry, media(1), "Port", "COM1"));
    assert_text(entry,
        "Type=1\r\n\r\nNETCOMPONENTS=\r\nms_server=0\r\n\r\nMEDIA=isdn\r\nMEDIA=serial\r\nPort=COM1\r\n"
        "\r\nDEVICE=switch\r\n\r\nDEVICE=modem\r\nPhoneNumber=1\r\nPhoneNumber=2\r\nAreaCode=30\r\nPhoneNumber=\r\n"
        "Speaker=1\r\n\r\nDEVICE=pad\r\n");
    pbk_entry_free(entry);
}
END_TEST

START_TEST(test_remove_groups)
{
    struct pbk_entry *entry = parse(entry_text);
    struct pbk_group group = number(0, 1, 1);

    ck_assert(pbk_entry_remove_group(entry, &group));
    assert_get(entry, device(0, 1), "LastSelectedPhone", "1");
    assert_get(entry, number(0, 1, 1), "PhoneNumber", "3");
    group = device(0, 0);
    ck_assert(pbk_entry_remove_group(entry, &group));
    ck_assert(pbk_entry_remove_group(entry, &net));
    ck_assert(!pbk_entry_remove_group(entry, &net));
    group = media(1);
    ck_assert(pbk_entry_remove_group(entry, &group));
    ck_assert(!pbk_entry_remove_group(entry, &group));
    assert_text(entry,
        "Type=1\r\nOdd\r\nForeign=1\r\n"
        "\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Modem\r\nDeviceX=2\r\n"
        "\r\nDEVICE=modem\r\nPhoneNumber=1\r\nCountryID=7\r\nLastSelectedPhone=1\r\nForeign=4\r\n"
        "PhoneNumber=3\r\nSpeaker=1\r\n\r\n");
    group = media(0);
    ck_assert(pbk_entry_remove_group(entry, &group));
    assert_text(entry, "Type=1\r\nOdd\r\nForeign=1\r\n\r\n");
    ck_assert_uint_eq(pbk_entry_links(entry), 0);
    pbk_entry_free(entry);
}
END_TEST

/* Numbers come where a device of that kind has them. */
START_TEST(test_first_number)
{
    struct pbk_entry *entry = parse("MEDIA=rastapi\r\n\r\nDEVICE=PPPoE\r\nForeign=1\r\n"
                                    "LastSelectedPhone=0\r\nForeign=2\r\n\r\n");

    ck_assert(add(entry, number(0, 0, 0), "service"));
    assert_get(entry, device(0, 0), "Foreign", "1");
    assert_text(entry, "MEDIA=rastapi\r\n\r\nDEVICE=PPPoE\r\nForeign=1\r\n"
                       "PhoneNumber=service\r\nLastSelectedPhone=0\r\nForeign=2\r\n\r\n");
    pbk_entry_free(entry);
}
END_TEST

/* Lines of one number for another. */
START_TEST(test_copy)
{
    struct pbk_entry *entry = parse("MEDIA=rastapi\r\n\r\nDEVICE=modem\r\nPhoneNumber=1\r\nAreaCode=89\r\n"
                                    "PhoneNumber=2\r\nAreaCode=7\r\n\r\n");
    struct pbk_group first = number(0, 0, 0), second = number(0, 0, 1), none = number(0, 0, 2);

    ck_assert(pbk_entry_copy(entry, &first, &second, "AreaCode"));
    ck_assert(pbk_entry_copy(entry, &first, &second, "CountryCode")); /* there is none */
    ck_assert(!pbk_entry_copy(entry, &first, &none, "AreaCode"));
    assert_text(entry, "MEDIA=rastapi\r\n\r\nDEVICE=modem\r\nPhoneNumber=1\r\nAreaCode=89\r\n"
                       "PhoneNumber=2\r\nAreaCode=89\r\n\r\n");
    pbk_entry_free(entry);
}
END_TEST

static bool change(struct pbk_entry *entry, int what)
{
    static const uint8_t data[200] = {1, 2, 3};
    struct pbk_group group = number(0, 1, 0), second = number(0, 1, 1);

    switch (what)
    {
    case 0: return set(entry, general, "Guid", "00");
    case 1: return set(entry, general, "Type", "2");
    case 2: return pbk_entry_set_number(entry, &group, "CountryCode", 49);
    case 3: return pbk_entry_set_blob(entry, &general, "CustomAuthData", data, sizeof(data));
    case 4: return pbk_entry_set_blob(entry, &general, "Foreign", data, sizeof(data));
    case 5: return set(entry, device(1, 0), "LineType", "1"); /* below the last line */
    case 6: return add(entry, media(9), "x25");
    case 7: return add(entry, device(0, 0), "switch");
    case 8: return add(entry, group, "0");
    case 9: return pbk_entry_copy(entry, &second, &group, "PhoneNumber");
    default: return false;
    }
}

/* Without memory there is no entry, and no half of a change. */
START_TEST(test_no_memory)
{
    char *before = strdup(entry_text);
    unsigned int failed;
    struct pbk_entry *entry;
    bool done = false;

    before[strlen(before) - 5] = 0; /* the last line has no end */
    for (failed = 0; !done; failed++)
    {
        memory_left = failed + 1;
        entry = pbk_entry_parse(before, strlen(before));
        done = entry != NULL;
        memory_left = ~0u;
        pbk_entry_free(entry);
    }
    ck_assert_uint_gt(failed, 3);
    entry = parse(before);
    done = false;
    for (failed = 0; !done; failed++)
    {
        memory_left = failed + 1;
        done = change(entry, _i);
        memory_left = ~0u;
        if (!done) assert_text(entry, before);
        ck_assert(pbk_entry_changed(entry) == done);
    }
    ck_assert_uint_gt(failed, 1);
    pbk_entry_free(entry);
    free(before);
}
END_TEST

/* Large ones take no more than time in proportion: this would not end otherwise. */
START_TEST(test_large)
{
    enum { COUNT = 100000, SIZE = COUNT * 80 };
    char *text = malloc(SIZE), *to = text;
    struct pbk_entry *entry;
    struct pbk_span value;
    struct pbk_group group;
    unsigned int i;
    size_t len;

    for (i = 0; i < COUNT; i++) to += sprintf(to, "Key%u=%u\n", i, i);
    for (i = 0; i < COUNT; i++) to += sprintf(to, "MEDIA=%u\n", i);
    for (i = 0; i < COUNT; i++) to += sprintf(to, "DEVICE=%u\nPhoneNumber=%u\n", i, i);
    ck_assert_ptr_nonnull(entry = pbk_entry_parse(text, to - text));
    ck_assert_uint_eq(pbk_entry_links(entry), COUNT);
    ck_assert_uint_eq(pbk_entry_devices(entry, COUNT - 1), COUNT);
    for (i = 0; i < COUNT; i++)
    {
        group = media(i);
        ck_assert(pbk_entry_get(entry, &group, "MEDIA", &value));
        group = number(COUNT - 1, i, 0);
        ck_assert(pbk_entry_get(entry, &group, "PhoneNumber", &value));
    }
    free(pbk_entry_format(entry, &len));
    ck_assert_uint_eq(len, to - text);
    pbk_entry_free(entry);
    memset(text, 'a', SIZE);
    text[1] = '=';
    ck_assert_ptr_nonnull(entry = pbk_entry_parse(text, SIZE));
    ck_assert(pbk_entry_get(entry, &general, "a", &value));
    ck_assert_uint_eq(value.len, SIZE - 2);
    /* a value may come from the entry itself */
    ck_assert(pbk_entry_set(entry, &general, "b", value.text, value.len));
    ck_assert(pbk_entry_get(entry, &general, "b", &value));
    ck_assert(pbk_entry_set(entry, &general, "b", value.text + 1, value.len - 1));
    ck_assert(pbk_entry_get(entry, &general, "b", &value));
    ck_assert_uint_eq(value.len, SIZE - 3);
    pbk_entry_free(entry);
    free(text);
}
END_TEST

#define ADD_ROWS(test, table) tcase_add_loop_test(tcase, test, 0, (int)(sizeof(table) / sizeof(*(table))))

static void add_tests(TCase *tcase)
{
    ADD_ROWS(test_places, places);
    tcase_add_test(tcase, test_get);
    tcase_add_test(tcase, test_odd_order);
    tcase_add_test(tcase, test_set_in_groups);
    ADD_ROWS(test_refused, refused);
    tcase_add_test(tcase, test_numbers);
    tcase_add_test(tcase, test_remove);
    tcase_add_test(tcase, test_blob);
    tcase_add_test(tcase, test_blob_bad);
    tcase_add_test(tcase, test_build);
    tcase_add_test(tcase, test_remove_groups);
    tcase_add_test(tcase, test_first_number);
    tcase_add_test(tcase, test_copy);
    tcase_add_loop_test(tcase, test_no_memory, 0, 10);
    tcase_add_test(tcase, test_large);
}

int main(void)
{
    return check_main("pbk_entry", add_tests);
}
