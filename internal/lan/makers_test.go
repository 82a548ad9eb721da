package lan

import "testing"

func TestMaker(t *testing.T) {
	for mac, want := range map[string]string{
		"44:47:cc:00:00:01": "Hangzhou Hikvision Digital Technology Co.,Ltd.",
		"00:40:8c:00:00:01": "Axis Communications AB",
		"02:00:00:00:00:01": "", // locally administered
		"da:a1:19:00:00:01": "", // locally administered, whatever an old list says
		"01:00:5e:00:00:fb": "", // a group
		"00:00:00:00:00:00": "",
		"nonsense":          "",
		"":                  "",
	} {
		if got := Maker(mac); got != want {
			t.Errorf("Maker(%q) = %q, want %q", mac, got, want)
		}
	}
}
