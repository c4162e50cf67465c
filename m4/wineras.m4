dnl SPDX-License-Identifier: LGPL-2.1-or-later

dnl WINERAS_CROSS_CC(VARIABLE, CANDIDATES)
dnl Set VARIABLE to the first candidate that really links a DLL.
AC_DEFUN([WINERAS_CROSS_CC],
[AC_ARG_VAR([$1], [cross compiler for Windows code])
AC_CACHE_CHECK([for a compiler that makes Windows DLLs ($1)], [wineras_cv_$1],
 [wineras_cv_$1=
  cat > conftest.c <<'_EOF'
#include <windows.h>
__declspec(dllexport) int probe(void) { return GetTickCount() != 0; }
_EOF
  for wineras_cc in $$1 $2; do
    AS_IF([$wineras_cc -shared -o conftest.dll conftest.c >&AS_MESSAGE_LOG_FD 2>&1],
          [wineras_cv_$1=$wineras_cc; break])
  done
  rm -f conftest.c conftest.dll conftest.o])
$1=$wineras_cv_$1
AS_IF([test -z "$$1"], [AC_MSG_ERROR([no working compiler for $1 (Debian: gcc-mingw-w64-i686, gcc-mingw-w64-x86-64)])])
$1_PREFIX=`echo "$$1" | sed 's/-@<:@^-@:>@*$//'`
AC_SUBST([$1_PREFIX])
])

dnl WINERAS_WARNINGS
dnl Put each warning that the compilers know into WARN_CFLAGS, CROSS_WARN_CFLAGS.
AC_DEFUN([WINERAS_WARNINGS],
[WARN_CFLAGS=
CROSS_WARN_CFLAGS=
for wineras_w in -Wall -Wextra -Wdeclaration-after-statement -Wempty-body -Wenum-conversion \
    -Wimplicit-fallthrough -Wmissing-prototypes -Wpointer-arith -Wshadow -Wvla -Wwrite-strings \
    -Wtype-limits -Wformat-security -Wno-missing-field-initializers -Wno-cast-function-type; do
  echo 'int main(void) { return 0; }' > conftest.c
  AS_IF([$CC -Werror $wineras_w -c -o conftest.o conftest.c >&AS_MESSAGE_LOG_FD 2>&1],
        [WARN_CFLAGS="$WARN_CFLAGS $wineras_w"])
  AS_IF([$CROSSCC64 -Werror $wineras_w -c -o conftest.o conftest.c >&AS_MESSAGE_LOG_FD 2>&1],
        [CROSS_WARN_CFLAGS="$CROSS_WARN_CFLAGS $wineras_w"])
  rm -f conftest.c conftest.o
done
AC_SUBST([WARN_CFLAGS])
AC_SUBST([CROSS_WARN_CFLAGS])
])
