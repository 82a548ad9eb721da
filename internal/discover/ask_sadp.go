package discover

import (
	"houdbaar/internal/device"
	"houdbaar/internal/lan"
)

// sadp is the inquiry of Hikvision's SADP, which many makers' cameras answer to.
// The other types of the protocol change devices and are never sent. Cameras answer
// to the group.
var sadp = makersQuestion{
	source: device.SourceSADP, group: lan.SADP,
	why:    "Hikvision cameras and recorders, and those sold under other names: model and firmware version",
	rounds: fourTimes(lan.SADP, []byte(`<?xml version="1.0" encoding="utf-8"?><Probe><Uuid>`+uuidMark+`</Uuid><Types>inquiry</Types></Probe>`)),
}
