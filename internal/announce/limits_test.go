package announce

import (
	"fmt"
	"strings"
	"testing"

	"houdbaar/internal/device"
)

// TestLimitsAreWhereTheySayTheyAre reads the last thing within a limit, and not the first
// one beyond it.
func TestLimitsAreWhereTheySayTheyAre(t *testing.T) {
	xml := func(before string) string {
		return before + "<root><device><UDN>1</UDN><modelName>M</modelName></device></root>"
	}
	deep := func(levels int) string { return xml(strings.Repeat("<a>", levels)) }
	long := func(elements int) string { return xml("<!-- -->" + strings.Repeat("<a/>", elements)) }
	const own = 4 // root, device, UDN and modelName; three of them inside each other
	for name, c := range map[string]struct {
		body string
		read bool
	}{
		"XML as deep as may be": {deep(maxDepth - 3), true},
		"deeper":                {deep(maxDepth - 2), false},
		"XML as long as may be": {long(maxElements - own), true},
		"longer":                {long(maxElements - own + 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			read := false
			for _, o := range HTTP(exchange("/x", "text/plain", c.body)) {
				for field, v := range o.Fields {
					read = read || v == "M" && o.Source != device.SourceHTTP && strings.Contains(strings.ToLower(field), "model")
				}
			}
			if read != c.read {
				t.Errorf("the model was read: %v, want %v", read, c.read)
			}
		})
	}
}

func TestADevicesServicesAreKeptUpToALimit(t *testing.T) {
	var list [][]byte
	for i := range maxInstances + 1 {
		name := wireName(fmt.Sprint("device ", i), "_http", "_tcp", "local")
		list = append(list, wirePacket(wireRecord(name, typeTXT, 120, wireStrings("model=M"))))
	}
	if got := len(MDNS(asPackets(list...))); got != maxInstances {
		t.Errorf("%d instances of %d, want %d", got, len(list), maxInstances)
	}

	list = nil
	name := wireName("device", "_http", "_tcp", "local")
	for range maxPackets + 1 {
		list = append(list, wirePacket(wireRecord(name, typeTXT, 120, wireStrings("model=M"))))
	}
	if obs := MDNS(asPackets(list...)); len(obs) != 1 || len(obs[0].Raw) != maxPackets {
		t.Errorf("%d instances, %d packets of the first, want one with %d", len(obs), len(obs[0].Raw), maxPackets)
	}
}

func TestAnObjectIsReadUpToADepth(t *testing.T) {
	for levels, want := range map[int]string{maxDepth - 1: "M", maxDepth: ""} {
		deep := strings.Repeat(`{"a":`, levels) + "1" + strings.Repeat("}", levels)
		fields := flattenJSON(`{"deep":` + deep + `,"model":"M"}`)
		if got := fields["model"]; got != want {
			t.Errorf("behind %d levels the model is %q, want %q", levels, got, want)
		}
	}
}
