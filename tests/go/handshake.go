// Makes real TLS handshakes between a Go client and a Go server, as the components of Kubernetes do.
//
// Reads JSON from its input (Trial, below) and writes one JSON line for each handshake (Outcome). It judges
// nothing: a refusal is an outcome like any other, with the text that a component would print.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

// Trial is the clock of both ends and the handshakes to make.
type Trial struct {
	Now        int64
	Handshakes []Handshake
}

// Handshake names the files that each end would name in its flags. A client without a certificate shows none
// and the server asks for none: it will show a token once the connection stands.
type Handshake struct {
	ID     string
	Host   string // the name or address that the client dials
	Client End
	Server End
}

// End is what one end shows, and by which authority it checks the other.
type End struct {
	Certificate, Key, Authority string
}

// Outcome holds the texts of the errors, empty when there are none, and the user that the server sees.
type Outcome struct {
	ID     string   `json:"id"`
	Host   string   `json:"host"`
	Client string   `json:"client"`
	Server string   `json:"server"`
	User   string   `json:"user"`
	Groups []string `json:"groups"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "handshake:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	var trial Trial
	decoder := json.NewDecoder(in)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&trial); err != nil {
		return err
	}
	clock := func() time.Time { return time.Unix(trial.Now, 0).UTC() }
	encoder := json.NewEncoder(out)
	for _, handshake := range trial.Handshakes {
		outcome, err := handshake.make(clock)
		if err != nil {
			return fmt.Errorf("%s: %w", handshake.ID, err)
		}
		if err := encoder.Encode(outcome); err != nil {
			return err
		}
	}
	return nil
}

func (h Handshake) make(clock func() time.Time) (Outcome, error) {
	client, err := h.clientConfig(clock)
	if err != nil {
		return Outcome{}, err
	}
	server, err := h.serverConfig(clock)
	if err != nil {
		return Outcome{}, err
	}

	near, far := net.Pipe()
	deadline := time.Now().Add(10 * time.Second)
	near.SetDeadline(deadline)
	far.SetDeadline(deadline)

	outcome := Outcome{ID: h.ID, Host: h.Host}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer far.Close()
		connection := tls.Server(far, server)
		if err := connection.Handshake(); err != nil {
			outcome.Server = err.Error()
			return
		}
		if peers := connection.ConnectionState().PeerCertificates; len(peers) > 0 {
			outcome.User = peers[0].Subject.CommonName
			outcome.Groups = peers[0].Subject.Organization
		}
		connection.Write([]byte{'.'})
	}()

	connection := tls.Client(near, client)
	err = connection.Handshake()
	if err == nil {
		// In TLS 1.3 the client is done before the server has looked at the client's certificate.
		_, err = io.ReadFull(connection, make([]byte, 1))
	}
	near.Close()
	<-done
	if err != nil {
		outcome.Client = err.Error()
	}
	return outcome, nil
}

func (h Handshake) clientConfig(clock func() time.Time) (*tls.Config, error) {
	roots, err := pool(h.Client.Authority)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{RootCAs: roots, ServerName: h.Host, Time: clock}
	if h.Client.Certificate == "" {
		return config, nil
	}
	pair, err := tls.LoadX509KeyPair(h.Client.Certificate, h.Client.Key)
	if err != nil {
		return nil, err
	}
	// Shown whatever authorities the server says it knows, so that a foreign certificate reaches it.
	config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &pair, nil }
	return config, nil
}

func (h Handshake) serverConfig(clock func() time.Time) (*tls.Config, error) {
	pair, err := tls.LoadX509KeyPair(h.Server.Certificate, h.Server.Key)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{Certificates: []tls.Certificate{pair}, Time: clock}
	if h.Server.Authority == "" {
		return config, nil
	}
	config.ClientAuth = tls.RequireAndVerifyClientCert
	config.ClientCAs, err = pool(h.Server.Authority)
	return config, err
}

func pool(path string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s: no certificate", path)
	}
	return pool, nil
}
