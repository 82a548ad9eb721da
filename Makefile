# Houdbaar. `make` says what there is to make. Debian and Ubuntu need Go and
# nothing else; the rest is installed when it is missing (fyne-cross/deps.sh).

GO        ?= go
FUZZTIME  ?= 30s
CATALOGUE := assets/catalogue/catalogue.db
BUILD     := build

# Flags are part of the compiler's cache: one set for each purpose.
# - ci: Fyne without a screen, for tests
# - gles: OpenGL ES, which compiles in a fifth of the time and every driver has
# - accessibility: names and roles for screen readers
# - migrated_fynedo: without Fyne's own check that the window is touched by one
#   thread only; shipped with, tested without (see internal/ui)
TEST   := ci
WINDOW := gles,accessibility
SHIPPED := $(WINDOW),migrated_fynedo

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.8.0

# What is vetted for other systems too: all but the window. Without cgo SQLite is a stub
# (internal/sqlite), which is enough for go vet.
ELSEWHERE = $(shell $(GO) list -f '{{.ImportPath}} {{join .Deps " "}}' ./... | grep -v ' fyne.io/' | cut -d' ' -f1)
# Rooms that do several things at once.
RACED := $(addprefix houdbaar/internal/,discover doctor history lan probe scan)
# Run on a network or a screen of their own, and never from the cache.
LIVE  = ./internal/lab ./cmd/houdbaarctl ./cmd/houdbaar

# Fyne complains of the locale C at every start. Checks read English; what a person
# runs speaks the language of their system.
ifeq ($(filter-out C C.% POSIX,$(LANG)),)
export LANG = en_US.UTF-8
endif
test unit race live golden: export LANG = en_US.UTF-8

.DEFAULT_GOAL := help
.PHONY: help run scan build catalogue test race lint golden fuzz eval coverage bench bench-peers bench-window screenshots clean \
	package-linux package-windows package-macos try-linux try-windows deps-run deps-test format vet plan unit twice live skipped vulnerabilities

help: ## say what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: deps-run $(CATALOGUE) ## build all and open the window (without a screen: scan at the prompt)
	@mkdir -p $(BUILD)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "Building the window; the first time takes some minutes."; \
		$(GO) build -tags $(SHIPPED) -o $(BUILD)/houdbaar ./cmd/houdbaar && exec $(BUILD)/houdbaar; \
	else \
		echo "There is no screen here (DISPLAY and WAYLAND_DISPLAY are not set): the same scan, at the prompt."; \
		$(GO) build -o $(BUILD)/houdbaarctl ./cmd/houdbaarctl && { $(BUILD)/houdbaarctl scan || [ $$? -eq 1 ]; }; \
	fi

scan: deps-run $(CATALOGUE) ## scan at the prompt
	@mkdir -p $(BUILD)
	@$(GO) build -o $(BUILD)/houdbaarctl ./cmd/houdbaarctl
	@$(BUILD)/houdbaarctl scan || [ $$? -eq 1 ] # 1: there is something to do

build: deps-run $(CATALOGUE) ## build the three commands into build/
	@mkdir -p $(BUILD)
	$(GO) build -tags $(SHIPPED) -o $(BUILD)/houdbaar ./cmd/houdbaar
	$(GO) build -o $(BUILD)/houdbaarctl ./cmd/houdbaarctl
	$(GO) build -o $(BUILD)/mkcatalogue ./cmd/mkcatalogue

catalogue: deps-run $(CATALOGUE) ## build the catalogue from assets/sources

$(CATALOGUE): $(shell find assets/sources internal/catalogue internal/lifecycle internal/firmware internal/sqlite cmd/mkcatalogue -type f ! -name '*_test.go')
	$(GO) run ./cmd/mkcatalogue build -o $@

# The quick ones first; each is a target of its own.
test: deps-test $(CATALOGUE) ## all checks; CI=true allows no skip
	@for check in format plan vet lint vulnerabilities unit race twice live; do \
		echo "== $$check"; $(MAKE) --no-print-directory $$check || exit 1; \
	done
	@$(MAKE) --no-print-directory skipped
	@echo "== all checks passed"

format:
	@unformatted=$$(gofmt -l assets cmd internal) || exit 1; [ -z "$$unformatted" ] || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }

plan:
	$(GO) test ./internal/

