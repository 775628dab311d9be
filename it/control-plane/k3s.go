package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const k3sServer = "https://127.0.0.1:6443"

// runK3s is a whole cluster as one container that is used as rancher/k3s is: "server" with its flags, port 6443,
// /etc/rancher/k3s/k3s.yaml, and the line on standard error that says when nodes are there. Nodes and operators are the
// simulator's: SIMULATOR has its command line up to the options.
func runK3s(args []string) int {
	if len(args) == 0 || args[0] != "server" {
		fmt.Fprintln(os.Stderr, "usage: k3s server [--tls-san=NAME]... [--disable=PART]...")
		return 2
	}
	sans := []string{}
	for _, arg := range args[1:] {
		name, value, _ := strings.Cut(arg, "=")
		switch name {
		case "--tls-san":
			sans = append(sans, value)
		case "--disable": // there is nothing but the control plane
		default:
			fmt.Fprintln(os.Stderr, "k3s: this image does not know "+name)
			return 2
		}
	}
	addresses, err := net.InterfaceAddrs()
	must(err)
	for _, address := range addresses {
		if ip, ok := address.(*net.IPNet); ok && !ip.IP.IsLoopback() {
			sans = append(sans, ip.IP.String())
		}
	}
	data := "/var/lib/rancher/k3s/server"
	c := func(n string) string { return filepath.Join(data, "certs", n) }
	runCerts([]string{"-dir", filepath.Dir(c("x")), "-server", k3sServer, "-san", strings.Join(sans, ",")})

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	ended := make(chan error)
	start := func(name string, command ...string) {
		cmd := exec.CommandContext(ctx, command[0], command[1:]...)
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		must(cmd.Start())
		go func() { ended <- fmt.Errorf("%s ended: %v", name, cmd.Wait()) }()
	}
	self, err := os.Executable()
	must(err)
	start("etcd", self, "etcd", "-data-dir", filepath.Join(data, "etcd"))
	start("kube-apiserver", self, "kube-apiserver",
		"--etcd-servers=http://127.0.0.1:23790", "--bind-address=0.0.0.0", "--secure-port=6443",
		"--advertise-address=127.0.0.1", "--endpoint-reconciler-type=none", "--service-cluster-ip-range=127.96.0.0/16",
		"--tls-cert-file="+c("apiserver.crt"), "--tls-private-key-file="+c("apiserver.key"),
		"--client-ca-file="+c("ca.crt"), "--token-auth-file="+c("tokens.csv"),
		"--authorization-mode=Node,RBAC", "--anonymous-auth=true",
		"--service-account-issuer=https://kubernetes.default.svc", "--service-account-signing-key-file="+c("sa.key"), "--service-account-key-file="+c("sa.pub"),
		"--allow-privileged=true", "--profiling=false", "--shutdown-delay-duration=0s", "--kubelet-preferred-address-types=InternalIP")
	cluster, err := newClusterClient(c("ca.crt"), c("admin.crt"), c("admin.key"))
	must(err)
	wait := func(what string, ready func() bool) error {
		for deadline := time.Now().Add(3 * time.Minute); !ready(); {
			select {
			case err := <-ended:
				return err
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(100 * time.Millisecond):
			}
			if time.Now().After(deadline) {
				return fmt.Errorf("%s: not after 3 minutes", what)
			}
		}
		return nil
	}
	run := func() error {
		if err := wait("API server ready", func() bool { code, body := cluster.get("/readyz"); return code == 200 && body == "ok" }); err != nil {
			return err
		}
		start("kube-controller-manager", self, "kube-controller-manager", "--kubeconfig="+c("kcm.kubeconfig"), "--secure-port=0", "--leader-elect=false",
			"--kube-api-qps=500", "--kube-api-burst=1000", "--root-ca-file="+c("ca.crt"), "--service-account-private-key-file="+c("sa.key"),
			"--cluster-signing-cert-file="+c("ca.crt"), "--cluster-signing-key-file="+c("ca.key"), "--use-service-account-credentials=true",
			"--enable-hostpath-provisioner=true", "--profiling=false",
			"--controllers=*,-node-ipam-controller,-node-route-controller,-service-lb-controller,-cloud-node-lifecycle-controller")
		start("kube-scheduler", self, "kube-scheduler", "--kubeconfig="+c("scheduler.kubeconfig"), "--secure-port=0", "--leader-elect=false",
			"--profiling=false", "--kube-api-qps=500", "--kube-api-burst=1000")
		cluster.post("/apis/storage.k8s.io/v1/storageclasses", `{"metadata":{"name":"local-path","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"kubernetes.io/host-path","reclaimPolicy":"Delete","volumeBindingMode":"Immediate","allowVolumeExpansion":true}`)
		token := filepath.Join(data, "simulator.kubeconfig")
		must(writeTokenKubeconfig(token, c("ca.crt"), c("tokens.csv")))
		start("simulator", append(strings.Fields(os.Getenv("SIMULATOR")), "--kubeconfig", token, "--kubelet-port", "10250")...)
		if err := wait("nodes ready", cluster.isUp); err != nil {
			return err
		}
		text, err := os.ReadFile(c("admin.kubeconfig"))
		must(err)
		must(os.MkdirAll("/etc/rancher/k3s", 0o755))
		must(os.WriteFile("/etc/rancher/k3s/k3s.yaml", []byte(strings.ReplaceAll(string(text), "control-plane", "default")), 0o644))
		fmt.Fprintln(os.Stderr, "Node controller sync successful")
		select {
		case err := <-ended:
			return err
		case <-ctx.Done():
			return nil
		}
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "k3s:", err)
		return 1
	}
	return 0
}

