#!/bin/sh
# package.sh, on a Mac with Xcode's command line tools, Go and librsvg (rsvg-convert):
# fyne-cross/dist/houdbaar-VERSION-macos.dmg, for Apple and Intel processors in one.
#
# HOUDBAAR_SIGN_ID       the Developer ID Application certificate in the keychain
# HOUDBAAR_NOTARY        a profile made with: xcrun notarytool store-credentials NAME
#
# Without the first the app is signed for this Mac only ("-"): it starts here, and
# elsewhere after a right click and Open. Without the second it is not notarised.
set -eu
cd "$(dirname "$0")/../.."
ARCH=universal
. fyne-cross/facts.sh
here=fyne-cross/darwin
work=$TMP/darwin
TRIM=${TRIM--trimpath}
[ "$(uname)" = Darwin ] || { echo "package.sh: Apple's frameworks are on a Mac only; README.md says what can be done here" >&2; exit 1; }

mkdir -p "$work" "$DIST"
$here/bundle.sh "$work"
app=$work/$NAME.app
export CGO_ENABLED=1 MACOSX_DEPLOYMENT_TARGET=12.0
tags=$(echo "$SHIPPED" | sed 's/gles,//') # OpenGL 2 is what macOS has
for arch in arm64 amd64; do
	case $arch in arm64) clang=arm64 ;; *) clang=x86_64 ;; esac
	export GOARCH=$arch CGO_CFLAGS="-O2 -g -arch $clang" CGO_LDFLAGS="-arch $clang"
	$GO build $TRIM -tags "$tags" -ldflags "$STAMP" -o "$work/houdbaar-$arch" ./cmd/houdbaar
	$GO build $TRIM -ldflags "$STAMP" -o "$work/houdbaarctl-$arch" ./cmd/houdbaarctl
done
for program in houdbaar houdbaarctl; do
	lipo -create -output "$app/Contents/MacOS/$program" "$work/$program-arm64" "$work/$program-amd64"
done

# From the inside out: the app's signature covers what is in it.
for what in "$app/Contents/MacOS/houdbaarctl" "$app"; do
	codesign --force --options runtime ${HOUDBAAR_SIGN_ID:+--timestamp} --entitlements $here/entitlements.plist \
		--sign "${HOUDBAAR_SIGN_ID:--}" "$what"
done
codesign --verify --strict --verbose=2 "$app"

dmg=$DIST/houdbaar-$VERSION-macos.dmg
stage=$work/dmg
rm -rf "$stage" "$dmg"
mkdir "$stage"
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "$NAME $VERSION" -srcfolder "$stage" -format UDZO "$dmg"
if [ -n "${HOUDBAAR_SIGN_ID:-}" ]; then codesign --sign "$HOUDBAAR_SIGN_ID" --timestamp "$dmg"; fi
if [ -n "${HOUDBAAR_NOTARY:-}" ]; then
	xcrun notarytool submit "$dmg" --keychain-profile "$HOUDBAAR_NOTARY" --wait
	xcrun stapler staple "$dmg"
	spctl --assess --type open --context context:primary-signature --verbose "$dmg"
else
	echo "Not notarised, because HOUDBAAR_NOTARY names no profile: $dmg"
fi
ls -l "$dmg"
