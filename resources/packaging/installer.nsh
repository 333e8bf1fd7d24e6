; The program makes itself the one that opens zairyu: links; when it goes for good, they belong to nobody again.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\zairyu"
  ${endIf}
!macroend
