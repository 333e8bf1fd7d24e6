import { createTexts } from '../../../src-renderer/i18n/text'

/** The texts of the page and of all states on it. */
export const texts = createTexts()
