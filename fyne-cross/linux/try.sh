#!/bin/sh
# try.sh: installs the package in a fresh Debian, starts what is in it, removes it, and
# wants nothing left. Needs root; made by package.sh before. Nothing is scanned: the
# window opens where there is no network.
#
# DEBIAN=bookworm the Debian that is installed in; MIRROR= where it comes from.
set -eu
cd "$(dirname "$0")/../.."
if [ "$(id -u)" != 0 ]; then exec sudo env GO="${GO:-go}" "$0"; fi
. fyne-cross/facts.sh
DEBIAN=${DEBIAN:-bookworm}
MIRROR=${MIRROR:-$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)}
arch=$(dpkg --print-architecture)
package=houdbaar_${VERSION}_$arch.deb
base=$TMP/debian-$DEBIAN
root=$PWD/$TMP/debian-try
say() { printf '%s\n' "== $*"; }
fail() { printf '%s\n' "try.sh: $*" >&2; exit 1; }

clean() {
	for m in dev proc; do umount "$root/$m" 2>/dev/null || :; done
}
trap clean EXIT
trap 'exit 1' INT TERM HUP

if [ ! -e "$base/made" ]; then
	say "A fresh Debian ($DEBIAN) from $MIRROR"
	rm -rf "$base"
	debootstrap --variant=minbase "$DEBIAN" "$base" "$MIRROR" >"$TMP/debootstrap.log" || { tail -n 5 "$TMP/debootstrap.log" >&2; exit 1; }
	touch "$base/made"
fi
clean
rm -rf --one-file-system "$root"
cp -a "$base" "$root"
cp /etc/resolv.conf "$root/etc/resolv.conf"
for f in /etc/apt/apt.conf.d/*proxy*; do [ ! -e "$f" ] || cp "$f" "$root/etc/apt/apt.conf.d/"; done
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mkdir -p "$root/tmp/home/.cache"
cp "$DIST/$package" "$root/tmp/"
in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp/home LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
apt() { in_root apt-get -y -qq -o Dpkg::Use-Pty=0 "$@" >"$TMP/apt.log" 2>&1 || { tail -n 15 "$TMP/apt.log" >&2; fail "apt-get $* failed"; }; }
files() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log \) -prune -o -print | LC_ALL=C sort); }

say "Install with what it depends on, and nothing else"
apt update
apt install --no-install-recommends "/tmp/$package"
in_root dpkg --verify houdbaar
apt purge houdbaar
files >"$TMP/before"

say "Install again, and start"
in_root dpkg -i "/tmp/$package" >"$TMP/dpkg.log" 2>&1 || { cat "$TMP/dpkg.log" >&2; fail "dpkg -i failed"; }
in_root houdbaarctl --version | tee "$TMP/version"
grep -q "^houdbaarctl $VERSION" "$TMP/version" || fail "the version is not $VERSION"
label="--on 2026-11-21 --vendor D-Link --model DIR-860L --revision A1 --lang en"
in_root houdbaarctl check $label >"$TMP/check.amd64" || [ $? -eq 1 ] || fail "houdbaarctl check does not work"
cat "$TMP/check.amd64"

say "The window, drawn by Mesa in software"
fyne-cross/window.sh "$TMP/window-linux.png" \
	chroot "$root" env -u XAUTHORITY PATH=/usr/bin:/bin HOME=/tmp/home XDG_CACHE_HOME=/tmp/home/.cache LANG=en_US.UTF-8 houdbaar --lang en || fail "the window did not open"

say "Without OpenGL it says what to do, and ends"
if XVFB='-extension GLX' fyne-cross/window.sh "$TMP/window-none.png" \
	chroot "$root" env -u XAUTHORITY PATH=/usr/bin:/bin HOME=/tmp/home LANG=en_US.UTF-8 houdbaar --lang en >/dev/null 2>&1; then fail "a window without OpenGL?"; fi
grep 'houdbaarctl scan' "$TMP/window-none.png.log" || fail "it did not say what to do"

say "Remove, and look what is left"
in_root dpkg --purge houdbaar >"$TMP/dpkg.log" 2>&1 || { cat "$TMP/dpkg.log" >&2; fail "dpkg --purge failed"; }
files >"$TMP/after"
diff "$TMP/before" "$TMP/after" || fail "these files were left or are gone"

say "The tarballs, and the other processor"
for tarball in "$DIST"/houdbaar-"$VERSION"-linux-*.tar.gz; do
	case $tarball in *-arm64.*) other=arm64 ;; *) other=amd64 ;; esac
	rm -rf "$TMP/unpacked"
	mkdir "$TMP/unpacked"
	tar -C "$TMP/unpacked" --strip-components=1 -xzf "$tarball"
	run=
	[ $other = "$arch" ] || run=qemu-$(echo $other | sed 's/arm64/aarch64/; s/amd64/x86_64/')-static
	HOME=$PWD/$TMP/home $run "$TMP/unpacked/houdbaarctl" check $label >"$TMP/check.$other" || [ $? -eq 1 ] || fail "$tarball does not work"
	cmp "$TMP/check.amd64" "$TMP/check.$other"
	echo "$tarball: houdbaarctl says the same"
done
for other in "$DIST"/houdbaar_"$VERSION"_*.deb; do
	apt-get install -s -qq "./$other" >"$TMP/apt.log" 2>&1 || { tail -n 15 "$TMP/apt.log" >&2; fail "$other depends on what there is not"; }
	echo "$other: $(dpkg-deb -f "$other" Depends)"
done
rm -rf --one-file-system "$TMP/unpacked" "$TMP/home"
say "Installs, starts and goes without a trace"
