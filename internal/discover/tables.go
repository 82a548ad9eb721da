package discover

import (
	"context"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"houdbaar/internal/device"
	"houdbaar/internal/lan"
	"houdbaar/internal/scan"
)

// lookAgain is when the neighbour table is read: it fills while others ask and
// are answered, and the last look comes after them.
var lookAgain = []time.Duration{0, 500 * time.Millisecond, 1500 * time.Millisecond, 2500 * time.Millisecond, 4400 * time.Millisecond}

// gatewaysMost is how many gateways are believed, preferred ones first: a home has one or
// two for each network. Anybody can announce hundreds over IPv6, each of which would be
// asked all that a router is.
const gatewaysMost = 8

// tables reads the system's routing and neighbour tables. It sends nothing.
type tables struct{ n *lan.Network }

func (tables) Name() string { return "tables" }

// Discover emits the default gateways at once, heard or not, and every neighbour
// with its MAC as it appears. It also says what is wrong with the network as a
// whole: nothing usable, a chosen interface that is not there, no gateway.
func (d tables) Discover(ctx context.Context, emit func(device.Observation), problem func(scan.Problem)) {
	for _, name := range d.n.Missing() {
		problem(scan.Problem{Source: "network", Code: "interface_missing", Args: map[string]string{"interface": name}})
	}
	used := map[string]bool{}
	for _, i := range d.n.Used() {
		used[i.Name] = true
	}
	if len(used) == 0 {
		if len(d.n.Missing()) == 0 {
			problem(scan.Problem{Source: "network", Code: "no_network", Detail: d.unused()})
		}
		return
	}
	for _, deaf := range d.n.Deaf() {
		p := scan.Problem{Source: "network", Code: "answers_dropped", Args: map[string]string{"interface": deaf.Interface}, Detail: deaf.Through}
		if deaf.NotChosen {
			p.Code, p.Args["other"], p.Detail = "other_way_home", deaf.Through, ""
		}
		problem(p)
	}
	d.gateways(used, emit, problem)
	started, seen := time.Now(), map[netip.Addr]string{}
	for _, at := range lookAgain {
		ended := !pause(ctx, at-time.Since(started))
		err := d.neighbours(used, seen, emit)
		if err != nil {
			problem(scan.Problem{Source: device.SourceNeighbour, Code: "neighbours_unreadable", Detail: err.Error()})
		}
		if err != nil || ended {
			return
		}
	}
	proxied(seen, problem)
}

// proxied says that a box answers for more addresses than there are devices behind it.
func proxied(seen map[netip.Addr]string, problem trouble) {
	count := map[string]int{}
	for a, mac := range seen {
		if a.Is4() {
			count[mac]++
		}
	}
	for _, k := range count {
		if k > device.ManyForOne {
			problem(scan.Problem{Source: device.SourceNeighbour, Code: "one_for_many", Args: map[string]string{"count": strconv.Itoa(k)}})
		}
	}
}

// unused says why each interface is not used, for the small print.
func (d tables) unused() string {
	var why []string
	for _, i := range d.n.Interfaces() {
		why = append(why, i.Name+": "+i.Why)
	}
	return strings.Join(why, ", ")
}

func (d tables) gateways(used map[string]bool, emit emitter, problem trouble) {
	all, err := lan.Gateways()
	if err != nil {
		problem(scan.Problem{Source: device.SourceRoute, Code: "routes_unreadable", Detail: err.Error()})
		return
	}
	found := 0
	for _, g := range all {
		// A gateway that is not on the link is a tunnel's or a point-to-point
		// line's far end, not the box in the meter cupboard.
		if _, local := d.n.Local(g.Addr); !used[g.Interface] || !local || found >= gatewaysMost {
			continue
		}
		found++
		emit(wayOut(g.Interface, g.Addr))
	}
	if found == 0 {
		problem(scan.Problem{Source: device.SourceRoute, Code: "no_gateway"})
	}
}

// neighbours emits the entries that are new or changed since the last look.
func (d tables) neighbours(used map[string]bool, seen map[netip.Addr]string, emit emitter) error {
	table, err := lan.Neighbours()
	if err != nil {
		return err
	}
	for _, e := range table {
		if _, local := d.n.Local(e.Addr); !used[e.Interface] || !local || seen[e.Addr] == e.MAC {
			continue
		}
		seen[e.Addr] = e.MAC
		emit(present(e))
	}
	return nil
}

// wayOut is the observation of a default gateway.
func wayOut(ifi string, a netip.Addr) device.Observation {
	return device.Observation{At: time.Now(), Source: device.SourceRoute, Interface: ifi, Addr: a, Fields: map[string]string{"gateway": ifi}}
}

// present is the observation of a neighbour. Its field vendor is the owner of the hardware
// address's prefix, if known.
func present(n lan.Neighbour) device.Observation {
	fields := map[string]string{}
	if owner := lan.Maker(n.MAC); owner != "" {
		fields["vendor"] = owner
	}
	return device.Observation{At: time.Now(), Source: device.SourceNeighbour, Interface: n.Interface, Addr: n.Addr, MAC: n.MAC, Fields: fields}
}
