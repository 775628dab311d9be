#!/bin/bash
# Ends what up.sh started, by pid; KEEP=1 keeps data and logs.
set -uo pipefail
BED=${BED:-${TMPDIR:-/tmp}/control-plane} RUN=${BED:-${TMPDIR:-/tmp}/control-plane}/run
# a zombie counts as gone: process 1 of a container may be slow to reap it
alive() { case $(ps -o stat= -p "$1" 2>/dev/null) in '' | Z*) return 1 ;; esac; }
for name in simulator scheduler controllers apiserver etcd; do
  pid=$(cat "$RUN/$name.pid" 2>/dev/null) || continue
  # a pid may have passed to another process: ours all have a path in this folder among their arguments
  if [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$RUN/"; then
    # an orderly end of all takes 10 s, which nobody needs where the data go too
    if [ "${KEEP:-0}" = 1 ]; then kill "$pid" 2>/dev/null; else kill -9 "$pid" 2>/dev/null; fi
    for _ in $(seq 1 100); do alive "$pid" || break; sleep 0.1; done
    alive "$pid" && kill -9 "$pid" 2>/dev/null
  fi
  rm -f "$RUN/$name.pid"
done
[ "${KEEP:-0}" = 1 ] || rm -rf "$RUN" "$BED/kubeconfig" "$BED/token.kubeconfig"
echo down
