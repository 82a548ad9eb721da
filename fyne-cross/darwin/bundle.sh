#!/bin/sh
# bundle.sh FOLDER: makes FOLDER/Houdbaar.app without the program in it, on any system,
# and checks its lists. package.sh fills it on a Mac.
set -eu
cd "$(dirname "$0")/../.."
. fyne-cross/facts.sh
here=fyne-cross/darwin
app=$1/$NAME.app
rm -rf "$app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
fill <$here/Info.plist | while IFS= read -r line; do
	if [ "$line" = "@BONJOUR@" ]; then $here/bonjour.sh; else printf '%s\n' "$line"; fi
done >"$app/Contents/Info.plist"
cp -R $here/en.lproj $here/nl.lproj "$app/Contents/Resources/"
printf 'APPL????' >"$app/Contents/PkgInfo"

# The icon: Apple's tools on a Mac, icnsutils elsewhere; both from one drawing.
icons=$1/icon.iconset
mkdir -p "$icons"
for size in 16 32 128 256 512; do
	rsvg-convert -w $size -h $size assets/icon.svg -o "$icons/icon_${size}x$size.png"
	rsvg-convert -w $((size * 2)) -h $((size * 2)) assets/icon.svg -o "$icons/icon_${size}x$size@2x.png"
done
if command -v iconutil >/dev/null; then
	iconutil -c icns -o "$app/Contents/Resources/icon.icns" "$icons"
else
	png2icns "$app/Contents/Resources/icon.icns" "$icons/icon_16x16.png" "$icons/icon_32x32.png" "$icons/icon_128x128.png" \
		"$icons/icon_256x256.png" "$icons/icon_512x512.png" "$icons/icon_512x512@2x.png" >/dev/null
fi
rm -r "$icons"
if command -v plutil >/dev/null; then
	plutil -lint "$app/Contents/Info.plist" $here/entitlements.plist "$app"/Contents/Resources/*.lproj/InfoPlist.strings
fi
echo "$app"
