import './styles/index.css'
import './start/first-paint'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { watchCalls } from './api/call'
import { catchErrors } from './start/catch-errors'
import { loadFrame } from './components/layout/frames'
import { kioskMode } from './composables/kiosk-mode'
import { afterDrawing, markFirstPaint, whenIdle } from './composables/later'
import { createTexts, showLanguage } from './i18n/text'
import { browserClock, pageClock } from './stores/page-clock'
import { watchReturn } from './start/page-return'
import { leadToLogin, leadToStaffLogin } from './composables/session/login-redirect'
import { createScreens } from './router/router'
import { showStartFailure } from './start/start-failure'
import { usePreferences } from './stores/preferences'
import { useService } from './stores/service'
import { useSession } from './stores/session/session'

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
    void leadToLogin(router)
  },
  staffSessionEnded: () => {
    void import('./stores/session/staff-session').then(({ useStaffSession }) => {
      void useStaffSession().ended()
      void leadToStaffLogin(router)
    })
  },
})

catchErrors(app, router, (thrown) => {
  console.error(thrown)
})
watchReturn(router)

/** All texts of the reader's language; without them nothing can be told. */
const speak = () => showLanguage(texts, preferences.language, preferences)
let whole: Promise<void> | undefined
const allTexts = () =>
  (whole ??= speak().catch((thrown: unknown) => {
    console.error(thrown)
    showStartFailure(preferences.language)
  }))
// Asked for together with the screen itself.
router.beforeEach(({ name }) => {
  if (name !== 'top') void allTexts()
})
router.beforeResolve(async ({ name }) => {
  if (name !== 'top') await allTexts()
})

/** Shows the first screen. */
async function start(): Promise<void> {
  if (kioskMode()) {
    const { wipeSession } = await import('./stores/kiosk/kiosk-wipe')
    await Promise.all([wipeSession(), loadFrame.kiosk()])
  }
  if (service.training) await loadFrame.training()
  void session.ready()
  app.use(router)
  // A screen that cannot be loaded is shown as such by `catchErrors`.
  const ready = router.isReady().catch(() => undefined)
  await Promise.all([showLanguage(texts, preferences.language, preferences, { first: true }), ready])
  app.mount('#app')
}

/** What the first screen can do without, and nobody waits for. The check of certificates works without the service later on, and so do these. */
async function loadTheRest(): Promise<void> {
  await allTexts()
  const [{ loadAllLetters }, { useDrafts }, { useVerificationKeys }] = await Promise.all([
    import('./i18n/fonts'),
    import('./stores/drafts/drafts'),
    import('./stores/verification-keys'),
    import('./components/feedback/OfflineBar.vue'),
    import('./screens/guide/FailureScreen.vue'),
    import('./screens/verification/VerificationScreen.vue'),
  ])
  // A service that cannot start answers nothing.
  await Promise.all([loadAllLetters(), useVerificationKeys().refresh(), health.then(() => useDrafts().tidy())])
}

// No `await` outside of a function: screens that lie in the same file as this one are there only when it has been run.
const started = start().catch((thrown: unknown) => {
  console.error(thrown)
  showStartFailure(preferences.language)
})
const health = service.load()
void started.then(() => {
  // The watches over the session, the bar that says that the service is away and all texts wait for nothing but the first screen.
  afterDrawing(() => {
    markFirstPaint()
    void allTexts()
    whenIdle(() => void loadTheRest().catch(() => undefined))
  })
})
