# What ./run and ./test share: telling the user what goes on, and the steps from sources to build/chatika.
# Sourced, with $root set to the checkout.
# shellcheck shell=bash disable=SC2154  # root is set by who sources this

export LC_ALL=C.UTF-8
# Paths inside the checkout count as relative, so that a second clone profits from the first one's compiling.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
logs=$root/build/logs
mkdir -p "$logs"

say() { printf '→ %s\n' "$*"; }
die() { printf '✗ %s\n' "$*" >&2; exit 1; }

# step TITLE LOG COMMAND…: one progress line, the full output in build/logs/LOG.log; the end of it when the command fails.
step() {
  local title=$1 log=$logs/$2.log began=$SECONDS status=0
  shift 2
  printf '→ %s … ' "$title"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" -eq 0 ]; then
    printf '%s s\n' "$((SECONDS - began))"
    return 0
  fi
  # The complaint may stand far above the end: npm goes on with the next workspace, ninja with the running jobs.
  printf 'failed after %s s. From build/logs/%s:\n' "$((SECONDS - began))" "${log##*/}"
  { tail -n +2 "$log" | head -n -30 | grep -E '(^|[^a-z])([Ee]rror|FAILED)\b' | head -n 15; tail -n 30 "$log"; } | sed 's/^/    /'
  return "$status"
}

# As many compilers as there are cores, but no more than memory bears: the largest files take nearly 2 GB each.
jobs_for_memory() {
  local cores gigabytes
  cores=$(nproc)
  gigabytes=$(awk '/^MemAvailable/ {print int($2 / 1048576 / 2)}' /proc/meminfo)
  [ "$gigabytes" -ge 1 ] || gigabytes=1
  echo $((cores < gigabytes ? cores : gigabytes))
}

use_tools() { export PATH="$root/build/tools/node_modules/.bin:$PATH"; }

# A hash over everything under web/ that the build reads (also files not yet committed), so that a second start is quick.
web_hash() {
  (cd "$root/web" && find . \( -name node_modules -o -name dist \) -prune -o -type f ! -name '*.tsbuildinfo' -print0 |
    sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}
web_packages_hash() {
  (cd "$root/web" && cat package-lock.json package.json ./*/package.json | sha256sum | cut -d' ' -f1)
}

# npm ci, unless node_modules was made from these very package files.
install_web_packages() {
  local stamp=$root/web/node_modules/.chatika-packages hash
  hash=$(web_packages_hash)
  [ "$(cat "$stamp" 2>/dev/null)" = "$hash" ] && return 0
  local try
  for try in 1 2 3; do
    (cd "$root/web" && npm ci --no-audit --no-fund --loglevel=error) && break
    [ "$try" != 3 ] || return 1
    sleep $((try * 5))
  done
  echo "$hash" >"$stamp"
}

# Builds widget and panel into web/*/dist, unless they were built from these very sources.
build_web() {
  local stamp=$root/build/web.built hash
  hash=$(web_hash)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$hash" ] && [ -d "$root/web/widget/dist" ] && [ -d "$root/web/pages/dist" ] && [ -d "$root/web/admin/dist" ]; then
    return 0
  fi
  rm -f "$stamp"
  (cd "$root/web" && npm run build) || return 1
  echo "$hash" >"$stamp"
}

configure_release() { cmake --preset release -S "$root"; }

# build_release TARGET…: compiles, and leaves the release binary as build/chatika. The name is replaced, never written
# through: a server may be running from it.
build_release() {
  ninja -C "$root/build/release" -j "$(jobs_for_memory)" "$@" || return 1
  cmp -s "$root/build/release/chatika" "$root/build/chatika" && return 0
  cp "$root/build/release/chatika" "$root/build/chatika.new" && mv -f "$root/build/chatika.new" "$root/build/chatika"
}
