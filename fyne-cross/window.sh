#!/bin/sh
# window.sh PICTURE COMMAND...: starts a program on a screen that no monitor shows and in
# a network of its own, waits for the window named Houdbaar, keeps a picture of it, and
# ends the program. As root, or where users may make network namespaces.
set -eu
if [ -z "${HOUDBAAR_ALONE:-}" ]; then
	if [ "$(id -u)" = 0 ]; then exec env HOUDBAAR_ALONE=1 unshare -n "$0" "$@"; fi
	exec env HOUDBAAR_ALONE=1 unshare -Urn "$0" "$@"
fi
picture=$1
shift
log=$picture.log
program=
clean() {
	[ -z "$program" ] || kill "$program" 2>/dev/null || :
	kill "$xvfb" 2>/dev/null || :
	rm -f "$picture.display"
}
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp ${XVFB:-} 3>"$picture.display" 2>/dev/null &
xvfb=$!
trap clean EXIT
trap 'exit 1' INT TERM HUP
until [ -s "$picture.display" ]; do kill -0 $xvfb || exit 1; sleep 0.1; done
DISPLAY=:$(cat "$picture.display")
export DISPLAY
"$@" >"$log" 2>&1 &
program=$!
n=0
until id=$(xdotool search --name '^Houdbaar$' 2>/dev/null); do
	n=$((n + 1))
	if ! kill -0 $program 2>/dev/null || [ $n -gt 600 ]; then
		tail -n 20 "$log" >&2
		echo "window.sh: no window" >&2
		exit 1
	fi
	sleep 0.2
done
sleep 5 # for the drawing
echo "The window: $(xdotool getwindowgeometry "$(echo "$id" | head -n 1)" | sed -n 's/.*Geometry: //p')"
import -window root "$picture"
# A window in which nothing was drawn has one colour.
colours=$(convert "$picture" -unique-colors -format '%w' info:)
[ "$colours" -gt 50 ] || { cat "$log" >&2; echo "window.sh: only $colours colours were drawn" >&2; exit 1; }
echo "It drew $colours colours: $picture"
cat "$log"
