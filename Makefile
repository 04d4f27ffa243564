# Verbs over Meson; everything is built out of tree in build/.
#
#   make            build                          make check    set up, build, run every test
#   make setup      install missing packages       make asan     unit and fuzz-seed tests, ASan + UBSan
#   make demo       set up, build, code a sample   make fuzz     fuzz each target for FUZZ_SECONDS
#   make install    install (PREFIX, DESTDIR)      make bench    measure
#
# BUILD=folder and MESON_ARGS='-Doption=value' change the ordinary build.

BUILD ?= build
PREFIX ?= /usr/local
MESON_ARGS ?=
FUZZ_SECONDS ?= 60
# A sanitized build is slower; its seeds get fewer mutations.
ASAN_MUTATIONS ?= 40

all: build

setup:
	@tools/setup

# Meson reconfigures by itself when a meson.build changes.
$(BUILD)/build.ninja:
	meson setup $(BUILD) --prefix=$(PREFIX) $(MESON_ARGS)

build: $(BUILD)/build.ninja
	@ninja -C $(BUILD)

demo: setup
	@$(MAKE) --no-print-directory build
	@$(BUILD)/quid code --format table examples/sample.txt

check: setup
	@$(MAKE) --no-print-directory build
	@tools/run-tests $(BUILD)

asan:
	@test -f build/asan/build.ninja || CC=gcc meson setup build/asan -Db_sanitize=address,undefined -Doptimization=1
	@ninja -C build/asan
	@ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1 \
	  QUID_FUZZ_MUTATIONS=$(ASAN_MUTATIONS) tools/run-tests build/asan --only unit,fault,fuzz

fuzz:
	@tools/setup fuzz
	@test -f build/fuzz/build.ninja || CC=clang meson setup build/fuzz -Dfuzzer=true \
	  -Db_sanitize=address,undefined -Db_lundef=false
	@ninja -C build/fuzz
	@tools/fuzz build/fuzz $(FUZZ_SECONDS)

bench: build
	@bench/run $(BUILD)

install: build
	@meson install -C $(BUILD) --no-rebuild

clean:
	rm -rf build

.PHONY: all setup build demo check asan fuzz bench install clean
