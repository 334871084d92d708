#!/usr/bin/env bash
# Builds native/ into artifacts/native/liblethe_torch.so. Does nothing when the sources and libtorch are unchanged.
# LIBTORCH=/path names another libtorch (1.13 or 2.x, CPU or CUDA): the folder that holds its include/ and lib/.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out="$root/artifacts/native"
library="$out/liblethe_torch.so"

if [[ -n "${LIBTORCH:-}" && ! -d "$LIBTORCH/include" ]]; then
  echo "LIBTORCH=$LIBTORCH holds no include/ folder: name the folder of a libtorch, or unset it to use the system's" >&2
  exit 1
fi
core=$(ls -1 ${LIBTORCH:+"$LIBTORCH"/lib/libtorch_cpu.so*} ${LIBTORCH:-/usr/lib/*/libtorch_cpu.so* /usr/lib/libtorch_cpu.so*} 2>/dev/null \
  | grep -m1 'libtorch_cpu\.so' || true)
if [[ -z "$core" ]]; then
  echo "libtorch was not found: install the package libtorch-dev, or set LIBTORCH to the folder of a libtorch" >&2
  exit 1
fi

stamp=$(cat "$root"/native/CMakeLists.txt "$root"/native/include/* "$root"/native/src/* "${BASH_SOURCE[0]}" | sha256sum | cut -c1-64)
stamp="$stamp $core $(stat -Lc '%s %Y' "$core")"
if [[ -f "$library" && -f "$out/stamp" && "$(<"$out/stamp")" == "$stamp" ]]; then exit 0; fi

echo "Building the native library (about a minute) ..." >&2
mkdir -p "$out/build"
log="$out/build.log"
generator=()
if command -v ninja >/dev/null; then generator=(-G Ninja); fi
# A checkout that was copied or moved brings a cache that names its old place.
if [[ -f "$out/build/CMakeCache.txt" ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root/native" "$out/build/CMakeCache.txt"; then rm -rf "$out/build"; mkdir -p "$out/build"; fi
if [[ -f "$out/build/libtorch" && "$(<"$out/build/libtorch")" != "$core" ]]; then rm -rf "$out/build"; mkdir -p "$out/build"; fi
echo "$core" >"$out/build/libtorch"
if ! { cmake -S "$root/native" -B "$out/build" "${generator[@]}" -DCMAKE_BUILD_TYPE=Release -DLIBTORCH="${LIBTORCH:-}" \
  && cmake --build "$out/build" --parallel "$(nproc)"; } >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  echo "The native library could not be built; the whole log is $log" >&2
  exit 1
fi
# Renamed into place, so that a program that has the old one open keeps it.
cp "$out/build/liblethe_torch.so" "$library.new"
mv "$library.new" "$library"
echo "$stamp" >"$out/stamp"
