#!/bin/sh
# bonjour.sh: the services that the program asks for, as lines of NSBonjourServices.
# They come from the source, so that none is forgotten.
set -eu
grep -oE '"_[A-Za-z0-9-]+(\._dns-sd)?\._(tcp|udp)"' internal/discover/mdns.go | tr -d '"' | LC_ALL=C sort -u |
	sed 's|.*|		<string>&</string>|'
