package casefile

// productWords are words within names that say what a thing is and not whose it
// is: makers, product lines, kinds of device, and words of the protocols. A word
// that is missing here is replaced in a recording unless the device's own model or
// vendor fields have it.
var productWords = []string{
	// Makers and brands.
	"Actiontec AirLive AirPort Alcatel Amazon Amcrest Anker Apple Arcadyan Arlo Arris Aruba ASRock Asus Asustor AsusWRT Aukey AVM Axis",
	"Belkin Billion Bosch Bose Brother BT Buffalo Canon Cisco Compal Comtrend Dahua Denon Devolo DLink Link DoorBird Doorstation DrayTek Edimax",
	"eero Eltex EnGenius Epson Ezviz Eufy Fiberhome Foscam Freebox Fritz Geovision GL iNet Google Grandstream Hama Hikvision Hitron Honeywell HP",
	"Huawei Hue Humax Imou Intelbras Inteno Iomega Keenetic KPN Kasa Lancom Lexmark LG Linksys Linux Livebox Logitech Lorex Marantz",
	"Mercusys MikroTik Mobotix Motorola Netatmo Netgear Nest Nokia Nvidia Odido Onkyo OpenWrt Orange Orbi Panasonic Philips Pioneer Planet Plume Proximus",
	"QNAP Reolink Ring Roku Ruckus Sagemcom Samsung Seagate Sercomm Shelly Sitecom SMC Sonos Sony Speedport Swann Synology",
	"Tapo TCL Technicolor Telenet Telekom Tele Tenda Thecus Thomson TomTom Toshiba TP TRENDnet Trust Tuya Ubiquiti UBNT UniFi Uniview Verizon Vivotek",
	"Vodafone Wansview Wavlink Western Digital WD Wemo Wyze Xiaomi Redmi Yamaha Yealink Yeelight Zigbee ZTE Ziggo Zyxel Experia Connectbox",
	// Product lines and kinds.
	"access adapter airCube alarm amplifi app appliance archer audio automation av avr base basic bell bluetooth box bridge broadband bulb button",
	"cable cam camera cast center chromecast client cloud companion configuration control controller cube deco device dimmer disk diskstation display",
	"dlan dlna dock door doorbell dot dsl dual dvr dvd echo ethernet explorer extender express fibre fiber fire firmware gateway giga gigabit glasses",
	"hdd hnap home homekit homepod hub igd indoor insight internet intercom ip ipc ipcam kit lamp lan laser led library lifebox light link lite mac",
	"macbook master media mediaserver mesh mini mobile modem monitor motion multimedia music my mycloud nas net network node nvr nvs office",
	"outdoor pc phone photo play player plug plus point pool port portal powerline print printer pro projector radio range raspberry pi ready readynas",
	"receiver recorder remote renderer repeater room rootdevice router satellite scanner screen secure security sensor series server service services set",
	"setup shield share smart socket sound soundbar soundbridge speaker spot station stick storage stream streaming strip studio switch system tablet tab",
	"thermostat time capsule timecapsule tower transmitter tuner tv twonky ultra unit universal usb utility vdsl velop video viera view virtual voip vision wall",
	"wan wave web wifi wi fi wireless windows wlan workgroup workstation world xbox xbox zone zyxel dvb sat netstream tivo kodi plex minidlna miniupnpd",
	"ubuntu debian android ios ipad iphone ipod imac macmini xserve airplay hap annex ui extreme embedded desktop laptop notebook computer deurbel lamp",
	"bravia smb snapcast stereo multi great hama rooms dms dmr dmp mdms speedtouch mediaaccess bubba insight makemkv ocap host doubletwist deurbelcamera beveiliging printer telefoon stekker versterker",
	// Words of pages.
	"about account active add admin administration administrator advanced all ap apply application applications auto back browser button cancel change channel clear click close code config",
	"connect connected connection console contact content copyright current dashboard data date day delete detail details diagnostics dialog disable disabled document download dynamic edit enable enabled",
	"enter error event events exit failed favorite features file files filter first form forbidden found frame friendly front full general group guide header help high hide host icon image images index input internal",
	"inc item items javascript key label language large last left link list live load loading local location log login logout logon low mail main manage management manager manual medium menu message",
	"mode more moved multi navigation new next no normal not note number object off ok old on online open operation option options other page pages panel password path personal please preset previous privacy",
	"program question quick quicksetup reboot recent redirect refresh remember reset reserved restart right rights root safe save search select session settings setup show sign site size small source ssid sta",
	"standard start startup state static status stop string style submit success summary support switch table tag temporarily test text this time timer title tool tools top total type unauthorized unavailable unauthorised",
	"under update upgrade upload url use username user users value video viewer volume warning webcam webpage website webui welcome what widget window wizard wrong yes you your zone",
	"aanmelden apparaat apparaten beheer gebruiker gebruikersnaam instellingen inloggen naam netwerk overzicht thuisnetwerk wachtwoord welkom",
	"anmelden anmeldung benutzer benutzername einstellungen gerät geräte heimnetz kennwort konfiguration netzwerk passwort startseite übersicht verwaltung willkommen",
	"automation center centre commander configurator controlcenter explorer finder information info installation interface monitoring office operator overview performance properties statistics systems welcome",
	"company communications communication corp corporation co devices digital electronic electronics enterprises gmbh group inc incorporated industries industrial international labs limited ltd networks",
	"semiconductor semiconductors software solutions technologies technology telecom telecommunications telekommunikation",
	"freenas truenas openmediavault mynas xigmanas nas4free webserver",
	// Words of lines and chips.
	"adsl gpon xpon epon ont onu docsis lte soho nat vpn cpe cctv poe ups atheros broadcom conexant hisilicon infineon ingenic intel lantiq marvell mediatek qualcomm ralink realtek",
	// Words of the protocols and of file names.
	"http https www html htm xml json cgi soap urn uuid upnp ssdp schemas org com net nl de fr eu local localhost arpa tcp udp txt dns sd root desc description",
	"device devices wan lan wps wfa any null none unknown unspecified default admin guest user name get set post all api status info version model the and of for by",
}
