package casefile

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"houdbaar/internal/device"
)

// avmServer stands in SERVER of a FRITZ!Box, after the name its owner gave it.
const avmServer = " UPnP/1.0 AVM "

// productParts returns what of a field's value says what the product is: all but the names
// of persons, which stand in SERVER and in realms.
func (s *scrubber) productParts(name, value string) []string {
	name, _, _ = strings.Cut(name, "#")
	if i := strings.Index(value, avmServer); i >= 0 && name == "server" {
		return []string{strings.TrimSpace(value[i:])}
	}
	var people []string
	if name == "server" || name == "realm" {
		people = s.people(value, name == "realm")
	}
	if len(people) == 0 {
		return []string{value}
	}
	parts := []string{""}
	for _, f := range strings.Fields(value) {
		if slices.ContainsFunc(letters(f), func(w string) bool { return slices.Contains(people, w) }) {
			parts = append(parts, "")
		} else {
			parts[len(parts)-1] = strings.TrimSpace(parts[len(parts)-1] + " " + f)
		}
	}
	return parts
}

// versions returns the parts of a description that are or hold a version: those
// with a digit and a dot, as "SG40_sip-fr-4.15.10.1_7.21.3.1" of an Orange Livebox.
func versions(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;()[]", r) }) {
		if strings.Contains(part, ".") && strings.ContainsAny(part, "0123456789") {
			out = append(out, part)
		}
	}
	return out
}

// What a field can be about.
type about uint8

const (
	aNothing about = iota
	aProduct
	aSerial
	aNetwork
	aMAC
	aName
	aOwner   // of a person or of a contract: a name, or a number
	aSecret  // a password, a token, a position, where somebody lives: written over where it stands
	aAddress // of a street, or on a network
	aUDN
)

// keyNames say what the value of a key is about, whatever document it stands in: lower
// case, without blanks and "-_/.", * for anything. The first that fits says it.
var keyNames = []struct {
	about about
	names *regexp.Regexp
}{
	{aNothing, keys(`*serialport* *serialconsole* *serialinterface* *serialbaud*`)},
	{aSecret, keys(`*latitude* *longitude* lat lng lon latlng latlon gps gpsposition coordinates *password* *passwd* *passphrase* *passcode* *psk
		*presharedkey* *securitykey *encryptionkey *wirelesskey *secret* *token *tokens pwd pass key wpakey wepkey networkkey wifikey wlankey sharedkey
		*pin *pincode *pinnumber session sessionid sessid sesid sid *sessionkey csrf* xcsrf* nonce cnonce opaque *apikey accesskey authkey authcookie
		*imei *imsi *iccid *msisdn *phonenumber *telephone* phone phoneno tel mobilenumber *email mail mailaddress
		street* streetaddress homeaddress postaladdress *postalcode *postcode zip zipcode city town plaats straat woonplaats adres anschrift telefoonnummer
		wachtwoord kennwort passwort netzwerkschlussel netzwerkschlüssel wlanschlüssel`)},
	{aAddress, keys(`address`)},
	{aOwner, keys(`owner* *account accountid accountname accountnumber accountno subscriber* *customer customerid customername customernumber customerno
		klantnummer kundennummer klant kunde`)},
	{aSerial, keys(`*serial* sn devsn devicesn productsn *sernum *sernumber serno deviceid devid hwid hardwareid machinename udid uid softwareid advertisingid
		deviceuuid hhid mhhid cpuid routerid keygendeviceid cloudid p2pid p2puid did quickconnectid serienummer seriennummer numérodesérie númerodeserie`)},
	{aMAC, keys(`*bssid* *mac *macaddr* *macid *mac0* *mac1* *mac2* *hwaddr* *ethaddr *physicaladdress`)},
	{aNetwork, keys(`*ssid* networkname wifiname wlanname wirelessname wirelessnetworkname netwerknaam wifinaam netzwerkname wlannetzwerkname`)},
	{aName, keys(`friendlyname friendlydevicename userdevicename userdevicelocation room roomname zonename alias devicename devname nickname identity
		name hostname host instance routername ranm fn nm note nn dn displayname contact* user username loginname location
		firstname lastname surname fullname personname contactname person sitename homename housename householdname groupname familyname
		clientname dhcpname dhcphostname stationname staname computername netbiosname sysname syslocation label comment remark
		ddns ddnshost* ddnsname ddnsdomain dyndns* dynamicdns* apparaatnaam gerätename gebruikersnaam naam benutzername eigenaar hostnaam standort locatie`)},
	{aProduct, regexp.MustCompile(`model|manufact|vendor|product|prodnbr|prodfullname|prodshortname|brand|firmware|version|^sw_?ver|^hw_?ver|^[hsf]w$|romver|hardware|platform|board|devicetype|^server$|^types?$|^services?$|^ty$|^md$|^realm$|syvs|syap|revision|devicedescription|^web$`)},
}

