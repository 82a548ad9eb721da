package main

import (
	"fmt"

	"houdbaar/assets"
	"houdbaar/internal/app"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// record writes the devices of a scan as case folders and says how many. What could
// not be written makes the command fail, after the rest was written.
func (t prompt) record(engine *app.Engine, dir string, done scan.Scan) error {
	n, err := engine.Record(dir, done, "houdbaarctl "+assets.Version())
	fmt.Fprintf(t.err, "%s\n", t.N("ctl.record.written", n, dir))
	if err != nil {
		return usage(t.Text("ctl.record.failed", dir, report.Clean(err.Error(), 400)))
	}
	return nil
}
