#!/bin/bash
# Starts etcd, kube-apiserver, kube-controller-manager, kube-scheduler and the simulated nodes and operators, all on loopback.
# Writes $BED/kubeconfig and $BED/token.kubeconfig; returns when all is ready. Settings: README.md.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
BED=${BED:-${TMPDIR:-/tmp}/control-plane}
BIN=${BIN:-$HERE/bin/control-plane}
PORT=${PORT:-16443} ETCD_PORT=${ETCD_PORT:-23790} KUBELET_PORT=${KUBELET_PORT:-10250}
RUN=$BED/run C=$BED/run/certs API=https://127.0.0.1:$PORT
T0=$(date +%s%N)
alive() { case $(ps -o stat= -p "$1" 2>/dev/null) in '' | Z*) return 1 ;; esac; }
ms() { echo $((($(date +%s%N) - T0) / 1000000)); }
if [ -e "$RUN/apiserver.pid" ] && alive "$(cat "$RUN/apiserver.pid")"; then
  echo "already up (pid $(cat "$RUN/apiserver.pid")); kubeconfig: $BED/kubeconfig"
  exit 0
fi
[ -x "$BIN" ] || { echo "$BIN is not there: build.sh makes it" >&2; exit 1; }
# the simulator's classes: as given, or from the distribution, where the sandbox has them
SIMULATOR=${SIMULATOR_CLASSPATH:-}
if [ -z "$SIMULATOR" ]; then
  jar=$(find "$HERE/../../distribution/target" -name 'btp-simulator*.jar' -print -quit 2>/dev/null || true)
  [ -z "$jar" ] || SIMULATOR="$(dirname "$jar")/*"
fi
JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java

