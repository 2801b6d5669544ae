// Writes to an etcd cluster over mutual TLS, as fast as it is let, and says what became of every write.
//
// Reads a JSON line from its input (Job, below), then writes at least Count keys, and goes on until its input ends. A write counts when a
// member has acknowledged it; until then it is tried again, at one member after the other, for at most Seconds in all. Every PerConnection
// writes a writer makes a new connection, so that a member's new certificate is met. Lines of its output: Progress; the last one has Done.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"sync"
	"time"
)

// Job names the members by URL, and the client's files.
type Job struct {
	Endpoints                   []string
	Certificate, Key, Authority string
	Count                       int
	Writers                     int
	PerConnection               int
	Seconds                     int
}

// Progress is one line: how many writes are acknowledged, or that an endpoint showed a certificate that it had not shown before.
type Progress struct {
	Acknowledged int            `json:"acknowledged"`
	Endpoint     string         `json:"endpoint"`
	Serial       string         `json:"serial"`
	Handshakes   int            `json:"handshakes"`
	Failures     map[string]int `json:"failures"` // by text; each was tried again
	Done         bool           `json:"done"`
}

type state struct {
	sync.Mutex
	job          Job
	until        time.Time
	next         int
	acknowledged int
	handshakes   int
	ended        bool
	serials      map[string]bool
	failures     map[string]int
}

func main() {
	input := json.NewDecoder(os.Stdin)
	s := &state{serials: map[string]bool{}, failures: map[string]int{}}
	if err := input.Decode(&s.job); err != nil {
		fatal(err)
	}
	s.until = time.Now().Add(time.Duration(s.job.Seconds) * time.Second)
	certificate, err := tls.LoadX509KeyPair(s.job.Certificate, s.job.Key)
	if err != nil {
		fatal(err)
	}
	authority, err := os.ReadFile(s.job.Authority)
	if err != nil {
		fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(authority) {
		fatal(errors.New("no authority in " + s.job.Authority))
	}
	go func() {
		io.Copy(io.Discard, io.MultiReader(input.Buffered(), os.Stdin))
		s.Lock()
		s.ended = true
		s.Unlock()
	}()
	var all sync.WaitGroup
	for n := range s.job.Writers {
		all.Add(1)
		go func() {
			defer all.Done()
			s.write(n, certificate, roots)
		}()
	}
	all.Wait()
	s.say(Progress{Done: true, Acknowledged: s.acknowledged, Handshakes: s.handshakes, Failures: s.failures})
}

// take gives the next key's number, or false when there is nothing left to write.
func (s *state) take() (int, bool) {
	s.Lock()
	defer s.Unlock()
	if s.next >= s.job.Count && s.ended || time.Now().After(s.until) {
		return 0, false
	}
	s.next++
	return s.next - 1, true
}

func (s *state) write(writer int, certificate tls.Certificate, roots *x509.CertPool) {
	at := writer % len(s.job.Endpoints)
	transports := make([]*http.Transport, len(s.job.Endpoints))
	for i, endpoint := range s.job.Endpoints {
		transports[i] = &http.Transport{TLSClientConfig: &tls.Config{
			RootCAs:      roots,
			Certificates: []tls.Certificate{certificate},
			// Called once the certificate was verified.
			VerifyConnection: func(c tls.ConnectionState) error { s.met(endpoint, c.PeerCertificates[0]); return nil },
		}}
	}
	for done := 0; ; done++ {
		number, more := s.take()
		if !more {
			return
		}
		if done%s.job.PerConnection == 0 {
			// Every writer comes to every member.
			transports[at].CloseIdleConnections()
			at = (at + 1) % len(transports)
		}
		for {
			err := put(transports[at], s.job.Endpoints[at], number)
			if err == nil {
				break
			}
			s.failed(err)
			if time.Now().After(s.until) {
				return
			}
			at = (at + 1) % len(transports)
			time.Sleep(20 * time.Millisecond)
		}
		s.Lock()
		s.acknowledged++
		if s.acknowledged%50 == 0 {
			s.say(Progress{Acknowledged: s.acknowledged})
		}
		s.Unlock()
	}
}

func put(transport *http.Transport, endpoint string, number int) error {
	text := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	body, _ := json.Marshal(map[string]string{"key": text(fmt.Sprintf("w/%07d", number)), "value": text(fmt.Sprintf("%07d", number))})
	client := http.Client{Transport: transport, Timeout: 5 * time.Second}
	response, err := client.Post(endpoint+"/v3/kv/put", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode != 200 || !bytes.Contains(said, []byte(`"revision"`))) {
		err = fmt.Errorf("%d: %s", response.StatusCode, said)
	}
	return err
}

func (s *state) met(endpoint string, certificate *x509.Certificate) {
	s.Lock()
	defer s.Unlock()
	s.handshakes++
	serial := certificate.SerialNumber.Text(16)
	if !s.serials[endpoint+serial] {
		s.serials[endpoint+serial] = true
		s.say(Progress{Endpoint: endpoint, Serial: serial})
	}
}

var ports = regexp.MustCompile(`127\.0\.0\.\d+:\d+(->127\.0\.0\.\d+:\d+)?`)

func (s *state) failed(err error) {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	s.Lock()
	defer s.Unlock()
	s.failures[ports.ReplaceAllString(err.Error(), "ADDRESS")]++
}

// say is called by one at a time.
func (s *state) say(line Progress) {
	if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
		fatal(err)
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
