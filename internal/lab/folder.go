package lab

// HomeFolder makes dir the home folder of whoever runs the test, on every system: what the
// program keeps, it keeps there until the test ends, and never in the real one. t is a
// *testing.T, by its methods: the window links lab (see TB).
func HomeFolder(t interface {
	Helper()
	Setenv(key, value string)
}, dir string) {
	t.Helper()
	for _, name := range []string{"HOME", "USERPROFILE"} {
		t.Setenv(name, dir)
	}
	for _, name := range []string{"XDG_DATA_HOME", "LocalAppData"} {
		t.Setenv(name, "")
	}
}
