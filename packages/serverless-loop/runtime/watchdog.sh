# Ends what the loop has started when the loop is gone without having done so: killed, or out of memory. Reads from the
# loop, a line each, which families of processes begin (+) and have ended (-), as GROUP:MARK; the end of its input is the
# end of the loop. A shell, because it waits in 1 MB, and every system that the loop runs on has one.

families=' '
while read -r sign family; do
  case $sign in
    +) families="$families$family " ;;
    -) families="${families%%" $family "*} ${families#*" $family "}" ;;
  esac
done

set --
for family in $families; do
  kill -s KILL -- "-${family%%:*}" 2>/dev/null
  set -- "$@" -e "${family#*:}"
done
[ $# -gt 0 ] || exit 0

# A process that has left its group is found by the mark in its environment.
marked() {
  if [ -r /proc/self/environ ]; then
    for environ in /proc/[0-9]*/environ; do
      grep -qF "$@" "$environ" 2>/dev/null || continue
      pid=${environ#/proc/}
      echo "${pid%/environ}"
    done
  else
    ps axeww -o pid=,command= | grep -F "$@" | while read -r pid _; do echo "$pid"; done
  fi
}
for pid in $(marked "$@"); do kill -s KILL "$pid" 2>/dev/null; done
