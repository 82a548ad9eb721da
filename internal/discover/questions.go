package discover

import (
	"fmt"
	"slices"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// Questions returns everything that this package can send. What is between braces
// differs: a random number, or a name or path that a device announced itself.
func Questions() []scan.Question {
	var out []scan.Question
	search := func(whom, to, host string, targets []string) {
		for _, target := range targets {
			out = append(out, scan.Question{Name: device.SourceSSDP, Group: scan.GroupSearch, Whom: whom, To: to,
				Bytes: searchText(host, `"ssdp:discover"`, "{1 or 2}", target)})
		}
	}
	search(scan.WhomAll, lan.SSDP4.String(), lan.SSDP4.String(), searchTargets)
	search(scan.WhomAll, lan.SSDP6.String(), "[FF02::C]:1900", searchTargets[:targets6])
	search(scan.WhomTyped, "port 1900 of the gateway, or of a typed address", "{address}:1900", searchTargets[:1])

	mdns := func(question string) {
		out = append(out, scan.Question{Name: device.SourceMDNS, Group: scan.GroupSearch, Whom: scan.WhomAll, To: lan.MDNS4.String() + " and " + lan.MDNS6.String(), Bytes: []byte(question)})
	}
	for _, service := range slices.Concat(homeServices[:]...) {
		mdns("PTR? " + service + ".local")
	}
	for _, q := range []string{"PTR? {service that a device announced}.local", "SRV? {instance that a device announced}",
		"TXT? {instance that a device announced}", "A? {host name that a device announced}", "AAAA? {host name that a device announced}"} {
		mdns(q)
	}
	out = append(out, scan.Question{Name: device.SourceUPnP, Group: scan.GroupSearch, Whom: scan.WhomAnnounced, To: "the address and port that the device announced",
		Bytes: lan.Question{Method: "GET", Path: "{path that the device announced}"}.Text("{address}")})

	out = append(out, scan.Question{Name: "hearing", Group: scan.GroupSearch, Whom: scan.WhomSelf,
		To: "239.255.255.250, a port that the system chooses, time to live 0", Bytes: []byte("Houdbaar")})

	for _, q := range makersQuestions {
		seen := map[string]bool{}
		for _, r := range q.rounds {
			to := r.to.String()
			if !r.to.Addr().IsValid() {
				to = fmt.Sprintf("broadcast:%d", r.to.Port())
			}
			if key := to + string(r.bytes); !seen[key] {
				seen[key] = true
				out = append(out, scan.Question{Name: q.source, Group: scan.GroupMakers, Whom: scan.WhomAll, To: to, Bytes: r.bytes})
			}
		}
	}
	return append(out, scan.Question{Name: "nudge", Group: scan.GroupNudge, Whom: scan.WhomSilent, To: "port 9 of each address of the own subnet that is not in the neighbour table"})
}
