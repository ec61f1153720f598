# Everything a contributor runs. `make` alone lists the targets.
#
# Settings: ARGS (for demo and chaos), PKG (packages to test, lint or fuzz), FUZZTIME,
# BENCHTIME, HEJNAL_TEST_POSTGRES (use this server in place of a private one),
# HEJNAL_BROWSER (use this one in place of chromium), HEJNAL_SCREENSHOTS (keep pictures of
# pages in this folder).

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Go is often unpacked to /usr/local/go without being on the PATH.
export PATH := $(PATH):/usr/local/go/bin
# No C compiler is asked for; `make race` is the one exception.
export CGO_ENABLED ?= 0
# A clone owned by somebody else must build too, so Go does not ask git itself.
export GOFLAGS := $(strip $(filter-out -buildvcs=%,$(GOFLAGS)) -buildvcs=false)

PKG ?= ./...
FUZZTIME ?= 10s
BENCHTIME ?= 1s
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
COMMIT ?= $(shell git rev-parse --verify -q HEAD 2>/dev/null || echo unknown)

TOOL := CGO_ENABLED=0 go tool -modfile=tools/pinned/go.mod
LINT := CGO_ENABLED=0 go tool -modfile=tools/lint/go.mod golangci-lint
POSTGRES := tools/postgres/with-postgres

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: build
build: ## Build bin/hejnal, one static binary
	go build -trimpath -ldflags '-s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)' -o bin/hejnal ./cmd/hejnal

.PHONY: demo
demo: build ## Build and run `hejnal demo`, e.g. make demo ARGS=--exit
	bin/hejnal demo $(ARGS)

.PHONY: deps
deps: ## Install what the tests need from the system: a PostgreSQL server, a browser; fetch promtool
	tools/postgres/install
	tools/browser/install
	tools/deploy/promtool --fetch

.PHONY: check
check: format-check vet lint generate-diff tidy-diff test-fast ## What must hold before every commit; needs no PostgreSQL and no browser

.PHONY: test
test: ## Everything: deps, check, then all tests with a real PostgreSQL and a real browser
	$(MAKE) deps
	$(MAKE) check
	$(MAKE) test-deploy
	$(MAKE) test-full

.PHONY: test-fast
test-fast: ## The short tests
	go test -short $(PKG)

.PHONY: test-full
test-full: ## All tests, uncached, with a private PostgreSQL that is stopped at the end
	HEJNAL_REQUIRE_POSTGRES=1 HEJNAL_REQUIRE_BROWSER=1 $(POSTGRES) go test -count=1 -timeout 20m $(PKG)

# Where pages are looked at in a browser.
PAGES := ./tools/browser ./cmd/hejnal/journeys

.PHONY: test-pages
test-pages: ## The pages in a real browser; keep pictures of them with HEJNAL_SCREENSHOTS=DIR
	HEJNAL_REQUIRE_BROWSER=1 go test -count=1 -timeout 20m $(PAGES)

.PHONY: test-pages-full
test-pages-full: ## The same in every state and at every width
	HEJNAL_REQUIRE_BROWSER=1 HEJNAL_PAGES_FULL=1 go test -count=1 -timeout 60m $(PAGES)

.PHONY: test-deploy
test-deploy: ## The files of deploy/: manifests, images, alarms
	cd tools/deploy && go mod tidy -diff && go vet ./... && go test ./...
	tools/deploy/promtool check rules deploy/prometheus/rules.yaml
	tools/deploy/promtool test rules deploy/prometheus/rules_test.yaml
	{ echo scrape_configs:; cat deploy/prometheus/scrape.yaml; } | tools/deploy/promtool check config --syntax-only /dev/stdin

.PHONY: race
race: ## All tests under the race detector (needs a C compiler)
	HEJNAL_REQUIRE_POSTGRES=1 HEJNAL_REQUIRE_BROWSER=1 CGO_ENABLED=1 $(POSTGRES) go test -race -count=1 -timeout 40m $(PKG)

.PHONY: chaos
chaos: ## Break an installation of several machines under load and check it, e.g. make chaos ARGS='-duration 1h -seed 1'
	go run ./tools/chaos $(ARGS)

.PHONY: bench
bench: ## All benchmarks, with a private PostgreSQL
	$(POSTGRES) go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) -timeout 60m $(PKG)

.PHONY: fuzz
fuzz: ## Each fuzz target for FUZZTIME
	tools/fuzz $(FUZZTIME)

.PHONY: fmt
fmt: ## Format the Go files
	$(TOOL) gofumpt -w .

.PHONY: format-check
format-check: ## Fail when a Go file is not formatted
	@unformatted=$$($(TOOL) gofumpt -l .); \
	if [[ -n $$unformatted ]]; then printf 'not formatted, run make fmt:\n%s\n' "$$unformatted" >&2; exit 1; fi

.PHONY: vet
vet: ## go vet
	go vet $(PKG)

.PHONY: lint
lint: ## golangci-lint
	$(LINT) run --allow-parallel-runners $(PKG)

.PHONY: generate
generate: ## Write the generated SQL code
	tools/sqlc generate

.PHONY: generate-diff
generate-diff: ## Fail when the generated SQL code differs from its queries
	tools/sqlc diff

.PHONY: tidy-diff
tidy-diff: ## Fail when go.mod is not tidy
	go mod tidy -diff

.PHONY: vuln
vuln: ## Look for known vulnerabilities; says so when the database cannot be reached
	tools/vuln $(PKG)

.PHONY: clean
clean: ## Remove what was built
	rm -rf bin
