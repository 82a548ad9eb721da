#!/bin/sh
# sign.sh FILE...: sign programs for Windows (Authenticode) in place.
#
# HOUDBAAR_SIGN_P12  the certificate and its key, PKCS#12
# HOUDBAAR_SIGN_PASS a file that holds the password of it (not the password itself)
# HOUDBAAR_SIGN_TIME an RFC 3161 time stamp service; without one the signature ends with
#                    the certificate. Asking it is the only step that goes to the Internet.
#
# Without a certificate it says so and leaves the files unsigned.
set -eu
. fyne-cross/facts.sh
if [ -z "${HOUDBAAR_SIGN_P12:-}" ]; then
	echo "Not signed, because HOUDBAAR_SIGN_P12 names no certificate: $*"
	exit 0
fi
for f; do
	osslsigncode sign -pkcs12 "$HOUDBAAR_SIGN_P12" -readpass "$HOUDBAAR_SIGN_PASS" -h sha256 -n "$NAME $VERSION" \
		${HOUDBAAR_SIGN_TIME:+-ts "$HOUDBAAR_SIGN_TIME"} -in "$f" -out "$f.signed" >/dev/null
	mv "$f.signed" "$f"
	echo "Signed: $f"
done
