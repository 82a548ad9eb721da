package announce

import (
	"encoding/binary"
	"regexp"
)

// An answer of Xiongmai's device search, whose cameras and recorders are sold under
// hundreds of names: a head of 20 bytes, ff first, the number of the message at 14 and
// the length of what follows at 16, little endian; then JSON. As go2rtc, python-dvr's
// DeviceManager.py and dvrip's packet.py have it.
const (
	dvripHead   = 20
	dvripAnswer = 1531 // the question is 1530; 1532 would change the device
)

// dvripRead are the keys that are read, and what they may say.
var dvripRead = map[string]*regexp.Regexp{
	"HostName":   regexp.MustCompile(`.`),
	"ChannelNum": regexp.MustCompile(`^\d{1,3}$`),
	"BuildDate":  regexp.MustCompile(`^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$`),
}

// readDVRIP reads that answer: name, channels and when the firmware was built. Serial
// number and hardware address are left out.
func readDVRIP(b []byte) map[string]string {
	if len(b) < dvripHead || b[0] != 0xff || binary.LittleEndian.Uint16(b[14:]) != dvripAnswer {
		return nil
	}
	fields := map[string]string{}
	for key, v := range below(flattenJSON(toUTF8(b[dvripHead:], "")), "NetWork.NetCommon") {
		if form := dvripRead[key]; form != nil && form.MatchString(v) {
			set(fields, key, v)
		}
	}
	return fields
}
