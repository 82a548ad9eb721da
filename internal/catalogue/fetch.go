package catalogue

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// What a server is given: how long a whole pack may take, how long nothing may come, and
// how often it may send on to another server. A slow line is no reason to give up.
const (
	packTime  = 20 * time.Minute
	silence   = 20 * time.Second
	maxSentOn = 5
)

// Why a pack could not be fetched, besides ErrTooLarge and the error of a context that
// ended. Nothing was changed then.
var (
	ErrNoAddress   = refusal{"no_address", "want an https address"}
	ErrNoHost      = refusal{"no_host", "no server has this name"}
	ErrNoAnswer    = refusal{"no_answer", "server cannot be reached"}
	ErrCertificate = refusal{"certificate", "server does not prove who it is"}
	ErrNotThere    = refusal{"not_there", "server does not give this file"}
	ErrCutOff      = refusal{"cut_off", "pack did not come whole"}
)

// packAddress reads the address of a pack as a person typed it: https, and without a name or
// a password in it. An error is ErrNoAddress.
func packAddress(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, fmt.Errorf("fetch pack %q: %w", text, ErrNoAddress)
	}
	return u, nil
}

// Fetch gets a pack from an https address that a person gave. Nothing is fetched unless
// somebody asks, nor where nobody is trusted in dir and there is nothing to check it with, and
// nothing is sent but the question for this one file. progress, which may be nil, is told how
// many bytes have come, and of how many, 0 = the server does not say.
func Fetch(ctx context.Context, address, dir string, progress func(have, of int64)) ([]byte, error) {
	from, err := packAddress(address)
	if err != nil {
		return nil, err
	}
	if _, err := trusted(dir); err != nil {
		return nil, err
	}
	pack, err := fetch(ctx, packClient(), from, progress)
	if err != nil {
		return nil, fmt.Errorf("fetch pack %s: %w", from, err)
	}
	return pack, nil
}

// packClient goes to https addresses only, also where it is sent on, tells nobody where it
// was sent on from, and keeps no connection.
func packClient() *http.Client {
	return &http.Client{
		Timeout: packTime,
		Transport: &http.Transport{
			Proxy:              http.ProxyFromEnvironment,
			DisableKeepAlives:  true,
			DisableCompression: true, // a pack is packed
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			r.Header.Del("Referer")
			switch {
			case r.URL.Scheme != "https" || r.URL.User != nil:
				return ErrNoAddress
			case len(via) > maxSentOn:
				return ErrNotThere
			}
			return nil
		},
	}
}

// fetch gives up on a server that falls silent.
func fetch(asked context.Context, client *http.Client, from *url.URL, progress func(have, of int64)) (_ []byte, err error) {
	ctx, giveUp := context.WithCancel(asked)
	defer giveUp()
	defer func() { err = cmp.Or(asked.Err(), err) }()
	waiting := time.AfterFunc(silence, giveUp)
	defer waiting.Stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "houdbaar")
	response, err := client.Do(request)
	if err != nil {
		return nil, unreached(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: it says %s", ErrNotThere, response.Status)
	}
	return take(response.Body, response.ContentLength, maxPack, func(have, of int64) {
		waiting.Reset(silence)
		if progress != nil {
			progress(have, of)
		}
	})
}

// take reads a pack that says to have size bytes, -1 = it does not say, and may have limit.
func take(body io.Reader, size, limit int64, progress func(have, of int64)) ([]byte, error) {
	if size > limit {
		return nil, ErrTooLarge
	}
	var pack bytes.Buffer
	for piece := make([]byte, 32<<10); ; {
		n, err := body.Read(piece[:min(int64(len(piece)), limit+1-int64(pack.Len()))])
		pack.Write(piece[:n])
		if int64(pack.Len()) > limit {
			return nil, ErrTooLarge
		}
		if n > 0 {
			progress(int64(pack.Len()), max(0, size))
		}
		switch {
		case err == io.EOF:
			return pack.Bytes(), nil
		case err != nil:
			return nil, fmt.Errorf("%w: %w", ErrCutOff, err)
		}
	}
}

// unreached says why there is no answer.
func unreached(err error) error {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	why := ErrNoAnswer
	switch {
	case errors.Is(err, ErrNoAddress), errors.Is(err, ErrNotThere):
		return err
	case errors.As(err, &name) && name.IsNotFound:
		why = ErrNoHost
	case errors.As(err, &certificate), errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		why = ErrCertificate
	}
	return fmt.Errorf("%w: %w", why, err)
}
