import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { ipcArguments, type IpcCalls, type IpcChannel, type IpcEvents } from '#contract/ipc/ipc'
import { isOurPage, mayAsk } from './sender.rules'

/** One handler a channel of the contract: a missing or misspelt channel does not compile. */
export type IpcHandlers = {
  [Channel in IpcChannel]: (
    ...args: Parameters<IpcCalls[Channel]>
  ) => ReturnType<IpcCalls[Channel]> | Promise<ReturnType<IpcCalls[Channel]>>
}

/** Those of a kiosk. */
export type KioskHandlers = Pick<IpcHandlers, Extract<IpcChannel, `kiosk:${string}`>>

/**
 * Answers the calls of the contract and no others. Refuses (the page's promise is rejected, with `ipc.sender` or
 * `ipc.arguments`) who is not the top frame of our page in `window()`, and arguments that the schema does not know.
 */
export function answerCalls(
  ipcMain: Pick<IpcMain, 'handle'>,
  window: () => Pick<WebContents, 'id'> | null,
  handlers: IpcHandlers,
): void {
  for (const channel of Object.keys(ipcArguments) as IpcChannel[]) {
    const handler: (...args: never[]) => unknown = handlers[channel]
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, ...args: unknown[]) => {
      if (event.sender.id !== window()?.id || !mayAsk(event.senderFrame)) throw new Error('ipc.sender')
      const read = ipcArguments[channel].safeParse(args)
      if (!read.success) throw new Error('ipc.arguments')
      return handler(...(read.data as never[]))
    })
  }
}

/** Tells the page of the window about an event, if it is a page of ours that is there to be told. */
export function tellPage<Event extends keyof IpcEvents>(
  page: Pick<WebContents, 'getURL' | 'send'>,
  event: Event,
  payload: IpcEvents[Event],
): void {
  if (isOurPage(page.getURL())) page.send(event, payload)
}
