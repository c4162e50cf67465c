# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced, after cache.sh: packages that are unpacked into a folder and not
# installed: another architecture, or a newer release.  apt runs with a state of its
# own, on this machine's own Debian sources; the system's packages don't change.

apt_private=$test_cache/apt

# This machine's sources of its own release, in $apt_private/parts; with
# the backports beside them.
apt_private_sources()
{
    local codename file

    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -e "$file" ] || continue
        # Paragraphs without comments that name our release.
        awk -v codename="$codename" -v backports="$apt_private/parts/backports.sources" '
            function flush() {
                if (text != "" && ours) {
                    print text
                    if (back != "")
                        print text2 > backports
                }
                text = text2 = back = ""; ours = 0
            }
            /^#/ { next }
            /^[ \t]*$/ { flush(); next }
            {
                line2 = $0
                if (tolower($1) == "suites:") {
                    for (i = 2; i <= NF; i++) {
                        if (index($i, codename) == 1) ours = 1
                        if ($i == codename) { back = 1; line2 = $1 " " codename "-backports" }
                    }
                }
                text = text $0 "\n"; text2 = text2 line2 "\n"
            }
            END { flush() }' "$file" > "$apt_private/parts/$(basename "$file")"
    done
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ -e "$file" ] || continue
        sed -nE "/^deb .* $codename(-|\/| )/p" "$file" > "$apt_private/parts/$(basename "$file")"
        sed -nE "s/^(deb .* )$codename /\1$codename-backports /p" "$file" >> "$apt_private/parts/backports.list"
    done
}

# Make the configuration and read the indexes; $1 is the architecture to
# unpack, amd64 comes along.
apt_private_init()
{
    rm -rf "$apt_private"
    mkdir -p "$apt_private"/{parts,preferences,state/lists/partial,cache/archives/partial} || return 1
    : > "$apt_private/status"
    apt_private_sources
    cat > "$apt_private/apt.conf" <<EOC
Dir::State "$apt_private/state";
Dir::State::status "$apt_private/status";
Dir::Cache "$apt_private/cache";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$apt_private/parts";
Dir::Etc::preferencesparts "$apt_private/preferences";
APT::Architecture "$1";
#clear APT::Architectures;
APT::Architectures { "$1"; "amd64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
Debug::NoLocking "true";
Acquire::Retries "3";
EOC
    # One index of several may be unreachable (a mirror at work): what matters
    # is whether the packages can be had.
    APT_CONFIG=$apt_private/apt.conf apt-get -qq update 2> "$apt_private/update.log" || true
}

# Unpack packages and all that they need into folder $1.
apt_private_unpack_closure()
{
    local root=$1 deb

    shift
    APT_CONFIG=$apt_private/apt.conf apt-get -qq -y --download-only install "$@" > "$apt_private/install.log" 2>&1 ||
        { cat "$apt_private/update.log" "$apt_private/install.log" >&2; return 1; }
    for deb in "$apt_private"/cache/archives/*.deb; do
        dpkg -x "$deb" "$root" && rm -f "$deb" || return 1
    done
}

# Unpack one package alone, "name:arch=version", into folder $1.
apt_private_unpack()
{
    local folder

    folder=$(mktemp -d "$apt_private/deb.XXXXXX") || return 1
    (cd "$folder" && APT_CONFIG=$apt_private/apt.conf apt-get -qq download "$2") > "$apt_private/install.log" 2>&1 ||
        { cat "$apt_private/install.log" >&2; return 1; }
    dpkg -x "$folder"/*.deb "$1" && rm -rf "$folder"
}
