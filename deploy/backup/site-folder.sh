# shellcheck shell=bash
# What backup and restore both know of a site's folder.

# Held by a running `up`, and what only means something while it runs.
lock_file=up.pid
run_folder=run
evidence_folder=evidence
# Archives of exports end with their approval: a copy would not. What is still approved is made again.
exports_folder=exports
manifest=MANIFEST.sha256

fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# The process that runs the site, if one does. A number left by a crash may be somebody else's by now.
running_pid() {
  local file pid
  for file in "$1/$lock_file" "$1/$run_folder"/*/*.pid; do
    [[ -f $file ]] || continue
    read -r pid _ <"$file" || true
    [[ $pid =~ ^[0-9]+$ && -d /proc/$pid ]] || continue
    if tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qE 'main\.(js|ts)|xueliang|nats-server'; then
      echo "$pid"
      return
    fi
  done
}

# What is in an archive, and how it is packed, by its name.
packer_of() {
  case "$1" in
    *.tar.zst) echo 'zstd' ;;
    *.tar.gz) echo 'gzip' ;;
    *) fail "'$1' is neither .tar.zst nor .tar.gz" ;;
  esac
}
