# Sourced by setup/prepare.sh. Which Debian packages Lethe needs, and how they get onto the machine.

base_packages=(cmake g++ libstb-dev libsqlite3-0)
torch_packages=(libtorch-dev libgloo-dev libopenblas0-openmp)
demo_packages=(dataset-fashion-mnist)
test_packages=(python3-torch python3-torchvision)

# Prints those of the named packages that are not installed.
missing_packages() { # package…
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
  done
}

# Runs apt-get with the rights it needs. Exit code 77: there is no way to get them.
privileged_apt() { # apt-get arguments…
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@")
  if [[ $(id -u) == 0 ]]; then
    "${apt[@]}" </dev/null
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "${apt[@]}" </dev/null
  elif command -v sudo >/dev/null && [[ -t 0 && -t 2 ]]; then
    sudo -p "  password for %p, to install packages: " "${apt[@]}"
  else
    return 77
  fi
}

# Installs the named packages; refreshes the package lists once if that fails at first.
install_packages() { # package…
  local install=(install -y --no-install-recommends "$@") status=0
  privileged_apt "${install[@]}" >>"$log" 2>&1 || status=$?
  if [[ $status != 0 && $status != 77 ]]; then
    privileged_apt update >>"$log" 2>&1
    status=0
    privileged_apt "${install[@]}" >>"$log" 2>&1 || status=$?
  fi
  return "$status"
}

# Brings the packages of this kind of set-up onto the machine, or says what to do.
ensure_packages() { # kind
  local required=("${base_packages[@]}") wanted=("${demo_packages[@]}") missing optional status=0
  [[ -n ${LIBTORCH-} ]] || required+=("${torch_packages[@]}")
  [[ $1 == test ]] && wanted+=("${test_packages[@]}")
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    note "no apt-get here: the equivalents of ${required[*]} must be installed already (LIBTORCH=/path names a libtorch)"
    return 0
  fi
  mapfile -t missing < <(missing_packages "${required[@]}")
  mapfile -t optional < <(missing_packages "${wanted[@]}")
  ((${#missing[@]} + ${#optional[@]})) || return 0

  step "packages: $(echo "${missing[*]}" "${optional[*]}" | xargs)"
  install_packages "${missing[@]}" "${optional[@]}" || status=$?
  if [[ $status != 0 && $status != 77 && ${#optional[@]} != 0 ]]; then
    # One package that cannot be had must not keep the others away.
    status=0
    if ((${#missing[@]})); then install_packages "${missing[@]}" || status=$?; fi
    local package
    for package in "${optional[@]}"; do
      install_packages "$package" || true
    done
  fi
  mapfile -t missing < <(missing_packages "${required[@]}")
  mapfile -t optional < <(missing_packages "${wanted[@]}")
  if [[ $status == 77 ]] && ((${#missing[@]})); then
    fail "these packages are missing and there are no rights to install them. Run this once, then start again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]} ${optional[*]}"
  elif ((${#missing[@]})); then
    show_log
    fail "apt-get could not install: ${missing[*]}.
    Check the network and /etc/apt/sources.list, then start again; a libtorch of your own is named by LIBTORCH=/path (1.13 or 2.x)."
  fi
  finish_step
  if ((${#optional[@]})); then
    note "not available here: ${optional[*]} (the demo needs dataset-fashion-mnist, comparisons with PyTorch need python3-torch; all else works)"
  fi
}