// keys compiles names with * for anything.
func keys(names string) *regexp.Regexp {
	alternatives := strings.Join(strings.Fields(regexp.QuoteMeta(names)), "|")
	return regexp.MustCompile("^(?:" + strings.ReplaceAll(alternatives, `\*`, ".*") + ")$")
}

// weakNames are keys that also name the parts of a page and of a program: what they hold in
// a page is a name only if it looks like one.
var weakNames = keys(`name label user username identity host location note nn nm dn fn comment room alias instance contact* key pass sid uid did mail
	person ddns pin session *account *customer`)

// loginNames are those of weakNames that are not weak in an address on the web.
var loginNames = keys(`user username account session pin pass sid uid did`)

func keyAbout(key string) about {
	base := baseKey(key)
	for _, try := range []string{base, strings.TrimSuffix(base, "i"), oneDigitLess(base)} { // latitude_i, psk1
		for _, k := range keyNames {
			if try != "" && k.names.MatchString(try) {
				return k.about
			}
		}
	}
	return aNothing
}

func isWeak(key string) bool { return weakNames.MatchString(baseKey(key)) }

// baseKey returns a key without the namespace of XML and the path before it, plain.
func baseKey(key string) string {
	if _, name, ok := strings.Cut(key, ":"); ok && name != "" {
		key = name
	}
	key = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(key)), ".upnp.org")
	return plainKey(key[strings.LastIndexByte(key, '.')+1:])
}

// oneDigitLess returns a key without the number that tells it from others of its name.
func oneDigitLess(key string) string {
	if n := len(key); n > 2 && isDigit(key[n-1]) && !isDigit(key[n-2]) {
		return key[:n-1]
	}
	return key
}

// plainKey returns a key in lower case without what is put between its words.
func plainKey(key string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-_/.#:", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, key)
}

// classify says what a field is about. The names are those of announce.
func classify(source, name string) about {
	if name == "body" || name == "path" || name == "url" {
		return aNothing
	}
	if isCertificate(source, name) {
		return aName // a device may be called so by who set it up
	}
	if header, ok := strings.CutPrefix(name, "header."); ok && source == device.SourceHTTP {
		return headerAbout(header)
	}
	base, _, _ := strings.Cut(name, "#")
	plain := plainKey(base[strings.LastIndexByte(base, '.')+1:])
	switch {
	case plain == "udn" || plain == "usn" && source == device.SourceSSDP:
		return aUDN
	case source == device.SourceSSDP && (plain == "location" || plain == "host"):
		return aNothing
	case plain == "modeldescription" || plain == "title": // people's names stand in them
		return aNothing
	}
	return keyAbout(base)
}

// isCertificate reports whether a field says who a certificate is for.
func isCertificate(source, name string) bool {
	return source == device.SourceHTTP && strings.HasPrefix(name, "certificate.")
}

// headerAbout says what a header of HTTP is about: only those that a maker invented are
// about a device or a person.
func headerAbout(name string) about {
	switch about := keyAbout(strings.TrimPrefix(strings.ToLower(name), "x-")); {
	case about == aSerial, about == aSecret, about == aOwner, about == aNetwork, about == aMAC:
		return about
	case about == aName && strings.HasPrefix(strings.ToLower(name), "x-"):
		return about
	}
	return aNothing
}