rm -rf "$RUN"
mkdir -p "$RUN/log"
"$BIN" certs -dir "$C" -server "$API"
start() { # NAME COMMAND...: in the background, log and pid to files; $RUN/NAME.sh starts it again with the same data
  local name=$1
  shift
  {
    echo '#!/bin/bash'
    echo "setsid nohup $(printf '%q ' "$@") >>$(printf %q "$RUN/log/$name.log") 2>&1 </dev/null &"
    echo "echo \$! >$(printf %q "$RUN/$name.pid")"
  } >"$RUN/$name.sh"
  bash "$RUN/$name.sh"
}
fail() {
  echo "$1" >&2
  for p in "$RUN"/*.pid; do
    name=$(basename "$p" .pid)
    alive "$(cat "$p")" || { echo "--- $name died:" >&2; tail -5 "$RUN/log/$name.log" >&2; }
  done
  exit 1
}
call() { curl -s -m 5 --noproxy '*' --cacert "$C/ca.crt" --cert "$C/admin.crt" --key "$C/admin.key" "$@"; }

# Addresses of Services and load balancers are loopback ones (127.96/16, 127.98/16), so that a call to a webhook or an
# aggregated API stays on this machine. Those of pods (10.244/16) cannot be, as EndpointSlices refuse them: the API server
# calls one only for pods/proxy and services/proxy, and this route stops even that.
ip route replace unreachable 10.244.0.0/16 2>/dev/null || echo "warning: no route set for the addresses of pods: don't use pods/proxy" >&2

start etcd "$BIN" etcd -data-dir "$RUN/etcd" -listen-client-url "http://127.0.0.1:$ETCD_PORT"
AUDIT_ARGS=()
if [ "${AUDIT:-0}" = 1 ]; then
  printf 'apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules:\n- level: Metadata\n' >"$RUN/audit.yaml"
  AUDIT_ARGS=(--audit-policy-file="$RUN/audit.yaml" --audit-log-path="$RUN/log/audit.log")
fi
start apiserver "$BIN" kube-apiserver \
  --etcd-servers="http://127.0.0.1:$ETCD_PORT" \
  --bind-address=127.0.0.1 --secure-port="$PORT" --advertise-address=127.0.0.1 --endpoint-reconciler-type=none \
  --service-cluster-ip-range=127.96.0.0/16 \
  --tls-cert-file="$C/apiserver.crt" --tls-private-key-file="$C/apiserver.key" \
  --client-ca-file="$C/ca.crt" --token-auth-file="$C/tokens.csv" \
  --authorization-mode=Node,RBAC --anonymous-auth=true \
  --service-account-issuer=https://kubernetes.default.svc --service-account-signing-key-file="$C/sa.key" --service-account-key-file="$C/sa.pub" \
  --allow-privileged=true --profiling=false --shutdown-delay-duration=0s \
  --kubelet-preferred-address-types=InternalIP \
  "${AUDIT_ARGS[@]}"
cp "$C/admin.kubeconfig" "$BED/kubeconfig"
# in JSON, which is YAML too: the simulator has no parser for more
(umask 077 && printf '{"apiVersion":"v1","kind":"Config","clusters":[{"name":"bed","cluster":{"server":"%s","certificate-authority-data":"%s"}}],"users":[{"name":"admin","user":{"token":"%s"}}],"contexts":[{"name":"bed","context":{"cluster":"bed","user":"admin"}}],"current-context":"bed"}\n' \
  "$API" "$(base64 -w0 <"$C/ca.crt")" "$(head -1 "$C/tokens.csv" | cut -d, -f1)" >"$BED/token.kubeconfig")
cp "$BED/token.kubeconfig" "$RUN/simulator.kubeconfig"

for i in $(seq 1 1200); do
  [ "$(call "$API/readyz")" = ok ] && break
  alive "$(cat "$RUN/apiserver.pid")" || fail "the API server ended"
  [ "$i" = 1200 ] && fail "the API server is not ready after 120 s"
  sleep 0.1
done
echo "API server ready after $(ms) ms"
PARTS=()
if [ "${CONTROLLERS:-1}" = 1 ]; then
  start controllers "$BIN" kube-controller-manager --kubeconfig="$C/kcm.kubeconfig" --secure-port=0 --leader-elect=false --kube-api-qps=500 --kube-api-burst=1000 \
    --root-ca-file="$C/ca.crt" --service-account-private-key-file="$C/sa.key" \
    --cluster-signing-cert-file="$C/ca.crt" --cluster-signing-key-file="$C/ca.key" \
    --use-service-account-credentials=true --enable-hostpath-provisioner=true --profiling=false \
    --controllers='*,-node-ipam-controller,-node-route-controller,-service-lb-controller,-cloud-node-lifecycle-controller'
  start scheduler "$BIN" kube-scheduler --kubeconfig="$C/scheduler.kubeconfig" --secure-port=0 --leader-elect=false --profiling=false --kube-api-qps=500 --kube-api-burst=1000
  PARTS+=(controllers scheduler)
fi
# the default storage class; the controller manager's host path provisioner binds its claims
call -o /dev/null -H 'Content-Type: application/json' "$API/apis/storage.k8s.io/v1/storageclasses" -d '{"metadata":{"name":"standard","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"kubernetes.io/host-path","reclaimPolicy":"Delete","volumeBindingMode":"Immediate","allowVolumeExpansion":true}'
if [ -n "$SIMULATOR" ]; then
  EXTRA=()
  [ "${CONTROLLERS:-1}" = 1 ] || EXTRA=(--controllers)
  start simulator "$JAVA" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$SIMULATOR" io.btp.installer.simulator.nodes.SimulatorMain \
    --kubeconfig "$RUN/simulator.kubeconfig" --kubelet-port "$KUBELET_PORT" "${EXTRA[@]}"
  PARTS+=(simulator)
else
  echo "no nodes: neither SIMULATOR_CLASSPATH is set nor is the distribution built" >&2
fi
# up when the default service account is there (controller manager) and the nodes have lost their not-ready taint
is_up() {
  [ "$(call -o /dev/null -w '%{http_code}' "$API/api/v1/namespaces/default/serviceaccounts/default")" = 200 ] || return 1
  [ -n "$SIMULATOR" ] || return 0
  local nodes
  nodes=$(call "$API/api/v1/nodes")
  [ "$(grep -c '"kubeletVersion"' <<<"$nodes")" = 2 ] && ! grep -q 'node.kubernetes.io/not-ready' <<<"$nodes"
}
for i in $(seq 1 600); do
  for name in "${PARTS[@]}"; do alive "$(cat "$RUN/$name.pid")" || fail "$name ended"; done
  if [ ${#PARTS[@]} = 0 ] || is_up; then break; fi
  [ "$i" = 600 ] && fail "no service account or no ready node after 60 s"
  sleep 0.1
done
echo "all ready after $(ms) ms; kubeconfig: $BED/kubeconfig"
