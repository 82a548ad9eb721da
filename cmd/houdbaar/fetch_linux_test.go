package main

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"image"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/miekg/dns"

	"houdbaar/cmd/houdbaar/watched"
	"houdbaar/internal/catalogue"
	"houdbaar/internal/lab"
	"houdbaar/internal/ui"
)

// A depot is a server of packs on this computer, good and bad ones. The windows that are
// opened know its certificate, and no other.
type depot struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []string      // paths
	halted chan struct{} // closed when who asked for /slow went away
}

func newDepot(t *testing.T, files string) *depot {
	t.Helper()
	p := &depot{halted: make(chan struct{})}
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, r.URL.Path)
		p.mu.Unlock()
		good, err := os.ReadFile(filepath.Join(files, "good.pack"))
		if err != nil {
			t.Error(err)
		}
		length := func(n int) { w.Header().Set("Content-Length", fmt.Sprint(n)) }
		switch r.URL.Path {
		case "/huge":
			length(1 << 40)
		case "/half":
			length(len(good))
			w.Write(good[:len(good)/2])
		case "/slow":
			length(len(good))
			w.Write(good[:len(good)/2])
			w.(http.Flusher).Flush()
			<-r.Context().Done()
			close(p.halted)
		case "/page":
			io.WriteString(w, "<html>Log in first</html>")
		default:
			http.FileServer(http.Dir(files)).ServeHTTP(w, r)
		}
	}))
	p.Config.ErrorLog = log.New(io.Discard, "", 0)
	p.StartTLS()
	return p
}

// times is how often the server was asked something.
func (p *depot) times() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.asked)
}

// nameless plugs in a router that is asked for names, and knows none.
func nameless(t *testing.T, n *lab.Net) {
	t.Helper()
	var at net.PacketConn
	n.Host("gateway", lab.RouterAddr.As4()[3], "").Do(func() (err error) {
		at, err = net.ListenPacket("udp", lab.RouterAddr.String()+":53")
		return err
	})
	names := &dns.Server{PacketConn: at, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		w.WriteMsg(new(dns.Msg).SetRcode(q, dns.RcodeNameError))
	})}
	go names.ActivateAndServe()
	t.Cleanup(func() { names.Shutdown() })
}

// An errand is a desk at which packs are fetched from a depot.
type errand struct {
	*desk
	depot  *depot
	folder string              // where the program keeps its catalogue
	helper catalogue.Publisher // who signed what is good
	newer  string              // its version
	before []byte              // the catalogue in use
}

// send opens the window at the catalogue. Nobody is trusted yet.
func send(t *testing.T, n *lab.Net, bin string, args ...string) *errand {
	t.Helper()
	nameless(t, n)
	public, private := signer(t)
	_, stranger := signer(t)
	files := t.TempDir()
	newer := packed(t, filepath.Join(files, "good.pack"), private)
	packed(t, filepath.Join(files, "forged.pack"), stranger)
	e := &errand{desk: sit(t, n, bin, args...), depot: newDepot(t, files), helper: catalogue.Publisher{Name: "Invented help desk", Key: public}, newer: newer}
	e.folder = filepath.Join(e.home, ".local", "share", "houdbaar")
	known := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: e.depot.Certificate().Raw})
	must(t, os.WriteFile(filepath.Join(e.home, knownServers), known, 0o644))
	e.press("first.go")
	e.choose("window.catalogue")
	e.bring(whole, "catalogue.fetch")
	e.before = e.inUse()
	return e
}

// whole is the page of a window of 1100 by 720.
var whole = image.Rect(0, 60, 1100, 720)

// inUse is the file of the catalogue.
func (e *errand) inUse() []byte {
	e.t.Helper()
	file, err := os.ReadFile(filepath.Join(e.folder, catalogue.FileName))
	must(e.t, err)
	return file
}

// trust takes the packs of the one who signs the good ones.
func (e *errand) trust() {
	e.t.Helper()
	if _, err := catalogue.Trust(e.folder, strings.NewReader(e.helper.File())); err != nil {
		e.t.Fatal(err)
	}
}

// asks opens the question for an address and types one.
func (e *errand) asks(address string) {
	e.t.Helper()
	e.bring(whole, "catalogue.fetch")
	e.press("catalogue.fetch")
	e.reads("catalogue.fetch_title")
	e.keys("ctrl+a")
	e.types(address)
}

// refused wants that an address is fetched, so many times from the depot, refused for a
// reason, and that nothing changed.
func (e *errand) refused(address string, times int, key string) {
	e.t.Helper()
	e.asks(address)
	e.sees("what it means", holds("nothing about your home is sent"))
	before := e.depot.times()
	e.press("catalogue.fetch_yes")
	e.sees("why not", says(e.words.Text(key)+" "+e.words.Text("catalogue.unchanged")))
	e.tidy("the catalogue")
	if got := e.depot.times() - before; got != times {
		e.t.Errorf("%s was asked for %d times, want %d", address, got, times)
	}
	if !bytes.Equal(e.inUse(), e.before) {
		e.t.Errorf("%s: the catalogue changed", address)
	}
}

