import { LANGUAGES } from '#domain/language'
import { firstLanguage, firstScheme } from '../stores/first-choice'

// `before-start.ts` has done so already, unless it did not come.
document.documentElement.lang = firstLanguage(LANGUAGES)
document.documentElement.dataset['scheme'] = firstScheme()
