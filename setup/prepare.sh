#!/usr/bin/env bash
# Makes this checkout ready: packages, native library, .NET build. Idempotent; parallel starts wait for each other.
#   setup/prepare.sh run    what ./lethe needs
#   setup/prepare.sh test   what ./test needs as well (all projects, the Python reference)
set -uo pipefail
kind=${1:-run}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/setup/state.sh"
source "$root/setup/packages.sh"
mkdir -p "$root/artifacts" || exit 1
log=$root/artifacts/setup.log

now() { printf '%s' "${EPOCHREALTIME/[.,]/}"; }
elapsed() { printf '%d.%d s' $((($(now) - $1) / 1000000)) $((($(now) - $1) / 100000 % 10)); }
say() { printf '%s\n' "$*" >&2; }
note() { say "  note: $*"; }
step() {
  step_name=$* step_begin=$(now)
  printf '== %s\n' "$*" >>"$log"
  if [[ -t 2 ]]; then printf '  %s …' "$*" >&2; else say "  $* …"; fi
}
finish_step() { if [[ -t 2 ]]; then printf '\r  %s: %s \n' "$step_name" "$(elapsed "$step_begin")" >&2; else say "  $step_name: $(elapsed "$step_begin")"; fi; }
show_log() {
  [[ -t 2 ]] && say ""
  if grep -qE ': error |^E: |CMake Error' "$log"; then
    grep -E ': error |^E: |CMake Error' "$log" | sort -u | head -n 40 >&2
  else
    tail -n 40 "$log" >&2
  fi
  say "  (whole log: artifacts/setup.log)"
}
fail() {
  [[ -t 2 ]] && say ""
  say "lethe: set-up stopped: $*"
  exit 1
}
run_logged() { # what command…
  local what=$1
  shift
  step "$what"
  # Without the lock: a compiler server that outlives the build would keep it from those who wait.
  if ! "$@" >>"$log" 2>&1 </dev/null 9>&-; then
    show_log
    fail "$what failed."
  fi
  finish_step
}

# One set-up at a time in a checkout. Whoever waited finds the work done.
exec 9>"$root/artifacts/setup.lock"
if ! flock -n 9; then
  say "lethe: another set-up of this checkout is running, waiting for it …"
  flock 9
fi
lethe_ready "$root" "$kind" && exit 0

begin=$(now)
: >"$log"
say "Lethe: setting up this checkout (only needed when something changed)"
fingerprint=$(lethe_fingerprint "$root" "$kind")
fingerprint_run=$(lethe_fingerprint "$root" run)
rm -f "$root/artifacts/setup.run.stamp" "$root/artifacts/setup.test.stamp"

[[ $(uname -s)/$(uname -m) == Linux/x86_64 ]] || note "Lethe is built and tested on Linux x86-64; this is $(uname -s) $(uname -m)"
if [[ -n ${LIBTORCH-} && ! -d $LIBTORCH ]]; then
  fail "LIBTORCH=$LIBTORCH is not a directory. It must name a libtorch (the folder that holds include/ and lib/)."
fi
ensure_packages "$kind"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
if [[ -z ${HOME-} || ! -w ${HOME-} ]]; then
  export DOTNET_CLI_HOME=$root/artifacts/dotnet-home NUGET_PACKAGES=$root/artifacts/dotnet-home/packages
  mkdir -p "$DOTNET_CLI_HOME"
fi
if ! lethe_find_dotnet || ! "$DOTNET" --list-sdks 2>/dev/null | grep -q '^10\.'; then
  if command -v apt-cache >/dev/null && apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then
    step "packages: dotnet-sdk-10.0"
    install_packages dotnet-sdk-10.0 && finish_step
  fi
  if ! lethe_find_dotnet || ! "$DOTNET" --list-sdks 2>/dev/null | grep -q '^10\.'; then
    fail "the .NET 10 SDK is missing (found: $(${DOTNET:-true} --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd, - | sed 's/^$/none/')).
    Install the package dotnet-sdk-10.0 of your distribution, or follow https://learn.microsoft.com/dotnet/core/install/linux
    (an SDK in ~/.dotnet or \$DOTNET_ROOT is found too), then start again."
  fi
fi

if [[ -x $root/setup/native.sh ]]; then
  run_logged "native library (libtorch behind a C interface)" "$root/setup/native.sh"
fi
if [[ $kind == test ]]; then
  target=$root/Lethe.slnx
  what="building Lethe and its tests"
else
  target=$root/src/Lethe.Cli/Lethe.Cli.csproj
  what="building Lethe"
fi
run_logged "$what" "$DOTNET" build "$target" -c Release -v quiet -nologo -clp:NoSummary

# The stamp also names what must not vanish behind our back: the program, the native library and the libtorch it loads.
native=$root/artifacts/native/liblethe_torch.so
required_files() {
  printf '%s\n' "$root/artifacts/bin/Lethe.Cli/release/Lethe.Cli.dll"
  if [[ -e $native ]]; then
    printf '%s\n' "$native"
    ldd "$native" 2>/dev/null | awk '$1 ~ /^lib(torch_cpu|c10)\.so/ && $3 ~ /^\// { print $3 }'
  fi
}
write_stamp() { # kind fingerprint
  { printf '%s\n' "$2"; required_files; } >"$root/artifacts/setup.$1.stamp.new"
  mv -f "$root/artifacts/setup.$1.stamp.new" "$root/artifacts/setup.$1.stamp"
}
write_stamp run "$fingerprint_run"
[[ $kind == test ]] && write_stamp test "$fingerprint"
say "Ready after $(elapsed "$begin")."