// TestAPackIsFetchedFromAnAddress that a person types, after they read what that means, and
// never by itself. The address is remembered where they want it, until all is forgotten.
func TestAPackIsFetchedFromAnAddress(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		capture := n.Capture()
		args := []string{"--theme", "light", "--lang", "en", "--on", lab.HomeDay}
		e := send(t, n, bin, args...)
		defer e.depot.Close()
		host := strings.TrimPrefix(e.depot.URL, "https://")
		e.trust()
		e.asks(e.depot.URL + "/good.pack")
		e.sees("what it means", holds("fetches this one file from "+host+"; nothing about your home is sent"))
		e.tidy("the question for an address")
		e.keep("address-en")
		e.press("window.unticked", e.words.Text("catalogue.remember"))
		if e.depot.times() > 0 {
			t.Error("it was fetched before anybody said so")
		}
		e.press("catalogue.fetch_yes")
		e.reads("catalogue.installed", e.newer, e.words.Number(1))
		e.keep("fetched-en")
		e.before = e.inUse()
		e.refused(e.depot.URL+"/good.pack", 1, "pack.not_newer")
		e.leave()

		e.open(bin, args...)
		e.choose("window.catalogue")
		e.bring(whole, "catalogue.fetch")
		e.press("catalogue.fetch")
		e.sees("the address of before", drawn(e.depot.URL+"/good.pack"))
		e.sees("what it means", holds("from "+host))
		if times := e.depot.times(); times != 2 {
			t.Errorf("the server was asked %d times, want 2: the rest was nobody's wish", times)
		}
		e.keys("Escape")
		e.choose("window.settings")
		e.bring(whole, "settings.erase")
		e.press("settings.erase")
		e.press("settings.erase_yes")
		e.reads("settings.erased")
		e.press("window.close")
		e.leave()
		if kept, err := os.ReadFile(filepath.Join(e.home, ".config", "fyne", ui.AppID, "preferences.json")); err != nil || strings.Contains(string(kept), host) {
			t.Errorf("the address is kept: %s, %v", kept, err)
		}
		if sent := capture.Stop().By("client").Kind("udp", "tcp"); len(sent) > 0 {
			t.Errorf("went to the network: %s", sent[0])
		}
	})
}

// TestAPackThatCannotBeFetchedChangesNothing, and the window says why: at the address, at
// the server, on the way, in the pack, or because the person stopped it.
func TestAPackThatCannotBeFetchedChangesNothing(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		e := send(t, n, bin, "--theme", "light", "--lang", "en", "--on", lab.HomeDay)
		defer e.depot.Close()
		e.refused(e.depot.URL+"/good.pack", 1, "pack.signature") // the program knows only its own key
		e.trust()
		e.asks(strings.Replace(e.depot.URL, "https", "http", 1) + "/good.pack")
		e.reads("pack.no_address")
		e.tidy("the question for an address")
		e.sees("no way on", func(o watched.Thing) bool { return o.Asleep && says(e.words.Text("catalogue.fetch_yes"))(o) })
		e.keys("Return") // does nothing
		e.reads("pack.no_address")
		e.keys("Escape")
		for path, why := range map[string]string{"/forged.pack": "signature", "/none.pack": "not_there", "/huge": "too_large", "/half": "cut_off", "/page": "no_pack"} {
			e.refused(e.depot.URL+path, 1, "pack."+why)
		}
		e.refused("https://nobody.invalid/good.pack", 0, "pack.no_host")
		e.refused("https://127.0.0.1:1/good.pack", 0, "pack.no_answer")
		e.refused(misplaced(t)+"/good.pack", 0, "pack.certificate")

		e.asks(e.depot.URL + "/slow")
		e.press("catalogue.fetch_yes")
		e.sees("that it comes", holds("Fetching from "+strings.TrimPrefix(e.depot.URL, "https://")+": "))
		e.tidy("the progress")
		e.keep("fetching-en")
		e.press("window.stop")
		e.sees("that it was stopped", says(e.words.Text("pack.cancelled")+" "+e.words.Text("catalogue.unchanged")))
		<-e.depot.halted // the server sees nobody any more

		n.Client.IP("link set eth0 down", "link set lo down")
		e.refused(e.depot.URL+"/good.pack", 0, "pack.no_answer")
		e.refused("https://nobody.invalid/good.pack", 0, "pack.no_answer")
		e.leave()
	})
}

// misplaced is the address of a server with the certificate of the depot, which is for
// another address.
func misplaced(t *testing.T) string {
	t.Helper()
	at, err := net.Listen("tcp", "127.0.0.2:0")
	must(t, err)
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Listener, server.Config.ErrorLog = at, log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}
