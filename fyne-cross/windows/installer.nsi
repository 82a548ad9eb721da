; For the current user, without rights of an administrator. package.sh gives SOURCE
; (the folder with the programs), OUT, NAME, ID, VERSION and NUMBERS.
Unicode true
Target amd64-unicode ; the programs are 64-bit too
!include MUI2.nsh

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${ID}" "Folder"
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1033 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1033 "CompanyName" "The Houdbaar maintainers"
VIAddVersionKey /LANG=1033 "FileDescription" "${NAME} ${VERSION} installer"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "The Houdbaar maintainers"

!define MUI_ICON "${SOURCE}/houdbaar.ico"
!define MUI_UNICON "${SOURCE}/houdbaar.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\houdbaar.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Dutch"

LangString Kept ${LANG_ENGLISH} "What Houdbaar kept of your scans stays in $LOCALAPPDATA\Houdbaar, and its settings in $APPDATA\fyne\${ID}. Delete these folders to be rid of them."
LangString Kept ${LANG_DUTCH} "Wat Houdbaar van uw scans heeft bewaard blijft staan in $LOCALAPPDATA\Houdbaar, en de instellingen in $APPDATA\fyne\${ID}. Verwijder die mappen om ervan af te zijn."

!define LIST "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"

; A running program keeps its file open, so that it cannot be replaced: say so first.
!macro NotRunning
  again:
  IfFileExists "$INSTDIR\houdbaar.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\houdbaar.exe" a
  IfErrors 0 closed
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" /SD IDCANCEL IDRETRY again
  Abort
  closed:
  FileClose $0
  free:
!macroend
LangString Running ${LANG_ENGLISH} "Houdbaar is open. Close it and try again."
LangString Running ${LANG_DUTCH} "Houdbaar is nog open. Sluit het en probeer het opnieuw."

Section
  !insertmacro NotRunning
  SetOutPath "$INSTDIR"
  File "${SOURCE}/houdbaar.exe"
  File "${SOURCE}/houdbaarctl.exe"
  File "${SOURCE}/README.txt"
  File "${SOURCE}/LEESMIJ.txt"
  File "${SOURCE}/CHANGELOG.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\houdbaar.exe"
  WriteRegStr HKCU "Software\${ID}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${LIST}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${LIST}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${LIST}" "DisplayIcon" "$INSTDIR\houdbaar.exe"
  WriteRegStr HKCU "${LIST}" "Publisher" "The Houdbaar maintainers"
  WriteRegStr HKCU "${LIST}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${LIST}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${LIST}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${LIST}" "NoModify" 1
  WriteRegDWORD HKCU "${LIST}" "NoRepair" 1
  SectionGetSize 0 $0
  WriteRegDWORD HKCU "${LIST}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  !insertmacro NotRunning
  Delete "$INSTDIR\houdbaar.exe"
  Delete "$INSTDIR\houdbaarctl.exe"
  Delete "$INSTDIR\README.txt"
  Delete "$INSTDIR\LEESMIJ.txt"
  Delete "$INSTDIR\CHANGELOG.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${LIST}"
  DeleteRegKey HKCU "Software\${ID}"
  MessageBox MB_OK|MB_ICONINFORMATION "$(Kept)" /SD IDOK
SectionEnd
