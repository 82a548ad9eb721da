package announce

import "bytes"

// Where things stand in an ASUS infosvr reply (iboxcom.h of Asuswrt-Merlin): a
// head of 8 bytes, PrinterInfo[128], SSID[32], NetMask[32], ProductID[32],
// FirmwareVersion[16].
const (
	infosvrProduct  = 8 + 128 + 32 + 32
	infosvrFirmware = infosvrProduct + 32
	infosvrEnd      = infosvrFirmware + 16
)

// infosvrReply is what tells it from Kasa, which shares its port, and from a question:
// service 12, packet type 0x16 (a question has 0x15), operation 0x1f.
var infosvrReply = []byte{0x0c, 0x16, 0x1f}

// readInfosvr reads the reply. The network name in it is left alone.
func readInfosvr(b []byte) map[string]string {
	if len(b) < infosvrEnd || !bytes.HasPrefix(b, infosvrReply) {
		return nil
	}
	fields := map[string]string{}
	set(fields, "ProductID", cString(b[infosvrProduct:infosvrFirmware]))
	set(fields, "FirmwareVersion", cString(b[infosvrFirmware:infosvrEnd]))
	if fields["ProductID"] == "" {
		return nil
	}
	return fields
}

// cString returns the text up to the first NUL.
func cString(b []byte) string {
	b, _, _ = bytes.Cut(b, []byte{0})
	return toUTF8(bytes.TrimSpace(b), "")
}
