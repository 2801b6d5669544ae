// Stands where kube-apiserver stands, for kubectl: with the files that kube-apiserver's flags name it knows its callers, and says
// which kinds there are. It stores nothing and decides nothing.
//
// Reads one JSON line (Server, below), writes the address that it listens at on 127.0.0.1, and serves until its input ends.
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

// Server names the files of --tls-cert-file, --tls-private-key-file and --client-ca-file.
type Server struct {
	Certificate, Key, Authority string
}

// User is whom the caller's certificate names.
type User struct {
	Username string   `json:"username"`
	Groups   []string `json:"groups"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "apiserver:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	line, err := lines.ReadBytes('\n')
	if err != nil {
		return err
	}
	var files Server
	if err := json.Unmarshal(line, &files); err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(files.Certificate, files.Key)
	if err != nil {
		return err
	}
	pem, err := os.ReadFile(files.Authority)
	if err != nil {
		return err
	}
	authority := x509.NewCertPool()
	if !authority.AppendCertsFromPEM(pem) {
		return fmt.Errorf("%s: no certificate", files.Authority)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: handler(authority),
		// As kube-apiserver: it asks for a certificate and judges it once there is a request to answer.
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequestClientCert, ClientCAs: authority},
		// A client that hangs up is told of by the client.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	go func() {
		io.Copy(io.Discard, lines)
		server.Close()
	}()
	fmt.Fprintln(out, listener.Addr())
	if err := server.ServeTLS(listener, "", ""); err != http.ErrServerClosed {
		return err
	}
	return nil
}

const group = "rbac.authorization.k8s.io"

func handler(authority *x509.CertPool) http.Handler {
	kind := func(name, kind string) map[string]any {
		return map[string]any{"name": name, "singularName": "", "namespaced": false, "kind": kind, "verbs": []string{"create", "get"}}
	}
	version := map[string]any{"groupVersion": group + "/v1", "version": "v1"}
	// https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery, the unaggregated form.
	discovery := map[string]any{
		"/version": map[string]any{"major": "1", "minor": "32", "gitVersion": "v1.32.0"},
		"/api":     map[string]any{"kind": "APIVersions", "versions": []string{"v1"}},
		"/api/v1":  map[string]any{"kind": "APIResourceList", "groupVersion": "v1", "resources": []any{}},
		"/apis": map[string]any{"kind": "APIGroupList", "apiVersion": "v1", "groups": []any{
			map[string]any{"name": group, "versions": []any{version}, "preferredVersion": version},
		}},
		"/apis/" + group + "/v1": map[string]any{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group + "/v1",
			"resources": []any{kind("clusterroles", "ClusterRole"), kind("clusterrolebindings", "ClusterRoleBinding")}},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, err := authenticate(r.TLS.PeerCertificates, authority)
		found, known := discovery[r.URL.Path]
		switch {
		case err != nil:
			status(w, http.StatusUnauthorized, "Unauthorized")
		case r.URL.Path == "/user":
			answer(w, http.StatusOK, user)
		case known:
			answer(w, http.StatusOK, found)
		default:
			status(w, http.StatusNotFound, "NotFound")
		}
	})
}

// authenticate takes the common name for the user and the organizations for the groups, of a certificate for clients alone.
// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates
func authenticate(shown []*x509.Certificate, authority *x509.CertPool) (User, error) {
	if len(shown) == 0 {
		return User{}, fmt.Errorf("no certificate")
	}
	purposes := []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	_, err := shown[0].Verify(x509.VerifyOptions{Roots: authority, KeyUsages: purposes})
	return User{shown[0].Subject.CommonName, shown[0].Subject.Organization}, err
}

func status(w http.ResponseWriter, code int, reason string) {
	answer(w, code, map[string]any{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "message": reason, "code": code})
}

func answer(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(body)
}
