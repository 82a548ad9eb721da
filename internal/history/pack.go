package history

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"houdbaar/internal/scan"
)

// circumstances are what a scan says beside its findings, as they are kept.
type circumstances struct {
	Only       string           `json:"only,omitempty"` // the one address that was looked at
	Interfaces []scan.Interface `json:"interfaces,omitempty"`
	Problems   []scan.Problem   `json:"problems,omitempty"`
}

// maxBody is the most that one stored finding may unpack to. A thousand observations
// of the largest kind are a tenth of it.
const maxBody = 64 << 20

// A deflate writer takes 600 kB to make; a visit packs sixty findings.
var packers = sync.Pool{New: func() any { w, _ := flate.NewWriter(nil, flate.DefaultCompression); return w }}
var unpackers = sync.Pool{New: func() any { return flate.NewReader(nil) }}

// pack makes v deflated JSON.
func pack(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(&out)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// unpack reads what pack made.
func unpack(packed []byte, v any) error {
	r := unpackers.Get().(io.ReadCloser)
	defer unpackers.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(packed), nil); err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	if err != nil {
		return err
	}
	if len(data) > maxBody {
		return fmt.Errorf("unpacks to more than %d bytes", maxBody)
	}
	return json.Unmarshal(data, v)
}
