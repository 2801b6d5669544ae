// Makes real TLS handshakes out of certificates and keys that may be of any kind, and writes what both ends say.
//
// Reads one Case a line, all of them before it begins, and writes one Outcome a line, in the same order. An end that cannot load its
// own files ends the case there, the client's first.
package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"sync"
	"time"
)

// Case is one handshake. Both clocks show Now; a server with roots asks for a certificate, and insists on it if it Requires one.
type Case struct {
	Host     string
	Now      int64
	Requires bool
	Client   End
	Server   End
}

// End is what one end has, DER; Key is PKCS#8. Roots of nil: it does not ask.
type End struct {
	Chain [][]byte
	Key   []byte
	Roots [][]byte
}

// Outcome holds the texts of the errors, empty when there are none.
type Outcome struct {
	Client string `json:"client"`
	Server string `json:"server"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	var cases []Case
	decoder := json.NewDecoder(bufio.NewReader(in))
	decoder.DisallowUnknownFields()
	for {
		var one Case
		if err := decoder.Decode(&one); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		cases = append(cases, one)
	}
	outcomes := make([]Outcome, len(cases))
	var group sync.WaitGroup
	next := make(chan int)
	for range runtime.NumCPU() {
		group.Go(func() {
			for i := range next {
				outcomes[i] = cases[i].make()
			}
		})
	}
	for i := range cases {
		next <- i
	}
	close(next)
	group.Wait()
	buffered := bufio.NewWriter(out)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for _, outcome := range outcomes {
		if err := encoder.Encode(outcome); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

func (c Case) make() (outcome Outcome) {
	clock := func() time.Time { return time.Unix(c.Now, 0).UTC() }
	client := &tls.Config{RootCAs: pool(c.Client.Roots), ServerName: c.Host, Time: clock}
	if len(c.Client.Chain) > 0 {
		pair, err := c.Client.pair()
		if err != nil {
			return Outcome{Client: err.Error()}
		}
		// Shown whatever authorities the server says it knows, as the components do.
		client.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &pair, nil }
	}
	pair, err := c.Server.pair()
	if err != nil {
		return Outcome{Server: err.Error()}
	}
	server := &tls.Config{Certificates: []tls.Certificate{pair}, Time: clock}
	if c.Server.Roots != nil {
		server.ClientCAs = pool(c.Server.Roots)
		server.ClientAuth = tls.RequestClientCert
		if c.Requires {
			server.ClientAuth = tls.RequireAndVerifyClientCert
		}
	}

	near, far := pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer far.Close()
		connection := tls.Server(far, server)
		if err := connection.Handshake(); err != nil {
			outcome.Server = err.Error()
			return
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
	return outcome
}

// pipe is net.Pipe with room in it: two ends that both have something to say do not wait for each other.
func pipe() (near, far net.Conn) {
	there, back := newStream(), newStream()
	return end{back, there}, end{there, back}
}

type end struct {
	in, out *stream
}

func (e end) Read(octets []byte) (int, error)  { return e.in.read(octets) }
func (e end) Write(octets []byte) (int, error) { return e.out.write(octets) }

// Close leaves the other end what was written.
func (e end) Close() error {
	e.in.close()
	e.out.close()
	return nil
}

func (end) LocalAddr() net.Addr              { return &net.UnixAddr{} }
func (end) RemoteAddr() net.Addr             { return &net.UnixAddr{} }
func (end) SetDeadline(time.Time) error      { return nil }
func (end) SetReadDeadline(time.Time) error  { return nil }
func (end) SetWriteDeadline(time.Time) error { return nil }

type stream struct {
	lock   sync.Mutex
	change *sync.Cond
	octets bytes.Buffer
	closed bool
}

func newStream() *stream {
	s := &stream{}
	s.change = sync.NewCond(&s.lock)
	return s
}

func (s *stream) read(octets []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	for s.octets.Len() == 0 && !s.closed {
		s.change.Wait()
	}
	return s.octets.Read(octets)
}

func (s *stream) write(octets []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.closed {
		return 0, io.ErrClosedPipe
	}
	defer s.change.Broadcast()
	return s.octets.Write(octets)
}

func (s *stream) close() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.closed = true
	s.change.Broadcast()
}

func (e End) pair() (tls.Certificate, error) {
	var chain []byte
	for _, der := range e.Chain {
		chain = append(chain, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	return tls.X509KeyPair(chain, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: e.Key}))
}

func pool(roots [][]byte) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, der := range roots {
		pool.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	}
	return pool
}