vet:
	$(GO) vet -tags $(TEST) ./...
	CGO_ENABLED=0 GOOS=windows $(GO) vet $(ELSEWHERE)
	CGO_ENABLED=0 GOOS=darwin $(GO) vet $(ELSEWHERE)

lint: ## what staticcheck has to say
	$(GO) run $(STATICCHECK) -tags $(TEST) -checks all,-ST1000 ./...

# Where the database cannot be reached nothing is checked, and that is said. A copy of
# it serves as well: make vulnerabilities VULNDB=file:///path/to/vulndb
VULNDB ?= https://vuln.go.dev
vulnerabilities: ## known holes in what is linked, by govulncheck (asks vuln.go.dev, or VULNDB)
	@out=$$($(GO) run $(GOVULNCHECK) -db $(VULNDB) -tags $(WINDOW) ./... 2>&1); code=$$?; echo "$$out"; \
	if [ $$code -eq 1 ] && echo "$$out" | grep -q '^govulncheck: fetching'; then \
		echo "== NOT CHECKED for known holes: $(VULNDB) cannot be reached from here"; exit 0; \
	fi; exit $$code

# What neither race nor live runs.
unit: $(CATALOGUE)
	$(GO) test -tags $(TEST) $(filter-out $(RACED) houdbaar/internal/lab houdbaar/cmd/houdbaarctl houdbaar/cmd/houdbaar,$(shell $(GO) list ./...))

race: $(CATALOGUE) ## tests of the rooms that do several things at once, with the race detector
	$(GO) test -tags $(TEST) -race $(RACED)

# The catalogue is a function of its sources, and the command of its source, wherever
# it stands.
twice: $(CATALOGUE)
	@mkdir -p $(BUILD)
	$(GO) run ./cmd/mkcatalogue verify
	$(GO) run ./cmd/mkcatalogue build -o $(BUILD)/again.db
	cmp $(CATALOGUE) $(BUILD)/again.db
	@rm -rf $(BUILD)/here $(BUILD)/elsewhere
	@mkdir -p $(BUILD)/here $(BUILD)/elsewhere
	@cp -r go.mod go.sum cmd internal assets $(BUILD)/here
	@cp -r $(BUILD)/here $(BUILD)/elsewhere/here
	cd $(BUILD)/here && $(GO) build -trimpath -buildvcs=false -o ../houdbaarctl-here ./cmd/houdbaarctl
	cd $(BUILD)/elsewhere/here && $(GO) build -trimpath -buildvcs=false -o ../../houdbaarctl-elsewhere ./cmd/houdbaarctl
	cmp $(BUILD)/houdbaarctl-here $(BUILD)/houdbaarctl-elsewhere
	@rm -rf $(BUILD)/here $(BUILD)/elsewhere $(BUILD)/houdbaarctl-here $(BUILD)/houdbaarctl-elsewhere

# The whole program in a home of namespaces, and its real window on a screen
# without a monitor.
live: $(CATALOGUE)
	@mkdir -p $(BUILD)/pictures
	$(GO) build -tags $(WINDOW),watched -o $(BUILD)/houdbaar-checked ./cmd/houdbaar
	HOUDBAAR_PICTURES=$(CURDIR)/$(BUILD)/pictures $(GO) test -tags $(TEST) -count=1 -timeout 20m $(LIVE)

# go test says nothing of a skipped test that passes; name them: the few that may
# skip themselves and, where the system forbids network namespaces, all that need them. With
# CI=true those have failed.
skipped:
	@files='t\.Skip'; tests=$$(find cmd internal -name '*_test.go' -exec awk '/^func Test/ {sub(/\(.*/, "", $$2); name = $$2} name && /t\.Skip/ {print name}' {} + | paste -sd '|'); \
	unshare -nm ip link add try0 type bridge 2>/dev/null || unshare -Urnm ip link add try0 type bridge 2>/dev/null || { \
		files="$$files|lab\.Run\(|[^.]Run\(t, func\(n? ?\*Net"; tests='.*'; }; \
	$(GO) test -tags $(TEST) -count=1 -v -run "^($$tests)$$" $$(grep -rlE "$$files" --include='*_test.go' cmd internal | xargs -n1 dirname | sort -u | sed 's|^|./|') | \
		grep -E '^ {0,4}--- SKIP' | sed '1i == skipped, because this system lacks what they need:'; true

