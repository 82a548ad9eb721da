package lab

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// All networks of a machine share one table of neighbours, whatever their namespaces:
// 1024 of them by default. A scan asks for the 254 addresses of its subnet, so that four
// scans at the same time fill it; then packets are lost in silence, multicasts too,
// and of many in a row. So a network whose losses are counted is alone on the machine,
// as far as others keep to this.
//
// crowd is locked by every network, shared, and by a degraded one for itself; door by
// whoever waits, so that those who come later do not go first. Nothing is
// written: ip(8), which every network needs, and its folder are what is locked.
func (n *Net) locks() (door, crowd string) {
	crowd, err := exec.LookPath("ip")
	n.must(err)
	return filepath.Dir(crowd), crowd
}

// aloneWait is how long one waits for a lock at most.
const aloneWait = 3 * time.Minute

// enter waits until no network wants to be alone, and is one of many.
func (n *Net) enter() {
	door, crowd := n.locks()
	defer n.lock(door, unix.LOCK_SH).Close()
	n.crowd = n.lock(crowd, unix.LOCK_SH)
	n.t.Cleanup(func() { n.crowd.Close() })
}

// alone waits until no other network is there, and says in the end whether the
// table of neighbours was full all the same.
func (n *Net) alone() {
	door, crowd := n.locks()
	n.crowd.Close()
	defer n.lock(door, unix.LOCK_EX).Close()
	n.crowd = n.lock(crowd, unix.LOCK_EX)
	full := tableFulls()
	n.t.Cleanup(func() {
		if k := tableFulls() - full; k > 0 {
			n.t.Logf("this machine's table of neighbours was full %d times: more packets were lost than were to be", k)
		}
	})
}

// lock locks a file until it is closed. Whoever waited too long goes on without.
func (n *Net) lock(path string, how int) *os.File {
	f, err := os.Open(path)
	n.must(err)
	for until := time.Now().Add(aloneWait); ; {
		switch err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB); {
		case err == nil:
			return f
		case err != unix.EWOULDBLOCK && err != unix.EINTR:
			n.must(fmt.Errorf("lock %s: %w", path, err))
		case time.Now().After(until):
			n.t.Logf("waited %v in vain for the other networks of this machine", aloneWait)
			return f
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// tableFulls is how often the table of neighbours was full since the machine started;
// 0 where that cannot be read.
func tableFulls() (sum int64) {
	f, err := os.Open("/proc/1/net/stat/arp_cache")
	if err != nil {
		return 0
	}
	defer f.Close()
	column := -1
	for in := bufio.NewScanner(f); in.Scan(); { // a line for each processor, below the names
		fields := strings.Fields(in.Text())
		if column < 0 {
			column = slices.Index(fields, "table_fulls")
			continue
		}
		if column < len(fields) {
			k, _ := strconv.ParseInt(fields[column], 16, 64)
			sum += k
		}
	}
	return sum
}