// writeTokenKubeconfig writes JSON, as the simulator has no parser for more.
func writeTokenKubeconfig(path, ca, tokens string) error {
	authority, err := os.ReadFile(ca)
	if err != nil {
		return err
	}
	rows, err := os.ReadFile(tokens)
	if err != nil {
		return err
	}
	token, _, _ := strings.Cut(string(rows), ",")
	return os.WriteFile(path, []byte(fmt.Sprintf(`{"apiVersion":"v1","kind":"Config","clusters":[{"name":"default","cluster":{"server":%q,"certificate-authority-data":%q}}],`+
		`"users":[{"name":"admin","user":{"token":%q}}],"contexts":[{"name":"default","context":{"cluster":"default","user":"admin"}}],"current-context":"default"}`,
		k3sServer, base64.StdEncoding.EncodeToString(authority), token)), 0o600)
}

type clusterClient struct{ http.Client }

func newClusterClient(ca, crt, key string) (*clusterClient, error) {
	authority, err := os.ReadFile(ca)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(authority)
	pair, err := tls.LoadX509KeyPair(crt, key)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{pair}}}
	return &clusterClient{http.Client{Transport: transport, Timeout: 5 * time.Second}}, nil
}

func (c *clusterClient) get(path string) (int, string) {
	reply, err := c.Get(k3sServer + path)
	if err != nil {
		return 0, err.Error()
	}
	defer reply.Body.Close()
	body, _ := io.ReadAll(reply.Body)
	return reply.StatusCode, string(body)
}

func (c *clusterClient) post(path, body string) {
	reply, err := c.Post(k3sServer+path, "application/json", strings.NewReader(body))
	must(err)
	reply.Body.Close()
	if reply.StatusCode != http.StatusCreated && reply.StatusCode != http.StatusConflict {
		must(fmt.Errorf("POST %s: %s", path, reply.Status))
	}
}

// isUp tells whether the controllers have made the default service account and all nodes have lost their not-ready taint.
func (c *clusterClient) isUp() bool {
	if code, _ := c.get("/api/v1/namespaces/default/serviceaccounts/default"); code != 200 {
		return false
	}
	_, body := c.get("/api/v1/nodes")
	var nodes struct {
		Items []struct {
			Spec struct{ Taints []struct{ Key string } }
		}
	}
	if json.Unmarshal([]byte(body), &nodes) != nil || len(nodes.Items) == 0 {
		return false
	}
	for _, node := range nodes.Items {
		for _, taint := range node.Spec.Taints {
			if taint.Key == "node.kubernetes.io/not-ready" {
				return false
			}
		}
	}
	return true
}
