#!/usr/bin/env bash
# Copies a stopped site's folder into one archive: configuration and alerts (in the bus), outbox, history, evidence.
set -euo pipefail
export LC_ALL=C.UTF-8
umask 077 # the archive holds what the site holds: alerts, pictures, hashes of passwords
# shellcheck source=deploy/backup/site-folder.sh
source "$(dirname "${BASH_SOURCE[0]}")/site-folder.sh"

usage() {
  echo 'usage: backup.sh [--without-evidence] <site folder> <archive.tar.zst | archive.tar.gz>'
  echo '  --without-evidence  leaves pictures and clips out; alerts then say that theirs are gone'
}

with_evidence=yes
site=
archive=
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage && exit 0 ;;
    --without-evidence) with_evidence=no ;;
    -*) usage >&2 && exit 2 ;;
    *) if [[ -z $site ]]; then site=$argument; elif [[ -z $archive ]]; then archive=$argument; else usage >&2 && exit 2; fi ;;
  esac
done
[[ -n $site && -n $archive ]] || { usage >&2 && exit 2; }

[[ -d $site ]] || fail "there is no folder '$site'"
packer=$(packer_of "$archive")
command -v "$packer" >/dev/null || fail "'$packer' is not installed: give a name ending in .tar.gz, or install it"
[[ ! -e $archive ]] || fail "'$archive' exists already: name another file"
[[ $(realpath -m "$archive") != "$(realpath "$site")"/* ]] || fail "'$archive' is inside the site's folder: put it elsewhere, best on another disk"
pid=$(running_pid "$site")
[[ -z $pid ]] || fail "the site in '$site' is running (process $pid): stop it first, a copy taken now would not fit together"
link=$(find "$site" -mindepth 1 -type l -print -quit)
[[ -z $link ]] || fail "'$link' is a symbolic link, which would not be followed: put the folder itself in its place (a bind mount does)"

work=$(mktemp -d)
partial=$archive.partial
trap 'rm -rf "$work" "$partial"' EXIT

skip=(-path "./$run_folder" -o -path "./$lock_file" -o -path "./$exports_folder")
if [[ $with_evidence == no ]]; then skip+=(-o -path "./$evidence_folder"); fi

# Folders are listed too: an empty one matters to whoever made it.
(cd "$site" && find . -mindepth 1 \( "${skip[@]}" \) -prune -o \( -type f -o -type d \) -print0 | sort -z) >"$work/names"
(cd "$site" && find . -mindepth 1 \( "${skip[@]}" \) -prune -o -type f -print0 | sort -z | xargs -0 -r sha256sum) >"$work/$manifest"

tar --create --no-recursion --file - -C "$work" "$manifest" -C "$(realpath "$site")" --null --files-from "$work/names" |
  "$packer" -c >"$partial"
sync "$partial"
[[ ! -e $archive ]] || fail "'$archive' came into being meanwhile: two backups at once?"
mv "$partial" "$archive"
printf 'backup: %s files, %s, in %s\n' "$(wc -l <"$work/$manifest")" "$(du -h "$archive" | cut -f 1)" "$archive"
