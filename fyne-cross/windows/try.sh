#!/bin/sh
# try.sh: starts what package.sh made under Wine, with a screen that no monitor shows,
# and wants the same answers as on Linux, byte for byte. Signs copies with a throw-away
# certificate, installs for one user, and removes. Nothing is scanned.
#
# Wine 8 (Debian 12) has no bcryptprimitives.dll, which every Go program since 1.21
# loads; prng.c stands in for it. Nor does it know SIO_UDP_NETRESET, so that no UDP
# socket opens: searching a network is not tried here. Its uiautomationcore.dll lacks what
# Fyne tells screen readers through, and is left out.
set -eu
cd "$(dirname "$0")/../.."
. fyne-cross/facts.sh
here=fyne-cross/windows
portable=houdbaar-$VERSION-windows-amd64
try=$PWD/$TMP/windows-try
say() { printf '%s\n' "== $*"; }
fail() { printf '%s\n' "try.sh: $*" >&2; exit 1; }

# Wine gets a home of its own; Go keeps what it has compiled.
GOCACHE=$($GO env GOCACHE) GOMODCACHE=$($GO env GOMODCACHE)
export GOCACHE GOMODCACHE
export WINEPREFIX="$try/wine" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml,uiautomationcore=" HOME="$try/home" LIBGL_ALWAYS_SOFTWARE=1
wine=$(command -v wine64 || ls /usr/lib/wine/wine64)
# Stops the Wine of this prefix only.
wineserver_stop() { wineserver -k 2>/dev/null || :; }
trap wineserver_stop EXIT
trap 'exit 1' INT TERM HUP

rm -rf "$try"
mkdir -p "$try/home" "$try/unpacked"
say "What the programs say of themselves"
(cd "$try/unpacked" && unzip -q "../../../dist/$portable.zip")
exe=$try/unpacked/$portable
for program in houdbaar houdbaarctl; do
	x86_64-w64-mingw32-objdump -p "$exe/$program.exe" | grep -E '^Subsystem' | tee "$try/subsystem"
	case $program in houdbaar) want='Windows GUI' ;; *) want='Windows CUI' ;; esac
	grep -q "($want)" "$try/subsystem" || fail "$program.exe is no $want program"
	for word in PerMonitorV2 longPathAware asInvoker "$ID.$program"; do
		grep -aq "$word" "$exe/$program.exe" || fail "$program.exe: no $word in its manifest"
	done
	# Strings of a version resource are UTF-16.
	for word in "$VERSION" "$NAME" ProductVersion; do
		tr -d '\0' <"$exe/$program.exe" | grep -aq "$word" || fail "$program.exe: no $word in its version"
	done
	x86_64-w64-mingw32-objdump -p "$exe/$program.exe" | sed -n 's/.*DLL Name: //p' | sort -f | tr '\n' ' '
	echo
done

say "Wine: $($wine --version)"
$wine wineboot -i >/dev/null 2>&1
x86_64-w64-mingw32-gcc -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" $here/prng.c -ladvapi32

say "houdbaarctl.exe answers as on Linux"
$GO build -o "$try/houdbaarctl" ./cmd/houdbaarctl
same() {
	"$try/houdbaarctl" "$@" >"$try/linux.out" 2>"$try/linux.err" && linux=0 || linux=$?
	$wine "$exe/houdbaarctl.exe" "$@" >"$try/windows.out" 2>"$try/windows.err" && windows=0 || windows=$?
	if grep -a '^wine: ' "$try/windows.err"; then # once in some fifty runs Wine falls over as a program ends
		echo "Wine fell over; once more"
		$wine "$exe/houdbaarctl.exe" "$@" >"$try/windows.out" 2>"$try/windows.err" && windows=0 || windows=$?
	fi
	cmp "$try/linux.out" "$try/windows.out" && cmp "$try/linux.err" "$try/windows.err" && [ $linux = $windows ] || {
		head -n 5 "$try/windows.err" >&2
		fail "houdbaarctl $*: not the same (status $linux, $windows)"
	}
	echo "the same, status $linux, $(wc -c <"$try/linux.out") bytes: houdbaarctl $(echo "$*" | cut -c1-90)"
}
on="--on 2026-11-21"
for lang in nl en; do
	same check $on --lang $lang --vendor D-Link --model DIR-860L --revision A1
	same check $on --lang $lang --model 'no such model'
	same check $on --lang $lang --json --vendor TP-Link --model 'Archer C7' --revision V5
	same identify $on --lang $lang internal/lab/recordings/*
	same identify $on --lang $lang --json internal/lab/recordings/*
	same questions --lang $lang
	same --help --lang $lang
	same check --lang $lang --no-such-flag
done
$wine "$exe/houdbaarctl.exe" --version | tee "$try/version"
grep -q "^houdbaarctl $VERSION" "$try/version" || fail "the version is not $VERSION"
ls "$WINEPREFIX"/drive_c/users/*/AppData/Local/Houdbaar/catalogue* >/dev/null || fail "the list of devices is not in the user's folder"

