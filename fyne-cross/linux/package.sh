#!/bin/sh
# package.sh amd64|arm64: fyne-cross/dist/houdbaar_VERSION_ARCH.deb and a tarball that
# needs no installing. Debian or Ubuntu; fyne-cross/deps.sh linux has brought the tools.
# TRIM= leaves -trimpath out, for a quick try: it compiles everything anew.
set -eu
cd "$(dirname "$0")/../.."
ARCH=$1
. fyne-cross/facts.sh
here=fyne-cross/linux
work=$TMP/linux-$ARCH
root=$work/houdbaar_${VERSION}_$ARCH
TRIM=${TRIM--trimpath}

case $ARCH in
amd64) triplet=x86_64-linux-gnu ;;
arm64) triplet=aarch64-linux-gnu ;;
*) echo "package.sh: amd64 or arm64, not $ARCH" >&2; exit 2 ;;
esac
CC=$triplet-gcc
[ "$ARCH" != "$(dpkg --print-architecture)" ] || CC=gcc
PKG_CONFIG_LIBDIR=/usr/lib/$triplet/pkgconfig:/usr/share/pkgconfig
export CC PKG_CONFIG_LIBDIR GOOS=linux GOARCH="$ARCH" CGO_ENABLED=1

rm -rf "$work"
mkdir -p "$work" "$DIST" "$root/usr/bin"
echo "Building for Linux on $ARCH; the first time takes some minutes."
$GO build $TRIM -ldflags "$STAMP" -o "$root/usr/bin/houdbaarctl" ./cmd/houdbaarctl
$GO build $TRIM -tags "$SHIPPED" -ldflags "$STAMP" -o "$root/usr/bin/houdbaar" ./cmd/houdbaar

share=$root/usr/share
doc=$share/doc/houdbaar
mkdir -p "$share/applications" "$share/metainfo" "$share/man/man1" "$doc" "$share/icons/hicolor/scalable/apps"
fill <$here/app.desktop >"$share/applications/$ID.desktop"
fill <$here/metainfo.xml >"$share/metainfo/$ID.metainfo.xml"
fill <$here/copyright >"$doc/copyright"
for page in houdbaar houdbaarctl; do
	fill <$here/$page.1 | gzip -9n >"$share/man/man1/$page.1.gz"
done
gzip -9nc assets/CHANGELOG.md >"$doc/changelog.gz"
cp assets/icon.svg "$share/icons/hicolor/scalable/apps/$ID.svg"
for size in 16 24 32 48 64 128 256 512; do
	mkdir -p "$share/icons/hicolor/${size}x$size/apps"
	rsvg-convert -w $size -h $size assets/icon.svg -o "$share/icons/hicolor/${size}x$size/apps/$ID.png"
done

# What is wrong with these shows here, not on somebody's computer.
desktop-file-validate "$share/applications/$ID.desktop"
appstreamcli validate --no-net --strict "$share/metainfo/$ID.metainfo.xml"

# The tarball is the same files, with a note instead of the package's lists.
portable=houdbaar-$VERSION-linux-$ARCH
mkdir -p "$work/$portable"
cp "$root/usr/bin/houdbaar" "$root/usr/bin/houdbaarctl" assets/icon.svg assets/CHANGELOG.md "$work/$portable/"
zcat "$share/man/man1/houdbaarctl.1.gz" >"$work/$portable/houdbaarctl.1"
fill <$here/README >"$work/$portable/README"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$portable" | gzip -9n >"$DIST/$portable.tar.gz"

# GLFW loads most of what it wants when it runs, so dpkg-shlibdeps cannot see that.
# A library that the program names and nobody here has a package for, fails.
loaded=
for lib in $(strings -a "$root/usr/bin/houdbaar" | grep -oE 'lib[A-Za-z0-9_+-]+\.so\.[0-9]+' | sort -u); do
	case $lib in
	libc.so.6 | libm.so.6 | libdl.so.2 | libpthread.so.0 | libresolv.so.2 | libGL.so.1 | libwayland-client.so.0) continue ;; # linked
	libX11.so.6) p=libx11-6 ;;
	libX11-xcb.so.1) p=libx11-xcb1 ;;
	libXcursor.so.1) p=libxcursor1 ;;
	libXext.so.6) p=libxext6 ;;
	libXi.so.6) p=libxi6 ;;
	libXinerama.so.1) p=libxinerama1 ;;
	libXrandr.so.2) p=libxrandr2 ;;
	libXrender.so.1) p=libxrender1 ;;
	libXxf86vm.so.1) p=libxxf86vm1 ;;
	libxkbcommon.so.0) p=libxkbcommon0 ;;
	libwayland-cursor.so.0) p=libwayland-cursor0 ;;
	libwayland-egl.so.1) p=libwayland-egl1 ;;
	libEGL.so.1) p=libegl1 ;;
	libGLESv2.so.2) p=libgles2 ;;
	libdecor-0.so.0 | libGLES*_CM.so.1 | libGLX.so.0 | libOpenGL.so.0 | libOSMesa.so.* | libvulkan.so.1 | libatspi.so.0) continue ;; # does without
	*) echo "package.sh: which package has $lib?" >&2; exit 1 ;;
	esac
	loaded="$loaded, $p"
done
mkdir -p "$work/debian"
printf 'Source: houdbaar\n\nPackage: houdbaar\nArchitecture: any\n' >"$work/debian/control"
linked=$(cd "$work" && dpkg-shlibdeps -O ${DEB_SHLIBDEPS_FLAGS:-} --ignore-missing-info -l"/usr/lib/$triplet" "../../../$root/usr/bin/houdbaar" "../../../$root/usr/bin/houdbaarctl" 2>shlibdeps.log |
	sed -n 's/^shlibs:Depends=//p') || { cat "$work/shlibdeps.log" >&2; exit 1; }
[ -n "$linked" ] || { cat "$work/shlibdeps.log" >&2; exit 1; }

mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<EOF
Package: houdbaar
Version: $VERSION
Architecture: $ARCH
Maintainer: The Houdbaar maintainers <maintainers@houdbaar.invalid>
Section: net
Priority: optional
Installed-Size: $(du -k -s --apparent-size "$root/usr" | cut -f1)
Depends: $linked$loaded, hicolor-icon-theme
Recommends: libgl1-mesa-dri, xdg-utils
Description: find routers and cameras that get no more security updates
 Houdbaar finds the routers and cameras in a home network, works out maker, model,
 hardware version and firmware, and says which must be replaced because their maker
 sends no more security updates. Every verdict names its source.
 .
 houdbaar opens a window; houdbaarctl does the same at a prompt. Nothing is sent to
 the Internet.
EOF
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum >DEBIAN/md5sums)
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f -exec chmod 644 {} +
chmod 755 "$root"/usr/bin/*
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$DIST/houdbaar_${VERSION}_$ARCH.deb" >/dev/null
ls -l "$DIST/houdbaar_${VERSION}_$ARCH.deb" "$DIST/$portable.tar.gz"
