package main

import (
	"houdbaar/internal/app"
	"houdbaar/internal/report"
	"houdbaar/internal/scan"
)

// record writes the devices of a scan as case folders.
func (t prompt) record(engine *app.Engine, dir string, done scan.Scan) error {
	return usage(t.Text("ctl.record.failed", dir, report.Clean("not built yet", 200)))
}
