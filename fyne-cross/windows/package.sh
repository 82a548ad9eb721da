#!/bin/sh
# package.sh: fyne-cross/dist/houdbaar-VERSION-windows-amd64.zip and -setup.exe, built on
# Debian or Ubuntu with mingw-w64; fyne-cross/deps.sh windows has brought the tools.
# sign.sh says how they are signed. TRIM= leaves -trimpath out, for a quick try: it
# compiles everything anew, which takes ten minutes of one processor.
set -eu
cd "$(dirname "$0")/../.."
ARCH=amd64
. fyne-cross/facts.sh
here=fyne-cross/windows
work=$TMP/windows-$ARCH
portable=houdbaar-$VERSION-windows-$ARCH
out=$work/$portable
TRIM=${TRIM--trimpath}
mingw=x86_64-w64-mingw32
CC=$mingw-gcc
export CC GOOS=windows GOARCH=$ARCH CGO_ENABLED=1

rm -rf "$work"
mkdir -p "$out" "$DIST"

pngs=
for size in 16 20 24 32 40 48 64 256; do
	rsvg-convert -w $size -h $size assets/icon.svg -o "$work/$size.png"
	pngs="$pngs $work/$size.png"
done
convert $pngs "$work/houdbaar.ico"

# build NAME WHAT TAGS FLAGS: a program with its version, icon and manifest. They go to
# the linker, not as a .syso into the source.
build() {
	PROGRAM=$1 WHAT=$2
	mkdir -p "$work/$1"
	cp "$work/houdbaar.ico" "$work/$1/"
	fill <$here/program.rc >"$work/$1/program.rc"
	fill <$here/program.manifest >"$work/$1/program.manifest"
	(cd "$work/$1" && $mingw-windres -c 65001 -O coff program.rc resources.o)
	echo "Building $1.exe; the first time takes some minutes."
	$GO build $TRIM -tags "$3" -ldflags "$STAMP $4 -extldflags=$PWD/$work/$1/resources.o" -o "$out/$1.exe" "./cmd/$1"
}
# Fyne's OpenGL ES is for Linux: Windows' drivers promise OpenGL 2.
build houdbaarctl "$NAME at a prompt" "" ""
build houdbaar "$NAME" "$(echo "$SHIPPED" | sed 's/gles,//')" "-H=windowsgui"

# For Notepad, which wants to be told that it is UTF-8.
crlf() { printf '\357\273\277'; sed 's/$/\r/'; }
for readme in README LEESMIJ; do fill <$here/$readme.txt | crlf >"$out/$readme.txt"; done
crlf <assets/CHANGELOG.md >"$out/CHANGELOG.txt"
$here/sign.sh "$out/houdbaar.exe" "$out/houdbaarctl.exe"

find "$out" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
rm -f "$DIST/$portable.zip"
(cd "$work" && find "$portable" | LC_ALL=C sort | TZ=UTC zip -q -X -9 "../../dist/$portable.zip" -@)

cp "$work/houdbaar.ico" "$out/"
makensis -V2 -NOCD -DSOURCE="$PWD/$out" -DOUT="$PWD/$DIST/$portable-setup.exe" -DNAME="$NAME" -DID="$ID" \
	-DVERSION="$VERSION" -DNUMBERS="$VERSION.$BUILDNR" $here/installer.nsi
rm "$out/houdbaar.ico"
$here/sign.sh "$DIST/$portable-setup.exe"
ls -l "$DIST/$portable.zip" "$DIST/$portable-setup.exe"