say "What asks Windows itself: the language, the folders, the gateways and the neighbours"
for room in app lan; do CGO_ENABLED=1 GOOS=windows CC=x86_64-w64-mingw32-gcc $GO test -trimpath -c -o "$try/$room.test.exe" ./internal/$room; done
cat >"$try/home.sh" <<'EOF'
ip link add e0 type veth peer name e1
ip link set e1 up
ip addr add 10.77.0.2/24 dev e0
ip link set e0 up
ip neigh replace 10.77.0.1 lladdr 02:00:5e:00:53:01 nud permanent dev e0
ip route add default via 10.77.0.1
cd internal/app
"$1" "$2/app.test.exe" -test.v -test.run 'System'
cd ../lan
HOUDBAAR_GATEWAY=10.77.0.1 HOUDBAAR_GATEWAY_MAC=02:00:5e:00:53:01 "$1" "$2/lan.test.exe" -test.v -test.run TheSystemsTables
EOF
wineserver_stop # the next one must live in the network of the test
if [ "$(id -u)" = 0 ]; then unshare -n sh -e "$try/home.sh" "$wine" "$try"; else unshare -Urn sh -e "$try/home.sh" "$wine" "$try"; fi
wineserver_stop

say "The window"
fyne-cross/window.sh "$TMP/window-windows.png" "$wine" "$exe/houdbaar.exe" --lang nl || fail "the window did not open"
wineserver_stop

say "Sign copies with a throw-away certificate, and check the signature"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Throw-away" -addext extendedKeyUsage=codeSigning \
	-keyout "$try/key.pem" -out "$try/cert.pem" 2>/dev/null
echo thrown-away >"$try/pass"
openssl pkcs12 -export -in "$try/cert.pem" -inkey "$try/key.pem" -passout "file:$try/pass" -out "$try/cert.p12"
mkdir "$try/signed"
cp "$exe/houdbaar.exe" "$exe/houdbaarctl.exe" "$DIST/$portable-setup.exe" "$try/signed/"
HOUDBAAR_SIGN_P12="$try/cert.p12" HOUDBAAR_SIGN_PASS="$try/pass" $here/sign.sh "$try"/signed/*.exe
for f in "$try"/signed/*.exe; do
	osslsigncode verify -CAfile "$try/cert.pem" -in "$f" >"$try/verify" 2>&1 || { cat "$try/verify" >&2; fail "$f: the signature is not good"; }
	grep -E 'Signature verification|Message digest algorithm' "$try/verify" | sort -u | tr '\n' ' '
	basename "$f"
	printf 'x' >>"$f"
	if osslsigncode verify -CAfile "$try/cert.pem" -in "$f" >/dev/null 2>&1; then fail "$f: a changed file still verifies"; fi
done
rm -r "$try/signed" "$try"/*.pem "$try/cert.p12"

say "Install for this user, start, remove"
$wine "$DIST/$portable-setup.exe" /S
home=$(echo "$WINEPREFIX"/drive_c/users/*/AppData/Local/Programs/"$NAME")
[ -e "$home/houdbaar.exe" ] || fail "nothing was installed"
ls "$home"
ls "$WINEPREFIX"/drive_c/users/*/AppData/Roaming/Microsoft/Windows/"Start Menu"/Programs/"$NAME".lnk
$wine reg query "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\$ID" 2>/dev/null | tr -d '\r' | sed -n 's/^ *//p'
$wine "$home/houdbaarctl.exe" --version >/dev/null
$wine "$home/uninstall.exe" /S
n=0 # the uninstaller goes on as a copy of itself
while [ -e "$home" ]; do n=$((n + 1)); [ $n -lt 150 ] || { ls "$home"; fail "these files were left"; }; sleep 0.2; done
if ls "$WINEPREFIX"/drive_c/users/*/AppData/Roaming/Microsoft/Windows/"Start Menu"/Programs/"$NAME".lnk 2>/dev/null; then fail "the shortcut was left"; fi
if $wine reg query "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\$ID" >/dev/null 2>&1; then fail "it is still in the list of programs"; fi
say "Signs, installs, starts and goes"