golden: $(CATALOGUE) ## rewrite the golden files; read the diff like code
	@for p in $$(grep -rlE 'flag.Bool\("update"' --include='*_test.go' assets cmd internal | xargs -n1 dirname | sort -u); do \
		$(GO) test -tags $(TEST) ./$$p -update || exit 1; \
	done
	@git diff --stat

fuzz: ## fuzz every parser of outside bytes for FUZZTIME (30s) each
	@for p in $$(grep -rlE '^func Fuzz' --include='*_test.go' cmd internal | xargs -n1 dirname | sort -u); do \
		for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' $$p/*_test.go | cut -c6- | sort -u); do \
			echo "== $$p $$f"; $(GO) test -tags $(TEST) ./$$p -run '^$$' -fuzz "^$$f\$$" -fuzzminimizetime 5s -fuzztime $(FUZZTIME) || exit 1; \
		done; \
	done

coverage: $(CATALOGUE) ## what the catalogue knows of the wanted models
	$(GO) run ./cmd/mkcatalogue coverage -short

# The project's own recordings always; beside it ../shared/announcements, or CASES.
CASES ?= $(wildcard ../shared/announcements)
eval: ## what is read rightly in recorded announcements, and every miss: make eval [CASES=DIR]
	@$(GO) test ./internal/fingerprint -count=1 -run TestEval -v -args -table $(if $(CASES),-cases $(abspath $(CASES)))

bench: $(CATALOGUE) ## benchmarks of the parts
	$(GO) test -tags $(TEST) -run '^$$' -bench . -skip Peers ./internal/...

bench-peers: deps-test $(CATALOGUE) ## the lab's home, timed: houdbaarctl, gssdp-discover, avahi-browse, nmap; and a scan under a flood
	@$(GO) test -tags $(TEST) -run '^$$' -bench 'Peers|Flood' -benchtime 1x -count 1 -timeout 10m ./cmd/houdbaarctl

# The packages; fyne-cross/README.md says how they are made and signed. What is made is
# tried too, unless NOTRY=1. -trimpath compiles everything anew; TRIM= leaves it out.
export SHIPPED GO

package-linux: $(CATALOGUE) ## .deb and tarball for Linux (amd64, arm64), tried in a fresh Debian
	@fyne-cross/deps.sh linux
	@for arch in $(or $(ARCHS),amd64 arm64); do fyne-cross/linux/package.sh $$arch || exit 1; done
	@[ -n "$(NOTRY)" ] || $(MAKE) --no-print-directory try-linux

package-windows: $(CATALOGUE) ## installer and zip for Windows (amd64), started under Wine
	@fyne-cross/deps.sh windows
	@fyne-cross/windows/package.sh
	@[ -n "$(NOTRY)" ] || $(MAKE) --no-print-directory try-windows

package-macos: $(CATALOGUE) ## .dmg for macOS, on a Mac
	@fyne-cross/darwin/package.sh

try-linux:
	@fyne-cross/linux/try.sh

try-windows:
	@fyne-cross/windows/try.sh

bench-window: deps-test $(CATALOGUE) ## the window against the smallest Fyne program: start, memory, rest, scrolling, ten thousand devices
	@$(GO) test -tags $(TEST) -run '^$$' -bench Window -benchtime 1x -count 1 -timeout 10m ./cmd/houdbaar
	@$(GO) test -tags $(TEST) -run '^$$' -bench Crowd ./internal/ui

# The screens show an invented home; scan-nl and scan-en are the real window after a
# real scan of the lab's home.
screenshots: deps-test $(CATALOGUE) ## rewrite assets/screenshots; look at them
	$(GO) test -tags $(TEST) -count=1 -run TestPictures ./internal/ui -pictures $(CURDIR)/assets/screenshots
	HOUDBAAR_PICTURES=$(CURDIR)/$(BUILD)/pictures $(GO) test -tags $(TEST) -count=1 -timeout 10m -run 'TestTheMouse|TestTheLanguage' ./cmd/houdbaar
	cp $(BUILD)/pictures/scan-nl.png $(BUILD)/pictures/scan-en.png assets/screenshots/

deps-run:
	@fyne-cross/deps.sh run

deps-test:
	@fyne-cross/deps.sh test

clean: ## remove what was built
	rm -rf $(BUILD) $(CATALOGUE)
