import { firstLanguage, firstScheme } from './stores/preferences'

// Before anything is drawn: a reader who chose black never sees a white page first.
document.documentElement.lang = firstLanguage()
document.documentElement.dataset['scheme'] = firstScheme()
