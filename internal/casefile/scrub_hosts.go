package casefile

import (
	"regexp"
	"strings"
)

// hostPattern finds names of a home on the internet: what stands before the domain of a
// service that gives them out.
var hostPattern = regexp.MustCompile(`(?i)\b((?:[a-z0-9_-]+\.)+)(?:` +
	strings.NewReplacer(".", `\.`, "*", `[a-z-]+`).Replace(strings.Join(strings.Fields(ddnsDomains), "|")) + `)\b`)

// ddnsDomains are those of makers and of services for everybody; * is any word.
const ddnsDomains = `myfritz.net synology.me diskstation.me dscloud.me dscloud.biz dscloud.mobi dsmynas.com dsmynas.org familyds.com familyds.net
	i234.me myds.me direct.quickconnect.to quickconnect.to myqnapcloud.com myqnapcloud.io asuscomm.com tplinkdns.com mynetname.net mydlink.com dlinkddns.com
	duckdns.org no-ip.* noip.* ddns.net hopto.org zapto.org sytes.net servebeer.com myddns.me
	dyndns.* dyndns-*.* homeip.net dnsalias.com dynv6.net dynu.net dynu.com ddnss.de goip.de selfhost.eu selfhost.de
	spdns.de spdns.org afraid.org mooo.com strangled.net freeddns.org keenetic.link keenetic.pro keenetic.name keenetic.io netcraze.link
	mynetgear.com mycloudnas.com myasustor.com wd2go.com mywdcloud.com mydns.jp securepoint.de feste-ip.net my-router.de
	hikvisiononline.com hik-online.com hiddns.com easyddns.com 3322.org f3322.net f3322.org gnway.net oray.com vicp.net eicp.net xicp.net
	myfoscam.org dahuaddns.com quickddns.com mycam.to remotewd.com plex.direct ui.direct unifi-hosting.ui.com nabu.casa`

// quickConnect finds the name of a home behind a slash.
var quickConnect = regexp.MustCompile(`(?i)\bquickconnect\.to/([a-z0-9_-]+)`)

// hosts learns the names that homes have on the internet, and writes over those that no
// word search would find.
func (s *scrubber) hosts(b []byte) {
	for _, p := range []*regexp.Regexp{hostPattern, quickConnect} {
		for _, m := range p.FindAllSubmatchIndex(b, -1) {
			for _, label := range strings.Split(strings.TrimSuffix(string(b[m[2]:m[3]]), "."), ".") {
				if s.ofProduct(label) {
					continue
				}
				s.learnName(label)
				if strings.ContainsAny(label, "0123456789") {
					s.learnID(label, 3)
				}
			}
		}
	}
}
