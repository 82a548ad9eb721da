package fingerprint

import "houdbaar/internal/firmware"

// Display writes a firmware version as the vendor's page and the label do.
func Display(vendor, raw string) string { return firmware.Display(vendor, raw) }
