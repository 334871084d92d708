# Sourced by ./lethe, ./test and setup/prepare.sh. Says whether the set-up of this checkout is still valid.
# A set-up is a stamp in artifacts/: line 1 the fingerprint of its inputs, the other lines files that must exist.

# Prints the fingerprint of everything the set-up depends on: names, sizes and times of the inputs,
# where the checkout lies, and which libtorch was asked for.
lethe_fingerprint() { # root kind
  local root=$1 kind=$2 inputs=(src bench native setup Directory.Build.props Directory.Packages.props global.json Lethe.slnx BannedSymbols.txt .editorconfig)
  [[ $kind == test ]] && inputs+=(tests)
  {
    printf '%s\n' "$root" "$kind" "${LIBTORCH-}"
    cd "$root" && find "${inputs[@]}" -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort
  } | cksum
}

# True when the stamp of that kind carries the fingerprint and every file it names is still there.
lethe_ready() { # root kind
  local stamp=$1/artifacts/setup.$2.stamp line first=1
  [[ -r $stamp ]] || return 1
  while IFS= read -r line; do
    if [[ $first == 1 ]]; then
      first=0
      [[ $line == "$(lethe_fingerprint "$1" "$2")" ]] || return 1
    else
      [[ -e $line ]] || return 1
    fi
  done <"$stamp"
  [[ $first == 0 ]]
}

# Sets DOTNET to the dotnet command, also where it is not on the PATH.
lethe_find_dotnet() {
  local candidate
  for candidate in "$(command -v dotnet)" "${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}" "${HOME:+$HOME/.dotnet/dotnet}" \
    /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
    if [[ -n $candidate && -x $candidate ]]; then
      DOTNET=$candidate
      return 0
    fi
  done
  return 1
}

# OpenBLAS on OpenMP waits for ever when OpenMP gives it fewer threads than it was promised (both settings hang libtorch 1.13).
# The number of threads itself is the program's (--threads): OMP_NUM_THREADS changes neither results nor speed and stays as it is.
lethe_clean_environment() {
  unset OMP_DYNAMIC OMP_THREAD_LIMIT
}
