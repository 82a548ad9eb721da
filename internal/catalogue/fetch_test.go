package catalogue

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestFetchReadsWhatAPersonAskedFor(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/pack":
			io.WriteString(w, "a pack")
		case "/plain":
			http.Redirect(w, r, "http://"+r.Host+"/pack", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	client := server.Client()
	client.CheckRedirect = packClient().CheckRedirect
	body, err := fetch(context.Background(), client, " "+server.URL+"/pack ")
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if got, err := io.ReadAll(body); err != nil || string(got) != "a pack" {
		t.Errorf("read %q, %v", got, err)
	}
	if _, err := fetch(context.Background(), client, server.URL+"/none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing pack: %v, want ErrNotExist", err)
	}
	if _, err := fetch(context.Background(), client, server.URL+"/plain"); !errors.Is(err, ErrNoAddress) {
		t.Errorf("sent on to plain http: %v, want ErrNoAddress", err)
	}
}
