// Package internal is the house. This page is its floor plan; floorplan_test.go
// guards it.
//
//	L5  cmd/houdbaar   cmd/houdbaarctl   cmd/mkcatalogue        wire; may import any room and assets
//	L4  ui                                                  Fyne; words and findings, no sockets, no catalogue
//	L4  app                                                 what the commands share: catalogue, network and rules put together
//	L3  report   history   catalogue   catalogue/build   discover   probe   casefile   doctor
//	L2  scan          (pure)        the pipeline; defines the interfaces that L3 satisfies
//	L1  announce   fingerprint   lifecycle   (pure)
//	L0  device   firmware   i18n   (pure)        lan   sqlite   (I/O leaves)
//
// An arrow may only go down, and only where the table in floorplan_test.go says
// so. The sideways arrows are catalogue/build to catalogue, which owns the
// schema, and doctor to discover, whose questions it tests with. lab stands beside
// the house: recorded and simulated devices on real sockets, imported by tests and
// by cmd only.
//
// # How a packet becomes a row
//
//	bytes on the wire                    discover, probe (sockets come from lan)
//	→ announce: device.Observation       pure, bounded, fuzzed parsers
//	→ device.Correlate(all)              which sightings are one box
//	→ fingerprint.Identify(device)       identity with evidence
//	→ catalogue.Candidates(identity)     SQL narrows
//	→ lifecycle.Find, lifecycle.Judge    Go decides, and says why
//	→ scan.Finding
//	→ report.NewLine                     the words, once, for screen and paper
//
// A recorded case folder enters at announce through casefile, so that what was
// recorded at a visit runs through the very code of a live scan.
package internal
