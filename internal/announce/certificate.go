package announce

import (
	"bytes"
	"crypto/x509"
	"slices"
	"strings"
	"unicode"
)

// certificateLine is the line in a recorded request's head that says who the certificate
// was for that came with the answer. A device's own proves nothing; what it is called often
// names its maker. Serial number, key and times are of this one device, and left out.
const certificateLine = "Certificate"

// withCertificate returns a request's head with that line, if the certificate, as DER, says
// anything that can be read.
func withCertificate(request, der []byte) []byte {
	text := certificateText(der)
	first, rest, ok := bytes.Cut(request, []byte("\n"))
	if text == "" || !ok {
		return request
	}
	return slices.Concat(first, []byte("\n"+certificateLine+": "+text+"\r\n"), rest)
}

// certificateText says what a certificate is for, "CN=routerlogin.net; O=NETGEAR; DNS=...",
// and who made it where that is somebody else; "" for none that can be read.
func certificateText(der []byte) string {
	if len(der) == 0 || len(der) > maxCertificate {
		return ""
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return ""
	}
	var parts []string
	say := func(key string, values ...string) {
		for _, v := range values[:min(len(values), 4)] {
			v = strings.Map(func(r rune) rune {
				if r == ';' || unicode.IsControl(r) {
					return ' '
				}
				return r
			}, clip(toUTF8([]byte(v), ""), 100))
			if v = strings.TrimSpace(v); v != "" {
				parts = append(parts, key+"="+v)
			}
		}
	}
	say("CN", c.Subject.CommonName)
	say("O", c.Subject.Organization...)
	say("OU", c.Subject.OrganizationalUnit...)
	say("DNS", c.DNSNames...)
	if !bytes.Equal(c.RawSubject, c.RawIssuer) {
		say("issuer", append([]string{c.Issuer.CommonName}, c.Issuer.Organization...)...)
	}
	return strings.Join(parts, "; ")
}

// readCertificate stores what a recorded request's head says of the certificate under
// "certificate.".
func readCertificate(head Header, fields map[string]string) {
	for _, part := range strings.Split(head.Get(certificateLine), "; ") {
		if key, v, ok := strings.Cut(part, "="); ok && slices.Contains([]string{"CN", "O", "OU", "DNS", "issuer"}, key) {
			set(fields, "certificate."+strings.ToLower(key), v)
		}
	}
}
