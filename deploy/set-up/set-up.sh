#!/usr/bin/env bash
# Makes this checkout ready to run: set-up.sh run | demo | test
# Looks before it does anything, so that a second run costs next to nothing.
set -euo pipefail
export LC_ALL=C.UTF-8

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
logs=.cache/set-up
# shellcheck source=deploy/set-up/say.sh
source "$here/say.sh"

readonly node_major=20 node_minor=19

usage() {
  echo 'usage: set-up.sh run | demo | test'
  echo '  run   what the program needs: Debian packages, npm packages, build, model'
  echo '  demo  and what the simulated cameras need: an RTSP server, footage'
  echo '  test  and what the tests need, which today is the same'
}

check_programs() {
  local program version major minor
  for program in node npm make git; do
    command -v "$program" >/dev/null || fail 'programs' "'$program' is not on the PATH" \
      "install Node.js >= $node_major.$node_minor with npm, and the Debian packages make and git"
  done
  version=$(node --version)
  IFS=. read -r major minor _ <<<"${version#v}"
  if ((major < node_major || (major == node_major && minor < node_minor))); then
    fail 'programs' "node is $version, needed is >= $node_major.$node_minor" \
      'install a later Node.js; Debian 12 itself carries 18, so not from there'
  fi
  say 'programs' "node $version, npm, make and git are there"
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# Asks for sudo's password in the open, before a step whose output goes into a log.
become_root_or_fail() {
  ((EUID == 0)) && return
  command -v sudo >/dev/null || fail 'debian' "missing packages: $*; neither root nor sudo" \
    "as root: apt-get install --no-install-recommends $*"
  sudo -n true 2>/dev/null && return
  [[ -t 0 ]] && sudo -v && return
  fail 'debian' "missing packages: $*; sudo did not let us" "as root: apt-get install --no-install-recommends $*"
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q \
    -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o DPkg::Lock::Timeout=300 "$@"
}

fetch_and_install() {
  apt update
  apt install --no-install-recommends "$@"
}

apt_progress() { printf ', %s' "$(grep -aE '^(Get|Unpacking|Setting up)' "$1" | tail -n 1 | cut -c 1-60)"; }

install_debian_packages() {
  local -a wanted missing
  local groups=$1 present
  command -v dpkg-query >/dev/null || fail 'debian' 'this is not a Debian system' \
    "install what $here/packages.txt names with your own package manager, and put a dpkg-query in its place"
  mapfile -t wanted < <(awk -v groups="$groups" 'index(" " groups " ", " " $1 " ") { print $2 }' "$here/packages.txt")
  present=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^ii *//p' || true)
  mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort) <(sort <<<"$present"))
  if ((${#missing[@]} == 0)); then
    say 'debian' "all ${#wanted[@]} packages are there"
    return
  fi
  become_root_or_fail "${missing[@]}"
  long_step 'debian' "installing ${missing[*]}" apt_progress \
    'look at the log; is the network there, and are the lists in /etc/apt good?' fetch_and_install "${missing[@]}"
  tell_about_service "${missing[@]}"
}

# Debian's nats-server starts as a service of its own, which is not ours to stop.
tell_about_service() {
  if [[ " $* " == *' nats-server '* && -d /run/systemd/system ]]; then
    say 'note' "Debian's nats-server now also runs as a service on port 4222. Xueliang starts its own on a free port"
    say '' "and does not use that one; to stop it: systemctl disable --now nats-server"
  fi
}

npm_progress() { printf ', %d packages fetched' "$(grep -ac '\.tgz' "$1")"; }

install_npm_packages() {
  if node "$here/is-installed.mjs"; then
    say 'npm' 'the packages that package-lock.json names are there'
    return
  fi
  # onnxruntime-node would fetch GPU libraries from elsewhere; those for the CPU are in its package.
  ONNXRUNTIME_NODE_INSTALL=skip long_step 'npm' 'installing the packages that package-lock.json names' npm_progress \
    'look at the log; is the npm registry reached (npm ping), is there 2 GB of disk?' npm ci --loglevel=http
}

build() {
  if bash "$here/build.sh" --is-done; then
    say 'build' 'dist is up to date'
    return
  fi
  long_step 'build' 'compiling into dist' nothing_to_measure 'look at the log' bash "$here/build.sh"
}

# These two look for themselves what is there, and tell what they do.
# What it says itself is enough here; the log would say it again.
fetch_model() { XUELIANG_LOG_LEVEL=error node dist/main.js models pull default; }
prepare_footage() { node dist/deploy/demo/prepare.js; }

main() {
  local groups
  case "${1:-}" in
    run) groups='run' ;;
    demo) groups='run demo' ;;
    test) groups='run demo test' ;;
    -h | --help) usage && return ;;
    *) usage >&2 && exit 2 ;;
  esac
  check_programs
  install_debian_packages "$groups"
  install_npm_packages
  build
  fetch_model
  if [[ $1 != run ]]; then prepare_footage; fi
}

main "$@"
