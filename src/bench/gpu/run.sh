#!/usr/bin/env bash
# Measures an NVIDIA card: that it agrees with the CPU, then training steps, epochs and a study, beside PyTorch with PEFT where
# Python has them. Needs a JDK and a folder of jars and classes; prints a table and writes OUT/bench.json.
#
#   src/bench/gpu/run.sh [--pairs N] [NAME...]
#
#   JARS     class path; if not said, what `./tunebook bench --help` and `./tunebook kernel install --gpu` have built
#   OUT      folder of results, target/gpu-bench if not said
#   DEVICE   cuda, or cpu to try the program on small shapes
#   PYTHON   of the peer, python3 if not said
set -euo pipefail

HERE="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
HOME_DIR="$(cd "$HERE/../../.." && pwd)"
TARGET="$HOME_DIR/target"
JARS="${JARS:-$TARGET/bench/classes:$TARGET/bench/lib/*:$TARGET/gpu/*}"
OUT="${OUT:-$TARGET/gpu-bench}"
DEVICE="${DEVICE:-cuda}"
PYTHON="${PYTHON:-python3}"
JAVA="${JAVA_HOME:+$JAVA_HOME/bin/}java"

mkdir -p "$OUT"

# CUDA's libraries, where PyTorch's own packages bring them.
libraries="$("$PYTHON" -c 'import glob, site, sys
folders = site.getsitepackages() + [site.getusersitepackages()] + sys.path
print(":".join(sorted({p for f in folders for p in glob.glob(f + "/nvidia/*/lib")})))' 2>/dev/null || true)"
export LD_LIBRARY_PATH="${libraries}${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"

"$PYTHON" -c 'import peft, torch, transformers
print("beside: PyTorch", torch.__version__, "PEFT", peft.__version__, "transformers", transformers.__version__)' >&2 ||
    echo "no PyTorch with PEFT in $PYTHON: cases that need it will fail, those of Tunebook alone do not" >&2
[ "$DEVICE" != cuda ] || nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader >&2 || true

exec "$JAVA" -Xmx12g -Djava.awt.headless=true -Dbench.threads="${THREADS:-$(nproc)}" -Dbench.device="$DEVICE" \
    -Dbench.out="$OUT" -Dbench.json="$OUT/bench.json" -Dbench.python="$PYTHON" -Dbench.peer="$HERE/peer.py" \
    -cp "$JARS" tunebook.bench.Bench --gpu "$@"
