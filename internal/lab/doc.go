// Package lab is a home to try the house in: recorded and simulated devices on
// real sockets, and a network of namespaces to plug them into.
//
// It promises that what it plays is bytes on a wire, never a call into the code
// under test, and that a [Net] cannot reach the machine's own network: the bridge,
// the devices and the program under test live in namespaces of their own. It
// refuses to pretend: where the kernel forbids namespaces the test is reported as
// skipped by name, and with CI=true that is a failure.
//
//	device.go      Device: a script on real sockets, and the quirks of bad devices
//	ssdp.go web.go dnssd.go udp.go   how it answers
//	script.go      a case folder as a script
//	recordings/    one folder a device, with where each comes from
//	practice/      the same, of devices that only the practice house needs
//	replies.go     the makers' own answers, for devices nobody recorded
//	net_linux.go   Run: a test again, inside namespaces; hosts on a bridge
//	alone_linux.go   who waits for whose network
//	home_linux.go  a whole home
//	wire_linux.go  loss and delay
//	flood_linux.go crowd_linux.go   forged datagrams by the thousand, and ten thousand devices
//	folder.go      the home folder of whoever runs a test
//	packet.go      every packet on the bridge, told apart without a library
//	responders_linux.go   real daemons and clients from Debian packages
package lab
