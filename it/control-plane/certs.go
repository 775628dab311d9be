package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"flag"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writePEM(path, kind string, der []byte, mode os.FileMode) []byte {
	b := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	must(os.WriteFile(path, b, mode))
	return b
}

// runCerts writes CA, serving cert, client certs, the service account key and kubeconfigs.
func runCerts(args []string) int {
	fs := flag.NewFlagSet("certs", flag.ExitOnError)
	dir := fs.String("dir", "", "where to write")
	server := fs.String("server", "https://127.0.0.1:16443", "API server URL for the kubeconfigs")
	sans := fs.String("san", "", "further names and addresses of the API server, with commas between them")
	fs.Parse(args)
	must(os.MkdirAll(*dir, 0o755))
	p := func(n string) string { return filepath.Join(*dir, n) }
	serial := int64(1)
	tmpl := func(cn string, org ...string) *x509.Certificate {
		serial++
		return &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: cn, Organization: org},
			NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(10, 0, 0)}
	}
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	ca := tmpl("control-plane-ca")
	ca.IsCA, ca.BasicConstraintsValid = true, true
	ca.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature | x509.KeyUsageCRLSign
	caDER, err := x509.CreateCertificate(rand.Reader, ca, ca, &caKey.PublicKey, caKey)
	must(err)
	caPEM := writePEM(p("ca.crt"), "CERTIFICATE", caDER, 0o644)
	kb, err := x509.MarshalPKCS8PrivateKey(caKey)
	must(err)
	writePEM(p("ca.key"), "PRIVATE KEY", kb, 0o600)
	issue := func(file string, c *x509.Certificate) (crt, key []byte) {
		if file == "admin" { // RSA in PKCS#1, as kubeadm writes it: fabric8 can't read an EC key in PKCS#8 by itself
			k, err := rsa.GenerateKey(rand.Reader, 2048)
			must(err)
			c.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment
			der, err := x509.CreateCertificate(rand.Reader, c, ca, &k.PublicKey, caKey)
			must(err)
			return writePEM(p(file+".crt"), "CERTIFICATE", der, 0o644), writePEM(p(file+".key"), "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(k), 0o600)
		}
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		must(err)
		c.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment
		der, err := x509.CreateCertificate(rand.Reader, c, ca, &k.PublicKey, caKey)
		must(err)
		kb, err := x509.MarshalPKCS8PrivateKey(k)
		must(err)
		return writePEM(p(file+".crt"), "CERTIFICATE", der, 0o644), writePEM(p(file+".key"), "PRIVATE KEY", kb, 0o600)
	}
	srv := tmpl("kube-apiserver")
	srv.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	srv.DNSNames = []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"}
	srv.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.ParseIP("::1"), net.IPv4(127, 96, 0, 1)}
	for _, san := range strings.FieldsFunc(*sans, func(r rune) bool { return r == ',' }) {
		if ip := net.ParseIP(san); ip != nil {
			srv.IPAddresses = append(srv.IPAddresses, ip)
		} else {
			srv.DNSNames = append(srv.DNSNames, san)
		}
	}
	issue("apiserver", srv)
	b64 := base64.StdEncoding.EncodeToString
	for file, id := range map[string][]string{"admin": {"admin", "system:masters"}, "kcm": {"system:kube-controller-manager"},
		"scheduler": {"system:kube-scheduler"}} {
		c := tmpl(id[0], id[1:]...)
		c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		crt, key := issue(file, c)
		must(os.WriteFile(p(file+".kubeconfig"), []byte(fmt.Sprintf(`apiVersion: v1
kind: Config
clusters:
- name: control-plane
  cluster:
    server: %s
    certificate-authority-data: %s
users:
- name: %s
  user:
    client-certificate-data: %s
    client-key-data: %s
contexts:
- name: control-plane
  context: {cluster: control-plane, user: %s}
current-context: control-plane
`, *server, b64(caPEM), file, b64(crt), b64(key), file)), 0o600))
	}
	sa, err := rsa.GenerateKey(rand.Reader, 2048)
	must(err)
	writePEM(p("sa.key"), "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(sa), 0o600)
	pub, err := x509.MarshalPKIXPublicKey(&sa.PublicKey)
	must(err)
	writePEM(p("sa.pub"), "PUBLIC KEY", pub, 0o644)
	must(os.WriteFile(p("tokens.csv"), []byte("admin-token,token-admin,token-admin,\"system:masters\"\nuser-token,token-user,token-user,\"testers\"\n"), 0o600))
	return 0
}
