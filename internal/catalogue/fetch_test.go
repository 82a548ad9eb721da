package catalogue

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

// depot is a server that packs are fetched from, in good and in bad ways.
func depot(t *testing.T) (*httptest.Server, *http.Client) {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/pack":
			io.WriteString(w, "a pack")
		case "/told":
			fmt.Fprintf(w, "%s %s %v", r.Method, r.URL, r.Header)
		case "/on":
			http.Redirect(w, r, "/told", http.StatusFound)
		case "/plain":
			http.Redirect(w, r, "http://"+r.Host+"/pack", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/huge":
			w.Header().Set("Content-Length", fmt.Sprint(maxPack+1))
		case "/half":
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, strings.Repeat("x", 500))
		case "/broken": // no length: the end of the last piece is missing
			io.WriteString(w, "x")
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		default:
			http.NotFound(w, r)
		}
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	client := packClient()
	client.Transport.(*http.Transport).TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig
	return server, client
}

func at(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := packAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestFetchReadsWhatAPersonAskedFor(t *testing.T) {
	server, client := depot(t)
	var have, of int64
	got, err := fetch(t.Context(), client, at(t, " "+server.URL+"/pack "), func(h, o int64) { have, of = h, o })
	if err != nil || string(got) != "a pack" || have != 6 || of != 6 {
		t.Errorf("read %q, %v; told %d of %d", got, err, have, of)
	}
}

// TestFetchTellsTheServerNothing but that it wants this file, also where it is sent on.
func TestFetchTellsTheServerNothing(t *testing.T) {
	server, client := depot(t)
	for _, path := range []string{"/told", "/on?secret=1"} {
		got, err := fetch(t.Context(), client, at(t, server.URL+path), nil)
		if want := "GET /told map[Connection:[close] User-Agent:[houdbaar]]"; err != nil || string(got) != want {
			t.Errorf("%s: the server heard %q, %v; want %q", path, got, err, want)
		}
	}
}

func TestWhatCannotBeFetchedHasItsReason(t *testing.T) {
	server, client := depot(t)
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	gone := httptest.NewTLSServer(http.NotFoundHandler())
	gone.Close()
	nameless := packClient()
	nameless.Transport.(*http.Transport).DialContext = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "invented.invalid", IsNotFound: true}}
	}
	offline := packClient()
	offline.Transport.(*http.Transport).DialContext = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "network is unreachable", Name: "invented.invalid", IsTemporary: true}}
	}
	for name, c := range map[string]struct {
		client  *http.Client
		address string
		want    error
		code    string
	}{
		"a name nobody has":               {nameless, "https://invented.invalid/pack", ErrNoHost, "no_host"},
		"no network":                      {offline, "https://invented.invalid/pack", ErrNoAnswer, "no_answer"},
		"nobody listens":                  {client, gone.URL, ErrNoAnswer, "no_answer"},
		"a certificate of nobody known":   {packClient(), server.URL + "/pack", ErrCertificate, "certificate"},
		"a server that speaks plain http": {client, strings.Replace(plain.URL, "http:", "https:", 1), ErrCertificate, "certificate"},
		"no such file":                    {client, server.URL + "/none", ErrNotThere, "not_there"},
		"sent on to plain http":           {client, server.URL + "/plain", ErrNoAddress, "no_address"},
		"sent on and on":                  {client, server.URL + "/round", ErrNotThere, "not_there"},
		"larger than any pack":            {client, server.URL + "/huge", ErrTooLarge, "too_large"},
		"shorter than it said":            {client, server.URL + "/half", ErrCutOff, "cut_off"},
		"broken off":                      {client, server.URL + "/broken", ErrCutOff, "cut_off"},
	} {
		got, err := fetch(t.Context(), c.client, at(t, c.address), nil)
		if !errors.Is(err, c.want) || Code(err) != c.code || got != nil {
			t.Errorf("%s: %q, %v, code %s", name, got, err, Code(err))
		}
	}
}

