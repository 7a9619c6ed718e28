#!/usr/bin/env bash
# Puts a backup back as a site's folder, after checking every file of it.
set -euo pipefail
export LC_ALL=C.UTF-8
umask 077
# shellcheck source=deploy/backup/site-folder.sh
source "$(dirname "${BASH_SOURCE[0]}")/site-folder.sh"

usage() { echo 'usage: restore.sh <archive.tar.zst | archive.tar.gz> <site folder, empty or not there yet>'; }

if [[ ${1:-} == -h || ${1:-} == --help ]]; then usage && exit 0; fi
(($# == 2)) || { usage >&2 && exit 2; }
archive=$1
site=${2%/}

[[ -f $archive ]] || fail "there is no file '$archive'"
packer=$(packer_of "$archive")
command -v "$packer" >/dev/null || fail "'$packer' is not installed"
if [[ -e $site ]]; then
  [[ -d $site ]] || fail "'$site' is not a folder"
  [[ -z $(find "$site" -mindepth 1 -print -quit) ]] || fail "'$site' is not empty: restore into another folder, or move it away first"
fi

# Beside the folder, so that it takes its place in one step and only when all is well.
restoring=$site.restoring
[[ ! -e $restoring ]] || fail "'$restoring' is there from an earlier try: remove it first"
mkdir -p "$restoring"
trap 'rm -rf "$restoring"' EXIT

"$packer" -dc "$archive" | tar --extract --file - -C "$restoring" --preserve-permissions ||
  fail "'$archive' cannot be unpacked: it is cut off or damaged, or the disk is full"
[[ -f $restoring/$manifest ]] || fail "'$archive' has no $manifest: it was not made by backup.sh"

cd "$restoring"
sha256sum --check --strict --quiet "$manifest" >&2 || [[ ! -s $manifest ]] || fail "'$archive' is damaged: the files above differ"
listed=$(wc -l <"$manifest")
found=$(find . -type f ! -path "./$manifest" -printf x | wc -c)
strange=$(find . ! -type f ! -type d -print -quit)
[[ $listed == "$found" && -z $strange ]] || fail "'$archive' holds what its manifest does not name: do not trust it"
rm "$manifest"
cd - >/dev/null

if [[ -d $site ]]; then rmdir "$site"; fi
mv "$restoring" "$site"
printf 'restore: %s files, each as it was, in %s\n' "$listed" "$site"
