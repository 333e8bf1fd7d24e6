import '../../../src-renderer/styles/index.css'
import '../../../src-renderer/start/first-paint'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { loadAllLetters } from '../../../src-renderer/i18n/fonts'
import { showLanguage } from '../../../src-renderer/i18n/text'
import { usePreferences } from '../../../src-renderer/stores/preferences'
import ComponentsPage from './ComponentsPage.vue'
import { texts } from './texts'
import { withoutService } from './without-service'

withoutService()
const asked = new URLSearchParams(location.search)
const page = createApp(ComponentsPage, { only: asked.get('only'), state: asked.get('state') })
page.use(createPinia()).use(texts)
const preferences = usePreferences()
await showLanguage(texts, preferences.language, preferences)
page.mount('#app')
void loadAllLetters()
