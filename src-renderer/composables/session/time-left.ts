import { useText } from '../../i18n/text'

/** How a short time left is written: 9分40秒 where it runs before the eyes, 8分 where it is told now and then. */
export function useTimeLeft() {
  const { t } = useText()
  return {
    exact(milliseconds: number): string {
      const all = Math.ceil(milliseconds / 1_000)
      const [minutes, seconds] = [Math.floor(all / 60), all % 60]
      return minutes === 0
        ? t('session.deadline.left.seconds', { seconds })
        : t('session.deadline.left.whole', { minutes, seconds })
    },
    /** Whole minutes, rounded up; in the last minute seconds. */
    rough(milliseconds: number): string {
      const seconds = Math.ceil(milliseconds / 1_000)
      return seconds < 60
        ? t('session.deadline.left.seconds', { seconds })
        : t('session.deadline.left.minutes', { minutes: Math.ceil(seconds / 60) })
    },
  }
}
