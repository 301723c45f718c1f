#!/bin/bash
# Brings a Debian 12 machine to where Chatika builds (and, with --test, to where its tests run). Idempotent; when
# everything is there it asks dpkg once and touches neither apt nor npm.
#   scripts/install_deps.sh [--test]
# As root, or through sudo where there is one; otherwise it says what is missing and how to install it.
set -euo pipefail
export LC_ALL=C.UTF-8

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$root/build/tools
deps=$root/build/deps
log=$root/build/logs/packages.log

# The same Node on every machine: Debian's is too old for the web build, so the npm package that carries the binary is
# used. npm is pinned beside it because older ones cannot install Vite 8.
node_version=22.23.3
npm_version=11.21.2

build_packages=(
  clang-19 lld-19 llvm-19 libclang-rt-19-dev clang-tidy-19 clang-format-19
  cmake ninja-build ccache pkg-config
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
  libssl-dev libcrypt-dev libsqlite3-dev libpq-dev libstemmer-dev libfmt-dev libcli11-dev libtomlplusplus-dev zlib1g-dev
  libhowardhinnant-date-dev tzdata
  libphonenumber8 libprotobuf-dev libabsl-dev
  libcairo2-dev libpango1.0-dev fonts-paratype
  libcurl4-openssl-dev libgmime-3.0-dev
  libgtest-dev libgmock-dev
  ca-certificates curl git python3
)
test_packages=(postgresql-15 chromium chromium-driver openssl poppler-utils)

say() { printf '→ %s\n' "$*"; }
die() { printf '✗ %s\n' "$*" >&2; exit 1; }
# Ends with what the installers said last; all they said is in $log.
die_with_log() { tail -n 25 "$log" | sed 's/^/    /' >&2; die "$*"; }

# Runs a command as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Registries hiccup: three tries, a little apart.
retry() {
  local try
  for try in 1 2 3; do
    "$@" && return 0
    [ "$try" = 3 ] || { printf '  (try %s failed: %s)\n' "$try" "$1" >&2; sleep $((try * 5)); }
  done
  return 1
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -qq -y \
    -o Acquire::Retries=5 -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 "$@" </dev/null >>"$log" 2>&1
}

# Prints those of the given packages that are not installed.
missing_of() {
  local have
  # shellcheck disable=SC2016  # the format is dpkg-query's, not ours to expand
  have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
  comm -23 <(printf '%s\n' "$@" | sort -u) <(printf '%s\n' "$have" | sort -u)
}

node_is_ready() {
  [ -x "$tools/node_modules/.bin/node" ] && [ -e "$tools/node_modules/.bin/npm" ] &&
    [ "$("$tools/node_modules/.bin/node" --version 2>/dev/null)" = "v$node_version" ] &&
    grep -q "\"version\": \"$npm_version\"" "$tools/node_modules/npm/package.json"
}

install_packages() {
  local wanted=("${build_packages[@]}") missing
  if [ "$with_tests" = yes ]; then wanted+=("${test_packages[@]}"); fi
  # Any Node with an npm will do to fetch the pinned one.
  if ! node_is_ready; then
    command -v node >/dev/null || wanted+=(nodejs)
    command -v npm >/dev/null || wanted+=(npm)
  fi
  mapfile -t missing < <(missing_of "${wanted[@]}")
  [ "${#missing[@]}" -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    die "these Debian packages are missing and neither root nor sudo is at hand: ${missing[*]}
  As root:  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "installing ${#missing[@]} Debian packages (and what they need)"
  # Chatika's tests start a PostgreSQL of their own: keep Debian from making and starting a cluster with the package.
  if printf '%s\n' "${missing[@]}" | grep -qx postgresql-15 && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    as_root mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  retry apt update || say "apt-get update failed; trying with the lists that are here"
  retry apt install --no-install-recommends "${missing[@]}" ||
    die_with_log "Debian packages could not be installed (Chatika is built on Debian 12, bookworm): ${missing[*]}"
}

# libphonenumber's -dev package conflicts with Boost 1.81's; only its headers are needed, so they are unpacked aside.
unpack_phonenumber_headers() {
  [ -e "$deps/usr/include/phonenumbers/phonenumberutil.h" ] && return 0
  say "unpacking the headers of libphonenumber"
  local work
  mkdir -p "$deps"
  work=$(mktemp -d "$deps/download.XXXXXX")
  fetch() {
    (cd "$work" && apt-get -qq -o Acquire::Retries=5 -o APT::Sandbox::User=root download libphonenumber-dev) >>"$log" 2>&1
  }
  if ! fetch; then
    # The lists may be gone (container images drop them).
    if [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null; then retry apt update || true; fi
    retry fetch || { rm -rf "$work"; die_with_log "libphonenumber-dev could not be downloaded"; }
  fi
  dpkg-deb -x "$work"/libphonenumber-dev_*.deb "$deps"
  rm -rf "$work"
}

install_node() {
  node_is_ready && return 0
  say "installing Node $node_version and npm $npm_version into build/tools"
  rm -rf "$tools"
  mkdir -p "$tools"
  # EBADENGINE is expected here: the old Node fetches an npm that is meant for the new one.
  retry npm install --prefix "$tools" --no-save --no-audit --no-fund --no-update-notifier --loglevel=error \
    "node@$node_version" "npm@$npm_version" </dev/null >>"$log" 2>&1 || die_with_log "Node could not be installed by npm"
  node_is_ready || die_with_log "Node $node_version did not start from build/tools"
}

with_tests=no
case "${1-}" in
  '') ;;
  --test) with_tests=yes ;;
  *) printf 'usage: %s [--test]\n' "$0" >&2; exit 2 ;;
esac
[ -r /etc/debian_version ] || die "this script knows Debian only"

mkdir -p "${log%/*}"
: >"$log"
install_packages
unpack_phonenumber_headers
install_node