func TestAPackLargerThanItSaysIsNotReadToItsEnd(t *testing.T) {
	for name, c := range map[string]struct {
		size int64
		of   int
		want error
	}{
		"as large as allowed":          {-1, 100, nil},
		"larger than it said":          {10, 101, ErrTooLarge},
		"larger, and said nothing":     {-1, 1 << 20, ErrTooLarge},
		"so large that it is not read": {101, 0, ErrTooLarge},
	} {
		body := strings.NewReader(strings.Repeat("x", c.of))
		got, err := take(iotest.OneByteReader(body), c.size, 100, func(int64, int64) {})
		if !errors.Is(err, c.want) || c.want == nil && len(got) != c.of || c.of-body.Len() > 101 {
			t.Errorf("%s: %d bytes of %d read, %v", name, c.of-body.Len(), c.of, err)
		}
	}
}

// A dripping server gives a letter at a time, just before patience ends, and then falls
// silent, or ends.
type dripping struct {
	letters int
	ends    bool
	ctx     context.Context // of who asks
}

func (d dripping) RoundTrip(r *http.Request) (*http.Response, error) {
	d.ctx = r.Context()
	if d.letters == 0 {
		<-d.ctx.Done()
		return nil, d.ctx.Err()
	}
	return &http.Response{StatusCode: http.StatusOK, ContentLength: -1, Body: io.NopCloser(&d), Request: r}, nil
}

func (d *dripping) Read(to []byte) (int, error) {
	switch {
	case d.letters > 0:
		d.letters--
		time.Sleep(silence - time.Second)
		return copy(to, "x"), nil
	case d.ends:
		return 0, io.EOF
	}
	<-d.ctx.Done()
	return 0, d.ctx.Err()
}

// TestAServerThatFallsSilentIsLeft, at any point, while one that is slow is not.
func TestAServerThatFallsSilentIsLeft(t *testing.T) {
	for name, c := range map[string]struct {
		server dripping
		want   error
	}{
		"before it answers":     {dripping{}, ErrNoAnswer},
		"half-way":              {dripping{letters: 3}, ErrCutOff},
		"never, but it is slow": {dripping{letters: 12, ends: true}, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			got, err := fetch(t.Context(), &http.Client{Transport: c.server}, at(t, "https://example.com/pack"), nil)
			if !errors.Is(err, c.want) || c.want == nil && len(got) != c.server.letters {
				t.Errorf("%s: %q, %v", name, got, err)
			}
		})
	}
}

// TestAFetchThatIsCancelledSaysSo, whether it waits for an answer or for the rest.
func TestAFetchThatIsCancelledSaysSo(t *testing.T) {
	for name, half := range map[string]bool{"before the answer": false, "half-way": true} {
		ctx, cancel := context.WithCancel(t.Context())
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if half {
				w.Write([]byte("a part"))
				w.(http.Flusher).Flush()
			} else {
				cancel()
			}
			<-r.Context().Done()
		}))
		u, _ := url.Parse(server.URL)
		got, err := fetch(ctx, packClient(), u, func(int64, int64) { cancel() })
		if !errors.Is(err, context.Canceled) || Code(err) != "cancelled" || got != nil {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		server.Close()
	}
}

func TestOnlyAnHTTPSAddressIsAnAddress(t *testing.T) {
	for _, text := range []string{"", "x", "example.com/pack", "http://example.com/pack", "https:", "https:///pack", "https://name:word@example.com/pack", "file:///etc/passwd", "ht tps://x", "https://ex ample.com/"} {
		if u, err := packAddress(text); !errors.Is(err, ErrNoAddress) || Code(err) != "no_address" {
			t.Errorf("%q is the address %v, %v", text, u, err)
		}
	}
}

// TestNothingIsTakenThatNobodyCouldCheck: in a program without a key of its own, whose person
// trusts nobody, no server is asked anything and no pack is read.
func TestNothingIsTakenThatNobodyCouldCheck(t *testing.T) {
	defer func(keys string) { releaseKeys = keys }(releaseKeys)
	releaseKeys = ""
	var asked atomic.Int32
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ConnState = func(net.Conn, http.ConnState) { asked.Add(1) }
	server.StartTLS()
	defer server.Close()
	dir := t.TempDir()
	if _, err := Fetch(t.Context(), server.URL, dir, nil); !errors.Is(err, ErrNoKey) || asked.Load() > 0 {
		t.Errorf("fetched: %v, %d connections; want ErrNoKey and none", err, asked.Load())
	}
	if _, err := Install(t.Context(), strings.NewReader(packHead), dir); !errors.Is(err, ErrNoKey) {
		t.Errorf("installed: %v, want ErrNoKey", err)
	}
}
