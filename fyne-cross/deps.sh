#!/bin/sh
# deps.sh run|test|linux|windows: install what is missing to build and open the window,
# to run all checks, or to make the packages for a system, on Debian and Ubuntu. Says what and why before it asks for a password.
# Elsewhere it names what is needed and goes on: README.md has the names there.
set -eu

# A C compiler for cgo (Fyne, SQLite), and the headers that Fyne's GLFW wants.
run="gcc libc6-dev pkg-config libgl-dev libegl-dev libgles-dev
 libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev
 libwayland-dev libxkbcommon-dev"

# A screen without a monitor, and a hand for the mouse.
screen="xvfb xauth libgl1-mesa-dri xdotool x11-apps imagemagick fonts-dejavu-core"
# The network of the tests, real routers, cameras and media servers for it, and
# other programs that look for them.
lab="iproute2 mount util-linux miniupnpd miniupnpd-iptables iptables avahi-daemon avahi-utils dbus
 minidlna wsdd2 nftables gssdp-tools gupnp-tools nmap curl"
# What some releases lack (Debian 13 has no wsdd): brought with the rest where there is one.
perhaps="wsdd"
# Daemons that must not begin to serve on this computer's own network.
daemons="miniupnpd minidlna avahi-daemon wsdd2"

# Packages: icons, lists, checks of them, and compilers for elsewhere. The arm64
# headers are the same as the native ones, from the same archive.
drawn="librsvg2-bin imagemagick"
arm64="gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static"
for p in $(echo "$run" | tr ' ' '\n' | grep -- '-dev$' | grep -v libc6-dev); do arm64="$arm64 $p:arm64"; done
linux="$run $drawn $arm64 dpkg-dev binutils desktop-file-utils appstream debootstrap xvfb xdotool"
windows="gcc libc6-dev $drawn gcc-mingw-w64-x86-64 binutils-mingw-w64-x86-64 nsis zip osslsigncode openssl wine wine64 xvfb xdotool"

case "${1:-}" in
run) want=$run why="to compile and open the window" ;;
test) want="$run $screen $lab" why="to run all checks (the daemons are run in private networks only, and are neither started nor enabled)" ;;
linux) want=$linux why="to make and try packages for Linux, on amd64 and arm64" ;;
windows) want=$windows why="to make packages for Windows and to start them under Wine" ;;
*) echo "usage: $0 run|test|linux|windows" >&2; exit 2 ;;
esac

if ! command -v go >/dev/null; then
	echo "Go is missing: https://go.dev/dl/ has it (1.21 or newer fetches the right one by itself)." >&2
	exit 1
fi

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
	if [ "$1" = run ]; then
		echo "This is not Debian or Ubuntu: see README.md for the packages that cgo and Fyne need here."
	else
		echo "This is not Debian or Ubuntu: checks that need these will fail or be skipped:" $screen $lab
	fi
	exit 0
fi

installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | sort -u)" = installed ]
}

missing=
fresh= # daemons that this script brings
for p in $want; do
	installed "$p" && continue
	missing="$missing $p"
	case " $daemons " in *" $p "*) fresh="$fresh $p" ;; esac
done
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "These packages are missing, $why, and there is no sudo. As root:" >&2
		echo "  apt-get update && apt-get install --no-install-recommends$missing" >&2
		exit 1
	fi
	sudo=sudo
fi
echo "Installing$missing"
echo "  $why.${sudo:+ sudo may ask for your password.}"

case "$missing" in *:arm64*) $sudo dpkg --add-architecture arm64 ;; esac
$sudo apt-get update -qq
if [ "$1" = test ]; then
	for p in $perhaps; do
		installed "$p" && continue
		LC_ALL=C apt-cache policy "$p" | grep -q 'Candidate: [0-9]' || continue
		echo "Installing $p too."
		missing="$missing $p" fresh="$fresh $p"
	done
fi

# policy-rc.d is asked whether a package may start its daemon: no.
policy=/usr/sbin/policy-rc.d
ours=
if [ -n "$fresh" ] && [ ! -e $policy ]; then
	printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null
	$sudo chmod 755 $policy
	ours=1
	trap '$sudo rm -f $policy' EXIT
	trap 'exit 1' INT TERM HUP
fi
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
# Nor at the next start of the computer.
for d in $fresh; do
	if command -v systemctl >/dev/null; then
		$sudo systemctl disable --quiet "$d" 2>/dev/null || true
	else
		$sudo deb-systemd-helper disable "$d.service" >/dev/null 2>&1 || true
	fi
done
