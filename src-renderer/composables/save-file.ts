import { ref } from 'vue'
import type { FileOutcome, HandedFile } from '#contract/ipc/handed-file'
import { useText } from '../i18n/text'
import { useToast } from './toast'

/** The browser takes the file; whether and where it lies then, a page does not learn. */
function startDownload({ name, text }: HandedFile, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on the data as soon as it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

async function handOut(file: HandedFile, type: string): Promise<FileOutcome | 'started'> {
  if (window.zairyu) return window.zairyu.saveFile(file).catch(() => 'failed')
  startDownload(file, type)
  return 'started'
}

/** What came from the service as a file: all its letters, the byte order mark for spreadsheets among them. */
export const textOf = async (file: Blob): Promise<string> =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer())

/**
 * Saving of files, with words that are true: the desktop shell knows what became of a file, a browser only that it has it.
 * Who cancelled knows it, and is told nothing. `failed` is the name of the file that could not be written, for `SaveProblem`.
 */
export function useSaveFile() {
  const { t } = useText()
  const toast = useToast()
  const failed = ref<string | null>(null)

  async function save(file: HandedFile, type: string): Promise<void> {
    failed.value = null
    toast.close()
    const outcome = await handOut(file, type)
    if (outcome === 'failed') failed.value = file.name
    else if (outcome !== 'canceled') toast.show(t(`form.file.${outcome}`, { file: file.name }))
  }

  return { save, failed }
}
