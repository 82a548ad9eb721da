package app

import (
	"slices"

	"houdbaar/internal/discover"
	"houdbaar/internal/doctor"
	"houdbaar/internal/probe"
	"houdbaar/internal/scan"
)

// Questions returns everything that this program can ever send: what a person can
// read, and what testdata/questions.golden holds for the reviewer.
func Questions() []scan.Question {
	return slices.Concat(discover.Questions(), probe.Questions(), doctor.Questions())
}
