#!/usr/bin/env bash
# Compiles the sources into dist, which mirrors them, and copies what they read at run time beside them.
# build.sh            builds
# build.sh --is-done  exits 0 when dist was built from exactly these sources
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

stamp=dist/.built-from

# Everything below these folders that the program reads at run time, besides code.
assets() {
  find core ingest inference alerts api models deploy commands -type f \
    \( -name '*.json' -o -name '*.yaml' -o -name '*.sql' -o -name '*.py' -o -name '*.conf' \) ! -path '*/fixtures/*' \
    2>/dev/null || true
}

sources() {
  find . \( -name node_modules -o -name dist -o -name .git -o -name .cache -o -name var -o -path ./test -o -path ./bench \
    -o -path ./docs \) -prune -o -type f \( -name '*.ts' -o -path './console/*' \) ! -name '*.test.ts' ! -name '*.test.tsx' -print
  assets
  echo tsconfig.json tsconfig.build.json package.json package-lock.json deploy/set-up/build.sh | tr ' ' '\n'
}

hash_of_sources() { sources | sort | tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1; }

if [[ ${1:-} == --is-done ]]; then
  [[ -f $stamp && $(<"$stamp") == "$(hash_of_sources)" ]]
  exit
fi

built_from=$(hash_of_sources)
rm -rf dist
node_modules/.bin/tsc -p tsconfig.build.json
assets | tr '\n' '\0' | xargs -0 -r cp --parents -t dist
node_modules/.bin/vite build --logLevel warn
chmod +x dist/main.js
echo "$built_from" >"$stamp"
