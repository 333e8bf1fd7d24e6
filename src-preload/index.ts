import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { IpcCalls, IpcChannel, IpcEvents, ShellBridge } from './contract/ipc/ipc'

const call =
  <Channel extends IpcChannel>(channel: Channel) =>
  (...args: Parameters<IpcCalls[Channel]>): Promise<ReturnType<IpcCalls[Channel]>> =>
    ipcRenderer.invoke(channel, ...args) as Promise<ReturnType<IpcCalls[Channel]>>

const subscribe =
  <Event extends keyof IpcEvents>(event: Event) =>
  (listener: (payload: IpcEvents[Event]) => void): (() => void) => {
    // Kept, so that the undo removes this very function; the page never sees the event with its sender.
    const receive = (_event: IpcRendererEvent, payload: IpcEvents[Event]) => {
      listener(payload)
    }
    ipcRenderer.on(event, receive)
    return () => {
      ipcRenderer.removeListener(event, receive)
    }
  }

const bridge: ShellBridge = {
  takeLink: call('link:take'),
  about: call('shell:about'),
  changeSettings: call('shell:change-settings'),
  settings: call('shell:settings'),
  tellLanguage: call('shell:language'),
  onLinkOpened: subscribe('link:opened'),
  kioskStatus: call('kiosk:status'),
  continueKiosk: call('kiosk:continue'),
  finishKiosk: call('kiosk:finish'),
  leaveKiosk: call('kiosk:leave'),
  onKioskChanged: subscribe('kiosk:changed'),
  sessionStatus: call('session:status'),
  extendSession: call('session:extend'),
  onSessionChanged: subscribe('session:changed'),
  saveFile: call('file:save'),
  reportCrash: call('crash:report'),
  failure: call('shell:failure'),
  onFailed: subscribe('shell:failed'),
  restart: call('shell:restart'),
  makeSupportFile: call('support:make'),
}

contextBridge.exposeInMainWorld('zairyu', bridge)
