package main

import (
	"bytes"
	"crypto/rand"
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

	"aead.dev/minisign"
	"github.com/miekg/dns"

	"houdbaar/cmd/houdbaar/watched"
	"houdbaar/internal/catalogue"
	"houdbaar/internal/lab"
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
	err := n.Host("gateway", lab.RouterAddr.As4()[3], "").Do(func() (err error) {
		at, err = net.ListenPacket("udp", lab.RouterAddr.String()+":53")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	names := &dns.Server{PacketConn: at, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		w.WriteMsg(new(dns.Msg).SetRcode(q, dns.RcodeNameError))
	})}
	go names.ActivateAndServe()
	t.Cleanup(func() { names.Shutdown() })
}

// TestAPackIsFetchedFromAnAddress that a person types, after they read what that means and
// never by itself; what is wrong with it is said, and changes nothing.
func TestAPackIsFetchedFromAnAddress(t *testing.T) {
	bin := build(t)
	lab.Run(t, func(n *lab.Net) {
		nameless(t, n)
		capture := n.Capture()
		args := []string{"--theme", "light", "--lang", "en", "--on", lab.HomeDay}
		d := sit(t, n, bin, args...)
		public, private, err := minisign.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		_, stranger, err := minisign.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		files := t.TempDir()
		packed(t, filepath.Join(files, "good.pack"), private)
		packed(t, filepath.Join(files, "forged.pack"), stranger)
		p := newDepot(t, files)
		defer p.Close()
		known := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate().Raw})
		if err := os.WriteFile(filepath.Join(d.home, knownServers), known, 0o644); err != nil {
			t.Fatal(err)
		}
		other := httptest.NewUnstartedServer(http.NotFoundHandler()) // of the same certificate, which is not for its address
		other.Config.ErrorLog = p.Config.ErrorLog
		if other.Listener, err = net.Listen("tcp", "127.0.0.2:0"); err != nil {
			t.Fatal(err)
		}
		other.StartTLS()
		defer other.Close()
		host := strings.TrimPrefix(p.URL, "https://")
		folder := filepath.Join(d.home, ".local", "share", "houdbaar")
		var before []byte // the catalogue in use

		page := image.Rect(0, 60, 1100, 720)
		ask := func(address string) {
			t.Helper()
			d.bring(page, "catalogue.fetch")
			d.press("catalogue.fetch")
			d.reads("catalogue.fetch_title")
			d.keys("ctrl+a")
			d.types(address)
		}
		fetch := func(address, code string) {
			t.Helper()
			ask(address)
			d.sees("what it means", holds("nothing about your home is sent"))
			asked := p.times()
			d.press("catalogue.fetch_yes")
			said := d.words.Text("pack." + code)
			if code == "no_key" {
				said = d.words.Text("catalogue.no_key")
			}
			d.sees("what came of it", says(said+" "+d.words.Text("catalogue.unchanged")))
			d.tidy("the catalogue")
			want := 0
			if strings.HasPrefix(address, p.URL) && code != "no_key" && code != "no_answer" {
				want = 1
			}
			if times := p.times() - asked; times != want {
				t.Errorf("%s was asked for %d times, want %d", address, times, want)
			}
			if now, err := os.ReadFile(filepath.Join(folder, catalogue.FileName)); err != nil || !bytes.Equal(now, before) {
				t.Errorf("%s: the catalogue changed, or %v", address, err)
			}
		}
		d.press("first.go")
		d.choose("window.catalogue")
		d.bring(page, "catalogue.fetch")
		if before, err = os.ReadFile(filepath.Join(folder, catalogue.FileName)); err != nil {
			t.Fatal(err)
		}
		fetch(p.URL+"/good.pack", "no_key")
		desk := catalogue.Publisher{Name: "Invented help desk", Key: public}
		if _, err := catalogue.Trust(folder, strings.NewReader(desk.File())); err != nil {
			t.Fatal(err)
		}
		ask(strings.Replace(p.URL, "https", "http", 1) + "/good.pack")
		d.reads("pack.no_address")
		d.tidy("the question for an address")
		d.sees("no way on", func(o watched.Thing) bool { return o.Asleep && says(d.words.Text("catalogue.fetch_yes"))(o) })
		d.keys("Return") // does nothing
		d.reads("pack.no_address")
		d.keys("Escape")
		for path, code := range map[string]string{"/forged.pack": "signature", "/none.pack": "not_there", "/huge": "too_large", "/half": "cut_off", "/page": "no_pack"} {
			fetch(p.URL+path, code)
		}
		fetch("https://nobody.invalid/good.pack", "no_host")
		fetch("https://127.0.0.1:1/good.pack", "no_answer")
		fetch(other.URL+"/good.pack", "certificate")

		// Half-way it is stopped, and the server sees nobody any more.
		ask(p.URL + "/slow")
		d.press("catalogue.fetch_yes")
		d.sees("how far it is", holds("Fetching from "+host+": "))
		d.tidy("the progress")
		d.keep("fetching-en")
		d.press("window.stop")
		d.sees("that it was stopped", says(d.words.Text("pack.cancelled")+" "+d.words.Text("catalogue.unchanged")))
		<-p.halted

		// A good one, whose address is remembered.
		asked := p.times()
		ask(p.URL + "/good.pack")
		d.sees("what it means", holds("fetches this one file from "+host+"; nothing about your home is sent"))
		d.tidy("the question for an address")
		d.keep("address-en")
		d.press("window.unticked", d.words.Text("catalogue.remember"))
		if p.times() != asked {
			t.Error("it was fetched before anybody said so")
		}
		d.press("catalogue.fetch_yes")
		d.reads("catalogue.installed", "2026-11-30-invented", d.words.Number(1))
		d.keep("fetched-en")
		before, _ = os.ReadFile(filepath.Join(folder, catalogue.FileName))
		fetch(p.URL+"/good.pack", "not_newer")
		asked = p.times()
		d.leave()

		// The next run knows the address, asks nobody, and says so when there is no network.
		d.open(bin, args...)
		d.choose("window.catalogue")
		d.bring(page, "catalogue.fetch")
		d.press("catalogue.fetch")
		d.sees("the address", drawn(p.URL+"/good.pack"))
		d.sees("what it means", holds("from "+host))
		if p.times() != asked {
			t.Errorf("it fetched something by itself: %v", p.asked[asked:])
		}
		d.keys("Escape")
		if err := n.Client.IP("link set eth0 down", "link set lo down"); err != nil {
			t.Fatal(err)
		}
		fetch(p.URL+"/good.pack", "no_answer")
		fetch("https://nobody.invalid/good.pack", "no_answer")

		// Forgotten with everything else.
		d.choose("window.settings")
		d.bring(page, "settings.erase")
		d.press("settings.erase")
		d.press("settings.erase_yes")
		d.reads("settings.erased")
		d.press("window.close")
		d.leave()
		for _, p := range capture.Stop().By("client").Kind("udp", "tcp") {
			if p.Kind != "udp/53" { // the name that was typed
				t.Errorf("went to the network: %s", p)
			}
		}
		if kept, err := os.ReadFile(filepath.Join(d.home, ".config", "fyne", "nl.houdbaar.houdbaar", "preferences.json")); err != nil || strings.Contains(string(kept), host) {
			t.Errorf("the address is kept: %s, %v", kept, err)
		}
	})
}
