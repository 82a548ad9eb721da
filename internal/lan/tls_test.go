package lan

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"testing"
	"time"
)

// short is a key of 512 bits and its certificate, as routers of 2010 made themselves; these
// were made for this test.
const short = `-----BEGIN RSA PRIVATE KEY-----
MIIBOgIBAAJBAMFkfT2qDAO34fJeFAnZACx34F2V2izw6pHJWzL1De3DSznLGsiq
+PyuN1sZHszqB5t5A8KVnA9b+wyyj6qiFdUCAwEAAQJADDj7qWAL7lg60YSco5qx
Zh4VchS8e0amrJwbRXczcClhemvADCE8uiRLV0FLrh7i09lmaI/d9L0wWsV6MVhM
AQIhAOiu8ov2fxMbegEB2uZ+ZIdzTcri/GpR4KrYwyyabkNVAiEA1MWb9Yy+8Wn6
pCTK1RUhcKj1T750FCjUXqr7z+oZiIECIHN2hQNxMUPBCbzAN+jS5X3VeM/p7Umx
EaSV5dwXUgn1AiEAxxJAMgTGXc7/P3ZhA+5qRCMAqeSSbI4q7IvjYAsyaoECIEQ4
I3HPZ5BW+tBhBuX/tV571kkrapmDRwKtbrtsUfJ7
-----END RSA PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBqzCCAVWgAwIBAgIUaGkQ+/YDAkPql0OZMbvuBnU8XQYwDQYJKoZIhvcNAQEF
BQAwKTEUMBIGA1UEAwwLMTkyLjE2OC4xLjExETAPBgNVBAoMCEludmVudGVkMCAX
DTI2MTEyMzA5NTExMloYDzIxMjYxMDMwMDk1MTEyWjApMRQwEgYDVQQDDAsxOTIu
MTY4LjEuMTERMA8GA1UECgwISW52ZW50ZWQwXDANBgkqhkiG9w0BAQEFAANLADBI
AkEAwWR9PaoMA7fh8l4UCdkALHfgXZXaLPDqkclbMvUN7cNLOcsayKr4/K43Wxke
zOoHm3kDwpWcD1v7DLKPqqIV1QIDAQABo1MwUTAdBgNVHQ4EFgQUnFSy1DUx893Z
x1hUgEuzH/sdYYMwHwYDVR0jBBgwFoAUnFSy1DUx893Zx1hUgEuzH/sdYYMwDwYD
VR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQUFAANBAAsvlCaab/9Oq/lw3jodseWW
IXyW6REWiYTpo9cpXsXJVvZ0LdObWfwwH/QQ8c15gpHTLANvsILPebTPzvxGTZM=
-----END CERTIFICATE-----
`

// shown returns a certificate for a key, as a device makes itself one, with a serial number
// of one byte.
func shown(t *testing.T, key any, public any) []byte {
	t.Helper()
	c := x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "192.168.1.1"}, NotAfter: time.Unix(1<<31, 0)}
	der, err := x509.CreateCertificate(rand.Reader, &c, &c, public, key)
	must(t, err)
	return der
}

// TestOldAndOddTLSIsRead has devices that speak TLS as no browser of today would have it.
// What they prove is nothing anyway; what they say is read.
func TestOldAndOddTLSIsRead(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	der := shown(t, key, &key.PublicKey)
	negative := bytes.Replace(der, []byte{2, 1, 1}, []byte{2, 1, 0x81}, 1)
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	old, err := tls.X509KeyPair([]byte(short), []byte(short))
	must(t, err)
	one := func(der []byte, key any) []tls.Certificate {
		return []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}
	}
	sha1 := one(der, key)
	sha1[0].SupportedSignatureAlgorithms = []tls.SignatureScheme{tls.PKCS1WithSHA1}
	for name, c := range map[string]struct {
		tls     *tls.Config
		refused bool
	}{
		"of today":                {tls: &tls.Config{Certificates: one(shown(t, curve, &curve.PublicKey), curve)}},
		"a key of 512 bits":       {tls: &tls.Config{Certificates: []tls.Certificate{old}, MaxVersion: tls.VersionTLS11, CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_128_CBC_SHA}}},
		"a negative number":       {tls: &tls.Config{Certificates: one(negative, key)}},
		"signed by SHA-1":         {tls: &tls.Config{Certificates: sha1, MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA}}},
		"3DES":                    {tls: &tls.Config{Certificates: one(der, key), MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA}}},
		"RC4 of TLS 1.0":          {tls: &tls.Config{Certificates: one(der, key), MaxVersion: tls.VersionTLS10, CipherSuites: []uint16{tls.TLS_RSA_WITH_RC4_128_SHA}}},
		"a certificate of 1 MB":   {tls: &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der, make([]byte, 1<<20)}, PrivateKey: key}}}, refused: true},
		"no certificate but junk": {tls: &tls.Config{Certificates: one([]byte("junk"), key)}, refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			c.tls.MinVersion = tls.VersionTLS10
			to, _ := serveTLS(t, c.tls)
			x, err := loopback(t).Fetch(t.Context(), get("/"), to)
			if said := bytes.HasSuffix(x.Response, []byte("hi")); said == c.refused {
				t.Errorf("%v, %q", err, x.Response)
			}
		})
	}
}

// serveTLS answers every connection with a page, over TLS, and tells of the first message of
// each how long it is.
func serveTLS(t *testing.T, c *tls.Config) (Target, chan int) {
	t.Helper()
	greetings := make(chan int, 8)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			raw, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer raw.Close()
				head := make([]byte, 5)
				if _, err := io.ReadFull(raw, head); err != nil {
					return
				}
				greetings <- int(head[3])<<8 | int(head[4])
				conn := tls.Server(readAgain{raw, io.MultiReader(bytes.NewReader(head), raw)}, c)
				buffer := make([]byte, 4<<10)
				if _, err := conn.Read(buffer); err == nil {
					io.WriteString(conn, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhi")
					conn.Close()
				}
			}()
		}
	}()
	return Target{Addr: l.Addr().(*net.TCPAddr).AddrPort(), TLS: true}, greetings
}

// readAgain is a connection of which a part was read.
type readAgain struct {
	net.Conn
	from io.Reader
}

func (r readAgain) Read(p []byte) (int, error) { return r.from.Read(p) }

// TestTheGreetingIsShort: little devices read one packet of it.
func TestTheGreetingIsShort(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	to, greetings := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{shown(t, key, &key.PublicKey)}, PrivateKey: key}}})
	to.Name = "fritz.box"
	_, err = loopback(t).Fetch(t.Context(), get("/"), to)
	must(t, err)
	if size := <-greetings; size > 512 {
		t.Errorf("the greeting is %d bytes long; want at most 512", size)
	}
}
