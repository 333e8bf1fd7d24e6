import './styles/index.css'
import './first-paint'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { watchCalls } from './api/call'
import { catchErrors } from './catch-errors'
import { kioskMode } from './composables/kiosk-mode'
import { loadAllLetters } from './i18n/fonts'
import { createTexts, showLanguage } from './i18n/text'
import { browserClock, pageClock } from './page-clock'
import { createScreens, leadToLogin, leadToStaffLogin } from './router/router'
import { showStartFailure } from './start-failure'
import { usePreferences } from './stores/preferences'
import { forgetVisit } from './stores/kiosk-wipe'
import { useDrafts } from './stores/drafts'
import { useService } from './stores/service'
import { useSession } from './stores/session'
import { useStaffSession } from './stores/staff-session'
import { useVerificationKeys } from './stores/verification-keys'

const app = createApp(App)
const texts = createTexts()
const router = createScreens()
app.use(pageClock(browserClock)).use(createPinia()).use(texts)

const session = useSession()
const service = useService()
const preferences = usePreferences()

watchCalls({
  reached: (reachable) => {
    service.reachable = reachable
  },
  sessionEnded: () => {
    void session.ended()
    leadToLogin(router)
  },
  staffSessionEnded: () => {
    useStaffSession().ended()
    leadToStaffLogin(router)
  },
})

catchErrors(app, router, (thrown) => {
  console.error(thrown)
})

if (kioskMode()) await forgetVisit()
void service.load().then(() => useDrafts().tidy())
void session.ready()
app.use(router)
try {
  // A screen that cannot be loaded is shown as such by `catchErrors`.
  const ready = router.isReady().catch(() => undefined)
  await Promise.all([showLanguage(texts, preferences.language, preferences), ready])
  app.mount('#app')
} catch (thrown) {
  console.error(thrown)
  showStartFailure(preferences.language)
}

requestIdleCallback(() => void loadAllLetters())

// The check of certificates works without the service later on: its keys and its screen come while it is there.
void useVerificationKeys()
  .refresh()
  .then(() => import('./screens/verification/VerificationScreen.vue'))
  .catch(() => undefined)
