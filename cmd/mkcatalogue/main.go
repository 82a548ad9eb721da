// Command mkcatalogue is the maintainer's tool: it builds the catalogue from
// assets/sources, and checks, compares and refreshes what it is built from.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

// A command is one of the tool's verbs.
type command struct {
	name string
	args string
	help string
	run  func(flags *flag.FlagSet, args []string, out io.Writer) error
}

func commands() []command {
	return []command{
		{"build", "[-sources DIR] [-o FILE]", "verify the sources and build the catalogue", runBuild},
		{"verify", "[-sources DIR]", "say what must not be built, and where it stands", runVerify},
		{"coverage", "[-catalogue FILE] [-on DAY] [-short]", "what is known of the wanted models and of every vendor", runCoverage},
		{"compare", "[-on DAY] OLD NEW", "say what is new, changed and gone between two catalogues", runCompare},
		{"import", "FORMAT -read DAY [-write] [-add] ... FILE...", "take over what another format says: kev, cve, openeox, csv, endoflife, sunsetscan", runImport},
		{"export", "-o FILE [-catalogue FILE]", "write the dated facts as an OpenEoX shell", runExport},
		{"key", "-o FILE -name NAME", "make a key to sign packs with (password in HOUDBAAR_KEY_PASSWORD)", runKey},
		{"pack", "-key FILE -o FILE [-catalogue FILE]", "sign the catalogue and pack it into one file", runPack},
		{"models", "[-sources DIR] [-o FILE]", "write the names of all models for the rules that name devices", runModels},
		{"sort", "[-sources DIR]", "write the source files in their order", runSort},
	}
}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		if err == flag.ErrHelp {
			os.Exit(2)
		}
		fmt.Fprintln(os.Stderr, "mkcatalogue:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	if len(args) > 0 {
		switch args[0] {
		case "help", "-h", "--help":
			usage(out)
			return nil
		}
		for _, c := range commands() {
			if c.name == args[0] {
				return c.run(flag.NewFlagSet(c.name, flag.ContinueOnError), args[1:], out)
			}
		}
	}
	usage(os.Stderr)
	return flag.ErrHelp
}

func usage(out io.Writer) {
	fmt.Fprintln(out, "usage: mkcatalogue <command> [arguments]")
	for _, c := range commands() {
		fmt.Fprintf(out, "\n  %s %s\n      %s\n", c.name, c.args, c.help)
	}
}
