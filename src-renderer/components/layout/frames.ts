import { defineAsyncComponent } from 'vue'

const staffHeader = () => import('./StaffHeader.vue')
const kioskBar = () => import('../kiosk/KioskBar.vue')
const kioskFooter = () => import('../kiosk/KioskFooter.vue')
const kioskWatch = () => import('../kiosk/KioskWatch.vue')
const trainingBanner = () => import('./TrainingBanner.vue')

/** Parts of frames that most pages never show. */
export const StaffHeader = defineAsyncComponent(staffHeader)
export const KioskBar = defineAsyncComponent(kioskBar)
export const KioskFooter = defineAsyncComponent(kioskFooter)
export const KioskWatch = defineAsyncComponent(kioskWatch)
export const TrainingBanner = defineAsyncComponent(trainingBanner)

/** Loads a frame before its first screen is shown, so that nothing jumps. */
export const loadFrame = {
  counter: () => Promise.all([staffHeader()]),
  training: () => Promise.all([trainingBanner()]),
  kiosk: () => Promise.all([kioskBar(), kioskFooter(), kioskWatch()]),
}
