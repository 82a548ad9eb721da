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

// isInfosvr tells ASUS infosvr from Kasa, which shares its port: service 12,
// packet type 0x15 (question) or 0x16 (reply), operation 0x1f.
func isInfosvr(b []byte) bool {
	return len(b) >= 3 && b[0] == 0x0c && (b[1] == 0x15 || b[1] == 0x16) && b[2] == 0x1f
}

// readInfosvr reads the reply. The network name in it is left alone.
func readInfosvr(b []byte) []map[string]string {
	if len(b) < infosvrEnd || b[1] != 0x16 {
		return nil
	}
	fields := map[string]string{}
	set(fields, "ProductID", cString(b[infosvrProduct:infosvrFirmware]))
	set(fields, "FirmwareVersion", cString(b[infosvrFirmware:infosvrEnd]))
	if fields["ProductID"] == "" {
		return nil
	}
	return said(fields)
}

// cString returns the text up to the first NUL.
func cString(b []byte) string {
	b, _, _ = bytes.Cut(b, []byte{0})
	return toUTF8(bytes.TrimSpace(b), "")
}
