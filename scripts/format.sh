#!/bin/bash
# Lays out the C++ as .clang-format says; with --check only tells what is not.
#   scripts/format.sh [--check]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mode=(-i)
case "${1-}" in
  '') ;;
  --check) mode=(--dry-run -Werror --ferror-limit=1) ;;
  *) echo "usage: $0 [--check]" >&2; exit 2 ;;
esac
find src bench tests \( -name node_modules -o -name testdata \) -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
  sort -z | xargs -0 -r clang-format-19 "${mode[@]}"
