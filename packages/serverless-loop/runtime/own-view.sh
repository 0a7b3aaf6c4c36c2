# Starts a program in a view of the file system of its own, as an execution environment of Lambda has one: /tmp is empty and
# holds so much, and the code is for reading only. To be run in a mount namespace of its own.
#
#   own-view.sh first|meanwhile SIZE_MB FOLDER READ_ONLY KEPT PROGRAM ARGUMENT...
#
# `first` mounts before the program begins, `meanwhile` beside its start; descriptor 4 is closed when all is mounted. The
# program begins in FOLDER. READ_ONLY and KEPT are paths, one a line: KEPT are entries of the machine's /tmp that stay there.

when=$1 size=$2 folder=$3 readOnly=$4 kept=$5
shift 5

mountAll() {
  IFS='
'
  set -f
  place=/tmp
  [ -z "$kept" ] || place=/mnt
  mount -t tmpfs -o "size=${size}m,mode=1777" tmp "$place"
  for entry in $kept; do
    if [ -L "$entry" ]; then cp -P "$entry" /mnt
    else mkdir "/mnt/${entry#/tmp/}" && mount --rbind "$entry" "/mnt/${entry#/tmp/}"
    fi
  done
  [ -z "$kept" ] || mount --move /mnt /tmp
  for entry in $readOnly; do mount --bind -o ro "$entry" "$entry"; done
}

if [ "$when" = meanwhile ]; then
  # Its parent is gone at once: the program has no child that it doesn't know.
  (mountAll </dev/null >/dev/null 3>&- &)
else
  mountAll </dev/null >/dev/null
  cd "$folder" || exit 1
fi
exec "$@" 4>&-
