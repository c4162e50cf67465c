/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * console.c - text to and from the console, or a file in its code page.
 */
#include "rasdial.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void print(const WCHAR *format, ...)
{
    WCHAR text[2048];
    char bytes[sizeof(text) * 2];
    HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
    UINT page = GetConsoleOutputCP();
    DWORD mode, done;
    va_list args;
    int len;

    va_start(args, format);
    len = vswprintf(text, ARRAYSIZE(text), format, args);
    va_end(args);
    if (len < 0) return;
    if (GetConsoleMode(out, &mode))
    {
        WriteConsoleW(out, text, len, &done, NULL);
        return;
    }
    len = WideCharToMultiByte(page ? page : CP_OEMCP, 0, text, len, bytes, sizeof(bytes), NULL, NULL);
    if (len > 0) WriteFile(out, bytes, len, &done, NULL);
}

/* A line from a file or pipe. */
static bool read_line(HANDLE in, WCHAR *text, DWORD size)
{
    char bytes[512], byte;
    DWORD count = 0, done;
    int len;

    while (ReadFile(in, &byte, 1, &done, NULL) && done && byte != '\n')
    {
        if (count == sizeof(bytes)) return false;
        bytes[count++] = byte;
    }
    if (count && bytes[count - 1] == '\r') count--;
    len = count ? MultiByteToWideChar(GetConsoleCP() ? GetConsoleCP() : CP_OEMCP, 0, bytes, count, text, size - 1) : 0;
    SecureZeroMemory(bytes, sizeof(bytes));
    if (count && !len) return false;
    text[len] = 0;
    return true;
}

bool read_secret(const WCHAR *prompt, WCHAR *text, DWORD size)
{
    HANDLE in = GetStdHandle(STD_INPUT_HANDLE);
    DWORD mode, len = 0;
    bool result;

    print(L"%ls", prompt);
    if (!GetConsoleMode(in, &mode)) return read_line(in, text, size);
    SetConsoleMode(in, (mode & ~(DWORD)ENABLE_ECHO_INPUT) | ENABLE_LINE_INPUT);
    result = ReadConsoleW(in, text, size - 1, &len, NULL);
    SetConsoleMode(in, mode);
    print(L"\r\n");
    while (len && (text[len - 1] == '\r' || text[len - 1] == '\n')) len--;
    text[len] = 0;
    return result;
}
